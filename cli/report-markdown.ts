import {
    acceptance,
    byResource,
    gravity,
    policiesOf,
    policyNamed,
    summary,
    type ExemptedViolation,
    type Judgement,
    type Policy,
    type Violation,
} from "./judgement";

/** How many characters the parts may have, so that all of them fit into a comment: GitHub takes 65,536. */
const longest = { table: 40_000, help: 10_000, exempted: 10_000 };

/** The first line, by which a later run finds its comment again. */
const marker = "<!-- vpc-endpoint-policies -->";

/**
 * The judgement as Markdown, for a comment on a pull request: what is wrong with each resource; folded away, what to do
 * about it and what is exempted.
 */
export function reportMarkdown(judgement: Judgement): string {
    const policyOf = policyNamed(judgement);
    const rows = byResource({ ...judgement, exempted: [] }).map(([resource, violations]) => {
        const lines = violations.map(violation => `${lead(violation, policyOf)} ${prose(violation.message)}`);
        return `| ${titleOf(resource)} | ${lines.join("<br>")} |`;
    });
    const violated = new Set(judgement.violations.map(({ policy }) => policy));
    const blocks = [
        `${marker}\n### ${prose(judgement.pack.name)}`,
        prose(summary(judgement)),
        ...(rows.length === 0 ? [] : [table(["Resource", "What is wrong"], rows, longest.table)]),
        ...folded(
            "What to do",
            policiesOf(judgement)
                .filter(({ name }) => violated.has(name))
                .map(help),
            longest.help,
        ),
        ...folded(
            "What is exempted",
            judgement.exempted.map(violation => exemption(violation, policyOf)),
            longest.exempted,
        ),
    ];
    return `${blocks.join("\n\n")}\n`;
}

function titleOf({ type, name, source }: Violation["resource"]): string {
    const place = source === undefined ? "" : `<br>${code(`${source.file}:${source.line}`)}`;
    return `${code(type)}<br>**${prose(name)}**${place}`;
}

/** What stands before a message: how grave it is, and who says it. */
function lead(violation: Violation, policyOf: (name: string) => Policy): string {
    const words = prose(gravity(violation));
    const name = link(violation.policy, policyOf(violation.policy).url);
    return `${violation.level === "mandatory" ? `**${words}**` : words} ${name}:`;
}

function help({ name, description, remediationSteps, url }: Policy): string {
    return `- ${[link(name, url), prose(description), prose(remediationSteps)].filter(text => text !== "").join(" ")}`;
}

function exemption(violation: ExemptedViolation, policyOf: (name: string) => Policy): string {
    const { type, name } = violation.resource;
    return (
        `- ${code(type)} **${prose(name)}**: ${lead({ ...violation, level: "advisory" }, policyOf)} ` +
        `${prose(violation.message)} Accepted: ${prose(acceptance(violation.exception))}`
    );
}

function table(header: readonly string[], rows: readonly string[], room: number): string {
    const kept = fitting(rows, room);
    const more = rows.length - kept.length;
    return [
        `| ${header.join(" | ")} |`,
        `| ${header.map(() => "---").join(" | ")} |`,
        ...kept,
        ...(more > 0 ? [`| … | and ${more} more resources: see the other reports |`] : []),
    ].join("\n");
}

function folded(title: string, items: readonly string[], room: number): readonly string[] {
    if (items.length === 0) return [];
    const kept = fitting(items, room);
    const more = items.length - kept.length;
    return [
        `<details>\n<summary>${title}</summary>`,
        [...kept, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n"),
        "</details>",
    ];
}

/** As many texts from the start as have room. */
function fitting(texts: readonly string[], room: number): readonly string[] {
    let length = 0;
    const tooMuch = texts.findIndex(text => (length += text.length + 1) > room);
    return tooMuch < 0 ? texts : texts.slice(0, tooMuch);
}

function link(policy: string, url: string): string {
    // Between angle brackets only these could end the address, or the cell of a table.
    const address = url.replaceAll(/[<>|\\\s]/g, encodeURIComponent);
    return url === "" ? code(policy) : `[${code(policy)}](<${address}>)`;
}

/** A text that shows as it is: nothing in it is Markdown, HTML, a link, a mention or a reference. */
function prose(text: string): string {
    return text
        .trim()
        .split(/\r\n?|\n/)
        .map(line =>
            line
                .replaceAll(/[\\`*_[\]~!$:^{}]/g, "\\$&")
                .replaceAll("&", "&amp;")
                .replaceAll("<", "&lt;")
                .replaceAll(">", "&gt;")
                .replaceAll("|", "&vert;")
                .replaceAll(/www\./gi, match => `${match.slice(0, -1)}\\.`)
                .replaceAll(/[@#]/g, "\\$&<!-- -->"),
        )
        .join("<br>");
}

/** A text as code. Between backticks a table would take some of its characters for its own. */
function code(text: string): string {
    return `<code>${prose(text)}</code>`;
}
