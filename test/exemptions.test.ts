import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tellExempted } from "../engine/exempted";
import { type Config, judge, type Violation } from "./judge";
import { gateway, vpc } from "./policies/network";
import { type Form, forms, show } from "./table";
import type { Program } from "./record";

const policy = "gateway-endpoint-routed";
const day = (fromToday: number): string => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);

/** What one policy says of a program under exemptions, as "level on resource: message". */
async function saidOf(
    name: string,
    program: Program,
    exempt: readonly object[],
    form: Form,
): Promise<readonly Violation[]> {
    const config: Config = { [name]: { exempt } };
    return (await judge(await show(program, form), config)).filter(violation => violation.policy === name);
}

const tagged = (tags: aws.ec2.VpcEndpointArgs["tags"] = { Team: "data", Stage: "test" }) =>
    gateway(vpc(), { tags }, "s3", "s3-legacy");

describe("an exemption", () => {
    const cases: Readonly<Record<string, readonly [exemption: object, holds: boolean]>> = {
        "by name": [{ name: "s3-legacy" }, true],
        "by a pattern on the name": [{ name: "s3-*" }, true],
        "by a pattern with one unknown letter": [{ name: "s?-legacy" }, true],
        "by a pattern that matches everything": [{ name: "*" }, true],
        "by another name": [{ name: "s3" }, false],
        "by the beginning of the name alone": [{ name: "s3-" }, false],
        "by the name in another case": [{ name: "S3-legacy" }, false],
        "by URN": [{ urn: "urn:pulumi:test::pack::aws:ec2/vpcEndpoint:VpcEndpoint::s3-legacy" }, true],
        "by a pattern on the URN": [{ urn: "urn:pulumi:test::*VpcEndpoint::*" }, true],
        "by the URN of another stack": [{ urn: "urn:pulumi:prod::*" }, false],
        "by tag": [{ tag: "Team=data" }, true],
        "by a pattern on the value of a tag": [{ tag: "Team=d*" }, true],
        "by any value of a tag": [{ tag: "Team=*" }, true],
        "by another value of a tag": [{ tag: "Team=web" }, false],
        "by a tag that is not there": [{ tag: "Owner=*" }, false],
        "by a tag in another case": [{ tag: "team=data" }, false],
        "by name and tag": [{ name: "s3-*", tag: "Team=data" }, true],
        "by name and a tag that is not there": [{ name: "s3-*", tag: "Owner=*" }, false],
        "by a tag and another name": [{ name: "x*", tag: "Team=data" }, false],
        "by name, URN and tag": [{ name: "s3-*", urn: "*::s3-legacy", tag: "Stage=test" }, true],
        "that expires tomorrow": [{ name: "s3-legacy", expires: day(1) }, true],
        "on its last day": [{ name: "s3-legacy", expires: day(0) }, true],
        "that expired yesterday": [{ name: "s3-legacy", expires: day(-1) }, false],
    };
    for (const [title, [exemption, holds]] of Object.entries(cases)) {
        for (const form of forms) {
            it(`${title} ${holds ? "silences" : "does not silence"} the policy (${form})`, async () => {
                const said = await saidOf(policy, () => tagged(), [{ ...exemption, reason: "it is to go" }], form);
                const mandatory = said.filter(({ level }) => level === "mandatory").map(({ on }) => on);
                assert.deepEqual(mandatory, holds ? [] : ["s3-legacy"]);
                const reported = said
                    .filter(({ level }) => level === "advisory")
                    .map(({ on, message }) => [on.startsWith("pack-test") || on === "", message]);
                assert.equal(
                    reported.length,
                    holds ? 0 : 1,
                    "an exemption that does not hold is itself reported, once",
                );
            });
        }
    }

    const silent = async (exempt: readonly object[], program: Program = () => tagged()): Promise<readonly string[]> =>
        (await saidOf(policy, program, exempt, "preview"))
            .filter(({ level }) => level === "advisory")
            .map(({ message }) => message);

    it("that matches nothing is reported with its pattern and reason", async () => {
        assert.deepEqual(await silent([{ name: "gone-*", reason: "migration to S3 Express" }]), [
            "The exemption of gone-* (migration to S3 Express) matches nothing in this stack: remove it, or correct its pattern.",
        ]);
    });

    it("of nothing, without a reason, or that is none exempts nothing", async () => {
        assert.deepEqual(await silent([{ reason: "legacy", expires: day(1) }]), [
            "The exemption of nothing (legacy) matches nothing in this stack: remove it, or correct its pattern.",
        ]);
        const wrong: readonly object[] = [{ exempt: [{ name: "s3-legacy" }] }, { exempt: "s3-legacy" }];
        for (const config of wrong) {
            const said = await judge(await show(() => tagged(), "preview"), { [policy]: config });
            assert.ok(said.some(violation => violation.policy === policy && violation.level === "mandatory"));
        }
    });

    it("that expired is reported with the day, whether it matches or not", async () => {
        for (const name of ["s3-legacy", "gone"]) {
            assert.deepEqual(await silent([{ name, reason: "migration", expires: "2026-01-31" }]), [
                `The exemption of ${name} (migration) expired on 2026-01-31: renew it or remove it.`,
            ]);
        }
    });

    it("is not reported while it matches a resource that is compliant", async () => {
        const program = () => {
            const v = vpc();
            gateway(v, { routeTableIds: [v.mainRouteTableId], tags: { Team: "data" } }, "s3", "s3-legacy");
        };
        assert.deepEqual(
            await silent(
                [
                    { name: "s3-legacy", reason: "it was broken" },
                    { tag: "Team=data", reason: "theirs" },
                ],
                program,
            ),
            [],
        );
    });

    it("is not reported while it matches a resource that the policy does not judge", async () => {
        assert.deepEqual(await silent([{ name: "main", reason: "the whole VPC" }]), []);
    });

    it("beside another leaves the other's verdicts alone", async () => {
        const program = () => {
            const v = vpc();
            gateway(v, {}, "s3", "a");
            gateway(v, {}, "dynamodb", "b");
        };
        const said = await saidOf(
            policy,
            program,
            [
                { name: "a", reason: "known" },
                { name: "c", reason: "typing error" },
            ],
            "update",
        );
        assert.deepEqual(said.map(({ on, level }) => [level, on === "b" ? "b" : "stack"]).sort(), [
            ["advisory", "stack"],
            ["mandatory", "b"],
        ]);
    });

    it("covers a resource as soon as one of several does, though another expired", async () => {
        const said = await saidOf(
            policy,
            () => tagged(),
            [
                { name: "s3-legacy", reason: "old", expires: "2026-01-31" },
                { name: "s3-*", reason: "new" },
            ],
            "preview",
        );
        assert.deepEqual(
            said.map(({ message }) => message),
            ["The exemption of s3-legacy (old) expired on 2026-01-31: renew it or remove it."],
        );
    });

    describe("whose violations are asked for", () => {
        before(() => {
            process.env[tellExempted] = "true";
        });
        after(() => {
            Reflect.deleteProperty(process.env, tellExempted);
        });
        const told = async (name: string, program: Program, exempt: readonly object[]): Promise<readonly string[]> =>
            (await saidOf(name, program, exempt, "preview")).map(
                ({ level, on, message }) => `${level} ${on}: ${message}`,
            );

        it("tells of each with its pattern, reason and last day, and that it does not count", async () => {
            const exempt = [{ name: "s3-*", reason: "it is to go", expires: day(1) }];
            assert.deepEqual(await told(policy, () => tagged(), exempt), [
                "advisory s3-legacy: Gateway endpoint s3-legacy for s3 is in no route table, so no traffic takes it.\n" +
                    `Exempted by {"pattern":"s3-*","reason":"it is to go","expires":"${day(1)}"}`,
            ]);
        });

        it("tells of those of a blamed resource that is exempt", async () => {
            const fullAccess = JSON.stringify({
                Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
            });
            const apart = () => {
                const { id } = tagged();
                new aws.ec2.VpcEndpointPolicy("apart", { vpcEndpointId: id, policy: fullAccess });
            };
            const [blamed, ...others] = await told("endpoint-policy-required", apart, [
                { urn: "*::apart", reason: "known" },
            ]);
            assert.match(blamed ?? "", /^advisory apart: .*\nExempted by \{"pattern":"\*::apart","reason":"known"\}$/);
            assert.deepEqual(others, []);
        });

        it("tells nothing of a resource that is compliant, and leaves the rest as it is", async () => {
            const program = () => {
                const v = vpc();
                gateway(v, { routeTableIds: [v.mainRouteTableId] }, "s3", "s3-legacy");
                gateway(v, {}, "dynamodb", "dynamodb");
            };
            const exempt = [
                { name: "s3-legacy", reason: "it was broken" },
                { name: "gone", reason: "typing error" },
            ];
            const asked = await told(policy, program, exempt);
            Reflect.deleteProperty(process.env, tellExempted);
            assert.deepEqual(await told(policy, program, exempt), asked);
            process.env[tellExempted] = "true";
            assert.equal(asked.length, 2);
        });

        it("leaves what cannot be seen of an exempt resource alone", async () => {
            const program = () => {
                const v = vpc();
                gateway(v, { routeTableIds: v.id.apply(() => []) }, "s3", "s3-legacy");
            };
            const all = await judge(await show(program, "preview"), {
                [policy]: { exempt: [{ name: "s3-legacy", reason: "known" }] },
            });
            assert.deepEqual(
                all.filter(({ message, policy: by }) => by === policy || message.includes(`(for ${policy})`)),
                [],
            );
        });
    });

    it("of one policy does not silence another", async () => {
        const all = await judge(await show(() => tagged(), "preview"), {
            [policy]: { exempt: [{ name: "*", reason: "known" }] },
        });
        assert(all.some(violation => violation.policy === "endpoint-policy-required" && violation.on === "s3-legacy"));
        assert(!all.some(violation => violation.policy === policy));
    });

    it("covers the resource that is blamed instead of the subject", async () => {
        const fullAccess = JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
        });
        const program = () =>
            new aws.ec2.VpcEndpointPolicy("apart", { vpcEndpointId: tagged().id, policy: fullAccess });
        assert.deepEqual(
            await saidOf("endpoint-policy-required", program, [{ name: "apart", reason: "known" }], "preview"),
            [],
        );
        assert.deepEqual(
            await saidOf("endpoint-policy-required", program, [{ name: "s3-legacy", reason: "known" }], "preview"),
            [],
        );
        const others = await saidOf(
            "endpoint-policy-required",
            program,
            [{ name: "other", reason: "known" }],
            "preview",
        );
        assert.deepEqual(
            others.filter(({ level }) => level === "mandatory").map(({ on }) => on),
            ["apart"],
        );
    });

    describe("by a tag that is pending", () => {
        const program = () => {
            const v = vpc();
            gateway(v, { tags: { Team: v.id.apply(() => "data"), Stage: "test" } }, "s3", "s3-legacy");
        };
        const verdict = async (exempt: readonly object[], form: Form) => {
            const all = await judge(await show(program, form), { [policy]: { exempt } });
            return {
                said: all.filter(violation => violation.policy === policy).map(({ on, level }) => `${level} ${on}`),
                undecided: all
                    .filter(violation => violation.policy === "undecided" && violation.message.includes(policy))
                    .map(({ on }) => on),
            };
        };

        it("leaves the resource undecided, and is not said to match nothing", async () => {
            assert.deepEqual(await verdict([{ tag: "Team=data", reason: "theirs" }], "preview"), {
                said: [],
                undecided: ["s3-legacy"],
            });
        });

        it("holds at the update", async () => {
            assert.deepEqual(await verdict([{ tag: "Team=data", reason: "theirs" }], "update"), {
                said: [],
                undecided: [],
            });
        });

        it("does not matter where the name does not match either", async () => {
            const { said, undecided } = await verdict(
                [{ name: "other", tag: "Team=data", reason: "theirs" }],
                "preview",
            );
            assert.deepEqual(
                [said.filter(one => one.startsWith("mandatory")), undecided],
                [["mandatory s3-legacy"], []],
            );
        });

        it("does not matter where another tag is known to match", async () => {
            assert.deepEqual(
                await verdict(
                    [
                        { tag: "Team=data", reason: "theirs" },
                        { tag: "Stage=test", reason: "only a test" },
                    ],
                    "preview",
                ),
                { said: [], undecided: [] },
            );
        });
    });

    it("by a secret tag holds", async () => {
        assert.deepEqual(
            await saidOf(
                policy,
                () => tagged({ Team: pulumi.secret("data") }),
                [{ tag: "Team=data", reason: "theirs" }],
                "preview",
            ),
            [],
        );
    });
});
