import assert from "node:assert/strict";
import { compareViolations, type Judgement, type Violation } from "../../cli/judgement";
import { isObject, parseJson } from "../../cli/untyped";
import { writeReports } from "../../cli/output";
import { reportJson } from "../../cli/report-json";
import { reportText } from "../../cli/report-text";

function violation(name: string, policy: string, level: Violation["level"], message: string): Violation {
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    return {
        policy,
        level,
        severity: policy === "routes" ? "high" : "unspecified",
        message,
        resource: { urn: `urn:pulumi:dev::app::${type}::${name}`, type, name },
    };
}

const judgement: Judgement = {
    pack: { name: "toy", version: "1.2.3" },
    policies: [
        {
            name: "routes",
            displayName: "Routes lead to the endpoint",
            description: "Traffic needs a route.",
            level: "mandatory",
            severity: "high",
            remediationSteps:
                "Add the route tables of the private subnets to routeTableIds of the endpoint.\n  - or make it an interface endpoint",
            url: "https://example.com/routes",
            tags: [],
        },
        {
            name: "tags",
            displayName: "",
            description: "An endpoint has a name.",
            level: "advisory",
            severity: "unspecified",
            remediationSteps: "",
            url: "",
            tags: [],
        },
    ],
    resources: 4,
    violations: [
        violation("b", "tags", "advisory", "An endpoint has a name."),
        violation(
            "a",
            "routes",
            "mandatory",
            "No route table leads to it, so that S3 is reached through the internet.",
        ),
    ],
    exempted: [
        {
            ...violation("a", "tags", "mandatory", "It has no name."),
            exception: { id: "EXC-1", reason: "legacy until the move" },
        },
    ],
};

describe("The text report", () => {
    it("says for each resource what, why and what to do, within the width", () => {
        assert.deepEqual(reportText(judgement, { width: 50, colours: false }).split("\n"), [
            "aws:ec2/vpcEndpoint:VpcEndpoint a",
            "  mandatory, high  routes",
            "    No route table leads to it, so that S3 is",
            "    reached through the internet.",
            "    Why: Traffic needs a route.",
            "    Do:  Add the route tables of the private",
            "         subnets to routeTableIds of the endpoint.",
            "           - or make it an interface endpoint",
            "    See: https://example.com/routes",
            "",
            "  exempted  tags",
            "    It has no name.",
            "    Accepted: EXC-1, legacy until the move",
            "",
            "aws:ec2/vpcEndpoint:VpcEndpoint b",
            "  advisory  tags",
            "    An endpoint has a name.",
            "",
            "1 mandatory, 1 advisory violations in 4 resources (2 policies); 1 exempted.",
            "",
        ]);
    });

    it("is of a hundred columns on a terminal that does not tell how many it has", async () => {
        const long = violation("a", "routes", "mandatory", "word ".repeat(40));
        const texts: string[] = [];
        const stdout = { isTTY: true, write: (text: string) => texts.push(text) };
        const map = () => assert.fail("no map is drawn");
        const orders = [{ format: "text", file: undefined }] as const;
        await writeReports({ ...judgement, violations: [long] }, orders, { stdout, colours: false, map });
        const widths = texts
            .join("")
            .split("\n")
            .map(line => line.length);
        assert.ok(Math.max(...widths) > 95 && Math.max(...widths) <= 100, String(Math.max(...widths)));
    });

    it("has colours only where they are wanted, and the same words", () => {
        const coloured = reportText(judgement, { width: 100, colours: true });
        assert.equal(coloured.replace(/\u001b\[\d+m/g, ""), reportText(judgement, { width: 100, colours: false }));
        assert.ok(coloured.includes("\u001b[31mmandatory, high\u001b[39m"));
        assert.ok(coloured.includes("\u001b[33madvisory\u001b[39m"));
    });

    it("says in one line that there is nothing to say", () => {
        const nothing = { ...judgement, violations: [], exempted: [], resources: 1 };
        assert.equal(
            reportText(nothing, { width: 100, colours: false }),
            "No violations in 1 resource (2 policies).\n",
        );
    });
});

describe("The JSON report", () => {
    it("has the violations as they are, and the sums", () => {
        const text = reportJson({ ...judgement, exempted: [] });
        assert.deepEqual(JSON.parse(text), {
            violations: judgement.violations,
            summary: { mandatory: 1, advisory: 1, resources: 4, policies: 2 },
        });
        assert.ok(text.startsWith('{\n    "violations": [\n        {\n            "policy": "tags",'));
        assert.ok(text.endsWith("}\n"));
    });

    it("has what is exempted by itself, with the exception", () => {
        const report = parseJson(reportJson(judgement));
        assert.ok(isObject(report));
        assert.deepEqual(report["exempted"], judgement.exempted);
    });
});

describe("Violations", () => {
    it("are in the order of resource, policy and message", () => {
        const names = [
            ["b", "a", "1"],
            ["a", "b", "1"],
            ["a", "a", "2"],
            ["a", "a", "1"],
        ] as const;
        const sorted = names
            .map(([name, policy, message]) => violation(name, policy, "advisory", message))
            .sort(compareViolations);
        assert.deepEqual(
            sorted.map(({ resource, policy, message }) => resource.name + policy + message),
            ["aa1", "aa2", "ab1", "ba1"],
        );
    });
});
