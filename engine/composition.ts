import type { EnforcementLevel, PolicyConfigSchema, PolicyPackArgs } from "@pulumi/policy";
import type { Policy } from "./policy";
import { suggestion } from "./suggestion";

/** The policies about the pack itself, which every pack begins and ends with. */
export const ofPack = ["pack-settings", "undecided"] as const;
type OfPack = (typeof ofPack)[number];

type SettingValue = NonNullable<PolicyConfigSchema["properties"][string]["default"]>;

/** How a pack of one's own differs from this one. What it says of levels and settings are defaults: a configuration goes over them. */
export interface Composition<Name extends string = string> {
    /** The policies that it has; all of them if left out. */
    readonly pick?: readonly Name[];
    /** The policies that it has not. */
    readonly drop?: readonly Exclude<Name, OfPack>[];
    readonly levels?: { readonly [N in Name]?: EnforcementLevel };
    /** Settings by policy; those of the whole pack are `pack-settings`. */
    readonly settings?: { readonly [N in Name]?: Readonly<Record<string, SettingValue>> };
    /** More policies, made with `policy` or with Pulumi's SDK alone. */
    readonly add?: PolicyPackArgs["policies"];
}

/**
 * The policies of a pack of one's own. `pack-settings` stays the first of them, since it hands settings to the others and notes what the
 * author set; `undecided` stays the last, since it says what the others could not tell.
 * @param all every policy there is, in the order of the pack
 * @throws {Error} in one line, if the composition names a policy or a setting that does not exist, or has a name twice
 */
export function compose(all: readonly Policy[], composition: Composition): PolicyPackArgs["policies"] {
    const { pick, drop = [], levels = {}, settings = {}, add = [] } = composition;
    const names = all.map(({ name }) => name);
    for (const [option, given] of Object.entries({ pick, drop, levels, settings })) {
        for (const name of Array.isArray(given) ? given.map(String) : Object.keys(given ?? {})) {
            if (!names.includes(name)) {
                throw mistake(
                    `${option} names ${name}, which is no policy of this pack${suggestion(name, names) ?? ""}`,
                );
            }
        }
    }
    const kept = drop.find(name => isOfPack(name));
    if (kept !== undefined) {
        throw mistake(`drop names ${kept}, which is in every pack: the others rely on it`);
    }
    if (levels["pack-settings"] === "disabled") {
        throw mistake("levels disables pack-settings, which the other policies rely on");
    }
    const unmended = all.find(({ name, remedies }) => levels[name] === "remediate" && remedies === undefined);
    if (unmended !== undefined) {
        throw mistake(`levels has ${unmended.name} remediate, which can mend nothing: say mandatory`);
    }
    const chosen = all
        .filter(({ name }) => isOfPack(name) || ((pick?.includes(name) ?? true) && !drop.includes(name)))
        .map(policy => withDefaults(policy, levels[policy.name], settings[policy.name] ?? {}));
    const composed = [...chosen.slice(0, -1), ...add, ...chosen.slice(-1)];
    const twice = composed.find(({ name }, index) => composed.findIndex(other => other.name === name) !== index);
    if (twice !== undefined) {
        throw mistake(`add has a policy ${twice.name}, of which there is one already: drop that, or call it otherwise`);
    }
    return composed;
}

function withDefaults(
    policy: Policy,
    level: EnforcementLevel | undefined,
    settings: Readonly<Record<string, SettingValue>>,
): PolicyPackArgs["policies"][number] {
    const { properties } = policy.configSchema;
    const known = Object.keys(properties);
    const unknown = Object.keys(settings).find(key => !known.includes(key));
    if (unknown !== undefined) {
        throw mistake(
            `settings gives ${policy.name} a setting ${unknown}, which does not exist: it takes ${known.join(", ")}`,
        );
    }
    const given = Object.entries(settings).map(
        ([key, value]) => [key, { ...properties[key], default: value }] as const,
    );
    return {
        ...policy,
        enforcementLevel: level ?? policy.enforcementLevel,
        configSchema: { ...policy.configSchema, properties: { ...properties, ...Object.fromEntries(given) } },
    };
}

function isOfPack(name: string): name is OfPack {
    return ofPack.some(other => other === name);
}

function mistake(what: string): Error {
    return new Error(`pack: ${what}${what.endsWith("?") ? "" : "."}`);
}
