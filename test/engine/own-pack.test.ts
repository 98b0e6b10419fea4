/** The example of a pack of one's own judges as its guide says. */
import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, objectsOf, parseJson, stringOf } from "../../cli/untyped";
import { policies } from "../../library";
import { root } from "../../scripts/names";
import { command, type Outcome, packFromSources, written } from "../cli/command";

const example = join(root, "examples", "own-pack");

interface Said {
    readonly policy: string;
    readonly level: string;
    readonly on: string;
    readonly message: string;
}

describe("The example of a pack of one's own", () => {
    const packDirectory = packFromSources(
        "own-pack",
        join(example, "index.ts"),
        readFileSync(join(example, "package.json"), "utf8"),
    );

    /** Of the private application, which has mistakes, as it was exported when it existed. */
    const analyzed = new Map<string, Promise<Outcome>>();

    function analyze(config: object = {}): Promise<Outcome> {
        const text = JSON.stringify(config);
        const outcome =
            analyzed.get(text) ??
            command(
                [
                    "analyze",
                    join(root, "test", "stacks", "private-app.json"),
                    "--config",
                    join(
                        written(`own-pack-configuration-${analyzed.size}`, { "policies.json": text }),
                        "policies.json",
                    ),
                    "--format",
                    "json",
                ],
                { packDirectory },
            );
        analyzed.set(text, outcome);
        return outcome;
    }

    function violationsOf({ stdout, stderr }: Outcome): readonly Said[] {
        const report = parseJson(stdout);
        assert.ok(isObject(report), stderr);
        return objectsOf(report["violations"]).map(({ policy, level, message, resource }) => ({
            policy: stringOf(policy),
            level: stringOf(level),
            on: isObject(resource) ? stringOf(resource["name"]) : "",
            message: stringOf(message),
        }));
    }

    const by = (name: string, said: readonly Said[]): readonly Said[] => said.filter(({ policy }) => policy === name);

    it("judges by its own policy, with the model of the library", async () => {
        const outcome = await analyze();
        const found = by("interface-endpoint-in-hub", violationsOf(outcome));
        assert.deepEqual(
            found.map(({ on }) => on),
            ["dynamodb", "ec2messages", "ecr-api", "ecr-dkr", "kms", "logs", "secretsmanager", "sqs", "ssm"],
        );
        assert.equal(found[0]?.message, "Interface endpoint dynamodb for dynamodb is in VPC main, which is no hub.");
        assert.equal(found[0].level, "mandatory");
        assert.equal(outcome.code, 1);
    });

    it("at preview accepts by it the endpoints of a hub, and names it where it waits for a value", async () => {
        const program = written("own-pack-program", {
            "Pulumi.yaml": "name: own-pack-program\nruntime: nodejs\n",
            "package.json": "{}",
            "index.js": `const aws = require("@pulumi/aws");
                const hub = new aws.ec2.Vpc("hub", { cidrBlock: "10.1.0.0/16", tags: { Name: "hub-1" } });
                const spoke = new aws.ec2.Vpc("spoke", { cidrBlock: "10.2.0.0/16", tags: { Name: "spoke-1" } });
                const late = new aws.ec2.Vpc("late", { cidrBlock: "10.0.0.0/16", tags: { Name: hub.id } });
                const vpcEndpointType = "Interface", serviceName = "com.amazonaws.us-east-1.sts";
                for (const [name, { id }] of Object.entries({ hub, spoke, late })) {
                    new aws.ec2.VpcEndpoint("sts-" + name, { vpcId: id, vpcEndpointType, serviceName });
                }`,
        });
        const found = violationsOf(await command(["preview", program, "--format", "json"], { packDirectory }));
        const on = (said: readonly Said[]): readonly string[] => said.map(({ on }) => on);
        assert.deepEqual(on(by("interface-endpoint-in-hub", found)), ["sts-spoke"]);
        const undecided = by("undecided", found).filter(({ message }) => message.includes("interface-endpoint-in-hub"));
        assert.deepEqual(on(undecided), ["sts-late"]);
    });

    it("has no policy that it drops", async () => {
        const speaking = new Set(violationsOf(await analyze()).map(({ policy }) => policy));
        assert.ok(!speaking.has("gateway-endpoint-preferred"));
        assert.ok(speaking.has("gateway-endpoint-routed"));
    });

    const changed = {
        "gateway-endpoint-covers-private-subnets": "advisory",
        "interface-endpoint-in-hub": { hubs: ["private-*"] },
        "pack-settings": { organizations: ["o-somebodyelse"], accounts: ["210987654321"] },
    };

    it("has the level that it says, unless a configuration says otherwise", async () => {
        const name = "gateway-endpoint-covers-private-subnets";
        const levels = async (config?: object): Promise<readonly string[]> =>
            by(name, violationsOf(await analyze(config))).map(({ level }) => level);
        assert.equal(policies.find(policy => policy.name === name)?.enforcementLevel, "advisory");
        assert.deepEqual(await levels(), ["mandatory"]);
        assert.deepEqual(await levels(changed), ["advisory"]);
        assert.deepEqual(await levels({ all: "advisory" }), ["advisory"]);
        assert.equal((await analyze({ all: "advisory" })).code, 0);
    });

    it("trusts whom it says, unless a configuration says otherwise", async () => {
        const name = "endpoint-policy-trusted-principals";
        assert.deepEqual(by(name, violationsOf(await analyze())), []);
        assert.ok(by(name, violationsOf(await analyze(changed))).length > 0);
    });

    it("has its own settings configured like any other", async () => {
        assert.deepEqual(by("interface-endpoint-in-hub", violationsOf(await analyze(changed))), []);
        const refused = violationsOf(await analyze({ "interface-endpoint-in-hub": { hub: [] } }));
        assert.match(
            by("interface-endpoint-in-hub", refused)
                .map(({ message }) => message)
                .join("\n"),
            /a setting hub, which does not exist: it takes hubs, exempt\./,
        );
    });

    it("stands in its guide as it is", () => {
        const guide = readFileSync(join(root, "docs", "your-own-pack.md"), "utf8");
        const shown = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text]) => text);
        const files = readdirSync(example).filter(file => file.endsWith(".ts"));
        assert.deepEqual(shown.sort(), files.map(file => readFileSync(join(example, file), "utf8")).sort());
    });
});
