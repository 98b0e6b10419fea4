import type { Network, Parts } from "../../network/network";
import type { Resource } from "../../network/resource";
import type { Properties } from "../properties";

/** How a resource of one type becomes part of the network. */
export interface Reader {
    /** What messages call the resource. */
    readonly noun: string;
    /** Properties without which the resource is not part of the run. */
    readonly required: readonly string[];
    /** Properties that hold an id by which other resources refer to it, beside `id` and `arn`. */
    readonly ids: readonly string[];
    /** Adds what the resource says, and returns it where others may refer to it. */
    readonly read: (properties: Properties, parts: Parts, network: Network) => Resource | undefined;
}

/** Readers by type: a type may have several, as a transit gateway attachment is both a connection of its VPC and a tenant of its subnets. */
export type Readers = readonly (readonly [type: string, reader: Reader])[];

/** One reader for several types, as the aws and the aws-native provider have one thing each. */
export function reader(
    types: readonly string[],
    noun: string,
    required: readonly string[],
    read: Reader["read"],
    ids: readonly string[] = [],
): Readers {
    return types.map(type => [type, { noun, required, ids, read }] as const);
}

/** A reader of what is no thing by itself, but says something of others: a rule, a route, an association. */
export function detail(
    types: readonly string[],
    noun: string,
    required: readonly string[],
    add: (...args: Parameters<Reader["read"]>) => void,
): Readers {
    return reader(types, noun, required, (...args) => {
        add(...args);
        return undefined;
    });
}
