import type { Level, Policy } from "./engine/policy";
import { policies } from "./policies";

/** A configuration that sets the level of every policy, and nothing else. */
function preset(level: (policy: Policy) => Level): Readonly<Record<string, Level>> {
    return Object.fromEntries(policies.map(policy => [policy.name, level(policy)]));
}

/** Whether a policy advises however strict one is: what is not known yet is no mistake, and what costs more no danger. */
function onlyAdvises({ name, tags }: Policy): boolean {
    return name === "undecided" || tags.includes("cost");
}

/** Configurations to begin with; the files `presets/NAME.json` hold the same. */
export const presets = {
    /** Every policy advises. */
    advisory: preset(() => "advisory"),
    /** Every policy at its own level. */
    recommended: preset(policy => policy.enforcementLevel),
    /** Every policy is mandatory, except for those that are about costs alone, and `undecided`. */
    strict: preset(policy => (onlyAdvises(policy) ? "advisory" : "mandatory")),
} as const;
