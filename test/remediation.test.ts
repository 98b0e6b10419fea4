import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import type { ResourceValidationArgs } from "@pulumi/policy";
import { Exemptions } from "../engine/exemptions";
import { remediation } from "../engine/remedy";
import { type Config, remediate } from "./judge";
import { type Program, record } from "./record";

const both: Config = {
    "private-subnet-no-public-ip": { enforcementLevel: "remediate" },
    "endpoint-service-acceptance-required": { enforcementLevel: "remediate" },
};

/** What is changed, by resource and property, before anything is created. */
async function changed(program: Program, config: Config = both): Promise<Readonly<Record<string, unknown>>> {
    const resources = await record(program, "preview");
    return Object.fromEntries(
        (await remediate(resources, config)).flatMap(({ inputs, name }, index) =>
            Object.entries(inputs)
                .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(resources[index]?.inputs[key]))
                .map(([key, value]) => [`${name}.${key}`, value]),
        ),
    );
}

const subnet = (args: Partial<aws.ec2.SubnetArgs>): aws.ec2.Subnet =>
    new aws.ec2.Subnet("app", { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true, ...args });
const instance = (args: Partial<aws.ec2.InstanceArgs>): aws.ec2.Instance =>
    new aws.ec2.Instance("web", {
        ami: "ami-0a",
        instanceType: "t3.micro",
        subnetId: "subnet-0a",
        associatePublicIpAddress: true,
        ...args,
    });
const service = (args: Partial<aws.ec2.VpcEndpointServiceArgs>): aws.ec2.VpcEndpointService =>
    new aws.ec2.VpcEndpointService("shop", {
        acceptanceRequired: false,
        networkLoadBalancerArns: ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/0a"],
        ...args,
    });

describe("at the level remediate", () => {
    it("a subnet whose tier tag says private gives no public addresses", async () => {
        assert.deepEqual(await changed(() => subnet({ tags: { Tier: "private" } })), {
            "app.mapPublicIpOnLaunch": false,
        });
    });

    it("an instance whose tier tag says isolated gets no public address", async () => {
        assert.deepEqual(await changed(() => instance({ tags: { Tier: "isolated" } })), {
            "web.associatePublicIpAddress": false,
        });
    });

    it("a subnet that is private by a hint alone is left as it is", async () => {
        assert.deepEqual(await changed(() => subnet({ tags: { Name: "private-a" } })), {});
    });

    it("a subnet whose tier tag says public is left as it is", async () => {
        assert.deepEqual(await changed(() => subnet({ tags: { Tier: "public" } })), {});
    });

    it("a subnet that gives no public addresses is left as it is", async () => {
        assert.deepEqual(await changed(() => subnet({ tags: { Tier: "private" }, mapPublicIpOnLaunch: false })), {});
    });

    it("a subnet that is exempt or excepted is left as it is", async () => {
        const settings = [{ exempt: [{ name: "app", reason: "A proxy." }] }, { exceptSubnets: ["app"] }];
        for (const setting of settings) {
            const config = { "private-subnet-no-public-ip": { enforcementLevel: "remediate", ...setting } };
            assert.deepEqual(await changed(() => subnet({ tags: { Tier: "private" } }), config), {});
        }
    });

    it("an instance is left as it is where the names of subnets decide", async () => {
        const config = { "private-subnet-no-public-ip": { enforcementLevel: "remediate", exceptSubnets: ["edge"] } };
        assert.deepEqual(await changed(() => instance({ tags: { Tier: "private" } }), config), {});
    });

    it("tier tags that the whole pack is told count", async () => {
        const tags = { keys: ["Zone"], private: ["inner"], isolated: [] };
        assert.deepEqual(
            await changed(() => subnet({ tags: { Zone: "inner" } }), { ...both, "pack-settings": { tags } }),
            {
                "app.mapPublicIpOnLaunch": false,
            },
        );
    });

    it("an endpoint service that everyone may connect to requires acceptance", async () => {
        assert.deepEqual(await changed(() => service({ allowedPrincipals: ["*"] })), {
            "shop.acceptanceRequired": true,
        });
    });

    it("an endpoint service that names its principals elsewhere, or none, is left as it is", async () => {
        assert.deepEqual(await changed(() => service({})), {});
    });

    it("an endpoint service with a closed list is changed only where that is not enough", async () => {
        const closed = (): unknown => service({ allowedPrincipals: ["arn:aws:iam::111122223333:root"] });
        assert.deepEqual(await changed(closed), {});
        const name = "endpoint-service-acceptance-required";
        assert.deepEqual(await changed(closed, { [name]: { enforcementLevel: "remediate", allowAutoAccept: false } }), {
            "shop.acceptanceRequired": true,
        });
    });

    it("what is not known is left as it is", async () => {
        const program = (): unknown => {
            const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
            return subnet({ tags: { Tier: vpc.id } });
        };
        assert.deepEqual(await changed(program), {});
    });

    it("a subnet that may be exempt by a tag that is not known is left as it is", async () => {
        const exempt = [{ tag: "owner=net", reason: "A proxy." }];
        const program = (): unknown => {
            const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
            return subnet({ tags: vpc.id.apply(owner => ({ Tier: "private", owner })) });
        };
        const config = { "private-subnet-no-public-ip": { enforcementLevel: "remediate", exempt } };
        assert.deepEqual(await changed(program, config), {});
    });

    it("a fault of our own changes nothing and stops nothing", () => {
        const remediate = remediation(
            {
                properties: { mapPublicIpOnLaunch: false },
                isWrong: () => {
                    throw new Error("a fault");
                },
            },
            ({ subnets }) => subnets,
            () => ({ values: {}, exemptions: new Exemptions([], "2026-01-01") }),
        );
        const props = { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true };
        const [type, name] = ["aws:ec2/subnet:Subnet", "app"];
        const args = { type, name, urn: `urn:pulumi:dev::app::${type}::${name}`, props, getConfig: () => ({}) };
        assert.equal(remediate(args as unknown as ResourceValidationArgs), undefined);
        assert.equal(props.mapPublicIpOnLaunch, true);
    });

    it("nothing is changed at another level", async () => {
        assert.deepEqual(await changed(() => subnet({ tags: { Tier: "private" } }), {}), {});
    });
});
