import type { PolicyResource } from "@pulumi/policy";
import { type Fact, Outside, Pending } from "../network/knowledge";
import { listed, type Resource, type Source, type Tags } from "../network/resource";
import { type Doubt, References, Several } from "../network/several";
import { Vpc } from "../network/vpc";
import type { Index, Kind } from "./references";

/** What Pulumi puts where a value is not known: one for each type. They are the SDK's own, which does not export them. */
const sentinels: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** How many things a list may have that is read: AWS takes no more than a thousand rules, routes or entries of a prefix list anywhere. */
const longest = 10_000;

/** How many characters of JSON are read: those of a task definition may be 64 KB. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const longestJson = 100_000;

type Values = Readonly<Record<string, unknown>>;

/** What stands where a property is: nothing, something known, or something of which only the dependencies are known. */
type Value =
    | { readonly is: "absent" }
    | { readonly is: "known"; readonly value: unknown }
    | { readonly is: "unknown"; readonly because: Pending | Outside };

const absent: Value = { is: "absent" };

/** What a resource and everything nested in it share. */
interface Whole {
    readonly resource: PolicyResource;
    readonly noun: string;
    /** The properties that the author set; undefined where that is not known. */
    readonly authored: ReadonlySet<string> | undefined;
    readonly inThisRun: boolean;
    readonly index: Index;
}

/** The properties of a resource, or of something nested in one, as facts. Nothing here throws, whatever the values are. */
export class Properties {
    private itsSource: Source | undefined;

    private constructor(
        private readonly whole: Whole,
        private readonly values: Values,
        /** The property of the resource that this is nested in: dependencies are known for that one alone. */
        private readonly within?: string,
    ) {}

    /**
     * @param noun what messages call the resource.
     * @param required properties without which the resource is not part of this run, as with `--target`; one that has none at all never is.
     */
    static of(
        resource: PolicyResource,
        noun: string,
        required: readonly string[],
        authored: ReadonlySet<string> | undefined,
        index: Index,
    ): Properties {
        const inThisRun =
            Object.keys(resource.props).length > 0 && required.every(key => raw(resource.props, key) !== undefined);
        return new Properties({ resource, noun, authored, inThisRun, index }, resource.props);
    }

    /** The same of which nothing is known. */
    get unread(): Properties {
        return new Properties({ ...this.whole, authored: undefined, inThisRun: false }, {});
    }

    /** Asked for again and again, and it may have many tags. */
    get source(): Source {
        return (this.itsSource ??= {
            urn: this.whole.resource.urn,
            name: this.whole.resource.name,
            ids: this.ids([]),
            tags: this.tags(),
            inThisRun: this.whole.inThisRun,
        });
    }

    /** The Region of the resource: its own property, its provider's, or the one in its ARN. */
    get region(): Fact<string> {
        const [own, provider, arn] = [this.text("region"), this.providerRegion, this.text("arn")];
        const region = [own, provider].find(fact => typeof fact === "string");
        return region ?? (typeof arn === "string" ? arn.split(":")[3] : undefined) ?? new Pending(this.what("region"));
    }

    /** The Region that stands in the inputs of the resource or of its provider; undefined where the environment alone gives it. */
    get givenRegion(): Fact<string | undefined> {
        return this.authoredText("region") ?? this.providerRegion;
    }

    private get providerRegion(): Fact<string | undefined> {
        const region = this.whole.resource.provider && raw(this.whole.resource.provider.props, "region");
        return sentinels.has(region)
            ? new Pending(this.what("region"))
            : typeof region === "string"
              ? region
              : undefined;
    }

    /**
     * The account of the resource: the one in its ARN, or in that of something that is always in the same account, else the one that its
     * provider is bound to.
     * @param beside properties that hold the ARNs of what is in the same account.
     */
    account(...beside: readonly string[]): Fact<string> {
        const arns = ["arn", ...beside].map(key => raw(this.values, key));
        const provider = this.whole.resource.provider?.props ?? {};
        const roles = ["assumeRoles", "assumeRole"].flatMap(key => found(arnAccount, raw(provider, key)));
        const allowed = found(/(\d{12})/g, raw(provider, "allowedAccountIds"));
        const bound = roles.at(-1) ?? (allowed.length === 1 ? allowed[0] : undefined);
        const Unknown = arns.some(holdsUnknown) ? Pending : Outside;
        return found(arnAccount, arns)[0] ?? bound ?? new Unknown(this.what("account"));
    }

    /** The ids by which other resources may refer to the resource, as far as they are known. */
    ids(keys: readonly string[]): readonly string[] {
        return ["id", "arn", ...keys].flatMap(key => idsIn(raw(this.values, key)));
    }

    /** Whether the author left a property to the provider. */
    leftOut(key: string): Fact<boolean> {
        if (this.whole.authored !== undefined) {
            return !this.whole.authored.has(key);
        }
        const value = this.value(key);
        return value.is === "unknown" ? value.because : value.is === "absent";
    }

    text(key: string): Fact<string | undefined> {
        return this.read(key, value => (typeof value === "string" ? value : undefined));
    }

    /** @param leftOut what the property is where the author left it out. */
    textOr(key: string, leftOut: string): Fact<string> {
        const text = this.text(key);
        return text ?? leftOut;
    }

    number(key: string): Fact<number | undefined> {
        return this.read(key, value => {
            const number = typeof value === "string" ? Number(value) : value;
            return typeof number === "number" && Number.isFinite(number) ? number : undefined;
        });
    }

    flag(key: string): Fact<boolean | undefined> {
        return this.read(key, value => {
            const text = textOf(value).toLowerCase();
            return text === "true" || text === "enabled"
                ? true
                : text === "false" || text === "disabled"
                  ? false
                  : undefined;
        });
    }

    /** @param leftOut what the property is where the author left it out. */
    flagOr(key: string, leftOut: boolean): Fact<boolean> {
        return this.flag(key) ?? leftOut;
    }

    /** A flag as the author set it: what the provider has worked out for one that was left out does not count. */
    authoredFlag(key: string): Fact<boolean | undefined> {
        return this.isAuthored(key) ? this.flag(key) : undefined;
    }

    /** A text as the author set it: what the provider has worked out for one that was left out does not count. */
    authoredText(key: string): Fact<string | undefined> {
        return this.isAuthored(key) ? this.text(key) : undefined;
    }

    /** A value of any shape; pending if anything within it is. */
    anything(key: string): Fact<unknown> {
        const value = this.value(key);
        switch (value.is) {
            case "absent":
                return undefined;
            case "unknown":
                return value.because;
            case "known":
                return holdsUnknown(value.value) ? this.unknown(key) : value.value;
        }
    }

    /** A list of texts; one text counts as a list. */
    texts(key: string): Fact<readonly string[]> {
        const value = this.value(key);
        switch (value.is) {
            case "absent":
                return [];
            case "unknown":
                return value.because;
            case "known": {
                const list = listOf(value.value);
                return list.some(item => sentinels.has(item))
                    ? new Pending(this.what(key))
                    : list.filter(item => typeof item === "string");
            }
        }
    }

    /** How many things a property names, known or not; one that is no list counts as one. */
    size(key: string): Fact<number> {
        const value = this.value(key);
        return value.is === "unknown" ? value.because : value.is === "absent" ? 0 : listOf(value.value).length;
    }

    /** The things nested in a property, one or a list. */
    items(key: string): Several<Properties> {
        return this.each(key, item =>
            isRecord(item) ? new Properties(this.whole, item, this.within ?? key) : undefined,
        );
    }

    /** The texts in a list, each by itself, so that one that is not known does not hide the others; one text counts as a list. */
    eachText(key: string): Several<string> {
        return this.each(key, item => (typeof item === "string" ? item : undefined));
    }

    /** The texts in a list as the author set it: what the provider has worked out for one that was left out does not count. */
    authoredTexts(key: string): Several<string> {
        return this.isAuthored(key) ? this.eachText(key) : Several.none;
    }

    private each<T>(key: string, convert: (item: unknown) => T | undefined): Several<T> {
        const value = this.value(key);
        switch (value.is) {
            case "absent":
                return Several.none;
            case "unknown":
                return Several.unseen(value.because);
            case "known": {
                const members: T[] = [];
                const doubts: Doubt<T>[] = [];
                for (const item of listOf(value.value)) {
                    const converted = sentinels.has(item) ? undefined : convert(item);
                    if (sentinels.has(item)) {
                        doubts.push({ because: new Pending(this.what(key)), exists: true });
                    } else if (converted !== undefined) {
                        members.push(converted);
                    }
                }
                return new Several(members, doubts);
            }
        }
    }

    /** The one thing nested in a property: one without properties if it was left out, one of unknown ones if it is not known. */
    item(key: string): Properties {
        const value = this.value(key);
        const item = value.is === "known" ? listOf(value.value)[0] : undefined;
        const hidden = value.is === "unknown" || sentinels.has(item);
        return new Properties(
            hidden ? { ...this.whole, inThisRun: false } : this.whole,
            isRecord(item) ? item : {},
            this.within ?? key,
        );
    }

    /** What the property refers to, one or a list, by id once known and by dependency before. */
    references<T extends Resource>(kind: Kind<T>, ...keys: readonly string[]): References<T> {
        const what = this.what(keys[0] ?? kind.label);
        return new References(what, () => Several.union(...keys.map(key => this.resolve(kind, key))));
    }

    /** What the author says that the property refers to: what the provider has worked out for one that was left out does not count. */
    authoredReferences<T extends Resource>(kind: Kind<T>, ...keys: readonly string[]): References<T> {
        return this.references(kind, ...keys.filter(key => this.isAuthored(key)));
    }

    /** What the things in a list refer to, taken together: where as many are not known as the list depends on, they are all of those. */
    referencesWithin<T extends Resource>(kind: Kind<T>, key: string, nested: string): References<T> {
        return new References(this.what(`${key}.${nested}`), () => {
            const value = this.value(key);
            return value.is === "known"
                ? this.elements(
                      kind,
                      key,
                      listOf(value.value).flatMap(item => (isRecord(item) ? (raw(item, nested) ?? []) : [item])),
                  )
                : this.resolve(kind, key);
        });
    }

    /** The things nested in a property as the author set it: what the provider has worked out for one that was left out does not count. */
    authoredItems(key: string): Several<Properties> {
        return this.isAuthored(key) ? this.items(key) : Several.none;
    }

    /** The things in a list that one of the providers takes as JSON. */
    jsonItems(key: string): Several<Properties> {
        const value = this.value(key);
        if (value.is !== "known" || typeof value.value !== "string") {
            return this.items(key);
        }
        if (value.value.length > longestJson) {
            return Several.unseen(new Outside(`${this.what(key)}, which is too long,`));
        }
        try {
            const parsed: unknown = JSON.parse(value.value);
            return new Properties(this.whole, { [key]: parsed }, this.within).items(key);
        } catch {
            return Several.unseen(new Outside(`${this.what(key)}, which is malformed,`));
        }
    }

    /** The types of the resources that a property is made of, the same before and after they exist. */
    madeOf(key: string): Several<string> {
        return this.ingredients(key, makers => new Several(makers.flatMap(typesBehind)));
    }

    /** The things of a kind that a property is made of, the same before and after they exist. */
    mentions<T extends Resource>(kind: Kind<T>, key: string): References<T> {
        return new References(this.what(key), () =>
            this.ingredients(key, () => {
                const { direct, indirect } = this.candidatesOf(kind, key);
                return Several.of(...direct).concat(indirect);
            }),
        );
    }

    /** Without dependencies, what is not known may be made of anything. */
    private ingredients<T>(key: string, find: (makers: readonly PolicyResource[]) => Several<T>): Several<T> {
        const value = this.value(key);
        const makers = this.dependencies(key);
        return makers === undefined && value.is === "unknown" ? Several.unseen(value.because) : find(makers ?? []);
    }

    /** Whether a property is there, known or not: of several names, the one that the author or the provider uses. */
    has(key: string): boolean {
        return this.value(key).is !== "absent";
    }

    /** Whether a property says anything: what the author made of something pending may turn out to be nothing. */
    isGiven(key: string): Fact<boolean> {
        const value = this.value(key);
        return value.is === "unknown" ? value.because : value.is === "known";
    }

    /** Whether a property is there and has a dependency, so that the author must have set it. */
    dependsOnSomething(key: string): boolean {
        return this.dependencies(key) !== undefined;
    }

    /** Whether the author set a property, as far as is known. */
    private isAuthored(key: string): boolean {
        return this.whole.authored === undefined || this.within !== undefined || this.whole.authored.has(key);
    }

    /** What the resource itself became in the network. */
    itself<T extends Resource>(kind: Kind<T>): Several<T> {
        return Several.union(
            ...this.whole.index
                .reachedFrom([this.whole.resource])
                .flatMap(made => kind.is(made) ?? [])
                .map(made => Several.of(made)),
        );
    }

    private resolve<T extends Resource>(kind: Kind<T>, key: string): Several<T> {
        const value = this.value(key);
        switch (value.is) {
            case "absent":
                return Several.none;
            case "unknown":
                return this.candidates(kind, key, value.because);
            case "known":
                return Array.isArray(value.value)
                    ? this.elements(kind, key, value.value)
                    : typeof value.value === "string"
                      ? this.named(kind, value.value, () => this.candidatesOf(kind, key).direct)
                      : new Several<T>([], [{ because: new Outside(this.what(key)), exists: true }]);
        }
    }

    /** What a value that is wholly unknown can be, by what it depends on. */
    private candidates<T extends Resource>(kind: Kind<T>, key: string, because: Pending | Outside): Several<T> {
        const { direct, indirect } = this.candidatesOf(kind, key);
        const candidates = [...new Set([...direct, ...indirect.members])];
        const [only, ...others] = candidates;
        if (!isPlural(key) && only !== undefined && others.length === 0 && indirect.doubts.length === 0) {
            return Several.of(only);
        }
        const exists = isPlural(key) ? {} : ({ exists: true } as const);
        return candidates.length === 0 || indirect.doubts.length > 0
            ? new Several<T>([], [{ because, ...exists }])
            : new Several<T>(
                  [],
                  candidates.map(candidate => ({ because, candidate, ...exists })),
              );
    }

    private elements<T extends Resource>(kind: Kind<T>, key: string, list: readonly unknown[]): Several<T> {
        const ids = list.filter(item => typeof item === "string").filter(id => !sentinels.has(id));
        const hidden = list.filter(item => sentinels.has(item)).length;
        // While an element is hidden, a dependency may mean that one.
        const dependencies = (): readonly T[] => (hidden === 0 ? this.candidatesOf(kind, key).direct : []);
        const seen = Several.union(...ids.map(id => this.named(kind, id, dependencies)));
        if (hidden === 0) {
            return seen;
        }
        // A VPC that is named beside them, and not known either, is what a dependency on one means, if the others are as many as are hidden.
        const suffice = this.within !== undefined && sentinels.has(raw(this.values, "vpcId")) ? hidden : Infinity;
        const { direct, indirect } = this.candidatesOf(kind, key, suffice);
        // Two dependencies may lead to one thing, as a VPC and its default group do.
        const each = [...direct, ...indirect.members].filter(candidate => !seen.members.includes(candidate));
        const candidates = [...new Set(each)];
        if ([each.length, candidates.length].includes(hidden) && indirect.doubts.length === 0) {
            return seen.concat(new Several(candidates));
        }
        const because = this.unknown(key);
        return seen.concat(
            candidates.length < hidden || indirect.doubts.length > 0
                ? new Several<T>([], [{ because, exists: true }])
                : new Several<T>(
                      [],
                      candidates.map(candidate => ({ because, candidate, exists: true })),
                  ),
        );
    }

    private named<T extends Resource>(kind: Kind<T>, id: string, dependencies: () => readonly T[]): Several<T> {
        const found = this.whole.index.byId(kind, id, dependencies);
        if (found !== undefined) {
            return found;
        }
        // An id that names nothing may still be that of a resource whose own id cannot be seen, if it depends on it.
        const [only, ...others] = dependencies().filter(candidate => !this.whole.index.hasId(candidate));
        return only !== undefined && others.length === 0
            ? Several.of(only)
            : new Several<T>(
                  [],
                  [
                      {
                          because: new Outside(`${kind.label} ${id}`, kind.label === "VPC" ? id : undefined),
                          exists: true,
                      },
                  ],
              );
    }

    /** @param suffice how many things of the kind are enough to leave aside what VPCs stand for. */
    private candidatesOf<T extends Resource>(
        kind: Kind<T>,
        key: string,
        suffice = Infinity,
    ): { direct: readonly T[]; indirect: Several<T> } {
        const dependencies = this.whole.index.reachedFrom(this.dependencies(key) ?? []);
        const direct = dependencies.flatMap(dependency => kind.is(dependency) ?? []);
        const indirect = Several.union(
            ...dependencies
                .filter(dependency => kind.is(dependency) === undefined)
                .filter(dependency => !(direct.length >= suffice && dependency instanceof Vpc))
                .map(dependency => kind.standsFor(dependency)),
        );
        return { direct, indirect };
    }

    /** Undefined where the engine names none. Empty where all of them are resources that it does not show, as those read by `.get`. */
    private dependencies(key: string): readonly PolicyResource[] | undefined {
        return this.whole.resource.propertyDependencies[this.within ?? key];
    }

    private value(key: string): Value {
        const value = raw(this.values, key);
        if (!this.whole.inThisRun) {
            return { is: "unknown", because: this.unknown(key) };
        }
        if (value === undefined || value === null || value === "") {
            return absent;
        }
        if (Array.isArray(value) && value.length > longest) {
            return { is: "unknown", because: new Outside(`${this.what(key)}, which is too long,`) };
        }
        if (!sentinels.has(value)) {
            return { is: "known", value };
        }
        const { authored } = this.whole;
        const isLeftOut =
            this.within === undefined &&
            this.dependencies(key) === undefined &&
            authored !== undefined &&
            !authored.has(key);
        return isLeftOut ? absent : { is: "unknown", because: this.unknown(key) };
    }

    private unknown(key: string): Pending | Outside {
        const dependencies = this.dependencies(key);
        const waited = dependencies?.map(({ type, name }) => `${type.replace(/^.*:/s, "")} ${name}`) ?? [];
        return dependencies?.length === 0
            ? new Outside(this.what(key))
            : new Pending(
                  waited.length === 0
                      ? this.what(key)
                      : `${this.what(key)}, ${this.within === undefined ? "which waits for" : `where ${this.within} depends on`} ${listed(waited)},`,
              );
    }

    private read<T>(key: string, convert: (value: unknown) => T | undefined): Fact<T | undefined> {
        const value = this.value(key);
        switch (value.is) {
            case "absent":
                return undefined;
            case "unknown":
                return value.because;
            case "known":
                return convert(value.value) ?? new Outside(`${this.what(key)}, which is malformed,`);
        }
    }

    private tags(): Fact<Tags> {
        const value = this.value("tags");
        if (value.is === "unknown") {
            return value.because;
        }
        const tags = new Map<string, Fact<string>>();
        const add = (key: unknown, tag: unknown): void => {
            if (typeof key === "string" && key !== "__defaults") {
                tags.set(key, sentinels.has(tag) ? new Pending(this.what(`tag ${key}`)) : textOf(tag));
            }
        };
        if (value.is === "known" && Array.isArray(value.value)) {
            for (const item of listOf(value.value)) {
                if (isRecord(item)) {
                    add(raw(item, "key"), raw(item, "value"));
                }
            }
        } else if (value.is === "known" && isRecord(value.value)) {
            Object.entries(value.value).forEach(([key, tag]) => {
                add(key, tag);
            });
        }
        return tags;
    }

    private what(key: string): string {
        return `${this.within === undefined ? "" : `${this.within}.`}${key} of ${this.whole.noun} ${this.whole.resource.name}`;
    }
}

/** The value of a property without tripping over Pulumi's proxies, which throw where it is not known. */
export function raw(values: Values, key: string): unknown {
    return Object.getOwnPropertyDescriptor(values, key)?.value;
}

/** A text, a number or a flag as a text; none for anything else, which may refuse to be one. */
export function textOf(value: unknown): string {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The type of a resource, and of what an image is pushed to. */
function typesBehind({ type, dependencies }: PolicyResource): readonly string[] {
    return [type, ...(/^docker(-build)?:.*:Image$/.test(type) ? dependencies.map(behind => behind.type) : [])];
}

const arnAccount = /\barn:[^:]*:[^:]*:[^:]*:(\d{12}):/g;

/** What a pattern captures in a text, which may be JSON, or in a list of texts. */
function found(pattern: RegExp, value: unknown): readonly string[] {
    return typeof value === "string"
        ? [...value.matchAll(pattern)].flatMap(([, ...captured]) => captured)
        : Array.isArray(value)
          ? value.flatMap(item => found(pattern, item))
          : [];
}

/** An id, or those somewhere within: of the endpoints in a firewall's status, of a cluster's security group. */
function idsIn(value: unknown): readonly string[] {
    return typeof value === "string"
        ? value === "" || sentinels.has(value)
            ? []
            : [value]
        : Array.isArray(value)
          ? value.flatMap(idsIn)
          : isRecord(value)
            ? ["syncStates", "attachments", "endpointId", "clusterSecurityGroupId"].flatMap(key =>
                  idsIn(raw(value, key)),
              )
            : [];
}

/** Whether a property refers to any number of things. */
function isPlural(key: string): boolean {
    return key.endsWith("s") || key === "vpcZoneIdentifier";
}

function isRecord(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [value];
}

function holdsUnknown(value: unknown): boolean {
    return (
        sentinels.has(value) ||
        (Array.isArray(value) && value.some(holdsUnknown)) ||
        (isRecord(value) && Object.values(value).some(holdsUnknown))
    );
}
