import { createHash } from "node:crypto";
import {
    acceptance,
    byResource,
    isExempted,
    policiesOf,
    type Judgement,
    type Policy,
    type Severity,
    type Violation,
} from "./judgement";

/**
 * The judgement as SARIF 2.1.0, for code scanning: a rule for each policy, a result for each violation. Exempted ones are
 * among the results, as suppressed.
 */
export function reportSarif(judgement: Judgement): string {
    const { pack } = judgement;
    const policies = policiesOf(judgement);
    const results = byResource(judgement).flatMap(([, violations]) => violations);
    const names = policies.map(({ name }) => name);
    const seen = new Map<string, number>();
    const log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: pack.name,
                        ...(pack.version !== "" && { version: pack.version }),
                        rules: policies.map(ruleOf),
                    },
                },
                invocations: [{ executionSuccessful: true }],
                results: results.map(violation => {
                    const print = fingerprintOf(violation);
                    const before = seen.get(print) ?? 0;
                    seen.set(print, before + 1);
                    return resultOf(violation, names.indexOf(violation.policy), `${print}:${before + 1}`, judgement);
                }),
                columnKind: "utf16CodeUnits",
            },
        ],
    };
    return `${JSON.stringify(log, undefined, 4)}\n`;
}

function ruleOf(policy: Policy): object {
    const { name, displayName, description, remediationSteps, url, tags } = policy;
    const see = url === "" ? "" : `See ${url}.`;
    const help = [remediationSteps, see].filter(text => text !== "");
    const securitySeverity = securitySeverityOf(policy);
    return {
        id: name,
        name: name.replaceAll(/(?:^|[^a-zA-Z0-9])+(\w)/g, (_, letter: string) => letter.toUpperCase()),
        shortDescription: { text: firstOf([displayName, description], name) },
        fullDescription: { text: firstOf([description, displayName], name) },
        ...(help.length > 0 && { help: { text: help.join("\n\n") } }),
        ...(url !== "" && { helpUri: url }),
        defaultConfiguration: { level: levelOf(policy.level === "advisory" ? "advisory" : "mandatory") },
        properties: {
            tags,
            ...(securitySeverity !== undefined && { "security-severity": securitySeverity }),
        },
    };
}

function resultOf(violation: Violation, rule: number, fingerprint: string, { program }: Judgement): object {
    const { policy, level, message, resource } = violation;
    const { urn, name, source = program === undefined ? undefined : { file: program, line: 1 } } = resource;
    return {
        ruleId: policy,
        ruleIndex: rule,
        level: levelOf(level),
        message: { text: message },
        locations: [
            {
                ...(source && {
                    physicalLocation: {
                        artifactLocation: { uri: uriOf(source.file), uriBaseId: "%SRCROOT%" },
                        region: {
                            startLine: source.line,
                            ...("column" in source && { startColumn: source.column }),
                        },
                    },
                }),
                logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }],
            },
        ],
        // The name is the one by which GitHub tells results apart.
        partialFingerprints: { primaryLocationLineHash: fingerprint },
        // Without exemption, too: a run has suppressions for all of its results or for none.
        suppressions: isExempted(violation)
            ? [{ kind: "external", status: "accepted", justification: acceptance(violation.exception) }]
            : [],
    };
}

/** What stays the same when the program around a resource, or what is told of it, changes. */
function fingerprintOf({ policy, resource }: Violation): string {
    return createHash("sha256").update(`${policy}\n${resource.urn}`).digest("hex").slice(0, 16);
}

function levelOf(level: Violation["level"]): string {
    return level === "mandatory" ? "error" : "warning";
}

/** The topics of policies that are no matter of security. */
const otherTopics: readonly string[] = ["availability", "cost", "pack"];

/** The number that GitHub makes a severity of; undefined for what is no matter of security. */
function securitySeverityOf({ severity, tags }: Policy): string | undefined {
    return tags.some(tag => otherTopics.includes(tag)) ? undefined : securitySeverities[severity];
}

const securitySeverities: Readonly<Record<Severity, string | undefined>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
    unspecified: undefined,
};

function uriOf(file: string): string {
    return file.split("/").map(encodeURIComponent).join("/");
}

function firstOf(texts: readonly string[], otherwise: string): string {
    return texts.find(text => text !== "") ?? otherwise;
}
