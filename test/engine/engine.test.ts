import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import * as awsNative from "@pulumi/aws-native";
import * as aws6 from "aws-sdk-v6";
import { run } from "../../cli/command";
import { isObject, objectsOf, parseJson, type Properties, stringOf } from "../../cli/untyped";
import { fullAccess, ofVpc } from "../aws";
import { analyze, isAtLeast, type Result, Stack } from "./stack";
import { toyPack } from "./toy-pack";

const pack = toyPack();
const ssm = "com.amazonaws.us-east-1.ssm";
const together = "A resource asks to be blamed among the others.\nblamed together";
let scratch = "";

before(() => {
    scratch = mkdtempSync(join(tmpdir(), "engine-test-"));
});

after(() => {
    rmSync(scratch, { recursive: true, force: true });
});

type Program = () => Promise<void>;

/** A VPC, a subnet and an endpoint, which asks the toy pack to be blamed in some way. */
function network(blame: "alone" | "together" | "mildly" | "not"): Program {
    return async () => {
        const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
        const subnet = new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
        new aws.ec2.VpcEndpoint("ssm", {
            serviceName: ssm,
            subnetIds: [subnet.id],
            tags: { blame },
            vpcEndpointType: "Interface",
            vpcId: vpc.id,
        });
        return Promise.resolve();
    };
}

function blamed(result: Result): readonly string[] {
    return result.violations.map(
        ({ policy, level, urn, message }) => `${level} ${policy} ${urn.split("::").at(-1) ?? ""}: ${message}`,
    );
}

/** What the engine sent to the toy pack: to Analyze (`resource`) and AnalyzeStack (`stack`), by the resource's name. */
interface Sent {
    readonly resource: Readonly<Record<string, Seen>>;
    readonly stack: Readonly<Record<string, Seen>>;
}

interface Seen {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

let dumps = 0;

async function sent(operation: (config: Readonly<Record<string, unknown>>) => Promise<Result>): Promise<Sent> {
    dumps += 1;
    const file = join(scratch, `${dumps}.json`);
    const result = await operation({ dump: { file } });
    assert.equal(result.exitCode, 0, result.output);
    const lines = readFileSync(file, "utf8").trim().split("\n").map(seen);
    const of = (kind: string): Readonly<Record<string, Seen>> =>
        Object.fromEntries(lines.filter(line => line.kind === kind).map(line => [line.name, line]));
    return { resource: of("resource"), stack: of("stack") };
}

interface Line extends Seen {
    readonly kind: string;
    readonly name: string;
}

function seen(line: string): Line {
    // Older engines leave in nested objects an empty list of what is a default, which tells nothing.
    const parsed: unknown = JSON.parse(line, (key, value: unknown) =>
        key === "__defaults" && Array.isArray(value) && value.length === 0 ? undefined : value,
    );
    assert(isLine(parsed));
    return parsed;
}

function isLine(value: unknown): value is Line {
    return typeof value === "object" && value !== null && "kind" in value && "name" in value && "properties" in value;
}

function unknownIn({ properties }: Seen): readonly string[] {
    return Object.keys(properties)
        .filter(property => properties[property] === "?")
        .sort();
}

describe("the engine", () => {
    let stack: Stack;
    before(async () => {
        stack = await Stack.open(network("together"));
    });
    after(() => {
        stack.close();
    });

    it("fails a preview for a mandatory violation and creates nothing", async () => {
        const result = await stack.preview({ pack });
        assert.deepEqual(blamed(result), [`mandatory stack-blamed ssm: ${together}`]);
        assert.notEqual(result.exitCode, 0);
        assert.doesNotMatch(readFileSync(await stack.export(), "utf8"), /VpcEndpoint/);
    });

    it("lists violations of resource policies and of stack policies together at preview", async () => {
        const program = async (): Promise<void> => {
            new aws.ec2.Vpc("alone", { cidrBlock: "10.1.0.0/16", tags: { blame: "alone" } });
            return network("together")();
        };
        assert.deepEqual(blamed(await stack.preview({ pack, program })), [
            "mandatory resource-blamed alone: A resource asks to be blamed alone.\nblamed alone",
            `mandatory stack-blamed ssm: ${together}`,
        ]);
    });

    it("shows a violation in the object form at its own level, with its message alone", async () => {
        const result = await stack.preview({ pack, program: network("mildly") });
        assert.deepEqual(blamed(result), ["advisory stack-advised ssm: blamed mildly"]);
        assert.equal(result.exitCode, 0);
    });

    it("takes levels from the pack's configuration, and passes when all are advisory", async () => {
        const result = await stack.preview({ pack, config: { "stack-blamed": "advisory" } });
        assert.deepEqual(blamed(result), [`advisory stack-blamed ssm: ${together}`]);
        assert.equal(result.exitCode, 0);
        assert.deepEqual(blamed(await stack.preview({ pack, config: { all: "disabled" } })), []);
    });

    it("exempts by Pulumi's own exceptions, since 3.271", async function () {
        if (!(await isAtLeast(3, 271))) {
            this.skip();
        }
        const targets = ["urn:pulumi:test::toy::aws:ec2/vpcEndpoint:VpcEndpoint::ssm"];
        const match = [{ policies: ["stack-blamed"], targets }];
        const config = { version: 2, policies: {}, exceptions: { "EXC-1": { reason: "legacy", match } } };
        const result = await stack.preview({ pack, config });
        assert.equal(result.exitCode, 0);
        assert.deepEqual(
            result.violations.map(({ level, exceptions }) => [level, exceptions]),
            [["mandatory", ["EXC-1"]]],
        );
    });

    it("fails an update for a resource policy before the resource exists", async () => {
        const result = await stack.up({ pack, program: network("alone") });
        assert.notEqual(result.exitCode, 0);
        assert.deepEqual(
            result.violations.map(({ policy }) => policy),
            ["resource-blamed"],
        );
        assert.doesNotMatch(readFileSync(await stack.export(), "utf8"), /"type":"aws:ec2\/vpcEndpoint/);
    });

    it("fails an update for a stack policy when everything exists", async () => {
        const result = await stack.up({ pack });
        assert.deepEqual(blamed(result), [`mandatory stack-blamed ssm: ${together}`]);
        assert.notEqual(result.exitCode, 0);
        assert.match(readFileSync(await stack.export(), "utf8"), /"type":"aws:ec2\/vpcEndpoint/);
    });

    it("says the same at a preview without changes, of the export, and after a change", async () => {
        const unchanged = await stack.preview({ pack });
        assert.deepEqual(unchanged.changes, { same: 4 });
        assert.deepEqual(blamed(unchanged), [`mandatory stack-blamed ssm: ${together}`]);
        const file = await stack.export();
        const analyzed = await analyze(file, { pack });
        assert.deepEqual(analyzed.violations, unchanged.violations);
        assert.notEqual(analyzed.exitCode, 0);
        assert.equal((await analyze(file, { pack, config: { all: "advisory" } })).exitCode, 0);
        const changed = await stack.up({ pack, program: network("not") });
        assert.deepEqual([changed.exitCode, blamed(changed), changed.changes], [0, [], { same: 3, update: 1 }]);
    });

    it("destroys what it created", async () => {
        const result = await stack.destroy();
        assert.deepEqual([result.exitCode, result.changes], [0, { delete: 4 }]);
    });
});

describe("the pack by a preset", () => {
    const root = resolve(__dirname, "../..");
    const by = (preset: string) => join(root, "presets", `${preset}.json`);
    let stack: Stack;
    before(async () => {
        stack = await Stack.open(network("not"));
    });
    after(() => {
        stack.close();
    });

    it("passes a program by the advisory one that fails by the recommended one, with the same violations", async () => {
        const advisory = await stack.preview({ pack: root, config: by("advisory") });
        const recommended = await stack.preview({ pack: root, config: by("recommended") });
        assert.equal(advisory.exitCode, 0, advisory.output);
        assert.notEqual(recommended.exitCode, 0);
        const said = ({ violations }: Result) => violations.map(({ policy, urn }) => `${policy} ${urn}`).sort();
        assert.deepEqual(said(advisory), said(recommended));
        assert(advisory.violations.every(({ level }) => level === "advisory"));
        assert(recommended.violations.some(({ level }) => level === "mandatory"));
    });

    it("leaves a log by a preset that the command line reports", async () => {
        const result = await stack.preview({ pack: root, config: by("recommended") });
        const log = join(scratch, "events.jsonl");
        writeFileSync(log, result.events.join("\n"));
        let report = "";
        const code = await run(["report", log, "--format", "json"], {
            packDirectory: root,
            directory: scratch,
            environment: {},
            stdout: { write: text => (report += text) },
            stderr: { write: text => assert.fail(text) },
        });
        const parsed = parseJson(report);
        const reported = objectsOf(isObject(parsed) ? parsed["violations"] : undefined);
        assert.deepEqual(
            reported.map(({ policy, level, message }) => JSON.stringify([policy, level, message])).sort(),
            result.violations.map(({ policy, level, message }) => JSON.stringify([policy, level, message])).sort(),
        );
        assert.equal(code, 1);
    });
});

describe("the pack at the level remediate", () => {
    it("changes the wrong property of what is created, and nothing else", async () => {
        const stack = await Stack.open(async () => {
            const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
            const subnet = (name: string, cidrBlock: string, Tier: string): unknown =>
                new aws.ec2.Subnet(name, { vpcId: vpc.id, cidrBlock, mapPublicIpOnLaunch: true, tags: { Tier } });
            subnet("app", "10.0.0.0/24", "private");
            subnet("edge", "10.0.1.0/24", "public");
            return Promise.resolve();
        });
        assert.equal((await stack.up()).exitCode, 0);
        const before = await created(stack);
        const config = { "private-subnet-no-public-ip": { enforcementLevel: "remediate", exceptSubnets: ["edge"] } };
        const preview = await stack.preview({ pack: resolve(__dirname, "../.."), config });
        assert.match(preview.output, /remediate.*private-subnet-no-public-ip/);
        const update = await stack.up({ pack: resolve(__dirname, "../.."), config });
        assert.deepEqual([update.exitCode, update.violations, update.changes], [0, [], { same: 3, update: 1 }]);
        const app = before["app"];
        assert.deepEqual(await created(stack), { ...before, app: { ...app, mapPublicIpOnLaunch: false } });
        stack.close();
    });
});

/** The outputs of what a stack has created, by name. */
async function created(stack: Stack): Promise<Readonly<Record<string, Properties>>> {
    const { deployment } = parsed(readFileSync(await stack.export(), "utf8"));
    return Object.fromEntries(
        objectsOf(isObject(deployment) ? deployment["resources"] : undefined).flatMap(({ urn, outputs }) =>
            isObject(outputs) ? [[stringOf(urn).split("::").at(-1) ?? "", outputs]] : [],
        ),
    );
}

function parsed(text: string): Properties {
    const value = parseJson(text);
    assert(isObject(value));
    return value;
}

describe("what the engine sends to a pack", () => {
    let stack: Stack;
    let first: Sent;
    /** Beside the network: a policy whose argument is pending, which arrives as if it were left out. */
    const program: Program = async () => {
        await network("not")();
        const bucket = new aws.s3.Bucket("logs");
        const vpc = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
        const { json } = aws.iam.getPolicyDocumentOutput({
            statements: [{ actions: ["s3:GetObject"], resources: [bucket.arn] }],
        });
        new aws.ec2.VpcEndpoint("s3", { policy: json, serviceName: "com.amazonaws.us-east-1.s3", vpcId: vpc.id });
    };
    before(async () => {
        stack = await Stack.open(program);
        first = await sent(config => stack.preview({ pack, config }));
    });
    after(() => {
        stack.close();
    });

    it("is, at the first preview, unknown and without dependency where the author left a property out", () => {
        const { resource, stack: outputs } = first;
        assert.deepEqual(resource["ssm"]?.properties, {
            serviceName: ssm,
            subnetIds: ["?"],
            tags: { blame: "not" },
            vpcEndpointType: "Interface",
            vpcId: "?",
        });
        assert(outputs["ssm"] !== undefined);
        assert.deepEqual(outputs["ssm"].dependencies, { subnetIds: ["a"], vpcId: ["main"] });
        assert.deepEqual(outputs["ssm"].properties["subnetIds"], ["?"]);
        for (const property of ["policy", "securityGroupIds", "privateDnsEnabled", "vpcId"]) {
            assert(unknownIn(outputs["ssm"]).includes(property), property);
        }
        assert(!("id" in outputs["ssm"].properties));
        assert.equal(outputs["ssm"].properties["region"], "us-east-1");
    });

    it("is the same where a data source's argument is pending, but for the inputs of Analyze", () => {
        const { resource, stack: outputs } = first;
        assert.equal(outputs["s3"]?.properties["policy"], "?");
        assert.deepEqual(outputs["s3"].dependencies, { vpcId: ["other"] });
        assert.equal(resource["s3"]?.properties["policy"], "?");
        assert(!("policy" in (resource["ssm"]?.properties ?? {})));
    });

    it("has the provider's defaults among the inputs, and nothing that tells them from what the author set", () => {
        const { resource } = first;
        assert.equal(resource["s3"]?.properties["vpcEndpointType"], "Gateway");
        assert.equal(resource["main"]?.properties["enableDnsSupport"], true);
        assert(!JSON.stringify(resource).includes("__defaults"));
    });

    it("is empty for new resources that are no target of the preview", async () => {
        const targets = ["urn:pulumi:test::toy::aws:ec2/vpc:Vpc::main"];
        const { stack: outputs } = await sent(config => stack.preview({ pack, config, targets }));
        assert.equal(outputs["main"]?.properties["cidrBlock"], "10.0.0.0/16");
        assert.deepEqual(outputs["ssm"]?.properties, {});
    });

    it("is known at update, with the same dependencies and with what AWS computed", async () => {
        const { stack: outputs } = await sent(config => stack.up({ pack, config }));
        const { main, ssm: endpoint } = outputs;
        assert(main !== undefined && endpoint !== undefined);
        const vpcId = String(main.properties["id"]);
        assert.deepEqual(endpoint.dependencies, { subnetIds: ["a"], vpcId: ["main"] });
        assert.deepEqual([unknownIn(main), unknownIn(endpoint)], [[], []]);
        assert.match(vpcId, /^vpc-/);
        assert.equal(endpoint.properties["vpcId"], vpcId);
        assert.equal(endpoint.properties["policy"], fullAccess);
        assert.deepEqual(endpoint.properties["securityGroupIds"], [ofVpc(vpcId, "sg")]);
        assert.equal(main.properties["defaultSecurityGroupId"], ofVpc(vpcId, "sg"));
        assert.match(String(outputs["s3"]?.properties["policy"]), /"arn:aws:s3:::logs-[0-9a-f]{7}"/);
    });

    it("is the inputs to Analyze, of unchanged resources, too", async () => {
        const { resource, stack: outputs } = await sent(config => stack.preview({ pack, config }));
        assert.deepEqual(Object.keys(resource).sort(), Object.keys(outputs).sort());
        assert(!("policy" in (resource["ssm"]?.properties ?? {})));
        assert.equal(outputs["ssm"]?.properties["policy"], fullAccess);
    });
});

describe("what the engine sends of resources that are not the program's own", () => {
    it("is nothing at preview and update, and everything when an export is analysed", async () => {
        const stack = await Stack.open(async () => {
            const vpc = aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0");
            new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
            return Promise.resolve();
        });
        const preview = await sent(config => stack.preview({ pack, config }));
        assert.equal(preview.stack["a"]?.properties["vpcId"], "vpc-0123456789abcdef0");
        assert(!("shared" in preview.stack));
        const update = await sent(config => stack.up({ pack, config }));
        assert(!("shared" in update.stack));
        const file = await stack.export();
        const analyzed = await sent(config => analyze(file, { pack, config }));
        assert.equal(analyzed.stack["shared"]?.properties["id"], "vpc-0123456789abcdef0");
        stack.close();
    });
});

describe("the stand-in providers", () => {
    it("serve SDK 6 and the native SDK beside SDK 7, and providers of the program's own", async () => {
        const stack = await Stack.open(async () => {
            const provider = new aws.Provider("paris", { region: "eu-west-3" });
            new aws.ec2.Vpc("seven", { cidrBlock: "10.0.0.0/16" }, { provider });
            new aws6.ec2.Vpc("six", { cidrBlock: "10.0.0.0/16" });
            const native = new awsNative.ec2.Vpc("native", { cidrBlock: "10.0.0.0/16" });
            new awsNative.ec2.VpcEndpoint("endpoint", { vpcId: native.vpcId, serviceName: ssm });
            return Promise.resolve();
        });
        const preview = (await sent(config => stack.preview({ pack, config }))).stack;
        assert.deepEqual(preview["endpoint"]?.dependencies, { vpcId: ["native"] });
        assert(!("policyDocument" in preview["endpoint"].properties));
        const { seven, six, native, endpoint } = (await sent(config => stack.up({ pack, config }))).stack;
        assert.equal(seven?.properties["region"], "eu-west-3");
        assert(six !== undefined && !("region" in six.properties));
        assert.equal(endpoint?.properties["vpcId"], native?.properties["vpcId"]);
        stack.close();
    });
});

describe("a program in a folder", () => {
    it("runs as Pulumi runs it, with its configuration", async () => {
        const folder = join(scratch, "program");
        mkdirSync(folder);
        writeFileSync(join(folder, "Pulumi.yaml"), "name: folder\nruntime: nodejs\n");
        writeFileSync(join(folder, "package.json"), '{"name":"folder","main":"index.ts"}');
        writeFileSync(
            join(folder, "index.ts"),
            `import * as aws from "@pulumi/aws";
            import { Config } from "@pulumi/pulumi";
            const zones: Promise<string[]> = aws.getAvailabilityZones().then(({ names }) => names);
            const vpc = new aws.ec2.Vpc("main", { cidrBlock: new Config().require("cidr"), tags: { blame: "together" } });
            export const zone = zones.then(names => new aws.ec2.Subnet(names[0]!, { vpcId: vpc.id, availabilityZone: names[0]! }).id);`,
        );
        const stack = await Stack.open(folder, { config: { "folder:cidr": "10.9.0.0/16", "aws:region": "eu-west-1" } });
        const result = await stack.preview({ pack });
        assert.deepEqual(blamed(result), [`mandatory stack-blamed main: ${together}`]);
        const update = await stack.up();
        assert.deepEqual([update.exitCode, update.changes], [0, { create: 3 }], update.output);
        assert.match(readFileSync(await stack.export(), "utf8"), /"cidrBlock":"10.9.0.0\/16".*"region":"eu-west-1"/s);
        stack.close();
    });

    it("ends with the program's own error", async () => {
        const folder = join(scratch, "failing");
        mkdirSync(folder);
        writeFileSync(join(folder, "Pulumi.yaml"), "name: failing\nruntime: nodejs\n");
        writeFileSync(join(folder, "index.js"), 'throw new Error("no such luck");\n');
        const stack = await Stack.open(folder);
        const result = await stack.preview({ pack });
        assert.notEqual(result.exitCode, 0);
        assert.match(result.output, /no such luck/);
        stack.close();
    });
});
