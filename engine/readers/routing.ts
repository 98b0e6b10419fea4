import { Addresses, isCidr } from "../../network/addresses";
import { InternetGateway, NatGateway, OtherGateway, VirtualPrivateGateway, VpcAttachment } from "../../network/gateway";
import { attempt, type Fact, isUnseen, Outside, Pending, see, Unseen } from "../../network/knowledge";
import type { Network, Parts } from "../../network/network";
import { PrefixList } from "../../network/prefix-list";
import type { Resource } from "../../network/resource";
import { Route, RouteTable, type TargetKind } from "../../network/route-table";
import { References, Several } from "../../network/several";
import {
    gateways,
    inspectors,
    natGateways,
    networkInterfaces,
    otherGateways,
    peerings,
    prefixLists,
    routeTables,
    subnets,
    transitGateways,
    unfollowed,
    vpcs,
} from "../kinds";
import type { Properties } from "../properties";
import type { Kind } from "../references";
import { detail, reader, type Readers } from "./reader";

/** The properties of a route that name its target; what a gateway is, its id or the gateway itself must tell. */
const targets: Readonly<Record<string, { readonly kind: Kind<Resource>; readonly is?: TargetKind }>> = {
    natGatewayId: { kind: natGateways, is: "NAT gateway" },
    gatewayId: { kind: gateways },
    transitGatewayId: { kind: transitGateways, is: "transit gateway" },
    vpcPeeringConnectionId: { kind: peerings, is: "peering connection" },
    vpcEndpointId: { kind: inspectors, is: "VPC endpoint" },
    egressOnlyGatewayId: { kind: otherGateways, is: "egress-only internet gateway" },
    egressOnlyInternetGatewayId: { kind: otherGateways, is: "egress-only internet gateway" },
    coreNetworkArn: { kind: otherGateways, is: "core network" },
    carrierGatewayId: { kind: otherGateways, is: "carrier gateway" },
    localGatewayId: { kind: unfollowed, is: "local gateway" },
    odbNetworkArn: { kind: unfollowed, is: "ODB network" },
    instanceId: { kind: networkInterfaces, is: "NAT instance" },
    networkInterfaceId: { kind: networkInterfaces, is: "network interface" },
};

const byPrefix: ReadonlyMap<string, TargetKind> = new Map([
    ["local", "local"],
    ["igw", "internet gateway"],
    ["vgw", "virtual private gateway"],
    ["eigw", "egress-only internet gateway"],
    // Only a gateway endpoint's route shows its endpoint as a gateway.
    ["vpce", "gateway endpoint"],
]);

function route(p: Properties): Route {
    const named = Object.keys(targets).filter(key => p.has(key));
    const known = named.find(name => !isUnseen(p.text(name)));
    // What the provider computes beside the target is unknown too, but depends on nothing.
    const [pending, ...others] = named.filter(name => p.dependsOnSomething(name));
    const key = known ?? pending ?? named[0] ?? "gatewayId";
    // Of several only one is given in the end.
    const target = known === undefined && others.length > 0 ? undefined : targets[key];
    const { kind, is } = target ?? { kind: unfollowed };
    const id = p.text(key);
    const targetKind = is ?? (typeof id === "string" ? byPrefix.get(id.split("-")[0] ?? "") : undefined);
    return new Route({
        destination: destination(p),
        target: p.references(kind, key),
        ...(targetKind !== undefined && { targetKind }),
    });
}

/** What a route covers: a block, or the entries of a prefix list. */
export function destination(p: Properties): () => Addresses {
    for (const key of ["destinationCidrBlock", "cidrBlock", "destinationIpv6CidrBlock", "ipv6CidrBlock"]) {
        const cidr = p.text(key);
        if (cidr !== undefined) {
            return () => block(see(cidr));
        }
    }
    const list = p.references(prefixLists, "destinationPrefixListId", "prefixListId");
    return () => list.one.addresses;
}

function entryAddresses(p: Properties): Fact<Addresses> {
    return attempt(() => block(see(p.textOr("cidr", ""))));
}

function block(cidr: string): Addresses {
    if (!isCidr(cidr)) {
        throw new Unseen(new Outside(`the CIDR block ${cidr}`));
    }
    return Addresses.of(cidr);
}

/** What a virtual private gateway adds to a route table: the other side announces it. */
function propagated(what: string, target: References<Resource>): Route {
    return new Route({
        destination: () => {
            throw new Unseen(new Outside(`the routes that are propagated to ${what}`));
        },
        target,
        targetKind: "virtual private gateway",
    });
}

/** A route table whose routes may be inline, or propagated by virtual private gateways that it names. */
function routeTable(p: Properties, vpcProperty: string, parts: Parts, network: Network): RouteTable {
    const table = new RouteTable(p.source, network, {
        vpc: p.references(vpcs, vpcProperty),
        inline: p.items("routes").map(route),
    });
    const announcers = p.authoredTexts("propagatingVgws");
    const isSilent = attempt(() => announcers.isEmpty);
    if (isSilent !== true) {
        const itself = Several.of(table);
        // A list outside will never tell: it counts as if it announced something.
        parts.routes.push({
            table: new References(table.toString(), () => itself.onlyIf(isSilent instanceof Pending ? isSilent : true)),
            route: propagated(table.toString(), p.references(gateways, "propagatingVgws")),
        });
    }
    return table;
}

function otherGateway(noun: string, ...types: readonly string[]): Readers {
    return reader(types, noun, [], p => new OtherGateway(p.source, noun), ["awsId", "coreNetworkArn"]);
}

export const routingReaders: Readers = [
    ...reader(
        ["aws:ec2/routeTable:RouteTable", "aws-native:ec2:RouteTable"],
        "route table",
        ["vpcId"],
        (p, parts, network) => routeTable(p, "vpcId", parts, network),
        ["routeTableId"],
    ),
    ...reader(
        ["aws:ec2/defaultRouteTable:DefaultRouteTable"],
        "route table",
        ["defaultRouteTableId"],
        (p, parts, network) => {
            const table = routeTable(p, "defaultRouteTableId", parts, network);
            parts.defaultRouteTables.push({ vpc: p.references(vpcs, "defaultRouteTableId"), it: table });
            return table;
        },
    ),
    ...detail(["aws:ec2/route:Route", "aws-native:ec2:Route"], "route", ["routeTableId"], (p, parts) => {
        parts.routes.push({ table: p.references(routeTables, "routeTableId"), route: route(p) });
    }),
    ...detail(
        ["aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation"],
        "route propagation",
        ["routeTableId"],
        (p, parts) => {
            parts.routes.push({
                table: p.references(routeTables, "routeTableId"),
                route: propagated(`a route table by ${p.source.name}`, p.references(gateways, "vpnGatewayId")),
            });
        },
    ),
    ...reader(
        ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws-native:ec2:PrefixList"],
        "prefix list",
        ["addressFamily"],
        (p, _, network) => new PrefixList(p.source, network, p.items("entries").map(entryAddresses)),
        ["prefixListId"],
    ),
    ...detail(
        ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
        "prefix list entry",
        ["prefixListId"],
        (p, parts) => {
            parts.prefixListEntries.push({
                list: p.references(prefixLists, "prefixListId"),
                addresses: entryAddresses(p),
            });
        },
    ),
    ...detail(
        ["aws:ec2/routeTableAssociation:RouteTableAssociation", "aws-native:ec2:SubnetRouteTableAssociation"],
        "route table association",
        ["routeTableId"],
        (p, parts) => {
            parts.routeTableAssociations.push({
                from: p.references(subnets, "subnetId"),
                routeTable: p.references(routeTables, "routeTableId"),
            });
        },
    ),
    ...detail(
        ["aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"],
        "main route table association",
        ["vpcId"],
        (p, parts) => {
            parts.mainRouteTables.push({
                from: p.references(vpcs, "vpcId"),
                routeTable: p.references(routeTables, "routeTableId"),
            });
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
    ...otherGateway(
        "egress-only internet gateway",
        "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
        "aws-native:ec2:EgressOnlyInternetGateway",
    ),
    ...otherGateway("carrier gateway", "aws:ec2/carrierGateway:CarrierGateway", "aws-native:ec2:CarrierGateway"),
    ...otherGateway(
        "core network",
        "aws:networkmanager/coreNetwork:CoreNetwork",
        "aws-native:networkmanager:CoreNetwork",
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
