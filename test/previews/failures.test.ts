import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { command, programs, workspace, written } from "../cli/command";

/** Runs a preview that must fail, with one line, and returns that line. */
async function failure(args: readonly string[], host?: Parameters<typeof command>[1]): Promise<string> {
    const { code, stdout, stderr } = await command(["preview", ...args], host);
    assert.equal(stdout, "");
    assert.equal(code, 2);
    const lines = stderr.trimEnd().split("\n");
    assert.equal(lines.length, 1, stderr);
    return lines[0] ?? "";
}

/** A program of JavaScript in a directory of its own. */
function javascript(name: string, program: string, project = ""): string {
    return written(name, {
        "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n${project}`,
        "package.json": "{}",
        "index.js": `const pulumi = require("@pulumi/pulumi");\n${program}`,
    });
}

/** Whether a process runs; one that ended and waits for its parent to notice (a zombie) does not. */
function isAlive(pid: number): boolean {
    try {
        return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
        return false;
    }
}

describe("preview says in one line", () => {
    it("that a program throws, what and where", async () => {
        const directory = programs("throws");
        assert.equal(
            await failure([directory]),
            `error: the program in ${directory} failed: Error: no value is good enough (index.ts, line 4)`,
        );
    });

    it("that a program is no TypeScript", async () => {
        const directory = written("syntax", {
            "Pulumi.yaml": "name: syntax\nruntime: nodejs\n",
            "package.json": "{}",
            "index.ts": "const a: = 3;",
        });
        assert.match(
            await failure([directory]),
            /syntax failed: TSError: ⨯ Unable to compile TypeScript: index\.ts.*: error TS1110: Type expected\.$/,
        );
    });

    it("that a configuration value is missing, at once", async () => {
        const directory = javascript("lacks", 'new pulumi.Config().require("size");');
        // By itself, such a program ends after 20 seconds.
        const line = await failure([directory, "--config-value", "other:size=3", "--timeout", "15"]);
        assert.equal(
            line,
            `error: the program in ${directory} needs the configuration value size, which stack dev does not have; ` +
                "pass --config-value size=VALUE or set it in Pulumi.dev.yaml.",
        );
    });

    it("that Pulumi.yaml declares a value which the stack lacks", async () => {
        const directory = javascript("declares", "", "config:\n    size:\n        type: integer\n");
        assert.equal(
            await failure([directory]),
            `error: ${directory}/Pulumi.yaml: config.size: stack dev has no value for it; ` +
                "pass --config-value size=VALUE or set it in Pulumi.dev.yaml.",
        );
    });

    it("that a program hangs, and ends it with all that it started", async () => {
        const pids = join(workspace, "pids");
        // On a busy machine a program may need longer than that to begin.
        for (let seconds = 3; !existsSync(pids) && seconds < 40; seconds *= 2) {
            const line = await failure([programs("hangs"), "--timeout", String(seconds)], {
                environment: { HANGS_PIDS: pids },
            });
            assert.ok(line.endsWith(` did not end within ${seconds} seconds; --timeout SECONDS allows more.`), line);
        }
        assert.ok(existsSync(pids));
        await wait(100);
        for (const pid of readFileSync(pids, "utf8").split(" ").map(Number)) assert.equal(isAlive(pid), false);
    });

    it("that a program ends with a code of its own", async () => {
        const directory = javascript("exits", "process.exit(7);");
        assert.equal(await failure([directory]), `error: the program in ${directory} ended with exit code 7.`);
    });

    it("that two resources have one name", async () => {
        const directory = javascript("twice", 'for (const _ of [1, 2]) new pulumi.ComponentResource("a:b:C", "d");');
        assert.match(await failure([directory]), /failed: Duplicate resource URN 'urn:pulumi:dev::twice::a:b:C::d'/);
    });

    it("that nobody can answer a data source, and how the user can", async () => {
        const directory = javascript("asks", 'pulumi.runtime.invoke("cloud:index:getThing", { name: "x" });');
        assert.equal(
            await failure([directory]),
            `error: the program in ${directory} cannot be judged: it asks cloud:index:getThing, ` +
                "which has no answer here; give one with --answers FILE.",
        );
    });

    it("that a program looks for what it has not made", async () => {
        const urn = "urn:pulumi:dev::seeks::test:index:Made::other";
        const directory = javascript(
            "seeks",
            `new pulumi.CustomResource("test:index:Made", "made", {}, { urn: "${urn}" });`,
        );
        assert.equal(
            await failure([directory]),
            `error: the program in ${directory} cannot be judged: it looks for ${urn}, which it did not register.`,
        );
    });

    it("that answers to data sources are none", async () => {
        const directory = javascript("answered", "");
        const answers = join(written("answers-wrong", { "wrong.json": '{ "a": 1 }' }), "wrong.json");
        assert.equal(
            await failure([directory, "--answers", answers]),
            `error: ${answers}: a: the result must be an object.`,
        );
    });

    it("that a policy document is refused", async () => {
        const directory = javascript(
            "refused",
            'pulumi.runtime.invoke("aws:iam/getPolicyDocument:getPolicyDocument", { sourcePolicyDocuments: ["{"] });',
        );
        assert.match(
            await failure([directory]),
            /failed: .*sourcePolicyDocuments\[0\] is not the JSON of a policy document$/,
        );
    });

    it("that a program uses transforms", async () => {
        const directory = programs("transforms");
        assert.equal(
            await failure([directory]),
            `error: the program in ${directory} cannot be judged: it uses transforms, ` +
                "which preview does not run; use pulumi preview --policy-pack.",
        );
    });

    it("that a program is of another runtime", async () => {
        const directory = written("python", { "Pulumi.yaml": "name: python\nruntime:\n    name: python\n" });
        assert.equal(
            await failure([directory]),
            `error: ${directory}/Pulumi.yaml: runtime: preview runs programs of runtime nodejs, not python; ` +
                "judge this one with pulumi preview --policy-pack, or its export with the command analyze.",
        );
    });

    it("that there is no program, or half of one", async () => {
        assert.match(await failure(["nowhere"]), /nowhere has no Pulumi\.yaml: name the directory/);
        const broken = written("broken", { "Pulumi.yaml": "name: broken\nruntime: [\n" });
        assert.match(await failure([broken]), /Pulumi\.yaml is not YAML, line \d: /);
        const outside = written("outside", { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: ../b\n" });
        assert.match(await failure([outside]), /Pulumi\.yaml: main: \.\.\/b is outside the project's directory\.$/);
    });

    it("that the program's packages are not installed", async () => {
        const directory = mkdtempSync(join(tmpdir(), "uninstalled-"));
        try {
            writeFileSync(join(directory, "Pulumi.yaml"), "name: a\nruntime: nodejs\n");
            assert.equal(
                await failure([directory]),
                `error: ${directory} has no @pulumi/pulumi: run npm install in ${directory}.`,
            );
        } finally {
            rmSync(directory, { recursive: true });
        }
    });

    it("that a policy fails, or ends its pack", async () => {
        const program = javascript("fine", 'new pulumi.ComponentResource("test:index:Component", "fine");');
        const directory = written("configurations", {
            "throws.json": '{ "throws": "advisory" }',
            "exits.json": '{ "exits": "advisory" }',
        });
        assert.match(
            await failure([program, "--config", join(directory, "throws.json")]),
            /^error: policy pack toy failed on the stack: .*the policy is broken$/,
        );
        assert.match(
            await failure([program, "--config", join(directory, "exits.json")]),
            /^error: the policy pack in .* ended with exit code 9\.$/,
        );
    });

    it("that a pack does not start, or is none", async () => {
        const program = javascript("sound", "");
        const pack = (name: string, text: string) =>
            written(name, { "package.json": '{ "version": "1.0.0", "main": "index.js" }', "index.js": text });
        assert.match(
            await failure([program], { packDirectory: pack("no-pack", "process.exit(3);") }),
            /^error: the policy pack in .*no-pack ended with exit code 3\.$/,
        );
        const chatty = 'console.log("hello"); setInterval(() => {}, 1000);';
        assert.match(
            await failure([program], { packDirectory: pack("chatty", chatty) }),
            /^error: the policy pack in .*chatty printed "hello" where its port should stand\.$/,
        );
    });
});
