import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import { fault as faultOf, guarded } from "../engine/faults";
import { Properties } from "../engine/properties";
import { replace } from "../engine/replace";
import { policies } from "../library";
import { Endpoint } from "../network/endpoint";
import { type Config, judge, judgeTogether, type Violation } from "./judge";
import {
    associate,
    endpoint,
    gateway,
    ownPolicy,
    publicSubnet,
    routed,
    routeTable,
    subnet,
    vpc,
} from "./policies/network";
import { type Program, record, type Recorded } from "./record";
import { show } from "./table";

const stackUrn = /::pulumi:pulumi:Stack::/;

async function saidOf(program: Program, config: Config = {}, of?: string): Promise<readonly Violation[]> {
    const all = await judge(await show(program, "preview"), config);
    return of === undefined ? all : all.filter(({ policy }) => policy === of);
}

const inWords = ({ level, policy, on, message }: Violation): string => `${level} ${policy} on ${on}: ${message}`;

describe("a setting that does not exist", () => {
    for (const { name, configSchema } of policies) {
        it(`is refused by ${name} in one mandatory line on the stack`, async () => {
            const [own, before] = [await saidOf(() => vpc(), { [name]: { exmept: [] } }), await saidOf(() => vpc())];
            const [line, ...others] = own.filter(violation => !before.some(one => inWords(one) === inWords(violation)));
            assert(line);
            assert.deepEqual([others, line.level, line.policy], [[], "mandatory", name]);
            assert.match(line.urn, stackUrn);
            assert(
                line.message.startsWith(
                    `The configuration of ${name} has a setting exmept, which does not exist: it takes `,
                ),
                line.message,
            );
            for (const known of Object.keys(configSchema.properties)) {
                assert(line.message.includes(known), `${line.message} does not name ${known}`);
            }
        });
    }

    it("is refused once for each setting", async () => {
        const said = await saidOf(
            () => vpc(),
            { "gateway-endpoint-routed": { one: 1, two: 2 } },
            "gateway-endpoint-routed",
        );
        assert.deepEqual(said.map(({ message }) => /setting (\w+)/.exec(message)?.[1]).sort(), ["one", "two"]);
    });

    it("does not keep the policy from judging", async () => {
        const said = await saidOf(
            () => gateway(vpc()),
            { "gateway-endpoint-routed": { exmept: [] } },
            "gateway-endpoint-routed",
        );
        assert.deepEqual(said.map(({ on }) => on === "s3").sort(), [false, true]);
    });
});

describe("a setting that exists", () => {
    for (const { name, configSchema } of policies) {
        it(`has a description and a schema in ${name}`, () => {
            const settings = Object.entries(configSchema.properties);
            assert(settings.length > 0);
            for (const [key, schema] of settings) {
                assert(schema.description !== undefined && schema.description.length > 20, key);
                assert(schema.type !== undefined, key);
            }
        });
    }

    it("says nothing where it is set to what it is anyway", async () => {
        const defaults = Object.fromEntries(
            policies.map(({ name, configSchema }) => [
                name,
                Object.fromEntries(
                    Object.entries(configSchema.properties).flatMap(([key, { default: value }]): [string, unknown][] =>
                        value === undefined ? [] : [[key, value]],
                    ),
                ),
            ]),
        );
        const program = () => {
            const v = vpc();
            gateway(v);
            endpoint(v, { privateDnsEnabled: true });
            subnet(v, { mapPublicIpOnLaunch: true });
        };
        assert.deepEqual((await saidOf(program, defaults)).map(inWords), (await saidOf(program)).map(inWords));
    });
});

describe("the settings of the pack", () => {
    const privateByTag = "private-subnet-no-public-ip";
    const open = (tags: Record<string, string>) => () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags });
    const backend = open({ zone: "backend" });
    const words = { keys: ["zone"], private: ["backend"] };

    it("give the tags that declare a subnet private", async () => {
        assert.deepEqual((await saidOf(backend, {}, privateByTag)).length, 0);
        assert.deepEqual(
            (await saidOf(backend, { "pack-settings": { tags: words } }, privateByTag)).map(({ on, level }) => [
                on,
                level,
            ]),
            [["app", "mandatory"]],
        );
    });

    it("give way to a policy's own tags", async () => {
        const config = { "pack-settings": { tags: words }, [privateByTag]: { tags: { keys: ["Tier"] } } };
        assert.deepEqual(await saidOf(backend, config, privateByTag), []);
        assert.deepEqual(
            (await saidOf(open({ Tier: "private" }), config, privateByTag)).map(({ on }) => on),
            ["app"],
        );
    });

    const hinted = open({ Name: "app-private" });
    const unknownService = () => endpoint(vpc(), {}, "clairvoyance", "future");

    it("make probable findings count by strict", async () => {
        for (const [program, policy] of [
            [hinted, privateByTag],
            [unknownService, "endpoint-policy-required"],
        ] as const) {
            const level = async (config: Config) =>
                (await saidOf(program, config, policy)).map(violation => violation.level);
            assert.deepEqual(await level({}), ["advisory"]);
            assert.deepEqual(await level({ "pack-settings": { strict: true } }), ["mandatory"]);
            assert.deepEqual(await level({ [policy]: { strict: true } }), ["mandatory"]);
            assert.deepEqual(await level({ "pack-settings": { strict: true }, [policy]: { strict: false } }), [
                "advisory",
            ]);
            assert.deepEqual(await level({ "pack-settings": { strict: false }, [policy]: { strict: true } }), [
                "mandatory",
            ]);
        }
    });

    it("still say of a probable finding that it is one", async () => {
        const [said] = await saidOf(hinted, { "pack-settings": { strict: true } }, privateByTag);
        assert.match(said?.message ?? "", /^Probable: /);
    });

    it("count as left out where they are none, as under an engine that does not check them", async () => {
        const program = () => {
            const v = vpc();
            subnet(v, { availabilityZone: "us-east-1b", cidrBlock: "10.0.2.0/24" }, "other");
            endpoint(v, { subnetIds: [subnet(v, { availabilityZone: "us-east-1a" }).id] });
        };
        const of = async (minimum: unknown) =>
            (
                await saidOf(
                    program,
                    { "interface-endpoint-availability-zones": { minimum } },
                    "interface-endpoint-availability-zones",
                )
            ).map(inWords);
        assert.ok((await of(2)).length > 0);
        assert.deepEqual(await of(0), await of(2));
        assert.deepEqual(await of(1.5), await of(2));
    });

    it("of one stack are not those of another that is judged afterwards", async () => {
        await saidOf(backend, { "pack-settings": { tags: words } });
        assert.deepEqual(await saidOf(backend, {}, privateByTag), []);
    });
});

describe("a policy's enforcement level", () => {
    const level = async (enforcementLevel: string) =>
        (
            await saidOf(
                () => gateway(vpc()),
                { "gateway-endpoint-routed": { enforcementLevel } },
                "gateway-endpoint-routed",
            )
        ).map(one => one.level);

    it("is what is configured", async () => {
        assert.deepEqual(await level("advisory"), ["advisory"]);
        assert.deepEqual(await level("mandatory"), ["mandatory"]);
        assert.deepEqual(await level("disabled"), []);
    });

    it("of an advisory policy is raised where it is configured", async () => {
        const config = { "gateway-endpoint-preferred": { enforcementLevel: "mandatory" } };
        const said = await saidOf(() => endpoint(vpc(), {}, "s3"), config, "gateway-endpoint-preferred");
        assert.deepEqual(
            said.map(one => one.level),
            ["mandatory"],
        );
    });
});

/** Runs with one getter of the network broken. */
async function withFault<T>(run: () => Promise<T>): Promise<T> {
    const sound = Object.getOwnPropertyDescriptor(Endpoint.prototype, "type");
    assert(sound);
    Object.defineProperty(Endpoint.prototype, "type", {
        configurable: true,
        get(): never {
            throw new TypeError("no such thing");
        },
    });
    try {
        return await run();
    } finally {
        Object.defineProperty(Endpoint.prototype, "type", sound);
    }
}

/** Runs with one VPC, called "broken", that cannot be read: once, or not even as a VPC of which nothing is known. */
async function withUnreadable<T>(often: "once" | "always", run: () => Promise<T>): Promise<T> {
    const faulty = new Set<string>();
    const restore = replace(
        Properties.prototype,
        "flagOr",
        sound =>
            function (this: Properties, key, otherwise) {
                const { urn, name } = this.source;
                if (name === "broken" && (often === "always" || !faulty.has(urn))) {
                    faulty.add(urn);
                    throw new TypeError("no such thing");
                }
                return sound.call(this, key, otherwise);
            },
    );
    try {
        return await run();
    } finally {
        restore();
    }
}

describe("a fault in reading a resource", () => {
    // A new one each time, so that it is shown anew.
    const program = (): Program => () => {
        vpc({}, "broken");
        subnet(vpc(), { mapPublicIpOnLaunch: true, tags: { tier: "private" } });
    };

    for (const often of ["once", "always"] as const) {
        const said = (config: Config = {}): Promise<readonly Violation[]> =>
            withUnreadable(often, () => saidOf(program(), config));
        const errors = (violations: readonly Violation[]): readonly (readonly string[])[] =>
            violations
                .filter(({ message }) => message.startsWith("Internal error"))
                .map(({ on, level, message }) => [on, level, message.replace(/of \S+ on/, "of … on")]);
        const error = "Internal error of … on VPC broken: no such thing. Please report it.";

        it(`is one advisory line on it, if it cannot be read ${often}`, async () => {
            assert.deepEqual(errors(await said()), [["broken", "advisory", error]]);
        });

        it(`is mandatory where the pack is to fail closed, if it cannot be read ${often}`, async () => {
            assert.deepEqual(errors(await said({ "pack-settings": { failClosed: true } })), [
                ["broken", "mandatory", error],
            ]);
        });
    }

    it("does not keep others from being judged, if it is still seen as something of which nothing is known", async () => {
        const found = await withUnreadable("once", () => saidOf(program(), {}, "private-subnet-no-public-ip"));
        assert.deepEqual(
            found.map(({ on }) => on),
            ["app"],
        );
    });

    it("leaves undecided what it might change, if it is not even that", async () => {
        const found = await withUnreadable("always", () => saidOf(program(), {}, "undecided"));
        const waiting = found.find(({ on }) => on === "app");
        assert.match(waiting?.message ?? "", /what VPC broken says/);
        assert.match(waiting?.message ?? "", /private-subnet-no-public-ip/);
    });

    it("is gone with the run", async () => {
        assert(!(await saidOf(program())).some(({ message }) => message.startsWith("Internal error")));
    });
});

describe("a fault within the pack", () => {
    const program = () => {
        const v = vpc();
        gateway(v, { policy: ownPolicy });
        subnet(v, { mapPublicIpOnLaunch: true });
    };
    const fault = "Internal error of gateway-endpoint-routed on endpoint s3: no such thing. Please report it.";

    it("is an advisory line that names policy and resource", async () => {
        const said = await withFault(() => saidOf(program, {}, "gateway-endpoint-routed"));
        assert.deepEqual(
            said.map(({ on, level, message }) => [on, level, message]),
            [["s3", "advisory", fault]],
        );
    });

    it("is mandatory where the pack is to fail closed", async () => {
        const said = await withFault(() =>
            saidOf(program, { "pack-settings": { failClosed: true } }, "gateway-endpoint-routed"),
        );
        assert.deepEqual(
            said.map(({ level, message }) => [level, message]),
            [["mandatory", fault]],
        );
    });

    it("does not keep other policies from judging", async () => {
        const said = await withFault(() => saidOf(program, {}, "private-subnet-no-public-ip"));
        assert.deepEqual(
            said.map(({ on }) => on),
            ["app"],
        );
    });

    it("is told of whatever is thrown, and by whatever function of a policy", () => {
        const thrown = (value: unknown): string => faultOf("some-policy", undefined, value).message;
        assert.equal(thrown("a text"), "Internal error of some-policy: a text. Please report it.");
        assert.match(thrown(Object.create(null)), /something that is no text/);
        const told: unknown[] = [];
        const broken = guarded("some-policy", () => assert.fail("no such thing"));
        broken({}, violation => told.push(violation));
        assert.deepEqual(told, [faultOf("some-policy", undefined, new Error("no such thing"))]);
    });

    it("is gone with the run", async () => {
        assert.deepEqual(
            (await saidOf(program, {}, "gateway-endpoint-routed")).map(({ level }) => level),
            ["mandatory"],
        );
    });
});

describe("a resource that is no target of the run", () => {
    /** Everything that the policies judge, each violating as many of them as it can. */
    const program = () => {
        const v = vpc({ enableDnsSupport: false });
        const own = routed(v, [], { mapPublicIpOnLaunch: true, tags: { Tier: "private" } });
        gateway(v);
        gateway(v, { routeTableIds: [routeTable(v).id] }, "dynamodb");
        endpoint(v, { privateDnsEnabled: true });
        endpoint(v, {}, "s3", "s3-interface");
        const instance = new aws.ec2.Instance("server", {
            subnetId: own.id,
            associatePublicIpAddress: true,
            ami: "ami-0123456789abcdef0",
            instanceType: "t3.micro",
        });
        new aws.ec2.Eip("address", { instance: instance.id });
        new aws.lb.LoadBalancer("balancer", { subnets: [own.id] });
        new aws.ecs.Service("service", { networkConfiguration: { subnets: [own.id], assignPublicIp: true } });
        new aws.ec2.SecurityGroup("group", { vpcId: v.id });
        new aws.ec2.VpnGateway("vpn", { vpcId: v.id });
        new aws.route53.Zone("zone", { name: "logs.us-east-1.amazonaws.com", vpcs: [{ vpcId: v.id }] });
    };
    const untarget = (
        resources: readonly Recorded[],
        isTarget: (resource: Recorded) => boolean,
        keepsDependencies: boolean,
    ): readonly Recorded[] =>
        resources.map(resource =>
            resource.type.startsWith("aws") && !isTarget(resource)
                ? {
                      ...resource,
                      inputs: {},
                      outputs: {},
                      propertyDependencies: keepsDependencies ? resource.propertyDependencies : {},
                  }
                : resource,
        );

    for (const keepsDependencies of [true, false]) {
        const how = keepsDependencies ? "with dependencies" : "without dependencies";

        it(`is not spoken of, ${how}`, async () => {
            const all = await record(program, "preview");
            assert((await judge(all)).length > 8, "the program is as bad as can be");
            assert.deepEqual((await judge(untarget(all, () => false, keepsDependencies))).map(inWords), []);
        });

        it(`is not spoken of while another resource is the target, ${how}`, async () => {
            const all = await record(program, "preview");
            const targets = all.filter(({ type }) => type.startsWith("aws"));
            for (const target of targets) {
                const violations = await judge(untarget(all, ({ urn }) => urn === target.urn, keepsDependencies));
                assert.deepEqual(
                    violations.filter(({ urn }) => urn !== target.urn).map(inWords),
                    [],
                    `target ${target.name}`,
                );
            }
        });

        it(`does not make a verdict of what is the target, ${how}`, async () => {
            const compliant = () => {
                const v = vpc({ enableDnsHostnames: true });
                const own = routeTable(v);
                associate(subnet(v), own);
                gateway(v, { routeTableIds: [own.id], policy: ownPolicy });
                endpoint(v, {
                    privateDnsEnabled: true,
                    policy: ownPolicy,
                    securityGroupIds: [new aws.ec2.SecurityGroup("endpoints", { vpcId: v.id }).id],
                });
            };
            const all = await record(compliant, "preview");
            for (const target of all) {
                const violations = await judge(untarget(all, ({ urn }) => urn === target.urn, keepsDependencies));
                assert.deepEqual(
                    violations.filter(({ policy }) => policy !== "undecided").map(inWords),
                    [],
                    `target ${target.name}`,
                );
            }
        });
    }
});

describe("undecided", () => {
    const pendingType = () => {
        const v = vpc();
        gateway(v, {
            vpcEndpointType: v.id.apply(() => "Interface"),
            policy: v.id.apply(id => id),
            routeTableIds: v.id.apply(() => []),
        });
    };
    const lines = async (program: Program, config: Config = {}) =>
        (await saidOf(program, config, "undecided")).filter(({ on }) => on !== "main");

    it("says in one line for each resource what is pending, and for which policies", async () => {
        const [line, ...others] = await lines(pendingType);
        assert(line);
        assert.deepEqual([others, line.level, line.on], [[], "advisory", "s3"]);
        assert.match(
            line.message,
            /^Undecided, since it is not known: vpcEndpointType of endpoint s3, which waits for Vpc main \(for /,
        );
        for (const policy of [
            "endpoint-policy-required",
            "gateway-endpoint-routed",
            "interface-endpoint-security-group-required",
        ]) {
            assert(line.message.includes(policy), `${line.message} does not name ${policy}`);
        }
    });

    it("groups the policies by what they wait for", async () => {
        const program = () => {
            const v = vpc();
            gateway(v, { policy: v.id.apply(id => id), routeTableIds: v.id.apply(() => []) });
        };
        const [line] = await lines(program);
        assert(line);
        assert.match(
            line.message,
            /policy of endpoint s3, which waits for Vpc main \(for endpoint-policy-required, endpoint-policy-restricted, /,
        );
        assert.match(
            line.message,
            /routeTableIds of endpoint s3, which waits for Vpc main \(for gateway-endpoint-covers-private-subnets and gateway-endpoint-routed\)/,
        );
    });

    it("says nothing where everything is known", async () => {
        assert.deepEqual(
            await lines(() => {
                const v = vpc();
                gateway(v, { routeTableIds: [v.mainRouteTableId], policy: ownPolicy });
            }),
            [],
        );
    });

    const outside = "vpc-0a1b2c3d4e5f60718";
    const inside = () => {
        endpoint({ id: outside }, { policy: ownPolicy }, "s3");
        endpoint({ id: outside }, { policy: ownPolicy }, "dynamodb");
        endpoint({ id: "vpc-00000000000000001" }, { policy: ownPolicy }, "s3", "third");
    };

    it("has one line for each VPC outside, on the stack as a whole", async () => {
        const said = await lines(inside);
        assert.deepEqual(
            said.map(({ urn, level, message }) => [
                urn,
                level,
                message.replace(/(?<= judged by gateway-endpoint-preferred).*/, ""),
            ]),
            [
                [
                    "",
                    "advisory",
                    "VPC vpc-00000000000000001 is not in this stack: endpoint third cannot be judged by gateway-endpoint-preferred",
                ],
                [
                    "",
                    "advisory",
                    `VPC ${outside} is not in this stack: endpoint dynamodb and endpoint s3 cannot be judged by gateway-endpoint-preferred`,
                ],
            ],
        );
    });

    it("is silent about VPCs outside where it is told to be", async () => {
        assert.deepEqual(await lines(inside, { undecided: { outside: false } }), []);
    });

    it("still says what is pending where it is silent about VPCs outside", async () => {
        assert.equal((await lines(pendingType, { undecided: { outside: false } })).length, 1);
    });
});

describe("stacks that are judged at the same time", () => {
    const programs: readonly Program[] = [
        () => gateway(vpc(), { policy: ownPolicy }, "s3", "unrouted"),
        () => {
            const v = vpc();
            gateway(v, { policy: ownPolicy, routeTableIds: [v.mainRouteTableId] }, "s3", "compliant");
        },
        () => {
            const v = vpc();
            gateway(v, { policy: ownPolicy, routeTableIds: v.id.apply(() => []) }, "s3", "pending");
        },
        () => endpoint({ id: "vpc-0a1b2c3d4e5f60718" }, { policy: ownPolicy }, "s3", "outside"),
        () => subnet(vpc(), { mapPublicIpOnLaunch: true }, "public"),
    ];

    it("have each its own verdict, and its own of what is undecided", async () => {
        const stacks: (readonly Recorded[])[] = [];
        for (const program of programs) {
            stacks.push(await show(program, "update"));
            stacks.push(await show(program, "preview"));
        }
        const alone: (readonly Violation[])[] = [];
        for (const stack of stacks) {
            alone.push(...(await judgeTogether([stack])));
        }
        assert(new Set(alone.map(said => said.map(inWords).join())).size > 4, "the stacks differ");
        for (let times = 0; times < 3; times++) {
            const together = await judgeTogether(stacks);
            assert.deepEqual(
                together.map(said => said.map(inWords)),
                alone.map(said => said.map(inWords)),
            );
        }
    });
});

describe("a stack whose resources were never shown one by one", () => {
    const judgeUnseen = async (program: Program, mode: "preview" | "update") => {
        const renamed = JSON.parse(
            JSON.stringify(await record(program, mode)).replaceAll("urn:pulumi:test::", "urn:pulumi:unseen::"),
        ) as readonly Recorded[];
        const [said = []] = await judgeTogether([renamed]);
        return said;
    };

    it("is undecided of what may be left out or pending", async () => {
        const said = await judgeUnseen(() => gateway(vpc()), "preview");
        assert.deepEqual(said.filter(({ policy }) => policy !== "undecided").map(inWords), []);
        const [line] = said.filter(({ on }) => on === "s3");
        assert.match(
            line?.message ?? "",
            /policy of endpoint s3 \(for endpoint-policy-required\); routeTableIds of endpoint s3|routeTableIds of endpoint s3/,
        );
    });

    it("is judged once everything is known", async () => {
        const said = await judgeUnseen(() => {
            gateway(vpc());
            endpoint(vpc({}, "other"));
        }, "update");
        assert.deepEqual(
            said
                .filter(({ level }) => level === "mandatory")
                .map(({ policy, on }) => `${policy} ${on}`)
                .sort(),
            [
                "endpoint-policy-required logs",
                "endpoint-policy-required s3",
                "gateway-endpoint-routed s3",
                "interface-endpoint-private-dns-enabled logs",
                "interface-endpoint-security-group-required logs",
            ],
        );
    });
});
