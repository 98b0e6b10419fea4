import type { Policy } from "../engine/policy";
import { strict, tierTags } from "../engine/settings";
import { blindSpotOf, ofPack } from "./names";
import { type Cases, type Section, sections } from "./tables";

const notice = "<!-- Written by `npm run generate` from the policy and the cases of its table. -->";
const severities = ["critical", "high", "medium", "low"] as const;

/** What settings are where nobody sets them, if `pack-settings` may set them for all policies: their schemas have no default. */
const packWide: ReadonlyMap<string, unknown> = new Map(
    Object.entries({ tags: tierTags, strict }).map(([name, { fallback }]) => [name, fallback]),
);

const headings: Readonly<Record<Section, string>> = {
    accepts: "It accepts",
    rejects: "It rejects",
    "waits for": "It waits for",
    "does not judge": "It does not judge",
};

const explanations: Readonly<Partial<Record<Section, string>>> = {
    "waits for": "Undecided while these are not known, as at a first preview; the update decides.",
    "does not judge": "These are not in the stack, so nothing is said of them.",
};

/** The page of one policy. */
export function policyPage(policy: Policy, cases: Cases | undefined): string {
    return [
        notice,
        `# ${policy.name}`,
        `**${policy.displayName}.** ${policy.description}`,
        `Default level **${policy.enforcementLevel}**, severity **${policy.severity}**. Topics: ${policy.tags.map(topicLink).join(", ")}.`,
        "## What to do",
        policy.remediationSteps,
        `See <${policy.url}>.`,
        ...remediation(policy),
        "## Settings",
        settingsTable(policy),
        ...sections.flatMap(section => casesOf(section, cases?.get(section) ?? [])),
        ...blindSpot(policy),
        "",
    ].join("\n\n");
}

function remediation({ remedies = {} }: Policy): readonly string[] {
    const changes = Object.entries(remedies).map(([property, value]) => `\`${property}\` to \`${String(value)}\``);
    return changes.length === 0
        ? []
        : [
              "## At the level `remediate`",
              `The policy sets ${changes.join(" or ")} before the resource is created, where the resource shows by itself that it is wrong. What hangs on other resources is left as it is, and judged as at the level \`mandatory\`.`,
          ];
}

function casesOf(section: Section, titles: readonly string[]): readonly string[] {
    const explanation = explanations[section];
    return titles.length === 0
        ? []
        : [
              `## ${headings[section]}`,
              ...(explanation === undefined ? [] : [explanation]),
              titles.map(title => `- ${title}`).join("\n"),
          ];
}

function blindSpot({ name }: Policy): readonly string[] {
    const text = blindSpotOf(name);
    return text === undefined ? [] : ["## It does not see", text];
}

/** The page that leads to all the others. */
export function indexPage(policies: readonly Policy[]): string {
    const topics = [...new Set(policies.flatMap(policy => policy.tags))].sort();
    return [
        notice,
        "# Policies",
        "What each policy accepts, rejects and waits for is said on its page, in the words of the cases that test it.",
        "## By topic",
        ...topics.flatMap(topic => [`### ${topic}`, listOf(policies.filter(policy => policy.tags.includes(topic)))]),
        "## By severity",
        ...severities
            .map(severity => ({ severity, found: policies.filter(policy => policy.severity === severity) }))
            .filter(({ found }) => found.length > 0)
            .flatMap(({ severity, found }) => [`### ${severity}`, listOf(found)]),
        "",
    ].join("\n\n");
}

/** All policies as a table, with links that start from the root of the repository. */
export function policyTable(policies: readonly Policy[]): string {
    const judging = policies.filter(({ name }) => !ofPack.includes(name));
    const about = policies.filter(({ name }) => ofPack.includes(name));
    return rows(
        ["Policy", "What is true of a compliant stack", "Level", "Severity"],
        [...judging, ...about].map(({ name, description, enforcementLevel, severity }) => [
            `[\`${name}\`](docs/policies/${name}.md)`,
            description,
            enforcementLevel,
            severity,
        ]),
    );
}

function listOf(policies: readonly Policy[]): string {
    return policies
        .map(
            ({ name, description, enforcementLevel }) =>
                `- [${name}](${name}.md) (${enforcementLevel}): ${description}`,
        )
        .join("\n");
}

function topicLink(topic: string): string {
    return `[${topic}](README.md#${topic})`;
}

function settingsTable({ configSchema: { properties } }: Policy): string {
    return rows(
        ["Setting", "Type", "Default", "Meaning"],
        Object.entries(properties).map(([name, schema]) => [
            `\`${name}\``,
            schema.type === "array" ? "list" : schema.type === "boolean" ? "true or false" : String(schema.type),
            `\`${JSON.stringify(schema.default ?? packWide.get(name))}\`${schema.default === undefined ? ", or as `pack-settings` says" : ""}`,
            schema.description ?? "",
        ]),
    );
}

function rows(header: readonly string[], body: readonly (readonly string[])[]): string {
    return [header, header.map(() => "---"), ...body].map(cells => `| ${cells.join(" | ")} |`).join("\n");
}
