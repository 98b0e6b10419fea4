import { Effort } from "../effort";
import { common } from "../glob";
import { type Action, actionsOf, isFederated } from "../iam-actions";
import { accountIn, commonArn, instancesOf, namesAccount, principalIn } from "./arn";
import type { Condition, PolicyDocument, PrincipalName } from "./document";
import { blank, holds, type Identity, matchesAction, type Owner, valuesOf } from "./request";
import { fill, strangeAccounts, stranger } from "./unnamed";
import { withVariables } from "./variables";

/** An action on resources of one of the formats that it takes. */
export interface Operation {
    readonly action: Action;
    /** Undefined where the action takes no resource. */
    readonly format: string | undefined;
}

export function nameOf({ service, name }: Pick<Action, "service" | "name">): string {
    return `${service}:${name}`;
}

const ownerAccountKeys = ["aws:resourceaccount", "s3:resourceaccount", "s3express:resourceaccount"];

/** Everything that a document names, and before that one of each kind that it does not, so that a finding tells how far the document is open. */
export class World {
    readonly identities: readonly Identity[];
    readonly owners: readonly Owner[];
    private readonly conditions: readonly Condition[];
    /** Whether the document has policy variables, which may stand for whatever is named of the caller. */
    private readonly hasVariables: boolean;
    private readonly patterns: readonly string[];
    private resources: readonly string[] | undefined;
    private readonly instances = new Map<string, readonly string[]>();
    private readonly values = new Map<string, readonly string[]>();
    private readonly found = new Map<string, readonly Operation[]>();

    /** @param more resources beside those that the document names. */
    constructor(
        private readonly document: PolicyDocument,
        more: readonly string[] = [],
    ) {
        this.conditions = document.statements.flatMap(({ conditions }) => conditions);
        this.hasVariables = JSON.stringify(document.statements).includes("${");
        const arns = withCommon(
            [
                ...this.principals("AWS").filter(value => value.startsWith("arn:") && !value.endsWith(":root")),
                ...this.named("aws:principalarn"),
            ],
            commonArn,
        );
        const callers = unique([
            strangeAccounts[0],
            ...this.principals("AWS").flatMap(value => /\d{12}/.exec(value) ?? []),
            ...this.named("aws:principalaccount").flatMap(accountLike),
            ...arns.flatMap(arn => accountIn(arn) ?? []),
            ...this.echoed(/\b\d{12}\b/g),
        ]);
        const services = [
            ...this.principals("Service"),
            ...this.named("aws:principalservicename").map(pattern => fill(pattern)),
            `${stranger}.amazonaws.com`,
        ];
        this.identities = [
            ...this.identitiesIn(callers, ["arn:aws:iam::*:role/*", ...arns]),
            ...unique(services).map(service => ({ service })),
            ...[...this.principals("Federated"), ...this.principals("CanonicalUser")].map(other => ({ other })),
            {},
        ];
        const patterns = document.statements.flatMap(({ resources }) => resources.patterns);
        const variable = patterns.filter(pattern => pattern.includes("${"));
        Effort.spend(variable.join("").length * this.identities.length);
        const ofCallers = variable.flatMap(pattern => this.identities.map(identity => forIdentity(pattern, identity)));
        this.patterns = ["*", ...patterns, ...ofCallers, ...more];
        const holders = unique([
            strangeAccounts[1],
            ...(this.hasVariables ? callers : []),
            ...ownerAccountKeys.flatMap(key => this.named(key)).flatMap(accountLike),
            ...this.patterns.flatMap(arn => accountIn(arn) ?? []),
        ]);
        this.owners = [...this.ownersIn(holders), {}];
    }

    /** The values that Principal elements have of one kind. */
    private principals(kind: PrincipalName["kind"]): readonly string[] {
        const names = this.document.statements.flatMap(statement => statement.principals.names);
        return names.filter(name => name.kind === kind).map(({ value }) => value);
    }

    /** The values that conditions have for a key. */
    private named(key: string): readonly string[] {
        return this.conditions
            .filter(condition => condition.key === key && condition.operator !== "null")
            .flatMap(({ values }) => values);
    }

    /** What conditions name by whatever keys, where a variable can ask for the same of somebody. */
    private echoed(expression: RegExp): readonly string[] {
        return this.hasVariables ? (JSON.stringify(this.conditions).match(expression) ?? []) : [];
    }

    /** Those of some ARNs who may be in some accounts, in each of the organizations. */
    private identitiesIn(accounts: readonly string[], arns: readonly string[]): readonly Identity[] {
        const memberships = this.memberships("aws:principal");
        return accounts.flatMap(account => {
            const own = unique(arns.flatMap(arn => principalIn(account, arn) ?? []));
            Effort.spend(own.length * memberships.length);
            return memberships.flatMap(membership => own.map(arn => ({ arn, account, ...membership })));
        });
    }

    private ownersIn(accounts: readonly string[]): readonly Owner[] {
        const memberships = [
            ...this.memberships("aws:resource"),
            ...(this.hasVariables ? this.memberships("aws:principal") : []),
        ];
        Effort.spend(accounts.length * memberships.length);
        return accounts.flatMap(account => memberships.map(membership => ({ account, ...membership })));
    }

    /** The organizations that one may be in: one that is not named, none, and those that are named. */
    private memberships(whose: "aws:principal" | "aws:resource"): readonly Omit<Owner, "account">[] {
        const paths = unique(this.named(`${whose}orgpaths`).map(pattern => fill(pattern)));
        const ids = unique([
            ...this.named(`${whose}orgid`).map(pattern => fill(pattern)),
            ...paths.map(path => path.split("/")[0] ?? ""),
            ...this.echoed(/\bo-[a-z0-9]+\b/g),
        ]);
        Effort.spend(ids.length * paths.length);
        return [
            { organization: `o-${stranger}`, organizationPath: `o-${stranger}/r-${stranger}/` },
            {},
            ...ids.flatMap(organization => [
                { organization, organizationPath: `${organization}/r-${stranger}/` },
                ...paths
                    .filter(path => path.startsWith(`${organization}/`))
                    .map(organizationPath => ({ organization, organizationPath })),
            ]),
        ];
    }

    /**
     * One operation for each way in which the document's patterns match actions.
     * @param services the IAM prefixes of the actions; those that the document names if undefined.
     */
    operations(services: readonly string[] | undefined): readonly Operation[] {
        return remembered(this.found, String(services), () => {
            const elements = this.document.statements.map(({ actions }) => actions);
            const found = new Map<string, Operation>();
            for (const action of this.actions(services)) {
                Effort.spend(elements.length);
                const match = elements.map(element => Number(matchesAction(element, nameOf(action)))).join("");
                for (const format of formatsOf(action)) {
                    remembered(found, `${match} ${action.onlyReads} ${isFederated(action)} ${format}`, () => ({
                        action,
                        format,
                    }));
                }
            }
            return [...found.values()];
        });
    }

    private actions(services: readonly string[] | undefined): readonly Action[] {
        const patterns = this.document.statements.flatMap(({ actions }) => actions.patterns);
        const named = patterns
            .map(pattern => pattern.toLowerCase().split(":")[0] ?? "")
            .filter(service => service !== "" && !service.includes("*"));
        const actions = (services ?? unique([...named, "s3", stranger])).flatMap(
            service =>
                actionsOf(service) ??
                [`${service}:${stranger}`, ...patterns]
                    .filter(pattern => pattern.toLowerCase().startsWith(`${service}:`))
                    .map(pattern => ({
                        name: fill(pattern.slice(service.length + 1)),
                        service,
                        onlyReads: false,
                        resources: ["arn:$P:$X:$R:$A:$X"],
                    })),
        );
        return actions
            .map(action => ({ action, at: rank(action) }))
            .sort((one, other) => one.at - other.at)
            .map(({ action }) => action);
    }

    /** Resources of one format, by the patterns of the document and what any two of them have in common. */
    resourcesOf(format: string | undefined, account: string | undefined): readonly string[] {
        if (format === undefined) {
            return ["*"];
        }
        return remembered(this.instances, namesAccount(format) ? `${account ?? ""} ${format}` : format, () => {
            this.resources ??= withCommon(this.patterns, commonArn);
            Effort.spend(this.resources.length);
            return unique(this.resources.flatMap(instancesOf(format, account)));
        });
    }

    /** What a key that neither identity nor owner decides may be; undefined is its absence. */
    choices(key: string, identity: Identity): readonly (string | undefined)[] {
        // Only of AWS services it is told for whom they call.
        if (identity.service === undefined && /^aws:source(account|arn|orgid|orgpaths)$/.test(key)) {
            return [undefined];
        }
        const withVariables = this.hasVariables ? this.named(key).filter(value => value.includes("${")) : [];
        return [undefined, ...this.valuesOf(key), ...withVariables.map(value => fill(forIdentity(value, identity)))];
    }

    /** One value of a key for each way in which the document's conditions take it. */
    private valuesOf(key: string): readonly string[] {
        return remembered(this.values, key, () => {
            const conditions = this.conditions.filter(condition => condition.key === key);
            const texts = conditions.filter(({ operator }) => isOfTexts(operator)).flatMap(one => one.values);
            const values = [
                ...withCommon(texts, common).flatMap(pattern => [pattern, fill(pattern), fill(pattern, "")]),
                ...conditions.flatMap(one => one.values.flatMap(value => around(one.operator, value))),
                ...(texts.length > 0 || conditions.length === 0 ? [stranger] : []),
            ];
            const found = new Map<string, string>();
            for (const value of values) {
                Effort.spend(conditions.length);
                const request = { ...blank, context: new Map([[key, [value]]]) };
                const way = this.hasVariables ? value : conditions.map(condition => holds(condition, request)).join();
                remembered(found, way, () => value);
            }
            return [...found.values()];
        });
    }
}

/** What a map has for a key, or will have from now on. */
function remembered<V>(map: Map<string, V>, key: string, make: () => V): V {
    const known = map.get(key);
    if (known !== undefined) {
        return known;
    }
    const made = make();
    map.set(key, made);
    return made;
}

/** The formats of the resources that an action takes. The shortest is what the service is known for: a bucket rather than an access point. */
function formatsOf({ resources }: Action): readonly (string | undefined)[] {
    return resources.length === 0 ? [undefined] : [...resources].sort((one, other) => one.length - other.length);
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

/** An account that a pattern matches, if one does. */
function accountLike(pattern: string): readonly string[] {
    const [start = "", ...others] = pattern.replaceAll("?", "0").split("*");
    const end = others.join("");
    const filled = others.length === 0 ? start : `${start.padEnd(12 - end.length, "0")}${end}`;
    return /^\d{12}$/.test(filled) ? [filled] : [];
}

function isOfTexts(operator: string): boolean {
    return /^(string|arn|binary)/.test(operator);
}

/** Values on either side of what a condition asks for that does not compare texts. */
function around(operator: string, value: string): readonly string[] {
    if (operator.startsWith("numeric")) {
        return [Number(value) - 1, Number(value), Number(value) + 1].map(String);
    }
    if (operator.startsWith("date")) {
        const at = Date.parse(value);
        // Beyond the last date of all there is none.
        const dates = [at - 1000, at, at + 1000].map(time => new Date(time)).filter(date => !isNaN(date.getTime()));
        return dates.length === 0 ? [value] : dates.map(date => date.toISOString());
    }
    if (operator.endsWith("ipaddress")) {
        return [value.split("/")[0] ?? value, "198.51.100.77"];
    }
    return operator === "bool" ? ["true", "false"] : [];
}

/** A pattern with what an identity decides put for its variables. */
function forIdentity(pattern: string, identity: Identity): string {
    return withVariables(pattern, variable => {
        const [key = ""] = variable.split(",");
        return valuesOf({ ...blank, identity }, key.toLowerCase())?.[0] ?? `\${${variable}}`;
    });
}

/** Patterns, and what every two of them have in common. */
function withCommon(
    patterns: readonly string[],
    commonOf: (one: string, other: string) => string | undefined,
): readonly string[] {
    const all = unique(patterns);
    const open = all.filter(pattern => /[*?]/.test(pattern));
    Effort.spend(open.length * all.length);
    return unique([...all, ...open.flatMap(one => all.flatMap(other => commonOf(one, other) ?? []))]);
}

function unique<T>(items: readonly T[]): readonly T[] {
    return [...new Set(items)];
}
