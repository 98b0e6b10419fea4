import type { ReportViolation } from "@pulumi/policy";
import { type Excuse, exemptedBy, tellExempted } from "./exempted";

export interface Violation {
    /** What is wrong, for somebody who reads nothing else. */
    readonly message: string;
    /** The resource that is blamed; the stack itself if left out. */
    readonly urn?: string;
    /** The policy's own level if left out. */
    readonly enforcementLevel?: "advisory" | "mandatory";
    /** What excuses it: then it is told only where that is asked for. */
    readonly excuse?: Excuse;
}

/** Whether violations that an exemption excuses are to be told, too. */
export function tellsExempted(): boolean {
    return (process.env[tellExempted] ?? "") !== "";
}

/**
 * Reports a violation. The SDK takes an object since 1.20, as its types do not say: with it the message does not repeat the description, and a
 * violation may have a level of its own. The one place that relies on this.
 */
export function report(reportViolation: ReportViolation, { excuse, ...given }: Violation): void {
    const violation = { ...given, message: wellFormed(given.message) };
    if (excuse === undefined) {
        Reflect.apply(reportViolation, undefined, [violation]);
    } else if (tellsExempted()) {
        const told = JSON.stringify({ ...excuse, level: violation.enforcementLevel });
        const message = `${violation.message}\n${exemptedBy}${told}`;
        Reflect.apply(reportViolation, undefined, [{ ...violation, message, enforcementLevel: "advisory" }]);
    }
}

/** A text that may hold halves of characters, which JSON can write, with something in their place: the engine takes no message with one. */
function wellFormed(text: string): string {
    return Buffer.from(text).toString();
}
