import type { PolicyResource } from "@pulumi/policy";
import { matches } from "../network/glob";
import { attempt, either, see } from "../network/knowledge";
import type { Resource } from "../network/resource";
import type { Excuse } from "./exempted";
import { property, type Setting } from "./settings";

/** A resource, or several, that a policy leaves alone. */
export interface Exemption {
    /** Patterns, in which `*` stands for any run of characters and `?` for one. */
    readonly name?: string;
    readonly urn?: string;
    /** As "Key=pattern". */
    readonly tag?: string;
    readonly reason: string;
    /** The last day on which it holds, as 2027-01-31. */
    readonly expires?: string;
}

const text = { type: "string", minLength: 1 } as const;

function read(value: unknown): Exemption | undefined {
    const of = (key: string): string | undefined => {
        const found = property(value, key);
        return typeof found === "string" ? found : undefined;
    };
    const [name, urn, tag, expires] = [of("name"), of("urn"), of("tag"), of("expires")];
    const reason = of("reason");
    return reason === undefined
        ? undefined
        : {
              reason,
              ...(name !== undefined && { name }),
              ...(urn !== undefined && { urn }),
              ...(tag !== undefined && { tag }),
              ...(expires !== undefined && { expires }),
          };
}

export const exempt: Setting<readonly Exemption[]> = {
    description:
        'Resources that the policy leaves alone: patterns (`*`, `?`) on `name`, `urn` or `tag` (as "Key=pattern"), all that are given, each with a `reason` and, if wanted, the last day on which it `expires`.',
    schema: {
        type: "array",
        items: {
            type: "object",
            properties: {
                name: text,
                urn: text,
                tag: { ...text, pattern: "=" },
                reason: text,
                expires: { type: "string", format: "date" },
            },
            required: ["reason"],
            minProperties: 2,
            additionalProperties: false,
        },
    },
    fallback: [],
    ofPack: false,
    read: value => (Array.isArray(value) ? value.flatMap(item => read(item) ?? []) : undefined),
};

/** What is told of an exemption: of its patterns only the most telling one. */
export function excuseOf({ name, urn, tag, reason, expires }: Exemption): Excuse {
    return { pattern: name ?? urn ?? tag ?? "nothing", reason, ...(expires !== undefined && { expires }) };
}

/** The exemptions of one policy in one run. */
export class Exemptions {
    /** Those that match something, or may. */
    private readonly used = new Set<Exemption>();

    /** @param today as 2027-01-31. */
    constructor(
        private readonly all: readonly Exemption[],
        private readonly today: string,
    ) {}

    /**
     * Why a resource is left alone; undefined if it is not.
     * @throws {Unseen} if that hangs on a tag that is not known.
     */
    covering(resource: Resource): Exemption | undefined {
        this.all
            .filter(exemption => attempt(() => covers(exemption, resource)) !== false)
            .forEach(exemption => this.used.add(exemption));
        const valid = this.all.filter(exemption => !this.isExpired(exemption));
        return either(...valid.map(exemption => () => covers(exemption, resource)))
            ? valid.find(exemption => attempt(() => covers(exemption, resource)) === true)
            : undefined;
    }

    /** What is wrong with the exemptions themselves, once every resource that the policy judges has been asked for. */
    *stale(resources: readonly PolicyResource[]): Iterable<string> {
        for (const exemption of this.all) {
            const { pattern, reason, expires = "" } = excuseOf(exemption);
            if (this.isExpired(exemption)) {
                yield `The exemption of ${pattern} (${reason}) expired on ${expires}: renew it or remove it.`;
            } else if (
                !this.used.has(exemption) &&
                !resources.some(
                    resource => exemption.tag === undefined && attempt(() => covers(exemption, resource)) !== false,
                )
            ) {
                yield `The exemption of ${pattern} (${reason}) matches nothing in this stack: remove it, or correct its pattern.`;
            }
        }
    }

    private isExpired({ expires }: Exemption): boolean {
        return expires !== undefined && expires < this.today;
    }
}

function covers({ name, urn, tag }: Exemption, resource: Resource | PolicyResource): boolean {
    return (
        (name !== undefined || urn !== undefined || tag !== undefined) &&
        (name === undefined || matches(name, resource.name)) &&
        (urn === undefined || matches(urn, resource.urn)) &&
        (tag === undefined || ("tags" in resource && hasTag(resource, tag)))
    );
}

function hasTag(resource: Resource, tag: string): boolean {
    const at = tag.indexOf("=");
    const value = resource.tags.get(tag.slice(0, at));
    return value !== undefined && matches(tag.slice(at + 1), see(value));
}
