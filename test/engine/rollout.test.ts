/** What docs/rollout.md shows is so. */
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, objectsOf, parseJson, stringOf } from "../../cli/untyped";
import { policies } from "../../library";
import { ofPack, root } from "../../scripts/names";
import { command, packFromSources, written } from "../cli/command";

const guide = readFileSync(join(root, "docs", "rollout.md"), "utf8");

/** The configurations of the guide, by the heading that they stand under. */
const configurations = new Map(
    [...guide.matchAll(/^##+ ([^\n]+)$(?:(?!^##)[^])*?^```json\n([^]*?)^```$/gm)].map(
        ([, heading = "", text = ""]) => [heading, text] as const,
    ),
);

describe("The guide to rolling the pack out", () => {
    const packDirectory = packFromSources("rollout-pack");
    const stages: readonly (readonly [heading: string, code: number, mandatory: readonly string[] | undefined])[] = [
        ["Audit", 1, undefined],
        ["Advisory", 0, []],
        [
            "Mandatory, for a part",
            1,
            ["gateway-endpoint-routed", "interface-endpoint-security-group-required", "vpc-dns-enabled-for-endpoints"],
        ],
        ["Exempt, or except?", 1, undefined],
    ];

    it("has a configuration for each stage, and no other", () => {
        assert.deepEqual(
            [...configurations.keys()],
            stages.map(([heading]) => heading),
        );
    });

    for (const [heading, code, mandatory] of stages) {
        it(`has a configuration under "${heading}" by which a stack with mistakes ends with exit code ${code}`, async () => {
            const directory = written("rollout", { "policies.json": configurations.get(heading) ?? "" });
            const stack = join(root, "test", "stacks", "private-app.json");
            const args = ["analyze", stack, "--config", join(directory, "policies.json"), "--format", "json"];
            const outcome = await command(args, { packDirectory });
            assert.equal(outcome.code, code, outcome.stderr);
            assert.doesNotMatch(outcome.stderr, /warning/);
            const report = parseJson(outcome.stdout);
            const violations = objectsOf(isObject(report) ? report["violations"] : undefined);
            const refusing = violations
                .filter(({ level }) => level === "mandatory")
                .map(({ policy }) => stringOf(policy));
            assert.deepEqual([...new Set(refusing)].sort(), mandatory ?? [...new Set(refusing)].sort());
            assert.ok(!refusing.includes("pack-settings"));
        });
    }

    it("names the policies that one resource is enough for", () => {
        const [, list = ""] = /<!-- alone -->([^]*?)<!-- end of alone -->/.exec(guide) ?? [];
        const alone = policies.filter(
            ({ name, validateResource }) => !ofPack.includes(name) && !("__pulumiType" in validateResource),
        );
        assert.deepEqual(
            [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
            alone.map(({ name }) => name),
        );
    });
});
