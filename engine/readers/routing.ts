import { Addresses, isCidr } from "../../network/addresses";
import { InternetGateway, NatGateway, VirtualPrivateGateway, VpcAttachment } from "../../network/gateway";
import { type Fact, isUnseen, Outside } from "../../network/knowledge";
import type { Resource } from "../../network/resource";
import { Route, RouteTable, type TargetKind } from "../../network/route-table";
import { gateways, inspectors, natGateways, routeTables, subnets, unfollowed, vpcs } from "../kinds";
import type { Properties } from "../properties";
import type { Kind } from "../references";
import { reader, type Readers } from "./reader";

/** The properties of a route that name its target; what a gateway is, its id or the gateway itself must tell. */
const targets: Readonly<Record<string, { readonly kind: Kind<Resource>; readonly is?: TargetKind }>> = {
    natGatewayId: { kind: natGateways, is: "NAT gateway" },
    gatewayId: { kind: gateways },
    transitGatewayId: { kind: unfollowed, is: "transit gateway" },
    vpcPeeringConnectionId: { kind: unfollowed, is: "peering connection" },
    vpcEndpointId: { kind: inspectors, is: "VPC endpoint" },
    egressOnlyGatewayId: { kind: unfollowed, is: "egress-only internet gateway" },
    egressOnlyInternetGatewayId: { kind: unfollowed, is: "egress-only internet gateway" },
    coreNetworkArn: { kind: unfollowed, is: "core network" },
    carrierGatewayId: { kind: unfollowed, is: "carrier gateway" },
    localGatewayId: { kind: unfollowed, is: "local gateway" },
    instanceId: { kind: unfollowed, is: "NAT instance" },
    networkInterfaceId: { kind: unfollowed, is: "network interface" },
};

const byPrefix: Readonly<Record<string, TargetKind>> = {
    local: "local",
    igw: "internet gateway",
    vgw: "virtual private gateway",
    eigw: "egress-only internet gateway",
    // Only a gateway endpoint's route shows its endpoint as a gateway.
    vpce: "gateway endpoint",
};

function route(p: Properties): Route {
    const named = Object.keys(targets).filter(key => p.has(key));
    // What the provider computes beside the target is unknown too, but depends on nothing.
    const key =
        named.find(name => !isUnseen(p.text(name))) ??
        named.find(name => p.dependsOnSomething(name)) ??
        named[0] ??
        "gatewayId";
    const { kind, is } = targets[key] ?? { kind: unfollowed };
    const id = p.text(key);
    const targetKind = is ?? (typeof id === "string" ? byPrefix[id.split("-")[0] ?? ""] : undefined);
    return new Route({
        destination: destination(p),
        target: p.references(kind, key),
        ...(targetKind !== undefined && { targetKind }),
    });
}

function destination(p: Properties): Fact<Addresses> {
    for (const key of ["destinationCidrBlock", "cidrBlock", "destinationIpv6CidrBlock", "ipv6CidrBlock"]) {
        const cidr = p.text(key);
        if (cidr !== undefined) {
            return isUnseen(cidr) ? cidr : isCidr(cidr) ? Addresses.of(cidr) : new Outside(`the CIDR block ${cidr}`);
        }
    }
    return new Outside(`the prefix list of a route of ${p.source.name}`);
}

export const routingReaders: Readers = [
    ...reader(
        ["aws:ec2/routeTable:RouteTable", "aws-native:ec2:RouteTable"],
        "route table",
        ["vpcId"],
        (p, _, network) =>
            new RouteTable(p.source, network, {
                vpc: p.references(vpcs, "vpcId"),
                inline: p.items("routes").map(route),
            }),
        ["routeTableId"],
    ),
    ...reader(
        ["aws:ec2/defaultRouteTable:DefaultRouteTable"],
        "route table",
        ["defaultRouteTableId"],
        (p, parts, network) => {
            const vpc = p.references(vpcs, "defaultRouteTableId");
            const table = new RouteTable(p.source, network, { vpc, inline: p.items("routes").map(route) });
            parts.defaultRouteTables.push({ vpc, it: table });
            return table;
        },
    ),
    ...reader(["aws:ec2/route:Route", "aws-native:ec2:Route"], "route", ["routeTableId"], (p, parts) => {
        parts.routes.push({ table: p.references(routeTables, "routeTableId"), route: route(p) });
        return undefined;
    }),
    ...reader(
        ["aws:ec2/routeTableAssociation:RouteTableAssociation", "aws-native:ec2:SubnetRouteTableAssociation"],
        "route table association",
        ["routeTableId"],
        (p, parts) => {
            parts.routeTableAssociations.push({
                from: p.references(subnets, "subnetId"),
                routeTable: p.references(routeTables, "routeTableId"),
            });
            return undefined;
        },
    ),
    ...reader(
        ["aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"],
        "main route table association",
        ["vpcId"],
        (p, parts) => {
            parts.mainRouteTables.push({
                from: p.references(vpcs, "vpcId"),
                routeTable: p.references(routeTables, "routeTableId"),
            });
            return undefined;
        },
    ),
    ...reader(
        ["aws:ec2/internetGateway:InternetGateway", "aws-native:ec2:InternetGateway"],
        "internet gateway",
        [],
        p => new InternetGateway(p.source, p.references(vpcs, "vpcId")),
        ["internetGatewayId"],
    ),
    ...reader(
        ["aws:ec2/vpnGateway:VpnGateway", "aws-native:ec2:VpnGateway"],
        "virtual private gateway",
        [],
        p => new VirtualPrivateGateway(p.source),
        ["vpnGatewayId"],
    ),
    ...reader(
        ["aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "aws-native:ec2:VpcGatewayAttachment"],
        "gateway attachment",
        ["vpcId"],
        p =>
            new VpcAttachment(
                p.source,
                "gateway attachment",
                p.references(vpcs, "vpcId"),
                p.references(gateways, "internetGatewayId", "vpnGatewayId"),
            ),
    ),
    ...reader(
        ["aws:ec2/natGateway:NatGateway", "aws-native:ec2:NatGateway"],
        "NAT gateway",
        [],
        p =>
            new NatGateway(p.source, {
                subnet: p.references(subnets, "subnetId"),
                connectivityType: p.textOr("connectivityType", "public"),
            }),
        ["natGatewayId"],
    ),
];
