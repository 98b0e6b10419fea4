import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "../../cli/command";
import { isObject, objectsOf, parseJson } from "../../cli/untyped";
import { command, sent, toyPack, workspace, written } from "./command";

const urn = (type: string, name: string) => `urn:pulumi:dev::app::${type}::${name}`;
const vpc = urn("aws:ec2/vpc:Vpc", "main");
const provider = urn("pulumi:providers:aws", "default_7_0_0");
const endpoint = urn("aws:ec2/vpcEndpoint:VpcEndpoint", "s3");

const stackExport = JSON.stringify({
    version: 3,
    deployment: {
        resources: [
            { urn: provider, type: "pulumi:providers:aws", inputs: { region: "eu-west-1", version: "7.0.0" } },
            {
                urn: vpc,
                type: "aws:ec2/vpc:Vpc",
                sourcePosition: "project:///node_modules/network/index.js#3,4",
                stackTrace: [{}, { sourcePosition: "project:///infra/my%20vpc.ts#12,5" }],
                inputs: { cidrBlock: "10.0.0.0/16" },
                outputs: { cidrBlock: "10.0.0.0/16", id: "vpc-1" },
                provider: `${provider}::some-id`,
                external: true,
            },
            {
                urn: endpoint,
                type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" },
                outputs: { vpcId: "vpc-1", policy: "{}" },
                propertyDependencies: { serviceName: [] },
            },
        ],
    },
});

const files = written("exports", {
    "export.json": stackExport,
    "exempt.json": JSON.stringify({
        version: 2,
        policies: { "count-at-most": { most: 2 } },
        exceptions: {
            "EXC-1": {
                reason: "legacy",
                match: [{ policies: ["endpoint-has-policy", "gone"], targets: [endpoint] }],
            },
        },
    }),
    "pass.json": '{ "endpoint-has-policy": "disabled" }',
    "stricter.json": '{ "vpc-has-endpoint": "mandatory" }',
    "wrong.json": '{ "endpoint-has-polcy": "disabled" }',
    "two.yaml": "a: 1\n---\nb: 2\n",
});
const file = join(files, "export.json");

describe("analyze", () => {
    it("judges inputs by resource policies and outputs by stack policies", async () => {
        const { resources, stack, stderr } = await sent(["analyze", file]);
        assert.deepEqual(Object.keys(resources).sort(), ["default_7_0_0", "main", "s3"]);
        assert.deepEqual(resources["s3"]?.["props"], { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" });
        assert.deepEqual(stack["s3"]?.["props"], { vpcId: "vpc-1", policy: "{}" });
        assert.deepEqual(stack["s3"]["propertyDependencies"], {});
        const { provider: sentProvider } = stack["main"] ?? {};
        assert.deepEqual(sentProvider, {
            urn: provider,
            type: "pulumi:providers:aws",
            props: { region: "eu-west-1", version: "7.0.0" },
        });
        assert.equal(stderr, "");
    });

    it("reports JSON, and exits with 1 for a mandatory violation", async () => {
        const { code, stdout } = await command(["analyze", file, "--format", "json"]);
        assert.deepEqual(JSON.parse(stdout), {
            violations: [
                {
                    policy: "vpc-has-endpoint",
                    level: "advisory",
                    severity: "low",
                    message: "VPC main has no endpoint.",
                    resource: { urn: vpc, type: "aws:ec2/vpc:Vpc", name: "main" },
                },
                {
                    policy: "endpoint-has-policy",
                    level: "mandatory",
                    severity: "high",
                    message: "This endpoint has no policy.",
                    resource: { urn: endpoint, type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "s3" },
                },
            ],
            summary: { mandatory: 1, advisory: 1, resources: 2, policies: 3 },
        });
        assert.equal(code, 1);
    });

    it("says where the program makes a resource, if the program is at hand", async () => {
        const directory = written("app", { "Pulumi.yaml": "name: app\nruntime: nodejs\n" });
        const { stdout } = await command(["analyze", file, "--format", "sarif"], { directory });
        assert.match(
            stdout,
            /"uri": "infra\/my%20vpc\.ts",\s*"uriBaseId": "%SRCROOT%"\s*\},\s*"region": \{\s*"startLine": 12,/,
        );
        assert.match(stdout, /"uri": "Pulumi\.yaml"/);
    });

    it("tags the rules of SARIF with their topics and the controls that they help to meet", async () => {
        const { stdout } = await command(["analyze", file, "--format", "sarif"]);
        assert.match(stdout, /"tags": \[\s*"data-perimeter",\s*"EC2\.0"\s*\]/);
    });

    it("exempts what the configuration excuses, and puts what has no URN on the stack", async () => {
        const { code, stdout, stderr } = await command([
            "analyze",
            file,
            "--format",
            "json",
            "--config",
            join(files, "exempt.json"),
        ]);
        const report = parseJson(stdout);
        assert.ok(isObject(report));
        const { violations, exempted, summary } = report;
        assert.deepEqual(violations, [
            {
                policy: "vpc-has-endpoint",
                level: "advisory",
                severity: "low",
                message: "VPC main has no endpoint.",
                resource: { urn: vpc, type: "aws:ec2/vpc:Vpc", name: "main" },
            },
            {
                policy: "count-at-most",
                level: "mandatory",
                severity: "unspecified",
                message: "3 resources, and 2 may be (strict).",
                resource: { urn: urn("pulumi:pulumi:Stack", "app-dev"), type: "pulumi:pulumi:Stack", name: "app-dev" },
            },
        ]);
        assert.deepEqual(exempted, [
            {
                policy: "endpoint-has-policy",
                level: "mandatory",
                severity: "high",
                message: "This endpoint has no policy.",
                resource: { urn: endpoint, type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "s3" },
                exception: { id: "EXC-1", reason: "legacy" },
            },
        ]);
        assert.deepEqual(summary, { mandatory: 1, advisory: 1, resources: 2, policies: 3 });
        assert.equal(
            stderr,
            `warning: ${join(files, "exempt.json")}: exceptions.EXC-1 names gone, which policy pack toy does not have.\n`,
        );
        assert.equal(code, 1);
    });

    it("says what a policy says under another name, for which there is no reason to give", async () => {
        const directory = written("borrowed", {
            "policies.json": '{ "all": "disabled", "borrows-a-name": "mandatory" }',
        });
        const { code, stdout } = await command(["analyze", file, "--config", join(directory, "policies.json")]);
        assert.equal(
            stdout,
            [
                "pulumi:pulumi:Stack app-dev",
                "  mandatory  nobody",
                "    It is borrowed.",
                "",
                "1 mandatory, 0 advisory violations in 2 resources (1 policy).",
                "",
            ].join("\n"),
        );
        assert.equal(code, 1);
    });

    it("keeps apart from the report what a pack prints", async () => {
        const packDirectory = written("prints-pack", {
            "package.json": readFileSync(join(await toyPack, "package.json"), "utf8"),
            "index.js":
                'const print = console.log; console.log = line => { print(line); print("a word of the pack"); };\n' +
                readFileSync(join(await toyPack, "index.js"), "utf8"),
        });
        const { stdout, stderr } = await command(["analyze", file], { packDirectory });
        assert.ok(!stdout.includes("a word of the pack"));
        assert.equal(stderr, "a word of the pack\n");
    });

    it("says that the environments of a configuration are not opened", async () => {
        const directory = written("environments", {
            "policies.json": '{ "environments": ["network/prod"], "endpoint-has-policy": "disabled" }',
        });
        const { code, stderr } = await command(["analyze", file, "--config", join(directory, "policies.json")]);
        assert.equal(stderr, `note: ${join(directory, "policies.json")}: environments are not opened here.\n`);
        assert.equal(code, 0);
    });

    it("names a source as it is written where that is no address", async () => {
        const directory = written("percent", {
            "Pulumi.yaml": "name: app\nruntime: nodejs\n",
            "export.json": stackExport.replace("my%20vpc.ts", "100%.ts"),
        });
        const { stdout } = await command(["analyze", "export.json", "-f", "sarif"], { directory });
        assert.match(stdout, /"uri": "infra\/100%25\.ts"/);
    });

    it("writes a report to a file, whole, and exits with 0 when nothing mandatory is violated", async () => {
        const args = ["analyze", "export.json", "--config", "pass.json", "--output", "report.txt"];
        const { code, stdout } = await command(args, { directory: files });
        assert.equal(stdout, "");
        assert.equal(code, 0);
        const report = readFileSync(join(files, "report.txt"), "utf8");
        assert.ok(report.endsWith("0 mandatory, 1 advisory violations in 2 resources (2 policies).\n"));
        assert.deepEqual(
            readdirSync(files).filter(name => name.endsWith(".tmp")),
            [],
        );
        const nowhere = await command([...args.slice(0, -1), "no/such/report.txt"], { directory: files });
        assert.match(nowhere.stderr, /^error: .*report\.txt cannot be written: there is no such directory\.\n$/);
        assert.equal(nowhere.code, 2);
        const onDirectory = await command([...args.slice(0, -1), "."], { directory: files });
        assert.match(onDirectory.stderr, /^error: .* cannot be written: E[A-Z]+: /);
        assert.equal(onDirectory.code, 2);
    });

    it("writes several reports at once, each into its file and one to standard output", async () => {
        const pairs = ["-f", "sarif", "-o", "report.sarif", "-f", "junit", "-o", "report.xml", "-f", "markdown"];
        const { code, stdout } = await command(["analyze", "export.json", ...pairs], { directory: files });
        assert.match(stdout, /^<!-- vpc-endpoint-policies -->\n### toy\n/);
        assert.match(readFileSync(join(files, "report.sarif"), "utf8"), /"version": "2\.1\.0"/);
        assert.match(readFileSync(join(files, "report.xml"), "utf8"), /<testsuites name="toy" tests="3" failures="1"/);
        assert.equal(code, 1);
    });

    const pairs: readonly (readonly [args: string, printed: RegExp, files: Readonly<Record<string, RegExp>>])[] = [
        ["-f text -f sarif -o a.out", /violations in/, { "a.out": /"version": "2\.1\.0"/ }],
        ["-f sarif -o a.out -f text", /violations in/, { "a.out": /"version": "2\.1\.0"/ }],
        ["-f sarif -f junit -o a.out -o b.out", /^$/, { "a.out": /"version": "2\.1\.0"/, "b.out": /<testsuites / }],
        ["-o a.out -f sarif -o b.out -f junit", /^$/, { "a.out": /"version": "2\.1\.0"/, "b.out": /<testsuites / }],
        ["-f sarif -o a.out -o b.out -f junit", /^$/, { "a.out": /"version": "2\.1\.0"/, "b.out": /<testsuites / }],
    ];
    for (const [index, [args, printed, reports]] of pairs.entries()) {
        it(`gives each file the format beside it: ${args}`, async () => {
            const directory = written(`paired-${index}`, { "export.json": stackExport });
            const { stdout } = await command(["analyze", "export.json", ...args.split(" ")], { directory });
            assert.match(stdout, printed);
            for (const [file, report] of Object.entries(reports)) {
                assert.match(readFileSync(join(directory, file), "utf8"), report);
            }
        });
    }

    it("writes through a link, and to what is no file", async () => {
        const directory = written("linked", { "export.json": stackExport, "kept.txt": "" });
        symlinkSync("kept.txt", join(directory, "link.txt"));
        symlinkSync("/dev/null", join(directory, "nothing"));
        await command(["analyze", "export.json", "-o", "link.txt"], { directory });
        assert.match(readFileSync(join(directory, "kept.txt"), "utf8"), /violations in/);
        assert.ok(lstatSync(join(directory, "link.txt")).isSymbolicLink());
        const { code, stderr } = await command(["analyze", "export.json", "-o", "nothing"], { directory });
        assert.deepEqual([code, stderr], [1, ""]);
        assert.ok(lstatSync(join(directory, "nothing")).isSymbolicLink());
        assert.ok(statSync("/dev/null").isCharacterDevice());
    });

    it("takes the levels of a preset, over which the configuration lies", async () => {
        const directory = written("with-presets", {
            "package.json": readFileSync(join(await toyPack, "package.json"), "utf8"),
            "index.js": readFileSync(join(await toyPack, "index.js"), "utf8"),
            "presets/advisory.json": '{ "endpoint-has-policy": "advisory", "vpc-has-endpoint": "advisory" }',
        });
        const preset = ["analyze", "export.json", "--preset", "advisory"];
        const [advisory, over] = await Promise.all([
            command(preset, { directory: files, packDirectory: directory }),
            command([...preset, "--config", "stricter.json"], { directory: files, packDirectory: directory }),
        ]);
        assert.match(advisory.stdout, /^0 mandatory, 2 advisory violations/m);
        assert.equal(advisory.code, 0);
        assert.match(over.stdout, /^1 mandatory, 1 advisory violations/m);
        assert.equal(over.code, 1);
    });

    it("says in one line why it cannot judge", async () => {
        const refused = async (args: readonly string[]) => {
            const { code, stdout, stderr } = await command(args, { directory: files });
            assert.equal(code, 2);
            assert.equal(stdout, "");
            assert.equal(stderr.trim().split("\n").length, 1, stderr);
            return stderr;
        };
        assert.match(
            await refused(["analyze", "missing.json"]),
            /missing\.json cannot be read: there is no such file\.$/m,
        );
        assert.match(await refused(["analyze", "."]), /cannot be read: it is a directory\.$/m);
        assert.match(await refused(["analyze", "export.json/x"]), /cannot be read: ENOTDIR: not a directory, /);
        assert.match(await refused(["analyze", "pass.json"]), /pass\.json is not a stack's export/);
        assert.match(
            await refused(["analyze", "export.json", "--config", "wrong.json"]),
            /wrong\.json: endpoint-has-polcy: policy pack toy has no such policy; did you mean endpoint-has-policy\?$/m,
        );
        assert.match(
            await refused(["analyze", "export.json", "--config", "two.yaml"]),
            /two\.yaml is not YAML: expected a single document in the stream, but found more\.$/m,
        );
    });
});

describe("The command line", () => {
    it("has colours on a terminal, and not when they are not wanted", async () => {
        const [coloured, plain, noColour] = await Promise.all([
            command(["analyze", file], { columns: 60 }),
            command(["analyze", file, "--no-color"], { columns: 60 }),
            command(["analyze", file], { columns: 60, environment: { NO_COLOR: "1" } }),
        ]);
        assert.ok(coloured.stdout.includes("\u001b[31m"));
        assert.ok(coloured.stdout.split("\n").every(line => line.length <= 80 || line.includes("https://")));
        assert.ok(!plain.stdout.includes("\u001b"));
        assert.ok(!noColour.stdout.includes("\u001b"));
    });

    it("does not hide a fault of its own", async () => {
        const environment = process.env;
        const stdout = { write: () => assert.fail("the terminal is gone") };
        const stderr = { write: () => true };
        const host = { packDirectory: await toyPack, directory: files, environment, stdout, stderr };
        await assert.rejects(run(["analyze", "export.json"], host), /the terminal is gone/);
    });

    it("explains itself, and says its version", async () => {
        const help = await command(["--help"]);
        assert.equal(help.code, 0);
        assert.match(help.stdout, /Usage: vpc-endpoint-policies/);
        assert.match(help.stdout, /Exit codes:\n {2}0 /);
        const preview = await command(["preview", "--help"]);
        assert.match(preview.stdout, /--answers <file>/);
        assert.deepEqual(await command(["--version"]), { code: 0, stdout: "1.2.3\n", stderr: "" });
    });

    it("exits with 2 when it is used wrongly", async () => {
        const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
            [["nonsense"], /unknown command 'nonsense'/],
            [["analyze"], /missing required argument 'file'/],
            [["analyze", file, "--format", "yaml"], /Allowed choices are text, json, sarif, junit, markdown/],
            [["analyze", file, "--preset", "lenient"], /Allowed choices are advisory, recommended, strict/],
            [
                ["analyze", file, "-f", "json", "-f", "sarif"],
                /^error: --format json and sarif have no --output: only one/,
            ],
            [["analyze", file, "-o", "a", "-o", "b"], /^error: --output b has no --format: give one for each file/],
            [["preview", ".", "--timeout", "soon"], /It must be a number from 0\.001 to 2147483/],
            [["preview", ".", "--timeout", "0.0005"], /It must be a number from 0\.001 to 2147483/],
            [["preview", ".", "--timeout", "5000000"], /It must be a number from 0\.001 to 2147483/],
            [["preview", ".", "--nonsense"], /unknown option '--nonsense'/],
        ];
        for (const [args, message] of wrong) {
            const { code, stdout, stderr } = await command(args);
            assert.equal(code, 2, args.join(" "));
            assert.equal(stdout, "");
            assert.match(stderr, message);
        }
    });

    it("without arguments judges the program at hand, or a clone's example, or explains itself", async () => {
        const program = {
            "Pulumi.yaml": "name: here\nruntime: nodejs\n",
            "package.json": "{}",
            "index.js": 'new (require("@pulumi/pulumi").ComponentResource)("test:index:Component", "component");',
        };
        const clone = written("clone", {
            "package.json": readFileSync(join(await toyPack, "package.json"), "utf8"),
            "index.js": readFileSync(join(await toyPack, "index.js"), "utf8"),
        });
        written("clone/examples/private-app", program);
        const [here, help, example] = await Promise.all([
            command([], { directory: written("here", program) }),
            command([], { directory: workspace }),
            command([], { directory: workspace, packDirectory: clone }),
        ]);
        assert.deepEqual(here, { code: 0, stdout: "No violations in 1 resource (3 policies).\n", stderr: "" });
        assert.match(help.stderr, /^Usage: vpc-endpoint-policies/m);
        assert.equal(help.code, 2);
        assert.equal(example.code, 0, example.stderr);
        assert.match(example.stderr, /^no Pulumi\.yaml here: judging the example in clone\/examples\/private-app\.\n$/);
    });

    it("says that a program registered no resource, and when that may be another one than was meant", async () => {
        const around = written("around", {
            "package.json": '{ "main": "other.js" }',
            "other.js": 'require("@pulumi/pulumi");',
            "Pulumi.yaml": "name: around\nruntime: nodejs\n",
            "infra/Pulumi.yaml": "name: infra\nruntime: nodejs\n",
            "infra/index.js": 'new (require("@pulumi/pulumi").ComponentResource)("test:index:Component", "component");',
        });
        const infra = join(around, "infra");
        for (const [directory, why] of [
            [around, ""],
            [
                infra,
                ": it has no package.json, so that Pulumi runs the main file of the next one above it, if that names one",
            ],
        ] as const) {
            const { code, stdout, stderr } = await command(["preview", "."], { directory });
            assert.equal(stderr, `warning: the program in ${directory} registered no resource${why}.\n`);
            assert.equal(stdout, "No violations in 0 resources (3 policies).\n");
            assert.equal(code, 0);
        }
    });

    it("is a program that reads standard input and leaves nothing behind", async () => {
        const started = written("installed", {
            "package.json": readFileSync(join(await toyPack, "package.json"), "utf8"),
            "index.js": readFileSync(join(await toyPack, "index.js"), "utf8"),
            "main.ts": `
                import { run } from ${JSON.stringify(resolve(__dirname, "../../cli/command"))};
                const { env: environment, stdout, stderr } = process;
                void run(process.argv.slice(2), { packDirectory: __dirname, directory: ".", environment, stdout, stderr })
                    .then(code => { process.exitCode = code; });`,
        });
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            ["--require", require.resolve("tsx"), join(started, "main.ts"), "analyze", "-", "--format", "json"],
            { input: stackExport, encoding: "utf8" },
        );
        assert.equal(stderr, "");
        assert.equal(status, 1);
        const report = parseJson(stdout);
        assert.ok(isObject(report));
        assert.equal(objectsOf(report["violations"]).length, 2);
    });
});
