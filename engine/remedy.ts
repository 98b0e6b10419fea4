import type { ResourceRemediation } from "@pulumi/policy";
import { attempt } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import type { Exemptions } from "./exemptions";
import { raw } from "./properties";
import { readAlone } from "./read";

/** Properties that are turned round before a resource is created, where it shows by itself that they are wrong and nothing can break. */
export interface Remedy<T, Values> {
    /** What each property should be. It is left alone unless it is the opposite. */
    readonly properties: Readonly<Record<string, boolean>>;
    readonly isWrong: (subject: T, settings: Values) => boolean;
}

/** What cannot be told by a resource alone is left as it is, and judged with the whole stack. */
export function remediation<T extends Resource, Values>(
    { properties, isWrong }: Remedy<T, Values>,
    subjects: (network: Network) => readonly T[],
    given: (config: object) => { readonly values: Values; readonly exemptions: Exemptions },
): ResourceRemediation {
    return args => {
        const { values, exemptions } = given(args.getConfig());
        const isAnyWrong = subjects(readAlone(args)).some(
            subject => exemptions.covering(subject) === undefined && attempt(() => isWrong(subject, values)) === true,
        );
        const wrong = Object.entries(properties).filter(
            ([key, right]) => isAnyWrong && raw(args.props, key) === !right,
        );
        // Set in place, since a copy would lose which of the inputs are secret.
        wrong.forEach(([key, right]) => Reflect.set(args.props, key, right));
        return wrong.length > 0 ? args.props : undefined;
    };
}
