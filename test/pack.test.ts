/** What holds of every policy of the pack: names, metadata, tables, generated files, and the examples. */
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pack, policies, presets } from "../library";
import { staleFiles } from "../scripts/generate";
import { kebabCase, ofPack, policyNames, programNames, root } from "../scripts/names";
import { readTables, type Section, type Tables } from "../scripts/tables";
import { build } from "./blueprint";
import { type Config, judge, type Violation } from "./judge";
import { type Mode, type Program, record } from "./record";

const modes: readonly Mode[] = ["preview", "update"];
const load = createRequire(__filename);
const judging = policies.filter(({ name }) => !ofPack.includes(name));
const text = (file: string): string => readFileSync(join(root, file), "utf8");
const fileOf = (name: string): string => `policies/${name}.ts`;
const tableOf = (name: string): string => `test/policies/${name}.test.ts`;

/** The examples that have mistakes; beside each of them is one without. */
const examples: readonly string[] = programNames().filter(name => !name.endsWith("-fixed"));

/** The configurations that an example is judged with: none, and its own if it has one. */
function configurationsOf(name: string): readonly (readonly [title: string, config: Config])[] {
    const file = `examples/${name}/policies.json`;
    return existsSync(join(root, file))
        ? [
              ["unconfigured", {}],
              ["as configured", JSON.parse(text(file)) as Config],
          ]
        : [["unconfigured", {}]];
}

/** Loads the program of an example, again for each run. */
function example(name: string): Program {
    const file = load.resolve(`../examples/${name}/index`);
    return () => {
        Reflect.deleteProperty(load.cache, file);
        load(file);
    };
}

async function violations(program: Program, mode: Mode, config: Config = {}): Promise<readonly Violation[]> {
    return judge(await record(program, mode), config);
}

const said = (found: readonly Violation[]): readonly string[] =>
    found.map(({ policy, on, message }) => `${policy} on ${on}: ${message}`);

describe("every policy", () => {
    for (const policy of policies) {
        describe(policy.name, () => {
            it("has a name in kebab-case, which is that of its file", () => {
                assert.match(policy.name, kebabCase);
                assert.ok(existsSync(join(root, fileOf(policy.name))));
            });

            it("is described by one sentence in the indicative, of 120 characters at most", () => {
                assert.match(policy.description, /^[A-Z][^.!?]*\.$/);
                assert.doesNotMatch(policy.description, /\b(must|should|shall|needs? to|ought)\b/i);
                assert.ok(policy.description.length <= 120, `${policy.description.length} characters`);
            });

            it("says in one or two sentences what to do", () => {
                const sentences = policy.remediationSteps.split(/(?<=[.;:!?])\s+(?=[A-Z])/);
                assert.match(policy.remediationSteps, /^[A-Z].*\.$/);
                assert.ok(sentences.length <= 2, `${sentences.length} sentences`);
                assert.notEqual(policy.remediationSteps, policy.description);
            });

            it("has a title, a severity, topics and the address of its source", () => {
                assert.match(policy.displayName, /^[A-Z].*[^.]$/);
                assert.ok(["low", "medium", "high", "critical"].includes(policy.severity));
                assert.ok(policy.tags.length > 0);
                policy.tags.forEach(tag => {
                    assert.match(tag, kebabCase);
                });
                const { protocol, host } = new URL(policy.url);
                assert.equal(
                    `${protocol}//${host}`,
                    ofPack.includes(policy.name) ? "https://www.pulumi.com" : "https://docs.aws.amazon.com",
                );
            });

            it("describes each of its settings", () => {
                for (const [name, { description = "" }] of Object.entries(policy.configSchema.properties)) {
                    assert.match(description, /^[A-Z].*\.$/s, name);
                }
            });

            it("has no words that stand for others", () => {
                const words = [policy.displayName, policy.description, policy.remediationSteps, ...policy.tags].join(
                    " ",
                );
                assert.doesNotMatch(words, /\b(todo|fixme|tbd|xxx|foo|bar|baz|lorem|ipsum|placeholder|example)\b/i);
            });

            it("is no longer than 60 lines", () => {
                const lines = text(fileOf(policy.name)).trimEnd().split("\n");
                assert.ok(lines.length <= 60, `${lines.length} lines`);
            });
        });
    }

    it("has a name, a title and a description of its own", () => {
        for (const key of ["name", "displayName", "description", "remediationSteps"] as const) {
            const all = policies.map(policy => policy[key]);
            assert.deepEqual(
                all.filter((value, index) => all.indexOf(value) !== index),
                [],
                key,
            );
        }
    });
});

describe("the table of every policy", () => {
    let tables: Tables = new Map();
    before(async () => {
        tables = await readTables();
    });

    for (const { name, configSchema } of judging) {
        it(`${name} has at least three cases that it accepts and one that it rejects`, () => {
            const count = (section: Section): number => tables.get(name)?.cases[section].length ?? 0;
            assert.ok(count("accepts") >= 3, `accepts ${count("accepts")}`);
            assert.ok(count("rejects") >= 1, `rejects ${count("rejects")}`);
        });

        for (const setting of Object.keys(configSchema.properties).filter(
            key => key !== "exempt" && key !== "strict",
        )) {
            it(`${name} has a case that sets ${setting}`, () => {
                assert.match(text(tableOf(name)), new RegExp(`config: \\{[^;]*\\b${setting}\\b`));
            });
        }
    }

    it("belongs to a policy", () => {
        const names: readonly string[] = judging.map(({ name }) => name);
        assert.deepEqual(
            [...tables.keys()].filter(name => !names.includes(name)),
            [],
        );
    });
});

describe("the pack", () => {
    it("a value that cannot be made a text is no text, and no fault", async () => {
        const textless = { toString: "none" };
        const [vpc, ...others] = build(
            [
                { type: "aws:ec2/vpc:Vpc", name: "main", inputs: { cidrBlock: "10.0.0.0/16" } },
                {
                    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
                    name: "s3",
                    inputs: {
                        vpcId: "vpc-0a",
                        serviceName: "com.amazonaws.us-east-1.s3",
                        vpcEndpointType: "Interface",
                        dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: textless },
                    },
                },
            ],
            "update",
        );
        assert(vpc !== undefined);
        const outputs = { ...vpc.outputs, enableDnsHostnames: textless, tags: { Tier: textless } };
        const said = await judge([{ ...vpc, outputs }, ...others]);
        assert.deepEqual(
            said.filter(({ message }) => message.startsWith("Internal error")),
            [],
        );
    });

    it("says what it is", () => {
        const { displayName, readme, repository, tags } = pack();
        for (const value of [displayName, readme, repository]) {
            assert.ok(value !== undefined && value !== "");
        }
        assert.ok((tags ?? []).length > 0);
    });

    it("has every policy: its settings first, the undecided last, the others by name", () => {
        assert.deepEqual(
            policies.map(({ name }) => name),
            policyNames(),
        );
        assert.deepEqual(
            judging.map(({ name }) => name),
            judging.map(({ name }) => name).sort(),
        );
    });

    it("has presets that set the level of every policy, which are files, too", () => {
        const names = policies.map(({ name }) => name);
        for (const [name, preset] of Object.entries(presets)) {
            assert.deepEqual(Object.keys(preset), names);
            assert.deepEqual(JSON.parse(text(`presets/${name}.json`)), preset);
        }
        const at = (preset: object, level: string): readonly string[] =>
            Object.entries(preset).flatMap(([name, own]) => (own === level ? [name] : []));
        const costs = policies.filter(({ tags }) => tags.includes("cost")).map(({ name }) => name);
        assert.deepEqual(at(presets.advisory, "advisory"), names);
        assert.deepEqual(at(presets.strict, "advisory"), [...costs, "undecided"]);
        for (const { name, enforcementLevel } of policies) {
            assert.equal(presets.recommended[name], enforcementLevel);
        }
    });

    it("has generated files that are what the generator writes", async () => {
        assert.deepEqual(await staleFiles(), []);
    });
});

for (const mode of modes) {
    describe(`at ${mode}`, () => {
        it("nothing is said of a stack without resources", async () => {
            assert.deepEqual(said(await violations(() => undefined, mode)), []);
        });

        for (const name of examples) {
            for (const [title, config] of configurationsOf(name)) {
                it(`nothing is said of ${name}-fixed, ${title}`, async () => {
                    assert.deepEqual(said(await violations(example(`${name}-fixed`), mode, config)), []);
                });
            }
        }

        it("every policy finds a mistake in an example that has mistakes", async () => {
            const found: Violation[] = [];
            for (const name of examples) {
                for (const [, config] of configurationsOf(name)) {
                    found.push(...(await violations(example(name), mode, config)));
                }
            }
            const speaking = new Set(found.map(({ policy }) => policy));
            // A bucket policy that is built of an endpoint's id is not known before that exists.
            const late = mode === "preview" ? ["bucket-policy-endpoint-matches"] : [];
            assert.deepEqual(
                judging.map(({ name }) => name).filter(name => !speaking.has(name)),
                late,
            );
            const waiting = found.filter(({ policy }) => policy === "undecided").map(({ message }) => message);
            assert.ok(late.every(name => waiting.some(message => message.includes(name))));
        });
    });
}
