import type { ReportViolation } from "@pulumi/policy";

export interface Violation {
    /** What is wrong, for somebody who reads nothing else. */
    readonly message: string;
    /** The resource that is blamed; the stack itself if left out. */
    readonly urn?: string;
    /** The policy's own level if left out. */
    readonly enforcementLevel?: "advisory" | "mandatory";
}

/**
 * Reports a violation. The SDK takes an object since 1.20, as its types do not say: with it the message does not repeat the description, and a
 * violation may have a level of its own. The one place that relies on this.
 */
export function report(reportViolation: ReportViolation, violation: Violation): void {
    Reflect.apply(reportViolation, undefined, [violation]);
}
