import { Addresses } from "../../network/addresses";
import { Connection } from "../../network/connection";
import { VpcAttachment } from "../../network/gateway";
import { type Fact, isUnseen, Outside, Pending } from "../../network/knowledge";
import type { Network, Parts } from "../../network/network";
import { RouteTable } from "../../network/route-table";
import { SecurityGroup } from "../../network/security-group";
import { References, Several } from "../../network/several";
import { Subnet } from "../../network/subnet";
import { Vpc } from "../../network/vpc";
import { PrivateZone } from "../../network/zone";
import { internetGateways, subnets, vpcs, zones } from "../kinds";
import type { Properties } from "../properties";
import { type Reader, reader, type Readers } from "./reader";

/** @param isAccountDefault whether it is the VPC that AWS made with the account, of which the stack shows only a part. */
function readVpc(isAccountDefault: boolean): Reader["read"] {
    return (p: Properties, parts: Parts, network: Network) => {
        const self = new References<Vpc>(`VPC ${p.source.name}`, () => Several.of(vpc));
        const unseen = {
            because: new Outside(`the default route table of the account's default VPC ${p.source.name}`),
        };
        const vpc: Vpc = new Vpc(p.source, network, {
            addresses: vpcAddresses(p),
            dnsSupport: p.flagOr("enableDnsSupport", true),
            dnsHostnames: p.flagOr("enableDnsHostnames", isAccountDefault),
            routeTable: new RouteTable(p.source, network, {
                vpc: self,
                inline: isAccountDefault ? new Several([], [unseen]) : Several.none,
                label: `of VPC ${p.source.name} (main)`,
            }),
            securityGroup: new SecurityGroup(p.source, network, {
                vpc: self,
                inline: Several.none,
                isDefault: true,
                keepsEgress: true,
            }),
        });
        parts.vpcs.push(vpc);
        return vpc;
    };
}

/** A block that AWS chooses is not known before the update. */
function vpcAddresses(p: Properties): Fact<Addresses> {
    const choosesIpv4 = p.has("ipv4IpamPoolId") && !p.has("cidrBlock");
    const choosesIpv6 =
        (p.flag("assignGeneratedIpv6CidrBlock") === true || p.has("ipv6IpamPoolId")) && !p.has("ipv6CidrBlock");
    return choosesIpv4 || choosesIpv6
        ? new Pending(`the addresses of VPC ${p.source.name}`)
        : addresses(p, "cidrBlock", "ipv6CidrBlock");
}

function addresses(p: Properties, ...keys: readonly string[]): Fact<Addresses> {
    let all = Addresses.none;
    for (const key of keys) {
        const cidr = p.text(key);
        if (isUnseen(cidr)) {
            return cidr;
        }
        all = cidr === undefined ? all : all.union(Addresses.of(cidr));
    }
    return all;
}

const vpcIds = ["vpcId", "defaultRouteTableId", "mainRouteTableId", "defaultSecurityGroupId", "defaultSecurityGroup"];

function connection(type: string, noun: string, required: string, ...keys: readonly string[]): Readers {
    return reader([type], noun, [required], (p, parts) => {
        const connection = new Connection(p.source, noun, p.references(vpcs, ...keys));
        parts.connections.push(connection);
        return connection;
    });
}

export const vpcReaders: Readers = [
    ...reader(["aws:ec2/vpc:Vpc", "aws-native:ec2:Vpc"], "VPC", [], readVpc(false), vpcIds),
    ...reader(["aws:ec2/defaultVpc:DefaultVpc"], "VPC", [], readVpc(true), vpcIds),
    ...reader(
        ["aws:ec2/subnet:Subnet", "aws-native:ec2:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
        "subnet",
        [],
        (p, parts, network) => {
            const zone = p.text("availabilityZone");
            const subnet = new Subnet(p.source, network, {
                vpc: p.references(vpcs, "vpcId"),
                availabilityZone: zone ?? new Outside(`the Availability Zone of subnet ${p.source.name}`),
                publicIpOnLaunch: p.flagOr("mapPublicIpOnLaunch", false),
                ipv6OnCreation: p.flagOr("assignIpv6AddressOnCreation", false),
            });
            parts.subnets.push(subnet);
            return subnet;
        },
        ["subnetId"],
    ),
    ...reader(
        ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "aws-native:ec2:VpcCidrBlock"],
        "CIDR block association",
        ["vpcId"],
        (p, parts) => {
            const vpc = p.references(vpcs, "vpcId");
            const more = addresses(p, "cidrBlock", "ipv6CidrBlock");
            if (!isUnseen(more)) {
                parts.moreAddresses.push({ vpc, it: more });
            }
            return new VpcAttachment(p.source, "CIDR block association", vpc, p.references(internetGateways));
        },
    ),
    ...connection(
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "peering connection",
        "vpcId",
        "vpcId",
        "peerVpcId",
    ),
    ...connection(
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        "peering connection",
        "vpcPeeringConnectionId",
        "vpcId",
    ),
    ...connection("aws-native:ec2:VpcPeeringConnection", "peering connection", "vpcId", "vpcId", "peerVpcId"),
    ...connection("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "transit gateway attachment", "vpcId", "vpcId"),
    ...connection("aws-native:ec2:TransitGatewayAttachment", "transit gateway attachment", "vpcId", "vpcId"),
    ...connection("aws-native:ec2:TransitGatewayVpcAttachment", "transit gateway attachment", "vpcId", "vpcId"),
    ...connection("aws:networkmanager/vpcAttachment:VpcAttachment", "core network attachment", "vpcArn", "vpcArn"),
    ...connection("aws-native:networkmanager:VpcAttachment", "core network attachment", "vpcArn", "vpcArn"),
    ...connection("aws:ec2/vpnGateway:VpnGateway", "VPN gateway", "arn", "vpcId"),
    ...connection("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment", "VPN gateway attachment", "vpcId", "vpcId"),
    ...reader(["aws-native:ec2:VpcGatewayAttachment"], "VPN gateway attachment", ["vpcId"], (p, parts) => {
        if (p.has("vpnGatewayId")) {
            parts.connections.push(new Connection(p.source, "VPN gateway attachment", p.references(vpcs, "vpcId")));
        }
        return undefined;
    }),
    ...reader(
        ["aws:route53/zone:Zone"],
        "private hosted zone",
        ["name"],
        (p, parts, network) => {
            const zone = new PrivateZone(p.source, network, {
                domain: p.textOr("name", ""),
                vpcs: new References(`the VPCs of private hosted zone ${p.source.name}`, () =>
                    p.items("vpcs").flatMap(item => item.references(vpcs, "vpcId").all),
                ),
            });
            parts.zones.push(zone);
            return zone;
        },
        ["zoneId"],
    ),
    ...reader(["aws:route53/zoneAssociation:ZoneAssociation"], "zone association", ["vpcId"], (p, parts) => {
        parts.zoneAssociations.push({ zone: p.references(zones, "zoneId"), vpc: p.references(vpcs, "vpcId") });
        return undefined;
    }),
    ...reader(["aws:route53/resolverEndpoint:ResolverEndpoint"], "resolver endpoint", ["direction"], (p, parts) => {
        const direction = p.text("direction");
        if (isUnseen(direction) || direction === "INBOUND" || direction === "INBOUND_DELEGATION") {
            const attached = new References<Vpc>(`the VPC of resolver endpoint ${p.source.name}`, () =>
                p
                    .items("ipAddresses")
                    .flatMap(item => item.references(subnets, "subnetId").all)
                    .flatMap(subnet => subnet.vpcs),
            );
            parts.connections.push(new Connection(p.source, "inbound resolver endpoint", attached));
        }
        return undefined;
    }),
];
