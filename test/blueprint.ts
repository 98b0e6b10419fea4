/** Stacks made without a program: resources with references among them, shown as at a preview or after an update. */
import type { PolicyResource } from "@pulumi/policy";
import { check, create, type Properties, unknownValue } from "./aws";
import type { Mode, Recorded } from "./record";

/** Stands in a property for an attribute of another resource. */
export class Ref {
    constructor(
        readonly to: Blueprint,
        readonly attribute = "id",
    ) {}
}

export interface Blueprint {
    readonly type: string;
    readonly name: string;
    readonly inputs: Properties;
}

export const stackUrn = "urn:pulumi:test::pack::pulumi:pulumi:Stack::pack-test";

export function urnOf({ type, name }: Pick<Blueprint, "type" | "name">): string {
    return `urn:pulumi:test::pack::${type}::${name}`;
}

/** @param blueprints in an order in which each refers only to earlier ones. */
export function build(blueprints: readonly Blueprint[], mode: Mode): readonly Recorded[] {
    const outputs = new Map<Blueprint, Properties>();
    return blueprints.map(blueprint => {
        const propertyDependencies: Record<string, string[]> = {};
        const resolve = (value: unknown, property: string): unknown => {
            if (value instanceof Ref) {
                const urns = (propertyDependencies[property] ??= []);
                urns.push(urnOf(value.to));
                const known = outputs.get(value.to)?.[value.attribute];
                return mode === "preview" ? unknownValue : known;
            }
            if (Array.isArray(value)) {
                return value.map(item => resolve(item, property));
            }
            return typeof value === "object" && value !== null
                ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, property)]))
                : value;
        };
        const given = Object.fromEntries(
            Object.entries(blueprint.inputs).map(([key, value]) => [key, resolve(value, key)]),
        );
        const inputs = check(blueprint.type, given, blueprint.name);
        const made = create(blueprint.type, blueprint.name, inputs, mode === "preview");
        outputs.set(blueprint, { ...made.outputs, ...(made.id !== undefined && { id: made.id }) });
        return {
            urn: urnOf(blueprint),
            type: blueprint.type,
            name: blueprint.name,
            parent: stackUrn,
            inputs,
            outputs: made.outputs,
            dependencies: [...new Set(Object.values(propertyDependencies).flat())],
            propertyDependencies,
            ignoreChanges: [],
            external: false,
        };
    });
}

/** A resource called "api", as the SDK hands it to a policy, which depends on nothing. */
export function single(type: string, props: PolicyResource["props"]): PolicyResource {
    return {
        type,
        props,
        urn: urnOf({ type, name: "api" }),
        name: "api",
        opts: {
            protect: false,
            ignoreChanges: [],
            aliases: [],
            customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
            additionalSecretOutputs: [],
        },
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
    };
}
