import { Addresses } from "../addresses";
import { matches } from "../glob";
import type { Condition, Names, PrincipalName, Principals } from "./document";

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

/** The keys that an identity decides, whether they are there or not. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function identityKeys(identity: Identity): ReadonlyMap<string, readonly string[]> {
    const isCaller = identity.arn !== undefined || identity.service !== undefined;
    return known({
        "aws:principalarn": identity.arn,
        "aws:principalaccount": identity.account,
        "aws:principalorgid": identity.organization,
        "aws:principalorgpaths": identity.organizationPath,
        "aws:principalisawsservice": isCaller ? String(identity.service !== undefined) : undefined,
        "aws:principalservicename": identity.service,
    });
}

/** The keys that an owner decides, whether they are there or not. */
export function ownerKeys(owner: Owner): ReadonlyMap<string, readonly string[]> {
    return known({
        "aws:resourceaccount": owner.account,
        "s3:resourceaccount": owner.account,
        "aws:resourceorgid": owner.organization,
        "aws:resourceorgpaths": owner.organizationPath,
    });
}

function known(keys: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(keys).map(([key, value]) => [key, value === undefined ? [] : [value]]));
}

/** Whether a key is one that only the identity, or only the owner, decides. */
export const isIdentityKey = (key: string): boolean => identityKeys({}).has(key);
export const isOwnerKey = (key: string): boolean => ownerKeys({}).has(key);

/** The values of a key; undefined if it is not in the request. */
export function valuesOf(request: Request, key: string): readonly string[] | undefined {
    const values =
        identityKeys(request.identity).get(key) ?? ownerKeys(request.owner).get(key) ?? request.context.get(key) ?? [];
    return values.length === 0 ? undefined : values;
}

export function matchesAction({ not, patterns }: Names, action: string): boolean {
    return patterns.some(pattern => matches(pattern.toLowerCase(), action.toLowerCase())) !== not;
}

/** @param values those of the request, which policy variables stand for. */
export function matchesResource({ not, patterns }: Names, request: Request): boolean {
    return (
        patterns.some(pattern => {
            const wanted = substitute(pattern, request);
            return wanted !== undefined && matchesArn(wanted, request.resource);
        }) !== not
    );
}

/** ARNs match part by part, of which there are six: a wildcard does not reach beyond a colon, but in the last. */
export function matchesArn(pattern: string, arn: string): boolean {
    const [wanted, given] = [parts(pattern), parts(arn)];
    return pattern === "*" || wanted.length < 6 || given.length < 6
        ? matches(pattern, arn)
        : wanted.every((part, index) => matches(part, given[index] ?? ""));
}

function parts(arn: string): readonly string[] {
    const all = arn.split(":");
    return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(":")];
}

/** Puts the request's values for policy variables; undefined where there is none, since nothing matches then. */
function substitute(pattern: string, request: Request): string | undefined {
    const missing: string[] = [];
    const text = pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
        const [key = "", fallback] = name.split(/,\s*/);
        const value = ["*", "?", "$"].includes(key)
            ? key
            : (valuesOf(request, key.toLowerCase())?.[0] ?? fallback?.replaceAll("'", ""));
        if (value === undefined) {
            missing.push(key);
        }
        return value ?? "";
    });
    return missing.length > 0 ? undefined : text;
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

/** Kleene's "and", with undefined for what cannot be told. */
export function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

type Compare = (wanted: string, given: string) => boolean;

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
        arnequals: { compare: matchesArn },
        arnlike: { compare: matchesArn },
        arnnotequals: { compare: matchesArn, negated: true },
        arnnotlike: { compare: matchesArn, negated: true },
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

/** Whether a condition holds; undefined for an operator that IAM does not know. */
export function holds(condition: Condition, request: Request): boolean | undefined {
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
    const wanted = condition.values.map(value => substitute(value, request)).filter(value => value !== undefined);
    const one = (value: string): boolean => wanted.some(pattern => operator.compare(pattern, value)) !== isNot;
    return condition.over === "any" ? given.some(one) : given.every(one);
}
