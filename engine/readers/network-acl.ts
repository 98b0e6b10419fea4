import { Addresses } from "../../network/addresses";
import { type Fact, isUnseen, Outside } from "../../network/knowledge";
import { NetworkAcl, NetworkAclRule } from "../../network/network-acl";
import { References, Several } from "../../network/several";
import { networkAcls, subnets, vpcs } from "../kinds";
import type { Properties } from "../properties";
import { detail, type Reader, reader, type Readers } from "./reader";
import { ports, protocolOf } from "./traffic";

/** What a rule calls its number and what it does, by itself and inline. */
const byItself = { number: "ruleNumber", action: "ruleAction" };
const inline = { number: "ruleNo", action: "action" };

function rule(p: Properties, isEgress: Fact<boolean>, called: typeof inline): NetworkAclRule {
    const action = p.text(called.action);
    const protocol = protocolOf(p, "protocol");
    return new NetworkAclRule({
        direction: isUnseen(isEgress) ? isEgress : isEgress ? "egress" : "ingress",
        number: p.number(called.number) ?? new Outside(`the number of a rule of ${p.source.name}`),
        allows: isUnseen(action) ? action : action?.toLowerCase() === "allow",
        protocol,
        ports: ports(p, protocol),
        addresses: addresses(p),
    });
}

function addresses(p: Properties): Fact<Addresses> {
    const cidr = p.text("cidrBlock") ?? p.text("ipv6CidrBlock");
    return isUnseen(cidr) ? cidr : cidr === undefined ? Addresses.none : Addresses.of(cidr);
}

/** @param isDefault whether it is the one that came with its VPC. */
function acl(isDefault: boolean, isFilledElsewhere: boolean): Reader["read"] {
    return (p, parts, network) => {
        const made = new NetworkAcl(p.source, network, {
            inline: {
                ingress: p.items("ingress").map(item => rule(item, false, inline)),
                egress: p.items("egress").map(item => rule(item, true, inline)),
            },
            isFilledElsewhere,
            isOfAws: false,
        });
        if (isDefault) {
            parts.defaultNetworkAcls.push({ vpc: p.references(vpcs, "defaultNetworkAclId"), it: made });
        }
        parts.networkAclLinks.push({
            subnet: p.authoredReferences(subnets, "subnetIds"),
            acl: new References<NetworkAcl>(`network ACL ${p.source.name}`, () => Several.of(made)),
        });
        return made;
    };
}

export const networkAclReaders: Readers = [
    ...reader(["aws:ec2/networkAcl:NetworkAcl"], "network ACL", ["vpcId"], acl(false, false)),
    ...reader(["aws-native:ec2:NetworkAcl"], "network ACL", ["vpcId"], acl(false, true), ["awsId"]),
    ...reader(
        ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
        "network ACL",
        ["defaultNetworkAclId"],
        acl(true, false),
    ),
    ...detail(["aws:ec2/networkAclRule:NetworkAclRule"], "network ACL rule", ["networkAclId"], (p, parts) => {
        parts.networkAclRules.push({
            acl: p.references(networkAcls, "networkAclId"),
            rule: rule(p, p.flagOr("egress", false), byItself),
        });
    }),
    ...detail(
        ["aws:ec2/networkAclAssociation:NetworkAclAssociation", "aws-native:ec2:SubnetNetworkAclAssociation"],
        "network ACL association",
        ["subnetId"],
        (p, parts) => {
            parts.networkAclLinks.push({
                subnet: p.references(subnets, "subnetId"),
                acl: p.references(networkAcls, "networkAclId"),
            });
        },
    ),
];
