/**
 * Which properties the author set, by URN: noted when the engine shows a resource's inputs (Analyze), read when it shows the outputs of the
 * whole stack (AnalyzeStack). There, what was left out and what is pending without a dependency look the same. With the configuration of
 * the pack, and whose inputs could not be read, the only state.
 */
const authored = new Map<string, ReadonlySet<string>>();
const unread = new Set<string>();

export function note(urn: string, inputs: Readonly<Record<string, unknown>>): void {
    authored.set(urn, authoredAmong(inputs));
    unread.delete(urn);
}

/** Notes that the inputs of a resource could not be read for a fault of our own, which is reported then. */
export function noteUnread(urn: string): void {
    unread.add(urn);
}

export function wasUnread(urn: string): boolean {
    return unread.has(urn);
}

/** @param inputs a resource's inputs, in which `__defaults` lists what the provider has added. */
export function authoredAmong(inputs: Readonly<Record<string, unknown>>): ReadonlySet<string> {
    const defaults: unknown = Object.getOwnPropertyDescriptor(inputs, "__defaults")?.value;
    const added = new Set<unknown>(Array.isArray(defaults) ? defaults : []);
    return new Set(Object.keys(inputs).filter(key => key !== "__defaults" && !added.has(key)));
}

/** Undefined where the inputs have not been seen. */
export function authoredProperties(urn: string): ReadonlySet<string> | undefined {
    return authored.get(urn);
}

let configuration: object = {};

/** @param given the configuration of `pack-settings`, which is the first policy in every call of the engine. */
export function handConfiguration(given: object): void {
    configuration = given;
}

/** The configuration that `pack-settings` hands to the other policies. */
export function packConfiguration(): object {
    return configuration;
}
