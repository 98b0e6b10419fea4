import type { ReportViolation } from "@pulumi/policy";
import { packConfiguration } from "./ledger";
import { report, type Violation } from "./report";
import { failClosed, valueOf } from "./settings";

/** What a fault is told of: a resource, or whatever else has a name and a URN. */
interface Subject {
    readonly urn: string;
    readonly toString: () => string;
}

/** A fault of our own: reported, so that it never ends a deployment by itself. */
export function fault(policy: string, on: Subject | undefined, thrown: unknown): Violation {
    const of = on === undefined ? policy : `${policy} on ${on.toString()}`;
    return {
        message: `Internal error of ${of}: ${messageOf(thrown)}. Please report it.`,
        ...(on && { urn: on.urn }),
        enforcementLevel: valueOf(failClosed, "failClosed", packConfiguration(), {}) ? "mandatory" : "advisory",
    };
}

/** Anything may be thrown, and it may refuse to be a text. */
function messageOf(thrown: unknown): string {
    try {
        return String(thrown instanceof Error ? thrown.message : thrown);
    } catch {
        return "something that is no text";
    }
}

/** Has a function of a policy report what is thrown in it instead of ending the deployment. */
export function guarded<Args>(
    policy: string,
    validate: (args: Args, reportViolation: ReportViolation) => void,
): (args: Args, reportViolation: ReportViolation) => void {
    return (args, reportViolation) => {
        try {
            validate(args, reportViolation);
        } catch (e) {
            report(reportViolation, fault(policy, undefined, e));
        }
    };
}
