import {
    type ClusterFeature,
    ClusterIdentityProvider,
    EksCluster,
    EksFargateProfile,
    EksNodes,
} from "../../network/eks";
import { either, see } from "../../network/knowledge";
import type { Network } from "../../network/network";
import { controller } from "../../network/role";
import { SecurityGroup } from "../../network/security-group";
import { References, Several } from "../../network/several";
import type { Vpc } from "../../network/vpc";
import { eksClusters, roles } from "../kinds";
import type { Properties } from "../properties";
import { groupsByTemplate, publicByTemplate } from "./instances";
import { detail, reader, type Readers } from "./reader";
import { at, firstOf, type Groups, type TenantReading, tenants } from "./tenant";

/** What AWS puts on the nodes of a cluster: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
function clusterGroup(p: Properties, network: Network, vpc: References<Vpc>): SecurityGroup {
    return SecurityGroup.ofAws(p.source, network, { vpc, isDefault: false, label: `of EKS cluster ${p.source.name}` });
}

function cluster(type: string, reading: TenantReading): Readers {
    return tenants([type], "EKS cluster", reading, (p, facts) => {
        const vpc = new References<Vpc>(`the VPC of EKS cluster ${p.source.name}`, () =>
            facts.subnets.all.flatMap(subnet => subnet.vpcs),
        );
        return new EksCluster(p.source, facts, clusterGroup(p, facts.network, vpc));
    });
}

const clustersOf = (p: Properties): References<EksCluster> => p.references(eksClusters, "clusterName");
const groupsOfCluster: Groups = p => clustersOf(p).all.map(of => of.nodeSecurityGroup);

/** The groups of a launch template take the place of those that AWS gives: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
const nodeGroups = firstOf(groupsByTemplate, (p, network) => {
    const ofCluster = groupsOfCluster(p, network);
    const vpc = new References<Vpc>(`the VPC of EKS node group ${p.source.name}`, () =>
        ofCluster.flatMap(group => group.vpcs),
    );
    const forRemoteAccess = new SecurityGroup(p.source, network, {
        vpc,
        inline: Several.none,
        isDefault: false,
        keepsEgress: true,
        label: `for remote access to ${p.source.name}`,
    });
    return ofCluster.concat(Several.of(forRemoteAccess).onlyIf(p.isGiven("remoteAccess")));
});

function nodes(type: string, role: string, subnets: string): Readers {
    const reading = { subnets: at(subnets), groups: nodeGroups, ...publicByTemplate };
    return tenants(
        [type],
        "EKS node group",
        reading,
        (p, facts) => new EksNodes(p.source, facts, p.references(roles, role), clustersOf(p)),
    );
}

function fargate(type: string, subnets: string): Readers {
    const reading = { subnets: at(subnets), groups: groupsOfCluster };
    return tenants(
        [type],
        "EKS Fargate profile",
        reading,
        (p, facts) => new EksFargateProfile(p.source, facts, clustersOf(p)),
    );
}

/** @param clusters which clusters a resource is part of. */
function part(
    types: readonly string[],
    noun: string,
    clusters: (p: Properties) => References<EksCluster>,
    gives: (p: Properties, feature: ClusterFeature) => boolean,
): Readers {
    return detail(types, noun, [], (p, parts) => {
        parts.clusterParts.push({ clusters: clusters(p), gives: feature => gives(p, feature) });
    });
}

export const eksReaders: Readers = [
    ...cluster("aws:eks/cluster:Cluster", {
        subnets: at("vpcConfig", "subnetIds"),
        ids: ["name", "vpcConfig"],
    }),
    ...cluster("aws-native:eks:Cluster", {
        subnets: at("resourcesVpcConfig", "subnetIds"),
        ids: ["name", "awsId", "clusterSecurityGroupId"],
    }),
    ...nodes("aws:eks/nodeGroup:NodeGroup", "nodeRoleArn", "subnetIds"),
    ...nodes("aws-native:eks:Nodegroup", "nodeRole", "subnets"),
    ...fargate("aws:eks/fargateProfile:FargateProfile", "subnetIds"),
    ...fargate("aws-native:eks:FargateProfile", "subnets"),
    ...reader(
        ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws-native:iam:OidcProvider"],
        "OpenID Connect provider",
        [],
        (p, parts) => {
            const provider = new ClusterIdentityProvider(p.source, p.mentions(eksClusters, "url"));
            parts.clusterParts.push({
                clusters: provider.clusters,
                gives: feature => feature === "service account roles",
            });
            return provider;
        },
    ),
    ...part(
        ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "aws-native:eks:PodIdentityAssociation"],
        "Pod Identity association",
        clustersOf,
        (p, feature) =>
            feature === "Pod Identity" ||
            (feature === "load balancer controller" && see(p.text("serviceAccount")) === controller),
    ),
    ...part(
        ["aws:eks/addon:Addon", "aws-native:eks:Addon"],
        "add-on",
        clustersOf,
        (p, feature) =>
            feature === "Pod Identity" &&
            either(
                () => see(p.text("addonName")) === "eks-pod-identity-agent",
                () => see(p.isGiven("podIdentityAssociations")),
            ),
    ),
];
