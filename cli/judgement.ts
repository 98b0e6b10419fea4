/** How a policy is enforced. */
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** How grave a violation is; "unspecified" when the policy does not say. */
export type Severity = "low" | "medium" | "high" | "critical" | "unspecified";

/** A policy, as its pack describes it, at the level that the configuration gives it. */
export interface Policy {
    readonly name: string;
    readonly description: string;
    readonly level: Level;
    readonly severity: Severity;
    /** What to do about a violation; "" when the policy does not say. */
    readonly remediationSteps: string;
    /** Where to read more; "" when the policy does not say. */
    readonly url: string;
    readonly tags: readonly string[];
}

/** What a policy holds against a resource. */
export interface Violation {
    readonly policy: string;
    readonly level: "advisory" | "mandatory";
    readonly severity: Severity;
    readonly message: string;
    readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
}

/** A violation that an exception of the configuration excuses. */
export interface ExemptedViolation extends Violation {
    readonly exception: { readonly id: string; readonly reason: string };
}

/** All that a policy pack says about a stack: what every report is made from. */
export interface Judgement {
    readonly pack: { readonly name: string; readonly version: string };
    /** The policies that are not disabled, by name. */
    readonly policies: readonly Policy[];
    /** How many resources were judged: without the stack's own and the providers. */
    readonly resources: number;
    readonly violations: readonly Violation[];
    readonly exempted: readonly ExemptedViolation[];
}

/** Orders violations by resource, policy and message. */
export function compareViolations(left: Violation, right: Violation): number {
    const keyOf = ({ resource, policy, message }: Violation) => [resource.urn, policy, message].join("\0");
    return keyOf(left) < keyOf(right) ? -1 : 1;
}

/** How many violations there are of one level. */
export function count(judgement: Judgement, level: Violation["level"]): number {
    return judgement.violations.filter(violation => violation.level === level).length;
}
