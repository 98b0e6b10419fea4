import { Outside, Unseen } from "../knowledge";

/** IAM policy documents, brought into one shape. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */

/** What an element names, or all but what it names. */
export interface Names {
    /** Whether the element is NotAction, NotResource or NotPrincipal. */
    readonly not: boolean;
    readonly patterns: readonly string[];
}

/** A principal that a statement names: "*" for everyone, or one of some kind. */
export interface PrincipalName {
    readonly kind: "everyone" | "AWS" | "Service" | "Federated" | "CanonicalUser";
    readonly value: string;
}

export interface Principals {
    readonly not: boolean;
    readonly names: readonly PrincipalName[];
}

export interface Condition {
    /** The operator as it was written, without what stands before and behind it, in lower case: stringequals. */
    readonly operator: string;
    readonly over?: "all" | "any";
    readonly ifExists: boolean;
    /** In lower case, as keys are the same in any case. */
    readonly key: string;
    readonly values: readonly string[];
}

export interface Statement {
    /** Its place in the document, from 1. */
    readonly number: number;
    readonly sid: string | undefined;
    readonly effect: "Allow" | "Deny";
    readonly principals: Principals;
    readonly actions: Names;
    readonly resources: Names;
    readonly conditions: readonly Condition[];
}

/** How messages name a statement. */
export function statementName({ sid, number }: Pick<Statement, "sid" | "number">): string {
    return sid === undefined || sid === "" ? `Statement ${number}` : `Statement ${sid}`;
}

/** How long an endpoint policy may be, in characters, white space included. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html */
export const longestOfEndpoint = 20_480;

/** How long a policy may be that is read: IAM takes none that is nearly as long. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longest = 100_000;

export class PolicyDocument {
    private constructor(
        private readonly read: readonly Statement[],
        /** What keeps it, or a part of it, from being an IAM policy document. */
        readonly faults: readonly string[],
        /** The characters it takes, white space included. */
        readonly length: number,
    ) {}

    /** @param value the document, or its JSON. What cannot be read is among the faults. */
    static parse(value: unknown): PolicyDocument {
        const text = typeof value === "string" ? value : undefined;
        const length = (text ?? JSON.stringify(value ?? null)).length;
        if (length > longest) {
            return new PolicyDocument([], [], length);
        }
        const parsed = text === undefined ? { value } : json(text);
        if (parsed === undefined) {
            return new PolicyDocument([], ["it is not JSON"], length);
        }
        if (!isRecord(parsed.value) || !("Statement" in parsed.value)) {
            return new PolicyDocument([], ["it has no Statement"], length);
        }
        const faults: string[] = [];
        const version = parsed.value["Version"];
        if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
            faults.push("its Version is neither 2012-10-17 nor 2008-10-17");
        }
        const statements = list(parsed.value["Statement"]).flatMap((item, index) => {
            const read = statement(item, index + 1, version === "2012-10-17");
            faults.push(...read.faults.map(fault => `${statementName({ sid: read.sid, number: index + 1 })} ${fault}`));
            return read.statement ?? [];
        });
        return new PolicyDocument(statements, faults, length);
    }

    /** @throws {Unseen} if it is longer than any that IAM takes. */
    get statements(): readonly Statement[] {
        if (this.length > longest) {
            throw new Unseen(new Outside(`a policy of ${this.length} characters`));
        }
        return this.read;
    }

    /**
     * Whether it is what AWS gives an endpoint for which no policy is named: one statement that lets anyone do anything to everything.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
     */
    get isFullAccess(): boolean {
        const [only, ...others] = this.statements;
        return (
            only !== undefined &&
            others.length === 0 &&
            only.effect === "Allow" &&
            only.conditions.length === 0 &&
            isEverything(only.actions) &&
            isEverything(only.resources) &&
            !only.principals.not &&
            only.principals.names.some(({ kind }) => kind === "everyone")
        );
    }
}

function isEverything({ not, patterns }: Names): boolean {
    return !not && patterns.includes("*");
}

interface Read {
    readonly sid: string | undefined;
    readonly statement: Statement | undefined;
    readonly faults: readonly string[];
}

/** @param hasVariables whether `${…}` is a policy variable, as in the newer version of the language. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function statement(item: unknown, number: number, hasVariables: boolean): Read {
    if (!isRecord(item)) {
        return { sid: undefined, statement: undefined, faults: ["is not an object"] };
    }
    const sid = typeof item["Sid"] === "string" ? item["Sid"] : undefined;
    const effect = item["Effect"];
    const faults: string[] = [];
    const names = (element: string): Names => {
        const [plain, not] = [item[element], item[`Not${element}`]];
        if (plain === undefined && not === undefined) {
            faults.push(`has no ${element}`);
        } else if (plain !== undefined && not !== undefined) {
            faults.push(`has both ${element} and Not${element}`);
        }
        return { not: plain === undefined && not !== undefined, patterns: texts(plain ?? not) };
    };
    const literal = (text: string): string => (hasVariables ? text : text.replaceAll("${", () => "${$}{"));
    const [actions, resources] = [names("Action"), names("Resource")];
    const [principal, notPrincipal] = [item["Principal"], item["NotPrincipal"]];
    if (principal === undefined && notPrincipal === undefined) {
        faults.push("has no Principal");
    } else if (principal !== undefined && notPrincipal !== undefined) {
        faults.push("has both Principal and NotPrincipal");
    }
    if (effect !== "Allow" && effect !== "Deny") {
        faults.push("has an Effect that is neither Allow nor Deny");
        return { sid, statement: undefined, faults };
    }
    return {
        sid,
        faults,
        statement: {
            number,
            sid,
            effect,
            actions,
            resources: { ...resources, patterns: resources.patterns.map(literal) },
            principals: {
                not: principal === undefined && notPrincipal !== undefined,
                names: principals(principal ?? notPrincipal),
            },
            conditions: conditions(item["Condition"]).map(one => ({ ...one, values: one.values.map(literal) })),
        },
    };
}

function principals(value: unknown): readonly PrincipalName[] {
    const everyone: PrincipalName = { kind: "everyone", value: "*" };
    if (!isRecord(value)) {
        return texts(value).map(text => (text === "*" ? everyone : { kind: "AWS", value: text }));
    }
    return (["AWS", "Service", "Federated", "CanonicalUser"] as const).flatMap(kind =>
        texts(value[kind]).map(text => (kind === "AWS" && text === "*" ? everyone : { kind, value: text })),
    );
}

function conditions(value: unknown): readonly Condition[] {
    return Object.entries(isRecord(value) ? value : {}).flatMap(([written, keys]) => {
        const [, over, operator = "", ifExists] =
            /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(written) ?? [];
        return Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({
            operator: operator.toLowerCase(),
            ...(over !== undefined && {
                over: over.toLowerCase() === "forallvalues" ? ("all" as const) : ("any" as const),
            }),
            ifExists: ifExists !== undefined,
            key: key.toLowerCase(),
            values: texts(values),
        }));
    });
}

function texts(value: unknown): readonly string[] {
    return list(value).flatMap(item =>
        typeof item === "string" || typeof item === "number" || typeof item === "boolean" ? [String(item)] : [],
    );
}

function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function json(text: string): { readonly value: unknown } | undefined {
    try {
        return { value: JSON.parse(text) };
    } catch {
        return undefined;
    }
}
