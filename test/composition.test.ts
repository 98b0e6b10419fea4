/** Packs of other people that are made of this one: with the library, and the example of such a pack under the SDK's own server. */
import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isObject, objectsOf, parseJson, stringOf } from "../cli/untyped";
import { pack, policies, policy, type PolicyName, presets } from "../library";
import { root } from "../scripts/names";
import { command, type Outcome, packFromSources, written } from "./cli/command";

const run = promisify(execFile);
const load = ["--require", require.resolve("tsx/cjs")];
const example = join(root, "examples", "own-pack");

/** One of somebody's own. */
const own = policy({
    name: "endpoint-named",
    displayName: "Endpoint with a name",
    description: "Every endpoint has a name.",
    enforcementLevel: "mandatory",
    severity: "low",
    tags: ["endpoint"],
    remediationSteps: "Give it one.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html",
    subjects: network => network.endpoints,
    *check() {
        // Every resource has a name.
    },
});

const namesOf = (of: ReturnType<typeof pack>): readonly string[] => of.policies.map(({ name }) => name);
const everyName = policies.map(({ name }) => name);
/** Names and settings as they come from JavaScript, which no compiler has seen. */
const untyped = (composition: string) => JSON.parse(composition) as Parameters<typeof pack>[0];

describe("The library", () => {
    it("starts nothing when it is imported: no server, no output, and no SDK is loaded", async () => {
        const program = `const library = require(${JSON.stringify(join(root, "library.ts"))});
            library.pack({ drop: ["gateway-endpoint-routed"] });
            process.stderr.write(Object.keys(require.cache).filter(file => file.includes("@pulumi")).join());`;
        const { stdout, stderr } = await run(process.execPath, [...load, "--eval", program], { cwd: root });
        assert.deepEqual([stdout, stderr], ["", ""]);
    });

    it("gives the pack as it is to who asks for no other", () => {
        assert.deepEqual(pack().policies, policies);
    });

    it("picks policies, beside those about the pack itself, in the order of the pack", () => {
        const picked = pack({ pick: ["gateway-endpoint-routed", "endpoint-policy-required"] });
        assert.deepEqual(namesOf(picked), [
            "pack-settings",
            "endpoint-policy-required",
            "gateway-endpoint-routed",
            "undecided",
        ]);
    });

    it("picks policies by what they tell of themselves", () => {
        const pick = policies.filter(({ tags }) => tags.includes("data-perimeter")).map(({ name }) => name);
        assert.ok(pick.length > 2);
        assert.deepEqual(namesOf(pack({ pick })), ["pack-settings", ...pick, "undecided"]);
    });

    it("drops policies, of the picked ones, too", () => {
        const drop = ["gateway-endpoint-routed"] as const;
        assert.deepEqual(
            namesOf(pack({ drop })),
            everyName.filter(name => name !== "gateway-endpoint-routed"),
        );
        assert.deepEqual(namesOf(pack({ pick: ["gateway-endpoint-routed", "endpoint-policy-required"], drop })), [
            "pack-settings",
            "endpoint-policy-required",
            "undecided",
        ]);
    });

    it("changes the levels that it is told to, and no others", () => {
        const { policies: changed } = pack({ levels: { "gateway-endpoint-routed": "advisory" } });
        for (const [index, { name, enforcementLevel }] of policies.entries()) {
            const expected = name === "gateway-endpoint-routed" ? "advisory" : enforcementLevel;
            assert.equal(changed[index]?.enforcementLevel, expected);
        }
    });

    it("takes a preset for levels, whichever policies are picked", () => {
        const { policies: advisory } = pack({ pick: ["gateway-endpoint-routed"], levels: presets.advisory });
        assert.deepEqual(
            advisory.map(({ enforcementLevel }) => enforcementLevel),
            ["advisory", "advisory", "advisory"],
        );
    });

    it("makes settings the defaults of their schemas, and leaves its own policies as they are", () => {
        const before = JSON.stringify(policies);
        const { policies: changed } = pack({ settings: { "pack-settings": { accounts: ["123456789012"] } } });
        const { type, default: accounts } = changed[0]?.configSchema?.properties["accounts"] ?? {};
        assert.deepEqual([type, accounts], ["array", ["123456789012"]]);
        assert.equal(JSON.stringify(policies), before);
    });

    it("adds policies where their undecided subjects are still told", () => {
        assert.deepEqual(namesOf(pack({ add: [own] })), [...everyName.slice(0, -1), "endpoint-named", "undecided"]);
    });

    it("replaces a policy by another one of its name", () => {
        const replaced = pack({
            drop: ["gateway-endpoint-routed"],
            add: [{ ...own, name: "gateway-endpoint-routed" }],
        });
        assert.equal(
            replaced.policies.find(({ name }) => name === "gateway-endpoint-routed")?.displayName,
            own.displayName,
        );
    });

    const mistakes: readonly (readonly [title: string, composition: string, message: string])[] = [
        [
            "a policy to pick that does not exist",
            '{"pick":["gateway-endpoint-route"]}',
            "pack: pick names gateway-endpoint-route, which is no policy of this pack: do you mean gateway-endpoint-routed?",
        ],
        [
            "a policy to drop that is unlike any other",
            '{"drop":["s3-bucket-encrypted"]}',
            "pack: drop names s3-bucket-encrypted, which is no policy of this pack.",
        ],
        [
            "the level of a policy that does not exist",
            '{"levels":{"all":"advisory"}}',
            "pack: levels names all, which is no policy of this pack.",
        ],
        [
            "the settings of a policy that does not exist",
            '{"settings":{"pack-setting":{}}}',
            "pack: settings names pack-setting, which is no policy of this pack: do you mean pack-settings?",
        ],
        [
            "a setting that does not exist",
            '{"settings":{"gateway-endpoint-routed":{"exemptt":[]}}}',
            "pack: settings gives gateway-endpoint-routed a setting exemptt, which does not exist: it takes exempt.",
        ],
        [
            "a pack without its settings",
            '{"drop":["pack-settings"]}',
            "pack: drop names pack-settings, which is in every pack: the others rely on it.",
        ],
        [
            "a pack that does not say what is undecided",
            '{"drop":["undecided"]}',
            "pack: drop names undecided, which is in every pack: the others rely on it.",
        ],
        [
            "a pack whose settings are disabled",
            '{"levels":{"pack-settings":"disabled"}}',
            "pack: levels disables pack-settings, which the other policies rely on.",
        ],
        [
            "two policies of one name",
            '{"add":[{"name":"gateway-endpoint-routed"}]}',
            "pack: add has a policy gateway-endpoint-routed, of which there is one already: drop that, or call it otherwise.",
        ],
        [
            "two policies of one name that are both added",
            '{"add":[{"name":"endpoint-named"},{"name":"endpoint-named"}]}',
            "pack: add has a policy endpoint-named, of which there is one already: drop that, or call it otherwise.",
        ],
    ];
    for (const [title, composition, message] of mistakes) {
        it(`refuses ${title}`, () => {
            assert.throws(() => pack(untyped(composition)), { message });
        });
    }

    it("knows the names of its policies by their types", () => {
        const known: PolicyName = "gateway-endpoint-routed";
        // @ts-expect-error -- a name that does not exist
        const misspelt: PolicyName = "gateway-endpoint-route";
        assert.notEqual(known, misspelt);
    });
});

interface Said {
    readonly policy: string;
    readonly level: string;
    readonly on: string;
    readonly message: string;
}

describe("The example of a pack of one's own", () => {
    const packDirectory = packFromSources("own-pack", join(example, "index.ts"), join(example, "package.json"));

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
