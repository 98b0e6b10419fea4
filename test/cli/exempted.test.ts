/** What the pack's own exemptions keep silent is in the reports: the pack as it is, judged by the command line. */
import assert from "node:assert/strict";
import { withExemption } from "../../cli/exempted";
import type { Violation } from "../../cli/judgement";
import { isObject, parseJson } from "../../cli/untyped";
import { command, packFromSources, written } from "./command";

const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
const urn = `urn:pulumi:dev::app::${type}::s3-legacy`;

describe("An exempted violation", () => {
    it("is in the reports, with the pattern, the reason and the last day, and does not count", async () => {
        const packDirectory = packFromSources("real-pack");
        const exempt = [{ name: "s3-*", reason: "Retired.", expires: "2099-12-31" }];
        const directory = written("exempted", {
            "policies.json": JSON.stringify({
                all: "disabled",
                "pack-settings": "mandatory",
                "gateway-endpoint-routed": { enforcementLevel: "mandatory", exempt },
            }),
            "export.json": JSON.stringify({
                version: 3,
                deployment: {
                    resources: [
                        {
                            urn: "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main",
                            type: "aws:ec2/vpc:Vpc",
                            inputs: { cidrBlock: "10.0.0.0/16" },
                            outputs: { cidrBlock: "10.0.0.0/16", id: "vpc-1" },
                        },
                        {
                            urn,
                            type,
                            inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" },
                            outputs: {
                                id: "vpce-1",
                                vpcId: "vpc-1",
                                serviceName: "com.amazonaws.eu-west-1.s3",
                                vpcEndpointType: "Gateway",
                                routeTableIds: [],
                            },
                        },
                    ],
                },
            }),
        });
        const { code, stdout, stderr } = await command(
            ["analyze", "export.json", "--config", "policies.json", "--format", "json"],
            { packDirectory, directory },
        );
        assert.equal(stderr, "");
        const report = parseJson(stdout);
        assert(isObject(report));
        assert.deepEqual(report["violations"], []);
        assert.deepEqual(report["exempted"], [
            {
                policy: "gateway-endpoint-routed",
                level: "mandatory",
                severity: "high",
                message: "Gateway endpoint s3-legacy for s3 is in no route table, so no traffic takes it.",
                resource: { urn, type, name: "s3-legacy" },
                exception: { id: "s3-*", reason: "Retired.", expires: "2099-12-31" },
            },
        ]);
        assert.equal(code, 0);
    });

    it("is only told of by an advisory one", () => {
        const told: Violation = {
            policy: "routes",
            level: "advisory",
            severity: "high",
            message: 'It is in none.\nNor here.\nExempted by {"pattern":"a","reason":"b","level":"advisory"}',
            resource: { urn, type, name: "s3-legacy" },
        };
        assert.deepEqual(withExemption(told, undefined), {
            ...told,
            message: "It is in none.\nNor here.",
            exception: { id: "a", reason: "b" },
        });
        for (const other of [
            { ...told, level: "mandatory" },
            { ...told, message: "It is in none.\nExempted by nobody" },
            { ...told, message: 'Exempted by {"pattern":"a"}' },
        ] as const) {
            assert.equal(withExemption(other, undefined), other);
        }
    });
});
