import { Outside, see } from "../../network/knowledge";
import { LoadBalancer, TargetGroup } from "../../network/load-balancer";
import { References, Several } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import { loadBalancers, subnets, targetGroups } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";
import { type Public, tenantFacts, together } from "./tenant";

const internetFacing: Public = p => {
    const scheme = see(p.text("scheme"));
    const type = see(p.text("loadBalancerType")) ?? see(p.text("type"));
    return (
        type !== "gateway" &&
        (scheme === undefined ? see(p.authoredFlag("internal")) !== true : scheme === "internet-facing")
    );
};

/** Each mapping is of another subnet, which AWS sees to. */
function mappedSubnets(p: Properties): Several<Subnet> {
    const mappings = p.items("subnetMappings");
    const mapped = mappings.flatMap(item => item.references(subnets, "subnetId").all);
    return mappings.doubts.length === 0 ? mapped.ofSize(mappings.members.length) : mapped;
}

const reading = {
    subnets: (p: Properties) =>
        together(
            p,
            () => p.references(subnets, "subnets").all,
            () => mappedSubnets(p),
        ),
    publicBy: "The internet-facing scheme",
    publicAddress: internetFacing,
};

/** One thing for each subnet that is named, whether it can be seen which subnet that is or not. */
function places(p: Properties): Several<unknown> {
    const ways: readonly Several<unknown>[] = [p.authoredItems("subnetMappings"), p.eachText("subnets")];
    return (
        ways.find(({ members, doubts }) => members.length + doubts.length > 0) ??
        Several.unseen(new Outside(`the subnets of load balancer ${p.source.name}`))
    );
}

/** What aws-native says of cross-zone load balancing in a list of attributes. */
function crossZoneAttribute(p: Properties, attributes: string): string | undefined {
    const found = p.items(attributes).first(item => see(item.text("key")) === "load_balancing.cross_zone.enabled");
    return found && see(found.text("value"));
}

export const loadBalancerReaders: Readers = [
    ...reader(
        [
            "aws:lb/loadBalancer:LoadBalancer",
            "aws:alb/loadBalancer:LoadBalancer",
            "aws:elb/loadBalancer:LoadBalancer",
            "aws-native:elasticloadbalancingv2:LoadBalancer",
        ],
        "load balancer",
        [],
        (p, parts, network) => {
            const made = new LoadBalancer(p.source, {
                ...tenantFacts(p, network, reading),
                places: places(p),
                crossZone: () =>
                    see(p.flagOr("enableCrossZoneLoadBalancing", false)) ||
                    crossZoneAttribute(p, "loadBalancerAttributes") === "true",
            });
            parts.tenants.push(made);
            return made;
        },
        ["loadBalancerArn"],
    ),
    ...reader(
        [
            "aws:lb/targetGroup:TargetGroup",
            "aws:alb/targetGroup:TargetGroup",
            "aws-native:elasticloadbalancingv2:TargetGroup",
        ],
        "target group",
        [],
        p =>
            new TargetGroup(p.source, {
                crossZone: () => {
                    const value =
                        see(p.text("loadBalancingCrossZoneEnabled")) ?? crossZoneAttribute(p, "targetGroupAttributes");
                    return value === "true" || value === "false" ? value === "true" : undefined;
                },
            }),
        ["targetGroupArn"],
    ),
    ...detail(
        ["aws:lb/listener:Listener", "aws:alb/listener:Listener", "aws-native:elasticloadbalancingv2:Listener"],
        "listener",
        ["loadBalancerArn", "defaultActions"],
        (p, parts) => {
            parts.listeners.push({
                balancer: p.references(loadBalancers, "loadBalancerArn"),
                targetGroups: new References(`the target groups of listener ${p.source.name}`, () =>
                    p.items("defaultActions").flatMap(action => {
                        const forwards = action.items("forward").concat(action.items("forwardConfig"));
                        return action
                            .references(targetGroups, "targetGroupArn")
                            .all.concat(
                                forwards
                                    .flatMap(forward => forward.items("targetGroups"))
                                    .flatMap(group => group.references(targetGroups, "arn", "targetGroupArn").all),
                            );
                    }),
                ),
            });
        },
    ),
];
