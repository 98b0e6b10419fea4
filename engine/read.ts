import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { Network } from "../network/network";
import { authoredAmong, authoredProperties } from "./ledger";
import { Properties } from "./properties";
import { connectionReaders } from "./readers/connection";
import { ecsReaders } from "./readers/ecs";
import { eksReaders } from "./readers/eks";
import { dnsReaders } from "./readers/dns";
import { endpointReaders } from "./readers/endpoint";
import { endpointServiceReaders } from "./readers/endpoint-service";
import { functionReaders } from "./readers/function";
import { iamReaders } from "./readers/iam";
import { instanceReaders } from "./readers/instances";
import { loadBalancerReaders } from "./readers/load-balancer";
import { managedReaders } from "./readers/managed";
import { networkAclReaders } from "./readers/network-acl";
import type { Reader } from "./readers/reader";
import { routingReaders } from "./readers/routing";
import { securityGroupReaders } from "./readers/security-group";
import { storeReaders } from "./readers/store";
import { vpcReaders } from "./readers/vpc";
import { Index } from "./references";

const readers = new Map<string, Reader[]>();
for (const [type, reader] of [
    ...vpcReaders,
    ...routingReaders,
    ...connectionReaders,
    ...dnsReaders,
    ...securityGroupReaders,
    ...networkAclReaders,
    ...endpointReaders,
    ...endpointServiceReaders,
    ...iamReaders,
    ...functionReaders,
    ...instanceReaders,
    ...ecsReaders,
    ...eksReaders,
    ...managedReaders,
    ...loadBalancerReaders,
    ...storeReaders,
]) {
    readers.set(type, [...(readers.get(type) ?? []), reader]);
}

/** The types of resources that the network is read from. */
export const types: readonly string[] = [...readers.keys()];

const nothing = new Network(() => undefined);

/** What one resource makes by itself, of its inputs. */
export function readAlone(resource: ResourceValidationArgs): Network {
    return readers.has(resource.type)
        ? read([{ ...resource, dependencies: [], propertyDependencies: {} }], () => authoredAmong(resource.props))
        : nothing;
}

/** The network that resources make, whatever their order. */
export function read(
    resources: readonly PolicyResource[],
    authored: (urn: string) => ReadonlySet<string> | undefined = authoredProperties,
): Network {
    return new Network((parts, network) => {
        const index = new Index(resources);
        for (const resource of [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0))) {
            for (const reader of readers.get(resource.type) ?? []) {
                const properties = Properties.of(resource, reader.noun, reader.required, authored(resource.urn), index);
                const made = reader.read(properties, parts, network);
                if (made !== undefined) {
                    index.add(made, properties.ids(reader.ids));
                }
            }
        }
    });
}
