import type { ResourceRemediation, ResourceValidationArgs } from "@pulumi/policy";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import type { Exemptions } from "./exemptions";
import { raw } from "./properties";
import { readAlone } from "./read";

/** Properties that are turned round before a resource is created or updated, where it shows by itself that they are wrong. */
export interface Remedy<T, Values> {
    /** What each property should be. It is left alone unless it is the opposite. */
    readonly properties: Readonly<Record<string, boolean>>;
    readonly isWrong: (subject: T, settings: Values) => boolean;
}

/**
 * What cannot be told by a resource alone is left as it is, and judged with the whole stack. So is what a fault of our own keeps from being
 * told: thrown from here, it would end the deployment, and whoever judges the stack reports it.
 */
export function remediation<T extends Resource, Values>(
    { properties, isWrong }: Remedy<T, Values>,
    subjects: (network: Network) => readonly T[],
    given: (config: object) => { readonly values: Values; readonly exemptions: Exemptions },
): ResourceRemediation {
    const showsWrong = (args: ResourceValidationArgs): boolean => {
        try {
            const { values, exemptions } = given(args.getConfig());
            return subjects(readAlone(args)).some(
                subject => exemptions.covering(subject) === undefined && isWrong(subject, values),
            );
        } catch {
            return false;
        }
    };
    return args => {
        const wrong = Object.entries(properties).filter(([key, right]) => raw(args.props, key) === !right);
        if (wrong.length === 0 || !showsWrong(args)) {
            return undefined;
        }
        // Set in place, since a copy would lose which of the inputs are secret.
        wrong.forEach(([key, right]) => Reflect.set(args.props, key, right));
        return args.props;
    };
}
