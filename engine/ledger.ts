/**
 * Which properties the author set, by URN: noted when the engine shows a resource's inputs (Analyze), read when it shows the outputs of the
 * whole stack (AnalyzeStack). There, what was left out and what is pending without a dependency look the same. The only state of the pack.
 */
const authored = new Map<string, ReadonlySet<string>>();

/** @param inputs the resource's inputs, in which `__defaults` lists what the provider has added. */
export function note(urn: string, inputs: Readonly<Record<string, unknown>>): void {
    const defaults: unknown = Object.getOwnPropertyDescriptor(inputs, "__defaults")?.value;
    const added = new Set<unknown>(Array.isArray(defaults) ? defaults : []);
    authored.set(urn, new Set(Object.keys(inputs).filter(key => key !== "__defaults" && !added.has(key))));
}

/** Undefined where the inputs have not been seen. */
export function authoredProperties(urn: string): ReadonlySet<string> | undefined {
    return authored.get(urn);
}
