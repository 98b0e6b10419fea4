import type { StackValidationArgs } from "@pulumi/policy";
import type { Outside, Pending } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { read } from "./read";

/** What one policy could not tell of one resource. */
export interface Note {
    readonly policy: string;
    readonly resource: Resource;
    readonly because: Pending | Outside;
}

/** What the policies of the pack share while the engine has one whole stack analysed. */
export interface Run {
    readonly network: Network;
    readonly notes: Note[];
}

/**
 * The SDK makes resources and properties anew for each policy, and several analyses may run at once. What stays the same within one analysis,
 * and differs between any two, are the lists that come from the request itself.
 */
const runs = new WeakMap<readonly string[], Run>();

export function runOf(args: StackValidationArgs): Run {
    const key = args.resources[0]?.opts.ignoreChanges;
    const found = key && runs.get(key);
    if (found !== undefined) {
        return found;
    }
    const run: Run = { network: read(args.resources), notes: [] };
    if (key !== undefined) {
        runs.set(key, run);
    }
    return run;
}
