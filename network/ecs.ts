import { either, type Fact, Outside, see } from "./knowledge";
import { Need } from "./need";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { References, Several } from "./several";
import type { Subnet } from "./subnet";
import { Tenant, type TenantFacts } from "./tenant";

export interface ContainerFacts {
    readonly image: Fact<string | undefined>;
    readonly logDriver: Fact<string | undefined>;
    /** Where its secrets come from, by ARN or name, those of its log driver among them. */
    readonly secrets: Several<string>;
    /** Whether it has credentials for the registry of its image. */
    readonly hasCredentials: Fact<boolean>;
}

/** What the agent that starts a container calls for it. */
export type ContainerService = "ecr" | "logs" | "secretsmanager" | "ssm";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export function servicesOf(container: ContainerFacts): Several<ContainerService> {
    return Several.of<ContainerService>("ecr", "logs", "secretsmanager", "ssm").filter(service => {
        switch (service) {
            case "ecr":
                return isFromEcr(see(container.image));
            case "logs":
                return see(container.logDriver) === "awslogs";
            case "secretsmanager":
                return either(
                    () => see(container.hasCredentials),
                    () => container.secrets.some(isSecret),
                );
            case "ssm":
                return container.secrets.some(from => !isSecret(from));
        }
    });
}

/** Whether a secret is one of Secrets Manager, by its ARN, and not a parameter. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html */
function isSecret(from: string): boolean {
    return /^arn:[^:]*:secretsmanager:/.test(from);
}

/** Whether an image is from a private registry of ECR. https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export function isFromEcr(image: string | undefined): boolean {
    return image !== undefined && /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.[a-z.]+\//.test(image);
}

export class TaskDefinition extends Resource {
    readonly noun = "task definition";

    constructor(
        source: Source,
        private readonly services: References<ContainerService>,
    ) {
        super(source);
    }

    /** Whether a service is called to start its containers. */
    calls(service: ContainerService): boolean {
        return this.services.all.some(called => called === service);
    }
}

/** What tasks run on: Fargate, or the instances of Auto Scaling groups. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html */
export class CapacityProvider extends Resource {
    readonly noun = "capacity provider";

    constructor(
        source: Source,
        readonly isFargate: boolean,
        private readonly groups: References<Tenant>,
    ) {
        super(source);
    }

    /** AWS's own provider by this name; undefined if it is none. */
    static ofAws(name: string): CapacityProvider | undefined {
        const source = { urn: name, name, ids: [name], tags: new Map(), inThisRun: true };
        return name === "FARGATE" || name === "FARGATE_SPOT"
            ? new CapacityProvider(source, true, new References(name, () => Several.none))
            : undefined;
    }

    /** The Auto Scaling groups of its instances. */
    get hosts(): Several<Tenant> {
        return this.groups.all;
    }
}

/** The capacity providers of a cluster as a resource of its own. */
export interface ClusterCapacity {
    readonly cluster: References<EcsCluster>;
    readonly providers: References<CapacityProvider>;
    /** Those that tasks run on where nothing else is said. */
    readonly usual: References<CapacityProvider>;
}

export class EcsCluster extends Resource {
    readonly noun = "ECS cluster";

    constructor(
        source: Source,
        private readonly network: Network,
    ) {
        super(source);
    }

    get providers(): Several<CapacityProvider> {
        return this.network.clusterCapacity.of(this).flatMap(capacity => capacity.providers.all);
    }

    get usualProviders(): Several<CapacityProvider> {
        return this.network.clusterCapacity.of(this).flatMap(capacity => capacity.usual.all);
    }
}

export interface EcsServiceFacts extends TenantFacts {
    readonly clusters: References<EcsCluster>;
    readonly tasks: References<TaskDefinition>;
    readonly launchType: Fact<string | undefined>;
    readonly providers: References<CapacityProvider>;
    readonly hasExec: Fact<boolean>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html */
export class EcsService extends Tenant {
    constructor(
        source: Source,
        protected override readonly facts: EcsServiceFacts,
    ) {
        super(source, "ECS service", "client", facts);
    }

    override get pullsFromEcr(): boolean {
        return this.facts.tasks.all.some(task => task.calls("ecr"));
    }

    /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html */
    override get needs(): Several<Need> {
        const calls = (service: ContainerService): boolean => this.facts.tasks.all.some(task => task.calls(service));
        const agent = (service: string) =>
            [new Need([service], "container agent"), () => this.runsOnInstances] as const;
        const all: readonly (readonly [Need, () => boolean])[] = [
            [new Need(["logs"], "awslogs"), () => calls("logs")],
            [new Need(["secretsmanager"], "secrets"), () => calls("secretsmanager")],
            [new Need(["ssm"], "secrets"), () => calls("ssm")],
            [new Need(["ssmmessages"], "ECS Exec"), () => see(this.facts.hasExec)],
            agent("ecs"),
            agent("ecs-agent"),
            agent("ecs-telemetry"),
        ];
        return Several.of(...all)
            .filter(([, holds]) => holds())
            .map(([need]) => need);
    }

    /** What starts containers is on the instances, where tasks do not run on Fargate; outside AWS, nothing is known of it. */
    override get strandedIn(): Several<Subnet> {
        if (see(this.facts.launchType) === "EXTERNAL") {
            return Several.none;
        }
        return this.runsOnInstances ? this.strandedHosts : super.strandedIn;
    }

    private get strandedHosts(): Several<Subnet> {
        const providers = this.facts.providers.all;
        const hosts = (
            providers.isEmpty ? this.facts.clusters.all.flatMap(cluster => cluster.providers) : providers
        ).flatMap(provider => provider.hosts);
        return hosts.isEmpty
            ? this.subnets.onlyIf(new Outside(`the instances of ${this.toString()}`))
            : hosts.flatMap(host => host.strandedIn);
    }

    /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
    private get runsOnInstances(): boolean {
        const type = see(this.facts.launchType);
        if (type !== undefined) {
            return type === "EC2";
        }
        const own = this.facts.providers.all;
        const providers = own.isEmpty ? this.facts.clusters.one.usualProviders : own;
        return providers.isEmpty || providers.some(provider => !provider.isFargate);
    }
}
