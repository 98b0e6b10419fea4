import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { Outside, Pending } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { read, readAlone } from "./read";

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
 * What is worked out once for each request. The SDK makes resources and properties anew for each policy, and several analyses may run at
 * once. What stays the same within one request, and differs between any two, are the lists that come from the request itself.
 */
class PerRequest<T> {
    private readonly answers = new WeakMap<readonly string[], T>();

    /** @param list a list of the request; what is asked without one is worked out anew. */
    of(list: readonly string[] | undefined, compute: () => T): T {
        const found = list && this.answers.get(list);
        if (found !== undefined) {
            return found;
        }
        const answer = compute();
        if (list !== undefined) {
            this.answers.set(list, answer);
        }
        return answer;
    }
}

const runs = new PerRequest<Run>();
const alone = new PerRequest<Network>();

export function runOf(args: StackValidationArgs): Run {
    return runs.of(args.resources[0]?.opts.ignoreChanges, () => ({ network: read(args.resources), notes: [] }));
}

/** What one resource makes by itself. */
export function networkOf(args: ResourceValidationArgs): Network {
    return alone.of(args.opts.ignoreChanges, () => readAlone(args));
}
