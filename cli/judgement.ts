import type { Source } from "./source";

/** How a policy is enforced. */
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** How grave a violation is; "unspecified" when the policy does not say. */
export type Severity = "low" | "medium" | "high" | "critical" | "unspecified";

/** A policy, as its pack describes it, at the level that the configuration gives it. */
export interface Policy {
    readonly name: string;
    /** Its title; "" when the policy does not say. */
    readonly displayName: string;
    readonly description: string;
    readonly level: Level;
    readonly severity: Severity;
    /** What to do about a violation; "" when the policy does not say. */
    readonly remediationSteps: string;
    /** Where to read more; "" when the policy does not say. */
    readonly url: string;
    /** Its topics, and the control of a framework that it helps to meet, such as "EC2.15". */
    readonly tags: readonly string[];
}

/** A policy of which only the name is known, and the level of its violations. */
export function unknownPolicy(name: string, level: Level): Policy {
    return {
        name,
        displayName: "",
        description: "",
        level,
        severity: "unspecified",
        remediationSteps: "",
        url: "",
        tags: [],
    };
}

/** What a policy holds against a resource. */
export interface Violation {
    readonly policy: string;
    readonly level: "advisory" | "mandatory";
    readonly severity: Severity;
    readonly message: string;
    readonly resource: {
        readonly urn: string;
        readonly type: string;
        readonly name: string;
        /** Where the program makes it, if that is known. */
        readonly source?: Source;
    };
}

/** What excuses a violation: an exception of the configuration, or an exemption among a policy's settings. */
export interface Excuse {
    /** The exception's id, or the exemption's pattern. */
    readonly id: string;
    readonly reason: string;
    /** The last day on which it holds, as 2027-01-31; undefined when it does not end. */
    readonly expires?: string;
}

/** A violation that does not count. */
export interface ExemptedViolation extends Violation {
    readonly exception: Excuse;
}

/** All that a policy pack says about a stack: what every report is made from. */
export interface Judgement {
    readonly pack: { readonly name: string; readonly version: string };
    /** The policies that are not disabled. */
    readonly policies: readonly Policy[];
    /** How many resources were judged, without the stack's own and the providers; undefined where that is not known. */
    readonly resources?: number;
    readonly violations: readonly Violation[];
    readonly exempted: readonly ExemptedViolation[];
    /** The file that stands for resources of which it is not known where the program makes them. */
    readonly program?: string;
}

/** Whether something excuses a violation. */
export function isExempted(violation: Violation): violation is ExemptedViolation {
    return "exception" in violation;
}

/** Orders violations by resource, policy and message. */
export function compareViolations(left: Violation, right: Violation): number {
    const keyOf = ({ resource, policy, message }: Violation) => [resource.urn, policy, message].join("\0");
    return keyOf(left) < keyOf(right) ? -1 : 1;
}

/** Violations in their order, those that do not count by themselves. */
export function sorted(violations: readonly Violation[]): Pick<Judgement, "violations" | "exempted"> {
    const all = [...violations].sort(compareViolations);
    return {
        violations: all.filter(violation => !isExempted(violation)),
        exempted: all.filter(isExempted),
    };
}

/** The SDK writes the policy's description before most messages; the reports say it once, in its own place. */
export function withoutDescription(message: string, description: string): string {
    const start = `${description}\n`;
    return message.startsWith(start) ? message.slice(start.length) : message;
}

/** How many violations there are of one level. */
export function count(judgement: Judgement, level: Violation["level"]): number {
    return judgement.violations.filter(violation => violation.level === level).length;
}

/** All violations of a judgement, exempted ones included, by resource: the resources in order of their URNs. */
export function byResource({
    violations,
    exempted,
}: Pick<Judgement, "violations" | "exempted">): readonly (readonly [Violation["resource"], readonly Violation[]])[] {
    const groups = new Map<string, readonly [Violation["resource"], Violation[]]>();
    for (const violation of [...violations, ...exempted]) {
        const { resource } = violation;
        const group = groups.get(resource.urn) ?? ([resource, []] as const);
        groups.set(resource.urn, group);
        group[1].push(violation);
    }
    return [...groups.values()].sort(([left], [right]) => (left.urn < right.urn ? -1 : 1));
}

/** The policies of a judgement, and those that speak without being among them: a pack may report under any name. */
export function policiesOf({ policies, violations, exempted }: Judgement): readonly Policy[] {
    const all = new Map(
        [...violations, ...exempted].map(({ policy, level }) => [policy, unknownPolicy(policy, level)]),
    );
    policies.forEach(policy => all.delete(policy.name));
    return [...policies, ...all.values()];
}

/** The policy of a name, of which nothing else is known where a pack reports under a name that it has no policy of. */
export function policyNamed({ policies }: Pick<Judgement, "policies">): (name: string) => Policy {
    const byName = new Map(policies.map(policy => [policy.name, policy]));
    return name => byName.get(name) ?? unknownPolicy(name, "mandatory");
}

/** A judgement in one sentence. */
export function summary(judgement: Judgement): string {
    const { violations, exempted, resources, policies } = judgement;
    const where =
        resources === undefined
            ? ""
            : ` in ${plural(resources, "resource")} (${plural(policies.length, "policy", "policies")})`;
    const what =
        violations.length === 0
            ? "No violations"
            : `${count(judgement, "mandatory")} mandatory, ${count(judgement, "advisory")} advisory violations`;
    const excused = exempted.length > 0 ? `; ${exempted.length} exempted` : "";
    return `${what}${where}${excused}.`;
}

/** How grave a violation is, in words: its level or that it is exempted, and its severity. */
export function gravity(violation: Violation): string {
    const { level, severity } = violation;
    return [isExempted(violation) ? "exempted" : level, ...(severity === "unspecified" ? [] : [severity])].join(", ");
}

/** What excuses a violation, in words. */
export function acceptance({ id, reason, expires }: Excuse): string {
    return `${id}, ${reason}${expires === undefined ? "" : ` (until ${expires})`}`;
}

/** A number of things in words. */
export function plural(number: number, one: string, many = `${one}s`): string {
    return `${number} ${number === 1 ? one : many}`;
}
