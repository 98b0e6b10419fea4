/**
 * Nothing throws out of a policy, whatever a stack, a policy document or a configuration holds. INPUTS sets how many values are put in
 * place of others: few by default, 100,000 in CI.
 */
import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { types } from "../engine/read";
import { type Blueprint, build, Ref } from "./blueprint";
import { hostile, nested, oneOfEach, type Place, placesOf, referred, withValueAt } from "./hostile";
import { type Config, judge, resourceRequest, stackRequest, type Violation } from "./judge";
import { wholeNetworks } from "./networks";
import type { Mode, Recorded } from "./record";

const inputs = Number(process.env["INPUTS"] ?? 400);
// A run can be repeated; another SEED tries others.
const seed = Number(process.env["SEED"] ?? 20261124);
/** How many values are put into one network at once: what is wrong with one of them is seen among so many others. */
const atOnce = 120;
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
    const generated = fc.sample(wholeNetworks, { numRuns: Math.ceil(others.length / perStack), seed: 20261124 });
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
        const generated = fc.sample(wholeNetworks, { numRuns: 40, seed }).map(network => [...mistakes, ...network]);
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

/** As many things as are wanted, each made of its number. */
function many<T>(count: number, make: (number: number) => T): readonly T[] {
    return Array.from({ length: count }, (_, number) => make(number));
}

function text(...statements: readonly object[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function statement(elements: object): object {
    return { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...elements };
}

/** Policy documents of a megabyte. */
const megabytes: Readonly<Record<string, string>> = {
    "of actions": text(statement({ Action: many(80_000, number => `s3:*${number}`) })),
    "of short actions": text(statement({ Action: many(250_000, () => "a") })),
    "of resources": text(statement({ Resource: many(60_000, number => `a${number}*b*`) })),
    "of statements": text(...many(12_000, number => statement({ Sid: `s${number}` }))),
    "of one pattern": text(statement({ Resource: "*a".repeat(500_000), Action: "*b".repeat(200) })),
    "of condition keys": text(
        statement({
            Condition: { StringLike: Object.fromEntries(many(50_000, number => [`s3:k${number}`, "*"] as const)) },
        }),
    ),
    "of condition values": text(
        statement({ Condition: { StringLike: { "aws:PrincipalArn": many(50_000, number => `arn:*${number}*`) } } }),
    ),
    "of principals": text(statement({ Principal: { AWS: many(50_000, number => `arn:aws:iam::${number}:role/*`) } })),
    "of spaces": text(statement({})).replace("{", `{${" ".repeat(1_000_000)}`),
    "of lists in lists": `{"Statement":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
    "of objects in objects": `${'{"Statement":'.repeat(70_000)}1${"}".repeat(70_000)}`,
    "of ARNs": "arn:aws:sqs:".repeat(80_000),
};

/** Policy documents that AWS would take by their length, of what takes long to reason about. */
const tangles: Readonly<Record<string, string>> = {
    "wildcards against wildcards": text(statement({ Resource: ["*a".repeat(4_500), "*b".repeat(4_500)] })),
    "wildcards in conditions": text(
        statement({ Condition: { StringLike: { "s3:prefix": ["*a".repeat(4_500), "*b".repeat(4_500)] } } }),
    ),
    "many long patterns": text(
        statement({ Resource: many(30, number => `arn:aws:s3:::${"*a".repeat(300)}${number}`) }),
    ),
    "many short patterns": text(statement({ Resource: many(1_500, number => `a${number}*`) })),
    "many actions": text(statement({ Action: many(1_500, number => `s3:*${number}`) })),
    "variables that are not closed": text(statement({ Resource: `arn:aws:s3:::${"${".repeat(9_000)}` })),
    "a long variable that is not closed": text(statement({ Resource: `arn:aws:s3:::\${${"a".repeat(18_000)}` })),
    "colons behind a variable that is not closed": text(statement({ Resource: `\${${":".repeat(19_000)}` })),
    "many variables": text(
        statement({ Resource: many(300, number => `arn:aws:s3:::\${aws:PrincipalTag/a${number}}/*`) }),
    ),
    "many conditions": text(
        ...many(20, () =>
            statement({
                Condition: {
                    StringEquals: Object.fromEntries(many(20, number => [`s3:k${number}`, ["a", "b"]] as const)),
                },
            }),
        ),
    ),
    "many exceptions": text(
        statement({}),
        ...many(120, number =>
            statement({ Effect: "Deny", Condition: { StringNotEquals: { [`s3:k${number}`]: "a" } } }),
        ),
    ),
    "many accounts": text(
        statement({
            Condition: {
                StringEquals: {
                    "aws:PrincipalAccount": many(500, number => String(number).padStart(12, "2")),
                    "aws:ResourceAccount": many(500, number => String(number).padStart(12, "3")),
                },
            },
        }),
    ),
    "many organizations": text(
        statement({ Condition: { StringLike: { "aws:PrincipalOrgID": many(800, number => `o-${number}a*`) } } }),
    ),
    "many statements": text(
        ...many(200, number => statement({ Action: "s3:Get*", Resource: `arn:aws:s3:::b${number}/*` })),
    ),
    "dates at the end of time": text(
        statement({
            Condition: {
                DateLessThan: { "aws:CurrentTime": ["+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z", "1e9"] },
            },
        }),
    ),
    "halves of characters": text(statement({ Sid: "a\udc00", Action: ["s3:\ud800", "\udfff:*"] })),
};

/** One of everything that holds a policy document, or what else is JSON: with it, an endpoint or a policy of its own has that of an endpoint. */
function holders(document: string, endpointOf: "own" | "apart" = "own"): readonly Blueprint[] {
    const [vpc] = mistakes;
    assert(vpc !== undefined);
    const made: Blueprint[] = [...mistakes];
    const add = (type: string, name: string, inputs: Blueprint["inputs"]): Blueprint => {
        const blueprint = { type, name, inputs };
        made.push(blueprint);
        return blueprint;
    };
    const endpoint = {
        vpcId: new Ref(vpc),
        serviceName: "com.amazonaws.us-east-1.s3",
        vpcEndpointType: "Gateway",
    };
    const subnet = made.find(({ name, type }) => name === "sound" && type.endsWith(":Subnet"));
    assert(subnet !== undefined);
    if (endpointOf === "own") {
        add("aws:ec2/vpcEndpoint:VpcEndpoint", "own", { ...endpoint, policy: document });
    } else {
        const own = add("aws:ec2/vpcEndpoint:VpcEndpoint", "own", endpoint);
        add("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "apart", { vpcEndpointId: new Ref(own), policy: document });
    }
    add("aws:s3/bucket:Bucket", "data", { bucket: "data" });
    add("aws:s3/bucketPolicy:BucketPolicy", "data", { bucket: "data", policy: document });
    const role = add("aws:iam/role:Role", "app", { assumeRolePolicy: document });
    add("aws:iam/rolePolicy:RolePolicy", "app", { role: new Ref(role), policy: document });
    const policy = add("aws:iam/policy:Policy", "app", { policy: document });
    add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "app", {
        role: new Ref(role),
        policyArn: new Ref(policy, "arn"),
    });
    add("aws:lambda/function:Function", "app", {
        role: new Ref(role, "arn"),
        vpcConfig: { subnetIds: [new Ref(subnet)] },
        environment: { variables: { POLICY: document } },
    });
    const profile = add("aws:iam/instanceProfile:InstanceProfile", "app", { role: new Ref(role) });
    add("aws:ec2/instance:Instance", "app", {
        subnetId: new Ref(subnet),
        iamInstanceProfile: new Ref(profile, "name"),
        userData: document,
    });
    const task = add("aws:ecs/taskDefinition:TaskDefinition", "app", {
        family: "app",
        containerDefinitions: document,
    });
    add("aws:ecs/service:Service", "app", {
        launchType: "FARGATE",
        taskDefinition: new Ref(task, "arn"),
        networkConfiguration: { subnets: [new Ref(subnet)] },
    });
    return made;
}

/** The endpoints of those and what surrounds them, with something put into a property of one resource. */
function withProperty(type: string, name: string, properties: Blueprint["inputs"]): readonly Blueprint[] {
    const all = holders(text(statement({})));
    const isOne = (one: Blueprint): boolean => one.type.endsWith(`:${type}`) && one.name === name;
    const changed = all.some(isOne)
        ? all.find(isOne)
        : { type: `aws:ec2/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, name, inputs: {} };
    assert(changed !== undefined);
    return [...all.filter(one => one !== changed), { ...changed, inputs: { ...changed.inputs, ...properties } }];
}

const [soundVpc] = mistakes;
const properties: Readonly<Record<string, readonly Blueprint[]>> = {
    "200,000 route tables": withProperty("VpcEndpoint", "own", {
        routeTableIds: many(200_000, number => `rtb-${number}`),
    }),
    "200,000 security groups": withProperty("VpcEndpoint", "own", {
        vpcEndpointType: "Interface",
        securityGroupIds: many(200_000, () => "sg-1"),
    }),
    "200,000 ids": withProperty("VpcEndpoint", "own", { id: many(200_000, number => `vpce-${number}`) }),
    "10,000 tags": withProperty("VpcEndpoint", "own", {
        tags: Object.fromEntries(many(10_000, number => [`k${number}`, "v"] as const)),
    }),
    "9,000 rules": withProperty("SecurityGroup", "big", {
        vpcId: soundVpc && new Ref(soundVpc),
        ingress: many(9_000, number => ({
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: [`10.${number >> 8}.${number & 255}.0/24`],
        })),
    }),
    "9,000 blocks in a rule": withProperty("SecurityGroup", "big", {
        vpcId: soundVpc && new Ref(soundVpc),
        ingress: [
            {
                protocol: "tcp",
                fromPort: 443,
                toPort: 443,
                cidrBlocks: many(9_000, number => `10.${number >> 8}.${number & 255}.0/24`),
            },
        ],
    }),
    "9,000 routes": withProperty("RouteTable", "big", {
        vpcId: soundVpc && new Ref(soundVpc),
        routes: many(9_000, number => ({ cidrBlock: `${number & 127}.${number >> 7}.0.0/24`, gatewayId: "igw-1" })),
    }),
    "a service name of 100,000 letters": withProperty("VpcEndpoint", "own", {
        serviceName: `com.amazonaws.us-east-1.${"a-".repeat(50_000)}`,
    }),
    "a CIDR block of 100,000 characters": withProperty("Subnet", "other", {
        vpcId: soundVpc && new Ref(soundVpc),
        cidrBlock: "1:".repeat(50_000),
    }),
    "objects in objects": withProperty("Function", "app", { environment: nested(1_000, inner => ({ a: inner })) }),
    "lists in lists": withProperty("Function", "app", { environment: nested(1_000, inner => [inner]) }),
    "a policy of objects in objects": withProperty("VpcEndpoint", "own", {
        policy: nested(1_000, inner => ({ Statement: inner })),
    }),
};

describe("what is big, or tangled", function () {
    this.timeout(60_000);

    /** Whether it is sound, and takes no more than a second of this process at least once in three times, whatever else the machine does. */
    async function assertQuick(blueprints: readonly Blueprint[], config: Config = {}): Promise<void> {
        const took: number[] = [];
        while (took.length < 3 && took.every(seconds => seconds > 1)) {
            const stack = build(blueprints, "update");
            // The engine makes the messages.
            stack.forEach(resourceRequest);
            stackRequest(stack);
            const start = process.cpuUsage();
            const wrong = await troubles(stack, config);
            const { user, system } = process.cpuUsage(start);
            took.push((user + system) / 1e6);
            assert.deepEqual(wrong, []);
        }
        assert(Math.min(...took) < 1, took.join(" and "));
    }

    before(() => assertQuick(holders("{}"), configurations[1]));

    for (const [what, document] of Object.entries(megabytes)) {
        it(`is no fault and takes no second in a policy document of a megabyte ${what}`, async () => {
            await assertQuick(holders(document), configurations[1]);
            await assertQuick(holders(document, "apart"), configurations[1]);
        });
    }

    for (const [what, document] of Object.entries(tangles)) {
        it(`is no fault and takes no second in a policy document of ${what}`, async () => {
            assert(document.length < 20_480, String(document.length));
            await assertQuick(holders(document), configurations[1]);
            await assertQuick(holders(document, "apart"), configurations[1]);
        });
    }

    for (const [what, blueprints] of Object.entries(properties)) {
        it(`is no fault and takes no second where a resource has ${what}`, async () => {
            await assertQuick(blueprints, configurations[1]);
        });
    }
});
