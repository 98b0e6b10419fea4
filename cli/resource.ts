import type { Source } from "./source";
import { providerTypePrefix, stackType } from "./urn";
import type { Properties } from "./untyped";

/** How long Pulumi waits for an operation, in seconds; 0 stands for the provider's own default. */
interface CustomTimeouts {
    readonly create: number;
    readonly update: number;
    readonly delete: number;
    readonly read: number;
}

/** The options of a resource that policies see. */
export interface ResourceOptions {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** Absent when the program says nothing about it. */
    readonly deleteBeforeReplace?: boolean;
    readonly additionalSecretOutputs: readonly string[];
    readonly aliases: readonly string[];
    readonly customTimeouts: CustomTimeouts;
}

/** The options of a resource of which a program says nothing. */
export const usualOptions: ResourceOptions = {
    protect: false,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
};

/** A resource as it is sent to a policy pack. */
export interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What resource policies see. */
    readonly inputs: Properties;
    /** What stack policies see. */
    readonly outputs: Properties;
    readonly options: ResourceOptions;
    /** The URN of the resource's provider; "" when it has none. */
    readonly provider: string;
    /** The URN of the parent; "" when it has none. */
    readonly parent: string;
    readonly dependencies: readonly string[];
    /** Where the program makes it, if that is known. */
    readonly source?: Source;
    /** For each property the URNs of the resources that its value comes from; properties without any are left out. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What is judged: the resources of one stack, in order. */
export interface Stack {
    readonly stack: string;
    readonly project: string;
    readonly organization: string;
    /** Whether the resources are planned and not there yet. */
    readonly preview: boolean;
    readonly resources: readonly Resource[];
}

/** Whether a resource is a user's own, and neither the stack itself nor a provider. */
export function isOwn({ type }: Pick<Resource, "type">): boolean {
    return type !== stackType && !type.startsWith(providerTypePrefix);
}

/** Drops the properties without dependencies, as Pulumi does before it asks a policy pack. */
export function withoutEmpty(
    dependencies: Iterable<readonly [string, readonly string[]]>,
): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...dependencies].filter(([, urns]) => urns.length > 0));
}
