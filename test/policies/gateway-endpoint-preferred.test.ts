import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/gateway-endpoint-preferred";
import { table } from "../table";
import {
    endpoint,
    gateway,
    nativeEndpoint,
    nativeGateway,
    nativeSubnet,
    nativeVpc,
    subnet,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

const s3 = (of: { readonly id: pulumi.Input<string> }, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    endpoint(of, args, "s3");
const nativeS3 = (of: native.Vpc) => nativeEndpoint(of, { serviceName: "com.amazonaws.us-east-1.s3" });

/** A VPC with an interface endpoint for S3, and what else the case gives it. */
const withS3 = (more: (of: aws.ec2.Vpc) => unknown) => () => {
    const v = vpc();
    s3(v);
    more(v);
};

const outside = "vpc-0a1b2c3d4e5f60718";
const onlyByInterface =
    /^VPC main reaches s3 only through interface endpoint s3, .* a gateway endpoint costs nothing\.$/;

const resolver = (v: aws.ec2.Vpc, direction: pulumi.Input<string>) =>
    new aws.route53.ResolverEndpoint("resolver", {
        direction,
        securityGroupIds: ["sg-0123456789abcdef0"],
        ipAddresses: [{ subnetId: subnet(v).id }],
    });

table(policy, {
    why: "An interface endpoint is paid for by the hour and by the gigabyte. A gateway endpoint for the same service costs nothing.",
    page: { accepts: "both endpoints in one VPC" },
    accepts: {
        "a gateway endpoint": () => gateway(vpc()),
        "an interface endpoint for a service that has no gateway endpoints": () => endpoint(vpc()),
        "an interface endpoint for a service whose name begins alike": () => endpoint(vpc(), {}, "s3express"),
        "S3 on Outposts": () => endpoint(vpc(), {}, "s3-outposts", "outposts"),
        "both endpoints in one VPC": withS3(v => gateway(v, {}, "s3", "gateway")),
        "both endpoints, whatever the order of their names": withS3(v => gateway(v, {}, "s3", "a")),
        "a gateway endpoint in no route table, of which another policy speaks": withS3(v =>
            gateway(v, { routeTableIds: [] }, "s3", "gateway"),
        ),
        "a VPC that requests a peering connection": withS3(
            v => new ec2.VpcPeeringConnection("peer", { vpcId: v.id, peerVpcId: outside }),
        ),
        "a VPC that is the peer": withS3(
            v => new ec2.VpcPeeringConnection("peer", { vpcId: outside, peerVpcId: v.id }),
        ),
        "a VPC that accepts a peering connection of the stack": withS3(v => {
            const { id } = new ec2.VpcPeeringConnection("peer", { vpcId: outside, peerVpcId: v.id });
            new ec2.VpcPeeringConnectionAccepter("peer", { vpcPeeringConnectionId: id, autoAccept: true });
        }),
        "a VPC attached to a transit gateway": withS3(
            v =>
                new aws.ec2transitgateway.VpcAttachment("hub", {
                    vpcId: v.id,
                    transitGatewayId: "tgw-0123456789abcdef0",
                    subnetIds: [subnet(v).id],
                }),
        ),
        "a VPC attached to a core network": withS3(
            v =>
                new aws.networkmanager.VpcAttachment("wan", {
                    vpcArn: v.arn,
                    coreNetworkId: "core-network-0123456789abcdef0",
                    subnetArns: [subnet(v).arn],
                }),
        ),
        "a VPC with a VPN gateway of its own": withS3(v => new ec2.VpnGateway("vpn", { vpcId: v.id })),
        "a VPC that Direct Connect reaches by a VPN gateway": withS3(v => {
            new aws.directconnect.GatewayAssociation("line", {
                dxGatewayId: "aa000000-0000-0000-0000-000000000000",
                associatedGatewayId: new ec2.VpnGateway("vpn", { vpcId: v.id }).id,
            });
        }),
        "a VPC to which a VPN gateway is attached": withS3(
            v => new ec2.VpnGatewayAttachment("vpn", { vpcId: v.id, vpnGatewayId: "vgw-0123456789abcdef0" }),
        ),
        "a VPC with an inbound resolver endpoint": withS3(v => resolver(v, "INBOUND")),
        "an endpoint for S3 in another Region": () =>
            s3(vpc(), { serviceName: "com.amazonaws.eu-west-1.s3", serviceRegion: "eu-west-1" }),
        "an endpoint for S3 in another Region, told by its name alone": () =>
            s3(vpc(), { serviceName: "com.amazonaws.eu-west-1.s3" }),
        "a Gateway Load Balancer endpoint": () =>
            s3(vpc(), {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            }),
        "a service that the setting leaves out": {
            program: () => endpoint(vpc(), {}, "dynamodb"),
            config: { services: ["s3"] },
        },
        "both aws-native endpoints": () => {
            const v = nativeVpc();
            nativeS3(v);
            nativeGateway(v);
        },
        "an aws-native VPC attached to a transit gateway": () => {
            const v = nativeVpc();
            nativeS3(v);
            new native.TransitGatewayAttachment("hub", {
                vpcId: v.vpcId,
                transitGatewayId: "tgw-0123456789abcdef0",
                subnetIds: [nativeSubnet(v).subnetId],
            });
        },
        "an aws-native VPC to which a VPN gateway is attached": () => {
            const v = nativeVpc();
            nativeS3(v);
            new native.VpcGatewayAttachment("vpn", {
                vpcId: v.vpcId,
                vpnGatewayId: new native.VpnGateway("vpn", { type: "ipsec.1" }).vpnGatewayId,
            });
        },
    },
    rejects: {
        "an interface endpoint for S3 alone": { program: () => s3(vpc()), because: { s3: onlyByInterface } },
        "an interface endpoint for DynamoDB alone": {
            program: () => endpoint(vpc(), {}, "dynamodb"),
            because: { dynamodb: /^VPC main reaches dynamodb only through interface endpoint dynamodb/ },
        },
        "an interface endpoint for S3 by FIPS": {
            program: () => endpoint(vpc(), {}, "s3-fips", "s3"),
            because: { s3: /reaches s3 only/ },
        },
        "an endpoint whose service Region is its own": {
            program: () => s3(vpc(), { serviceRegion: "us-east-1" }),
            because: { s3: onlyByInterface },
        },
        "a gateway endpoint for the other service": {
            program: withS3(v => gateway(v, {}, "dynamodb")),
            because: { s3: onlyByInterface },
        },
        "a gateway endpoint in another VPC": {
            program: withS3(() => gateway(vpc({}, "other"), {}, "s3", "gateway")),
            because: { s3: onlyByInterface },
        },
        "a gateway endpoint in a VPC outside": {
            program: withS3(() => gateway({ id: outside }, {}, "s3", "gateway")),
            because: { s3: onlyByInterface },
        },
        "a peering connection of another VPC": {
            program: withS3(
                () => new ec2.VpcPeeringConnection("peer", { vpcId: vpc({}, "other").id, peerVpcId: outside }),
            ),
            because: { s3: onlyByInterface },
        },
        "an outbound resolver endpoint": {
            program: withS3(v => resolver(v, "OUTBOUND")),
            because: { s3: onlyByInterface },
        },
        "a VPC with an internet gateway, which serves no others": {
            program: withS3(v => new ec2.InternetGateway("internet", { vpcId: v.id })),
            because: { s3: onlyByInterface },
        },
        "a VPN gateway that is attached to no VPC": {
            program: withS3(() => new ec2.VpnGateway("vpn", {})),
            because: { s3: onlyByInterface },
        },
        "a service that the setting adds": {
            program: () => endpoint(vpc()),
            config: { services: ["s3", "logs"] },
            because: { logs: /^VPC main reaches logs only through interface endpoint logs/ },
        },
        "an aws-native interface endpoint alone": {
            program: () => nativeS3(nativeVpc()),
            because: { logs: /^VPC main reaches s3 only through interface endpoint logs/ },
        },
        "an aws-native gateway endpoint for the other service": {
            program: () => {
                const v = nativeVpc();
                nativeS3(v);
                nativeGateway(v, { serviceName: "com.amazonaws.us-east-1.dynamodb" });
            },
            because: { logs: /reaches s3 only/ },
        },
        "an aws-native VPC to which only an internet gateway is attached": {
            program: () => {
                const v = nativeVpc();
                nativeS3(v);
                new native.VpcGatewayAttachment("internet", {
                    vpcId: v.vpcId,
                    internetGatewayId: new native.InternetGateway("internet").internetGatewayId,
                });
            },
            because: { logs: /reaches s3 only/ },
        },
        "an interface endpoint in the VPC of a subnet": {
            program: () => {
                const v = vpc();
                endpoint({ id: subnet(v).vpcId }, {}, "s3");
            },
            because: { s3: onlyByInterface },
        },
    },
    waitsFor: {
        "the VPC that accepts a peering connection of another stack": {
            program: withS3(
                () =>
                    new ec2.VpcPeeringConnectionAccepter("peer", {
                        vpcPeeringConnectionId: "pcx-0123456789abcdef0",
                        autoAccept: true,
                    }),
            ),
            on: ["s3"],
            then: { s3: onlyByInterface },
        },
        "whether a resolver endpoint is inbound": {
            program: withS3(v =>
                resolver(
                    v,
                    v.arn.apply(() => "OUTBOUND"),
                ),
            ),
            on: ["s3"],
            then: { s3: onlyByInterface },
        },
        "the VPC that a data source looks up by a pending id": {
            program: () => endpoint({ id: ec2.getVpcOutput({ id: vpc().id }).id }, {}, "s3"),
            on: ["s3"],
            then: { s3: onlyByInterface },
        },
        "the VPC of another endpoint, which may be a gateway endpoint of this one": {
            program: withS3(v =>
                gateway({ id: pulumi.all([v.id, vpc({}, "other").id]).apply(ids => ids[0]) }, {}, "s3", "gateway"),
            ),
            on: ["s3"],
            then: {},
        },
        "the type of another endpoint": {
            program: withS3(v => gateway(v, { vpcEndpointType: v.arn.apply(() => "Gateway") }, "s3", "gateway")),
            on: ["gateway", "s3"],
            then: {},
        },
        "the service of another endpoint": {
            program: withS3(v =>
                gateway(v, { serviceName: v.arn.apply(() => "com.amazonaws.us-east-1.dynamodb") }, "s3", "gateway"),
            ),
            on: ["gateway", "s3"],
            then: { s3: onlyByInterface },
        },
        "the VPC of a transit gateway attachment": {
            program: withS3(
                v =>
                    new aws.ec2transitgateway.VpcAttachment("hub", {
                        vpcId: pulumi.all([v.id, vpc({}, "other").id]).apply(ids => ids[1]),
                        transitGatewayId: "tgw-0123456789abcdef0",
                        subnetIds: ["subnet-0123456789abcdef0"],
                    }),
            ),
            on: ["s3"],
            then: { s3: onlyByInterface },
        },
    },
    doesNotJudge: {
        "an endpoint in a VPC outside, named by its id": () => endpoint({ id: outside }, {}, "s3"),
        "an endpoint in a VPC that a data source looks up": () =>
            endpoint({ id: ec2.getVpcOutput({ id: outside }).id }, {}, "s3"),
        "an endpoint in a VPC that another stack has made": {
            program: () => endpoint(vpcElsewhere(), {}, "s3"),
            inExport: { s3: /^VPC elsewhere reaches s3 only through interface endpoint s3/ },
        },
        "an aws-native endpoint in a VPC outside": () =>
            new native.VpcEndpoint("s3", {
                vpcId: outside,
                vpcEndpointType: "Interface",
                serviceName: "com.amazonaws.us-east-1.s3",
            }),
    },
});
