import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-settings-match-type";
import { table } from "../table";
import {
    endpoint,
    gateway,
    nativeEndpoint,
    nativeGateway,
    nativeSubnet,
    nativeVpc,
    ownPolicy,
    routeTable,
    securityGroup,
    subnet,
    vpc,
} from "./network";

const { ec2 } = aws;

type Args = (of: aws.ec2.Vpc) => Partial<aws.ec2.VpcEndpointArgs>;

const with_ = (make: typeof gateway, args: Args) => () => {
    const v = vpc();
    make(v, args(v));
};

/** An endpoint of a partner that inspects traffic. */
const inspecting = (args: Args) => () => {
    const v = vpc();
    return balanced(v, args(v));
};

const balanced = (of: aws.ec2.Vpc, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    endpoint(
        of,
        {
            vpcEndpointType: "GatewayLoadBalancer",
            serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            ...args,
        },
        "inspection",
    );

const two = (of: aws.ec2.Vpc) => [subnet(of, {}, "a").id, subnet(of, {}, "b").id];

const ofGateway = (...settings: readonly string[]) => ({
    s3: new RegExp(`^Gateway endpoint s3 has ${settings.join(" and ")}, which endpoints of its type do not take\\.$`),
});
const ofInterface = {
    logs: /^Interface endpoint logs has route tables, which endpoints of its type do not take\.$/,
};
const ofBalanced = (setting: string) => ({
    inspection: new RegExp(`^GatewayLoadBalancer endpoint inspection has ${setting}, which`),
});

table(policy, {
    why: "A gateway endpoint works by routes, an interface endpoint by network interfaces. What belongs to another type has no effect at best; at worst AWS refuses the endpoint.",
    page: {
        rejects: "a gateway endpoint with private DNS on",
        accepts: "a gateway endpoint whose type is written out",
    },
    accepts: {
        "a gateway endpoint with route tables and a policy": with_(gateway, v => ({
            routeTableIds: [routeTable(v).id],
            policy: ownPolicy,
        })),
        "an interface endpoint with subnets, groups, private DNS and a policy": with_(endpoint, v => ({
            subnetIds: two(v),
            securityGroupIds: [securityGroup(v).id],
            privateDnsEnabled: true,
            policy: ownPolicy,
        })),
        "a Gateway Load Balancer endpoint with one subnet": inspecting(v => ({ subnetIds: [subnet(v).id] })),
        "a gateway endpoint that turns private DNS off": with_(gateway, () => ({ privateDnsEnabled: false })),
        "a gateway endpoint with lists that are empty": with_(gateway, () => ({ subnetIds: [], securityGroupIds: [] })),
        "an interface endpoint whose list of route tables is empty": with_(endpoint, () => ({ routeTableIds: [] })),
        "a gateway endpoint whose type is written out": with_(gateway, () => ({ vpcEndpointType: "Gateway" })),
        "a Gateway Load Balancer endpoint with private DNS turned off": inspecting(() => ({
            privateDnsEnabled: false,
        })),
        "a subnet that is linked to an interface endpoint": () => {
            const v = vpc();
            new ec2.VpcEndpointSubnetAssociation("link", {
                vpcEndpointId: endpoint(v).id,
                subnetId: subnet(v).id,
            });
        },
        "a subnet that is linked to a Gateway Load Balancer endpoint without one": () => {
            const v = vpc();
            new ec2.VpcEndpointSubnetAssociation("link", {
                vpcEndpointId: balanced(v).id,
                subnetId: subnet(v).id,
            });
        },
        "private DNS that a resource of its own turns off": () =>
            new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: gateway(vpc()).id, privateDnsEnabled: false }),
        "an aws-native interface endpoint with subnets and a policy": () => {
            const v = nativeVpc();
            nativeEndpoint(v, { subnetIds: [nativeSubnet(v).subnetId], policyDocument: ownPolicy });
        },
    },
    rejects: {
        "a gateway endpoint with subnets": {
            program: with_(gateway, v => ({ subnetIds: [subnet(v).id] })),
            because: ofGateway("subnets"),
        },
        "a gateway endpoint with subnets outside": {
            program: with_(gateway, () => ({ subnetIds: ["subnet-0a1b2c3d4e5f60718"] })),
            because: ofGateway("subnets"),
        },
        "a gateway endpoint with security groups": {
            program: with_(gateway, v => ({ securityGroupIds: [securityGroup(v).id] })),
            because: ofGateway("security groups"),
        },
        "a gateway endpoint with private DNS on": {
            program: with_(gateway, () => ({ privateDnsEnabled: true })),
            because: ofGateway("private DNS"),
        },
        "a gateway endpoint with several of them, in one line": {
            program: with_(gateway, v => ({ subnetIds: two(v), privateDnsEnabled: true })),
            because: ofGateway("private DNS", "subnets"),
        },
        "an interface endpoint with route tables": {
            program: with_(endpoint, v => ({ routeTableIds: [routeTable(v).id] })),
            because: ofInterface,
        },
        "a Gateway Load Balancer endpoint with a policy": {
            program: inspecting(() => ({ policy: ownPolicy })),
            because: ofBalanced("a policy"),
        },
        "a Gateway Load Balancer endpoint with security groups": {
            program: inspecting(v => ({ securityGroupIds: [securityGroup(v).id] })),
            because: ofBalanced("security groups"),
        },
        "a Gateway Load Balancer endpoint with private DNS on": {
            program: inspecting(() => ({ privateDnsEnabled: true })),
            because: ofBalanced("private DNS"),
        },
        "a Gateway Load Balancer endpoint with two subnets": {
            program: inspecting(v => ({ subnetIds: two(v) })),
            because: ofBalanced("several subnets"),
        },
        "a subnet that is linked to a gateway endpoint": {
            program: () => {
                const v = vpc();
                new ec2.VpcEndpointSubnetAssociation("link", {
                    vpcEndpointId: gateway(v).id,
                    subnetId: subnet(v).id,
                });
            },
            because: ofGateway("subnets"),
        },
        "a security group that is associated with a gateway endpoint": {
            program: () => {
                const v = vpc();
                new ec2.SecurityGroupAssociation("link", {
                    vpcEndpointId: gateway(v).id,
                    securityGroupId: securityGroup(v).id,
                });
            },
            because: ofGateway("security groups"),
        },
        "private DNS of a gateway endpoint that a resource of its own turns on": {
            program: () =>
                new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: gateway(vpc()).id, privateDnsEnabled: true }),
            because: ofGateway("private DNS"),
        },
        "a route table that is associated with an interface endpoint": {
            program: () => {
                const v = vpc();
                new ec2.VpcEndpointRouteTableAssociation("link", {
                    vpcEndpointId: endpoint(v).id,
                    routeTableId: routeTable(v).id,
                });
            },
            because: ofInterface,
        },
        "a policy of its own for a Gateway Load Balancer endpoint": {
            program: () => new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: balanced(vpc()).id, policy: ownPolicy }),
            because: ofBalanced("a policy"),
        },
        "a second subnet that is linked to a Gateway Load Balancer endpoint": {
            program: () => {
                const v = vpc();
                const [first, second] = [subnet(v, {}, "a").id, subnet(v, {}, "b").id];
                const vpcEndpointId = balanced(v, { subnetIds: [first] }).id;
                new ec2.VpcEndpointSubnetAssociation("link", { vpcEndpointId, subnetId: second });
            },
            because: ofBalanced("several subnets"),
        },
        "an aws-native gateway endpoint with subnets": {
            program: () => {
                const v = nativeVpc();
                nativeGateway(v, { subnetIds: [nativeSubnet(v).subnetId] });
            },
            because: ofGateway("subnets"),
        },
        "an aws-native Gateway Load Balancer endpoint with a policy": {
            program: () =>
                new native.VpcEndpoint("inspection", {
                    vpcId: nativeVpc().vpcId,
                    vpcEndpointType: "GatewayLoadBalancer",
                    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                    policyDocument: ownPolicy,
                }),
            because: ofBalanced("a policy"),
        },
    },
    waitsFor: {
        "the type": {
            program: with_(gateway, v => ({
                vpcEndpointType: v.arn.apply(() => "Gateway"),
                subnetIds: [subnet(v).id],
            })),
            on: ["s3"],
            then: ofGateway("subnets"),
        },
        "whether private DNS is on": {
            program: with_(gateway, v => ({ privateDnsEnabled: v.arn.apply(() => true) })),
            on: ["s3"],
            then: ofGateway("private DNS"),
        },
        "a list of subnets that may be empty": {
            program: with_(gateway, v => ({ subnetIds: pulumi.output(subnet(v).id).apply(id => [id]) })),
            on: ["s3"],
            then: ofGateway("subnets"),
        },
        "which endpoint a policy is for": {
            program: () => {
                const v = vpc();
                const ids = pulumi.all([balanced(v).id, endpoint(v).id]);
                new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: ids.apply(([id]) => id), policy: ownPolicy });
            },
            on: ["inspection"],
            then: ofBalanced("a policy"),
        },
    },
    doesNotJudge: {
        "an endpoint of a type that came after this pack": () => {
            const v = vpc();
            endpoint(v, { vpcEndpointType: "Quantum", routeTableIds: [v.mainRouteTableId] });
        },
    },
});
