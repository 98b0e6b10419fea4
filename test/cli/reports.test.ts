import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import {
    unknownPolicy,
    type ExemptedViolation,
    type Judgement,
    type Severity,
    type Violation,
} from "../../cli/judgement";
import { reportJunit } from "../../cli/report-junit";
import { reportMarkdown } from "../../cli/report-markdown";
import { reportSarif } from "../../cli/report-sarif";
import { isObject, objectOf, objectsOf, parseJson, type Json } from "../../cli/untyped";

const type = "aws:ec2/vpcEndpoint:VpcEndpoint";

function violation(name: string, policy: string, level: Violation["level"], message: string): Violation {
    const urn = `urn:pulumi:dev::app::${type}::${name}`;
    return {
        policy,
        level,
        severity: policy === "routes" ? "high" : "unspecified",
        message,
        resource: { urn, type, name },
    };
}

const failing = violation("a", "routes", "mandatory", "No route leads to it.");
const source = { file: "infra/my network.ts", line: 12, column: 5 };
const judgement = {
    pack: { name: "toy", version: "1.2.3" },
    policies: [
        {
            name: "routes",
            displayName: "Routes lead to the endpoint",
            description: "Traffic has a route.",
            level: "mandatory",
            severity: "high",
            remediationSteps: "Add the route tables.",
            url: "https://example.com/routes",
            tags: ["routing"],
        },
        {
            name: "tags",
            displayName: "",
            description: "An endpoint has a name.",
            level: "advisory",
            severity: "unspecified",
            remediationSteps: "",
            url: "",
            tags: ["cost"],
        },
    ],
    resources: 4,
    violations: [
        { ...failing, resource: { ...failing.resource, source } },
        violation("b", "tags", "advisory", "It has no name."),
    ],
    exempted: [
        {
            ...violation("c", "routes", "mandatory", "No route leads to it."),
            exception: { id: "c*", reason: "legacy", expires: "2027-03-31" },
        },
    ],
    program: "infra/index.ts",
} as const satisfies Judgement;

/** A judgement in which a text stands wherever a program or a configuration may put one. */
function saying(text: string): Judgement {
    const found = violation(text, "routes", "mandatory", text);
    const exempted: ExemptedViolation = { ...found, exception: { id: text, reason: text } };
    return { ...judgement, violations: [found, { ...found, policy: text, level: "advisory" }], exempted: [exempted] };
}

/** Texts as bad as they come: of all of Unicode, and of what the formats have a meaning for. */
const texts = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc
        .array(
            fc.constantFrom(
                "`",
                "``",
                "*",
                "_",
                "[x](http://x.example)",
                "![x](y)",
                "<b>",
                "</details>",
                "<!--",
                "-->",
                "|",
                "\\",
                "\n",
                "\n\n",
                "# ",
                "- ",
                "@someone",
                "#1",
                "https://x.example",
                "www.x.example",
                "&amp;",
                "]]>",
                '"',
                "'",
                "\u0000",
                "$x$",
                "~~",
                "word",
            ),
            { minLength: 1 },
        )
        .map(parts => parts.join("")),
);

describe("The SARIF report", () => {
    // The schema is of draft 4, and has nothing that later drafts read otherwise; one of its patterns is older than `u`.
    const schema = parseJson(readFileSync(join(__dirname, "sarif", "sarif-2.1.0-rtm.5.json"), "utf8"));
    assert(isObject(schema));
    const ajv = addFormats(new Ajv({ strict: false, validateSchema: false, unicodeRegExp: false }));
    const isSarif = ajv.compile(
        Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "id")),
    );

    function runOf(of: Judgement): { readonly [key: string]: Json } {
        const log = parseJson(reportSarif(of));
        assert(isSarif(log), JSON.stringify(isSarif.errors));
        assert(isObject(log));
        const [run] = objectsOf(log["runs"]);
        assert(run !== undefined);
        return run;
    }

    it("has a rule for each policy", () => {
        const tool = runOf(judgement)["tool"];
        assert(isObject(tool) && isObject(tool["driver"]));
        assert.deepEqual(tool["driver"], {
            name: "toy",
            version: "1.2.3",
            rules: [
                {
                    id: "routes",
                    name: "Routes",
                    shortDescription: { text: "Routes lead to the endpoint" },
                    fullDescription: { text: "Traffic has a route." },
                    help: { text: "Add the route tables.\n\nSee https://example.com/routes." },
                    helpUri: "https://example.com/routes",
                    defaultConfiguration: { level: "error" },
                    properties: { tags: ["routing"], "security-severity": "8.0" },
                },
                {
                    id: "tags",
                    name: "Tags",
                    shortDescription: { text: "An endpoint has a name." },
                    fullDescription: { text: "An endpoint has a name." },
                    defaultConfiguration: { level: "warning" },
                    properties: { tags: ["cost"] },
                },
            ],
        });
    });

    it("has for matters of security the number that GitHub makes a severity of", () => {
        const [policy] = judgement.policies;
        const numberOf = (severity: Severity, tags: readonly string[] = ["routing"]) => {
            const { tool } = runOf({ ...judgement, policies: [{ ...policy, severity, tags }] });
            const [rule] = objectsOf(objectOf(objectOf(tool)["driver"])["rules"]);
            return objectOf(rule?.["properties"])["security-severity"];
        };
        const severities = ["critical", "high", "medium", "low", "unspecified"] as const;
        assert.deepEqual(
            severities.map(severity => numberOf(severity)),
            ["9.5", "8.0", "5.5", "2.0", undefined],
        );
        assert.equal(numberOf("critical", ["cost"]), undefined);
    });

    it("has a result for each violation, where the program makes the resource, or else at its start", () => {
        const [a, b] = objectsOf(runOf(judgement)["results"]);
        assert.deepEqual(
            { ...a, partialFingerprints: undefined },
            {
                ruleId: "routes",
                ruleIndex: 0,
                level: "error",
                message: { text: "No route leads to it." },
                locations: [
                    {
                        physicalLocation: {
                            artifactLocation: { uri: "infra/my%20network.ts", uriBaseId: "%SRCROOT%" },
                            region: { startLine: 12, startColumn: 5 },
                        },
                        logicalLocations: [{ name: "a", fullyQualifiedName: failing.resource.urn, kind: "resource" }],
                    },
                ],
                partialFingerprints: undefined,
                suppressions: [],
            },
        );
        assert.equal(b?.["level"], "warning");
        assert.match(JSON.stringify(b["locations"]), /"infra\/index\.ts".*"region":\{"startLine":1\}/);
    });

    it("names no file where none is known", () => {
        const { program, ...elsewhere } = judgement;
        const [, b] = objectsOf(runOf(elsewhere)["results"]);
        assert.equal(program, "infra/index.ts");
        assert.doesNotMatch(JSON.stringify(b?.["locations"]), /physicalLocation/);
    });

    it("has what is exempted, as suppressed", () => {
        const [, , c] = objectsOf(runOf(judgement)["results"]);
        assert.deepEqual(c?.["suppressions"], [
            { kind: "external", status: "accepted", justification: "c*, legacy (until 2027-03-31)" },
        ]);
    });

    it("tells results apart, and knows them again when their message or place changes", () => {
        const prints = (of: Judgement) =>
            objectsOf(runOf(of)["results"]).map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
        const twice = { ...judgement, violations: [failing, { ...failing, message: "Nor does another." }] };
        assert.equal(new Set(prints(twice)).size, 3);
        const moved = { ...failing, message: "Other words.", resource: { ...failing.resource, source } };
        assert.deepEqual(prints({ ...judgement, violations: [moved] })[0], prints(judgement)[0]);
    });

    it("is valid whatever is said, and of nothing", () => {
        assert.deepEqual(runOf({ ...judgement, violations: [], exempted: [] })["results"], []);
        fc.assert(
            fc.property(texts, text => {
                const messages = objectsOf(runOf(saying(text))["results"]).map(({ message }) =>
                    isObject(message) ? message["text"] : undefined,
                );
                assert.deepEqual(messages, [text, text, text]);
            }),
            { numRuns: 50 },
        );
    });
});

interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    text: string;
}

/** The elements of a document of XML, in order; throws where it is not well-formed. */
function elementsOf(document: string): readonly Element[] {
    const elements: Element[] = [];
    const open: Element[] = [];
    const parser = new SaxesParser();
    parser.on("error", error => {
        throw error;
    });
    parser.on("opentag", ({ name, attributes }) => {
        const element = { name, attributes, text: "" };
        elements.push(element);
        open.push(element);
    });
    parser.on("text", text => {
        const innermost = open.at(-1);
        if (innermost !== undefined) innermost.text += text;
    });
    parser.on("closetag", () => void open.pop());
    parser.write(document).close();
    return elements;
}

describe("The JUnit report", () => {
    it("has a suite for each policy and a test for each resource that it blames", () => {
        assert.deepEqual(reportJunit(judgement).split("\n"), [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<testsuites name="toy" tests="3" failures="1" errors="0" skipped="1">',
            '    <testsuite name="routes" tests="2" failures="1" errors="0" skipped="1">',
            `        <testcase classname="routes" name="${type} a" file="infra/my network.ts" line="12">`,
            '            <failure message="No route leads to it." type="high">No route leads to it.',
            "Add the route tables.",
            "https://example.com/routes</failure>",
            "        </testcase>",
            `        <testcase classname="routes" name="${type} c">`,
            '            <skipped message="c*, legacy (until 2027-03-31)"/>',
            "            <system-out>Exempted: No route leads to it.",
            "Accepted: c*, legacy (until 2027-03-31)</system-out>",
            "        </testcase>",
            "    </testsuite>",
            '    <testsuite name="tags" tests="1" failures="0" errors="0" skipped="0">',
            `        <testcase classname="tags" name="${type} b">`,
            "            <system-out>Advisory: It has no name.</system-out>",
            "        </testcase>",
            "    </testsuite>",
            "</testsuites>",
            "",
        ]);
    });

    it("has a test that passes for a policy that blames nothing", () => {
        const [, , test, next] = elementsOf(reportJunit({ ...judgement, violations: [], exempted: [] }));
        assert.equal(test?.attributes["name"], "Traffic has a route.");
        assert.deepEqual([test.name, next?.name], ["testcase", "testsuite"]);
    });

    it("calls by its name what says no more, and a resource by what its pack calls it", () => {
        const untold = { ...judgement, policies: [unknownPolicy("own", "mandatory")] };
        const passed = elementsOf(reportJunit({ ...untold, violations: [], exempted: [] }))[2];
        assert.equal(passed?.attributes["name"], "own");
        const found = { ...failing, policy: "own", resource: { ...failing.resource, urn: "the whole stack" } };
        const failed = elementsOf(reportJunit({ ...untold, violations: [found], exempted: [] }))[2];
        assert.equal(failed?.attributes["name"], "the whole stack");
    });

    it("has one test of one resource, which fails though another violation of it is exempted", () => {
        const exempted = { ...failing, exception: { id: "EXC-1", reason: "legacy" } };
        const [test, failure, output] = elementsOf(
            reportJunit({ ...judgement, violations: [failing], exempted: [exempted] }),
        ).slice(2);
        assert.deepEqual([test?.name, failure?.name, output?.name], ["testcase", "failure", "system-out"]);
        assert.equal(output?.text, "Exempted: No route leads to it.\nAccepted: EXC-1, legacy");
    });

    it("is well-formed whatever is said, and says it", () => {
        fc.assert(
            fc.property(texts, text => {
                const elements = elementsOf(reportJunit(saying(text)));
                const sayable = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
                const told = elements.find(({ name }) => name === "failure")?.text ?? "";
                assert(told.startsWith(sayable.replaceAll(/\r\n?/g, "\n")), told);
                assert.equal(elements.filter(({ name }) => name === "testcase").length, 3);
            }),
        );
    });
});

describe("The Markdown report", () => {
    let render: (markdown: string) => string;
    before(async () => {
        const { marked } = await import("marked");
        render = markdown => marked.parse(markdown, { async: false, gfm: true });
    });

    it("has a row for each resource, and folded away what to do and what is exempted", () => {
        const shown = type.replaceAll(":", "\\:");
        assert.deepEqual(reportMarkdown(judgement).split("\n"), [
            "<!-- vpc-endpoint-policies -->",
            "### toy",
            "",
            "1 mandatory, 1 advisory violations in 4 resources (2 policies); 1 exempted.",
            "",
            "| Resource | What is wrong |",
            "| --- | --- |",
            `| <code>${shown}</code><br>**a**<br><code>infra/my network.ts\\:12</code> | **mandatory, high** [<code>routes</code>](<https://example.com/routes>): No route leads to it. |`,
            `| <code>${shown}</code><br>**b** | advisory <code>tags</code>: It has no name. |`,
            "",
            "<details>",
            "<summary>What to do</summary>",
            "",
            "- [<code>routes</code>](<https://example.com/routes>) Traffic has a route. Add the route tables.",
            "- <code>tags</code> An endpoint has a name.",
            "",
            "</details>",
            "",
            "<details>",
            "<summary>What is exempted</summary>",
            "",
            `- <code>${shown}</code> **c**: exempted, high [<code>routes</code>](<https://example.com/routes>): No route leads to it. Accepted: c\\*, legacy (until 2027-03-31)`,
            "",
            "</details>",
            "",
        ]);
    });

    it("is short where there is nothing to say", () => {
        assert.equal(
            reportMarkdown({ ...judgement, violations: [], exempted: [] }),
            "<!-- vpc-endpoint-policies -->\n### toy\n\nNo violations in 4 resources (2 policies).\n",
        );
    });

    it("fits into a comment, and says what it leaves out", () => {
        const many = Array.from({ length: 2000 }, (_, index) =>
            violation(`endpoint-${index}`, "routes", "mandatory", "No route leads to it. ".repeat(5)),
        );
        const exempted = many.map(one => ({ ...one, exception: { id: "EXC-1", reason: "legacy" } }));
        const report = reportMarkdown({ ...judgement, violations: many, exempted });
        assert(report.length < 65_536, `${report.length} characters`);
        assert.match(report, /^\| … \| and \d{4} more resources: see the other reports \|$/m);
        assert.match(report, /^- … and \d{4} more$/m);
        assert.match(report, /2000 mandatory, .*; 2000 exempted\./);
    });

    it("shows what is said as it is: no markup, link, mention or reference", () => {
        fc.assert(
            fc.property(texts, text => {
                const html = render(reportMarkdown(saying(text)));
                const tags = [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
                const expected = [
                    "a",
                    "br",
                    "code",
                    "details",
                    "h3",
                    "li",
                    "p",
                    "strong",
                    "summary",
                    "table",
                    "tbody",
                    "td",
                    "th",
                    "thead",
                    "tr",
                    "ul",
                ];
                assert.deepEqual(
                    tags.filter(tag => !expected.includes(tag ?? "")),
                    [],
                    html,
                );
                assert.equal(tags.filter(tag => tag === "td").length, 2, html);
                assert.equal(tags.filter(tag => tag === "details").length, 2, html);
                const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
                assert.deepEqual(new Set(links), new Set(["https://example.com/routes"]), html);
                const outsideCode = html.replaceAll(/<code>[^]*?<\/code>/g, "");
                assert.doesNotMatch(textOf(outsideCode), /[@#]\w/, html);
            }),
            { numRuns: 300 },
        );
    });

    it("says every word that is said", () => {
        const said = "VPC a_b*c has <2> zones & `x`|y at @team #1";
        const shown = textOf(render(reportMarkdown(saying(said)))).replaceAll("<!-- -->", "");
        assert.equal(shown.split(said).length - 1, 9, shown);
    });
});

/** What a reader sees of HTML, its tags aside. */
function textOf(html: string): string {
    return html
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&vert;", "|")
        .replaceAll("&amp;", "&");
}
