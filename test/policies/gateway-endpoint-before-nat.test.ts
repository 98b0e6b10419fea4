import * as aws from "@pulumi/aws";
import * as dynamodb from "@pulumi/aws-native/dynamodb";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/gateway-endpoint-before-nat";
import { table } from "../table";
import {
    associate,
    attach,
    endpoint,
    gateway,
    nat,
    nativeGateway,
    nativeSubnet,
    nativeVpc,
    privateZone,
    routed,
    routeTable,
    subnet,
    toInternet,
    transitGateway,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

type Routes = aws.ec2.RouteTableArgs["routes"];

const all = { cidrBlock: "0.0.0.0/0" };
const outsideNat = "nat-0123456789abcdef0";

const publicNeighbour = (v: aws.ec2.Vpc): aws.ec2.Subnet => {
    const made = subnet(v, { cidrBlock: "10.0.9.0/24" }, "edge");
    associate(made, routeTable(v, toInternet(v), "edge"), "edge");
    return made;
};
const throughNat = (v: aws.ec2.Vpc, ...cidrBlocks: readonly string[]): Routes => {
    const natGatewayId = nat(publicNeighbour(v)).id;
    return cidrBlocks.map(cidrBlock => ({ cidrBlock, natGatewayId }));
};

/** A VPC whose subnet "app" has some routes, by default to a NAT gateway, and what else the case gives it. */
const with_ =
    (
        more: (of: aws.ec2.Vpc, app: aws.ec2.Subnet) => unknown = () => undefined,
        routes: (of: aws.ec2.Vpc) => Routes = v => throughNat(v, "0.0.0.0/0"),
    ) =>
    () => {
        const v = vpc();
        more(v, routed(v, routes(v)));
    };

const aTable = (v: { readonly hashKey?: string } = {}) =>
    new aws.dynamodb.Table("orders", { hashKey: "id", attributes: [{ name: "id", type: "S" }], ...v });

/** What is said of VPC main. */
const pays = (services = "s3", subnets = "private subnet app", gateways = "NAT gateway nat") => ({
    main: new RegExp(
        `^VPC main has no gateway endpoint for ${services}: that traffic of ${subnets} goes through ${gateways}, for 1,643 USD a year for each 100 GB a day, at 0\\.045 USD a gigabyte \\(us-east-1, November 2026\\)\\.$`,
    ),
});
const s3 = (v: aws.ec2.Vpc, args: Partial<aws.ec2.VpcEndpointArgs>) => endpoint(v, args, "s3");

table(policy, {
    why: "A NAT gateway is paid for by the gigabyte. A gateway endpoint takes the traffic to S3 and DynamoDB for nothing.",
    page: { config: { services: ["s3"] } },
    accepts: {
        "a gateway endpoint for S3": with_(v => gateway(v)),
        "a gateway endpoint in no route table, of which another policy speaks": with_(v =>
            gateway(v, { routeTableIds: [] }),
        ),
        "gateway endpoints for S3 and DynamoDB": with_(v => {
            aTable();
            gateway(v);
            gateway(v, {}, "dynamodb");
        }),
        "no DynamoDB endpoint where the stack has no table": with_(v => gateway(v)),
        "no DynamoDB endpoint where the stack has a bucket": with_(v => {
            new aws.s3.Bucket("photos");
            gateway(v);
        }),
        "a VPC without a NAT gateway": with_(undefined, () => []),
        "a VPC that leaves by a transit gateway": with_(undefined, () => [
            { ...all, transitGatewayId: "tgw-0123456789abcdef0" },
        ]),
        "a NAT gateway for private addresses": with_(undefined, v => throughNat(v, "10.0.0.0/8")),
        "a NAT gateway for a few public addresses": with_(undefined, v => throughNat(v, "198.51.100.0/24")),
        "a NAT gateway for one half of all addresses": with_(undefined, v => throughNat(v, "0.0.0.0/1")),
        "a NAT gateway that no private subnet uses": () => {
            const v = vpc();
            nat(publicNeighbour(v));
            subnet(v);
        },
        "a public subnet that uses a NAT gateway, too": with_(undefined, v => [
            { ...all, natGatewayId: nat(subnet(v, { cidrBlock: "10.0.9.0/24" }, "edge")).id },
            {
                cidrBlock: "198.51.100.0/24",
                gatewayId: new ec2.InternetGateway("internet", { vpcId: v.id }).id,
            },
        ]),
        "a subnet that holds only a transit gateway attachment, for others": () => {
            const v = vpc();
            attach(v, transitGateway(), "attachment", throughNat(v, "0.0.0.0/0"));
        },
        "an S3 interface endpoint whose private DNS answers to all": with_(v =>
            s3(v, { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } }),
        ),
        "an S3 interface endpoint with a zone that answers for it": with_(v => {
            s3(v, { privateDnsEnabled: false });
            privateZone("s3.us-east-1.amazonaws.com", v);
        }),
        "services that the setting leaves out": {
            program: with_(() => aTable()),
            config: { services: [] },
        },
        "an aws-native gateway endpoint": () => nativeGateway(nativeThroughNat()),
    },
    rejects: {
        "a default route to a NAT gateway": { program: with_(), because: pays() },
        "two halves to a NAT gateway": {
            program: with_(undefined, v => throughNat(v, "0.0.0.0/1", "128.0.0.0/1")),
            because: pays(),
        },
        "two halves, each to a NAT gateway of its own": {
            program: () => {
                const v = vpc();
                const [table, edge] = [routeTable(v, [], "app"), publicNeighbour(v)];
                associate(subnet(v), table);
                ["0.0.0.0/1", "128.0.0.0/1"].forEach((destinationCidrBlock, n) => {
                    const natGatewayId = nat(edge, {}, `nat-${n}`).id;
                    new ec2.Route(`half-${n}`, { routeTableId: table.id, destinationCidrBlock, natGatewayId });
                });
            },
            because: pays("s3", "private subnet app", "NAT gateway nat-0 and NAT gateway nat-1"),
        },
        "a default route that stands by itself": {
            program: () => {
                const v = vpc();
                const table = routeTable(v, [], "app");
                associate(subnet(v), table);
                const natGatewayId = nat(publicNeighbour(v)).id;
                new ec2.Route("out", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId });
            },
            because: pays(),
        },
        "a default route in the main table": {
            program: () => {
                const v = vpc();
                const natGatewayId = nat(publicNeighbour(v)).id;
                const routeTableId = v.mainRouteTableId;
                new ec2.Route("out", { routeTableId, destinationCidrBlock: "0.0.0.0/0", natGatewayId });
                subnet(v);
                subnet(v, { cidrBlock: "10.0.2.0/24" }, "data");
            },
            because: pays("s3", "private subnets app and data"),
        },
        "a default route to a NAT gateway outside": {
            program: with_(undefined, () => [{ ...all, natGatewayId: outsideNat }]),
            because: pays("s3", "private subnet app", "NAT gateway"),
        },
        "no endpoint for DynamoDB, where the stack has a table": {
            program: with_(v => {
                gateway(v);
                aTable();
            }),
            because: pays("dynamodb"),
        },
        "no endpoint for either": { program: with_(() => aTable()), because: pays("dynamodb and s3") },
        "a gateway endpoint for S3 alone, where the setting names another service": {
            program: with_(v => gateway(v)),
            config: { services: ["s3express"] },
            because: pays("s3express"),
        },
        "a gateway endpoint in another VPC": {
            program: with_(() => gateway(vpc({ cidrBlock: "10.1.0.0/16" }, "other"))),
            because: pays(),
        },
        "an S3 interface endpoint without private DNS": {
            program: with_(v => s3(v, { privateDnsEnabled: false })),
            because: pays(),
        },
        "an S3 interface endpoint whose private DNS answers to an inbound resolver only": {
            program: with_(v =>
                s3(v, { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: true } }),
            ),
            because: pays(),
        },
        "a price that is configured": {
            program: with_(),
            config: { prices: { natGigabyte: 0.048 } },
            because: {
                main: /, for 1,752 USD a year for each 100 GB a day, at 0\.048 USD a gigabyte \(as configured\)\.$/,
            },
        },
        "a price that is configured for the pack": {
            program: with_(),
            pack: { prices: { natGigabyte: 0.1 } },
            because: { main: /, for 3,650 USD a year .* at 0\.1 USD a gigabyte \(as configured\)\.$/ },
        },
        "an aws-native VPC": { program: () => void nativeThroughNat(), because: pays() },
        "an aws-native table": {
            program: () => {
                nativeGateway(nativeThroughNat());
                new dynamodb.Table("orders", { keySchema: [{ attributeName: "id", keyType: "HASH" }] });
            },
            because: pays("dynamodb"),
        },
    },
    waitsFor: {
        "a destination that is not known yet": {
            program: with_(undefined, v => [
                {
                    cidrBlock: new ec2.InternetGateway("other").id.apply(id =>
                        id === "" ? "10.0.0.0/8" : "0.0.0.0/0",
                    ),
                    natGatewayId: nat(publicNeighbour(v)).id,
                },
            ]),
            on: ["main"],
            then: pays(),
        },
        "the VPC of an endpoint that is one of two": {
            program: with_(v => {
                const other = vpc({ cidrBlock: "10.1.0.0/16" }, "other");
                gateway({ id: pulumi.all([v.id, other.id]).apply(([, id]) => id) });
            }),
            on: ["main", "other"],
            then: pays(),
        },
    },
    doesNotJudge: {
        "a table outside": () => associate(subnet(vpc()), { id: "rtb-0123456789abcdef0" }),
        "a zone outside beside an S3 interface endpoint": with_(v => {
            s3(v, { privateDnsEnabled: false });
            new aws.route53.ZoneAssociation("zone", { zoneId: "Z0123456789ABCDEFGHIJ", vpcId: v.id });
        }),
        "a VPC that is looked up": {
            program: () => routed(vpcElsewhere(), [{ ...all, natGatewayId: outsideNat }]),
            inExport: {
                elsewhere: /^VPC elsewhere has no gateway endpoint for s3: /,
            },
        },
    },
});

function nativeThroughNat(): native.Vpc {
    const v = nativeVpc({ tags: [{ key: "Name", value: "main" }] });
    const { routeTableId } = new native.RouteTable("app", { vpcId: v.vpcId });
    new native.SubnetRouteTableAssociation("app", { subnetId: nativeSubnet(v).subnetId, routeTableId });
    const { natGatewayId } = new native.NatGateway("nat", {
        subnetId: "subnet-0123456789abcdef0",
        allocationId: "eipalloc-0123456789abcdef0",
    });
    new native.Route("out", { routeTableId, destinationCidrBlock: "0.0.0.0/0", natGatewayId });
    return v;
}
