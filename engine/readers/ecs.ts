import {
    CapacityProvider,
    type ContainerService,
    EcsCluster,
    EcsService,
    servicesOf,
    TaskDefinition,
} from "../../network/ecs";
import { see } from "../../network/knowledge";
import { References, Several } from "../../network/several";
import { autoScalingGroups, capacityProviders, ecsClusters, taskDefinitions } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";
import { at, flag, groupsAt, tenants } from "./tenant";

/** What a container definition is made of tells of a service, even while the definition is not known. */
const ingredients: readonly (readonly [RegExp, ContainerService])[] = [
    [/^(aws|aws-native):ecr[:/]|^awsx:ecr:/, "ecr"],
    [/^aws:cloudwatch\/logGroup:|^aws-native:logs:LogGroup$/, "logs"],
    [/^aws:secretsmanager\/secret:|^aws-native:secretsmanager:Secret$/, "secretsmanager"],
];

function services(p: Properties): Several<ContainerService> {
    const made = p
        .madeOf("containerDefinitions")
        .flatMap(type => Several.of(...ingredients.flatMap(([of, service]) => (of.test(type) ? [service] : []))));
    const stated = p.jsonItems("containerDefinitions").flatMap(container => {
        const log = container.item("logConfiguration");
        return servicesOf({
            image: container.text("image"),
            logDriver: log.text("logDriver"),
            secrets: container
                .items("secrets")
                .concat(log.items("secretOptions"))
                .flatMap(secret => Several.of(see(secret.text("valueFrom")) ?? "")),
            hasCredentials: container.isGiven("repositoryCredentials"),
        });
    });
    return made.concat(stated);
}

/** The capacity providers of a strategy. */
function strategy(p: Properties, ...keys: readonly string[]): References<CapacityProvider> {
    return new References(`the capacity provider strategy of ${p.source.name}`, () =>
        Several.union(...keys.map(key => p.authoredItems(key))).flatMap(
            item => item.references(capacityProviders, "capacityProvider").all,
        ),
    );
}

/** @param network where the provider has what is said of the network. */
function service(types: readonly string[], ...network: readonly string[]): Readers {
    const reading = {
        subnets: at(...network, "subnets"),
        groups: groupsAt(...network, "securityGroups"),
        publicBy: "assignPublicIp",
        publicAddress: flag(...network, "assignPublicIp"),
    };
    return tenants(
        types,
        "ECS service",
        reading,
        (p, facts) =>
            new EcsService(p.source, {
                ...facts,
                clusters: p.references(ecsClusters, "cluster"),
                tasks: p.references(taskDefinitions, "taskDefinition"),
                launchType: p.authoredText("launchType"),
                providers: strategy(p, "capacityProviderStrategies", "capacityProviderStrategy"),
                hasExec: p.flagOr("enableExecuteCommand", false),
            }),
    );
}

function clusterCapacity(type: string, key: string, usual: string): Readers {
    return detail([type], "capacity of an ECS cluster", [key], (p, parts) => {
        parts.clusterCapacity.push({
            cluster: p.references(ecsClusters, key),
            providers: p.references(capacityProviders, "capacityProviders"),
            usual: strategy(p, usual),
        });
    });
}

export const ecsReaders: Readers = [
    ...service(["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"], "networkConfiguration"),
    ...service(["aws-native:ecs:Service", "aws-native:ecs:TaskSet"], "networkConfiguration", "awsvpcConfiguration"),
    ...reader(
        ["aws:ecs/taskDefinition:TaskDefinition", "aws-native:ecs:TaskDefinition"],
        "task definition",
        [],
        p => new TaskDefinition(p.source, new References(`the containers of ${p.source.name}`, () => services(p))),
        ["family", "arnWithoutRevision", "taskDefinitionArn"],
    ),
    ...reader(
        ["aws:ecs/cluster:Cluster", "aws-native:ecs:Cluster"],
        "ECS cluster",
        [],
        (p, parts, network) => {
            parts.clusterCapacity.push({
                cluster: new References(`ECS cluster ${p.source.name}`, () => p.itself(ecsClusters)),
                providers: p.authoredReferences(capacityProviders, "capacityProviders"),
                usual: strategy(p, "defaultCapacityProviderStrategy"),
            });
            return new EcsCluster(p.source, network);
        },
        ["name", "clusterName"],
    ),
    ...clusterCapacity(
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "clusterName",
        "defaultCapacityProviderStrategies",
    ),
    ...clusterCapacity(
        "aws-native:ecs:ClusterCapacityProviderAssociations",
        "cluster",
        "defaultCapacityProviderStrategy",
    ),
    ...reader(
        ["aws:ecs/capacityProvider:CapacityProvider", "aws-native:ecs:CapacityProvider"],
        "capacity provider",
        [],
        p =>
            new CapacityProvider(
                p.source,
                false,
                p.item("autoScalingGroupProvider").references(autoScalingGroups, "autoScalingGroupArn"),
            ),
        ["name"],
    ),
];
