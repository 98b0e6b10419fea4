import { Addresses } from "../../network/addresses";
import { VpcAttachment } from "../../network/gateway";
import { type Fact, isUnseen, Outside, Pending } from "../../network/knowledge";
import type { Network, Parts } from "../../network/network";
import { NetworkAcl } from "../../network/network-acl";
import { RouteTable } from "../../network/route-table";
import { SecurityGroup } from "../../network/security-group";
import { References, Several } from "../../network/several";
import { Subnet, type SubnetFacts } from "../../network/subnet";
import { Vpc } from "../../network/vpc";
import { internetGateways, vpcs } from "../kinds";
import type { Properties } from "../properties";
import { type Reader, reader, type Readers } from "./reader";

/** @param isAccountDefault whether it is the VPC that AWS made with the account, of which the stack shows only a part. */
function readVpc(isAccountDefault: boolean): Reader["read"] {
    return (p: Properties, parts: Parts, network: Network) => {
        const self = new References<Vpc>(`VPC ${p.source.name}`, () => Several.of(vpc));
        const unseen = {
            because: new Outside(`the default route table of the account's default VPC ${p.source.name}`),
        };
        const defaultGroup = SecurityGroup.ofAws(p.source, network, {
            vpc: self,
            isDefault: true,
            label: `of VPC ${p.source.name} (default)`,
        });
        const vpc: Vpc = new Vpc(p.source, network, {
            blocks: vpcBlocks(p),
            region: p.region,
            dnsSupport: p.flagOr("enableDnsSupport", true),
            dnsHostnames: p.flagOr("enableDnsHostnames", isAccountDefault),
            routeTable: new RouteTable(p.source, network, {
                vpc: self,
                inline: isAccountDefault ? new Several([], [unseen]) : Several.none,
                label: `of VPC ${p.source.name} (main)`,
            }),
            securityGroup: defaultGroup,
            networkAcl: defaultAcl(p, network, isAccountDefault),
        });
        parts.vpcs.push(vpc);
        parts.securityGroups.push(defaultGroup);
        return vpc;
    };
}

/** What others have made of the one of the account's default VPC is not seen. */
function defaultAcl(p: Properties, network: Network, isAccountDefault: boolean): NetworkAcl {
    const label = `of VPC ${p.source.name} (default)`;
    const unseen = Several.unseen<never>(new Outside(`the rules of network ACL ${label}`));
    const inline = { ingress: unseen, egress: unseen };
    return isAccountDefault
        ? new NetworkAcl(p.source, network, { inline, isFilledElsewhere: false, isOfAws: false, label })
        : NetworkAcl.ofAws(p.source, network, label);
}

/** A block that AWS chooses is not known before the update. */
function vpcBlocks(p: Properties): Several<Addresses> {
    const choosesIpv4 = p.has("ipv4IpamPoolId") && !p.has("cidrBlock");
    const mayGenerate = p.flagOr("assignGeneratedIpv6CidrBlock", false) !== false;
    const choosesIpv6 = (mayGenerate || p.has("ipv6IpamPoolId")) && !p.has("ipv6CidrBlock");
    const chosen = Several.unseen<Addresses>(new Pending(`the addresses of VPC ${p.source.name}`));
    return blocks(p).concat(choosesIpv4 || choosesIpv6 ? chosen : Several.none);
}

function blocks(p: Properties): Several<Addresses> {
    const each = ["cidrBlock", "ipv6CidrBlock"].map(key => {
        const cidr = p.text(key);
        return isUnseen(cidr)
            ? Several.unseen<Addresses>(cidr)
            : cidr === undefined
              ? Several.none
              : Several.of(Addresses.of(cidr));
    });
    return Several.union<Addresses>(...each);
}

const vpcIds = [
    "vpcId",
    "defaultRouteTableId",
    "mainRouteTableId",
    "defaultSecurityGroupId",
    "defaultSecurityGroup",
    "defaultNetworkAclId",
    "defaultNetworkAcl",
];

/** AWS chooses the block where the author names none, but a subnet may be for IPv6 alone. */
function subnetAddresses(p: Properties): SubnetFacts["addresses"] {
    const chosen = new Pending(`the addresses of subnet ${p.source.name}`);
    const block = (key: string, leftOut: Fact<Addresses>): Fact<Addresses> => {
        const cidr = p.text(key);
        return cidr === undefined ? leftOut : isUnseen(cidr) ? cidr : Addresses.of(cidr);
    };
    const isIpv6Only = p.flagOr("ipv6Native", false) === true;
    return {
        ipv4: block("cidrBlock", isIpv6Only ? Addresses.none : chosen),
        ipv6: block("ipv6CidrBlock", p.has("ipv6IpamPoolId") ? chosen : Addresses.none),
    };
}

export const vpcReaders: Readers = [
    ...reader(["aws:ec2/vpc:Vpc", "aws-native:ec2:Vpc"], "VPC", [], readVpc(false), vpcIds),
    ...reader(["aws:ec2/defaultVpc:DefaultVpc"], "VPC", [], readVpc(true), vpcIds),
    ...reader(
        ["aws:ec2/subnet:Subnet", "aws-native:ec2:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
        "subnet",
        [],
        (p, parts, network) => {
            // AWS chooses the zone where the author names none.
            const unchosen = new Pending(`the Availability Zone of subnet ${p.source.name}`);
            const subnet = new Subnet(p.source, network, {
                vpc: p.references(vpcs, "vpcId"),
                addresses: subnetAddresses(p),
                zoneName: p.text("availabilityZone") ?? unchosen,
                zoneId: p.text("availabilityZoneId") ?? unchosen,
                publicIpOnLaunch: p.flagOr("mapPublicIpOnLaunch", false),
                ipv6OnCreation: p.flagOr("assignIpv6AddressOnCreation", false),
            });
            parts.subnets.push(subnet);
            return subnet;
        },
        ["subnetId"],
    ),
    ...reader(
        [
            "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
            "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
            "aws-native:ec2:VpcCidrBlock",
        ],
        "CIDR block association",
        ["vpcId"],
        (p, parts) => {
            const vpc = p.references(vpcs, "vpcId");
            const chosen = Several.unseen<Addresses>(new Pending(`the addresses of ${p.source.name}`));
            const isGiven = p.has("cidrBlock") || p.has("ipv6CidrBlock");
            parts.moreBlocks.push({ vpc, it: isGiven ? blocks(p) : chosen });
            return new VpcAttachment(p.source, "CIDR block association", vpc, p.references(internetGateways));
        },
    ),
];
