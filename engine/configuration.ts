import type { ResourceValidation } from "@pulumi/policy";
import { report } from "./report";

export const stackType = "pulumi:pulumi:Stack";

/**
 * Checks the configuration of a policy when the engine shows the stack itself, the first resource of all: nothing exists by then. The engine
 * has checked the values against the schema; a setting that the schema does not have it lets pass.
 */
export function checkConfiguration(policy: string, known: readonly string[]): ResourceValidation {
    const check: ResourceValidation = (args, reportViolation) => {
        for (const key of Object.keys(args.getConfig()).filter(key => !known.includes(key))) {
            report(reportViolation, {
                message: `The configuration of ${policy} has a setting ${key}, which does not exist: it takes ${known.join(", ")}.`,
                urn: args.urn,
                enforcementLevel: "mandatory",
            });
        }
    };
    // The SDK calls the function for this type alone, without unpacking any other resource for it.
    return Object.assign(check, { __pulumiType: stackType });
}
