import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-in-private-subnets";
import { table } from "../table";
import {
    endpoint,
    nativeEndpoint,
    nativeSubnet,
    nativeVpc,
    publicSubnet,
    routed,
    routeTable,
    subnet,
    toInternet,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

/** An endpoint in the given subnets of a VPC. */
const inSubnets = (subnets: (of: aws.ec2.Vpc) => readonly aws.ec2.Subnet[]) => () => {
    const v = vpc();
    endpoint(v, { subnetIds: subnets(v).map(({ id }) => id) });
};

const link = (of: aws.ec2.VpcEndpoint, { id }: aws.ec2.Subnet) =>
    new ec2.VpcEndpointSubnetAssociation("link", { vpcEndpointId: of.id, subnetId: id });

/** An endpoint of a partner that inspects traffic. */
const inspecting = (of: aws.ec2.Vpc, in_: aws.ec2.Subnet) =>
    endpoint(
        of,
        {
            vpcEndpointType: "GatewayLoadBalancer",
            serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            subnetIds: [in_.id],
        },
        "inspection",
    );

const throughInspection = (v: aws.ec2.Vpc): aws.ec2.RouteTableArgs["routes"] => {
    const edge = subnet(v, {}, "edge");
    new ec2.RouteTableAssociation("edge", { subnetId: edge.id, routeTableId: routeTable(v, toInternet(v), "edge").id });
    return [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: inspecting(v, edge).id }];
};

/** A native subnet with a table of its own. */
const nativeRouted = (v: native.Vpc): { subnetId: pulumi.Output<string>; routeTableId: pulumi.Output<string> } => {
    const { subnetId } = nativeSubnet(v);
    const { routeTableId } = new native.RouteTable("own", { vpcId: v.vpcId });
    new native.SubnetRouteTableAssociation("app", { subnetId, routeTableId });
    return { subnetId, routeTableId };
};

const inApp = {
    logs: /^Interface endpoint logs has a network interface in public subnet app, which an internet gateway serves\.$/,
};

table(policy, {
    why: "Public subnets are made for what the internet may reach, and their network ACLs say so. An endpoint serves private traffic and belongs beside its clients.",
    accepts: {
        "an endpoint in a private subnet": inSubnets(v => [routed(v, [])]),
        "an endpoint in a subnet that only the main route table serves": inSubnets(v => [subnet(v)]),
        "an endpoint in a subnet whose way out is a NAT gateway": inSubnets(v => [
            routed(v, [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123456789abcdef0" }]),
        ]),
        "an endpoint in a subnet that gives public addresses, but has no route to an internet gateway": inSubnets(v => [
            subnet(v, { mapPublicIpOnLaunch: true }),
        ]),
        "an endpoint without subnets": () => endpoint(vpc()),
        "a Gateway Load Balancer endpoint in a public subnet": () => {
            const v = vpc();
            inspecting(v, publicSubnet(v));
        },
        "an endpoint beside a public subnet": inSubnets(v => {
            publicSubnet(v);
            return [subnet(v, {}, "inner")];
        }),
        "a private subnet by an association of its own": () => {
            const v = vpc();
            link(endpoint(v), subnet(v));
        },
        "an aws-native endpoint in a private subnet": () => {
            const v = nativeVpc();
            nativeEndpoint(v, { subnetIds: [nativeRouted(v).subnetId] });
        },
    },
    rejects: {
        "an endpoint in a public subnet": { program: inSubnets(v => [publicSubnet(v)]), because: inApp },
        "an endpoint in a subnet whose main route table leads to an internet gateway": {
            program: inSubnets(v => {
                new ec2.DefaultRouteTable("main", {
                    defaultRouteTableId: v.defaultRouteTableId,
                    routes: toInternet(v) ?? [],
                });
                return [subnet(v)];
            }),
            because: inApp,
        },
        "an endpoint in a subnet that an internet gateway serves by IPv6 alone": {
            program: inSubnets(v => [routed(v, toInternet(v, { ipv6CidrBlock: "::/0" }))]),
            because: inApp,
        },
        "an endpoint in a subnet that reaches an internet gateway through a Gateway Load Balancer endpoint": {
            program: inSubnets(v => [routed(v, throughInspection(v))]),
            because: inApp,
        },
        "an endpoint in a public subnet beside a private one, naming the public one": {
            program: inSubnets(v => [subnet(v, {}, "inner"), publicSubnet(v)]),
            because: inApp,
        },
        "an endpoint in two public subnets, naming both in one line": {
            program: inSubnets(v => {
                const other = subnet(v, {}, "other");
                const table = routeTable(v, toInternet(v));
                new ec2.RouteTableAssociation("other", { subnetId: other.id, routeTableId: table.id });
                const own = subnet(v);
                new ec2.RouteTableAssociation("app", { subnetId: own.id, routeTableId: table.id });
                return [other, own];
            }),
            because: { logs: /in public subnets app and other, which/ },
        },
        "an endpoint in a public subnet, whatever the subnets outside are": {
            program: () => {
                const v = vpc();
                endpoint(v, { subnetIds: ["subnet-0a1b2c3d4e5f60718", publicSubnet(v).id] });
            },
            because: inApp,
        },
        "a public subnet by an association of its own": {
            program: () => {
                const v = vpc();
                link(endpoint(v), publicSubnet(v));
            },
            because: inApp,
        },
        "an aws-native endpoint in a public subnet": {
            program: () => {
                const v = nativeVpc();
                const { subnetId, routeTableId } = nativeRouted(v);
                const gatewayId = new native.InternetGateway("internet").internetGatewayId;
                new native.Route("internet", { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
                nativeEndpoint(v, { subnetIds: [subnetId] });
            },
            because: inApp,
        },
    },
    waitsFor: {
        "which of two subnets it is in": {
            program: () => {
                const v = vpc();
                const [inner, outer] = [subnet(v, {}, "inner"), publicSubnet(v)];
                endpoint(v, { subnetIds: [pulumi.all([inner.id, outer.id]).apply(([, id]) => id)] });
            },
            on: ["logs"],
            then: inApp,
        },
        "the type of the endpoint": {
            program: () => {
                const v = vpc();
                endpoint(v, {
                    vpcEndpointType: v.arn.apply(() => "Interface"),
                    subnetIds: [publicSubnet(v).id],
                });
            },
            on: ["logs"],
            then: inApp,
        },
    },
    doesNotJudge: {
        "an endpoint in a subnet outside": () => endpoint(vpc(), { subnetIds: ["subnet-0a1b2c3d4e5f60718"] }),
        "an endpoint in a subnet whose route table is outside": inSubnets(v => {
            const own = subnet(v);
            new ec2.RouteTableAssociation("app", { subnetId: own.id, routeTableId: "rtb-0123456789abcdef0" });
            return [own];
        }),
        "an endpoint in a subnet of a VPC that another stack has made": {
            program: () => {
                const v = vpcElsewhere();
                endpoint(v, { subnetIds: [subnet(v).id] });
            },
        },
    },
});
