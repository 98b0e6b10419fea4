import assert from "node:assert/strict";
import { exceptionFor, exceptionWarnings, parseConfiguration, reconcile } from "../../cli/configuration";
import { Failure } from "../../cli/failure";
import type { Level, Policy } from "../../cli/judgement";
import type { PackInfo } from "../../cli/pack";
import { asJson, objectOf, type Properties } from "../../cli/untyped";
import { policies } from "../../library";

function policy(name: string, level: Level, properties: Properties = {}, required: readonly string[] = []) {
    const described: Policy = {
        name,
        displayName: "",
        level,
        description: "",
        severity: "unspecified",
        remediationSteps: "",
        url: "",
        tags: [],
    };
    return { ...described, configSchema: { properties, required } };
}

const info: PackInfo = {
    name: "toy",
    version: "1.0.0",
    policies: [
        policy("first", "mandatory", {
            most: { type: "integer", minimum: 1, default: 3 },
            names: { type: "array", items: { type: "string" }, default: ["a"] },
            mode: { enum: ["strict", "loose"] },
            since: { type: "string", format: "date" },
            pattern: { type: "string", format: "regex" },
            exempt: {
                type: "array",
                items: {
                    type: "object",
                    required: ["reason"],
                    properties: { reason: {} },
                    additionalProperties: false,
                },
            },
        }),
        policy("second-policy", "advisory"),
    ],
    initialConfig: new Map([
        ["all", { level: "advisory", properties: {} }],
        ["first", { properties: { most: 5 } }],
    ]),
};

function parsed(value: unknown) {
    return parseConfiguration({ name: "c.json", text: JSON.stringify(value) });
}

function settings(value: unknown) {
    return Object.fromEntries(reconcile(info, parsed(value)));
}

function mistakes(work: () => unknown): readonly string[] {
    let message: string | undefined;
    try {
        work();
    } catch (thrown) {
        assert.ok(thrown instanceof Failure);
        message = thrown.message;
    }
    assert.ok(message !== undefined, "nothing was refused");
    return message.split("\n");
}

describe("A configuration", () => {
    it("lies over the pack's own, which lies over the defaults of the schema", () => {
        assert.deepEqual(settings({}), {
            first: { level: "advisory", properties: { most: 5, names: ["a"] } },
            "second-policy": { level: "advisory", properties: {} },
        });
        assert.deepEqual(settings({ first: { enforcementLevel: "disabled", names: ["b"] } })["first"], {
            level: "disabled",
            properties: { most: 5, names: ["b"] },
        });
    });

    it("lies over a preset, which lies over the pack's own", () => {
        const preset = new Map([
            ["first", { level: "disabled", properties: {} } as const],
            ["second-policy", { level: "mandatory", properties: {} } as const],
        ]);
        const levels = (value: unknown) =>
            [...reconcile(info, { ...parsed(value), preset }).values()].map(({ level }) => level);
        assert.deepEqual(levels({}), ["disabled", "mandatory"]);
        assert.deepEqual(levels({ first: "advisory" }), ["advisory", "mandatory"]);
        assert.deepEqual(levels({ all: "advisory" }), ["advisory", "advisory"]);
    });

    it("sets the level of all, and another for one", () => {
        const { first, "second-policy": second } = settings({ all: "disabled", first: "remediate" });
        assert.equal(first?.level, "remediate");
        assert.equal(second?.level, "disabled");
    });

    it("of version 2 has its policies in a place of their own", () => {
        assert.equal(settings({ version: 2, policies: { first: { most: 9 } } })["first"]?.properties["most"], 9);
        assert.deepEqual(parsed({ environments: ["shared"], first: "advisory" }).environments, ["shared"]);
    });

    it("may be empty, and YAML", () => {
        assert.equal(parseConfiguration({ name: "c.json", text: " \n" }).policies.size, 0);
        const yaml = parseConfiguration({ name: "c.yaml", text: "first:\n    most: 7\n" });
        assert.deepEqual(yaml.policies.get("first"), { properties: { most: 7 } });
    });

    it("is refused with a line for each mistake of form", () => {
        assert.deepEqual(
            mistakes(() => parsed({ first: "strict", second: 3, third: { enforcementLevel: "no" } })),
            [
                'c.json: first: "strict" is not an enforcement level; use advisory, mandatory, remediate or disabled.',
                "c.json: second: 3 is neither an enforcement level nor an object of settings.",
                'c.json: third: "no" is not an enforcement level; use advisory, mandatory, remediate or disabled.',
            ],
        );
        assert.deepEqual(
            mistakes(() => parsed([])),
            ["c.json: the file must be an object from policy name to settings."],
        );
        assert.deepEqual(
            mistakes(() => parsed({ version: 2, policies: [] })),
            ["c.json: policies: must be an object from policy name to settings."],
        );
        assert.deepEqual(
            mistakes(() => parsed({ version: 3 })),
            ["c.json: version: 3 is not supported; the versioned format is version 2."],
        );
        assert.match(
            mistakes(() => parseConfiguration({ name: "c.json", text: '{\n"a": 1,\n}' })).join(),
            /^c\.json is not JSON, line 3: /,
        );
        assert.match(
            mistakes(() => parseConfiguration({ name: "c.yml", text: "a: 1\nb: [" })).join(),
            /^c\.yml is not YAML, line \d: /,
        );
    });

    it("is refused with a line for each setting that a policy's schema forbids", () => {
        const first = {
            most: 0,
            names: "a",
            mode: "soft",
            since: "yesterday",
            pattern: "(?=a)",
            exempt: [{ reason: "r", typo: 1 }, {}],
        };
        assert.deepEqual(
            mistakes(() => settings({ first })),
            [
                "c.json: first: exempt.0.typo is not a known setting.",
                "c.json: first: exempt.1.reason is required.",
                "c.json: first: mode must be one of strict, loose.",
                "c.json: first: most must be >= 1.",
                "c.json: first: names must be array.",
                'c.json: first: pattern must match format "regex".',
                'c.json: first: since must match format "date".',
            ],
        );
        assert.deepEqual(
            mistakes(() => settings({ first: { pattern: "(" } })),
            ['c.json: first: pattern must match format "regex".'],
        );
        assert.deepEqual(
            settings({ first: { pattern: "^a+$", since: "2026-01-31", unknown: true } })["first"]?.properties,
            { most: 5, names: ["a"], pattern: "^a+$", since: "2026-01-31", unknown: true },
        );
    });

    it("names accounts by their 12 digits, and organizations by their ids", () => {
        const schema = policies.find(({ name }) => name === "pack-settings")?.configSchema.properties;
        const sent = objectOf(asJson(schema));
        const ofPack = { ...info, policies: [policy("pack-settings", "mandatory", sent)] };
        const judged = (value: unknown) => reconcile(ofPack, parsed({ "pack-settings": value })).get("pack-settings");
        assert.deepEqual(
            mistakes(() => judged({ accounts: ["11112222333", "111122223333"], organizations: ["acme"] })),
            [
                'c.json: pack-settings: accounts.0 must match pattern "^[0-9]{12}$".',
                'c.json: pack-settings: organizations.0 must match pattern "^o-[a-z0-9]{10,32}$".',
            ],
        );
        const right = { accounts: ["111122223333"], organizations: ["o-a1b2c3d4e5"] };
        const { accounts, organizations } = judged(right)?.properties ?? {};
        assert.deepEqual({ accounts, organizations }, right);
    });

    it("is refused when it lacks a setting, or gives one to all", () => {
        const strict = { ...info, policies: [policy("strict", "advisory", { owner: { type: "string" } }, ["owner"])] };
        assert.deepEqual(
            mistakes(() => reconcile(strict, parsed({}))),
            ["c.json: strict: owner is required."],
        );
        assert.deepEqual(
            mistakes(() => settings({ all: { most: 1 } })),
            ["c.json: all: most cannot be set here; all takes only an enforcementLevel."],
        );
    });

    it("is refused when it names no policy of the pack, with the nearest or all", () => {
        assert.deepEqual(
            mistakes(() => settings({ "second-polcy": "advisory", entirely: "advisory" })),
            [
                "c.json: entirely: policy pack toy has no such policy; its policies are first, second-policy.",
                "c.json: second-polcy: policy pack toy has no such policy; did you mean second-policy?",
            ],
        );
    });
});

describe("An exception", () => {
    const urn = "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main";
    const exceptions = {
        "EXC-10": { reason: "later", match: [{ policies: ["first"], targets: [urn] }] },
        "EXC-2": { reason: "legacy", expires: "2027-01-01", match: [{ policies: ["first", "gone"], targets: [urn] }] },
    };

    it("excuses exactly what it names, the lowest first", () => {
        const configuration = parsed({ version: 2, exceptions });
        const idFor = (name: string, of: string) => exceptionFor(configuration.exceptions, name, of)?.id;
        assert.equal(idFor("first", urn), "EXC-2");
        assert.equal(idFor("second-policy", urn), undefined);
        assert.equal(idFor("first", `${urn}2`), undefined);
        assert.deepEqual(exceptionWarnings(configuration, info), [
            "c.json: exceptions.EXC-2 names gone, which policy pack toy does not have.",
        ]);
    });

    it("is only read in version 2", () => {
        assert.equal(parsed({ exceptions: {} }).policies.has("exceptions"), true);
    });

    it("is refused with a line for each mistake", () => {
        const wrong = {
            "a b": { reason: "r", match: [{ policies: ["p"], targets: [urn] }] },
            b: { reason: " ", match: [] },
            c: { reason: "r", match: [{ policies: ["all"], targets: ["main"] }, {}] },
            d: "text",
            e: { reason: "r" },
            f: { reason: "r", match: ["p"] },
            g: { reason: "r", match: [{ policies: "p", targets: urn }] },
        };
        assert.deepEqual(
            mistakes(() => parsed({ version: 2, exceptions: wrong })),
            [
                "c.json: exceptions.a b: an exception's id has only letters, digits, dashes, dots and underscores.",
                "c.json: exceptions.b.reason: is required: say why the violation is accepted.",
                "c.json: exceptions.b.match: must list at least one object with policies and targets.",
                "c.json: exceptions.c.match[0].policies: must name policies; all is not allowed.",
                'c.json: exceptions.c.match[0].targets: "main" is not a URN.',
                "c.json: exceptions.c.match[1].policies: must list at least one policy.",
                "c.json: exceptions.c.match[1].targets: must list at least one URN.",
                "c.json: exceptions.d: must be an object with reason and match.",
                "c.json: exceptions.e.match: must list at least one object with policies and targets.",
                "c.json: exceptions.f.match[0].policies: must list at least one policy.",
                "c.json: exceptions.f.match[0].targets: must list at least one URN.",
                "c.json: exceptions.g.match[0].policies: must list at least one policy.",
                "c.json: exceptions.g.match[0].targets: must list at least one URN.",
            ],
        );
        assert.deepEqual(
            mistakes(() => parsed({ version: 2, exceptions: [] })),
            ["c.json: exceptions: must be an object from the exception's id to the exception."],
        );
    });
});
