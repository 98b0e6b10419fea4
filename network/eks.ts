import { Instances } from "./instances";
import { Need } from "./need";
import { Resource, type Source } from "./resource";
import type { Role } from "./role";
import type { SecurityGroup } from "./security-group";
import { type References, Several } from "./several";
import { Tenant, type TenantFacts } from "./tenant";

/** What calls a service of AWS in a cluster that has it. */
export type ClusterFeature = "service account roles" | "Pod Identity" | "load balancer controller";

/** What something in the stack gives a cluster. */
export interface ClusterPart {
    readonly clusters: References<EksCluster>;
    /** May throw {@link Unseen}. */
    readonly gives: (feature: ClusterFeature) => boolean;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/clusters.html */
export class EksCluster extends Tenant {
    constructor(
        source: Source,
        facts: TenantFacts,
        /** The one that AWS makes with the cluster, for its nodes. */
        readonly nodeSecurityGroup: SecurityGroup,
    ) {
        super(source, "EKS cluster", "other", facts);
    }

    has(feature: ClusterFeature): boolean {
        return this.facts.network.clusterParts.of(this).some(part => part.gives(feature));
    }
}

/** What lets pods of a cluster take roles. https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
export class ClusterIdentityProvider extends Resource {
    readonly noun = "OpenID Connect provider";

    constructor(
        source: Source,
        readonly clusters: References<EksCluster>,
    ) {
        super(source);
    }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html says what nodes and pods call. */
const needs: Readonly<Record<ClusterFeature, Need>> = {
    "service account roles": new Need(["sts"], "IAM roles for service accounts"),
    "Pod Identity": new Need(["eks-auth"], "Pod Identity"),
    "load balancer controller": new Need(["elasticloadbalancing"], "load balancer controller"),
};

function needsOf(clusters: References<EksCluster>, ...features: readonly ClusterFeature[]): Several<Need> {
    return Several.of(...features)
        .filter(feature => clusters.all.some(cluster => cluster.has(feature)))
        .map(feature => needs[feature]);
}

/** The images of the system's own pods are in ECR, whatever those of the others are. */
export class EksNodes extends Instances {
    constructor(
        source: Source,
        facts: TenantFacts,
        role: References<Role>,
        private readonly clusters: References<EksCluster>,
    ) {
        super(source, "EKS node group", facts, role);
    }

    override get pullsFromEcr(): boolean {
        return true;
    }

    override get needs(): Several<Need> {
        return Several.of(new Need(["ec2"], "bootstrap of nodes")).concat(
            needsOf(this.clusters, "service account roles", "Pod Identity", "load balancer controller"),
        );
    }
}

/** Pods on Fargate, which Pod Identity does not serve: https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
export class EksFargateProfile extends Tenant {
    constructor(
        source: Source,
        facts: TenantFacts,
        private readonly clusters: References<EksCluster>,
    ) {
        super(source, "EKS Fargate profile", "client", facts);
    }

    override get pullsFromEcr(): boolean {
        return true;
    }

    override get needs(): Several<Need> {
        return needsOf(this.clusters, "service account roles");
    }
}
