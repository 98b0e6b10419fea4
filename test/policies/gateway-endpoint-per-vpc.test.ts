import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/gateway-endpoint-per-vpc";
import { table } from "../table";
import {
    associate,
    attach,
    endpoint,
    gateway,
    nat,
    peering,
    privateZone,
    routed,
    routeTable,
    subnet,
    transitGateway,
    transitRoute,
    vpc,
    vpcElsewhere,
} from "./network";

type Routes = NonNullable<aws.ec2.RouteTableArgs["routes"]>;
type Link = (spoke: aws.ec2.Vpc, hub: aws.ec2.Vpc) => Routes;

const all = { cidrBlock: "0.0.0.0/0" };

const hubOf = () => vpc({ cidrBlock: "10.1.0.0/16" }, "hub");
const byPeering: Link = (spoke, hub) => [{ ...all, vpcPeeringConnectionId: peering(spoke, hub).id }];
const byTransitGateway: Link = (spoke, hub) => {
    const tgw = transitGateway();
    attach(spoke, tgw);
    transitRoute(tgw, attach(hub, tgw, "edge"));
    return [{ ...all, transitGatewayId: tgw.id }];
};

/** VPC main with a subnet that has a route to VPC hub, which has a gateway endpoint for S3; and what else the case gives them. */
const spokeAndHub =
    (link: Link, more: (spoke: aws.ec2.Vpc, hub: aws.ec2.Vpc) => unknown = () => undefined, service = "s3") =>
    () => {
        const [spoke, hub] = [vpc(), hubOf()];
        routed(spoke, link(spoke, hub));
        gateway(hub, {}, service, "far");
        more(spoke, hub);
    };

const lacks = (service = "s3", hubs = "VPC hub", endpoints = "endpoint far") => ({
    main: new RegExp(
        `^VPC main has no endpoint for ${service}, and its default route leads to ${hubs}, where ${endpoints} serves nobody from beyond that VPC\\.$`,
    ),
});
const outside = "vpc-0a1b2c3d4e5f60718";

table(policy, {
    why: "A gateway endpoint serves its own VPC alone. What comes in by peering, a transit gateway, a VPN or Direct Connect cannot use it.",
    accepts: {
        "a gateway endpoint of its own": spokeAndHub(byTransitGateway, spoke => gateway(spoke)),
        "an interface endpoint of its own": spokeAndHub(byTransitGateway, spoke => endpoint(spoke, {}, "s3")),
        "an interface endpoint in the hub, and a zone for it": spokeAndHub(byTransitGateway, (spoke, hub) => {
            endpoint(hub, {}, "s3");
            privateZone("s3.us-east-1.amazonaws.com", spoke);
        }),
        "an interface endpoint in the hub without a zone, of which another policy speaks": spokeAndHub(
            byTransitGateway,
            (_, hub) => endpoint(hub, {}, "s3"),
        ),
        "a NAT gateway of its own": spokeAndHub((spoke, hub) => [
            { ...all, natGatewayId: nat(subnet(spoke, { cidrBlock: "10.0.9.0/24" }, "edge-of-spoke")).id },
            { cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering(spoke, hub).id },
        ]),
        "a route to the hub that is not the default one": spokeAndHub((spoke, hub) => [
            { cidrBlock: "10.0.0.0/8", vpcPeeringConnectionId: peering(spoke, hub).id },
        ]),
        "a route to the hub for one half of all addresses": spokeAndHub((spoke, hub) => [
            { cidrBlock: "0.0.0.0/1", vpcPeeringConnectionId: peering(spoke, hub).id },
        ]),
        "a hub without endpoints": () => {
            const spoke = vpc();
            routed(spoke, byTransitGateway(spoke, hubOf()));
        },
        "a hub with a gateway endpoint for another service": {
            program: spokeAndHub(byTransitGateway, undefined, "dynamodb"),
            config: { services: ["s3"] },
        },
        "a transit gateway that leads to another VPC": spokeAndHub((spoke, hub) => {
            const tgw = transitGateway({
                defaultRouteTableAssociation: "disable",
                defaultRouteTablePropagation: "disable",
            });
            const [from, to] = [attach(spoke, tgw), attach(vpc({ cidrBlock: "10.2.0.0/16" }, "other"), tgw, "other")];
            attach(hub, tgw, "edge");
            const { id } = new aws.ec2transitgateway.RouteTable("spokes", { transitGatewayId: tgw.id });
            const transitGatewayRouteTableId = id;
            new aws.ec2transitgateway.RouteTableAssociation("spokes", {
                transitGatewayAttachmentId: from.id,
                transitGatewayRouteTableId,
            });
            new aws.ec2transitgateway.Route("out", {
                transitGatewayRouteTableId,
                transitGatewayAttachmentId: to.id,
                destinationCidrBlock: "0.0.0.0/0",
            });
            return [{ ...all, transitGatewayId: tgw.id }];
        }),
        "the hub itself": () => {
            const hub = hubOf();
            routed(hub, []);
            gateway(hub, {}, "s3", "far");
        },
        "services that the setting leaves out": {
            program: spokeAndHub(byTransitGateway),
            config: { services: ["dynamodb"] },
        },
    },
    rejects: {
        "a gateway endpoint behind a transit gateway": { program: spokeAndHub(byTransitGateway), because: lacks() },
        "a gateway endpoint behind a transit gateway that knows its VPCs by propagation alone": {
            program: spokeAndHub((spoke, hub) => {
                const tgw = transitGateway();
                attach(spoke, tgw);
                attach(hub, tgw, "edge");
                return [{ ...all, transitGatewayId: tgw.id }];
            }),
            because: lacks(),
        },
        "a gateway endpoint behind a transit gateway that associates with a table of its own": {
            program: spokeAndHub((spoke, hub) => {
                const tgw = transitGateway({ defaultRouteTablePropagation: "disable" });
                const { id } = new aws.ec2transitgateway.RouteTable("spokes", { transitGatewayId: tgw.id });
                new aws.ec2transitgateway.DefaultRouteTableAssociation("spokes", {
                    transitGatewayId: tgw.id,
                    transitGatewayRouteTableId: id,
                });
                attach(spoke, tgw);
                new aws.ec2transitgateway.Route("out", {
                    transitGatewayRouteTableId: id,
                    transitGatewayAttachmentId: attach(hub, tgw, "edge").id,
                    destinationCidrBlock: "0.0.0.0/0",
                });
                return [{ ...all, transitGatewayId: tgw.id }];
            }),
            because: lacks(),
        },
        "a gateway endpoint behind a peering connection": { program: spokeAndHub(byPeering), because: lacks() },
        "a gateway endpoint behind a peering connection that the hub requests": {
            program: spokeAndHub((spoke, hub) => [{ ...all, vpcPeeringConnectionId: peering(hub, spoke).id }]),
            because: lacks(),
        },
        "a gateway endpoint behind two halves of all addresses": {
            program: spokeAndHub((spoke, hub) => {
                const vpcPeeringConnectionId = peering(spoke, hub).id;
                return ["0.0.0.0/1", "128.0.0.0/1"].map(cidrBlock => ({ cidrBlock, vpcPeeringConnectionId }));
            }),
            because: lacks(),
        },
        "a gateway endpoint behind a VPC that inspects": {
            program: spokeAndHub((spoke, hub) => {
                const tgw = transitGateway();
                const firewall = vpc({ cidrBlock: "10.2.0.0/16" }, "firewall");
                const from = attach(spoke, tgw);
                attach(hub, tgw, "edge");
                const inner = subnet(firewall, { cidrBlock: "10.2.1.0/24" }, "inner");
                associate(inner, routeTable(firewall, [{ ...all, transitGatewayId: tgw.id }], "inner"), "inner");
                const partner = {
                    vpcEndpointType: "GatewayLoadBalancer",
                    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                    subnetIds: [inner.id],
                };
                const vpcEndpointId = endpoint(firewall, partner, "inspector").id;
                const inspection = attach(firewall, tgw, "inspection", [{ ...all, vpcEndpointId }]);
                const { id } = new aws.ec2transitgateway.RouteTable("spokes", { transitGatewayId: tgw.id });
                new aws.ec2transitgateway.RouteTableAssociation("spokes", {
                    transitGatewayAttachmentId: from.id,
                    transitGatewayRouteTableId: id,
                });
                new aws.ec2transitgateway.Route("out", {
                    transitGatewayRouteTableId: id,
                    transitGatewayAttachmentId: inspection.id,
                    destinationCidrBlock: "0.0.0.0/0",
                });
                return [{ ...all, transitGatewayId: tgw.id }];
            }),
            because: lacks(),
        },
        "a gateway endpoint for DynamoDB": {
            program: spokeAndHub(byTransitGateway, undefined, "dynamodb"),
            because: lacks("dynamodb"),
        },
        "gateway endpoints for both services": {
            program: spokeAndHub(byTransitGateway, (_, hub) => gateway(hub, {}, "dynamodb")),
            because: {
                main: [/^VPC main has no endpoint for dynamodb, .* where endpoint dynamodb /, lacks().main],
            },
        },
        "a service that the setting adds": {
            program: spokeAndHub(byTransitGateway, undefined, "s3express"),
            config: { services: ["s3express"] },
            because: lacks("s3express"),
        },
        "an endpoint of its own for the other service": {
            program: spokeAndHub(byTransitGateway, spoke => gateway(spoke, {}, "dynamodb")),
            because: lacks(),
        },
        "two VPCs, each behind the other": {
            program: spokeAndHub((spoke, hub) => {
                const routes = byPeering(spoke, hub);
                const edge = subnet(hub, { cidrBlock: "10.1.1.0/24" }, "edge");
                associate(edge, routeTable(hub, routes, "edge"), "edge");
                return routes;
            }),
            because: lacks(),
        },
        "a hub of aws-native": {
            program: () => {
                const [spoke, hub] = [vpc(), new native.Vpc("hub", { cidrBlock: "10.1.0.0/16" })];
                const { awsId } = new native.TransitGateway("hub");
                const edge = new native.Subnet("edge", { vpcId: hub.vpcId, cidrBlock: "10.1.1.0/24" });
                new native.TransitGatewayVpcAttachment("edge", {
                    transitGatewayId: awsId,
                    vpcId: hub.vpcId,
                    subnetIds: [edge.subnetId],
                });
                attach(spoke, { id: awsId });
                routed(spoke, [{ ...all, transitGatewayId: awsId }]);
                new native.VpcEndpoint("far", { vpcId: hub.vpcId, serviceName: "com.amazonaws.us-east-1.s3" });
            },
            because: lacks(),
        },
    },
    waitsFor: {
        "a VPC that is one of two": {
            program: () => {
                const [spoke, hub, other] = [vpc(), hubOf(), vpc({ cidrBlock: "10.2.0.0/16" }, "other")];
                const id = pulumi.all([other.id, hub.id]).apply(([, hubId]) => hubId);
                routed(spoke, [{ ...all, vpcPeeringConnectionId: peering(spoke, { id }).id }]);
                gateway(hub, {}, "s3", "far");
            },
            on: ["main"],
            then: lacks(),
        },
    },
    doesNotJudge: {
        "a VPC behind a peering connection with a VPC outside": () => {
            const spoke = vpc();
            routed(spoke, [{ ...all, vpcPeeringConnectionId: peering(spoke, { id: outside }).id }]);
        },
        "a VPC behind a transit gateway outside": () =>
            routed(vpc(), [{ ...all, transitGatewayId: "tgw-0123456789abcdef0" }]),
        "a VPC behind a transit gateway with a VPC outside": () => {
            const spoke = vpc();
            const tgw = transitGateway();
            attach(spoke, tgw);
            transitRoute(tgw, attach({ id: outside }, tgw, "edge"));
            routed(spoke, [{ ...all, transitGatewayId: tgw.id }]);
        },
        "a spoke whose name for the service is answered for outside": spokeAndHub(byTransitGateway, spoke => {
            const third = vpc({ cidrBlock: "10.3.0.0/16" }, "third");
            endpoint(third, {}, "s3");
            const table = routeTable(spoke, [
                { cidrBlock: "10.3.0.0/16", vpcPeeringConnectionId: peering(spoke, third).id },
            ]);
            associate(subnet(spoke, { cidrBlock: "10.0.5.0/24" }, "more"), table, "more");
            new aws.route53.ZoneAssociation("zone", { zoneId: "Z0123456789ABCDEFGHIJ", vpcId: spoke.id });
        }),
        "a VPC that is looked up": () =>
            routed(vpcElsewhere(), [{ ...all, transitGatewayId: "tgw-0123456789abcdef0" }]),
    },
});
