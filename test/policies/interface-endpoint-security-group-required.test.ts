import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-security-group-required";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeVpc, securityGroup, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const associated = (
    of: aws.ec2.VpcEndpoint,
    securityGroupId: pulumi.Input<string>,
    replaceDefaultAssociation?: pulumi.Input<boolean>,
) =>
    new ec2.SecurityGroupAssociation("association", {
        vpcEndpointId: of.id,
        securityGroupId,
        ...(replaceDefaultAssociation !== undefined && { replaceDefaultAssociation }),
    });

const adoptedDefault = ({ id }: aws.ec2.Vpc) => new ec2.DefaultSecurityGroup("default", { vpcId: id });
const nativeGroup = ({ vpcId }: native.Vpc) =>
    new native.SecurityGroup("endpoints", { vpcId, groupDescription: "Endpoints" });

const outside = "vpc-0a1b2c3d4e5f60718";
const groupOutside = "sg-0123456789abcdef0";
const none = {
    logs: /^Interface endpoint logs names no security group, so AWS gives it the default one of its VPC\.$/,
};
const theDefault = { logs: /^Interface endpoint logs has the default security group of its VPC/ };

table(policy, {
    why: "Without a security group of its own, an endpoint gets the default one of the VPC, whose members and rules were made for something else.",
    accepts: {
        "a security group of the stack": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: [securityGroup(v).id] });
        },
        "several security groups": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: ["a", "b"].map(name => securityGroup(v, name).id) });
        },
        "a secret security group": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: [pulumi.secret(securityGroup(v).id)] });
        },
        "a security group that is called default": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: [securityGroup(v, "default").id] });
        },
        "an association that replaces the default one": () => {
            const v = vpc();
            associated(endpoint(v), securityGroup(v).id, true);
        },
        "an association beside a group of its own": () => {
            const v = vpc();
            associated(endpoint(v, { securityGroupIds: [securityGroup(v).id] }), securityGroup(v, "more").id);
        },
        "an association that replaces the default one, named with the endpoint": () => {
            const v = vpc();
            associated(endpoint(v, { securityGroupIds: [v.defaultSecurityGroupId] }), securityGroup(v).id, true);
        },
        "a gateway endpoint": () => gateway(vpc()),
        "a Gateway Load Balancer endpoint": () =>
            endpoint(vpc(), {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            }),
        "a resource endpoint": () =>
            new ec2.VpcEndpoint("database", {
                vpcId: vpc().id,
                vpcEndpointType: "Resource",
                resourceConfigurationArn:
                    "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
            }),
        "an aws-native endpoint with a security group": () => {
            const v = nativeVpc();
            nativeEndpoint(v, { securityGroupIds: [nativeGroup(v).groupId] });
        },
        "an aws-native endpoint with a security group of the aws provider": () => {
            const v = vpc();
            new native.VpcEndpoint("logs", {
                vpcId: v.id,
                serviceName: "com.amazonaws.us-east-1.logs",
                vpcEndpointType: "Interface",
                securityGroupIds: [securityGroup(v).id],
            });
        },
    },
    rejects: {
        "no security group": { program: () => endpoint(vpc()), because: none },
        "an empty list": { program: () => endpoint(vpc(), { securityGroupIds: [] }), because: none },
        "no security group in a VPC outside": { program: () => endpoint({ id: outside }), because: none },
        "no security group in a VPC that another stack has made": {
            program: () => endpoint(vpcElsewhere()),
            because: none,
        },
        "an association that leaves the default one": {
            program: () => {
                const v = vpc();
                associated(endpoint(v), securityGroup(v).id);
            },
            because: none,
        },
        "an association that says that it leaves the default one": {
            program: () => {
                const v = vpc();
                associated(endpoint(v), securityGroup(v).id, false);
            },
            because: none,
        },
        "an association that replaces the default one of another endpoint": {
            program: () => {
                const v = vpc();
                endpoint(v);
                associated(endpoint(v, {}, "ssm"), securityGroup(v).id, true);
            },
            because: none,
        },
        "the default group, as the VPC names it": {
            program: () => {
                const v = vpc();
                endpoint(v, { securityGroupIds: [v.defaultSecurityGroupId] });
            },
            because: theDefault,
        },
        "the default group, adopted": {
            program: () => endpoint({ id: outside }, { securityGroupIds: [adoptedDefault(vpc()).id] }),
            because: theDefault,
        },
        "the default group, adopted, as the VPC names it": {
            program: () => {
                const v = vpc();
                adoptedDefault(v);
                endpoint(v, { securityGroupIds: [v.defaultSecurityGroupId] });
            },
            because: theDefault,
        },
        "the default group beside another": {
            program: () => {
                const v = vpc();
                endpoint(v, { securityGroupIds: [securityGroup(v).id, v.defaultSecurityGroupId] });
            },
            because: theDefault,
        },
        "the default group beside one outside": {
            program: () => {
                const v = vpc();
                endpoint(v, { securityGroupIds: [groupOutside, v.defaultSecurityGroupId] });
            },
            because: theDefault,
        },
        "the default group in an association that replaces the default one": {
            program: () => {
                const v = vpc();
                associated(endpoint(v), v.defaultSecurityGroupId, true);
            },
            because: theDefault,
        },
        "the default group in an association beside a group of its own": {
            program: () => {
                const v = vpc();
                associated(endpoint(v, { securityGroupIds: [securityGroup(v).id] }), v.defaultSecurityGroupId);
            },
            because: theDefault,
        },
        "an aws-native endpoint without a security group": {
            program: () => nativeEndpoint(nativeVpc()),
            because: none,
        },
        "an aws-native endpoint with the default group": {
            program: () => {
                const v = nativeVpc();
                nativeEndpoint(v, { securityGroupIds: [v.defaultSecurityGroup] });
            },
            because: theDefault,
        },
    },
    waitsFor: {
        "a computed list of groups": {
            program: () => {
                const v = vpc();
                const groups = [securityGroup(v).id, v.defaultSecurityGroupId];
                endpoint(v, { securityGroupIds: pulumi.all(groups).apply(ids => ids.slice(1)) });
            },
            on: ["logs"],
            then: theDefault,
        },
        "a computed list of the stack's own groups, since it may be empty": {
            program: () => {
                const v = vpc();
                endpoint(v, { securityGroupIds: securityGroup(v).id.apply(id => [id]) });
            },
            on: ["logs"],
            then: {},
        },
        "one of two groups": {
            program: () => {
                const v = vpc();
                const groups = [securityGroup(v).id, v.defaultSecurityGroupId];
                endpoint(v, { securityGroupIds: [pulumi.all(groups).apply(([first]) => first ?? "")] });
            },
            on: ["logs"],
            then: {},
        },
        "whether an association replaces the default one": {
            program: () => {
                const v = vpc();
                const group = securityGroup(v);
                associated(
                    endpoint(v),
                    group.id,
                    group.id.apply(() => true),
                );
            },
            on: ["logs"],
            then: {},
        },
        "a type that is computed": {
            program: () =>
                endpoint(vpc(), { vpcEndpointType: new aws.s3.Bucket("assets").id.apply(() => "Interface") }),
            on: ["logs"],
            then: none,
        },
    },
    doesNotJudge: {
        "a security group outside": () => endpoint(vpc(), { securityGroupIds: [groupOutside] }),
        "a security group outside beside one of the stack": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: [groupOutside, securityGroup(v).id] });
        },
        "a security group that another stack has made": () =>
            endpoint(vpc(), { securityGroupIds: [ec2.SecurityGroup.get("elsewhere", groupOutside).id] }),
        "an association with a group outside that replaces the default one": () =>
            associated(endpoint(vpc()), groupOutside, true),
        "the default group of a VPC that a data source looks up": () =>
            endpoint(
                { id: outside },
                { securityGroupIds: [ec2.getSecurityGroupOutput({ vpcId: outside, name: "default" }).id] },
            ),
    },
});
