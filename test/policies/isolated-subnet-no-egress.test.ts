import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/isolated-subnet-no-egress";
import { table } from "../table";
import {
    associate,
    attach,
    endpoint,
    gateway,
    nat,
    nativeSubnet,
    nativeVpc,
    peering,
    routed,
    routeTable,
    subnet,
    toInternet,
    transitGateway,
    transitRoute,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

type Routes = NonNullable<aws.ec2.RouteTableArgs["routes"]>;

const all = { cidrBlock: "0.0.0.0/0" };
const tags = { Tier: "isolated" };
const partner = {
    vpcEndpointType: "GatewayLoadBalancer",
    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
};
const outside = {
    gateway: "igw-0123456789abcdef0",
    nat: "nat-0123456789abcdef0",
    transitGateway: "tgw-0123456789abcdef0",
    prefixList: "pl-0123456789abcdef0",
};

/** A subnet that is declared isolated, with the given routes in a table of its own. */
const isolated =
    (routes: (of: aws.ec2.Vpc) => aws.ec2.RouteTableArgs["routes"], declaredBy: object = tags) =>
    () => {
        const v = vpc();
        routed(v, routes(v), { tags: { ...declaredBy } });
    };

/** Another subnet with a table of its own. */
const neighbour = (v: aws.ec2.Vpc, routes: aws.ec2.RouteTableArgs["routes"], name = "neighbour"): aws.ec2.Subnet => {
    const made = subnet(v, { cidrBlock: "10.0.9.0/24" }, name);
    associate(made, routeTable(v, routes, name), name);
    return made;
};
const publicNeighbour = (v: aws.ec2.Vpc): aws.ec2.Subnet => neighbour(v, toInternet(v));
const privateNat = (v: aws.ec2.Vpc, routes: Routes) =>
    nat(neighbour(v, routes, "inner"), { connectivityType: "private" }, "private-nat").id;
const inspection = (v: aws.ec2.Vpc, in_: aws.ec2.Subnet) =>
    endpoint(v, { ...partner, subnetIds: [in_.id] }, "inspection").id;
const prefixList = (...cidrs: readonly string[]) =>
    new ec2.ManagedPrefixList("partners", {
        addressFamily: "IPv4",
        maxEntries: 5,
        entries: cidrs.map(cidr => ({ cidr })),
    }).id;
const hub = (): Routes => [{ ...all, transitGatewayId: transitGateway().id }];
const peer = () => vpc({ cidrBlock: "10.1.0.0/16" }, "peer");

/** What is said of subnet app: the way out behind its route table. */
const out = (...hops: readonly string[]) => ({
    app: new RegExp(
        `^Isolated subnet app \\(Tier=isolated\\) has a way out: ${["subnet app", "route table app", ...hops].join(" → ")}\\.$`,
    ),
});
const internet = ["internet gateway internet", "internet"];

table(policy, {
    why: "A subnet is called isolated so that its data cannot leave. A single route is enough to make that untrue, and nothing fails on that day.",
    page: { rejects: "an internet gateway", config: { tags: { keys: ["Zone"], isolated: ["vault"] } } },
    accepts: {
        "an isolated subnet without routes": isolated(() => []),
        "an isolated subnet in a main table without routes": () => subnet(vpc(), { tags }),
        "a gateway endpoint": () => {
            const v = vpc();
            const table = routeTable(v, [], "app");
            associate(subnet(v, { tags }), table);
            gateway(v, { routeTableIds: [table.id] });
        },
        "private addresses beyond a transit gateway": isolated(() => [
            { cidrBlock: "10.0.0.0/8", transitGatewayId: outside.transitGateway },
        ]),
        "shared addresses beyond a peering connection": isolated(v => [
            { cidrBlock: "100.64.0.0/10", vpcPeeringConnectionId: peering(v, peer()).id },
        ]),
        "unique local addresses by IPv6": isolated(() => [
            { ipv6CidrBlock: "fd00::/8", transitGatewayId: outside.transitGateway },
        ]),
        "a prefix list of private addresses": isolated(() => [
            {
                destinationPrefixListId: prefixList("10.8.0.0/16", "192.168.0.0/24"),
                transitGatewayId: outside.transitGateway,
            },
        ]),
        "inspection of the traffic within the VPC": isolated(v => [
            { cidrBlock: "10.0.0.0/16", vpcEndpointId: inspection(v, publicNeighbour(v)) },
        ]),
        "a private NAT gateway in a subnet without a way out": isolated(v => [
            { ...all, natGatewayId: privateNat(v, []) },
        ]),
        "a private NAT gateway that leads to private addresses": isolated(v => [
            {
                ...all,
                natGatewayId: privateNat(v, [{ cidrBlock: "10.0.0.0/8", transitGatewayId: outside.transitGateway }]),
            },
        ]),
        "private NAT gateways that lead to each other": isolated(v => {
            const [one, other] = ["one", "other"].map(name =>
                subnet(v, { cidrBlock: `10.0.${name.length}.0/24` }, name),
            );
            if (one === undefined || other === undefined) {
                return [];
            }
            const private_ = { connectivityType: "private" };
            const [here, there] = [nat(one, private_, "here"), nat(other, private_, "there")];
            associate(one, routeTable(v, [{ ...all, natGatewayId: there.id }], "one"), "one");
            associate(other, routeTable(v, [{ ...all, natGatewayId: here.id }], "other"), "other");
            return [{ ...all, natGatewayId: here.id }];
        }),
        "a way out of a subnet that declares nothing": isolated(toInternet, {}),
        "a way out of a subnet that is declared private": isolated(toInternet, { Tier: "private" }),
        "a way out in a table that another subnet has": () => {
            const v = vpc();
            publicNeighbour(v);
            subnet(v, { tags });
        },
        "a value that the setting takes for no tier": {
            program: isolated(toInternet),
            config: { tags: { isolated: ["intra"] } },
        },
        "a kind of target that the setting allows": {
            program: isolated(() => [{ ...all, transitGatewayId: outside.transitGateway }]),
            config: { allowTargets: ["transit gateway"] },
        },
        "a target that the setting allows by name": {
            program: isolated(hub),
            config: { allowTargets: ["transit gateway h*"] },
        },
        "an aws-native subnet without routes": () =>
            nativeSubnet(nativeVpc(), { tags: [{ key: "Tier", value: "isolated" }] }),
        "a NAT gateway for IPv6 addresses that are not translated": isolated(v => [
            { ipv6CidrBlock: "64:ff9a::/96", natGatewayId: nat(publicNeighbour(v)).id },
        ]),
        "an aws-native prefix list of private addresses": () => {
            nativeRoutes("10.8.0.0/16");
        },
    },
    rejects: {
        "a NAT gateway": {
            program: isolated(v => [{ ...all, natGatewayId: nat(publicNeighbour(v)).id }]),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "an internet gateway": { program: isolated(toInternet), because: out(...internet) },
        "an internet gateway outside": {
            program: isolated(() => [{ ...all, gatewayId: outside.gateway }]),
            because: out("internet gateway", "internet"),
        },
        "an internet gateway in the main table": {
            program: () => {
                const v = vpc();
                new ec2.Route("internet", {
                    routeTableId: v.mainRouteTableId,
                    destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: new ec2.InternetGateway("internet", { vpcId: v.id }).id,
                });
                subnet(v, { tags });
            },
            because: {
                app: /: subnet app → route table of VPC main \(main\) → internet gateway internet → internet\.$/,
            },
        },
        "an egress-only internet gateway": {
            program: isolated(v => [
                {
                    ipv6CidrBlock: "::/0",
                    egressOnlyGatewayId: new ec2.EgressOnlyInternetGateway("out", { vpcId: v.id }).id,
                },
            ]),
            because: out("egress-only internet gateway out", "internet"),
        },
        "a NAT gateway that translates IPv6 into IPv4": {
            program: isolated(v => [{ ipv6CidrBlock: "64:ff9b::/96", natGatewayId: nat(publicNeighbour(v)).id }]),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "both families, each by its own way": {
            program: isolated(v => [
                { ...all, natGatewayId: nat(publicNeighbour(v)).id },
                {
                    ipv6CidrBlock: "::/0",
                    egressOnlyGatewayId: new ec2.EgressOnlyInternetGateway("out", { vpcId: v.id }).id,
                },
            ]),
            because: {
                app: /NAT gateway nat in neighbour → internet; subnet app → route table app → egress-only internet gateway out → internet\.$/,
            },
        },
        "two halves of all addresses": {
            program: isolated(v => {
                const natGatewayId = nat(publicNeighbour(v)).id;
                return ["0.0.0.0/1", "128.0.0.0/1"].map(cidrBlock => ({ cidrBlock, natGatewayId }));
            }),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "a few public addresses": {
            program: isolated(v => [{ cidrBlock: "198.51.100.0/24", natGatewayId: nat(publicNeighbour(v)).id }]),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "a prefix list with public addresses": {
            program: isolated(v => [
                {
                    destinationPrefixListId: prefixList("10.8.0.0/16", "198.51.100.0/24"),
                    natGatewayId: nat(publicNeighbour(v)).id,
                },
            ]),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "a prefix list with public addresses in an entry of its own": {
            program: isolated(v => {
                const list = new ec2.ManagedPrefixList("partners", { addressFamily: "IPv4", maxEntries: 5 });
                new ec2.ManagedPrefixListEntry("partner", { prefixListId: list.id, cidr: "198.51.100.0/24" });
                return [{ destinationPrefixListId: list.id, natGatewayId: nat(publicNeighbour(v)).id }];
            }),
            because: out("NAT gateway nat in neighbour", "internet"),
        },
        "a private NAT gateway in a subnet with a way out": {
            program: isolated(v => [{ ...all, natGatewayId: privateNat(v, hub()) }]),
            because: out("NAT gateway private-nat in inner", "route table inner", "transit gateway hub"),
        },
        "a NAT gateway of no subnet that is seen": {
            program: isolated(() => [{ ...all, natGatewayId: nat({ id: "subnet-0123456789abcdef0" }).id }]),
            because: out("NAT gateway nat", "internet"),
        },
        "inspection on the way to an internet gateway": {
            program: isolated(v => [{ ...all, vpcEndpointId: inspection(v, publicNeighbour(v)) }]),
            because: out("endpoint inspection in neighbour", "route table neighbour", ...internet),
        },
        "a firewall on the way to a NAT gateway": {
            program: isolated(v => {
                const natGatewayId = nat(publicNeighbour(v)).id;
                const firewall = new aws.networkfirewall.Firewall("firewall", {
                    vpcId: v.id,
                    firewallPolicyArn: "arn:aws:network-firewall:us-east-1:123456789012:firewall-policy/all",
                    subnetMappings: [{ subnetId: neighbour(v, [{ ...all, natGatewayId }], "inspection").id }],
                });
                return [
                    {
                        ...all,
                        vpcEndpointId: firewall.firewallStatuses.apply(
                            statuses => statuses[0]?.syncStates[0]?.attachments[0]?.endpointId ?? "",
                        ),
                    },
                ];
            }),
            because: out(
                "firewall firewall in inspection",
                "route table inspection",
                "NAT gateway nat in neighbour",
                "internet",
            ),
        },
        "inspection in a subnet whose routes are not seen": {
            program: isolated(v => {
                const in_ = subnet(v, { cidrBlock: "10.0.9.0/24" }, "neighbour");
                associate(in_, { id: "rtb-0123456789abcdef0" }, "neighbour");
                return [{ ...all, vpcEndpointId: inspection(v, in_) }];
            }),
            because: out("endpoint inspection in neighbour"),
        },
        "inspection by an endpoint outside": {
            program: isolated(() => [{ ...all, vpcEndpointId: "vpce-0123456789abcdef0" }]),
            because: out("VPC endpoint"),
        },
        "a transit gateway that takes all to a VPN connection": {
            program: isolated(v => {
                const tgw = transitGateway();
                attach(v, tgw);
                const vpn = new ec2.VpnConnection("office", {
                    customerGatewayId: "cgw-0123456789abcdef0",
                    type: "ipsec.1",
                    transitGatewayId: tgw.id,
                    staticRoutesOnly: true,
                });
                transitRoute(tgw, { id: vpn.transitGatewayAttachmentId });
                return [{ ...all, transitGatewayId: tgw.id }];
            }),
            because: out("transit gateway hub", "VPN connection office"),
        },
        "a transit gateway": { program: isolated(hub), because: out("transit gateway hub") },
        "a transit gateway outside": {
            program: isolated(() => [{ ...all, transitGatewayId: outside.transitGateway }]),
            because: out("transit gateway"),
        },
        "a transit gateway that takes all to another VPC's NAT gateway": {
            program: isolated(v => {
                const egress = vpc({ cidrBlock: "10.9.0.0/16" }, "egress");
                const tgw = transitGateway();
                attach(v, tgw);
                const natGatewayId = nat(publicNeighbour(egress)).id;
                transitRoute(tgw, attach(egress, tgw, "edge", [{ ...all, natGatewayId }]));
                return [{ ...all, transitGatewayId: tgw.id }];
            }),
            because: out(
                "transit gateway hub",
                "subnet edge of VPC egress",
                "route table edge",
                "NAT gateway nat in neighbour",
                "internet",
            ),
        },
        "a virtual private gateway": {
            program: isolated(v => [{ ...all, gatewayId: new ec2.VpnGateway("vpn", { vpcId: v.id }).id }]),
            because: out("virtual private gateway vpn"),
        },
        "a peering connection": {
            program: isolated(v => [{ ...all, vpcPeeringConnectionId: peering(v, peer()).id }]),
            because: out("peering connection peering", "VPC peer"),
        },
        "a core network": {
            program: isolated(() => [
                {
                    ...all,
                    coreNetworkArn: new aws.networkmanager.CoreNetwork("wan", {
                        globalNetworkId: "global-network-0123456789abcdef0",
                    }).arn,
                },
            ]),
            because: out("core network wan"),
        },
        "a NAT instance": {
            program: isolated(v => [
                {
                    ...all,
                    networkInterfaceId: new ec2.Instance("nat", {
                        ami: "ami-0123456789abcdef0",
                        instanceType: "t3.micro",
                        sourceDestCheck: false,
                        subnetId: publicNeighbour(v).id,
                    }).primaryNetworkInterfaceId,
                },
            ]),
            because: out("instance nat in neighbour", "route table neighbour", ...internet),
        },
        "a target that the setting does not allow": {
            program: isolated(hub),
            config: { allowTargets: ["peering connection", "transit gateway other"] },
            because: out("transit gateway hub"),
        },
        "a target outside that the setting names though nothing tells its name": {
            program: isolated(() => [{ ...all, transitGatewayId: outside.transitGateway }]),
            config: { allowTargets: ["transit gateway hub"] },
            because: out("transit gateway"),
        },
        "a tag of the CDK": {
            program: isolated(toInternet, { "aws-cdk:subnet-type": "Isolated" }),
            because: { app: /^Isolated subnet app \(aws-cdk:subnet-type=Isolated\) has a way out: / },
        },
        "a tag that the setting names": {
            program: isolated(toInternet, { Exposure: "none" }),
            config: { tags: { keys: ["Exposure"], isolated: ["none"] } },
            because: { app: /^Isolated subnet app \(Exposure=none\) has a way out: / },
        },
        "a subnet that is isolated by its name": {
            program: isolated(toInternet, { Name: "app-intra-a" }),
            probable: true,
            because: { app: /^Probable: Isolated subnet app \(Name=app-intra-a\) has a way out: / },
        },
        "an aws-native subnet": {
            program: () => {
                const v = nativeVpc();
                const { routeTableId } = new native.RouteTable("app", { vpcId: v.vpcId });
                const { subnetId } = nativeSubnet(v, { tags: [{ key: "Tier", value: "isolated" }] });
                new native.SubnetRouteTableAssociation("app", { subnetId, routeTableId });
                new native.Route("out", {
                    routeTableId,
                    destinationIpv6CidrBlock: "::/0",
                    egressOnlyInternetGatewayId: new native.EgressOnlyInternetGateway("out", { vpcId: v.vpcId }).awsId,
                });
            },
            because: out("egress-only internet gateway out", "internet"),
        },
        "an aws-native prefix list with public addresses": {
            program: () => {
                nativeRoutes("198.51.100.0/24");
            },
            because: out("transit gateway hub"),
        },
    },
    waitsFor: {
        "a destination that is not known yet": {
            program: isolated(v => [
                {
                    cidrBlock: new ec2.InternetGateway("other").id.apply(id =>
                        id === "" ? "10.0.0.0/8" : "0.0.0.0/0",
                    ),
                    natGatewayId: nat(publicNeighbour(v)).id,
                },
            ]),
            on: ["app"],
            naming: /routes\.cidrBlock of route table app/,
            then: out("NAT gateway nat in neighbour", "internet"),
        },
        "a target that a data source looks up by what is not known yet": {
            program: isolated(v => {
                const { id } = nat(publicNeighbour(v));
                return [{ ...all, natGatewayId: ec2.getNatGatewayOutput({ id }).id }];
            }),
            on: ["app"],
            then: out("NAT gateway nat in neighbour", "internet"),
        },
        "a target that is one of two": {
            program: isolated(v => {
                const [one, other] = [privateNat(v, []), nat(publicNeighbour(v)).id];
                return [{ ...all, natGatewayId: pulumi.all([one, other]).apply(([, id]) => id) }];
            }),
            on: ["app"],
            then: out("NAT gateway nat in neighbour", "internet"),
        },
    },
    doesNotJudge: {
        "a table outside": () => associate(subnet(vpc(), { tags }), { id: "rtb-0123456789abcdef0" }),
        "a subnet of a VPC outside, in its main table": () => subnet({ id: "vpc-0a1b2c3d4e5f60718" }, { tags }),
        "a subnet of a VPC that is looked up": () => subnet(vpcElsewhere(), { tags }),
        "a prefix list outside": isolated(() => [
            { destinationPrefixListId: outside.prefixList, transitGatewayId: outside.transitGateway },
        ]),
        "a NAT gateway outside, which may be a private one": isolated(() => [{ ...all, natGatewayId: outside.nat }]),
        "routes that a virtual private gateway propagates": () => {
            const v = vpc();
            const { id } = new ec2.VpnGateway("vpn", { vpcId: v.id });
            const table = new ec2.RouteTable("app", { vpcId: v.id, propagatingVgws: [id] });
            associate(subnet(v, { tags }), table);
        },
        "routes that a virtual private gateway propagates by a resource of its own": () => {
            const v = vpc();
            const table = routeTable(v, [], "app");
            associate(subnet(v, { tags }), table);
            new ec2.VpnGatewayRoutePropagation("vpn", {
                routeTableId: table.id,
                vpnGatewayId: new ec2.VpnGateway("vpn", { vpcId: v.id }).id,
            });
        },
    },
});

/** A native isolated subnet with a route to a transit gateway for the addresses of a prefix list. */
function nativeRoutes(cidr: string): void {
    const v = nativeVpc();
    const { routeTableId } = new native.RouteTable("app", { vpcId: v.vpcId });
    const { subnetId } = nativeSubnet(v, { tags: [{ key: "Tier", value: "isolated" }] });
    new native.SubnetRouteTableAssociation("app", { subnetId, routeTableId });
    const { prefixListId } = new native.PrefixList("partners", { addressFamily: "IPv4", entries: [{ cidr }] });
    new native.Route("out", {
        routeTableId,
        destinationPrefixListId: prefixListId,
        transitGatewayId: new native.TransitGateway("hub").awsId,
    });
}
