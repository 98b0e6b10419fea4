import { type Fact, see } from "./knowledge";

export type Tags = ReadonlyMap<string, Fact<string>>;

/** Where a thing of the network comes from: the resource of the stack that makes it. */
export interface Source {
    readonly urn: string;
    /** The name that the author gave the resource. */
    readonly name: string;
    /** A tag whose value is not known does not hide the others. */
    readonly tags: Fact<Tags>;
    /** False for a resource of which this run tells nothing, as when it is not among the targets of a preview. */
    readonly inThisRun: boolean;
}

/** A resource of the stack that the network knows: what policies judge, and what they blame. */
export abstract class Resource {
    /** What AWS calls such a thing, in lower case. */
    abstract readonly noun: string;

    constructor(readonly source: Source) {}

    get urn(): string {
        return this.source.urn;
    }

    get name(): string {
        return this.source.name;
    }

    /** @throws {Unseen} if the tags are not known. */
    get tags(): Tags {
        return see(this.source.tags);
    }

    /** How messages name it, such as "subnet app-a". */
    toString(): string {
        return `${this.noun} ${this.name}`;
    }
}

/** The names of several resources for a message: "a, b and c". */
export function names(resources: Iterable<{ readonly name: string }>): string {
    const all = [...new Set([...resources].map(resource => resource.name))].sort();
    const last = all.pop();
    return all.length === 0 ? (last ?? "") : `${all.join(", ")} and ${last ?? ""}`;
}

/** The same behind what AWS calls them: "subnet a", or "subnets a and b". */
export function named(noun: string, resources: Iterable<{ readonly name: string }>): string {
    const all = names(resources);
    return `${noun}${/ and /.test(all) ? "s" : ""} ${all}`;
}
