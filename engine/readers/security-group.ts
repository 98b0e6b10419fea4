import { attempt, type Fact, isUnseen, Outside, Pending } from "../../network/knowledge";
import type { Parts } from "../../network/network";
import { SecurityGroup, SecurityGroupRule } from "../../network/security-group";
import { References, Several } from "../../network/several";
import { listsOfRules, securityGroups, vpcs } from "../kinds";
import type { Properties } from "../properties";
import { detail, type Reader, reader, type Readers } from "./reader";
import { ports, protocolOf } from "./traffic";

type Direction = "ingress" | "egress";

/** @param self what a rule's `self` means. */
function rule(
    p: Properties,
    direction: Fact<Direction>,
    self: References<SecurityGroup>,
    parts: Parts,
): SecurityGroupRule {
    const protocol = protocolOf(p, "protocol", "ipProtocol");
    const others = p.references(
        securityGroups,
        "securityGroups",
        "sourceSecurityGroupId",
        "referencedSecurityGroupId",
        "destinationSecurityGroupId",
    );
    const lists = p.references(
        listsOfRules,
        "prefixListIds",
        "prefixListId",
        "sourcePrefixListId",
        "destinationPrefixListId",
    );
    return new SecurityGroupRule({
        direction,
        protocol,
        ports: ports(p, protocol),
        cidrs: Several.union(
            ...["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "cidrIp"].map(key => p.authoredTexts(key)),
        ),
        groups: new References(others.what, () => others.all.concat(self.all.onlyIf(p.flagOr("self", false)))),
        prefixLists: new References(lists.what, () => whileUnidentified(lists.all, parts)),
    });
}

/** A list that is not of the stack may be the one that AWS has for a gateway endpoint's service: which one, only a created endpoint tells. */
function whileUnidentified<T>({ members, doubts }: Several<T>, parts: Parts): Several<T> {
    const endpoint = parts.endpoints.find(
        one => one.source.ids.length === 0 && attempt(() => one.type === "Gateway") !== false,
    );
    return new Several(
        members,
        doubts.map(doubt =>
            doubt.because instanceof Outside && endpoint !== undefined
                ? { ...doubt, because: new Pending(`the prefix list of ${endpoint.toString()}`) }
                : doubt,
        ),
    );
}

function group(isDefault: boolean, keepsEgress: boolean): Reader["read"] {
    return (p, parts, network) => {
        const self = new References<SecurityGroup>(`security group ${p.source.name}`, () => p.itself(securityGroups));
        const inline = (direction: Direction, items: Several<Properties>) =>
            items.map(item => rule(item, direction, self, parts));
        const vpc = p.references(vpcs, "vpcId");
        const made = new SecurityGroup(p.source, network, {
            vpc,
            inline: Several.union(
                inline("ingress", p.items("ingress")),
                inline("ingress", p.items("securityGroupIngress")),
                inline("egress", p.items("egress")),
                // AWS's own rule, which stands here once it is made, goes when another one comes.
                inline("egress", p.authoredItems("securityGroupEgress")),
            ),
            isDefault,
            keepsEgress,
        });
        if (isDefault) {
            parts.defaultSecurityGroups.push({ vpc, it: made });
        }
        parts.securityGroups.push(made);
        return made;
    };
}

function standAlone(types: readonly string[], directionOf: (p: Properties) => Fact<Direction>): Readers {
    return detail(types, "security group rule", [], (p, parts) => {
        const owner = p.references(securityGroups, "securityGroupId", "groupId");
        parts.rules.push({ group: owner, rule: rule(p, directionOf(p), owner, parts) });
    });
}

export const securityGroupReaders: Readers = [
    ...reader(["aws:ec2/securityGroup:SecurityGroup"], "security group", [], group(false, false)),
    ...reader(["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"], "security group", [], group(true, false)),
    ...reader(["aws-native:ec2:SecurityGroup"], "security group", ["groupDescription"], group(false, true), [
        "awsId",
        "groupId",
    ]),
    ...standAlone(["aws:ec2/securityGroupRule:SecurityGroupRule"], p => {
        const type = p.text("type");
        return isUnseen(type) ? type : type === "egress" ? "egress" : "ingress";
    }),
    ...standAlone(
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws-native:ec2:SecurityGroupIngress"],
        () => "ingress",
    ),
    ...standAlone(
        ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws-native:ec2:SecurityGroupEgress"],
        () => "egress",
    ),
];
