import * as aws from "@pulumi/aws";
import * as nativeEc2 from "@pulumi/aws-native/ec2";
import * as nativeIam from "@pulumi/aws-native/iam";
import policy from "../../policies/ssm-endpoints-complete";
import { table } from "../table";
import {
    endpoint,
    type HasId,
    nativeSubnet,
    nativeVpc,
    publicSubnet,
    routed,
    subnet,
    vpc,
    vpcElsewhere,
} from "./network";
import { allowing, endpoints, role as plainRole, spokeOf, trusting, withNat } from "./workloads";

const { ec2, iam } = aws;

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const trust = trusting("ec2");
const ami = "ami-0123456789abcdef0";
const instanceType = "t3.micro";

const role = (args: Partial<aws.iam.RoleArgs> = { managedPolicyArns: [core] }) => plainRole(args);
const profile = (of: aws.iam.Role = role()) => new iam.InstanceProfile("app", { role: of.name });
const instance = (of: HasId, args: Partial<aws.ec2.InstanceArgs> = {}) =>
    new ec2.Instance("app", { ami, instanceType, subnetId: of.id, ...args });
const managed = (of: HasId, args: Partial<aws.ec2.InstanceArgs> = {}) =>
    instance(of, { iamInstanceProfile: profile().name, ...args });
/** A VPC with these endpoints, and an instance in a subnet without a way out that its role gives to Systems Manager. */
const isolated =
    (...services: readonly string[]) =>
    () => {
        const v = vpc();
        endpoints(v, ...services);
        managed(subnet(v));
    };
const required = { ec2messages: "required" };

const notReached = (...services: readonly string[]) => ({
    main: new RegExp(
        `^Systems Manager does not reach instance app of VPC main: there is no way out, and no endpoint for ${services.join(" and ")}\\.$`,
    ),
});
const begun = (services: string) => ({
    main: new RegExp(`^Probable: VPC main has some of the endpoints for Systems Manager, but none for ${services}\\.$`),
});

table(policy, {
    why: "SSM Agent speaks to Systems Manager through `ssm` and `ssmmessages`. Where one of them is missing and there is no other way, Run Command and Session Manager do not reach the instance.",
    page: { rejects: "an instance that only ssm serves", accepts: "an instance that all three endpoints serve" },
    accepts: {
        "an instance that both endpoints serve, where ec2messages is optional": {
            program: isolated("ssm", "ssmmessages"),
            config: { ec2messages: "optional" },
        },
        "an instance that all three endpoints serve": isolated("ssm", "ssmmessages", "ec2messages"),
        "an instance that all three endpoints serve where they are required": {
            program: isolated("ssm", "ssmmessages", "ec2messages"),
            config: required,
        },
        "an instance with a NAT gateway": () => managed(withNat(vpc())),
        "an instance with a public address behind an internet gateway": () =>
            managed(publicSubnet(vpc()), { associatePublicIpAddress: true }),
        "an instance that its subnet gives a public address": () =>
            managed(publicSubnet(vpc(), { mapPublicIpOnLaunch: true })),
        "an instance with an Elastic IP behind an internet gateway": () =>
            new ec2.Eip("app", { instance: managed(publicSubnet(vpc())).id }),
        "an instance without a role": () => instance(subnet(vpc())),
        "an instance whose role is not for Systems Manager": () =>
            instance(subnet(vpc()), {
                iamInstanceProfile: profile(role({ managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }))
                    .name,
            }),
        "an instance whose role may do everything": () =>
            instance(subnet(vpc()), {
                iamInstanceProfile: profile(role({ inlinePolicies: [{ name: "all", policy: allowing("*") }] })).name,
            }),
        "ssm alone, for Parameter Store": () => {
            const v = vpc();
            endpoints(v, "ssm");
            instance(subnet(v));
        },
        "ssmmessages alone, for ECS Exec": () => {
            const v = vpc();
            endpoints(v, "ssmmessages");
            instance(subnet(v));
        },
        "ssm and ssmmessages without an instance": () => {
            endpoints(vpc(), "ssm", "ssmmessages");
        },
        "the whole set beside a NAT gateway": () => {
            const v = vpc();
            endpoints(v, "ssm", "ssmmessages");
            managed(withNat(v));
        },
        "ssm and ssmmessages in a Region without ec2messages, though it is required": {
            program: () => {
                const v = vpc({ region: "ap-southeast-5" });
                for (const service of ["ssm", "ssmmessages"]) {
                    const serviceName = `com.amazonaws.ap-southeast-5.${service}`;
                    endpoint(v, { serviceName, region: "ap-southeast-5" }, service);
                }
                managed(subnet(v, { region: "ap-southeast-5" }), { region: "ap-southeast-5" });
            },
            config: required,
        },
        "an instance in another VPC that its endpoints serve": () => {
            vpc({}, "other");
            isolated("ssm", "ssmmessages", "ec2messages")();
        },
        "an instance that a hub's endpoints serve": {
            program: () => managed(spokeOf(vpc(), ["ssm", "ssmmessages"])),
            config: { ec2messages: "optional" },
        },
        "an empty VPC": () => vpc(),
        "an aws-native instance that the endpoints serve": () => {
            const v = nativeVpc();
            for (const service of ["ssm", "ssmmessages", "ec2messages"]) {
                const serviceName = `com.amazonaws.us-east-1.${service}`;
                new nativeEc2.VpcEndpoint(service, { vpcId: v.vpcId, serviceName, vpcEndpointType: "Interface" });
            }
            const made = new nativeIam.Role("app", { assumeRolePolicyDocument: trust, managedPolicyArns: [core] });
            const iamInstanceProfile = new nativeIam.InstanceProfile("app", { roles: [made.id] }).id;
            new nativeEc2.Instance("app", { subnetId: nativeSubnet(v).id, iamInstanceProfile });
        },
    },
    rejects: {
        "an instance without a way out and without endpoints": {
            program: isolated(),
            because: notReached("ssm", "ssmmessages"),
        },
        "an instance that endpoints of another Region alone are routed to": {
            program: () => managed(spokeOf(vpc({ region: "eu-west-1" }), ["ssm", "ssmmessages"])),
            because: notReached("ssm", "ssmmessages"),
        },
        "an instance that only ssm serves": { program: isolated("ssm"), because: notReached("ssmmessages") },
        "an instance that only ssmmessages serves": { program: isolated("ssmmessages"), because: notReached("ssm") },
        "an instance that ec2messages serves in the place of ssmmessages": {
            program: isolated("ssm", "ec2messages"),
            because: notReached("ssmmessages"),
        },
        "an instance that ec2messages does not serve where it is required": {
            program: isolated("ssm", "ssmmessages"),
            config: required,
            because: notReached("ec2messages"),
        },
        "an instance that none of three serves where all are required": {
            program: isolated(),
            config: required,
            because: {
                main: /there is no way out, and no endpoint for ec2messages, ssm and ssmmessages\.$/,
            },
        },
        "an instance behind an internet gateway without a public address": {
            program: () => managed(publicSubnet(vpc()), { associatePublicIpAddress: false }),
            because: notReached("ssm", "ssmmessages"),
        },
        "an instance whose role has a policy of the author's own": {
            program: () => {
                const made = role({});
                new iam.RolePolicy("agent", {
                    role: made.id,
                    policy: allowing("ssm:UpdateInstanceInformation", "ssmmessages:*"),
                });
                instance(subnet(vpc()), { iamInstanceProfile: profile(made).name });
            },
            because: notReached("ssm", "ssmmessages"),
        },
        "an instance without a role beside ssm and ec2messages": {
            program: () => {
                const v = vpc();
                endpoints(v, "ssm", "ec2messages");
                instance(subnet(v));
            },
            because: notReached("ssmmessages"),
        },
        "an Auto Scaling group by its launch template": {
            program: () => {
                const made = new ec2.LaunchTemplate("app", { iamInstanceProfile: { name: profile().name } });
                const vpcZoneIdentifiers = [subnet(vpc()).id];
                const launchTemplate = { id: made.id, version: "$Latest" };
                new aws.autoscaling.Group("app", { minSize: 1, maxSize: 1, vpcZoneIdentifiers, launchTemplate });
            },
            because: { main: /^Systems Manager does not reach Auto Scaling group app of VPC main/ },
        },
        "EKS nodes by their role": {
            program: () => {
                const subnetIds = [subnet(vpc()).id];
                const nodeRoleArn = role().arn;
                const scalingConfig = { minSize: 1, maxSize: 1, desiredSize: 1 };
                new aws.eks.NodeGroup("app", { clusterName: "eks", nodeRoleArn, subnetIds, scalingConfig });
            },
            because: { main: /^Systems Manager does not reach EKS node group app of VPC main/ },
        },
        "several instances in one finding for their VPC": {
            program: () => {
                const in_ = subnet(vpc());
                const { name: iamInstanceProfile } = profile();
                for (const name of ["a", "b"]) {
                    new ec2.Instance(name, { ami, instanceType, subnetId: in_.id, iamInstanceProfile });
                }
            },
            because: { main: /does not reach instance a and instance b of VPC main/ },
        },
        "an instance that only another VPC's endpoints could serve": {
            program: () => {
                endpoints(vpc({}, "other"), "ssm", "ssmmessages", "ec2messages");
                isolated()();
            },
            because: notReached("ssm", "ssmmessages"),
        },
        "an instance in a spoke to which the zone of ssmmessages does not reach": {
            program: () => managed(spokeOf(vpc(), ["ssm", "ssmmessages"], ["ssm"])),
            because: notReached("ssmmessages"),
        },
        "ec2messages in a Region that does not have it": {
            program: () => {
                const v = vpc({ region: "mx-central-1" });
                for (const service of ["ssm", "ssmmessages", "ec2messages"]) {
                    const serviceName = `com.amazonaws.mx-central-1.${service}`;
                    endpoint(v, { serviceName, region: "mx-central-1" }, service);
                }
            },
            because: {
                main: /^VPC main has endpoint ec2messages for com\.amazonaws\.mx-central-1\.ec2messages, which does not exist\.$/,
            },
        },
        "an aws-native instance without endpoints": {
            program: () => {
                const made = new nativeIam.Role("app", { assumeRolePolicyDocument: trust, managedPolicyArns: [core] });
                const iamInstanceProfile = new nativeIam.InstanceProfile("app", { roles: [made.id] }).id;
                new nativeEc2.Instance("app", { subnetId: nativeSubnet(nativeVpc()).id, iamInstanceProfile });
            },
            because: notReached("ssm", "ssmmessages"),
        },
        "a set without ec2messages, which older agents need": {
            program: isolated("ssm", "ssmmessages"),
            because: {
                main: /^Probable: Systems Manager does not reach instance app of VPC main where the agent is older than 3\.3\.40\.0: there is no endpoint for ec2messages\.$/,
            },
            probable: true,
        },
        "a set that is begun though there is a way out": {
            program: () => {
                const v = vpc();
                endpoints(v, "ssm", "ec2messages");
                managed(withNat(v));
            },
            because: begun("ssmmessages"),
            probable: true,
        },
        "a set that is begun though no instance is seen": {
            program: () => {
                endpoints(vpc(), "ssmmessages", "ec2messages");
            },
            because: begun("ssm"),
            probable: true,
        },
        "ec2messages alone": {
            program: () => {
                endpoints(vpc(), "ec2messages");
            },
            because: begun("ssm and ssmmessages"),
            probable: true,
        },
        "a set without ec2messages where it is required": {
            program: () => {
                endpoints(vpc(), "ssm", "ssmmessages");
            },
            config: required,
            because: begun("ec2messages"),
            probable: true,
        },
    },
    waitsFor: {
        "a policy that is made of an id": {
            program: () => {
                const bucket = new aws.s3.Bucket("logs");
                const document = bucket.arn.apply(Resource =>
                    JSON.stringify({
                        Version: "2012-10-17",
                        Statement: [
                            { Effect: "Allow", Action: "ssmmessages:*", Resource: "*" },
                            { Effect: "Allow", Action: "s3:PutObject", Resource },
                        ],
                    }),
                );
                const made = role({});
                new iam.RolePolicy("agent", { role: made.id, policy: document });
                instance(subnet(vpc()), { iamInstanceProfile: profile(made).name });
            },
            on: ["main"],
            naming: /which waits for Bucket logs/,
            then: notReached("ssm", "ssmmessages"),
        },
    },
    doesNotJudge: {
        "an instance whose role is outside": () => instance(subnet(vpc()), { iamInstanceProfile: "other" }),
        "an instance whose subnet is outside": () => managed({ id: "subnet-0a1b2c3d4e5f60718" }),
        "an instance whose route table is outside": () => {
            const in_ = subnet(vpc());
            new ec2.RouteTableAssociation("app", { subnetId: in_.id, routeTableId: "rtb-0a1b2c3d4e5f60718" });
            managed(in_);
        },
        "an instance whose default route leads to a transit gateway outside": () =>
            managed(routed(vpc(), [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-0a1b2c3d4e5f60718" }])),
        "an instance in a VPC outside": {
            program: () => managed(subnet(vpcElsewhere())),
            inExport: { elsewhere: /^Systems Manager does not reach instance app of VPC elsewhere/ },
        },
    },
});
