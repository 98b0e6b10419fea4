import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { Network } from "../network/network";
import { group } from "./group";
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
import type { Readers } from "./readers/reader";
import { routingReaders } from "./readers/routing";
import { securityGroupReaders } from "./readers/security-group";
import { storeReaders } from "./readers/store";
import { vpcReaders } from "./readers/vpc";
import { Index } from "./references";

const readers = group<Readers[number]>(
    [
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
    ],
    ([type]) => type,
);

/** The types of resources that the network is read from. */
export const types: readonly string[] = [...readers.keys()];

/** A resource that its reader could not read. */
export interface Unread {
    readonly urn: string;
    readonly toString: () => string;
    readonly thrown: unknown;
    /** Not even what it may say of others is in the network. */
    readonly isLost: boolean;
}

type Tell = (unread: readonly Unread[]) => void;

const nothing = new Network(() => undefined);

/**
 * What one resource makes by itself, of its inputs.
 * @param tell see {@link read}.
 */
export function readAlone(resource: ResourceValidationArgs, tell?: Tell): Network {
    return readers.has(resource.type)
        ? read([{ ...resource, dependencies: [], propertyDependencies: {} }], () => authoredAmong(resource.props), tell)
        : nothing;
}

/**
 * The network that resources make, whatever their order.
 * @param tell is told, if of any, of the resources that cannot be read for a fault of our own: they are in the network as resources of which
 * nothing is known. What their readers throw is thrown where it is left out.
 */
export function read(
    resources: readonly PolicyResource[],
    authored: (urn: string) => ReadonlySet<string> | undefined = authoredProperties,
    tell: Tell = rethrow,
): Network {
    const sorted = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
    const unread = new Map<PolicyResource, Unread>();
    for (;;) {
        const faults = new Map<PolicyResource, Unread>();
        const index = new Index(resources);
        const network = new Network((parts, network) => {
            for (const resource of sorted.filter(one => unread.get(one)?.isLost !== true)) {
                for (const [, reader] of readers.get(resource.type) ?? []) {
                    const { noun, required, ids } = reader;
                    const isUnread = unread.has(resource);
                    try {
                        const properties = Properties.of(resource, noun, required, authored(resource.urn), index);
                        const made = reader.read(isUnread ? properties.unread : properties, parts, network);
                        if (made !== undefined) {
                            index.add(made, properties.ids(ids));
                        }
                    } catch (thrown) {
                        const toString = (): string => `${noun} ${resource.name}`;
                        faults.set(resource, { urn: resource.urn, toString, thrown, isLost: isUnread });
                    }
                }
            }
        });
        if (faults.size === 0) {
            if (unread.size > 0) {
                tell([...unread.values()]);
            }
            return network;
        }
        // Half of what a resource says may be in the network, so that it is made anew.
        faults.forEach((fault, resource) => unread.set(resource, fault));
    }
}

function rethrow(unread: readonly Unread[]): never {
    throw unread[0]?.thrown;
}
