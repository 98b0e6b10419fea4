import { isDeepStrictEqual } from "node:util";
import type { PolicySettings } from "./configuration";
import type { Pack } from "./pack";
import type { Resource, Stack } from "./resource";
import type { Properties } from "./untyped";

/**
 * The stack with what policies at the level `remediate` change before anything is created, as Pulumi's engine lets them.
 * What exists already is not changed.
 *
 * @param settings the settings that the pack was configured with
 * @param tell is told each change
 */
export async function remediated(
    pack: Pack,
    settings: ReadonlyMap<string, Required<PolicySettings>>,
    stack: Stack,
    tell: (text: string) => void,
): Promise<Stack> {
    if (!stack.preview || ![...settings.values()].some(({ level }) => level === "remediate")) return stack;
    const byUrn = new Map(stack.resources.map(resource => [resource.urn, resource]));
    const resources: Resource[] = [];
    // The engine has shown the stack itself by then, and with it the configuration of the whole pack.
    const [first] = stack.resources;
    if (first !== undefined) await pack.analyze(first, undefined);
    for (const resource of stack.resources) {
        let inputs = resource.inputs;
        for (const made of await pack.remediate(resource, byUrn.get(resource.provider))) {
            const changed = Object.keys(changes(inputs, made.inputs));
            inputs = made.inputs;
            tell(`${made.policy} changes ${changed.join(", ")} of ${resource.type} ${resource.name}.`);
        }
        resources.push({
            ...resource,
            inputs,
            outputs: { ...resource.outputs, ...changes(resource.inputs, inputs) },
        });
    }
    return { ...stack, resources };
}

/** The properties that differ from what they were. */
function changes(before: Properties, after: Properties): Properties {
    return Object.fromEntries(Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(before[key], value)));
}
