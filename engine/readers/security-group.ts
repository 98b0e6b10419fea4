import { Addresses } from "../../network/addresses";
import { type Fact, isUnseen } from "../../network/knowledge";
import { SecurityGroup, SecurityGroupRule } from "../../network/security-group";
import { References } from "../../network/several";
import { securityGroups, vpcs } from "../kinds";
import type { Properties } from "../properties";
import { type Reader, reader, type Readers } from "./reader";

type Direction = "ingress" | "egress";

/** @param self what a rule's `self` means. */
function rule(p: Properties, direction: Direction, self: References<SecurityGroup>): SecurityGroupRule {
    const given = first(p.text("protocol"), p.text("ipProtocol"));
    const protocol = isUnseen(given) ? given : (given ?? "-1").toLowerCase().replace(/^all$/, "-1");
    const others = p.references(
        securityGroups,
        "securityGroups",
        "sourceSecurityGroupId",
        "referencedSecurityGroupId",
        "destinationSecurityGroupId",
    );
    return new SecurityGroupRule({
        direction,
        protocol,
        ports: ports(p, protocol),
        addresses: addresses(p),
        groups: new References(others.what, () => {
            const own = p.flagOr("self", false);
            return isUnseen(own) || own ? others.all.concat(self.all) : others.all;
        }),
        prefixLists: lists(p, "prefixListIds", "prefixListId", "sourcePrefixListId", "destinationPrefixListId"),
    });
}

function first<T>(one: Fact<T | undefined>, other: Fact<T | undefined>): Fact<T | undefined> {
    return one ?? other;
}

function ports(p: Properties, protocol: Fact<string>): Fact<readonly [number, number]> {
    const [from, to] = [p.number("fromPort") ?? 0, p.number("toPort") ?? 65535];
    if (isUnseen(protocol)) {
        return protocol;
    }
    return protocol === "-1" ? [0, 65535] : isUnseen(from) ? from : isUnseen(to) ? to : [from, to];
}

function addresses(p: Properties): Fact<Addresses> {
    const cidrs = lists(p, "cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "cidrIp");
    return isUnseen(cidrs) ? cidrs : Addresses.of(...cidrs);
}

function lists(p: Properties, ...keys: readonly string[]): Fact<readonly string[]> {
    const all: string[] = [];
    for (const key of keys) {
        const texts = p.texts(key);
        if (isUnseen(texts)) {
            return texts;
        }
        all.push(...texts);
    }
    return all;
}

function group(isDefault: boolean, keepsEgress: boolean): Reader["read"] {
    return (p, parts, network) => {
        const self = new References<SecurityGroup>(`security group ${p.source.name}`, () => p.itself(securityGroups));
        const inline = (direction: Direction, key: string) => p.items(key).map(item => rule(item, direction, self));
        const vpc = p.references(vpcs, "vpcId");
        const made = new SecurityGroup(p.source, network, {
            vpc,
            inline: inline("ingress", "ingress").concat(
                inline("ingress", "securityGroupIngress"),
                inline("egress", "egress"),
                inline("egress", "securityGroupEgress"),
            ),
            isDefault,
            keepsEgress,
        });
        if (isDefault) {
            parts.defaultSecurityGroups.push({ vpc, it: made });
        }
        return made;
    };
}

function standAlone(types: readonly string[], directionOf: (p: Properties) => Direction): Readers {
    return reader(types, "security group rule", [], (p, parts) => {
        const owner = p.references(securityGroups, "securityGroupId", "groupId");
        parts.rules.push({ group: owner, rule: rule(p, directionOf(p), owner) });
        return undefined;
    });
}

export const securityGroupReaders: Readers = [
    ...reader(["aws:ec2/securityGroup:SecurityGroup"], "security group", [], group(false, false)),
    ...reader(["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"], "security group", [], group(true, false)),
    ...reader(["aws-native:ec2:SecurityGroup"], "security group", ["groupDescription"], group(false, true), [
        "awsId",
        "groupId",
    ]),
    ...standAlone(["aws:ec2/securityGroupRule:SecurityGroupRule"], p =>
        p.text("type") === "egress" ? "egress" : "ingress",
    ),
    ...standAlone(
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws-native:ec2:SecurityGroupIngress"],
        () => "ingress",
    ),
    ...standAlone(
        ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws-native:ec2:SecurityGroupEgress"],
        () => "egress",
    ),
];
