import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-service-multi-az";
import { table } from "../table";
import { balancer, endpointService, nativeEndpointService, nativeSubnet, nativeVpc, subnet, vpc } from "./network";

const { lb } = aws;

const crossZone = { enableCrossZoneLoadBalancing: true };

/** Subnets "a", "b", … of one VPC, each in the zone of its letter. */
const zones = (...letters: readonly string[]): readonly aws.ec2.Subnet[] => {
    const v = vpc();
    return letters.map(letter => subnet(v, { availabilityZone: `us-east-1${letter}` }, letter));
};

/** Subnets of which AWS chooses the zones. */
const anywhere = (...names: readonly string[]): readonly aws.ec2.Subnet[] => {
    const v = vpc();
    return names.map(name => subnet(v, {}, name));
};

const offer = (...balancers: readonly aws.lb.LoadBalancer[]) =>
    endpointService({ networkLoadBalancerArns: balancers.map(({ arn }) => arn) });

const listener = (of: aws.lb.LoadBalancer, ...crossZone: readonly (string | undefined)[]) =>
    crossZone.map((loadBalancingCrossZoneEnabled, index) => {
        const group = new lb.TargetGroup(`targets-${index}`, { loadBalancingCrossZoneEnabled });
        return new lb.Listener(`listener-${index}`, {
            loadBalancerArn: of.arn,
            port: 443 + index,
            protocol: "TCP",
            defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
        });
    });

const outside = { id: "subnet-0a1b2c3d4e5f60718" };
const elsewhere = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/other/0a1b2c3d4e5f6071";

const nativeBalancer = (subnets: readonly pulumi.Input<string>[], crossZoneEnabled?: string) =>
    new native.elasticloadbalancingv2.LoadBalancer("api", {
        type: "network",
        scheme: "internal",
        subnets: [...subnets],
        ...(crossZoneEnabled !== undefined && {
            loadBalancerAttributes: [{ key: "load_balancing.cross_zone.enabled", value: crossZoneEnabled }],
        }),
    });

const nativeZones = (...letters: readonly string[]): readonly native.ec2.Subnet[] => {
    const v = nativeVpc();
    return letters.map(
        letter =>
            new native.ec2.Subnet(letter, {
                vpcId: v.vpcId,
                cidrBlock: "10.0.1.0/24",
                availabilityZone: `us-east-1${letter}`,
            }),
    );
};

const nativeOffer = (made: native.elasticloadbalancingv2.LoadBalancer) =>
    nativeEndpointService({ networkLoadBalancerArns: [made.loadBalancerArn] });

const one = {
    api: /^Endpoint service api is in fewer than 2 Availability Zones, those of load balancer api\.$/,
};
const left = (...subnets: readonly string[]) => ({
    api: new RegExp(
        `^Probable: Load balancer api of endpoint service api has cross-zone load balancing off and is not in the Availability Zone of subnets? ${subnets.join(" and ")}: `,
    ),
});

table(policy, {
    why: "Consumers reach the service in the Availability Zones of its load balancers. With a single zone, the service fails when the zone does.",
    page: { config: { minimum: 3 } },
    accepts: {
        "a load balancer in every zone of its VPC": () => offer(balancer(zones("a", "b"))),
        "a load balancer in two subnets whose zones AWS chooses": () => offer(balancer(anywhere("a", "b"))),
        "a load balancer by subnet mappings in two subnets": () =>
            offer(balancer([], { subnetMappings: zones("a", "b").map(({ id }) => ({ subnetId: id })) })),
        "subnets that are elsewhere, which are in a zone each": () =>
            offer(balancer([outside, { id: "subnet-0a1b2c3d4e5f60719" }], crossZone)),
        "cross-zone load balancing where the VPC has more zones": () => {
            const [a, b] = zones("a", "b", "c");
            offer(
                balancer(
                    [a, b].filter(s => s !== undefined),
                    crossZone,
                ),
            );
        },
        "cross-zone load balancing by the target group where the VPC has more zones": () => {
            const [a, b] = zones("a", "b", "c");
            const made = balancer([a, b].filter(s => s !== undefined));
            listener(made, "true");
            offer(made);
        },
        "a subnet more in a zone that the load balancer is in": () => {
            const made = offer(balancer(zones("a", "b")));
            subnet({ id: "vpc-0a1b2c3d4e5f60718" }, { availabilityZone: "us-east-1c" }, "elsewhere");
            return made;
        },
        "two load balancers in a zone each": () => {
            const [a, b] = zones("a", "b");
            const made = [a, b]
                .filter(s => s !== undefined)
                .map((s, index) => balancer([s], crossZone, `api-${index}`));
            offer(...made);
        },
        "a load balancer in one zone that no service offers": () => balancer(zones("a")),
        "a Gateway Load Balancer in two zones": () =>
            endpointService({
                gatewayLoadBalancerArns: [balancer(zones("a", "b"), { loadBalancerType: "gateway" }).arn],
            }),
        "one zone, if that is enough": {
            config: { minimum: 1 },
            program: () => offer(balancer(zones("a"))),
        },
        "an aws-native load balancer in two zones": () =>
            nativeOffer(nativeBalancer(nativeZones("a", "b").map(s => s.subnetId))),
        "aws-native cross-zone load balancing where the VPC has more zones": () => {
            const [a, b] = nativeZones("a", "b", "c");
            nativeOffer(
                nativeBalancer(
                    [a, b].filter(s => s !== undefined).map(s => s.subnetId),
                    "true",
                ),
            );
        },
    },
    rejects: {
        "a load balancer in one subnet": {
            program: () => offer(balancer(zones("a"))),
            because: one,
        },
        "a load balancer in one subnet whose zone AWS chooses": {
            program: () => offer(balancer(anywhere("a"))),
            because: one,
        },
        "a load balancer by a subnet mapping in one subnet": {
            program: () => offer(balancer([], { subnetMappings: zones("a").map(({ id }) => ({ subnetId: id })) })),
            because: one,
        },
        "a load balancer in one subnet that is elsewhere": {
            program: () => offer(balancer([outside])),
            because: one,
        },
        "a load balancer in one subnet, with cross-zone load balancing, too": {
            program: () => offer(balancer(zones("a"), crossZone)),
            because: one,
        },
        "two load balancers in the same zone": {
            program: () => {
                const v = vpc();
                const made = ["x", "y"].map(name =>
                    balancer([subnet(v, { availabilityZone: "us-east-1a" }, name)], {}, name),
                );
                offer(...made);
            },
            because: { api: /is in fewer than 2 Availability Zones, those of load balancers x and y\.$/ },
        },
        "two load balancers in one subnet": {
            program: () => {
                const s = subnet(vpc());
                offer(...["x", "y"].map(name => balancer([s], {}, name)));
            },
            because: { api: /is in fewer than 2 Availability Zones, those of load balancers x and y\.$/ },
        },
        "two zones where three are wanted": {
            config: { minimum: 3 },
            program: () => offer(balancer(zones("a", "b"))),
            because: { api: /is in fewer than 3 Availability Zones/ },
        },
        "a Gateway Load Balancer in one zone": {
            program: () =>
                endpointService({
                    gatewayLoadBalancerArns: [balancer(zones("a"), { loadBalancerType: "gateway" }).arn],
                }),
            because: one,
        },
        "no cross-zone load balancing where the VPC has more zones": {
            program: () => {
                const [a, b] = zones("a", "b", "c", "d");
                offer(balancer([a, b].filter(s => s !== undefined)));
            },
            because: left("c", "d"),
            probable: true,
        },
        "cross-zone load balancing that one target group turns off where the VPC has more zones": {
            program: () => {
                const [a, b] = zones("a", "b", "c");
                const made = balancer(
                    [a, b].filter(s => s !== undefined),
                    crossZone,
                );
                listener(made, undefined, "false");
                offer(made);
            },
            because: left("c"),
            probable: true,
        },
        "cross-zone load balancing that only one of two target groups turns on where the VPC has more zones": {
            program: () => {
                const [a, b] = zones("a", "b", "c");
                const made = balancer([a, b].filter(s => s !== undefined));
                listener(made, undefined, "true");
                offer(made);
            },
            because: left("c"),
            probable: true,
        },
        "an aws-native load balancer in one zone": {
            program: () => nativeOffer(nativeBalancer([nativeSubnet(nativeVpc()).subnetId])),
            because: one,
        },
        "no aws-native cross-zone load balancing where the VPC has more zones": {
            program: () => {
                const [a, b] = nativeZones("a", "b", "c");
                nativeOffer(
                    nativeBalancer(
                        [a, b].filter(s => s !== undefined).map(s => s.subnetId),
                        "false",
                    ),
                );
            },
            because: left("c"),
            probable: true,
        },
        "aws-native cross-zone load balancing that a target group turns off where the VPC has more zones": {
            program: () => {
                const elb = native.elasticloadbalancingv2;
                const [a, b] = nativeZones("a", "b", "c");
                const made = nativeBalancer(
                    [a, b].filter(s => s !== undefined).map(s => s.subnetId),
                    "true",
                );
                const { targetGroupArn } = new elb.TargetGroup("targets", {
                    targetGroupAttributes: [{ key: "load_balancing.cross_zone.enabled", value: "false" }],
                });
                new elb.Listener("listener", {
                    loadBalancerArn: made.loadBalancerArn,
                    defaultActions: [{ type: "forward", forwardConfig: { targetGroups: [{ targetGroupArn }] } }],
                });
                nativeOffer(made);
            },
            because: left("c"),
            probable: true,
        },
    },
    waitsFor: {
        "the zones that AWS chooses, where cross-zone load balancing is off and the VPC has more subnets": {
            program: () => {
                const [a, b] = anywhere("a", "b", "c");
                offer(balancer([a, b].filter(s => s !== undefined)));
            },
            on: ["api"],
            then: {},
        },
        "a computed list of subnets": {
            program: () => {
                const ids = pulumi.all(zones("a", "b").map(({ id }) => id)).apply(all => all.slice(1));
                offer(balancer([], { subnets: ids, ...crossZone }));
            },
            on: ["api"],
            then: one,
        },
        "a computed list of load balancers": {
            program: () => endpointService({ networkLoadBalancerArns: balancer(zones("a")).arn.apply(arn => [arn]) }),
            on: ["api"],
            then: one,
        },
    },
    doesNotJudge: {
        "a load balancer outside": () => endpointService({ networkLoadBalancerArns: [elsewhere] }),
        "a load balancer outside beside one in one zone": () =>
            endpointService({ networkLoadBalancerArns: [balancer(zones("a")).arn, elsewhere] }),
        "a target group outside, which may turn cross-zone load balancing on": () => {
            const [a, b] = zones("a", "b", "c");
            const made = balancer([a, b].filter(s => s !== undefined));
            const targetGroupArn =
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/other/0a1b2c3d4e5f6071";
            new lb.Listener("listener", {
                loadBalancerArn: made.arn,
                port: 443,
                protocol: "TCP",
                defaultActions: [{ type: "forward", targetGroupArn }],
            });
            offer(made);
        },
    },
});
