/**
 * What a policy document lets through beyond what is trusted, by looking for a request that it allows.
 *
 * Whether a statement speaks of a request hangs on nothing but which of the document's patterns its values match. So a few requests stand for
 * all: those with the values that the document names, and with values that it does not name, in whatever its wildcards leave open. If none of
 * them is allowed that asks for more than is trusted, no request is.
 */
import type { Action } from "../iam-actions";
import { Pending, Unseen } from "../knowledge";
import { type PolicyDocument, type Statement, statementName } from "./document";
import {
    all,
    blank,
    decidedKeys,
    holds,
    type Identity,
    isIdentityKey,
    isOperator,
    isOwnerKey,
    matchesAction,
    matchesPrincipal,
    matchesResource,
    type Owner,
    type Request,
} from "./request";
import { fill } from "./unnamed";
import { nameOf, type Operation, World } from "./world";

/** What is not to be let through: requests of which all that is given here holds. */
export interface Bounds {
    /** The IAM prefixes of the endpoint's service; undefined where the service is not known. */
    readonly services: readonly string[] | undefined;
    readonly who?: (identity: Identity) => boolean;
    /** Whose the resource is. */
    readonly whose?: (owner: Owner) => boolean;
    readonly what?: (resource: string, action: Action) => boolean;
    /** With which of the keys that neither who asks nor whose the resource is decides. */
    readonly how?: (context: Request["context"]) => boolean;
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
 * For each Allow statement that lets something within the bounds through, one request that it does.
 * @throws {Unseen} at the end, if of some statement it cannot be told.
 */
export function* openings(document: PolicyDocument, bounds: Bounds): Iterable<Opening> {
    const world = bounds.resources === undefined ? worldOf(document) : new World(document, bounds.resources);
    const untold: Statement[] = [];
    for (const statement of document.statements.filter(({ effect }) => effect === "Allow")) {
        const search = new Search(document, statement, world, bounds);
        const found = search.run();
        if (found !== undefined) {
            yield found;
        } else if (search.isUntold) {
            untold.push(statement);
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
    const world = worldOf(document);
    const [service = "", name = ""] = request.action.split(":");
    const action = { name, service, onlyReads: false, resources: [] };
    const searches = document.statements
        .filter(statement => statement.effect === "Allow" && mayConcern(statement, request))
        .map(statement => new Search(document, statement, world, { services: undefined }));
    if (searches.some(search => search.of(action, request) !== undefined)) {
        return true;
    }
    if (searches.some(search => search.isUntold)) {
        throw new Unseen(new Pending(`whether ${request.action} passes`));
    }
    return false;
}

const worlds = new WeakMap<PolicyDocument, World>();

/** Several policies ask of one document. */
function worldOf(document: PolicyDocument): World {
    const world = worlds.get(document) ?? new World(document);
    worlds.set(document, world);
    return world;
}

/** The search for one request that one statement lets through. */
class Search {
    private tried = 0;
    private hasDoubts = false;
    private readonly denies: readonly Statement[];
    private readonly keys: ReadonlyMap<Statement, readonly string[]>;

    constructor(
        document: PolicyDocument,
        private readonly statement: Statement,
        private readonly world: World,
        private readonly bounds: Bounds,
    ) {
        this.denies = document.statements.filter(({ effect }) => effect === "Deny");
        this.keys = new Map([statement, ...this.denies].map(one => [one, keysOf(one)]));
    }

    /** Whether nothing can be made of it that nothing was found. */
    get isUntold(): boolean {
        return this.hasDoubts || this.tried > limit;
    }

    run(): Opening | undefined {
        for (const { action, request } of this.requests()) {
            const found = this.of(action, request);
            if (found !== undefined || this.tried > limit) {
                return found;
            }
        }
        return undefined;
    }

    /** Looks for values of the other keys with which a request is let through. */
    of(action: Action, base: Request): Opening | undefined {
        const { how = () => true } = this.bounds;
        const denies = this.denies.filter(deny => mayConcern(deny, base));
        const keys = new Set([this.statement, ...denies].flatMap(one => this.keys.get(one) ?? []));
        for (const context of combinations([...keys], key => this.world.choices(key, base.identity))) {
            if (++this.tried > limit) {
                return undefined;
            }
            const request = { ...base, context };
            const allowed = speaksOf(this.statement, request);
            const denied = allowed === false || !how(context) ? [true] : denies.map(deny => speaksOf(deny, request));
            if (allowed === true && denied.every(answer => answer === false)) {
                return { statement: this.statement, request, action };
            }
            this.hasDoubts ||= !denied.includes(true);
        }
        // Of what variables may stand for, only what is told of the caller is tried in full.
        this.hasDoubts ||= [this.statement, ...denies].some(one => variablesOf(one).some(key => !isIdentityKey(key)));
        return undefined;
    }

    /** The requests within the bounds that the statement may be of, without the keys that neither who asks nor whose the resource is decides. */
    private *requests(): Iterable<{ readonly action: Action; readonly request: Request }> {
        const { services, who = () => true, whose = () => true, what = () => true } = this.bounds;
        const identities = this.world.identities
            .filter(identity => who(identity) && matchesPrincipal(this.statement.principals, identity))
            .filter(identity => this.mayAllow({ identity }, isIdentityKey));
        const owners = this.world.owners.filter(owner => whose(owner) && this.mayAllow({ owner }, isOwnerKey));
        if (identities.length === 0 || owners.length === 0) {
            return;
        }
        const parties = new Map(
            owners.map(({ account }) => {
                const ofAccount = owners.filter(owner => owner.account === account);
                return [account, pairsOf(identities, ofAccount)] as const;
            }),
        );
        for (const { action, format } of this.world.operations(services).filter(one => this.isOfAction(one))) {
            for (const [account, pairs] of parties) {
                const resources = this.world.resourcesOf(format, account);
                for (const resource of resources.filter(one => mayCover(this.statement, one) && what(one, action))) {
                    for (const pair of pairs) {
                        yield { action, request: { action: nameOf(action), resource, ...pair, context: new Map() } };
                    }
                }
            }
        }
    }

    private isOfAction({ action }: Operation): boolean {
        return matchesAction(this.statement.actions, nameOf(action));
    }

    /** Whether the statement's conditions on keys of one kind may hold of somebody or something. */
    private mayAllow(part: Partial<Request>, isOfKind: (key: string) => boolean): boolean {
        return this.statement.conditions
            .filter(({ key, values }) => isOfKind(key) && !values.some(hasVariable))
            .every(condition => holds(condition, { ...blank, ...part }) !== false);
    }
}

/** Whether a statement may speak of a request, by all but its conditions. */
function mayConcern(statement: Statement, { action, resource, identity }: Request): boolean {
    const { principals, actions } = statement;
    return matchesPrincipal(principals, identity) && matchesAction(actions, action) && mayCover(statement, resource);
}

/** Whether a statement may be of a resource, whatever its variables stand for. */
function mayCover({ resources: { not, patterns } }: Statement, resource: string): boolean {
    const wide = { not, patterns: patterns.map(pattern => fill(pattern, "*")) };
    return (not && patterns.some(hasVariable)) || matchesResource(wide, { ...blank, resource }) !== false;
}

/** Whether a statement speaks of a request; undefined where it cannot be told. What an Allow may mean by an ARN, it is taken to mean. */
function speaksOf({ effect, resources, conditions }: Statement, request: Request): boolean | undefined {
    const doubtful = effect === "Allow" || undefined;
    return all(
        () => matchesResource(resources, request) ?? doubtful,
        ...conditions.map(one => () => holds(one, request) ?? (isOperator(one.operator) ? doubtful : undefined)),
    );
}

function hasVariable(text: string): boolean {
    return text.includes("${");
}

/** The keys of its conditions and variables that neither who asks nor whose the resource is decides. */
function keysOf(statement: Statement): readonly string[] {
    const keys = [...statement.conditions.map(({ key }) => key), ...variablesOf(statement)];
    return keys.filter(key => !decidedKeys.includes(key));
}

/** The keys whose values its variables stand for. */
function variablesOf({ conditions, resources }: Statement): readonly string[] {
    const texts = [...conditions.flatMap(({ values }) => values), ...resources.patterns];
    const variables = texts.flatMap(text => [...text.matchAll(/\$\{([^},]{2,})[^}]*\}/g)]);
    return variables.map(([, key = ""]) => key.toLowerCase());
}

/** Who may ask for whose: an account is in one organization, whether it calls or owns. */
function pairsOf(
    identities: readonly Identity[],
    owners: readonly Owner[],
): readonly Pick<Request, "identity" | "owner">[] {
    const isConsistent = (identity: Identity, owner: Owner): boolean =>
        identity.account === undefined ||
        identity.account !== owner.account ||
        identity.organization === owner.organization;
    return owners.flatMap(owner =>
        identities.filter(identity => isConsistent(identity, owner)).map(identity => ({ identity, owner })),
    );
}

/** Every way to give each key one of its choices, or none. */
function* combinations(
    keys: readonly string[],
    choices: (key: string) => readonly (string | undefined)[],
): Iterable<Request["context"]> {
    const [first, ...others] = keys;
    if (first === undefined) {
        yield new Map();
        return;
    }
    for (const rest of combinations(others, choices)) {
        for (const value of choices(first)) {
            yield value === undefined ? rest : new Map([...rest, [first, [value]]]);
        }
    }
}
