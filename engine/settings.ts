import type { PolicyConfigSchema } from "@pulumi/policy";
import { type DeclarationWords, usualWords } from "../network/declaration";
import { listPrices, natPrice, type Prices } from "../network/prices";

type PolicyConfigJSONSchema = PolicyConfigSchema["properties"][string];

/** One setting of a policy. */
export interface Setting<T> {
    readonly description: string;
    /** How Pulumi's engine checks it, before anything else happens. */
    readonly schema: PolicyConfigJSONSchema;
    /** What it is where nobody sets it. */
    readonly fallback: T;
    /** Whether `pack-settings` may give it for the policies that have none of their own. */
    readonly ofPack: boolean;
    /** The configured value; undefined if it is not one. */
    readonly read: (value: unknown) => T | undefined;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values that a check gets. */
export type Values<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

export function flag(description: string, fallback: boolean): Setting<boolean> {
    return {
        description,
        schema: { type: "boolean" },
        fallback,
        ofPack: false,
        read: value => (typeof value === "boolean" ? value : undefined),
    };
}

/** A whole number, at least one. */
export function count(description: string, fallback: number): Setting<number> {
    return {
        description,
        schema: { type: "integer", minimum: 1 },
        fallback,
        ofPack: false,
        read: value => (typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined),
    };
}

export function texts(description: string, fallback: readonly string[] = []): Setting<readonly string[]> {
    return {
        description,
        schema: { type: "array", items: { type: "string" } },
        fallback,
        ofPack: false,
        read: value => (Array.isArray(value) && value.every(item => typeof item === "string") ? value : undefined),
    };
}

/** One of several words. */
export function choice<const T extends string>(description: string, options: readonly T[], fallback: T): Setting<T> {
    return {
        description,
        schema: { type: "string", enum: [...options] },
        fallback,
        ofPack: false,
        read: value => options.find(option => option === value),
    };
}

function textsLike(pattern: string, description: string): Setting<readonly string[]> {
    return { ...texts(description), schema: { type: "array", items: { type: "string", pattern } } };
}

/** CIDR blocks, IPv4 or IPv6. */
export function cidrs(description: string): Setting<readonly string[]> {
    return textsLike("^[0-9a-fA-F.:]+/[0-9]{1,3}$", description);
}

const words = texts("");

/** Which tags declare a subnet private or isolated. */
export const tierTags: Setting<DeclarationWords> = {
    description:
        "Tags that declare subnets private or isolated: the `keys` that name a tier, and their values that mean `private` and `isolated`, in any case.",
    schema: {
        type: "object",
        properties: { keys: words.schema, private: words.schema, isolated: words.schema },
        additionalProperties: false,
    },
    fallback: usualWords,
    ofPack: true,
    read: value => {
        const of = (key: "keys" | "private" | "isolated"): readonly string[] =>
            words.read(property(value, key)) ?? usualWords[key];
        return typeof value === "object" && value !== null
            ? { keys: of("keys"), private: of("private"), isolated: of("isolated") }
            : undefined;
    },
};

/** What traffic costs. */
export const prices: Setting<Prices> = {
    description: `What traffic costs, in US dollars: \`natGigabyte\` is a gigabyte through a NAT gateway, ${natPrice(listPrices)} by https://aws.amazon.com/vpc/pricing/.`,
    schema: {
        type: "object",
        properties: { natGigabyte: { type: "number", minimum: 0 } },
        additionalProperties: false,
    },
    fallback: listPrices,
    ofPack: true,
    read: value => {
        const natGigabyte = property(value, "natGigabyte");
        return typeof natGigabyte === "number" && natGigabyte >= 0
            ? { natGigabyte, basis: "as configured" }
            : undefined;
    },
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizations: Setting<readonly string[]> = {
    ...textsLike("^o-[a-z0-9]{10,32}$", "Organizations that are trusted, by id, such as o-a1b2c3d4e5."),
    ofPack: true,
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
export const accounts: Setting<readonly string[]> = {
    ...textsLike("^[0-9]{12}$", "AWS accounts that are trusted, by their 12 digits."),
    ofPack: true,
};

export const strict: Setting<boolean> = {
    ...flag("Whether probable findings count like certain ones.", false),
    ofPack: true,
};
export const failClosed = flag("Whether a fault within the pack itself fails the deployment.", false);

export function property(value: unknown, key: string): unknown {
    return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

/** The value of each setting: the policy's own, that of the pack, or the fallback. */
export function valueOf<T>(setting: Setting<T>, key: string, own: object, pack: object): T {
    return (
        setting.read(property(own, key)) ??
        (setting.ofPack ? setting.read(property(pack, key)) : undefined) ??
        setting.fallback
    );
}

/** The JSON schemas of settings. One that the pack may give has no default there: the engine would fill it in and hide the pack's. */
export function schemasOf(settings: Settings): Record<string, PolicyConfigJSONSchema> {
    return Object.fromEntries(
        Object.entries(settings).map(([key, { schema, description, fallback, ofPack }]) => {
            const value =
                typeof fallback === "boolean" || typeof fallback === "number" || typeof fallback === "string"
                    ? fallback
                    : Array.isArray(fallback)
                      ? fallback.map(String)
                      : undefined;
            return [key, { ...schema, description, ...(!ofPack && value !== undefined && { default: value }) }];
        }),
    );
}
