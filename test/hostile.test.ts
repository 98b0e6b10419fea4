/**
 * Nothing throws out of a policy, whatever a stack, a policy document or a configuration holds. INPUTS sets how many values are put in
 * place of others: few by default, 100,000 in CI.
 */
import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { types } from "../engine/read";
import { type Blueprint, build, Ref } from "./blueprint";
import { hostile, oneOfEach, type Place, placesOf, referred, withValueAt } from "./hostile";
import { type Config, judge, type Violation } from "./judge";
import { networks } from "./networks";
import type { Mode, Recorded } from "./record";

const inputs = Number(process.env["INPUTS"] ?? 1500);
// A run can be repeated; another SEED tries others.
const seed = Number(process.env["SEED"] ?? 20261124);
/** How many values are put into one network at once: what is wrong with one of them is seen among so many others. */
const atOnce = 40;
const modes: readonly Mode[] = ["preview", "update"];

const configurations: readonly Config[] = [
    {},
    {
        "pack-settings": { accounts: ["111122223333"], organizations: ["o-a1b2c3d4e5"], strict: true },
        "required-endpoints-present": { services: ["s3"], exceptVpcs: ["*x*y*"] },
        "endpoint-policy-valid": { exempt: [{ tag: "Tier=*a*b*c*", reason: "a pattern of many wildcards" }] },
        "vpc-dns-enabled-for-endpoints": { exempt: [{ tag: "Name=?*?*?", reason: "another one" }] },
        "gateway-endpoint-covers-private-subnets": { exempt: [{ urn: "*:*:*$*", reason: "a pattern on URNs" }] },
    },
];

/** Mistakes in a VPC of its own: whatever is wrong with the others, they are told. */
const mistakes = ((): readonly Blueprint[] => {
    const vpc = { type: "aws:ec2/vpc:Vpc", name: "sound", inputs: { cidrBlock: "172.31.0.0/16" } };
    const endpoint = {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        name: "misspelt",
        inputs: {
            vpcId: new Ref(vpc),
            serviceName: "com.amazonaws.us-east-1.sqss",
            vpcEndpointType: "Interface",
            tags: { Tier: "sound" },
        },
    };
    const subnet = {
        type: "aws:ec2/subnet:Subnet",
        name: "sound",
        inputs: {
            vpcId: new Ref(vpc),
            cidrBlock: "172.31.1.0/24",
            mapPublicIpOnLaunch: true,
            tags: { Tier: "private" },
        },
    };
    return [vpc, endpoint, subnet];
})();
const found = [
    ["endpoint-service-name-valid", "misspelt"],
    ["private-subnet-no-public-ip", "sound"],
] as const;

/** What is wrong with what is said: a fault, half of a character, or silence where there is a mistake. */
function troublesIn(said: readonly Violation[]): readonly string[] {
    const isFault = ({ message }: Violation): boolean => /^Internal error|^can't run policy/.test(message);
    return [
        ...said.filter(isFault).map(({ message }) => message),
        ...said.filter(({ message }) => Buffer.from(message).toString() !== message).map(() => "half of a character"),
        ...found
            .filter(([policy, on]) => !said.some(one => one.policy === policy && one.on === on))
            .map(([policy, on]) => `${policy} is silent on ${on}`),
    ];
}

async function troubles(resources: readonly Recorded[], config: Config = {}): Promise<readonly string[]> {
    try {
        return troublesIn(await judge(resources, config));
    } catch (e) {
        return [`The RPC fails: ${String(e)}`];
    }
}

/** A value put in place of another one, in a resource by its position. */
interface Replacement {
    readonly at: number;
    readonly place: Place;
    readonly make: (value: unknown) => unknown;
    /** Where it is hidden from. */
    readonly only?: "inputs" | "outputs";
}

function withReplacements(resources: readonly Recorded[], replacements: readonly Replacement[]): readonly Recorded[] {
    const changed = [...resources];
    for (const { at, place, make, only } of replacements) {
        const resource = changed[at];
        if (resource !== undefined) {
            const put = (properties: Recorded["inputs"]) => withValueAt(properties, place, make) as Recorded["inputs"];
            changed[at] = {
                ...resource,
                ...(only !== "outputs" && { inputs: put(resource.inputs) }),
                ...(only !== "inputs" && { outputs: put(resource.outputs) }),
            };
        }
    }
    return changed;
}

function shown(resources: readonly Recorded[], { at, place, make }: Replacement): string {
    return `${resources[at]?.type ?? ""} ${place.join(".")} = ${JSON.stringify(make("VALUE")).slice(0, 200)}`;
}

/** Fails with the fewest of the replacements that make trouble. */
async function assertSound(
    resources: readonly Recorded[],
    replacements: readonly Replacement[],
    config: Config,
    mix: (resources: readonly Recorded[]) => readonly Recorded[] = same => same,
): Promise<void> {
    const troublesOf = (some: readonly Replacement[]): Promise<readonly string[]> =>
        troubles(mix(withReplacements(resources, some)), config);
    const wrong = await troublesOf(replacements);
    let fewest = wrong.length > 0 ? replacements : [];
    for (const one of fewest) {
        const others = fewest.filter(other => other !== one);
        if ((await troublesOf(others)).length > 0) {
            fewest = others;
        }
    }
    assert.deepEqual(wrong, [], fewest.map(one => shown(resources, one)).join("\n"));
}

/** Numbers below a limit that look random and are always the same. */
function numbers(start: number): (limit: number) => number {
    let state = start >>> 0;
    return limit => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * limit);
    };
}

/** Stacks that have a resource of every type together, each with all that is asked for, beside networks as they are generated. */
function stacksOfAllTypes(): readonly (readonly Recorded[])[] {
    const others = types.filter(type => !referred.includes(type));
    const generated = fc.sample(networks, { numRuns: Math.ceil(others.length / perStack), seed });
    return generated.flatMap((network, index) => {
        const some = others.slice(index * perStack, (index + 1) * perStack);
        const core = referred.filter(type => !network.some(one => one.type === type));
        const blueprints = oneOfEach(
            [...types.filter(type => core.includes(type)), ...some],
            [...mistakes, ...network],
        );
        return modes.map(mode => build(blueprints, mode));
    });
}

const perStack = 30;

describe("whatever stands in a stack", function () {
    this.timeout(1_800_000);
    let stacks: readonly (readonly Recorded[])[] = [];
    before(() => {
        stacks = stacksOfAllTypes();
    });

    it("there is nothing wrong with stacks that have every type that is read, and nearly every policy speaks of them", async () => {
        const there = new Set(stacks.flat().map(({ type }) => type));
        assert.deepEqual(
            types.filter(type => !there.has(type)),
            [],
        );
        const speaking = new Set<string>();
        for (const [index, stack] of stacks.entries()) {
            const said = await judge(stack, configurations[index % 2]);
            assert.deepEqual(troublesIn(said), []);
            said.forEach(({ policy }) => speaking.add(policy));
        }
        assert(speaking.size > 30, [...speaking].join(" "));
    });

    it("no value in any property that is read is a fault, nor are several at once", async () => {
        const next = numbers(seed);
        // What is shown of a type in one stack need not be shown in another one, and the mistakes stay as they are.
        const shownAlready = new Set<string>();
        const spots = stacks.map((stack, index) =>
            stack.flatMap((resource, at) => {
                const places = at < mistakes.length ? [] : placesOf(resource);
                const fresh = places.filter(place => {
                    const key = `${resource.type} ${place.join(".")} ${modes[index % 2] ?? ""}`;
                    const isFresh = !shownAlready.has(key);
                    shownAlready.add(key);
                    return isFresh;
                });
                return fresh.map(place => ({ at, place }));
            }),
        );
        const total = spots.flat().length;
        // Small runs try some properties of each stack; large ones try all of them again and again, with one value after the other.
        for (let tried = 0, round = 0; tried < inputs / 2; round++) {
            for (const [index, stack] of stacks.entries()) {
                const waiting = shuffled(spots[index] ?? [], next);
                const share = Math.ceil((waiting.length * Math.min(total, inputs / 2)) / total);
                let batch: Replacement[] = [];
                for (const [done, spot] of waiting.slice(0, share).entries()) {
                    const make = hostile[(done + 37 * round) % hostile.length];
                    assert(make !== undefined);
                    batch.push({ ...spot, make });
                    if (batch.length === atOnce || done === share - 1) {
                        await assertSound(stack, batch, configurations[done % 2] ?? {});
                        tried += batch.length;
                        batch = [];
                    }
                }
            }
        }
    });

    it("nor are values, references, URNs and parents that are mixed up at random", async () => {
        const generated = fc.sample(networks, { numRuns: 40, seed }).map(network => [...mistakes, ...network]);
        const pool = generated.flatMap(network => modes.map(mode => build(network, mode)));
        const places = new Map(pool.flat().map(resource => [resource, placesOf(resource)]));
        const plain = [fc.boolean(), fc.integer(), fc.string(), fc.constant(null)];
        const anything = fc.oneof(
            fc.constantFrom(...hostile),
            fc.jsonValue({ maxDepth: 4 }).map(value => () => value),
            fc
                .object({ key: fc.constantFrom("__proto__", "constructor", "a"), values: plain })
                .map(value => () => value),
            fc.string({ unit: "binary" }).map(value => () => value),
        );
        const change = fc.record(
            { at: fc.nat(), place: fc.nat(), make: anything, only: fc.constantFrom("inputs", "outputs") },
            { requiredKeys: ["at", "place", "make"] },
        );
        await fc.assert(
            fc.asyncProperty(
                fc.nat({ max: pool.length - 1 }),
                fc.array(change, { minLength: atOnce / 2, maxLength: atOnce, size: "max" }),
                fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
                fc.constantFrom(...configurations),
                async (which, changes, mixes, config) => {
                    const stack = pool[which] ?? [];
                    const sound = mistakes.length;
                    const replacements = changes.map(({ at, place, ...one }) => {
                        const of = sound + (at % (stack.length - sound));
                        const all = (stack[of] && places.get(stack[of])) ?? [];
                        return { ...one, at: of, place: all[place % all.length] ?? ["vpcId"] };
                    });
                    await assertSound(stack, replacements, config, resources => mixes.reduce(mixedUp, resources));
                },
            ),
            { numRuns: Math.ceil(inputs / 2 / (atOnce * 0.75)), seed, endOnFailure: true },
        );
    });
});

function shuffled<T>(items: readonly T[], next: (limit: number) => number): readonly T[] {
    return items
        .map(item => ({ item, key: next(2 ** 31) }))
        .sort((one, other) => one.key - other.key)
        .map(({ item }) => item);
}

/** A stack with one resource that is bound to another one in ways that nobody writes, and that no engine allows. */
function mixedUp(stack: readonly Recorded[], [one, other]: readonly [number, number]): readonly Recorded[] {
    const [at, to] = [one, other].map(number => mistakes.length + (number % (stack.length - mistakes.length)));
    const target = stack[to ?? 0];
    return stack.map((resource, index) => {
        if (index !== at || target === undefined) {
            return resource;
        }
        const id = target.outputs["id"] ?? target.urn;
        const ids = (properties: Recorded["inputs"]): Recorded["inputs"] =>
            Object.fromEntries(
                Object.entries(properties).map(([key, value]) => [
                    key,
                    !/Ids?$/.test(key) ? value : Array.isArray(value) ? [...(value as unknown[]), id] : id,
                ]),
            );
        switch (other % 5) {
            case 0:
                // All ids are those of one resource, which may be itself.
                return { ...resource, outputs: ids(resource.outputs), inputs: ids(resource.inputs) };
            case 1: {
                // All depends on one resource.
                const keys = Object.keys(resource.outputs);
                return { ...resource, propertyDependencies: Object.fromEntries(keys.map(key => [key, [target.urn]])) };
            }
            case 2:
                // Each of two is the parent of the other one.
                return { ...resource, parent: target.urn, dependencies: [target.urn, resource.urn] };
            case 3:
                return { ...resource, urn: target.urn };
            default:
                return { ...resource, type: target.type };
        }
    });
}
