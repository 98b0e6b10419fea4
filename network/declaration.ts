import { see } from "./knowledge";
import type { Tags } from "./resource";

/** Which tags say that a subnet is private, and what their values mean. */
export interface DeclarationWords {
    /** Tag keys that name a subnet's tier, in any case. */
    readonly keys: readonly string[];
    /** Values of those tags that say private, in any case. */
    readonly private: readonly string[];
    /** Values of those tags that say isolated, in any case. */
    readonly isolated: readonly string[];
}

/** What the author says of a subnet, and how plainly: by a tier tag, or only by a hint. */
export interface Declared {
    readonly as: "private" | "isolated";
    readonly by: "tag" | "hint";
    /** The tag that says so, as "Tier=private". */
    readonly tag: string;
}

export const usualWords: DeclarationWords = {
    keys: ["Tier", "network-tier", "SubnetType", "aws-cdk:subnet-type"],
    private: ["private", "internal"],
    isolated: ["isolated", "intra", "restricted"],
};

/** How subnets are declared private or isolated. */
export class Declaration {
    private readonly keys: ReadonlySet<string>;
    private readonly meaning: ReadonlyMap<string, "private" | "isolated">;

    constructor(words: DeclarationWords) {
        this.keys = new Set(words.keys.map(key => key.toLowerCase()));
        this.meaning = new Map([
            ...words.private.map(value => [value.toLowerCase(), "private"] as const),
            ...words.isolated.map(value => [value.toLowerCase(), "isolated"] as const),
        ]);
    }

    /** A tier tag decides; without one a word of the Name tag or Kubernetes' tag for internal load balancers is a hint. */
    of(tags: Tags): Declared | undefined {
        const tier = [...tags].filter(([key]) => this.keys.has(key.toLowerCase()));
        for (const [key, value] of tier) {
            const as = this.meaning.get(see(value).toLowerCase());
            if (as !== undefined) {
                return { as, by: "tag", tag: `${key}=${see(value)}` };
            }
        }
        if (tier.length > 0) {
            return undefined;
        }
        const name = see(tags.get("Name") ?? "");
        for (const word of name.toLowerCase().split(/[^a-z]+/)) {
            const as = this.meaning.get(word);
            if (as !== undefined) {
                return { as, by: "hint", tag: `Name=${name}` };
            }
        }
        return tags.has("kubernetes.io/role/internal-elb")
            ? { as: "private", by: "hint", tag: "kubernetes.io/role/internal-elb" }
            : undefined;
    }
}
