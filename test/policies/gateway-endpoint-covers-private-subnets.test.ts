import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/gateway-endpoint-covers-private-subnets";
import { table } from "../table";
import {
    associate,
    endpoint,
    gateway,
    nativeGateway,
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

const tableOutside = "rtb-0123456789abcdef0";

/** An S3 gateway endpoint in a route table that no subnet uses. */
const elsewhere = (of: aws.ec2.Vpc, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    gateway(of, { routeTableIds: [routeTable(of, [], "elsewhere").id], ...args });

/** A subnet of the VPC that uses a table in which the endpoint is not. */
const uncovered = (of: aws.ec2.Vpc) => routed(of, []);

const natGateway = (args: Partial<aws.ec2.NatGatewayArgs> = {}) =>
    new ec2.NatGateway("nat", {
        subnetId: "subnet-0123456789abcdef0",
        allocationId: "eipalloc-0123456789abcdef0",
        ...args,
    });

const instance = (in_: aws.ec2.Subnet) =>
    new ec2.Instance("instance", { subnetId: in_.id, ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });

const attachment = (of: aws.ec2.Vpc, in_: aws.ec2.Subnet) =>
    new aws.ec2transitgateway.VpcAttachment("hub", {
        vpcId: of.id,
        transitGatewayId: "tgw-0123456789abcdef0",
        subnetIds: [in_.id],
    });

const nativeTable = ({ vpcId }: native.Vpc, name: string) => new native.RouteTable(name, { vpcId });

const lacks = (subnets: string, tables: string, more = "") => ({
    s3: new RegExp(
        `^Gateway endpoint s3 does not carry the s3 traffic of private ${subnets}: it is missing from ${tables}\\.${more}$`,
    ),
});

table(policy, {
    why: "A gateway endpoint serves the subnets whose route tables it is in, and no others. The others reach the service through a NAT gateway, which is paid for by the gigabyte, or not at all.",
    page: { config: { exceptSubnets: ["endpoints-*"] } },
    accepts: {
        "an endpoint in the table of the private subnet": () => {
            const v = vpc();
            const own = routeTable(v);
            associate(subnet(v), own);
            gateway(v, { routeTableIds: [own.id] });
        },
        "an endpoint in the main table, which a subnet without an association uses": () => {
            const v = vpc();
            subnet(v);
            gateway(v, { routeTableIds: [v.mainRouteTableId] });
        },
        "an endpoint in the default table, which is the main one": () => {
            const v = vpc();
            subnet(v);
            gateway(v, { routeTableIds: [v.defaultRouteTableId] });
        },
        "an endpoint in the default table, adopted": () => {
            const v = vpc();
            subnet(v);
            gateway(v, {
                routeTableIds: [
                    new ec2.DefaultRouteTable("default", { defaultRouteTableId: v.defaultRouteTableId }).id,
                ],
            });
        },
        "an endpoint in the default table, adopted, as the VPC names it": () => {
            const v = vpc();
            subnet(v);
            new ec2.DefaultRouteTable("default", { defaultRouteTableId: v.defaultRouteTableId });
            gateway(v, { routeTableIds: [v.mainRouteTableId] });
        },
        "an endpoint in a table that was made the main one": () => {
            const v = vpc();
            subnet(v);
            const main = routeTable(v);
            new ec2.MainRouteTableAssociation("main", { vpcId: v.id, routeTableId: main.id });
            gateway(v, { routeTableIds: [main.id] });
        },
        "an endpoint in the table by an association of its own": () => {
            const v = vpc();
            const own = routeTable(v);
            associate(subnet(v), own);
            new ec2.VpcEndpointRouteTableAssociation("s3", { vpcEndpointId: gateway(v).id, routeTableId: own.id });
        },
        "an interface endpoint with route tables, which AWS refuses for other reasons": () => {
            const v = vpc();
            uncovered(v);
            endpoint(v, { routeTableIds: [routeTable(v, [], "elsewhere").id] });
        },
        "public subnets": () => {
            const v = vpc();
            elsewhere(v);
            publicSubnet(v);
        },
        "a subnet that is public by IPv6 alone": () => {
            const v = vpc();
            elsewhere(v);
            routed(v, toInternet(v, { ipv6CidrBlock: "::/0" }));
        },
        "a subnet that is public by a route of its own resource": () => {
            const v = vpc();
            elsewhere(v);
            const own = routeTable(v);
            associate(subnet(v), own);
            new ec2.Route("internet", {
                routeTableId: own.id,
                destinationCidrBlock: "0.0.0.0/0",
                gatewayId: new ec2.InternetGateway("internet", { vpcId: v.id }).id,
            });
        },
        "a subnet that is public by the gateway of an attachment": () => {
            const v = vpc();
            elsewhere(v);
            const attached = new ec2.InternetGatewayAttachment("internet", {
                vpcId: v.id,
                internetGatewayId: new ec2.InternetGateway("internet").id,
            });
            routed(v, [{ cidrBlock: "0.0.0.0/0", gatewayId: attached.internetGatewayId }]);
        },
        "a subnet that is public by an internet gateway outside": () => {
            const v = vpc();
            elsewhere(v);
            routed(v, [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0123456789abcdef0" }]);
        },
        "private subnets of another VPC": () => {
            elsewhere(vpc());
            uncovered(vpc({}, "other"));
        },
        "an endpoint in no table, of which another policy speaks": () => {
            const v = vpc();
            gateway(v);
            uncovered(v);
        },
        "an interface endpoint": () => {
            const v = vpc();
            endpoint(v, {}, "s3");
            uncovered(v);
        },
        "endpoints that cover together": () => {
            const v = vpc();
            for (const name of ["a", "b"]) {
                const own = routeTable(v, [], name);
                associate(subnet(v, {}, name), own, name);
                gateway(v, { routeTableIds: [own.id] }, "s3", name);
            }
        },
        "a subnet that holds only a transit gateway attachment": () => {
            const v = vpc();
            elsewhere(v);
            attachment(v, uncovered(v));
        },
        "a subnet that holds only endpoints": () => {
            const v = vpc();
            elsewhere(v);
            endpoint(v, { subnetIds: [uncovered(v).id] });
        },
        "a subnet that holds only an endpoint, by an association of its own": () => {
            const v = vpc();
            elsewhere(v);
            new ec2.VpcEndpointSubnetAssociation("logs", { vpcEndpointId: endpoint(v).id, subnetId: uncovered(v).id });
        },
        "a subnet that holds only a firewall": () => {
            const v = vpc();
            elsewhere(v);
            new aws.networkfirewall.Firewall("firewall", {
                vpcId: v.id,
                firewallPolicyArn: "arn:aws:network-firewall:us-east-1:123456789012:firewall-policy/all",
                subnetMappings: [{ subnetId: uncovered(v).id }],
            });
        },
        "a subnet that holds only a load balancer": () => {
            const v = vpc();
            elsewhere(v);
            new aws.lb.LoadBalancer("balancer", { internal: true, subnets: [uncovered(v).id] });
        },
        "a subnet that the setting leaves out": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                uncovered(v);
            },
            config: { exceptSubnets: ["a?p", "nothing*"] },
        },
        "an aws-native endpoint in the table of the private subnet": () => {
            const v = nativeVpc();
            const own = nativeTable(v, "private");
            new native.SubnetRouteTableAssociation("app", {
                subnetId: nativeSubnet(v).subnetId,
                routeTableId: own.routeTableId,
            });
            nativeGateway(v, { routeTableIds: [own.routeTableId] });
        },
        "aws-native public subnets": () => {
            const v = nativeVpc();
            nativeGateway(v, { routeTableIds: [nativeTable(v, "elsewhere").routeTableId] });
            const own = nativeTable(v, "public");
            new native.SubnetRouteTableAssociation("app", {
                subnetId: nativeSubnet(v).subnetId,
                routeTableId: own.routeTableId,
            });
            new native.Route("internet", {
                routeTableId: own.routeTableId,
                destinationCidrBlock: "0.0.0.0/0",
                gatewayId: new native.InternetGateway("internet").internetGatewayId,
            });
        },
    },
    rejects: {
        "a private subnet whose own table lacks the endpoint": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                uncovered(v);
            },
            because: lacks("subnet app", "route table app"),
        },
        "a private subnet that uses the main table, which lacks the endpoint": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                subnet(v);
            },
            because: lacks("subnet app", "route table of VPC main \\(main\\)"),
        },
        "a private subnet whose own table takes the place of the main one": {
            program: () => {
                const v = vpc();
                gateway(v, { routeTableIds: [v.mainRouteTableId] });
                uncovered(v);
            },
            because: lacks("subnet app", "route table app"),
        },
        "an endpoint in the default table, where another was made the main one": {
            program: () => {
                const v = vpc();
                subnet(v);
                new ec2.MainRouteTableAssociation("main", { vpcId: v.id, routeTableId: routeTable(v).id });
                gateway(v, { routeTableIds: [v.defaultRouteTableId] });
            },
            because: lacks("subnet app", "route table private"),
        },
        "an association of the table with a gateway, which no subnet uses": {
            program: () => {
                const v = vpc();
                subnet(v);
                const edge = routeTable(v);
                new ec2.RouteTableAssociation("edge", {
                    gatewayId: new ec2.InternetGateway("internet", { vpcId: v.id }).id,
                    routeTableId: edge.id,
                });
                gateway(v, { routeTableIds: [edge.id] });
            },
            because: lacks("subnet app", "route table of VPC main \\(main\\)"),
        },
        "all private subnets of several at once, with their tables": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                for (const name of ["a", "b"]) {
                    associate(subnet(v, {}, name), routeTable(v, [], name), name);
                }
                publicSubnet(v);
            },
            because: lacks("subnets a and b", "route tables a and b"),
        },
        "a private subnet that sends its traffic to a NAT gateway, with the price": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                routed(v, [{ cidrBlock: "0.0.0.0/0", natGatewayId: natGateway().id }]);
            },
            because: lacks(
                "subnet app",
                "route table app",
                " A NAT gateway takes that of subnet app, at 0\\.045 USD a gigabyte \\(us-east-1, November 2026\\)\\.",
            ),
        },
        "a private subnet that sends its traffic to a NAT gateway, with a price that is configured": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                routed(v, [{ cidrBlock: "0.0.0.0/0", natGatewayId: natGateway().id }]);
            },
            config: { prices: { natGigabyte: 0.1 } },
            because: lacks(
                "subnet app",
                "route table app",
                " A NAT gateway takes that of subnet app, at 0\\.1 USD a gigabyte \\(as configured\\)\\.",
            ),
        },
        "a private subnet that sends halves of its traffic to a NAT gateway, with the price": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                const natGatewayId = natGateway().id;
                routed(
                    v,
                    ["0.0.0.0/1", "128.0.0.0/1"].map(cidrBlock => ({ cidrBlock, natGatewayId })),
                );
            },
            because: lacks("subnet app", "route table app", " A NAT gateway takes .*"),
        },
        "a private subnet whose NAT gateway takes only private addresses, without the price": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                routed(v, [{ cidrBlock: "10.8.0.0/16", natGatewayId: natGateway().id }]);
            },
            because: lacks("subnet app", "route table app"),
        },
        "a private subnet whose IPv6 traffic leaves by an egress-only gateway": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                routed(v, [
                    {
                        ipv6CidrBlock: "::/0",
                        egressOnlyGatewayId: new ec2.EgressOnlyInternetGateway("out", { vpcId: v.id }).id,
                    },
                ]);
            },
            because: lacks("subnet app", "route table app"),
        },
        "a subnet that holds an instance beside an attachment": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                const both = uncovered(v);
                attachment(v, both);
                instance(both);
            },
            because: lacks("subnet app", "route table app"),
        },
        "a subnet that holds an instance": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                instance(uncovered(v));
            },
            because: lacks("subnet app", "route table app"),
        },
        "the endpoint for one service where that for the other covers": {
            program: () => {
                const v = vpc();
                const own = routeTable(v);
                associate(subnet(v), own);
                gateway(v, { routeTableIds: [own.id] }, "dynamodb");
                elsewhere(v);
            },
            because: lacks("subnet app", "route table private"),
        },
        "the first of several endpoints for one service that leave a subnet out together": {
            program: () => {
                const v = vpc();
                uncovered(v);
                gateway(v, { routeTableIds: [routeTable(v, [], "a").id] }, "s3", "a");
                gateway(v, { routeTableIds: [routeTable(v, [], "b").id] }, "s3", "b");
            },
            because: {
                a: /^Gateway endpoint a does not carry the s3 traffic of private subnet app: it is missing from route table app\.$/,
            },
        },
        "an endpoint in a table outside only": {
            program: () => {
                const v = vpc();
                gateway(v, { routeTableIds: [tableOutside] });
                uncovered(v);
            },
            because: lacks("subnet app", "route table app"),
        },
        "a subnet beside the one that the setting leaves out": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                uncovered(v);
                associate(subnet(v, {}, "data"), routeTable(v, [], "data"), "data");
            },
            config: { exceptSubnets: ["data"] },
            because: lacks("subnet app", "route table app"),
        },
        "an aws-native private subnet whose table lacks the endpoint": {
            program: () => {
                const v = nativeVpc();
                nativeGateway(v, { routeTableIds: [nativeTable(v, "elsewhere").routeTableId] });
                const own = nativeTable(v, "private");
                new native.SubnetRouteTableAssociation("app", {
                    subnetId: nativeSubnet(v).subnetId,
                    routeTableId: own.routeTableId,
                });
            },
            because: lacks("subnet app", "route table private"),
        },
        "an aws-native private subnet that uses the main table, which lacks the endpoint": {
            program: () => {
                const v = nativeVpc();
                nativeGateway(v, { routeTableIds: [nativeTable(v, "elsewhere").routeTableId] });
                nativeSubnet(v);
            },
            because: lacks("subnet app", "route table of VPC main \\(main\\)"),
        },
    },
    waitsFor: {
        "which of two tables a subnet uses": {
            program: () => {
                const v = vpc();
                const tables = ["a", "b"].map(name => routeTable(v, [], name).id);
                new ec2.RouteTableAssociation("app", {
                    subnetId: subnet(v).id,
                    routeTableId: pulumi.all(tables).apply(([first]) => first ?? ""),
                });
                gateway(v, { routeTableIds: [tables[1] ?? ""] });
            },
            on: ["s3"],
            then: lacks("subnet app", "route table a"),
        },
        "the VPC of a subnet that a data source looks up": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                subnet({ id: ec2.getVpcOutput({ id: v.id }).id });
            },
            on: ["s3"],
            then: lacks("subnet app", "route table of VPC main \\(main\\)"),
        },
        "the tables of an endpoint that are computed as a list": {
            program: () => {
                const v = vpc();
                const own = routeTable(v);
                associate(subnet(v), own);
                gateway(v, { routeTableIds: own.id.apply(id => [id]) });
            },
            on: ["s3"],
            then: {},
        },
        "where a route leads": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                const gateways = [
                    new ec2.InternetGateway("internet", { vpcId: v.id }).id,
                    new ec2.VpnGateway("vpn", { vpcId: v.id }).id,
                ];
                routed(v, [
                    { cidrBlock: "0.0.0.0/0", gatewayId: pulumi.all(gateways).apply(([, second]) => second ?? "") },
                ]);
            },
            on: ["s3"],
            then: lacks("subnet app", "route table app"),
        },
    },
    doesNotJudge: {
        "a subnet whose table is outside": () => {
            const v = vpc();
            elsewhere(v);
            new ec2.RouteTableAssociation("app", { subnetId: subnet(v).id, routeTableId: tableOutside });
        },
        "a subnet whose table another stack has made": {
            program: () => {
                const v = vpc();
                elsewhere(v);
                new ec2.RouteTableAssociation("app", {
                    subnetId: subnet(v).id,
                    routeTableId: ec2.RouteTable.get("shared", tableOutside).id,
                });
            },
            inExport: lacks("subnet app", "route table shared"),
        },
        "a VPC outside": () => {
            const v = { id: "vpc-0a1b2c3d4e5f60718" };
            gateway(v, { routeTableIds: [tableOutside] });
            subnet(v);
        },
        "a VPC that another stack has made": () => {
            const v = vpcElsewhere();
            gateway(v, { routeTableIds: [v.mainRouteTableId] });
            subnet(v);
        },
        "the account's default VPC, whose main table the stack does not show": () => {
            const v = new ec2.DefaultVpc("main");
            gateway(v, { routeTableIds: [routeTable(v).id] });
            subnet(v);
        },
    },
});
