import { Connection } from "../../network/connection";
import { isUnseen } from "../../network/knowledge";
import { References } from "../../network/several";
import type { Vpc } from "../../network/vpc";
import { DhcpOptions, PrivateZone, Profile, ResolverRule } from "../../network/zone";
import { dhcpOptions, profileMembers, profiles, resolverRules, subnets, vpcs, zones } from "../kinds";
import { detail, reader, type Readers } from "./reader";

export const dnsReaders: Readers = [
    ...reader(
        ["aws:route53/zone:Zone", "aws-native:route53:HostedZone"],
        "private hosted zone",
        ["name"],
        (p, parts, network) => {
            const zone = new PrivateZone(p.source, network, {
                domain: p.textOr("name", ""),
                vpcs: p.referencesWithin(vpcs, "vpcs", "vpcId"),
            });
            parts.zones.push(zone);
            return zone;
        },
        ["zoneId", "awsId"],
    ),
    ...detail(["aws:route53/zoneAssociation:ZoneAssociation"], "zone association", ["vpcId"], (p, parts) => {
        parts.zoneAssociations.push({ vpc: p.references(vpcs, "vpcId"), it: p.references(zones, "zoneId") });
    }),
    ...reader(
        ["aws:route53/profilesProfile:ProfilesProfile", "aws-native:route53profiles:Profile"],
        "Route 53 Profile",
        [],
        (p, _, network) => new Profile(p.source, network),
        ["awsId"],
    ),
    ...detail(
        [
            "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation",
            "aws-native:route53profiles:ProfileResourceAssociation",
        ],
        "resource association",
        ["profileId"],
        (p, parts) => {
            const [profile, member] = [
                p.references(profiles, "profileId"),
                p.references(profileMembers, "resourceArn"),
            ];
            parts.profileMembers.push({ profile, member });
        },
    ),
    ...detail(
        ["aws:route53/profilesAssociation:ProfilesAssociation", "aws-native:route53profiles:ProfileAssociation"],
        "Profile association",
        ["profileId"],
        (p, parts) => {
            parts.profileAssociations.push({
                it: p.references(profiles, "profileId"),
                vpc: p.references(vpcs, "resourceId"),
            });
        },
    ),
    ...detail(
        ["aws:route53/resolverEndpoint:ResolverEndpoint", "aws-native:route53resolver:ResolverEndpoint"],
        "resolver endpoint",
        ["direction"],
        (p, parts) => {
            const direction = p.textOr("direction", "");
            const isInbound = isUnseen(direction) ? direction : ["INBOUND", "INBOUND_DELEGATION"].includes(direction);
            const served = new References<Vpc>(`the VPC of resolver endpoint ${p.source.name}`, () => {
                const subnetsOf = p.referencesWithin(subnets, "ipAddresses", "subnetId").all;
                return subnetsOf.flatMap(subnet => subnet.vpcs).onlyIf(isInbound);
            });
            parts.connections.push(new Connection(p.source, "inbound resolver endpoint", served));
        },
    ),
    ...reader(
        ["aws:route53/resolverRule:ResolverRule", "aws-native:route53resolver:ResolverRule"],
        "Resolver rule",
        ["ruleType"],
        p => new ResolverRule(p.source, { domain: p.textOr("domainName", ""), type: p.textOr("ruleType", "") }),
        ["resolverRuleId"],
    ),
    ...detail(
        [
            "aws:route53/resolverRuleAssociation:ResolverRuleAssociation",
            "aws-native:route53resolver:ResolverRuleAssociation",
        ],
        "Resolver rule association",
        ["resolverRuleId", "vpcId"],
        (p, parts) => {
            parts.resolverRuleAssociations.push({
                it: p.references(resolverRules, "resolverRuleId"),
                vpc: p.references(vpcs, "vpcId"),
            });
        },
    ),
    ...reader(
        ["aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "aws-native:ec2:DhcpOptions"],
        "DHCP options",
        [],
        p => new DhcpOptions(p.source, p.texts("domainNameServers")),
        ["dhcpOptionsId"],
    ),
    ...detail(
        ["aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", "aws-native:ec2:VpcdhcpOptionsAssociation"],
        "DHCP options association",
        ["vpcId"],
        (p, parts) => {
            parts.dhcpOptionsAssociations.push({
                it: p.references(dhcpOptions, "dhcpOptionsId"),
                vpc: p.references(vpcs, "vpcId"),
            });
        },
    ),
];
