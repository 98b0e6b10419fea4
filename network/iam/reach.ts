/**
 * What a policy document lets through beyond what is trusted, by looking for a request that it allows.
 *
 * Whether a statement speaks of a request hangs on nothing but which of the document's patterns its values match. So a few requests stand for
 * all: those with the values that the document names, and with values that it does not name, in whatever its wildcards leave open. If none of
 * them is allowed that asks for more than is trusted, no request is.
 */
import type { Action } from "../iam-actions";
import { Effort } from "../effort";
import { attempt, either, type Fact, isUnseen, Pending, see, Unseen } from "../knowledge";
import {
    type Condition,
    longestOfEndpoint,
    type Names,
    type PolicyDocument,
    type Statement,
    statementName,
} from "./document";
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
    not,
    type Owner,
    type Request,
} from "./request";
import { fill } from "./unnamed";
import { variablesIn } from "./variables";
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

/** How many steps are taken, at most, to answer one question about a document before it is left undecided: more than any takes that is meant. */
const enough = 3_000_000;

/**
 * For each Allow statement that lets something within the bounds through, one request that it does.
 * @throws {Unseen} at the end, if of some statement it cannot be told.
 */
export function* openings(document: PolicyDocument, bounds: Bounds): Iterable<Opening> {
    const effort = effortFor(document);
    const allows = document.statements.filter(({ effect }) => effect === "Allow");
    const left: Statement[] = [];
    const question = attempt(() => effort.on(() => new Question(document, bounds)));
    for (const statement of allows) {
        const found = isUnseen(question)
            ? question
            : attempt(() => effort.on(() => new Search(statement, question).first()));
        if (isUnseen(found)) {
            left.push(statement);
        } else if (found !== undefined) {
            yield found;
        }
    }
    const [first] = left;
    if (first !== undefined) {
        throw untold(first);
    }
}

function untold(statement: Statement): Unseen {
    return new Unseen(new Pending(`what ${statementName(statement)} lets through`));
}

/**
 * Whether a document lets a request through, whatever of its other keys is there.
 * @throws {Unseen} if it cannot be told.
 */
export function admits(document: PolicyDocument, request: Request): boolean {
    const passes = attempt(() =>
        effortFor(document).on(() =>
            either(
                ...document.statements
                    .filter(statement => statement.effect === "Allow" && mayConcern(statement, request))
                    .map(
                        statement => () =>
                            new Search(statement, new Question(document, { services: undefined })).admits(request),
                    ),
            ),
        ),
    );
    if (isUnseen(passes)) {
        throw new Unseen(new Pending(`whether ${request.action} passes`));
    }
    return passes;
}

/** @throws {Unseen} for a document that AWS does not take: what it would let through matters to nobody. */
function effortFor({ length }: PolicyDocument): Effort {
    const what = `what a policy of ${length} characters lets through`;
    if (length > longestOfEndpoint) {
        throw new Unseen(new Pending(what));
    }
    return new Effort(enough, what);
}

const worlds = new WeakMap<PolicyDocument, Fact<World>>();

/** Several policies ask of one document. */
function worldOf(document: PolicyDocument): World {
    const world = worlds.get(document) ?? attempt(() => new World(document));
    worlds.set(document, world);
    return see(world);
}

/** What is asked of all statements of a document alike. */
class Question {
    readonly world: World;
    readonly denies: readonly Statement[];
    /** Some resources, those of them within the bounds, by action. */
    private readonly resources = new Map<readonly string[], Map<Action, readonly string[]>>();

    /** @throws {Unseen} if it takes too much to ask. */
    constructor(
        document: PolicyDocument,
        readonly bounds: Bounds,
    ) {
        this.world = bounds.resources === undefined ? worldOf(document) : new World(document, bounds.resources);
        this.denies = document.statements.filter(({ effect }) => effect === "Deny");
    }

    /** The resources of an account within the bounds that an action is asked for. */
    resourcesOf({ action, format }: Operation, account: string | undefined): readonly string[] {
        const { what = () => true } = this.bounds;
        const all = this.world.resourcesOf(format, account);
        const known = this.resources.get(all) ?? new Map<Action, readonly string[]>();
        const found = known.get(action) ?? all.filter(one => what(one, action));
        this.resources.set(all, known.set(action, found));
        return found;
    }
}

/** A request, without the keys that neither who asks nor whose the resource is decides. */
interface Asked {
    readonly action: Action;
    readonly request: Request;
}

/** The search for one request that one statement lets through. */
class Search {
    private hasDoubts = false;

    constructor(
        private readonly statement: Statement,
        private readonly question: Question,
    ) {}

    /**
     * The first of the requests that the statement may be of, within the bounds, that is let through.
     * @throws {Unseen} if none is found, and that does not tell that there is none.
     */
    first(): Opening | undefined {
        for (const { action, request: asked } of this.requests()) {
            const request = this.allowed(asked);
            if (request !== undefined) {
                return { statement: this.statement, request, action };
            }
        }
        this.assertTold();
        return undefined;
    }

    /**
     * Whether a request is let through with some values of the other keys.
     * @throws {Unseen} if it cannot be told.
     */
    admits(request: Request): boolean {
        if (this.allowed(request) !== undefined) {
            return true;
        }
        this.assertTold();
        return false;
    }

    /** @throws {Unseen} if that nothing has been found does not tell that there is none. */
    private assertTold(): void {
        if (this.hasDoubts) {
            throw untold(this.statement);
        }
    }

    /** A request with values of the other keys with which it is let through: key by key, and not beyond values with which it cannot be. */
    private allowed(base: Request): Request | undefined {
        const { world, bounds } = this.question;
        const { how = () => true } = bounds;
        const denies = this.question.denies.filter(deny => mayConcern(deny, base));
        const claims = [...allowing(this.statement, base), ...denies.map(deny => denying(deny, base))];
        if (claims.some(({ keys, holds }) => keys.length === 0 && holds(base) === false)) {
            return undefined;
        }
        const keys = [...new Set(claims.flatMap(({ keys }) => keys))].reverse();
        const choices = keys.map(key => world.choices(key, base.identity));
        // What is claimed is told once the last of its keys has a value.
        const places = new Map(keys.map((key, index) => [key, index + 1]));
        const told: readonly Claim[][] = [[], ...keys.map(() => [])];
        for (const claim of claims) {
            told[Math.max(0, ...claim.keys.map(key => places.get(key) ?? 0))]?.push(claim);
        }
        const context = new Map<string, readonly string[]>();
        const request = { ...base, context };
        /** @param wasSure whether what has been told so far lets the request through for certain. */
        const passes = (place: number, wasSure: boolean): boolean => {
            const answer = all(told[place] ?? [], ({ holds }) => holds(request));
            const isSure = wasSure && answer === true;
            const key = keys[place];
            if (answer === false || (!isSure && this.hasDoubts)) {
                return false;
            }
            if (key === undefined) {
                this.hasDoubts ||= !isSure && how(context);
                return isSure && how(context);
            }
            for (const value of choices[place] ?? []) {
                if (value === undefined) {
                    context.delete(key);
                } else {
                    context.set(key, [value]);
                }
                if (passes(place + 1, isSure)) {
                    return true;
                }
            }
            context.delete(key);
            return false;
        };
        if (passes(0, true)) {
            return request;
        }
        // Of what variables may stand for, only what is told of the caller is tried in full.
        this.hasDoubts ||= [this.statement, ...denies].some(one => variablesOf(one).some(key => !isIdentityKey(key)));
        return undefined;
    }

    /** The requests within the bounds that the statement may be of. */
    private *requests(): Iterable<Asked> {
        const { world, bounds } = this.question;
        const { services, who = () => true, whose = () => true } = bounds;
        Effort.spend(world.identities.length + world.owners.length);
        const identities = world.identities
            .filter(identity => who(identity) && matchesPrincipal(this.statement.principals, identity))
            .filter(identity => this.mayAllow({ identity }, isIdentityKey));
        const owners = world.owners.filter(owner => whose(owner) && this.mayAllow({ owner }, isOwnerKey));
        if (identities.length === 0 || owners.length === 0) {
            return;
        }
        const ofAccount = new Map<string | undefined, Owner[]>();
        for (const owner of owners) {
            ofAccount.set(owner.account, [...(ofAccount.get(owner.account) ?? []), owner]);
        }
        for (const operation of world.operations(services)) {
            const action = nameOf(operation.action);
            for (const [account, some] of matchesAction(this.statement.actions, action) ? ofAccount : []) {
                const resources = this.question.resourcesOf(operation, account);
                for (const resource of resources.filter(one => mayCover(this.statement, one))) {
                    for (const pair of pairsOf(identities, some)) {
                        const request = { action, resource, ...pair, context: new Map() };
                        yield { action: operation.action, request };
                    }
                }
            }
        }
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
function mayCover(statement: Statement, resource: string): boolean {
    const { not, patterns } = statement.resources;
    return (not && patterns.some(hasVariable)) || matchesResource(widened(statement), { ...blank, resource }) !== false;
}

/** What a statement names as resources, with wildcards for its variables. */
const widened = once((statement: Statement): Names => {
    const { not, patterns } = statement.resources;
    return { not, patterns: patterns.map(pattern => fill(pattern, "*")) };
});

/** What has to hold of requests that differ in nothing but the keys that neither who asks nor whose the resource is decides. */
interface Claim {
    /** Those of the keys that it hangs on. */
    readonly keys: readonly string[];
    /** Undefined where it cannot be told. */
    readonly holds: (request: Request) => boolean | undefined;
}

/** What has to hold for an Allow to be of requests such as one: each of its elements by itself. */
function allowing(statement: Statement, base: Request): readonly Claim[] {
    return elementsOf(statement).map(element => claimOf(element, true, base));
}

/** That a Deny is not of requests such as one. */
function denying(statement: Statement, base: Request): Claim {
    const claims = elementsOf(statement).map(element => claimOf(element, undefined, base));
    // What it hangs on is of no matter where it is of none of them.
    const isOfNone = claims.some(({ keys, holds }) => keys.length === 0 && holds(base) === false);
    return {
        keys: isOfNone ? [] : claims.flatMap(({ keys }) => keys),
        holds: request => not(isOfNone ? false : all(claims, ({ holds }) => holds(request))),
    };
}

function elementsOf({ resources, conditions }: Statement): readonly (Condition | Names)[] {
    return [resources, ...conditions];
}

/** @param doubtful what is said where AWS does not say what an ARN means. */
function claimOf(element: Condition | Names, doubtful: true | undefined, base: Request): Claim {
    const isHeld = (request: Request): boolean | undefined =>
        "key" in element
            ? (holds(element, request) ?? (isOperator(element.operator) ? doubtful : undefined))
            : (matchesResource(element, request) ?? doubtful);
    const keys = otherKeysOf(element);
    const always = keys.length === 0 ? { answer: isHeld(base) } : undefined;
    return { keys, holds: request => (always === undefined ? isHeld(request) : always.answer) };
}

/** The keys that an element hangs on and that neither who asks nor whose the resource is decides. */
const otherKeysOf = once((element: Condition | Names): readonly string[] => {
    const [own, texts] = "key" in element ? [[element.key], element.values] : [[], element.patterns];
    return [...own, ...keysIn(texts)].filter(key => !decidedKeys.includes(key));
});

function hasVariable(text: string): boolean {
    return text.includes("${");
}

/** The keys whose values its variables stand for. */
const variablesOf = once(({ conditions, resources }: Statement): readonly string[] =>
    keysIn([...conditions.flatMap(({ values }) => values), ...resources.patterns]),
);

/** The keys whose values the variables in some texts stand for. */
function keysIn(texts: readonly string[]): readonly string[] {
    const keys = texts.flatMap(variablesIn).map(variable => variable.split(",")[0] ?? "");
    // What is one character is that character.
    return keys.filter(key => key.length > 1).map(key => key.toLowerCase());
}

/** Works out an answer about a part of a document once. */
function once<Part extends object, T extends object>(answer: (part: Part) => T): (part: Part) => T {
    const known = new WeakMap<Part, T>();
    return part => {
        const found = known.get(part) ?? answer(part);
        known.set(part, found);
        return found;
    };
}

/** Who may ask for whose: an account is in one organization, whether it calls or owns. */
function* pairsOf(
    identities: readonly Identity[],
    owners: readonly Owner[],
): Iterable<Pick<Request, "identity" | "owner">> {
    for (const owner of owners) {
        for (const identity of identities) {
            const isOfOneAccount = identity.account !== undefined && identity.account === owner.account;
            if (!isOfOneAccount || identity.organization === owner.organization) {
                yield { identity, owner };
            }
        }
    }
}
