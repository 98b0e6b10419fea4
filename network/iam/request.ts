import { Addresses } from "../addresses";
import { Effort } from "../effort";
import { matches } from "../glob";
import { isClear, matchesArn } from "./arn";
import type { Condition, Names, PrincipalName, Principals } from "./document";
import { withVariables } from "./variables";

/** Who asks. Nothing but what a condition or a Principal element can tell of somebody. */
export interface Identity {
    /** Left out for anonymous callers. */
    readonly arn?: string;
    readonly account?: string;
    /** An AWS service that calls on its own behalf. */
    readonly service?: string;
    /** A federated or canonical user, as a Principal element names one. */
    readonly other?: string;
    readonly organization?: string;
    readonly organizationPath?: string;
}

/** Whose the resource is. Nothing is known of it where AWS tells no owner. */
export interface Owner {
    readonly account?: string;
    readonly organization?: string;
    readonly organizationPath?: string;
}

export interface Request {
    /** As "s3:PutObject". */
    readonly action: string;
    /** An ARN, or "*" for an action that takes no resource. */
    readonly resource: string;
    readonly identity: Identity;
    readonly owner: Owner;
    /** The other condition keys, in lower case, that are there. */
    readonly context: ReadonlyMap<string, readonly string[]>;
}

/** A request of which nothing is told. */
export const blank: Request = { action: "", resource: "", identity: {}, owner: {}, context: new Map() };

type Readers<T> = ReadonlyMap<string, (of: T) => string | undefined>;

/** The keys that an identity decides, whether they are there or not. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const identityKeys: Readers<Identity> = new Map(
    Object.entries({
        "aws:principalarn": ({ arn }: Identity) => arn,
        "aws:principalaccount": ({ account }: Identity) => account,
        "aws:principalorgid": ({ organization }: Identity) => organization,
        "aws:principalorgpaths": ({ organizationPath }: Identity) => organizationPath,
        "aws:principalisawsservice": ({ arn, service }: Identity) =>
            arn === undefined && service === undefined ? undefined : String(service !== undefined),
        "aws:principalservicename": ({ service }: Identity) => service,
    }),
);

/** The keys that an owner decides, likewise. */
const ownerKeys: Readers<Owner> = new Map(
    Object.entries({
        "aws:resourceaccount": ({ account }: Owner) => account,
        "aws:resourceorgid": ({ organization }: Owner) => organization,
        "aws:resourceorgpaths": ({ organizationPath }: Owner) => organizationPath,
    }),
);

/**
 * The keys by which S3 tells the account of an owner, each in requests of one service alone.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const storageKeys: ReadonlyMap<string, string> = new Map([
    ["s3:resourceaccount", "s3:"],
    ["s3express:resourceaccount", "s3express:"],
]);

/** Whether a key is one that the identity alone, or the owner alone, decides. */
export const isIdentityKey = (key: string): boolean => identityKeys.has(key);
export const isOwnerKey = (key: string): boolean => ownerKeys.has(key);

/** The keys that nothing but identity, owner and service decide. */
export const decidedKeys: readonly string[] = [...identityKeys.keys(), ...ownerKeys.keys(), ...storageKeys.keys()];

/** The values of a key; undefined if it is not in the request. */
export function valuesOf({ action, identity, owner, context }: Request, key: string): readonly string[] | undefined {
    if (!decidedKeys.includes(key)) {
        return context.get(key);
    }
    const ofService = storageKeys.get(key);
    const value =
        identityKeys.get(key)?.(identity) ??
        ownerKeys.get(key)?.(owner) ??
        (ofService !== undefined && action.startsWith(ofService) ? owner.account : undefined);
    return value === undefined ? undefined : [value];
}

export function matchesAction({ not, patterns }: Names, action: string): boolean {
    return patterns.some(pattern => matches(pattern.toLowerCase(), action.toLowerCase())) !== not;
}

/** Whether an element is of the resource of a request; undefined where that hangs on a pattern of which AWS does not say what it means. */
export function matchesResource(element: Names, request: Request): boolean | undefined {
    const resource = literal(request.resource);
    const isNamed = any(element.patterns, pattern => {
        const wanted = substitute(pattern, request, literal);
        const isMatch = wanted !== undefined && matchesArn(wanted, resource);
        return isMatch && (pattern === "*" || isClear(pattern) || undefined);
    });
    return element.not ? not(isNamed) : isNamed;
}

/** Puts the request's values for policy variables; undefined where there is none, since nothing matches then. */
function substitute(pattern: string, request: Request, write: (value: string) => string): string | undefined {
    if (!pattern.includes("${")) {
        return pattern;
    }
    const missing: string[] = [];
    const text = withVariables(pattern, name => {
        const [key = "", fallback] = name.split(/,\s*/);
        const value = ["*", "?", "$"].includes(key)
            ? key
            : (valuesOf(request, key.toLowerCase())?.[0] ?? fallback?.replaceAll("'", ""));
        if (value === undefined) {
            missing.push(key);
        }
        return write(value ?? "");
    });
    return missing.length > 0 ? undefined : text;
}

/** A text in which an asterisk is no wildcard, nor is a question mark. */
function literal(text: string): string {
    return text.replaceAll("*", "\uE003").replaceAll("?", "\uE004");
}

export function matchesPrincipal({ not, names }: Principals, identity: Identity): boolean {
    return names.some(name => isNamed(name, identity)) !== not;
}

function isNamed({ kind, value }: PrincipalName, identity: Identity): boolean {
    switch (kind) {
        case "everyone":
            return true;
        case "Service":
            return identity.service === value;
        case "Federated":
        case "CanonicalUser":
            return identity.other === value;
        case "AWS": {
            const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
            return account === undefined
                ? identity.arn !== undefined && matches(value, identity.arn)
                : identity.service === undefined && identity.account === account;
        }
    }
}

/** Kleene's "and" of what holds of each of some things, with undefined for what cannot be told. */
export function all<T>(things: Iterable<T>, holds: (thing: T) => boolean | undefined): boolean | undefined {
    let answer: boolean | undefined = true;
    for (const thing of things) {
        const next = holds(thing);
        if (next === false) {
            return false;
        }
        answer = next && answer;
    }
    return answer;
}

/** Kleene's "or", likewise. */
function any<T>(things: Iterable<T>, holds: (thing: T) => boolean | undefined): boolean | undefined {
    return not(all(things, thing => not(holds(thing))));
}

/** Kleene's "not", likewise. */
export function not(answer: boolean | undefined): boolean | undefined {
    return answer === undefined ? undefined : !answer;
}

type Compare = (wanted: string, given: string) => boolean | undefined;

const date = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const byNumber =
    (test: (given: number, wanted: number) => boolean): Compare =>
    (wanted, given) =>
        test(Number(given), Number(wanted));
const byDate =
    (test: (given: number, wanted: number) => boolean): Compare =>
    (wanted, given) =>
        test(date(given), date(wanted));
const less = (a: number, b: number): boolean => a < b;
const lessOrEqual = (a: number, b: number): boolean => a <= b;
const greater = (a: number, b: number): boolean => a > b;
const greaterOrEqual = (a: number, b: number): boolean => a >= b;
const equal = (a: number, b: number): boolean => a === b;
const exactly: Compare = (wanted, given) => wanted === given;
const inAnyCase: Compare = (wanted, given) => wanted.toLowerCase() === given.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: ReadonlyMap<string, { readonly compare: Compare; readonly negated?: true }> = new Map(
    Object.entries({
        stringequals: { compare: exactly },
        stringnotequals: { compare: exactly, negated: true },
        stringequalsignorecase: { compare: inAnyCase },
        stringnotequalsignorecase: { compare: inAnyCase, negated: true },
        stringlike: { compare: matches },
        stringnotlike: { compare: matches, negated: true },
        numericequals: { compare: byNumber(equal) },
        numericnotequals: { compare: byNumber(equal), negated: true },
        numericlessthan: { compare: byNumber(less) },
        numericlessthanequals: { compare: byNumber(lessOrEqual) },
        numericgreaterthan: { compare: byNumber(greater) },
        numericgreaterthanequals: { compare: byNumber(greaterOrEqual) },
        dateequals: { compare: byDate(equal) },
        datenotequals: { compare: byDate(equal), negated: true },
        datelessthan: { compare: byDate(less) },
        datelessthanequals: { compare: byDate(lessOrEqual) },
        dategreaterthan: { compare: byDate(greater) },
        dategreaterthanequals: { compare: byDate(greaterOrEqual) },
        bool: { compare: inAnyCase },
        binaryequals: { compare: exactly },
        ipaddress: { compare: inBlock },
        notipaddress: { compare: inBlock, negated: true },
        arnequals: { compare: inFormOfArn },
        arnlike: { compare: inFormOfArn },
        arnnotequals: { compare: inFormOfArn, negated: true },
        arnnotlike: { compare: inFormOfArn, negated: true },
    }),
);

export function isOperator(operator: string): boolean {
    return operator === "null" || operators.has(operator);
}

function inBlock(block: string, address: string): boolean {
    return Addresses.of(block.includes("/") ? block : `${block}/${block.includes(":") ? 128 : 32}`).includes(
        Addresses.of(`${address}/${address.includes(":") ? 128 : 32}`),
    );
}

function inFormOfArn(wanted: string, given: string): boolean | undefined {
    return matchesArn(wanted, given) && (isClear(wanted) || undefined);
}

/** Whether a condition holds; undefined where it cannot be told: for an operator that IAM does not know, or an ARN of which AWS does not say what it means. */
export function holds(condition: Condition, request: Request): boolean | undefined {
    Effort.spend(1 + condition.values.length);
    const given = valuesOf(request, condition.key);
    if (condition.operator === "null") {
        return condition.values.some(value => (given === undefined) === (value.toLowerCase() === "true"));
    }
    const operator = operators.get(condition.operator);
    if (operator === undefined) {
        return undefined;
    }
    const isNot = operator.negated === true;
    if (given === undefined) {
        return condition.ifExists || condition.over === "all" || (isNot && condition.over !== "any");
    }
    const write = /like$|^arn/.test(condition.operator) ? literal : (value: string): string => value;
    const wanted = condition.values.flatMap(value => substitute(value, request, write) ?? []);
    const isGiven = (value: string): boolean | undefined => {
        const written = write(value);
        const isWanted = any(wanted, pattern => operator.compare(pattern, written));
        return isNot ? not(isWanted) : isWanted;
    };
    return condition.over === "any" ? any(given, isGiven) : all(given, isGiven);
}
