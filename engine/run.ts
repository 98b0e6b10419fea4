import type { PolicyResource, ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { type Outside, Pending } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { fault } from "./faults";
import { noteUnread, wasUnread } from "./ledger";
import { read, readAlone, type Unread } from "./read";
import { report } from "./report";

/** What one policy could not tell of one resource. */
export interface Note {
    readonly policy: string;
    readonly resource: Resource;
    readonly because: Pending | Outside;
}

/** What is read of a request, and what could not be. */
interface Reading {
    readonly network: Network;
    /** The resources that could not be read, until a policy has reported them. */
    readonly unread: Unread[];
}

/** What the policies of the pack share while the engine has one whole stack analysed. */
export interface Run extends Reading {
    readonly resources: readonly PolicyResource[];
    readonly notes: Note[];
    /** Why nothing can be told for certain, if there is a resource of which not even that is known what it says something of. */
    readonly lost: Pending | undefined;
}

/**
 * What is worked out once for each request. The SDK makes resources and properties anew for each policy, and several analyses may run at
 * once. What stays the same within one request, and differs between any two, are the lists that come from the request itself.
 */
class PerRequest<T> {
    private readonly answers = new WeakMap<readonly string[], T>();

    has(list: readonly string[]): boolean {
        return this.answers.has(list);
    }

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
const alone = new PerRequest<Reading>();

/** Whether the resources of a request have been read. @param list that of the first one, of which changes are ignored. */
export function isRead(list: readonly string[]): boolean {
    return runs.has(list);
}

export function runOf({ resources }: StackValidationArgs): Run {
    return runs.of(resources[0]?.opts.ignoreChanges, () => {
        const { network, unread } = readingOf(tell => read(resources, undefined, tell));
        const lost = unread.find(({ isLost }) => isLost);
        return {
            resources,
            network,
            unread: unread.filter(({ urn }) => !wasUnread(urn)),
            notes: [],
            lost: lost && new Pending(`what ${lost.toString()} says`),
        };
    });
}

/** What one resource makes by itself. */
export function readingAlone(args: ResourceValidationArgs): Reading {
    return alone.of(args.opts.ignoreChanges, () => {
        const reading = readingOf(tell => readAlone(args, tell));
        if (reading.unread.length > 0) {
            noteUnread(args.urn);
        }
        return reading;
    });
}

function readingOf(read: (tell: (told: readonly Unread[]) => void) => Network): Reading {
    const unread: Unread[] = [];
    const network = read(told => {
        told.forEach(one => unread.push(one));
    });
    return { network, unread };
}

/** Reports what could not be read, unless another policy has done so. */
export function tellUnread(policy: string, { unread }: Reading, reportViolation: ReportViolation): void {
    for (const one of unread.splice(0)) {
        report(reportViolation, fault(policy, one, one.thrown));
    }
}
