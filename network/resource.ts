import { type Fact, see } from "./knowledge";

export type Tags = ReadonlyMap<string, Fact<string>>;

/** Where a thing of the network comes from: the resource of the stack that makes it. */
export interface Source {
    readonly urn: string;
    /** The name that the author gave the resource. */
    readonly name: string;
    /** The ids by which AWS knows it, as far as they are known. */
    readonly ids: readonly string[];
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

    /** Whether it comes first where one of two is to be blamed, which their names say and not their order in the stack. */
    isBefore(other: Resource): boolean {
        return this.name === other.name ? this.urn < other.urn : this.name < other.name;
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

/** A text as the beginning of a sentence: "instance app" becomes "Instance app". */
export function opening(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Several texts in a sentence: "a, b and c". */
export function listed(texts: Iterable<string>): string {
    const all = [...new Set(texts)].sort();
    const last = all.pop() ?? "";
    return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}

/** Several resources by name behind what AWS calls them: "subnet a", or "subnets a and b". */
export function named(noun: string, resources: readonly { readonly name: string }[]): string {
    const names = new Set(resources.map(({ name }) => name));
    return `${noun}${names.size > 1 ? "s" : ""} ${listed(names)}`;
}
