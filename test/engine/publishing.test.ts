/** The pack as Pulumi publishes, installs and runs it, with each version of Node.js, and as a library of another pack. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { asJson, isObject, type Json, objectsOf } from "../../cli/untyped";
import { policyNames } from "../../scripts/names";
import { node } from "./node";
import { Service } from "./service";
import { type Judging, type Opening, publish, Stack } from "./stack";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");
const modules = join(root, "node_modules");
/** A second time nothing needs to be fetched, and nobody asks for advice. */
const quiet = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };
let folder = "";

before(() => {
    folder = mkdtempSync(join(tmpdir(), "publishing-"));
});

after(() => {
    rmSync(folder, { recursive: true, force: true });
});

/** What belongs to the repository, as in a fresh clone with its packages installed. */
async function clone(): Promise<string> {
    const copy = join(folder, "clone");
    const options = { cwd: root, maxBuffer: 1e8 };
    const { stdout } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], options);
    for (const file of stdout.split("\0").filter(file => file !== "" && existsSync(join(root, file)))) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        copyFileSync(join(root, file), join(copy, file));
    }
    symlinkSync(modules, join(copy, "node_modules"));
    return copy;
}

/** The files of an archive, without the folder that npm puts around them. */
async function filesIn(archive: string): Promise<readonly string[]> {
    const { stdout } = await run("tar", ["-tzf", archive]);
    return stdout
        .split("\n")
        .filter(line => line !== "" && !line.endsWith("/"))
        .map(line => line.replace(/^package\//, ""));
}

async function unpacked(archive: string, name: string): Promise<string> {
    const directory = join(folder, name);
    mkdirSync(directory);
    await run("tar", ["-xzf", archive, "--strip-components=1", "-C", directory]);
    return directory;
}

async function npm(directory: string, args: readonly string[], binary: string = process.execPath): Promise<void> {
    const path = [dirname(binary), process.env["PATH"] ?? ""].join(delimiter);
    await run("npm", args, { cwd: directory, env: { ...process.env, ...quiet, PATH: path }, maxBuffer: 1e8 });
}

/** The policies that are violated and mandatory when examples/private-app is previewed with a pack. */
async function mandatory(judging: Judging, opening: Opening = {}): Promise<readonly string[]> {
    const stack = await Stack.open(join(root, "examples", "private-app"), opening);
    try {
        const { exitCode, violations, output } = await stack.preview(judging);
        assert.notEqual(exitCode, 0, output);
        const found = violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
        assert.ok(found.length > 0, output);
        return [...new Set(found)].sort();
    } finally {
        stack.close();
    }
}

/** What a preview of examples/private-app is refused for. */
const refused = ["endpoint-policy-required", "gateway-endpoint-routed", "vpc-dns-enabled-for-endpoints"];

function assertRefused(found: readonly string[]): void {
    assert.deepEqual(
        refused.filter(name => !found.includes(name)),
        [],
        `found only ${found.join(", ")}`,
    );
}

/** A program that knows by their types the policies of the library, and what they judge. */
const consumer = `
    import { PolicyPack } from "@pulumi/policy";
    import { pack, policy, presets, type Composition, type Endpoint, type PolicyName } from "pulumi-policy-aws-vpc-endpoints";

    const known: PolicyName = "gateway-endpoint-routed";
    // @ts-expect-error -- no policy of this name
    const misspelt: PolicyName = "gateway-endpoint-route";
    // @ts-expect-error -- in every pack
    const without: Composition<PolicyName> = { drop: ["undecided"] };

    const isOfAws = (endpoint: Endpoint): boolean => endpoint.service.isAws;
    const own = policy({
        name: "own",
        displayName: "Own",
        description: "Own.",
        enforcementLevel: "advisory",
        severity: "low",
        tags: ["own"],
        remediationSteps: "None.",
        url: "https://example.com",
        subjects: network => network.endpoints,
        *check(endpoint) {
            // @ts-expect-error -- what endpoints do not have
            if (isOfAws(endpoint)) yield String(endpoint.colour);
        },
    });

    const composed = pack({ drop: [known], levels: presets.advisory, add: [own] });
    export const made = (): unknown => [misspelt, without, new PolicyPack("own", composed, presets.strict)];
`;

describe("The pack, published by pulumi policy publish", () => {
    let archive = "";
    let about: Json = null;
    let files: readonly string[] = [];

    before(async function () {
        // The first time a Pulumi CLI is built.
        this.timeout(1_800_000);
        const copy = await clone();
        // What is there is enough to start the pack with; what is published is built anew.
        cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
        writeFileSync(join(copy, "dist", "left-over.js"), "// Of a source that is no more.\n");
        const service = await Service.open();
        const { exitCode, output } = await publish(copy, { service: service.url, organization: "acme" });
        const [published] = service.published;
        service.close();
        assert.equal(exitCode, 0, output);
        assert.ok(published?.archive !== undefined, output);
        about = asJson(published.about);
        archive = join(folder, "pack.tgz");
        writeFileSync(archive, published.archive);
        files = await filesIn(archive);
    });

    it("goes by its name and version, with every policy", () => {
        assert.ok(isObject(about));
        const { name, versionTag, policies } = about;
        const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
        assert.deepEqual([name, versionTag], ["aws-vpc-endpoints", version]);
        const names = objectsOf(asJson(policies)).map(({ name }) => name);
        assert.deepEqual(names.sort(), [...policyNames()].sort());
    });

    it("contains what it needs, and nothing else", () => {
        assert.deepEqual([...new Set(files.map(file => file.split("/")[0]))].sort(), [
            "LICENSE",
            "PulumiPolicy.yaml",
            "README.md",
            "dist",
            "npm-shrinkwrap.json",
            "package.json",
            "presets",
        ]);
        const outside = files.filter(file => !/^(?:dist|presets)\//.test(file));
        assert.equal(outside.length, 5, outside.join());
    });

    it("contains no test, example or source, and nothing that was left over from an earlier build", () => {
        const strangers = files
            .filter(file => file.startsWith("dist/"))
            .map(file => file.slice("dist/".length))
            .filter(
                file => ![file, file.replace(/(?:\.d\.ts|\.js)$/, ".ts")].some(name => existsSync(join(root, name))),
            );
        assert.deepEqual(strangers, []);
        assert.deepEqual(
            files.filter(file => /(?<!\.d)\.ts$|\.map$|(?:^|\/)(?:test|examples)\/|\.test\./.test(file)),
            [],
        );
    });

    const installations: readonly (readonly [version: number, how: string, args: readonly string[]])[] = [
        [20, "npm ci without development dependencies", ["ci", "--omit=dev"]],
        [22, "Pulumi's npm install for production", ["install", "--loglevel=error", "--production"]],
        [24, "Pulumi's npm install with development dependencies", ["install", "--loglevel=error"]],
    ];
    for (const [version, how, args] of installations) {
        it(`refuses a preview under Node.js ${version}, installed by ${how}`, async () => {
            const binary = await node(version);
            const directory = await unpacked(archive, `node-${version}`);
            await npm(directory, args, binary);
            const log = join(folder, `node-${version}.log`);
            const watched = join(folder, `watched-${version}`);
            writeFileSync(watched, `#!/bin/sh\n'${binary}' --version >> '${log}'\nexec '${binary}' "$@"\n`);
            chmodSync(watched, 0o755);
            assertRefused(await mandatory({ pack: directory }, { packNode: watched }));
            assert.match(readFileSync(log, "utf8"), new RegExp(`^v${version}\\.`));
        });
    }

    describe("as a library, installed by another pack", () => {
        let own = "";
        const tsc = join(modules, "typescript", "bin", "tsc");

        before(async () => {
            own = join(folder, "own-pack");
            cpSync(join(root, "examples", "own-pack"), own, { recursive: true });
            await npm(own, ["pkg", "set", `dependencies.pulumi-policy-aws-vpc-endpoints=file:${archive}`]);
            await npm(own, ["install", "--loglevel=error"]);
        });

        it("lets the example be compiled, and refuse a preview by its own policy and the library's", async () => {
            await npm(own, ["run", "build"]);
            const found = await mandatory({ pack: own });
            assertRefused(found);
            assert.ok(found.includes("interface-endpoint-in-hub"));
            assert.ok(found.includes("gateway-endpoint-covers-private-subnets"));
            assert.ok(!found.includes("endpoint-policy-trusted-principals"));
        });

        it("lets a configuration go over the levels and settings of the example", async () => {
            const config = {
                "gateway-endpoint-covers-private-subnets": "advisory",
                "pack-settings": { organizations: ["o-somebodyelse"], accounts: ["210987654321"] },
            };
            const found = await mandatory({ pack: own, config });
            assert.ok(found.includes("interface-endpoint-in-hub"));
            assert.ok(!found.includes("gateway-endpoint-covers-private-subnets"));
            assert.ok(found.includes("endpoint-policy-trusted-principals"));
        });

        it("starts nothing when it is imported, from CommonJS and from an ES module", async () => {
            const programs = [
                'const { pack, policies, presets } = require("pulumi-policy-aws-vpc-endpoints");',
                'import { pack, policies, presets } from "pulumi-policy-aws-vpc-endpoints";',
            ];
            for (const [index, program] of programs.entries()) {
                const file = join(own, index === 0 ? "import.cjs" : "import.mjs");
                const print =
                    "process.stderr.write([pack().policies.length, policies.length, presets.strict.undecided].join());";
                writeFileSync(file, `${program}\n${print}\n`);
                const { stdout, stderr } = await run(process.execPath, [file], { cwd: own });
                assert.deepEqual([stdout, stderr], ["", `${policyNames().length},${policyNames().length},advisory`]);
            }
        });

        // Checking all declarations takes long, so it is done once.
        for (const [resolution, module, checksAll, files] of [
            ["node16", "node16", true, ["consumer.ts", "consumer.mts"]],
            ["node10", "commonjs", false, ["consumer.ts"]],
        ] as const) {
            it(`has types, without a mistake of their own, for strict ${files.join(" and ")} with resolution by ${resolution}`, async () => {
                for (const file of files) {
                    writeFileSync(join(own, file), consumer);
                }
                const options = ["--noEmit", "--strict", "--target", "es2022", "--types", "node"];
                options.push("--skipLibCheck", String(!checksAll));
                const said = await run(
                    process.execPath,
                    [tsc, ...options, "--module", module, "--moduleResolution", resolution, ...files],
                    { cwd: own, maxBuffer: 1e8 },
                ).then(
                    ({ stdout }) => stdout,
                    (failed: unknown) => (failed instanceof Error && "stdout" in failed ? String(failed.stdout) : ""),
                );
                // The declarations of Pulumi's SDK have mistakes: nothing is to be found but those.
                const mistakes = said.split("\n").filter(line => line.includes("error TS"));
                assert.equal(mistakes.length > 0, checksAll, mistakes.join("\n"));
                assert.deepEqual(
                    mistakes.filter(line => !line.startsWith("node_modules/@")),
                    [],
                );
            });
        }
    });
});
