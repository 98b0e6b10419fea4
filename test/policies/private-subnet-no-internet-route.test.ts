import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/private-subnet-no-internet-route";
import { table } from "../table";
import {
    associate,
    endpoint,
    nat,
    nativeSubnet,
    nativeVpc,
    publicSubnet,
    routed,
    routeTable,
    subnet,
    toInternet,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

const all = { cidrBlock: "0.0.0.0/0" };
const isPrivate = { tags: { Tier: "private" } };
const outsideGateway = "igw-0123456789abcdef0";

/** A subnet that is declared private, with the given routes in a table of its own. */
const declared = (routes: (of: aws.ec2.Vpc) => aws.ec2.RouteTableArgs["routes"], tags: object = isPrivate.tags) => {
    return () => {
        const v = vpc();
        routed(v, routes(v), { tags: { ...tags } });
    };
};

/** A public subnet with some tags. */
const tagged = (tags: aws.ec2.SubnetArgs["tags"]) => () => publicSubnet(vpc(), { ...(tags !== undefined && { tags }) });

const open = (tag = "Tier=private", table = "route table app") =>
    new RegExp(
        `^Private subnet app \\(${tag}\\) has a route to the internet: subnet app → ${table} → internet gateway internet → internet\\.$`,
    );
const probably = (tag: string) => new RegExp(`^Probable: ${open(tag).source.slice(1)}`);
const main = "route table of VPC main \\(main\\)";

table(policy, {
    why: "A route to an internet gateway makes a subnet public, whatever its tags say: what is in it needs only a public address to be on the internet.",
    accepts: {
        "a subnet declared private without routes": declared(() => []),
        "a subnet declared private that leaves by a NAT gateway": declared(v => [
            { ...all, natGatewayId: nat(publicNeighbour(v)).id },
        ]),
        "a subnet declared private that leaves by a transit gateway": declared(() => [
            { ...all, transitGatewayId: "tgw-0123456789abcdef0" },
        ]),
        "a subnet declared private that leaves by a virtual private gateway": declared(v => [
            { ...all, gatewayId: new ec2.VpnGateway("vpn", { vpcId: v.id }).id },
        ]),
        "a subnet declared private whose IPv6 leaves by an egress-only gateway": declared(v => [
            {
                ipv6CidrBlock: "::/0",
                egressOnlyGatewayId: new ec2.EgressOnlyInternetGateway("out", { vpcId: v.id }).id,
            },
        ]),
        "a subnet declared private behind an inspection endpoint": declared(v => [
            {
                ...all,
                vpcEndpointId: endpoint(
                    v,
                    {
                        vpcEndpointType: "GatewayLoadBalancer",
                        serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                        subnetIds: [publicNeighbour(v).id],
                    },
                    "inspection",
                ).id,
            },
        ]),
        "a public subnet without tags": tagged(undefined),
        "a public subnet that is declared public": tagged({ Tier: "public" }),
        "a public subnet whose tier is public, though its name says private": tagged({
            Tier: "public",
            Name: "private",
        }),
        "a subnet that is declared isolated, of which another policy speaks": tagged({ Tier: "isolated" }),
        "a subnet that is isolated by its name, of which another policy speaks": tagged({ Name: "app-isolated-a" }),
        "a public subnet whose tag says private under a key that names no tier": tagged({ Team: "private" }),
        "an internet gateway that no route leads to": () => {
            const v = vpc();
            new ec2.InternetGateway("internet", { vpcId: v.id });
            subnet(v, isPrivate);
        },
        "an internet gateway in a table that another subnet has": () => {
            const v = vpc();
            publicNeighbour(v);
            subnet(v, isPrivate);
        },
        "an internet gateway in the main table, where the subnet has one of its own": () => {
            const v = vpc();
            inMain(v);
            routed(v, [], isPrivate);
        },
        "a value that the setting takes for no tier": {
            program: tagged({ Tier: "private" }),
            config: { tags: { private: ["internal"] } },
        },
        "a table outside, where the subnet declares nothing": () =>
            associate(subnet(vpc()), { id: "rtb-0123456789abcdef0" }),
        "an aws-native subnet without routes": () =>
            nativeSubnet(nativeVpc(), { tags: [{ key: "Tier", value: "private" }] }),
        "an aws-native subnet that is declared public": () => {
            nativePublic([{ key: "Tier", value: "public" }]);
        },
    },
    rejects: {
        "a route to an internet gateway": { program: tagged({ Tier: "private" }), because: { app: open() } },
        "a route to an internet gateway outside": {
            program: declared(() => [{ ...all, gatewayId: outsideGateway }]),
            because: { app: /: subnet app → route table app → internet gateway → internet\.$/ },
        },
        "a route for some addresses only": {
            program: declared(v => toInternet(v, { cidrBlock: "198.51.100.0/24" })),
            because: { app: open() },
        },
        "a route for IPv6 only": {
            program: declared(v => toInternet(v, { ipv6CidrBlock: "::/0" })),
            because: { app: open() },
        },
        "a route that stands by itself": {
            program: () => {
                const v = vpc();
                const table = routeTable(v, [], "app");
                associate(subnet(v, isPrivate), table);
                toGateway(v, table.id);
            },
            because: { app: open() },
        },
        "a route in the main table, which the subnet has for want of another": {
            program: () => {
                const v = vpc();
                inMain(v);
                subnet(v, isPrivate);
            },
            because: { app: open("Tier=private", main) },
        },
        "a route in a table that was made the main one": {
            program: () => {
                const v = vpc();
                const table = routeTable(v, toInternet(v), "app");
                new ec2.MainRouteTableAssociation("main", { vpcId: v.id, routeTableId: table.id });
                subnet(v, isPrivate);
            },
            because: { app: open() },
        },
        "a route in the default table": {
            program: () => {
                const v = vpc();
                new ec2.DefaultRouteTable("app", {
                    defaultRouteTableId: v.defaultRouteTableId,
                    routes: toInternet(v) ?? [],
                });
                subnet(v, isPrivate);
            },
            because: { app: open() },
        },
        "the internet beside a NAT gateway": {
            program: declared(v => [
                { cidrBlock: "0.0.0.0/1", natGatewayId: nat({ id: "subnet-0123456789abcdef0" }).id },
                {
                    cidrBlock: "128.0.0.0/1",
                    gatewayId: new ec2.InternetGateway("internet", { vpcId: v.id }).id,
                },
            ]),
            because: { app: open() },
        },
        "a tag of the CDK": {
            program: tagged({ "aws-cdk:subnet-type": "Private" }),
            because: { app: open("aws-cdk:subnet-type=Private") },
        },
        "a tag in another case": {
            program: tagged({ "network-tier": "INTERNAL" }),
            because: { app: open("network-tier=INTERNAL") },
        },
        "a tag that the setting names": {
            program: tagged({ Exposure: "none" }),
            config: { tags: { keys: ["Exposure"], private: ["none"] } },
            because: { app: open("Exposure=none") },
        },
        "a tag that the settings of the pack name": {
            program: tagged({ Exposure: "none" }),
            pack: { tags: { keys: ["Exposure"], private: ["none"] } },
            because: { app: open("Exposure=none") },
        },
        "each of several subnets": {
            program: () => {
                const v = vpc();
                inMain(v);
                subnet(v, isPrivate);
                subnet(v, { ...isPrivate, cidrBlock: "10.0.2.0/24" }, "data");
            },
            because: { app: open("Tier=private", main), data: /^Private subnet data / },
        },
        "a subnet that is private by its name": {
            program: tagged({ Name: "app-private-a" }),
            probable: true,
            because: { app: probably("Name=app-private-a") },
        },
        "a subnet for Kubernetes' internal load balancers": {
            program: tagged({ "kubernetes.io/role/internal-elb": "1" }),
            probable: true,
            because: { app: probably("kubernetes.io/role/internal-elb") },
        },
        "an aws-native subnet": {
            program: () => {
                nativePublic([{ key: "Tier", value: "private" }]);
            },
            because: { app: open("Tier=private", "route table own") },
        },
    },
    waitsFor: {
        "a tag that is not known yet": {
            program: () => {
                const tier = new ec2.InternetGateway("other").id.apply(id => (id === "" ? "public" : "private"));
                publicSubnet(vpc(), { tags: { Tier: tier } });
            },
            on: ["app"],
            naming: /not known: tag Tier of subnet app /,
            then: { app: open() },
        },
        "a table that is one of two": {
            program: () => {
                const v = vpc();
                const [open, closed] = [routeTable(v, toInternet(v), "open"), routeTable(v)];
                associate(subnet(v, isPrivate), {
                    id: pulumi.all([open.id, closed.id]).apply(([, closedId]) => closedId),
                });
            },
            on: ["app"],
            then: {},
        },
    },
    doesNotJudge: {
        "a table outside": () => associate(subnet(vpc(), isPrivate), { id: "rtb-0123456789abcdef0" }),
        "a subnet of a VPC outside, in its main table": () => subnet({ id: "vpc-0a1b2c3d4e5f60718" }, isPrivate),
        "a subnet of a VPC that is looked up": {
            program: () => subnet(vpcElsewhere(), isPrivate),
        },
    },
});

function publicNeighbour(v: aws.ec2.Vpc): aws.ec2.Subnet {
    const made = subnet(v, { cidrBlock: "10.0.9.0/24" }, "neighbour");
    associate(made, routeTable(v, toInternet(v), "neighbour"), "neighbour");
    return made;
}

function toGateway(v: aws.ec2.Vpc, routeTableId: pulumi.Input<string>): void {
    const gatewayId = new ec2.InternetGateway("internet", { vpcId: v.id }).id;
    new ec2.Route("internet", { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
}

function inMain(v: aws.ec2.Vpc): void {
    toGateway(v, v.mainRouteTableId);
}

function nativePublic(tags: native.SubnetArgs["tags"]): void {
    const v = nativeVpc();
    const { routeTableId } = new native.RouteTable("own", { vpcId: v.vpcId });
    const { subnetId } = nativeSubnet(v, { ...(tags !== undefined && { tags }) });
    new native.SubnetRouteTableAssociation("app", { subnetId, routeTableId });
    const gatewayId = new native.InternetGateway("internet").internetGatewayId;
    new native.Route("internet", { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
}
