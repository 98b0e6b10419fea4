import { stripVTControlCharacters } from "node:util";
import type { Document } from "./documents";
import { withExemption } from "./exempted";
import { Failure } from "./failure";
import {
    sorted,
    unknownPolicy,
    withoutDescription,
    type ExemptedViolation,
    type Judgement,
    type Policy,
    type Severity,
    type Violation,
} from "./judgement";
import type { PackInfo } from "./pack";
import { isOwn } from "./resource";
import { isObject, jsonIn, objectOf, objectsOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";
import { parseUrn, stackType } from "./urn";

/** What the events of one run of Pulumi's engine say of policies. */
export interface EventJudgement {
    readonly judgement: Judgement;
    /** The name of the project; "" where nothing says it. */
    readonly project: string;
    /** Whether all policies were asked; if not, a mandatory violation has ended the run before. */
    readonly isWhole: boolean;
}

/**
 * Reads the events of Pulumi's engine, one object of JSON a line: what `--event-log FILE` of `pulumi preview` and
 * `pulumi up` writes, `pulumi preview --json` with PULUMI_ENABLE_STREAMING_JSON_PREVIEW, or `pulumi policy analyze --json`.
 * Throws a {@link Failure} when they are none, or when the run failed before it had judged.
 *
 * @param info what this pack says about itself; of other packs' policies, which are called PACK/POLICY, little is known
 */
export function readEvents(document: Document, info: PackInfo): EventJudgement {
    const { name } = document;
    const of = kindsOf(document);
    const [end] = of("summaryEvent").slice(-1);
    if (end === undefined) throw new Failure(`${name} ends before the run does: it has no summaryEvent.`);
    const packs = packsOf(end);
    const [firstPack] = packs;
    if (firstPack === undefined) {
        throw new Failure(`${name} is of a run without a policy pack; give Pulumi one with --policy-pack DIRECTORY.`);
    }

    const known = new Map(info.policies.map(policy => [policy.name, policy]));
    const nameOf = (event: Properties, policy: string) => {
        const pack = stringOf(event["policyPackName"]);
        return pack === info.name ? policy : `${pack}/${policy}`;
    };
    const found = of("policyEvent").map(event => {
        const policy = nameOf(event, stringOf(event["policyName"]));
        return violationOf(event, policy, known.get(policy));
    });
    const judged = sorted(found);

    const summaries = of("policyAnalyzeStackSummaryEvent");
    // The log of analyze has no prelude, and says neither which policies passed nor how many resources there are.
    const isAnalysis = of("preludeEvent").length === 0;
    const fails = judged.violations.some(({ level }) => level === "mandatory");
    const isWhole = isAnalysis
        ? fails || stringOf(end["result"], "succeeded") === "succeeded"
        : packs.every(pack => summaries.some(event => event["policyPackName"] === pack.name));
    if (!isWhole && !fails) throw new Failure(`${name} is of a run that failed before it had judged${errorOf(of)}.`);

    const resources = of("policyAnalyzeSummaryEvent");
    const urns = new Set(resources.map(event => stringOf(event["resourceUrn"])));
    const asked = [...resources, ...summaries].flatMap(event =>
        [...stringsOf(event["passed"]), ...stringsOf(event["failed"])].map(policy => nameOf(event, policy)),
    );
    const [first] = [...urns, ...found.map(({ resource }) => resource.urn)];
    return {
        judgement: {
            pack: packs.find(pack => pack.name === info.name) ?? firstPack,
            policies: policiesOf(new Set([...asked, ...found.map(({ policy }) => policy)]), found, info),
            ...(!isAnalysis && { resources: [...urns].filter(urn => isOwn(resourceOf(urn))).length }),
            ...judged,
        },
        project: parseUrn(first ?? "")?.project ?? "",
        isWhole,
    };
}

type Kinds = (kind: string) => readonly Properties[];

/** The events of a document by their kind: the key that holds what they tell. */
function kindsOf({ name, text }: Document): Kinds {
    const lines = text.split("\n").map((line, index) => ({ line: line.trim(), number: index + 1 }));
    const events = lines
        .filter(({ line }) => line !== "")
        .map(({ line, number }) => {
            const event = jsonIn(line);
            if (isObject(event) && typeof event["sequence"] === "number") return event;
            throw new Failure(
                `${name} is not a log of events, line ${number}; ` +
                    "give what pulumi preview --event-log or pulumi policy analyze --json wrote.",
            );
        });
    if (events.length === 0) throw new Failure(`${name} is empty: nothing was judged.`);
    return kind => events.flatMap(event => objectsOf([event[kind] ?? null]));
}

/** The packs that ran: a key is the pack's name, and for a local one where it lies. */
function packsOf(end: Properties): readonly Judgement["pack"][] {
    return Object.entries(objectOf(end["PolicyPacks"])).map(([key, version]) => ({
        name: key.replace(/\|.*/s, ""),
        version: stringOf(version),
    }));
}

function errorOf(of: Kinds): string {
    const errors = of("diagnosticEvent").filter(({ severity }) => severity === "error");
    const [line = ""] = errors.flatMap(({ message }) => plain(stringOf(message)).split("\n"));
    return line === "" ? "" : `: ${line.replace(/[.:]$/, "")}`;
}

/** The policies of some names, as far as they are known, at the level of their violations where they have any. */
function policiesOf(
    names: ReadonlySet<string>,
    found: readonly Violation[],
    { policies }: PackInfo,
): readonly Policy[] {
    // The level of a probable finding is below that of its policy.
    const levels = new Map([...found].sort(byLevel).map(({ policy, level }) => [policy, level]));
    const known = new Set(policies.map(({ name }) => name));
    const others = [...names].filter(name => !known.has(name)).sort();
    return [
        ...policies.filter(({ name }) => names.has(name)),
        ...others.map(name => unknownPolicy(name, "mandatory")),
    ].map(policy => ({ ...policy, level: levels.get(policy.name) ?? policy.level }));
}

function byLevel(left: Violation, right: Violation): number {
    return Number(left.level === "mandatory") - Number(right.level === "mandatory");
}

function violationOf(event: Properties, policy: string, known: Policy | undefined): Violation {
    const severity = severityOf(event["severity"]);
    const violation: Violation = {
        policy,
        level: event["enforcementLevel"] === "advisory" ? "advisory" : "mandatory",
        severity: severity === "unspecified" ? (known?.severity ?? severity) : severity,
        message: withoutDescription(plain(stringOf(event["message"])), known?.description ?? ""),
        resource: resourceOf(stringOf(event["resourceUrn"])),
    };
    const [exception] = objectsOf(event["exceptions"]);
    if (exception === undefined) return withExemption(violation, known);
    const exempted: ExemptedViolation = {
        ...violation,
        exception: { id: stringOf(exception["id"]), reason: stringOf(exception["reason"]) },
    };
    return exempted;
}

function resourceOf(urn: string): Violation["resource"] {
    const { type, name } = parseUrn(urn) ?? { type: stackType, name: urn };
    return { urn, type, name };
}

function severityOf(value: Json | undefined): Severity {
    return value === "low" || value === "medium" || value === "high" || value === "critical" ? value : "unspecified";
}

/** A message without the marks by which the engine colours it. */
function plain(message: string): string {
    return stripVTControlCharacters(message.replaceAll(/<\{%.*?%\}>/g, "")).trim();
}
