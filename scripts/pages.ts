import { isDeepStrictEqual } from "node:util";
import type { PolicyConfigSchema } from "@pulumi/policy";
import { addressOf } from "../engine/frameworks";
import type { Policy } from "../engine/policy";
import { accounts, organizations, prices, strict, tierTags } from "../engine/settings";
import type { Violation } from "../test/judge";
import { blindSpotOf, ofPack } from "./names";
import { type Cases, type Section, type Shown, type Tables, type Told } from "./tables";

type Schema = PolicyConfigSchema["properties"][string];

const notice = "<!-- Written by `npm run generate` from the policy and its table, whose programs are run for it. -->";
const severities = ["critical", "high", "medium", "low"] as const;

/** What settings are where nobody sets them, if `pack-settings` may set them for all policies: their schemas have no default. */
const packWide: ReadonlyMap<string, unknown> = new Map(
    Object.entries({ tags: tierTags, organizations, accounts, prices, strict }).map(([name, { fallback }]) => [
        name,
        fallback,
    ]),
);

/** The page of one policy. */
export function policyPage(policy: Policy, tables: Tables): string {
    const told = tables.get(policy.name);
    return [
        notice,
        `# ${policy.name}`,
        `**${policy.displayName}.** ${policy.description}`,
        ...(told === undefined ? [] : [told.why]),
        `Default level **${policy.enforcementLevel}**, severity **${policy.severity}**. Topics: ${policy.tags.map(topicLink).join(", ")}.`,
        ...(told === undefined ? ["## What to do", policy.remediationSteps] : programs(policy, told)),
        ...remediation(policy),
        ...settings(policy, tables),
        ...(told === undefined ? [] : verdicts(told.cases)),
        ...blindSpot(policy),
        ...framework(policy),
        "## Documentation",
        `<${policy.url}>`,
        "",
    ].join("\n\n");
}

function programs(policy: Policy, { rejected, accepted }: Told): readonly string[] {
    return [
        "## Violating code",
        ...program(rejected),
        rejected.late
            ? "At the first preview this is undecided, since it hangs on an id that AWS gives. The update says:"
            : "The preview says, before anything is created:",
        fenced("text", violations(policy, rejected.said)),
        "## Compliant code",
        policy.remediationSteps,
        ...program(accepted, rejected.config),
    ];
}

/** @param before the configuration that the page has shown already */
function program({ title, config, program }: Shown, before?: Shown["config"]): readonly string[] {
    const configured =
        config === undefined
            ? [`${capital(title)}:`]
            : isDeepStrictEqual(config, before)
              ? [`${capital(title)}, with the same configuration:`]
              : [`${capital(title)}, with this configuration:`, json(config)];
    return [...configured, fenced("ts", program)];
}

/** What the Pulumi CLI prints of violations of one policy. */
export function violations(policy: Pick<Policy, "name" | "severity">, said: readonly Violation[]): string {
    return said
        .map(({ level, urn, on, message }) => {
            const [, , type = ""] = urn.split("::");
            const short = type.replace(/\/\w+:/, ":");
            return `[${level}] [severity: ${policy.severity}]  ${policy.name}  (${short}: ${on})\n${message}`;
        })
        .join("\n");
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

function settings(policy: Policy, tables: Tables): readonly string[] {
    const list = Object.entries(policy.configSchema.properties).map(([name, schema]) =>
        name === "exempt"
            ? "- `exempt` (list): [Exemptions](../configuration.md#exemptions), each with its reason."
            : `- \`${name}\` (${kindOf(schema)}; ${usual(policy, name, schema)}): ${schema.description ?? ""}`,
    );
    return [
        "## Settings",
        list.join("\n"),
        "An example of a [configuration](../configuration.md):",
        json({ [policy.name]: example(policy, tables) }),
    ];
}

function kindOf({ type }: Schema): string {
    return type === "array" ? "list" : type === "boolean" ? "true or false" : String(type);
}

/** What a setting is where nobody sets it. */
function usual({ name: policy }: Policy, name: string, { type, properties, default: own }: Schema): string {
    const value = own ?? packWide.get(name);
    const keys = type === "object" ? Object.keys(properties ?? {}) : undefined;
    const ofPack =
        own === undefined && policy !== "pack-settings" ? ", or as [`pack-settings`](pack-settings.md) says" : "";
    return Array.isArray(value) && value.length > 9
        ? `${value.length} values, such as \`${String(value[0])}\``
        : `\`${JSON.stringify(value, keys)}\`${ofPack}`;
}

/** Another level than the usual one, and for each setting the value that a case gives, or the opposite of the usual one. */
function example({ name, enforcementLevel, configSchema }: Policy, tables: Tables): object {
    const told = tables.get(name);
    // Each of the pack's own settings is in the table of a policy that has it, too.
    const tabled = (told === undefined ? [...tables.values()] : [told]).flatMap(one => [one.values, one.packValues]);
    const values = Object.entries(configSchema.properties).map(([key, schema]) => {
        const given = tabled.map(one => one[key]).find(value => value !== undefined);
        const opposite = schema.type === "boolean" ? (schema.default ?? packWide.get(key)) === false : undefined;
        return [key, given ?? opposite] as const;
    });
    return {
        ...(told && { enforcementLevel: enforcementLevel === "mandatory" ? "advisory" : "mandatory" }),
        ...Object.fromEntries(values),
        ...(told && { exempt: [{ name: told.rejected.said[0]?.on, reason: "Is replaced in spring." }] }),
    };
}

function verdicts(cases: Cases): readonly string[] {
    const list = (section: Section): string => cases[section].map(title => `- ${title}`).join("\n");
    const waits = cases["waits for"].length > 0;
    return [
        "## It accepts",
        list("accepts"),
        "## It rejects",
        list("rejects"),
        "## It is undecided",
        `Where its answer hangs on a value that is not known yet, [\`undecided\`](undecided.md) says so at the preview, and the update decides.${waits ? " It waits for" : ""}`,
        ...(waits ? [list("waits for")] : []),
        ...(cases["does not judge"].length > 0
            ? ["## It does not judge", "What hangs on something outside the stack:", list("does not judge")]
            : []),
    ];
}

function blindSpot({ name }: Policy): readonly string[] {
    const text = blindSpotOf(name);
    return text === undefined ? [] : ["## It does not see", text];
}

function framework({ framework }: Policy): readonly string[] {
    return framework === undefined
        ? []
        : [
              "## Framework",
              `${framework.name}, version ${framework.version}: [${framework.reference}](${addressOf(framework)}), "${framework.specification}". The policy helps to meet it, and does not prove that it is met.`,
          ];
}

/** The page that leads to all the others. */
export function indexPage(policies: readonly Policy[]): string {
    const topics = [...new Set(policies.flatMap(policy => policy.tags))].sort();
    return [
        notice,
        "# Policies",
        "Each page shows code that violates the policy, what the policy says of it, and code that complies. Beneath are the other cases that it accepts, rejects and waits for, in the words of its tests. Code that complies with one policy may still violate another.",
        "## By topic",
        ...topics.flatMap(topic => [`### ${topic}`, listOf(policies.filter(policy => policy.tags.includes(topic)))]),
        "## By severity",
        ...severities
            .map(severity => ({ severity, found: policies.filter(policy => policy.severity === severity) }))
            .filter(({ found }) => found.length > 0)
            .flatMap(({ severity, found }) => [`### ${severity}`, listOf(found)]),
        "## By framework",
        "The policies help to meet these controls; alone, none of them proves that one is met.",
        ...byFramework(policies),
        "",
    ].join("\n\n");
}

function byFramework(policies: readonly Policy[]): readonly string[] {
    const frameworks = policies.flatMap(({ framework }) => framework ?? []);
    const titleOf = ({ name, version }: (typeof frameworks)[number]): string => `${name} ${version}`;
    return [...new Set(frameworks.map(titleOf))].sort().flatMap(title => {
        const controls = new Map(
            frameworks.filter(one => titleOf(one) === title).map(one => [one.reference, one] as const),
        );
        const lines = [...controls.values()]
            .sort((one, other) => one.reference.localeCompare(other.reference, "en", { numeric: true }))
            .map(control => {
                const links = policies
                    .filter(({ framework }) => framework?.reference === control.reference)
                    .map(({ name }) => `[${name}](${name}.md)`);
                return `- [${control.reference}](${addressOf(control)}), ${control.specification}: ${links.join(", ")}`;
            });
        return [`### ${title}`, lines.join("\n")];
    });
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

function capital(title: string): string {
    return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function json(value: object): string {
    return fenced("json", JSON.stringify(value));
}

function fenced(language: string, text: string): string {
    return `\`\`\`${language}\n${text}\n\`\`\``;
}

function rows(header: readonly string[], body: readonly (readonly string[])[]): string {
    return [header, header.map(() => "---"), ...body].map(cells => `| ${cells.join(" | ")} |`).join("\n");
}
