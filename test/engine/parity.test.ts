/** The pack under the real engine: its verdicts are the same at preview, at update, of an export, and without the Pulumi CLI. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { programNames } from "../../scripts/names";
import { analyze, type Result, Stack, type Violation } from "./stack";

const root = resolve(__dirname, "../..");
const examples = programNames();
const programs = [
    ...examples.map(name => join(root, "examples", name)),
    ...readdirSync(join(__dirname, "programs")).map(name => join(__dirname, "programs", name)),
];

type Found = Pick<Violation, "policy" | "level" | "urn" | "message">;

interface Report {
    readonly violations: readonly (Omit<Found, "urn"> & { readonly resource: { readonly urn: string } })[];
}

/** What `vpc-endpoint-policies` finds, in the engine's order of things. */
function withoutTheCli(...args: readonly string[]): Promise<readonly Found[]> {
    const command = [join(root, "dist/cli/main.js"), ...args, "--format", "json"];
    return new Promise((done, fail) => {
        execFile(process.execPath, command, { maxBuffer: 1e8 }, (error, stdout, stderr) => {
            if (stdout === "") {
                fail(new Error(stderr, { cause: error }));
                return;
            }
            const { violations } = JSON.parse(stdout) as Report;
            done(
                sorted(
                    violations.map(({ policy, level, message, resource }) => ({
                        policy,
                        level,
                        urn: resource.urn,
                        message,
                    })),
                ),
            );
        });
    });
}

function sorted(violations: readonly Found[]): readonly Found[] {
    const key = ({ urn, policy, message }: Found): string => [urn, policy, message].join(" ");
    return violations
        .map(({ policy, level, urn, message }) => ({ policy, level, urn, message }))
        .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const where = ({ policy, urn }: Found): string => `${policy} on ${urn}`;
const decided = (violations: readonly Found[]): readonly Found[] =>
    violations.filter(({ policy }) => policy !== "undecided");

/** A violation at the update is one at preview, or undecided there and named; a violation at preview is one at the update. */
function assertSameVerdict(preview: Result, update: Result): void {
    const [before, after] = [decided(preview.violations).map(where), decided(update.violations).map(where)];
    const waiting = preview.violations.filter(({ policy }) => policy === "undecided").map(({ message }) => message);
    assert.deepEqual(
        before.filter(one => !after.includes(one)),
        [],
        "said at preview alone",
    );
    for (const violation of decided(update.violations).filter(one => !before.includes(where(one)))) {
        assert.ok(
            waiting.some(message => message.includes(violation.policy)),
            `${where(violation)} is neither said nor undecided at preview`,
        );
    }
}

/** Keeps an export for the tests that need no engine, without what says where and when it was made. */
function keep(exported: string, as: string): void {
    const place = ["sourcePosition", "stackTrace", "created", "modified", "time"];
    const stack: unknown = JSON.parse(readFileSync(exported, "utf8"));
    writeFileSync(
        as,
        `${JSON.stringify(stack, (key, value: unknown) => (place.includes(key) ? undefined : value), 1)}\n`,
    );
}

const allAdvisory = { all: "advisory" };

for (const program of programs) {
    const name = program.split("/").at(-1) ?? "";
    describe(`the pack on ${name}`, () => {
        let stack: Stack;
        let first: Result;
        let created: Result;
        let exported = "";

        before(async () => {
            stack = await Stack.open(program, { config: { "aws:region": "us-east-1" } });
            first = await stack.preview({ pack: root });
        });
        after(async () => {
            assert.equal((await stack.destroy()).exitCode, 0);
            stack.close();
        });

        it("says the same without the Pulumi CLI as at the first preview", async () => {
            const alone = await withoutTheCli(
                "preview",
                program,
                "--stack",
                "test",
                "--config-value",
                "aws:region=us-east-1",
            );
            assert.deepEqual(alone, sorted(first.violations));
        });

        it("fails the first preview if, and only if, a mandatory policy is violated", () => {
            assert.equal(
                first.exitCode !== 0,
                first.violations.some(({ level }) => level === "mandatory"),
                first.output,
            );
        });

        it("says the same at the update, or was undecided", async () => {
            created = await stack.up({ pack: root, config: allAdvisory });
            assert.equal(created.exitCode, 0, created.output);
            assertSameVerdict(first, created);
        });

        it("says the same at a preview without changes", async () => {
            const again = await stack.preview({ pack: root, config: allAdvisory });
            assert.deepEqual(sorted(again.violations), sorted(created.violations));
        });

        it("says the same of the export, with and without the Pulumi CLI", async () => {
            exported = await stack.export();
            const byEngine = await analyze(exported, { pack: root });
            assert.deepEqual(
                decided(byEngine.violations).map(where).sort(),
                decided(created.violations).map(where).sort(),
            );
            assert.deepEqual(await withoutTheCli("analyze", exported), sorted(byEngine.violations));
            const kept = join(root, "test/stacks", `${name}.json`);
            if (process.env["UPDATE_STACKS"] !== undefined && existsSync(kept)) {
                keep(exported, kept);
            }
        });

        it("says the same when one resource is added", async () => {
            stack.append('new (require("@pulumi/aws").ec2.Vpc)("added", { cidrBlock: "172.16.0.0/16" });');
            const changed = await stack.up({ pack: root, config: allAdvisory });
            assert.equal(changed.changes["create"], 1, changed.output);
            assert.deepEqual(sorted(changed.violations), sorted(created.violations));
        });
    });
}

describe("the pack in a deployment", () => {
    let stack: Stack;

    before(async () => {
        stack = await Stack.open(join(root, "examples/private-app"));
    });
    after(() => {
        stack.close();
    });

    it("fails a preview for a mandatory violation, before anything is created", async () => {
        const { exitCode, violations } = await stack.preview({ pack: root });
        assert.notEqual(exitCode, 0);
        assert.ok(violations.some(({ level }) => level === "mandatory"));
    });

    it("takes levels and settings from --policy-pack-config", async () => {
        const config = {
            "endpoint-policy-required": { enforcementLevel: "advisory", exceptServices: ["s3"] },
            "gateway-endpoint-preferred": "mandatory",
            "gateway-endpoint-routed": "disabled",
        };
        const { violations } = await stack.preview({ pack: root, config });
        const levels = (policy: string): readonly string[] =>
            violations.filter(one => one.policy === policy).map(({ level }) => level);
        assert.deepEqual(
            levels("endpoint-policy-required").filter(level => level !== "advisory"),
            [],
        );
        assert.ok(!violations.some(one => one.policy === "endpoint-policy-required" && one.urn.endsWith("::s3")));
        assert.deepEqual([...new Set(levels("gateway-endpoint-preferred"))], ["mandatory"]);
        assert.deepEqual(levels("gateway-endpoint-routed"), []);
    });

    it("passes when everything is advisory", async () => {
        const { exitCode, violations } = await stack.preview({ pack: root, config: allAdvisory });
        assert.equal(exitCode, 0);
        assert.ok(violations.length > 0);
    });

    it("refuses a setting that does not exist, before anything is created", async () => {
        const config = { ...allAdvisory, "gateway-endpoint-routed": { enforcementLevel: "advisory", exmept: [] } };
        const { exitCode, violations, changes } = await stack.up({ pack: root, config });
        assert.notEqual(exitCode, 0);
        assert.deepEqual(
            violations.filter(({ level }) => level === "mandatory").map(({ message }) => message),
            [
                "The configuration of gateway-endpoint-routed has a setting exmept, which does not exist: it takes exempt.",
            ],
        );
        assert.equal(changes["create"] ?? 0, 0);
    });

    it("says nothing of new resources that are no target of the preview", async () => {
        const { violations } = await stack.preview({
            pack: root,
            targets: ["urn:pulumi:test::private-app::aws:ec2/vpc:Vpc::main"],
        });
        assert.deepEqual(decided(violations), []);
    });
});
