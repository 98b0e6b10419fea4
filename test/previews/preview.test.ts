import assert from "node:assert/strict";
import { join } from "node:path";
import { command, programs, sent, written, type Sent } from "../cli/command";
import { isObject, objectsOf, parseJson, stringOf, type Json, type Properties } from "../../cli/untyped";

function propsOf(resource: Properties | undefined): Properties {
    const props = resource?.["props"];
    assert.ok(isObject(props));
    return props;
}

function at(resource: Properties | undefined, ...keys: readonly string[]): Json | undefined {
    return keys.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), resource);
}

describe("preview judges", () => {
    it("a TypeScript program, whose ids are unknown and known by what they come from", async () => {
        const { code, stdout, stderr } = await command(["preview", programs("typescript")]);
        assert.equal(stderr, "");
        assert.equal(
            stdout,
            [
                "aws:ec2/vpc:Vpc bare",
                "  advisory, low  vpc-has-endpoint",
                "    VPC bare has no endpoint.",
                "    Why: A VPC without endpoints sends its traffic to AWS through the internet.",
                "",
                "aws:ec2/vpcEndpoint:VpcEndpoint s3",
                "  mandatory, high  endpoint-has-policy",
                "    This endpoint has no policy.",
                "    Why: An endpoint without a policy of its own lets any principal reach any resource.",
                "    Do:  Give the endpoint a policy that names the resources it is for.",
                "    See: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
                "",
                "1 mandatory, 1 advisory violations in 3 resources (3 policies).",
                "",
            ].join("\n"),
        );
        assert.equal(code, 1);
    });

    it("a JavaScript program, and keeps what it prints", async () => {
        const directory = written("javascript", {
            "Pulumi.yaml":
                "name: javascript\nruntime: { name: nodejs, options: { typescript: false } }\nmain: src/program.js\n",
            "package.json": "{}",
            "src/program.js": `
                const pulumi = require("@pulumi/pulumi");
                module.exports = async () => {
                    new pulumi.ComponentResource("test:index:Component", await "component");
                    console.log(process.cwd());
                };`,
        });
        const { code, stdout, stderr } = await command(["preview", directory]);
        assert.equal(stdout, "No violations in 1 resource (3 policies).\n");
        assert.equal(stderr, `${join(directory, "src")}\n`);
        assert.equal(code, 0);
    });

    it("a program of ECMAScript modules with a top-level await", async () => {
        const directory = written("modules", {
            "Pulumi.yaml": "name: modules\nruntime: nodejs\n",
            "package.json": '{ "type": "module" }',
            "index.js": `
                import * as pulumi from "@pulumi/pulumi";
                const name = await Promise.resolve("component");
                new pulumi.ComponentResource("test:index:Component", name);`,
        });
        const { code, stdout, stderr } = await command(["preview"], { directory });
        assert.equal(stdout, "No violations in 1 resource (3 policies).\n", stderr);
        assert.equal(code, 0);
    });

    it("all that a program prints and logs, on standard error", async () => {
        const { code, stdout, stderr } = await command(["preview", programs("prints")]);
        assert.equal(stdout, "No violations in 0 resources (3 policies).\n");
        for (const text of [
            "on standard output\n",
            "on standard error\n",
            "a word\n",
            "warning: a warning\n",
            "x".repeat(200_000),
        ]) {
            assert.ok(stderr.includes(text), text.slice(0, 20));
        }
        assert.ok(!stderr.includes("passing"));
        assert.ok(stderr.includes("no newline at the end"));
        assert.equal(code, 0);
    });

    it("a program by the configuration of its only stack", async () => {
        const { resources } = await sent(["preview", programs("config"), "--config-value", "plain=given"]);
        assert.deepEqual(at(resources["main"], "props", "tags"), {
            account: "012345678901",
            object: "true",
            plain: "given",
            stack: "organization/config/prod",
            typed: "3",
            valued: "one+two",
        });
        assert.deepEqual(at(resources["main"], "provider", "props"), { region: "ap-southeast-2", version: "7.48.0" });
    });

    it("a program whose secrets stay closed, and says so", async () => {
        const { resources, stderr } = await sent(["preview", programs("secrets")]);
        assert.deepEqual(propsOf(resources["parameter"]), {
            description: "[secret]",
            tags: { user: "admin", zone: "example.com" },
            type: "SecureString",
            value: "[secret]",
        });
        assert.deepEqual(at(resources["parameter"], "provider", "props"), {
            region: "us-west-2",
            token: "[secret]",
            version: "7.48.0",
        });
        const file = join(programs("secrets"), "Pulumi.dev.yaml");
        assert.deepEqual(stderr.trim().split("\n"), [
            `note: ${file}: config.aws:token is encrypted; the program is given "[secret]".`,
            `note: ${file}: config.secrets:password is encrypted; the program is given "[secret]".`,
            `note: ${file}: config.secrets:database is encrypted; the program is given "[secret]".`,
            `note: ${file}: environment gives endpoint; the program is given "[secret]".`,
            `note: ${file}: environment shared is not opened; pass what the program needs of it with --config-value.`,
        ]);
    });

    it("what a program makes and not what it reads", async () => {
        const { resources, stderr } = await sent(["preview", programs("reads")]);
        const names = ["a", "default", "default_7_48_0", "reads-dev"];
        assert.deepEqual(Object.keys(resources).sort(), names);
        assert.deepEqual(propsOf(resources["a"]), {
            availabilityZone: "unknown",
            cidrBlock: "10.0.1.0/24",
            tags: { arn: "unknown", size: "unknown" },
            vpcId: "vpc-0123456789abcdef0",
        });
        assert.match(stderr, /^note: aws:ec2\/vpc:Vpc existing is not read/m);
        assert.match(stderr, /^note: stack reference organization\/network\/prod is not read/m);
    });

    it("a program that goes by its data sources, in its region's partition", async () => {
        const { resources, stderr } = await sent(["preview", programs("data-sources")]);
        const zones = ["cn-north-1a", "cn-north-1b", "cn-north-1c"];
        assert.deepEqual(
            Object.keys(resources)
                .filter(name => name.startsWith("cn-"))
                .sort(),
            zones,
        );
        const tags = at(resources["answers"], "props", "tags");
        assert.ok(isObject(tags));
        assert.match(stringOf(tags["image"]), /^ami-0[0-9a-f]{16}$/);
        assert.deepEqual(
            { ...tags, image: "" },
            {
                caller: "arn:aws-cn:iam::123456789012:user/preview",
                elsewhere: "aws-us-gov",
                image: "",
                parameter: "value",
                partition: "aws-cn",
                region: "cn-north-1",
                suffix: "amazonaws.com.cn",
            },
        );
        const named = stderr.match(/data source aws:index\/getPartition:getPartition/g);
        assert.equal(named?.length, 1, stderr);
    });

    it("a program with the answers that the user gives", async () => {
        const directory = written("answers", {
            "Pulumi.yaml": "name: answers\nruntime: nodejs\n",
            "package.json": "{}",
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                const parameter = name => pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", { name });
                module.exports = async () => {
                    for (const name of ["/vpc", "/other"]) {
                        new pulumi.ComponentResource("test:index:Component", (await parameter(name)).value);
                    }
                    const { thing } = await pulumi.runtime.invoke("cloud:index:getThing", {});
                    new pulumi.ComponentResource("test:index:Component", thing);
                };`,
            "answers.yaml": `
                - token: aws:ssm/getParameter:getParameter
                  args: { name: /vpc }
                  result: { value: first }
                - token: aws:ssm/getParameter:getParameter
                  result: { value: second }
                - token: cloud:index:getThing
                  result: { thing: third }`,
        });
        const answers = ["--answers", join(directory, "answers.yaml")];
        const { resources, stderr } = await sent(["preview", directory, ...answers]);
        assert.deepEqual(Object.keys(resources).sort(), ["answers-dev", "default", "first", "second", "third"]);
        assert.equal(stderr, "");
    });

    it("a policy document that is worked out, and one that waits", async () => {
        const { resources, stack, stderr } = await sent(["preview", programs("policy-document")]);
        const policy = propsOf(resources["known"])["policy"];
        assert.deepEqual(parseJson(stringOf(policy)), {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: ["s3:PutObject", "s3:GetObject"],
                    Resource: "arn:aws:s3:::mine/*",
                    Principal: "*",
                },
            ],
        });
        assert.equal(propsOf(resources["pending"])["policy"], "unknown");
        assert.deepEqual(Object.keys(at(stack["pending"], "propertyDependencies") ?? {}), ["vpcId"]);
        assert.equal(stderr, "");
    });

    it("two versions of a package, each by a provider of its own", async () => {
        const { resources, stack } = await sent(["preview", programs("versions")], {
            environment: { AWS_REGION: "eu-west-3" },
        });
        const provider = "urn:pulumi:dev::versions::pulumi:providers:aws::";
        assert.equal(at(resources["main"], "provider", "urn"), `${provider}default_7_48_0`);
        assert.equal(at(resources["a"], "provider", "urn"), `${provider}default_6_83_4`);
        assert.deepEqual(propsOf(resources["default_6_83_4"]), { version: "6.83.4" });
        assert.equal(at(stack["default_6_83_4"], "parent"), undefined);
        const vpc = "urn:pulumi:dev::versions::aws:ec2/vpc:Vpc::main";
        assert.deepEqual(at(stack["a"], "propertyDependencies"), { vpcId: [vpc] });
        assert.deepEqual(at(stack["main"], "propertyDependencies"), {});
    });

    it("a component of a provider, whose properties are unknown, and runs no hook", async () => {
        const { resources, stack, stderr } = await sent(["preview", programs("components")]);
        assert.deepEqual(propsOf(resources["network"]), {
            cidrBlock: "10.0.0.0/16",
            owner: "unknown",
            password: "hidden",
        });
        assert.deepEqual(propsOf(stack["network"]), {});
        const urn = "urn:pulumi:dev::components::awsx:ec2:Vpc::network";
        const { file, ...others } = propsOf(resources["other"]);
        assert.ok(isObject(file));
        assert.deepEqual(others, { vpcId: "unknown", self: urn });
        assert.ok("default_3_0_0" in resources);
        assert.ok("default_1_0_0_beta_1" in resources);
        assert.deepEqual(stderr.trim().split("\n").sort(), [
            "note: component awsx:ec2:Vpc comes from its provider; its resources are not among the judged.",
            "note: hook checks is not run.",
        ]);
    });

    it("a TypeScript program by the tsconfig that its project names", async () => {
        const directory = written("tsconfig", {
            "Pulumi.yaml": "name: tsconfig\nruntime: { name: nodejs, options: { tsconfig: old.json } }\n",
            "package.json": "{}",
            "old.json": '{ "compilerOptions": { "target": "ES5" } }',
            "index.ts":
                'import { ComponentResource } from "@pulumi/pulumi";\n' +
                'new ComponentResource("test:index:Component", "one");\n' +
                "console.error(String(() => 1));",
        });
        const { code, stderr } = await command(["preview", directory]);
        assert.equal(stderr, "function () { return 1; }\n");
        assert.equal(code, 0);
    });

    it("a program that looks up what it has made by its URN", async () => {
        const directory = written("looks-up", {
            "Pulumi.yaml": "name: looks-up\nruntime: nodejs\n",
            "package.json": "{}",
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                class Made extends pulumi.CustomResource {
                    declare readonly size: pulumi.Output<number>;
                    constructor(name: string, size?: number, urn?: pulumi.URN) {
                        super("test:index:Made", name, { size }, { urn });
                    }
                }
                const made = new Made("made", 3);
                made.urn.apply(urn => {
                    const found = new Made("found", undefined, urn);
                    new pulumi.ComponentResource("test:index:Component", "component", { size: found.size });
                    found.size.apply(size => console.error("found one of size", size));
                });`,
        });
        const { code, stderr } = await command(["preview", directory]);
        assert.equal(stderr, "found one of size 3\n");
        assert.equal(code, 0);
    });

    it("resources whose place in the program the reports name, in a module of ES only where a function makes them", async () => {
        const module = written("es module", {
            "Pulumi.yaml": "name: es-module\nruntime: nodejs\n",
            "package.json": '{ "type": "module", "main": "index.js" }',
            "index.js": `import * as aws from "@pulumi/aws";
                const vpc = name => new aws.ec2.Vpc(name, {});
                vpc("bare");
                new aws.ec2.Vpc("alone", {});`,
        });
        const sources = async (directory: string) => {
            const { stdout } = await command(["preview", directory, "--format", "json"]);
            const report = parseJson(stdout);
            return objectsOf(at(isObject(report) ? report : undefined, "violations")).map(violation => [
                at(violation, "resource", "name"),
                at(violation, "resource", "source"),
            ]);
        };
        const [[, source] = []] = await sources(programs("typescript"));
        assert.deepEqual(source, { file: "test/cli/programs/typescript/index.ts", line: 14, column: 1 });
        assert.deepEqual(await sources(module), [
            ["alone", undefined],
            ["bare", { file: "es module/index.js", line: 2, column: 37 }],
        ]);
    });

    describe("the options of resources:", () => {
        let shown: Sent;
        before(async () => {
            shown = await sent(["preview", programs("options")]);
        });
        const network = "urn:pulumi:dev::options::test:index:Network";

        it("a child has its parent in its URN, inherits protection, and takes the component's provider", () => {
            const subnet = shown.stack["a"];
            assert.equal(subnet?.["urn"], `${network}$aws:ec2/subnet:Subnet::a`);
            assert.equal(subnet["parent"], `${network}::network`);
            assert.equal(at(subnet, "provider", "props", "region"), "eu-north-1");
            assert.equal(at(subnet, "provider", "urn"), "urn:pulumi:dev::options::pulumi:providers:aws::elsewhere");
            assert.deepEqual(subnet["dependencies"], [`${network}$aws:ec2/vpc:Vpc::main`]);
            assert.deepEqual(subnet["propertyDependencies"], { vpcId: [`${network}$aws:ec2/vpc:Vpc::main`] });
        });

        it("timeouts are seconds, and what is not set is not sent", () => {
            assert.deepEqual(at(shown.resources["a"], "opts"), {
                additionalSecretOutputs: ["cidrBlock"],
                aliases: [],
                customTimeouts: { createSeconds: 5400, deleteSeconds: 90, updateSeconds: 0 },
                deleteBeforeReplace: true,
                ignoreChanges: ["tags"],
                parent: `${network}::network`,
                protect: true,
            });
            assert.equal(at(shown.resources["imported"], "opts", "deleteBeforeReplace"), undefined);
            assert.equal(at(shown.resources["imported"], "opts", "protect"), false);
        });

        it("an imported resource has its id, a component the outputs that it registers", () => {
            assert.equal(propsOf(shown.resources["policy"])["bucket"], "mine");
            assert.equal(propsOf(shown.resources["policy"])["policy"], "unknown");
            assert.deepEqual(propsOf(shown.resources["network"]), {});
            assert.deepEqual(propsOf(shown.stack["network"]), { vpcId: "unknown" });
        });

        it("the stack comes first, a provider before its first resource, and both are sent", () => {
            assert.equal(shown.stack["options-dev"]?.["type"], "pulumi:pulumi:Stack");
            assert.equal(propsOf(shown.resources["elsewhere"])["version"], "7.48.0");
            assert.equal(at(shown.resources["elsewhere"], "provider"), undefined);
        });
    });
});
