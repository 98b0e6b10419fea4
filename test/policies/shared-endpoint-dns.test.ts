import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as nativeProfiles from "@pulumi/aws-native/route53profiles";
import * as nativeResolver from "@pulumi/aws-native/route53resolver";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/shared-endpoint-dns";
import { table } from "../table";
import {
    associate,
    attach,
    endpoint,
    gateway,
    nat,
    peering,
    privateZone,
    publicSubnet,
    routed,
    routeTable,
    subnet,
    transitGateway,
    vpc,
} from "./network";

const { ec2, route53 } = aws;

type Link = (spoke: aws.ec2.Vpc, hub: aws.ec2.Vpc) => aws.types.input.ec2.RouteTableRoute[];

const name = "logs.us-east-1.amazonaws.com";
const toHub = { cidrBlock: "10.1.0.0/16" };
const outside = {
    vpc: "vpc-0a1b2c3d4e5f60718",
    transitGateway: "tgw-0123456789abcdef0",
    zone: "Z0123456789ABCDEFGHIJ",
    profile: "rp-0123456789abcdef0",
    rule: "rslvr-rr-0123456789abcdef0",
};

const hubOf = () => vpc({ ...toHub, enableDnsHostnames: true }, "hub");
const byPeering: Link = (spoke, hub) => [{ ...toHub, vpcPeeringConnectionId: peering(spoke, hub).id }];
const byTransitGateway: Link = (spoke, hub) => {
    const tgw = transitGateway();
    attach(spoke, tgw);
    attach(hub, tgw, "edge");
    return [{ cidrBlock: "0.0.0.0/0", transitGatewayId: tgw.id }];
};

/** VPC main with a subnet that has a route to VPC hub, which has an endpoint for logs; and what else the case gives them. */
const shared =
    (
        more: (spoke: aws.ec2.Vpc, made: aws.ec2.VpcEndpoint, hub: aws.ec2.Vpc) => unknown = () => undefined,
        link = byPeering,
        args: Partial<aws.ec2.VpcEndpointArgs> = {},
        service = "logs",
    ) =>
    () => {
        const [spoke, hub] = [vpc(), hubOf()];
        routed(spoke, link(spoke, hub));
        more(spoke, endpoint(hub, { privateDnsEnabled: true, ...args }, service), hub);
    };

const profileWith = (resourceArn: pulumi.Input<string>, spoke: aws.ec2.Vpc) => {
    const { id: profileId } = new route53.ProfilesProfile("shared");
    new route53.ProfilesResourceAssociation("shared", { profileId, resourceArn });
    new route53.ProfilesAssociation("spoke", { profileId, resourceId: spoke.id });
};
const rule = (domainName: string, ruleType = "FORWARD") =>
    new route53.ResolverRule("rule", {
        domainName,
        ruleType,
        ...(ruleType === "FORWARD" && {
            resolverEndpointId: "rslvr-out-0123456789abcdef0",
            targetIps: [{ ip: "10.1.0.10" }],
        }),
    });
const ruleIn = (spoke: aws.ec2.Vpc, resolverRuleId: pulumi.Input<string>) =>
    new route53.ResolverRuleAssociation("spoke", { vpcId: spoke.id, resolverRuleId });

const lost = (spokes = "VPC main", of = "logs", dns = name, own = "private DNS answers in VPC hub alone, and ") => ({
    [of]: new RegExp(
        `^Interface endpoint ${of} is not found from ${spokes}, though routes lead from there to VPC hub: ${own}no private hosted zone, Profile or Resolver rule for ${dns.replaceAll(".", "\\.")} is associated with ${spokes}\\.$`,
    ),
});

table(policy, {
    why: "Private DNS of an endpoint holds in its own VPC alone. In a VPC that is routed to it, the name of the service still leads to public addresses.",
    accepts: {
        "a VPC of another Region, where the name leads elsewhere": () => {
            const [spoke, hub] = [vpc({ region: "eu-west-1" }), hubOf()];
            routed(spoke, byPeering(spoke, hub));
            endpoint(hub);
        },
        "a private hosted zone for the service": shared(spoke => privateZone(name, spoke)),
        "a private hosted zone that is associated by a resource of its own": shared((spoke, _, hub) => {
            const { zoneId } = privateZone(name, hub);
            new route53.ZoneAssociation("spoke", { zoneId, vpcId: spoke.id });
        }),
        "a Profile with the endpoint": shared((spoke, { arn }) => {
            profileWith(arn, spoke);
        }),
        "a Profile with a private hosted zone for the service": shared((spoke, _, hub) => {
            profileWith(privateZone(name, hub).arn, spoke);
        }),
        "a Profile with a rule that forwards": shared(spoke => {
            profileWith(rule("amazonaws.com").arn, spoke);
        }),
        "a rule that forwards the name of the service": shared(spoke => ruleIn(spoke, rule(name).id)),
        "a rule that forwards all names of a top-level domain": shared(spoke => ruleIn(spoke, rule("com").id)),
        "a rule that forwards all names": shared(spoke => ruleIn(spoke, rule(".").id)),
        "a spoke with an endpoint of its own": shared(spoke => endpoint(spoke, {}, "logs", "own")),
        "a spoke with a gateway endpoint of its own": shared(
            spoke => gateway(spoke, {}, "s3", "own"),
            byPeering,
            {},
            "s3",
        ),
        "a VPC that leads nowhere": shared(undefined, () => []),
        "a VPC that is peered and has no route": shared(undefined, (spoke, hub) => {
            peering(spoke, hub);
            return [];
        }),
        "a route to other addresses than the hub's": shared(undefined, (spoke, hub) => [
            { cidrBlock: "10.7.0.0/16", vpcPeeringConnectionId: peering(spoke, hub).id },
        ]),
        "a spoke with a NAT gateway of its own": shared(undefined, (spoke, hub) => [
            ...byPeering(spoke, hub),
            { cidrBlock: "0.0.0.0/0", natGatewayId: nat(subnet(spoke, { cidrBlock: "10.0.9.0/24" }, "edge")).id },
        ]),
        "a spoke that is public itself": shared(undefined, (spoke, hub) => [
            ...byPeering(spoke, hub),
            { cidrBlock: "0.0.0.0/0", gatewayId: new ec2.InternetGateway("internet", { vpcId: spoke.id }).id },
        ]),
        "a transit gateway that does not lead from one to the other": shared(undefined, (spoke, hub) => {
            const tgw = transitGateway({ defaultRouteTablePropagation: "disable" });
            attach(spoke, tgw);
            attach(hub, tgw, "edge");
            return [{ ...toHub, transitGatewayId: tgw.id }];
        }),
        "a gateway endpoint, which serves nobody beyond its VPC": () => {
            const [spoke, hub] = [vpc(), hubOf()];
            routed(spoke, byPeering(spoke, hub));
            gateway(hub);
        },
        "a service without private DNS, which has names of its own": shared(undefined, byPeering, {}, "dynamodb"),
        "an endpoint service of a partner": shared(undefined, byPeering, {
            serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
        }),
        "an endpoint in a VPC without neighbours": () => {
            const v = vpc();
            publicSubnet(v);
            endpoint(v);
        },
        "an aws-native Profile with the endpoint": shared((spoke, { arn }) => {
            const { awsId } = new nativeProfiles.Profile("shared");
            new nativeProfiles.ProfileResourceAssociation("shared", { profileId: awsId, resourceArn: arn });
            new nativeProfiles.ProfileAssociation("spoke", { profileId: awsId, resourceId: spoke.id });
        }),
        "an aws-native rule that forwards the name of the service": shared(spoke => {
            const { resolverRuleId } = new nativeResolver.ResolverRule("rule", {
                domainName: name,
                ruleType: "FORWARD",
            });
            new nativeResolver.ResolverRuleAssociation("spoke", { vpcId: spoke.id, resolverRuleId });
        }),
    },
    rejects: {
        "private DNS that is on in the hub alone": {
            program: shared(undefined, byPeering, { privateDnsEnabled: true }),
            because: lost(),
        },
        "private DNS that is off, and nothing instead": {
            program: shared(undefined, byPeering, { privateDnsEnabled: false }),
            because: lost("VPC main", "logs", name, ""),
        },
        "a spoke behind a transit gateway": { program: shared(undefined, byTransitGateway), because: lost() },
        "a spoke behind a peering connection that the hub requests": {
            program: shared(undefined, (spoke, hub) => [{ ...toHub, vpcPeeringConnectionId: peering(hub, spoke).id }]),
            because: lost(),
        },
        "a zone that answers in the hub alone": {
            program: shared((_, __, hub) => privateZone(name, hub)),
            because: lost(),
        },
        "a zone for another service": {
            program: shared(spoke => privateZone("sqs.us-east-1.amazonaws.com", spoke)),
            because: lost(),
        },
        "a zone for a name of the author's own": {
            program: shared(spoke => privateZone("corp.example", spoke)),
            because: lost(),
        },
        "a Profile that the spoke does not have": {
            program: shared((_, { arn }, hub) => {
                profileWith(arn, hub);
            }),
            because: lost(),
        },
        "a Profile with another endpoint": {
            program: shared((spoke, _, hub) => {
                profileWith(endpoint(hub, {}, "dynamodb").arn, spoke);
            }),
            because: lost(),
        },
        "a rule for other names": {
            program: shared(spoke => ruleIn(spoke, rule("corp.example").id)),
            because: lost(),
        },
        "a rule that keeps the name": {
            program: shared(spoke => ruleIn(spoke, rule(name, "SYSTEM").id)),
            because: lost(),
        },
        "an endpoint of its own for another service": {
            program: shared(spoke => endpoint(spoke, {}, "dynamodb")),
            because: lost(),
        },
        "an endpoint for S3": {
            program: shared(undefined, byPeering, {}, "s3"),
            because: lost("VPC main", "s3", "s3.us-east-1.amazonaws.com"),
        },
        "several spokes at once": {
            program: shared((_, __, hub) => {
                const other = vpc({ cidrBlock: "10.2.0.0/16" }, "other");
                const in_ = subnet(other, { cidrBlock: "10.2.1.0/24" }, "other");
                const vpcPeeringConnectionId = peering(other, hub, "other").id;
                associate(in_, routeTable(other, [{ ...toHub, vpcPeeringConnectionId }], "other"), "other");
            }),
            because: lost("VPCs main and other"),
        },
        "several endpoints of the hub": {
            program: shared((_, __, hub) => endpoint(hub, { privateDnsEnabled: true }, "sqs")),
            because: { ...lost(), ...lost("VPC main", "sqs", "sqs.us-east-1.amazonaws.com") },
        },
        "aws-native parts": {
            program: () => {
                const [spoke, hub] = [
                    new native.Vpc("main", { cidrBlock: "10.0.0.0/16" }),
                    new native.Vpc("hub", { cidrBlock: "10.1.0.0/16" }),
                ];
                const { awsId } = new native.VpcPeeringConnection("peering", {
                    vpcId: spoke.vpcId,
                    peerVpcId: hub.vpcId,
                });
                const { subnetId } = new native.Subnet("app", { vpcId: spoke.vpcId, cidrBlock: "10.0.1.0/24" });
                const { routeTableId } = new native.RouteTable("app", { vpcId: spoke.vpcId });
                new native.SubnetRouteTableAssociation("app", { subnetId, routeTableId });
                new native.Route("hub", {
                    routeTableId,
                    destinationCidrBlock: "10.1.0.0/16",
                    vpcPeeringConnectionId: awsId,
                });
                new native.VpcEndpoint("logs", {
                    vpcId: hub.vpcId,
                    serviceName: "com.amazonaws.us-east-1.logs",
                    vpcEndpointType: "Interface",
                });
            },
            because: lost("VPC main", "logs", name, ""),
        },
    },
    waitsFor: {
        "a domain that is not known yet": {
            program: shared(spoke => {
                const domain = new ec2.InternetGateway("other").id.apply(id => (id === "" ? name : "corp.example"));
                privateZone(domain, spoke);
            }),
            on: ["logs"],
            naming: /name of private hosted zone zone/,
            then: lost(),
        },
        "DNS servers that are not known yet": {
            program: shared(spoke => {
                const amazons = new ec2.InternetGateway("other").id.apply(() => "AmazonProvidedDNS");
                const { id } = new ec2.VpcDhcpOptions("own", { domainNameServers: [amazons] });
                new ec2.VpcDhcpOptionsAssociation("own", { vpcId: spoke.id, dhcpOptionsId: id });
            }),
            on: ["logs"],
            naming: /domainNameServers/,
            then: lost(),
        },
        "a peer that is one of two": {
            program: shared(undefined, (spoke, hub) => {
                const other = vpc({ cidrBlock: "10.2.0.0/16" }, "other");
                const id = pulumi.all([other.id, hub.id]).apply(([, hubId]) => hubId);
                return [{ ...toHub, vpcPeeringConnectionId: peering(spoke, { id }).id }];
            }),
            on: ["logs"],
            then: lost(),
        },
    },
    doesNotJudge: {
        "a zone outside": shared(spoke => {
            new route53.ZoneAssociation("spoke", { zoneId: outside.zone, vpcId: spoke.id });
        }),
        "a Profile outside": shared(spoke => {
            new route53.ProfilesAssociation("spoke", { profileId: outside.profile, resourceId: spoke.id });
        }),
        "a Profile with a zone outside": shared(spoke => {
            profileWith(`arn:aws:route53:::hostedzone/${outside.zone}`, spoke);
        }),
        "a rule outside": shared(spoke => ruleIn(spoke, outside.rule)),
        "DNS servers of the author's own": shared(spoke => {
            const { id } = new ec2.VpcDhcpOptions("own", { domainNameServers: ["10.1.0.10"] });
            new ec2.VpcDhcpOptionsAssociation("own", { vpcId: spoke.id, dhcpOptionsId: id });
        }),
        "a transit gateway outside": shared(undefined, () => [{ ...toHub, transitGatewayId: outside.transitGateway }]),
        "an endpoint in a VPC outside": () => {
            const spoke = vpc();
            routed(spoke, [{ ...toHub, vpcPeeringConnectionId: peering(spoke, { id: outside.vpc }).id }]);
            endpoint({ id: outside.vpc });
        },
    },
});
