/** What the pages of the policies show is so: their programs are taken out of them, run, and judged. */
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import { transformSync } from "esbuild";
import { parseConfiguration, reconcile } from "../cli/configuration";
import type { PackInfo } from "../cli/pack";
import { asJson, isObject } from "../cli/untyped";
import { policies } from "../library";
import { ofPack, root } from "../scripts/names";
import { violations } from "../scripts/pages";
import { programOf } from "../scripts/program";
import { type Config, judge, type Violation } from "./judge";
import { type Mode, type Program, record, type Recorded } from "./record";
import { show } from "./table";

const modes: readonly Mode[] = ["preview", "update"];

/** The code blocks of a page, by heading and language. */
function blocksOf(page: string): (heading: string, language: string) => string | undefined {
    const blocks = new Map<string, string>();
    for (const section of page.split(/^## /m)) {
        const [heading = ""] = section.split("\n");
        for (const [, language = "", text = ""] of section.matchAll(/^```(\w+)\n([^]*?)\n```$/gm)) {
            assert(!blocks.has(`${heading} ${language}`), `two blocks of ${language} under "${heading}"`);
            blocks.set(`${heading} ${language}`, text);
        }
    }
    return (heading, language) => blocks.get(`${heading} ${language}`);
}

/** A program of a page, which is run again each time. */
function runnable(code: string | undefined): Program {
    assert(code !== undefined, "the page shows no program");
    const compiled = compileFunction(transformSync(code, { loader: "ts", format: "cjs" }).code, ["require"]);
    return () => {
        Reflect.apply(compiled, undefined, [createRequire(__filename)]);
    };
}

const configured = (json: string | undefined): Config => JSON.parse(json ?? "{}") as Config;

/** What the pack says of a program that only one policy judges. */
async function saidOf(program: Program, mode: Mode, policy: string, config: Config): Promise<readonly Violation[]> {
    const alone = { all: { enforcementLevel: "disabled" }, "pack-settings": {}, undecided: {}, [policy]: {} };
    return judge(await show(program, mode), { ...alone, ...config });
}

const info: PackInfo = {
    name: "pack",
    version: "",
    initialConfig: new Map(),
    policies: policies.map(policy => {
        const properties = asJson(policy.configSchema.properties);
        return {
            ...policy,
            level: policy.enforcementLevel,
            configSchema: { properties: isObject(properties) ? properties : {}, required: [] },
        };
    }),
};

describe("a program that is printed", () => {
    const printed: Program = () => {
        const main = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
        const elsewhere = aws.ec2.Vpc.get("elsewhere", "vpc-0a1b2c3d4e5f60718");
        const logs = new aws.s3.Bucket("logs-of-all");
        const assets = new aws.s3.Bucket("assets", {}, { dependsOn: [logs] });
        const table = new aws.ec2.RouteTable("private", { vpcId: main.id }, { ignoreChanges: ["routes"] });
        const group = new aws.ec2.SecurityGroup("main", {
            vpcId: elsewhere.id,
            description: "What `costs` ${nothing}",
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [main.cidrBlock] }],
        });
        new aws.ec2.VpcEndpoint("s3", {
            vpcId: main.id,
            serviceName: "com.amazonaws.us-east-1.s3",
            routeTableIds: [table.id, main.mainRouteTableId],
            policy: pulumi.jsonStringify({
                Statement: [{ Resource: [assets.arn, pulumi.interpolate`${assets.arn}/\${aws:username}/*`] }],
            }),
            tags: { groups: pulumi.interpolate`${group.id}`, text: '["a"]' },
        });
        const own = new native.Vpc("own", { cidrBlock: "10.1.0.0/16" });
        new native.SecurityGroup("own", { vpcId: own.vpcId, groupDescription: "Own" });
    };

    for (const mode of modes) {
        it(`makes at ${mode} what the first one made`, async () => {
            const code = programOf(await record(printed, "update"));
            const byUrn = async (program: Program): Promise<ReadonlyMap<string, Recorded>> =>
                new Map((await record(program, mode)).map(resource => [resource.urn, resource]));
            assert.deepEqual(await byUrn(runnable(code)), await byUrn(printed));
        });
    }

    it("has no secrets and no components, and says which resource it cannot show", async () => {
        const secret: Program = () => new aws.ec2.Vpc("main", { cidrBlock: pulumi.secret("10.0.0.0/16") });
        const component: Program = () => new pulumi.ComponentResource("my:network:Network", "whole");
        for (const [program, name] of [
            [secret, "aws:ec2/vpc:Vpc main"],
            [component, "my:network:Network whole"],
        ] as const) {
            const recorded = await record(program, "update");
            const why = "it is not of AWS, or belongs to a component, or has a secret";
            assert.throws(() => programOf(recorded), { message: `${name} cannot be shown: ${why}.` });
        }
    });
});

describe("the page of every policy", () => {
    for (const policy of policies) {
        const { name } = policy;
        const page = readFileSync(join(root, "docs", "policies", `${name}.md`), "utf8");
        const block = blocksOf(page);
        const config = configured(block("Violating code", "json"));
        const isLate = page.includes("At the first preview this is undecided");

        if (!ofPack.includes(name)) {
            for (const mode of modes) {
                it(`${name} shows code that violates it, and says what it says of that at ${mode}`, async () => {
                    const program = runnable(block("Violating code", "ts"));
                    const all = await saidOf(program, mode, name, config);
                    const undecided = all.filter(one => one.policy === "undecided" && one.message.includes(name));
                    const isDecided = mode === "update" || !isLate;
                    const said = violations(
                        policy,
                        all.filter(one => one.policy === name),
                    );
                    assert.equal(said, isDecided ? block("Violating code", "text") : "");
                    assert.equal(undecided.length > 0, !isDecided);
                });

                it(`${name} shows code that complies with it at ${mode}`, async () => {
                    const program = runnable(block("Compliant code", "ts"));
                    const own = block("Compliant code", "json");
                    const all = await saidOf(program, mode, name, own === undefined ? config : configured(own));
                    assert.equal(
                        violations(
                            policy,
                            all.filter(one => one.policy === name),
                        ),
                        "",
                    );
                });
            }
        }

        it(`${name} shows a configuration that the engine takes and in which all settings exist`, async () => {
            const text = block("Settings", "json") ?? "";
            const { policies: given } = parseConfiguration({ name: "page.json", text });
            assert.deepEqual(
                Object.keys(given.get(name)?.properties ?? {}),
                Object.keys(policy.configSchema.properties),
            );
            reconcile(info, parseConfiguration({ name: "page.json", text }));
            const said = await judge(await record(() => undefined, "preview"), configured(text));
            assert.deepEqual(
                said.filter(({ message }) => message.includes("configuration")),
                [],
            );
        });
    }
});
