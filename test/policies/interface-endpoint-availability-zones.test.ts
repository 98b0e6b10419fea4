import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-availability-zones";
import { table } from "../table";
import { endpoint, nativeEndpoint, nativeVpc, subnet, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const zone = (letter: string) => ({ availabilityZone: `us-east-1${letter}` });
const zoneId = (number: number) => ({ availabilityZoneId: `use1-az${String(number)}` });

/** A VPC with one subnet for each argument, called a, b, c …, and an endpoint in the first so many of them. */
const spread =
    (
        subnets: readonly Partial<aws.ec2.SubnetArgs>[],
        count = subnets.length,
        more?: (of: aws.ec2.Subnet[]) => unknown,
    ) =>
    () => {
        const v = vpc();
        const made = subnets.map((args, index) =>
            subnet(v, { cidrBlock: `10.0.${String(index)}.0/24`, ...args }, "abcd".charAt(index)),
        );
        endpoint(v, { subnetIds: made.slice(0, count).map(({ id }) => id) });
        more?.(made);
    };

const instance = ({ id }: aws.ec2.Subnet | undefined = subnet(vpc({}, "other"), {}, "other")) =>
    new ec2.Instance("web", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: id });

const nativeSpread = (...zones: readonly Partial<native.SubnetArgs>[]) => {
    const v = nativeVpc();
    const subnetIds = zones.map(
        (args, index) =>
            new native.Subnet("abcd".charAt(index), {
                vpcId: v.vpcId,
                cidrBlock: `10.0.${String(index)}.0/24`,
                ...args,
            }).subnetId,
    );
    nativeEndpoint(v, { subnetIds });
};

const link = (of: aws.ec2.VpcEndpoint, { id }: aws.ec2.Subnet) =>
    new ec2.VpcEndpointSubnetAssociation("link", { vpcEndpointId: of.id, subnetId: id });

const together = {
    logs: /^Interface endpoint logs has more than one subnet in an Availability Zone, where AWS takes only one: subnets a and b\.$/,
};
const narrow = {
    logs: /^Probable: Interface endpoint logs is in 1 Availability Zone, fewer than 2, though VPC main uses several\.$/,
};

table(policy, {
    why: "AWS takes one subnet in each Availability Zone and refuses a second one. With a single zone, the endpoint fails when the zone does.",
    accepts: {
        "an endpoint in two zones": spread([zone("a"), zone("b")]),
        "an endpoint in two zones by their ids": spread([zoneId(1), zoneId(2)]),
        "an endpoint in the only zone of its VPC": spread([zone("a"), zone("a")], 1),
        "an endpoint in two of three zones, the third of which has no workloads": spread(
            [zone("a"), zone("b"), zone("c")],
            2,
        ),
        "a workload in a zone of the endpoint, but another subnet": spread(
            [zone("a"), zone("b"), zone("a")],
            2,
            ([, , other]) => instance(other),
        ),
        "a workload in a Local Zone, where AWS makes no endpoints": spread(
            [zone("a"), zone("b"), { availabilityZone: "us-west-2-lax-1a" }],
            2,
            ([, , edge]) => instance(edge),
        ),
        "a workload in a Wavelength Zone, by its id": spread(
            [zoneId(1), zoneId(2), { availabilityZoneId: "use1-wl1-bos-wlz1" }],
            2,
            ([, , edge]) => instance(edge),
        ),
        "an endpoint in the only Availability Zone of a VPC with a Local Zone": spread(
            [zone("a"), { availabilityZone: "us-west-2-lax-1a" }],
            1,
        ),
        "a load balancer in a zone without the endpoint": spread(
            [zone("a"), zone("b"), zone("c")],
            2,
            ([, , other]) => new aws.lb.LoadBalancer("front", { subnets: [other?.id ?? ""] }),
        ),
        "a workload of another VPC": spread([zone("a"), zone("b")], 2, () => instance()),
        "as many zones as the setting asks for": {
            program: spread([zone("a"), zone("b"), zone("c")]),
            config: { minimum: 3 },
        },
        "one zone, if the setting asks for no more": {
            program: spread([zone("a"), zone("b")], 1),
            config: { minimum: 1 },
        },
        "one subnet that is named twice": () => {
            const v = vpc();
            subnet(v, zone("b"), "other");
            const [a, b] = [subnet(v, zone("a"), "a"), subnet(v, zone("b"), "b")];
            link(endpoint(v, { subnetIds: [a.id, b.id] }), a);
        },
        "a gateway endpoint": () => {
            const v = vpc();
            endpoint(v, { vpcEndpointType: "Gateway" }, "s3");
            [zone("a"), zone("b")].map((args, index) => subnet(v, args, "ab".charAt(index)));
        },
        "a Gateway Load Balancer endpoint, which is in one zone": () => {
            const v = vpc();
            subnet(v, zone("b"), "other");
            endpoint(v, {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                subnetIds: [subnet(v, zone("a")).id],
            });
        },
        "a second zone by an association of its own": () => {
            const v = vpc();
            link(endpoint(v, { subnetIds: [subnet(v, zone("a"), "a").id] }), subnet(v, zone("b"), "b"));
        },
        "an aws-native endpoint in two zones": () => {
            nativeSpread(zone("a"), zone("b"));
        },
    },
    rejects: {
        "two subnets in one zone": { program: spread([zone("a"), zone("a")]), because: together },
        "two subnets in one zone by its id": { program: spread([zoneId(1), zoneId(1)]), because: together },
        "two subnets in one zone beside one in another": {
            program: spread([zone("a"), zone("a"), zone("b")]),
            because: together,
        },
        "two subnets in one zone, whatever the zone of a third is": {
            program: spread([zone("a"), zone("a"), {}]),
            because: { logs: /only one: subnets a(, | and )b/ },
        },
        "a second subnet in the zone by an association of its own": {
            program: () => {
                const v = vpc();
                link(endpoint(v, { subnetIds: [subnet(v, zone("a"), "a").id] }), subnet(v, zone("a"), "b"));
            },
            because: together,
        },
        "two aws-native subnets in one zone": {
            program: () => {
                nativeSpread(zone("a"), zone("a"));
            },
            because: together,
        },
        "two aws-native subnets in one zone by its id": {
            program: () => {
                nativeSpread(zoneId(1), zoneId(1));
            },
            because: together,
        },
        "one zone where the VPC uses two": {
            program: spread([zone("a"), zone("b")], 1),
            probable: true,
            because: narrow,
        },
        "no subnet where the VPC uses two zones": {
            program: spread([zone("a"), zone("b")], 0),
            probable: true,
            because: { logs: /is in 0 Availability Zones, fewer than 2/ },
        },
        "two zones where the setting asks for three": {
            program: spread([zone("a"), zone("b")]),
            config: { minimum: 3 },
            probable: true,
            because: { logs: /is in 2 Availability Zones, fewer than 3/ },
        },
        "a workload in a zone without the endpoint": {
            program: spread([zone("a"), zone("b"), zone("c")], 2, ([, , other]) => instance(other)),
            probable: true,
            because: {
                logs: /^Probable: Interface endpoint logs has no network interface in the Availability Zone of subnet c, where instance web may be\.$/,
            },
        },
        "a workload in a zone without the endpoint, in the words of the setting": {
            program: spread([zone("a"), zone("b")], 1, ([, other]) => instance(other)),
            config: { minimum: 1 },
            probable: true,
            because: { logs: /no network interface in the Availability Zone of subnet b/ },
        },
        "an aws-native endpoint in one of two zones": {
            program: () => {
                const v = nativeVpc();
                const [own] = ["a", "b"].map(
                    letter => new native.Subnet(letter, { vpcId: v.vpcId, cidrBlock: "10.0.0.0/24", ...zone(letter) }),
                );
                nativeEndpoint(v, { subnetIds: [own?.subnetId ?? ""] });
            },
            probable: true,
            because: narrow,
        },
    },
    waitsFor: {
        "the zones that AWS chooses": {
            program: spread([zone("a"), {}]),
            on: ["logs"],
            naming: /the Availability Zone of subnet b/,
            then: {},
        },
        "a zone by its name beside one by its id": {
            program: spread([zone("a"), zoneId(1)]),
            on: ["logs"],
            then: together,
        },
        "which of two subnets the endpoint is in": {
            program: () => {
                const v = vpc();
                const [a, b] = [subnet(v, zone("a"), "a"), subnet(v, zone("a"), "b")];
                const other = subnet(v, zone("b"), "c");
                endpoint(v, { subnetIds: [a.id, pulumi.all([b.id, other.id]).apply(([id]) => id)] });
            },
            on: ["logs"],
            then: together,
        },
    },
    doesNotJudge: {
        "an endpoint in subnets outside": () =>
            endpoint(vpc(), { subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"] }),
        "an endpoint in one zone of a VPC outside, which may use others": {
            program: () => {
                const v = vpcElsewhere();
                endpoint(v, { subnetIds: [subnet(v, zone("a")).id] });
            },
        },
    },
});
