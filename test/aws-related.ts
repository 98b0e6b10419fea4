/** What AWS takes from other resources for what the author left out, once they exist. */
import { isObject, type Properties } from "./aws-ids";

interface Related {
    readonly type: string;
    readonly outputs: Properties;
}

/** How a resource names another one, and what it has of that one. */
const taken: Readonly<
    Record<string, (inputs: Properties, one: (type: string, key: string, value: unknown) => Properties) => Properties>
> = {
    "aws:ec2/instance:Instance": ({ launchTemplate }, one) => {
        const named = isObject(launchTemplate) ? launchTemplate["id"] : undefined;
        const { networkInterfaces } = one("aws:ec2/launchTemplate:LaunchTemplate", "id", named);
        const first: unknown = Array.isArray(networkInterfaces) ? networkInterfaces[0] : undefined;
        return isObject(first) ? { subnetId: first["subnetId"] } : {};
    },
    "aws:rds/clusterInstance:ClusterInstance": ({ clusterIdentifier }, one) => {
        const { dbSubnetGroupName } = one("aws:rds/cluster:Cluster", "id", clusterIdentifier);
        return { dbSubnetGroupName };
    },
    "aws:rds/instance:Instance": ({ replicateSourceDb }, one) => {
        const { dbSubnetGroupName } = one("aws:rds/instance:Instance", "identifier", replicateSourceDb);
        return { dbSubnetGroupName };
    },
};

/** @param others the resources that exist already. */
export function related(type: string, inputs: Properties, others: readonly Related[]): Properties {
    const found = taken[type]?.(
        inputs,
        (of, key, value) =>
            others.find(other => value !== undefined && other.type === of && other.outputs[key] === value)?.outputs ??
            {},
    );
    return Object.fromEntries(
        Object.entries(found ?? {}).filter(([key, value]) => value !== undefined && inputs[key] === undefined),
    );
}
