import { exemptedBy } from "../engine/exempted";
import type { ExemptedViolation, Policy, Violation } from "./judgement";
import { isObject, jsonIn, stringOf } from "./untyped";

/**
 * A violation as it is told, or the exempted one that it tells of. Only an advisory one can tell of another: nothing
 * that a message says excuses a mandatory violation.
 *
 * @param policy the policy, whose level is that of what it exempts
 */
export function withExemption(violation: Violation, policy: Policy | undefined): Violation {
    const { message } = violation;
    const at = message.lastIndexOf(`\n${exemptedBy}`);
    const told = violation.level === "advisory" && at >= 0 ? jsonIn(message.slice(at + 1 + exemptedBy.length)) : null;
    if (!isObject(told)) return violation;
    const expires = stringOf(told["expires"]);
    const exempted: ExemptedViolation = {
        ...violation,
        level: told["level"] === "advisory" || policy?.level === "advisory" ? "advisory" : "mandatory",
        message: message.slice(0, at),
        exception: {
            id: stringOf(told["pattern"]),
            reason: stringOf(told["reason"]),
            ...(expires !== "" && { expires }),
        },
    };
    return exempted;
}
