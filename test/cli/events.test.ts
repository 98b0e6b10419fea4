/** Logs of events as Pulumi's engine 3.274.1 wrote them, of which events about other things were left out. */
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readEvents } from "../../cli/events";
import { Failure } from "../../cli/failure";
import { unknownPolicy, type Judgement } from "../../cli/judgement";
import type { PackInfo } from "../../cli/pack";
import { isObject, parseJson } from "../../cli/untyped";
import { command, written } from "./command";

const logs = join(__dirname, "events");
const log = (name: string) => readFileSync(join(logs, `${name}.jsonl`), "utf8");

const toy: PackInfo = { name: "toy", version: "1.2.3", policies: [], initialConfig: new Map() };
const ours: PackInfo = { ...toy, name: "aws-vpc-endpoints" };

function read(text: string, info: PackInfo = toy) {
    return readEvents({ name: "events.jsonl", text }, info);
}

function said({ violations, exempted }: Judgement): readonly string[] {
    return [
        ...violations.map(({ policy, level, resource }) => `${level} ${policy} ${resource.name}`),
        ...exempted.map(({ policy, resource, exception: { id } }) => `${id} ${policy} ${resource.name}`),
    ];
}

/** A log without the events that hold a text. */
function without(text: string, of: string): string {
    return of
        .split("\n")
        .filter(line => !line.includes(text))
        .join("\n");
}

function refusal(text: string): string {
    try {
        read(text);
    } catch (thrown) {
        assert(thrown instanceof Failure);
        return thrown.message;
    }
    return "nothing was refused";
}

describe("The log of a preview", () => {
    it("has the violations of every pack, exempted ones by themselves", () => {
        const { judgement, project, isWhole } = read(log("preview"));
        assert.deepEqual(said(judgement), [
            "advisory vpc-has-endpoint spare",
            "mandatory aws-vpc-endpoints/gateway-endpoint-routed s3",
            "mandatory endpoint-has-policy s3",
            "dynamo* aws-vpc-endpoints/gateway-endpoint-routed dynamodb",
            "EXC-1 endpoint-has-policy dynamodb",
        ]);
        assert.deepEqual(
            [judgement.pack, judgement.resources, project, isWhole],
            [{ name: "toy", version: "1.2.3" }, 4, "app", true],
        );
    });

    it("has the policies that were asked, those that found nothing included", () => {
        assert.deepEqual(
            read(log("preview")).judgement.policies.map(({ name, level }) => [name, level]),
            [
                ["aws-vpc-endpoints/gateway-endpoint-routed", "mandatory"],
                ["aws-vpc-endpoints/pack-settings", "mandatory"],
                ["count-at-most", "mandatory"],
                ["endpoint-has-policy", "mandatory"],
                ["vpc-has-endpoint", "advisory"],
            ],
        );
    });

    it("has what exempt keeps silent, where the run was asked to tell it", () => {
        const routed = read(log("preview"), ours).judgement.exempted.filter(
            ({ policy }) => policy === "gateway-endpoint-routed",
        );
        assert.deepEqual(
            routed.map(({ message, exception }) => [message, exception]),
            [
                [
                    "Gateway endpoint dynamodb for dynamodb is in no route table, so no traffic takes it.",
                    { id: "dynamo*", reason: "To be routed.", expires: "2099-12-31" },
                ],
            ],
        );
    });

    it("excuses nothing mandatory by what a message says", () => {
        const forged = log("preview").replace(
            "\\nThis endpoint has no policy.",
            '\\nIt has none.\\nExempted by {\\"reason\\":\\"none\\"}',
        );
        assert.equal(read(forged).judgement.violations.length, 3);
    });

    it("has the violations of other packs, where this one was not in the run", () => {
        const { judgement } = read(log("preview"), { ...toy, name: "absent" });
        assert.equal(judgement.pack.name, "aws-vpc-endpoints");
        assert.deepEqual(judgement.policies.map(({ name }) => name).slice(-2), [
            "toy/endpoint-has-policy",
            "toy/vpc-has-endpoint",
        ]);
    });

    it("has severities, where the run does not tell them those of the policies", () => {
        const severitiesOf = (text: string, info = toy) =>
            read(text, info).judgement.violations.map(({ policy, severity }) => `${policy} ${severity}`);
        const graver = log("preview").replaceAll('"severity":"low"', '"severity":"critical"');
        assert.ok(severitiesOf(graver).includes("vpc-has-endpoint critical"));
        const untold = log("preview").replaceAll('"severity":"low"', '"severity":""');
        assert.ok(severitiesOf(untold).includes("vpc-has-endpoint unspecified"));
        const policy = {
            ...unknownPolicy("vpc-has-endpoint", "advisory"),
            configSchema: { properties: {}, required: [] },
        };
        const known = { ...toy, policies: [{ ...policy, severity: "medium" as const }] };
        assert.ok(severitiesOf(untold, known).includes("vpc-has-endpoint medium"));
    });

    it("has what is said of no resource on the stack", () => {
        const { violations } = read(
            log("preview").replaceAll(/"resourceUrn":"[^"]*::spare"/g, '"resourceUrn":""'),
        ).judgement;
        const { resource } = violations.find(({ policy }) => policy === "vpc-has-endpoint") ?? {};
        assert.deepEqual(resource, { urn: "", type: "pulumi:pulumi:Stack", name: "" });
    });

    it("has messages without the marks of colours", () => {
        const coloured = log("preview").replaceAll(
            "This endpoint has no policy.",
            "<{%fg 13%}>This endpoint has no policy.<{%reset%}>\\u001b[0m",
        );
        assert.deepEqual(read(coloured).judgement.violations, read(log("preview")).judgement.violations);
    });
});

describe("The log of an analysis", () => {
    it("has the violations, and neither resources nor policies that found nothing", () => {
        const { judgement, isWhole } = read(log("analyze"));
        assert.deepEqual(said(judgement), [
            "advisory vpc-has-endpoint spare",
            "mandatory endpoint-has-policy s3",
            "EXC-1 endpoint-has-policy dynamodb",
        ]);
        assert.equal(judgement.resources, undefined);
        assert.equal(isWhole, true);
    });

    it("without a violation is whole only if the analysis succeeded", () => {
        const failed = '"result":"failed"';
        const clean = without("policyEvent", log("analyze"));
        assert.deepEqual(said(read(clean.replace(failed, '"result":"succeeded"')).judgement), []);
        assert.match(refusal(clean), /^events\.jsonl is of a run that failed before it had judged\.$/);
    });
});

describe("A log is refused", () => {
    it("of a run that failed before all policies were asked, unless it found a mandatory violation", () => {
        assert.deepEqual(
            [read(log("failed")).isWhole, said(read(log("failed")).judgement)],
            [false, ["mandatory endpoint-has-policy dynamodb", "mandatory endpoint-has-policy s3"]],
        );
        assert.equal(
            refusal(without("policyEvent", log("failed"))),
            "events.jsonl is of a run that failed before it had judged: Running program '/app/' failed with an unhandled exception.",
        );
    });

    it("of a run in which one of several packs was not asked", () => {
        const one = without('"policyAnalyzeStackSummaryEvent":{"policyPackName":"aws-vpc-endpoints"', log("preview"));
        assert.equal(read(one).isWhole, false);
    });

    it("of a run without a policy pack", () => {
        assert.equal(
            refusal(log("without-pack")),
            "events.jsonl is of a run without a policy pack; give Pulumi one with --policy-pack DIRECTORY.",
        );
    });

    it("that ends before its run does, or is none", () => {
        assert.equal(
            refusal(without("summaryEvent", log("preview"))),
            "events.jsonl ends before the run does: it has no summaryEvent.",
        );
        assert.equal(refusal(" \n"), "events.jsonl is empty: nothing was judged.");
        for (const text of ['{"sequence":1}\n{', "{}", "[]", "Previewing update (dev):"]) {
            assert.match(refusal(text), /^events\.jsonl is not a log of events, line \d; give what pulumi /, text);
        }
    });
});

describe("report", () => {
    it("reports a log as the other commands report, with what the pack says of its policies", async () => {
        const { code, stdout, stderr } = await command(["report", join(logs, "preview.jsonl")]);
        assert.match(
            stdout,
            /\n {2}mandatory, high {2}endpoint-has-policy\n {4}This endpoint has no policy\.\n {4}Why: An endpoint without/,
        );
        assert.match(stdout, /\n2 mandatory, 1 advisory violations in 4 resources \(5 policies\); 2 exempted\.\n$/);
        assert.deepEqual([code, stderr], [1, ""]);
    });

    it("says that a run ended early, and exits with 2 where nothing was judged", async () => {
        const failed = await command(["report", join(logs, "failed.jsonl"), "--format", "json"]);
        assert.match(failed.stderr, /^warning: .*failed\.jsonl is of a run that ended before it had judged all\.\n$/);
        assert.equal(failed.code, 1);
        const nothing = await command(["report", join(logs, "without-pack.jsonl")]);
        assert.match(nothing.stderr, /^error: .*without-pack\.jsonl is of a run without a policy pack; .*\n$/);
        assert.deepEqual([nothing.code, nothing.stdout], [2, ""]);
    });

    it("names the program at hand, if it is the one that was run", async () => {
        const directory = written("reported", { "Pulumi.yaml": "name: app\nruntime: python\n", "__main__.py": "" });
        cpSync(join(logs, "preview.jsonl"), join(directory, "events.jsonl"));
        const other = written("reported-other", { "Pulumi.yaml": "name: other\nruntime: python\n" });
        const uris = async (at: string) => {
            const { stdout } = await command(["report", join(directory, "events.jsonl"), "-f", "sarif"], {
                directory: at,
            });
            const report = parseJson(stdout);
            assert(isObject(report));
            return [...stdout.matchAll(/"uri": "([^"]*)"/g)].map(([, uri]) => uri);
        };
        assert.deepEqual(new Set(await uris(directory)), new Set(["__main__.py"]));
        assert.deepEqual(await uris(other), []);
    });
});
