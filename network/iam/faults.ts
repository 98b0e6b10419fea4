import { Effort } from "../effort";
import { matches } from "../glob";
import { type Action, actionsOf } from "../iam-actions";
import { attempt } from "../knowledge";
import { commonArn } from "./arn";
import {
    type Condition,
    longestOfEndpoint,
    type PolicyDocument,
    type PrincipalName,
    type Statement,
    statementName,
} from "./document";
import { isOperator } from "./request";

/** What is wrong with a document, and whether AWS is known to refuse it or only likely to. */
export interface Fault {
    readonly message: string;
    readonly probable?: true;
}

/** Keys that hold ids which AWS gives, so that it takes no wildcards and no numbers for them: as it writes them, by lower case. */
const systemIds: ReadonlyMap<string, string> = new Map(
    [
        "aws:PrincipalAccount",
        "aws:PrincipalOrgID",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:SourceVpc",
        "aws:SourceVpce",
    ].map(key => [key.toLowerCase(), key]),
);

/** How many steps it takes, at most, to compare the resources of a statement with those that its actions take. */
const enough = 1_000_000;

/** The endpoint that a policy is for, as far as it is asked for. */
interface Endpoint {
    /** The IAM prefixes of its service; undefined where they are not known. */
    readonly prefixes: () => readonly string[] | undefined;
    readonly isGateway: () => boolean;
}

/**
 * What keeps a document from being an endpoint policy, or from ever letting anything through. What hangs on the endpoint comes last.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function* faults(document: PolicyDocument, endpoint: Endpoint): Iterable<Fault> {
    if (document.length > longestOfEndpoint) {
        // What is refused as a whole is not gone through, however much there is.
        yield { message: `The policy has ${document.length} characters, of which AWS takes ${longestOfEndpoint}.` };
        return;
    }
    for (const fault of document.faults) {
        yield { message: `The policy cannot work: ${fault}.` };
    }
    for (const statement of document.statements) {
        const name = statementName(statement);
        for (const condition of statement.conditions) {
            for (const reason of conditionFaults(condition)) {
                yield { message: `${name} ${reason}` };
            }
        }
        for (const arn of [...statement.resources.patterns, ...statement.conditions.flatMap(arnsOf)]) {
            const account = arn.split(":")[4] ?? "";
            if (/\d/.test(account) && /[*?]/.test(account)) {
                yield {
                    message: `${name} has ${account} as the account of an ARN, which is either an id or a wildcard.`,
                };
            }
        }
        const meant = statement.actions.patterns.map(pattern => [pattern, actionsLike(pattern)] as const);
        for (const [action] of meant.filter(([, actions]) => actions?.length === 0)) {
            yield { message: `${name} names ${action}, an action that is not known.`, probable: true };
        }
        if (
            document.faults.length === 0 &&
            isIdle(
                statement,
                meant.map(([, actions = []]) => actions),
            )
        ) {
            const [resource] = statement.resources.patterns;
            const why = resource === undefined ? "it names no resource" : `none of its actions takes ${resource}`;
            yield { message: `${name} has no effect: ${why}.`, probable: true };
        }
    }
    const naming = document.statements.filter(({ principals: { not, names } }) => not || names.some(isNamed));
    for (const statement of naming.length > 0 && endpoint.isGateway() ? naming : []) {
        yield {
            message: `${statementName(statement)} names a principal, of which a gateway endpoint takes no other than "*": use aws:PrincipalArn.`,
        };
    }
    const allows = document.statements.filter(({ effect }) => effect === "Allow");
    const isOpen = document.faults.length > 0 || allows.some(isOfAnyService);
    const prefixes = isOpen ? undefined : endpoint.prefixes();
    // Of a service that the table does not know, the prefix is only likely.
    if (
        prefixes?.every(prefix => actionsOf(prefix) !== undefined) === true &&
        !allows.some(statement => isOfService(statement, prefixes))
    ) {
        yield {
            message: `No statement allows any action of ${prefixes.join(" or ")}, so nothing passes the endpoint.`,
        };
    }
}

function isNamed({ kind }: PrincipalName): boolean {
    return kind !== "everyone";
}

function* conditionFaults({ operator, key, values }: Condition): Iterable<string> {
    if (!isOperator(operator)) {
        yield `has an operator that IAM does not know, ${operator}, for ${key}.`;
    }
    const wild = /like$|^arn/.test(operator) ? values.filter(value => /[*?]/.test(value)) : [];
    const systemId = systemIds.get(key);
    if (systemId !== undefined && (wild.length > 0 || operator.startsWith("numeric"))) {
        yield `compares ${systemId} with a wildcard or as a number, which AWS does not take for an id that it gives.`;
    } else if (operator.startsWith("string") && wild.some(value => !isLongBesideWildcards(value))) {
        yield `has fewer than six characters beside a wildcard in a value for ${key}.`;
    }
}

/** Whether each run of wildcards has six characters in a row before or behind it. */
function isLongBesideWildcards(value: string): boolean {
    const runs = value.split(/[*?]+/);
    return runs.slice(1).every((run, index) => run.length >= 6 || (runs[index] ?? "").length >= 6);
}

function arnsOf({ values }: Condition): readonly string[] {
    return values.filter(value => value.startsWith("arn:"));
}

/** The actions of a service that a pattern matches; undefined where the service is not known. */
function actionsLike(pattern: string): readonly Action[] | undefined {
    const [service = "", name = ""] = pattern.split(":");
    const wanted = name.toLowerCase();
    return actionsOf(service)?.filter(action => matches(wanted, action.name.toLowerCase()));
}

/**
 * Whether no action of a statement takes any of its resources, as where objects are read and the bucket alone is named. What actions take of
 * AWS's own is not in the table.
 * @param meant the actions that each of its patterns means, as far as they are known.
 */
function isIdle({ actions, resources }: Statement, meant: readonly (readonly Action[])[]): boolean {
    const isOpen = (resource: string): boolean =>
        /^\*+$/.test(resource) || resource.includes("${") || resource.split(":")[4] === "aws";
    if (actions.not || resources.not || resources.patterns.some(isOpen) || meant.some(({ length }) => length === 0)) {
        return false;
    }
    const formats = new Set(meant.flat().flatMap(action => action.resources));
    const patterns = [...formats].map(format => format.replace(/\$[PRAX]/g, "*"));
    const isTaken = (resource: string): boolean => patterns.some(pattern => commonArn(pattern, resource) !== undefined);
    return attempt(() => new Effort(enough, "").on(() => resources.patterns.some(isTaken))) === false;
}

function isOfAnyService({ actions }: Statement): boolean {
    return actions.not || actions.patterns.includes("*");
}

function isOfService({ actions }: Statement, prefixes: readonly string[]): boolean {
    const services = actions.patterns.map(pattern => pattern.toLowerCase().split(":")[0] ?? "");
    return services.some(service => prefixes.some(prefix => matches(service, prefix)));
}
