/** Packs of other people that are made of this one, with the library. */
import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pack, policies, policy, type PolicyName, presets, probable } from "../library";
import { root } from "../scripts/names";
import { single } from "./blueprint";

const run = promisify(execFile);
const load = ["--require", require.resolve("tsx/cjs")];

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
            "pack: pick names gateway-endpoint-route, which is no policy of this pack; did you mean gateway-endpoint-routed?",
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
            "pack: settings names pack-setting, which is no policy of this pack; did you mean pack-settings?",
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
            "a policy that is to mend what it cannot mend",
            '{"levels":{"gateway-endpoint-routed":"remediate"}}',
            "pack: levels has gateway-endpoint-routed remediate, which can mend nothing: say mandatory.",
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

    it("says of a policy with probable findings that does not say so that it has a fault", () => {
        const careless = policy({
            name: "endpoint-right",
            displayName: "Endpoint that is right",
            description: "Every endpoint is right.",
            enforcementLevel: "mandatory",
            severity: "low",
            tags: ["endpoint"],
            remediationSteps: "Mend it.",
            url: "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html",
            subjects: network => network.endpoints,
            *check() {
                yield probable("It is wrong.");
            },
        });
        const said: unknown[] = [];
        const endpoint = single("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", serviceName: "s3" });
        Reflect.apply(careless.validateStack, undefined, [
            { resources: [endpoint], getConfig: () => ({}) },
            (violation: unknown) => said.push(violation),
        ]);
        assert.deepEqual(said, [
            {
                message:
                    "Internal error of endpoint-right on endpoint api: a probable finding of a policy that does not say that it has some. Please report it.",
                urn: endpoint.urn,
                enforcementLevel: "advisory",
            },
        ]);
    });

    it("knows the names of its policies by their types", () => {
        const known: PolicyName = "gateway-endpoint-routed";
        // @ts-expect-error -- a name that does not exist
        const misspelt: PolicyName = "gateway-endpoint-route";
        assert.notEqual(known, misspelt);
    });
});
