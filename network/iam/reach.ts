/**
 * What a policy document lets through beyond what is trusted, by looking for a request that it allows.
 *
 * Whether a statement speaks of a request hangs on nothing but which of the document's patterns its values match. So a few requests stand for
 * all: those with the values that the document names, and with values that it does not name, in whatever its wildcards leave open. If none of
 * them is allowed that asks for more than is trusted, no request is.
 */
import { type Action, actionsOf } from "../iam-actions";
import { common, matches } from "../glob";
import { Pending, Unseen } from "../knowledge";
import { type Condition, type PolicyDocument, type Statement, statementName } from "./document";
import {
    all,
    holds,
    type Identity,
    identityKeys,
    isIdentityKey,
    isOwnerKey,
    matchesAction,
    matchesPrincipal,
    matchesResource,
    type Owner,
    type Request,
} from "./request";
import { strangeAccounts, stranger } from "./unnamed";

/** What is not to be let through. */
export interface Bounds {
    /** The IAM prefixes of the endpoint's service; undefined where the service is not known. */
    readonly services: readonly string[] | undefined;
    readonly isOutside: (request: Request, action: Action) => boolean;
    /** False of an identity with which no request is outside, so that none needs to be tried. */
    readonly mayAsk?: (identity: Identity) => boolean;
    /** False of an owner of whom nothing is outside. */
    readonly mayOwn?: (owner: Owner) => boolean;
    /** Resources to ask for beside those that the document names. */
    readonly resources?: readonly string[];
}

/** A request that is let through, and by which statement. */
export interface Opening {
    readonly statement: Statement;
    readonly request: Request;
    readonly action: Action;
}

/** The number of requests that are tried for one statement before it is left undecided. */
const limit = 200_000;

/**
 * For each Allow statement that lets something beyond the bounds through, one request that it does.
 * @throws {Unseen} at the end, if of some statement it cannot be told.
 */
export function* openings(document: PolicyDocument, bounds: Bounds): Iterable<Opening> {
    const world = new World(document, bounds.resources);
    const untold: Statement[] = [];
    for (const statement of document.statements.filter(({ effect }) => effect === "Allow")) {
        const found = new Search(document, statement, world, bounds).run();
        if (found === "untold") {
            untold.push(statement);
        } else if (found !== "none") {
            yield found;
        }
    }
    const [first] = untold;
    if (first !== undefined) {
        throw new Unseen(new Pending(`what ${statementName(first)} lets through`));
    }
}

/**
 * Whether a document lets a request through, whatever of its other keys is there.
 * @throws {Unseen} if it cannot be told.
 */
export function admits(document: PolicyDocument, request: Request): boolean {
    const world = new World(document);
    const [service = "", name = ""] = request.action.split(":");
    const answers = document.statements
        .filter(({ effect, principals }) => effect === "Allow" && matchesPrincipal(principals, request.identity))
        .filter(({ actions }) => matchesAction(actions, request.action))
        .map(statement => {
            const search = new Search(document, statement, world, { services: undefined, isOutside: () => true });
            return search.of({ name, service, onlyReads: false, resources: [] }, request);
        });
    if (answers.every(answer => answer === "none" || answer === "untold") && answers.includes("untold")) {
        throw new Unseen(new Pending(`whether ${request.action} passes`));
    }
    return answers.some(answer => answer !== "none" && answer !== "untold");
}

/** Everything that a document names, and one of each kind that it does not. */
class World {
    readonly identities: readonly Identity[];
    readonly owners: readonly Owner[];
    /** The patterns of resources, and what any two of them have in common. */
    readonly resources: readonly string[];
    private readonly conditions: readonly Condition[];
    private classes: readonly Action[] | undefined;

    constructor(
        private readonly document: PolicyDocument,
        more: readonly string[] = [],
    ) {
        const { statements } = document;
        this.conditions = statements.flatMap(statement => statement.conditions);
        const principals = statements.flatMap(statement => statement.principals.names);
        const arns = withCommon([
            ...principals.flatMap(({ kind, value }) =>
                kind === "AWS" && value.startsWith("arn:") && !value.endsWith(":root") ? [value] : [],
            ),
            ...this.values("aws:principalarn"),
        ]);
        const named = principals.flatMap(({ kind, value }) => (kind === "AWS" ? (/\d{12}/.exec(value) ?? []) : []));
        // Whom the document does not name comes first, so that a finding tells how far it is open.
        const callers = unique([
            this.unnamedAccount(0),
            ...named,
            ...this.values("aws:principalaccount").map(account),
            ...arns.flatMap(arn => arn.split(":")[4] ?? []).filter(part => /^\d{12}$/.test(part)),
        ]);
        const services = unique([
            ...principals.flatMap(({ kind, value }) => (kind === "Service" ? [value] : [])),
            ...this.values("aws:principalservicename").map(pattern => fill(pattern)),
            `${stranger}.amazonaws.com`,
        ]);
        const others = principals.flatMap(({ kind, value }) =>
            kind === "Federated" || kind === "CanonicalUser" ? [value] : [],
        );
        this.identities = [
            ...callers.flatMap(caller =>
                this.membershipsIn(["aws:principalorgid"], ["aws:principalorgpaths"]).flatMap(membership =>
                    [`arn:aws:iam::*:role/${stranger}`, ...arns].flatMap(pattern => {
                        const arn = fillArn(pattern, caller);
                        return arn === undefined ? [] : [{ arn, account: caller, ...membership }];
                    }),
                ),
            ),
            ...services.map(service => ({ service })),
            ...others.map(other => ({ other })),
            {},
        ];
        const patterns = statements.flatMap(statement => statement.resources.patterns);
        this.resources = withCommon([
            ...patterns,
            ...patterns.flatMap(pattern => this.identities.map(identity => forIdentity(pattern, identity))),
            ...more,
        ]).filter(pattern => pattern !== "*");
        // A variable may stand for whatever is named of the caller.
        const isVariable = JSON.stringify(statements).includes("${");
        const holders = unique([
            this.unnamedAccount(1),
            ...(isVariable ? callers : []),
            ...this.values("aws:resourceaccount").map(account),
            ...this.values("s3:resourceaccount").map(account),
            ...this.resources.flatMap(arn => arn.split(":")[4] ?? []).filter(part => /^\d{12}$/.test(part)),
        ]);
        this.owners = [
            ...holders.flatMap(holder =>
                this.membershipsIn(
                    ["aws:resourceorgid", ...(isVariable ? ["aws:principalorgid"] : [])],
                    ["aws:resourceorgpaths", ...(isVariable ? ["aws:principalorgpaths"] : [])],
                ).map(membership => ({
                    account: holder,
                    ...membership,
                })),
            ),
            {},
        ];
    }

    /**
     * One action for each way in which the document's patterns match actions.
     * @param services the IAM prefixes of the actions; those that the document names if left out.
     */
    actions(services: readonly string[] | undefined): readonly Action[] {
        if (this.classes === undefined) {
            const elements = this.document.statements.map(({ actions }) => actions);
            const byMatch = new Map<string, Action>();
            for (const action of [...this.candidates(services)].sort((a, b) => rank(a) - rank(b))) {
                const match = elements.map(element => Number(matchesAction(element, nameOf(action)))).join("");
                const key = `${match} ${action.onlyReads} ${action.resources.join()}`;
                byMatch.set(key, byMatch.get(key) ?? action);
            }
            this.classes = [...byMatch.values()];
        }
        return this.classes;
    }

    private candidates(services: readonly string[] | undefined): readonly Action[] {
        const patterns = this.document.statements.flatMap(({ actions }) => actions.patterns);
        const named = patterns.flatMap(pattern => {
            const service = pattern.split(":")[0] ?? "";
            return service === "" || service.includes("*") ? [] : [service.toLowerCase()];
        });
        return (services ?? unique([...named, "s3", stranger])).flatMap(service => {
            const of = patterns.filter(pattern => pattern.toLowerCase().startsWith(`${service}:`));
            return (
                actionsOf(service) ??
                [`${service}:${stranger}`, ...of].map(pattern => ({
                    name: fill(pattern).split(":")[1] ?? stranger,
                    service,
                    onlyReads: false,
                    resources: ["arn:$P:$X:$R:$A:$X"],
                }))
            );
        });
    }

    /** What a key that neither identity nor owner decides may be; the empty list is its absence. */
    choices(key: string, identity: Identity): readonly (readonly string[])[] {
        const isOfService = /^aws:source(account|arn|orgid|orgpaths)$/.test(key);
        if (isOfService && identity.service === undefined) {
            return [[]];
        }
        const conditions = this.conditions.filter(condition => condition.key === key);
        const values = unique(
            conditions.flatMap(condition =>
                withCommon(condition.values).flatMap(value => representatives(condition.operator, value)),
            ),
        );
        return [[], ...values.map(value => [value]), [stranger]];
    }

    /** The organizations that one may be in: named ones, one that is not named, or none. */
    private membershipsIn(idKeys: readonly string[], pathKeys: readonly string[]): readonly Omit<Owner, "account">[] {
        const paths = unique(this.values(...pathKeys).map(pattern => fill(pattern)));
        const ids = unique([
            ...this.values(...idKeys).map(pattern => fill(pattern)),
            ...paths.map(path => path.split("/")[0] ?? ""),
        ]);
        return [
            { organization: `o-${stranger}`, organizationPath: `o-${stranger}/r-${stranger}/` },
            {},
            ...ids.flatMap(id => [
                { organization: id, organizationPath: `${id}/r-${stranger}/` },
                ...paths
                    .filter(path => path.startsWith(`${id}/`))
                    .map(path => ({ organization: id, organizationPath: path })),
            ]),
        ];
    }

    private values(...keys: readonly string[]): readonly string[] {
        return this.conditions
            .filter(({ key, operator }) => keys.includes(key) && operator !== "null")
            .flatMap(condition => condition.values);
    }

    /** One of several accounts that the document does not name. */
    private unnamedAccount(index: 0 | 1): string {
        const text = JSON.stringify(this.document.statements);
        return strangeAccounts.filter(id => !text.includes(id))[index] ?? strangeAccounts[index];
    }
}

/** The search for one request that one statement lets through. */
class Search {
    private tried = 0;
    private untold = false;
    private readonly denies: readonly Statement[];

    constructor(
        document: PolicyDocument,
        private readonly statement: Statement,
        private readonly world: World,
        private readonly bounds: Bounds,
    ) {
        this.denies = document.statements.filter(({ effect }) => effect === "Deny");
    }

    run(): Opening | "none" | "untold" {
        const { mayAsk = () => true, mayOwn = () => true } = this.bounds;
        const identities = this.world.identities
            .filter(identity => mayAsk(identity) && matchesPrincipal(this.statement.principals, identity))
            .filter(identity => this.allows({ identity }, isIdentityKey));
        const owners = this.world.owners.filter(owner => mayOwn(owner) && this.allows({ owner }, isOwnerKey));
        const isHopeless = identities.length === 0 || owners.length === 0;
        for (const action of isHopeless ? [] : this.actions()) {
            for (const owner of owners) {
                for (const resource of this.resources(action, owner)) {
                    for (const identity of identities) {
                        const found = this.among(action, {
                            action: nameOf(action),
                            resource,
                            identity,
                            owner,
                            context: new Map(),
                        });
                        if (found !== undefined) {
                            return found;
                        }
                        if (this.tried > limit) {
                            return "untold";
                        }
                    }
                }
            }
        }
        return this.untold ? "untold" : "none";
    }

    /** Whether it lets one request through. */
    of(action: Action, request: Request): Opening | "none" | "untold" {
        return this.among(action, request) ?? (this.untold || this.tried > limit ? "untold" : "none");
    }

    /** Whether the statement's conditions on keys of one kind allow somebody or something. */
    private allows(
        part: { readonly identity?: Identity; readonly owner?: Owner },
        isOfKind: (key: string) => boolean,
    ): boolean {
        const request: Request = { action: "", resource: "", identity: {}, owner: {}, context: new Map(), ...part };
        const answer = all(
            this.statement.conditions
                .filter(({ key, values }) => isOfKind(key) && !values.some(value => value.includes("${")))
                .map(condition => holds(condition, request)),
        );
        return answer !== false;
    }

    /** Looks for values of the other keys with which the request is let through. */
    private among(action: Action, base: Request): Opening | undefined {
        if (!isConsistent(base) || !this.bounds.isOutside(base, action)) {
            return undefined;
        }
        const isFree = (key: string): boolean => !isIdentityKey(key) && !isOwnerKey(key);
        const denies = this.denies.filter(
            deny => matchesPrincipal(deny.principals, base.identity) && matchesAction(deny.actions, base.action),
        );
        const keys = unique(
            [this.statement, ...denies].flatMap(({ conditions, resources }) => [
                ...conditions.map(({ key }) => key),
                ...[...conditions.flatMap(({ values }) => values), ...resources.patterns].flatMap(variables),
            ]),
        ).filter(isFree);
        for (const context of combinations(keys, key => this.world.choices(key, base.identity))) {
            if (++this.tried > limit) {
                return undefined;
            }
            const request = { ...base, context };
            const allowed = this.speaksOf(this.statement, request);
            const denied = denies.map(deny => this.speaksOf(deny, request));
            if (
                allowed === true &&
                denied.every(answer => answer === false) &&
                this.bounds.isOutside(request, action)
            ) {
                return { statement: this.statement, request, action };
            }
            this.untold ||=
                allowed !== false && !denied.includes(true) && (allowed === undefined || denied.includes(undefined));
        }
        return undefined;
    }

    private speaksOf({ resources, conditions }: Statement, request: Request): boolean | undefined {
        return matchesResource(resources, request)
            ? all(conditions.map(condition => holds(condition, request)))
            : false;
    }

    private actions(): readonly Action[] {
        return this.world
            .actions(this.bounds.services)
            .filter(action => matchesAction(this.statement.actions, nameOf(action)));
    }

    /** Resources for an action, by what the document names and what its wildcards leave open. */
    private resources(action: Action, owner: Owner): readonly string[] {
        // The shortest is what the service is known for: a bucket rather than an access point.
        const formats = [...action.resources].sort((one, other) => one.length - other.length);
        if (formats.length === 0) {
            return ["*"];
        }
        const anything = formats.map(format => inFormat(format, owner.account));
        const named = this.world.resources.flatMap(pattern => this.instances(pattern, formats, owner));
        return unique([...anything, ...named]);
    }

    private instances(pattern: string, formats: readonly string[], owner: Owner): readonly string[] {
        return [stranger, `${stranger}/${stranger}`, `/${stranger}`, ""].flatMap(filling => {
            const arn = fillArn(pattern, owner.account, filling);
            return arn !== undefined && formats.some(format => fits(arn, format)) ? [arn] : [];
        });
    }
}

/** An account is in one organization, whether it calls or owns. */
function isConsistent({ identity, owner }: Request): boolean {
    return (
        identity.account === undefined ||
        identity.account !== owner.account ||
        identity.organization === owner.organization
    );
}

/** What carries data out comes first, and what anybody knows, so that a finding names it. */
function rank({ name, service, onlyReads, resources }: Action): number {
    if (resources.length > 0 && !resources.some(format => format.split(":")[2] === service)) {
        return 20;
    }
    const at = [
        "PutObject",
        "GetObject",
        "PutItem",
        "SendMessage",
        "PutSecretValue",
        "PutParameter",
        "Encrypt",
    ].indexOf(name);
    return at >= 0 ? at : /^(Put|Send|Upload|Write|Publish|Create)/.test(name) ? 10 : onlyReads ? 12 : 11;
}

export function nameOf({ service, name }: Pick<Action, "service" | "name">): string {
    return `${service}:${name}`;
}

const formats = new Map<string, RegExp>();

/** Whether an ARN is of a format: what stands for a bucket's name has no slash in it. */
function fits(arn: string, format: string): boolean {
    const known = formats.get(format) ?? expression(format);
    formats.set(format, known);
    return known.test(arn);
}

function expression(format: string): RegExp {
    const pattern = format
        .replace(/[.+?^()[\]{}|\\*]/g, "\\$&")
        .replace(/\$[PRAX]/g, (placeholder: string, at: number) => {
            const isLast = at + placeholder.length === format.length;
            return placeholder === "$X" ? (isLast && format.slice(0, at).includes("/") ? ".+" : "[^/:]+") : "[^:]*";
        });
    return new RegExp(`^${pattern}$`);
}

function inFormat(format: string, account: string | undefined): string {
    return format
        .replaceAll("$P", "aws")
        .replaceAll("$R", "us-east-1")
        .replaceAll("$A", account ?? strangeAccounts[0])
        .replaceAll("$X", stranger);
}

/** An ARN that a pattern matches, in an account; undefined where the pattern names another account. */
function fillArn(pattern: string, account: string | undefined, filling = stranger): string | undefined {
    const parts = pattern.split(":");
    const named = parts[4];
    if (parts.length < 6 || named === undefined) {
        return fill(pattern, filling);
    }
    if (/^\d+$/.test(named) && account !== undefined && named !== account) {
        return undefined;
    }
    const filled = parts.map((part, index) => {
        switch (index) {
            case 1:
                return fill(part, "aws");
            case 3:
                return fill(part, "us-east-1");
            case 4:
                return account !== undefined && matches(part, account) ? account : fill(part, strangeAccounts[0]);
            default:
                return fill(part, filling);
        }
    });
    return filled.join(":");
}

/** A text that a pattern matches, with something that is not named for each wildcard and variable. */
function fill(pattern: string, filling: string = stranger): string {
    return pattern
        .replace(/\$\{[^}]*\}/g, filling)
        .replaceAll("*", filling)
        .replaceAll("?", "x");
}

/** An account that a pattern matches. */
function account(pattern: string): string {
    const digits = pattern.replace(/[^\d*?]/g, "").replaceAll("?", "0");
    return digits.includes("*")
        ? digits.replace("*", "0".repeat(Math.max(0, 13 - digits.length))).replaceAll("*", "")
        : digits;
}

/** Values that lie on either side of what a condition asks for. */
function representatives(operator: string, value: string): readonly string[] {
    if (operator === "null") {
        return [];
    }
    if (operator === "bool") {
        return ["true", "false"];
    }
    if (operator.startsWith("numeric")) {
        return [Number(value) - 1, Number(value), Number(value) + 1].map(String);
    }
    if (operator.startsWith("date")) {
        const at = Date.parse(value);
        return Number.isNaN(at) ? [value] : [at - 1000, at, at + 1000].map(time => new Date(time).toISOString());
    }
    if (operator.endsWith("ipaddress")) {
        return [value.split("/")[0] ?? value, "198.51.100.77"];
    }
    return [fill(value), fill(value, "")];
}

/** A pattern with what an identity decides put for its variables. */
function forIdentity(pattern: string, identity: Identity): string {
    const keys = identityKeys(identity);
    return pattern.replace(
        /\$\{([^},]+)[^}]*\}/g,
        (variable: string, name: string) => keys.get(name.toLowerCase())?.[0] ?? variable,
    );
}

function variables(text: string): readonly string[] {
    return [...text.matchAll(/\$\{([^},]+)[^}]*\}/g)]
        .map(([, name = ""]) => name.toLowerCase())
        .filter(name => name.length > 1);
}

/** Patterns, and a text for every two of them that matches both. */
function withCommon(patterns: readonly string[]): readonly string[] {
    const all = unique(patterns);
    const both = all.flatMap((one, index) => all.slice(index + 1).flatMap(other => common(one, other, stranger) ?? []));
    return unique([...all, ...both]);
}

function* combinations(
    keys: readonly string[],
    choices: (key: string) => readonly (readonly string[])[],
): Iterable<ReadonlyMap<string, readonly string[]>> {
    const [first, ...others] = keys;
    if (first === undefined) {
        yield new Map();
        return;
    }
    for (const rest of combinations(others, choices)) {
        for (const values of choices(first)) {
            yield new Map([...rest, [first, values]]);
        }
    }
}

function unique<T>(items: readonly T[]): readonly T[] {
    return [...new Set(items)];
}
