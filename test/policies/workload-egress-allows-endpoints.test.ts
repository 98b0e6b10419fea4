import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/workload-egress-allows-endpoints";
import { table } from "../table";
import {
    associate,
    endpoint,
    gateway,
    type HasId,
    https,
    nativeEndpoint,
    nativeHttps,
    nativeSubnet,
    nativeVpc,
    peering,
    privateZone,
    routeTable,
    securityGroup,
    subnet,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

type Rule = Partial<aws.types.input.ec2.SecurityGroupEgress>;

const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const elsewhere = { cidrBlocks: ["10.0.9.0/24"] };

/** An instance called "app" in a subnet of the VPC, whose group "web" lets it out to each of the destinations on port 443, unless they say otherwise. */
const app = (of: HasId, ...rules: readonly Rule[]) => {
    const egress = rules.map(rule => ({ ...https, ...rule }));
    const web = new ec2.SecurityGroup("web", { vpcId: of.id, egress });
    const home = subnet(of);
    instance(home, [web.id]);
    return { web, home };
};

const instance = ({ id }: HasId, vpcSecurityGroupIds: pulumi.Input<string>[], name = "app") =>
    new ec2.Instance(name, {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        subnetId: id,
        vpcSecurityGroupIds,
    });

/** A CodeBuild project called "app" in a subnet of the VPC, and a group "web" that lets nothing out. */
const build = (of: aws.ec2.Vpc, groups: (web: aws.ec2.SecurityGroup) => pulumi.Input<string>[]) =>
    new aws.codebuild.Project("app", {
        serviceRole: "arn:aws:iam::111122223333:role/build",
        artifacts: { type: "NO_ARTIFACTS" },
        environment: {
            computeType: "BUILD_GENERAL1_SMALL",
            image: "aws/codebuild/standard:7.0",
            type: "LINUX_CONTAINER",
        },
        source: { type: "NO_SOURCE", buildspec: "version: 0.2" },
        vpcConfig: {
            vpcId: of.id,
            subnets: [subnet(of).id],
            securityGroupIds: groups(new ec2.SecurityGroup("web", { vpcId: of.id })),
        },
    });

/** An interface endpoint in a subnet of its own, with a group of its own. */
const own = (of: HasId, service = "logs", args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    endpoint(
        of,
        {
            subnetIds: [subnet(of, { cidrBlock: "10.0.2.0/24" }, service).id],
            securityGroupIds: [securityGroup(of, service).id],
            ...args,
        },
        service,
    );

/** A gateway endpoint in the route table of the subnet. */
const routed = (of: HasId, home: aws.ec2.Subnet, service = "s3") => {
    const private_ = routeTable(of);
    associate(home, private_);
    return gateway(of, { routeTableIds: [private_.id] }, service);
};

/** VPC main with an instance, whose routes lead to VPC hub, which has an endpoint that the instance finds by name. */
const beyond = (...rules: readonly Rule[]) => {
    const [spoke, hub] = [vpc(), vpc({ cidrBlock: "10.9.0.0/16" }, "hub")];
    const { home } = app(spoke, ...rules);
    const routes = [{ cidrBlock: "10.9.0.0/16", vpcPeeringConnectionId: peering(spoke, hub).id }];
    associate(home, routeTable(spoke, routes));
    endpoint(hub, {
        subnetIds: [subnet(hub, { cidrBlock: "10.9.2.0/24" }, "logs").id],
        securityGroupIds: [securityGroup(hub).id],
    });
    privateZone("logs.us-east-1.amazonaws.com", spoke);
};

const cutOff = (endpoints: string, groups = "security group web", workload = "instance app") => ({
    app: new RegExp(`^No egress rule of ${groups} leads ${workload} to any endpoint that serves it: ${endpoints}\\.$`),
});

table(policy, {
    why: "An endpoint that admits a workload is of no use if the workload's own security group lets nothing out to it. One of the `aws` provider without egress rules lets nothing out.",
    page: { rejects: "a group without egress", accepts: "the block of the VPC as the destination" },
    accepts: {
        "a CodeBuild project in the default group, too, which lets everything out": () => {
            const v = vpc();
            own(v);
            build(v, web => [web.id, v.defaultSecurityGroupId]);
        },
        "everything to leave": () => {
            const v = vpc();
            app(v, everything);
            own(v);
        },
        "everything to leave by the service's port": () => {
            const v = vpc();
            app(v, { cidrBlocks: ["0.0.0.0/0"] });
            own(v);
        },
        "the block of the VPC as the destination": () => {
            const v = vpc();
            app(v, { cidrBlocks: [v.cidrBlock] });
            own(v);
        },
        "the block of the VPC as the destination, where the endpoint's subnets are computed": () => {
            const v = vpc();
            app(v, { cidrBlocks: [v.cidrBlock] });
            own(v, "logs", { subnetIds: subnet(v, {}, "endpoints").id.apply(id => [id]) });
        },
        "the block of the endpoint's subnet as the destination": () => {
            const v = vpc();
            app(v, { cidrBlocks: ["10.0.2.0/24"] });
            own(v);
        },
        "an address in the endpoint's subnet as the destination": () => {
            const v = vpc();
            app(v, { cidrBlocks: ["10.0.2.10/32"] });
            own(v);
        },
        "the endpoint's security group as the destination": () => {
            const v = vpc();
            const endpoints = securityGroup(v);
            app(v, { securityGroups: [endpoints.id] });
            own(v, "logs", { securityGroupIds: [endpoints.id] });
        },
        "the endpoint's security group in a rule of its own": () => {
            const v = vpc();
            const endpoints = securityGroup(v);
            const { web } = app(v);
            new aws.vpc.SecurityGroupEgressRule("logs", {
                ...nativeHttps,
                securityGroupId: web.id,
                referencedSecurityGroupId: endpoints.id,
            });
            own(v, "logs", { securityGroupIds: [endpoints.id] });
        },
        "one of several endpoints as the destination": () => {
            const v = vpc();
            const endpoints = securityGroup(v);
            app(v, { securityGroups: [endpoints.id] });
            own(v, "logs", { securityGroupIds: [endpoints.id] });
            own(v, "kms");
        },
        "a rule of one of several groups": () => {
            const v = vpc();
            const web = new ec2.SecurityGroup("web", { vpcId: v.id, egress: [{ ...https, ...elsewhere }] });
            const more = new ec2.SecurityGroup("more", {
                vpcId: v.id,
                egress: [{ ...https, cidrBlocks: ["10.0.2.0/24"] }],
            });
            instance(subnet(v), [web.id, more.id]);
            own(v);
        },
        "everything to leave by a rule of its own": () => {
            const v = vpc();
            const { web } = app(v, elsewhere);
            new ec2.SecurityGroupRule("all", { ...everything, type: "egress", securityGroupId: web.id });
            own(v);
        },
        "everything to leave by one of several groups, where the endpoint's security groups are computed": () => {
            const v = vpc();
            const { home, web } = app(v, elsewhere, everything);
            const more = new ec2.SecurityGroup("more", { vpcId: v.id, egress: [{ ...https, ...elsewhere }] });
            instance(home, [web.id, more.id], "batch");
            own(v, "logs", { securityGroupIds: web.id.apply(id => [id]) });
        },
        "the prefix list of a gateway endpoint": () => {
            const v = vpc();
            const endpoints = vpc({}, "other");
            const s3 = gateway(endpoints, {}, "s3", "elsewhere");
            const { home } = app(v, { prefixListIds: [s3.prefixListId] });
            routed(v, home);
        },
        "the prefix list of a gateway endpoint itself": () => {
            const v = vpc();
            const home = subnet(v);
            const s3 = routed(v, home);
            const egress = [{ ...https, prefixListIds: [s3.prefixListId] }];
            instance(home, [new ec2.SecurityGroup("web", { vpcId: v.id, egress }).id]);
        },
        "public addresses beside a gateway endpoint, which may be those of its service": () => {
            const v = vpc();
            const { home } = app(v, { cidrBlocks: ["52.216.0.0/15"] });
            routed(v, home);
        },
        "a gateway endpoint in another route table, which does not serve the workload": () => {
            const v = vpc();
            app(v, elsewhere);
            routed(v, subnet(v, { cidrBlock: "10.0.3.0/24" }, "data"));
        },
        "an endpoint in another VPC": () => {
            app(vpc(), elsewhere);
            own(vpc({ cidrBlock: "10.9.0.0/16" }, "other"));
        },
        "the addresses of an endpoint of a peered VPC that serves the workload": () => {
            beyond({ cidrBlocks: ["10.9.2.0/24"] });
        },
        "no endpoint at all": () => app(vpc(), elsewhere),
        "a Gateway Load Balancer endpoint alone": () => {
            const v = vpc();
            app(v, elsewhere);
            own(v, "logs", {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            });
        },
        "any port of a service that is not AWS's": () => {
            const v = vpc();
            app(v, { cidrBlocks: ["10.0.0.0/16"], fromPort: 8080, toPort: 8080 });
            own(v, "logs", { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718" });
        },
        "the VPC's default group, which lets everything out": () => {
            const v = vpc();
            instance(subnet(v), []);
            own(v);
        },
        "the VPC's default group, whatever rules are added": () => {
            const v = vpc();
            instance(subnet(v), []);
            new ec2.SecurityGroupRule("more", {
                ...https,
                type: "egress",
                securityGroupId: v.defaultSecurityGroupId,
                ...elsewhere,
            });
            own(v);
        },
        "an aws-native group without egress, which lets everything out": () => {
            const v = nativeVpc();
            const { groupId } = new native.SecurityGroup("web", { vpcId: v.vpcId, groupDescription: "Web" });
            const { subnetId } = nativeSubnet(v);
            new native.Instance("app", { subnetId, securityGroupIds: [groupId] });
            nativeEndpoint(v, { subnetIds: [subnetId] });
        },
        "a database": () => {
            const v = vpc();
            new aws.rds.Instance("database", {
                instanceClass: "db.t3.micro",
                vpcSecurityGroupIds: [securityGroup(v, "data").id],
                dbSubnetGroupName: new aws.rds.SubnetGroup("data", { subnetIds: [subnet(v).id] }).name,
            });
            own(v);
        },
    },
    rejects: {
        "a CodeBuild project, which names its VPC beside its group": {
            program: () => {
                const v = vpc();
                own(v);
                build(v, web => [web.id]);
            },
            because: cutOff("endpoint logs", "security group web", "CodeBuild project app"),
        },
        "an endpoint of a peered VPC that serves the workload": {
            program: () => {
                beyond({ cidrBlocks: ["10.0.0.0/16"] });
            },
            because: cutOff("endpoint logs"),
        },
        "a group without egress": {
            program: () => {
                const v = vpc();
                app(v);
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "other addresses": {
            program: () => {
                const v = vpc();
                app(v, elsewhere);
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "another port": {
            program: () => {
                const v = vpc();
                app(v, { cidrBlocks: ["0.0.0.0/0"], fromPort: 80, toPort: 80 });
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "another port than that of Amazon Keyspaces": {
            program: () => {
                const v = vpc();
                app(v, { cidrBlocks: ["0.0.0.0/0"] });
                own(v, "cassandra");
            },
            because: cutOff("endpoint cassandra"),
        },
        UDP: {
            program: () => {
                const v = vpc();
                app(v, { cidrBlocks: ["0.0.0.0/0"], protocol: "udp" });
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "another security group": {
            program: () => {
                const v = vpc();
                app(v, { securityGroups: [securityGroup(v, "data").id] });
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "what lets the endpoint in, but the workload not out": {
            program: () => {
                const v = vpc();
                const { web } = app(v, elsewhere);
                new ec2.SecurityGroupRule("logs", {
                    ...https,
                    type: "ingress",
                    securityGroupId: web.id,
                    cidrBlocks: ["10.0.0.0/16"],
                });
                own(v);
            },
            because: cutOff("endpoint logs"),
        },
        "all endpoints that serve a workload, and all its groups": {
            program: () => {
                const v = vpc();
                const home = subnet(v);
                const groups = ["a", "b"].map(
                    name => new ec2.SecurityGroup(name, { vpcId: v.id, egress: [{ ...https, ...elsewhere }] }).id,
                );
                instance(home, groups);
                own(v);
                routed(v, home);
            },
            because: cutOff("endpoints logs and s3", "security groups a and b"),
        },
        "private addresses beside a gateway endpoint": {
            program: () => {
                const v = vpc();
                const { home } = app(v, { cidrBlocks: ["10.0.0.0/8"] });
                routed(v, home);
            },
            because: cutOff("endpoint s3"),
        },
        "the prefix list of another service's gateway endpoint": {
            program: () => {
                const v = vpc();
                const dynamodb = gateway(vpc({}, "other"), {}, "dynamodb");
                const { home } = app(v, { prefixListIds: [dynamodb.prefixListId] });
                routed(v, home);
            },
            because: cutOff("endpoint s3"),
        },
        "a prefix list of the stack": {
            program: () => {
                const v = vpc();
                const list = new ec2.ManagedPrefixList("offices", {
                    addressFamily: "IPv4",
                    maxEntries: 1,
                    entries: [{ cidr: "10.0.9.0/24" }],
                });
                const { home } = app(v, { prefixListIds: [list.id] });
                routed(v, home);
            },
            because: cutOff("endpoint s3"),
        },
        "the adopted default group without egress": {
            program: () => {
                const v = vpc();
                new ec2.DefaultSecurityGroup("default", { vpcId: v.id });
                instance(subnet(v), []);
                own(v);
            },
            because: cutOff("endpoint logs", "security group default"),
        },
        "a Lambda function": {
            program: () => {
                const v = vpc();
                new aws.lambda.Function("app", {
                    role: "arn:aws:iam::123456789012:role/app",
                    vpcConfig: { subnetIds: [subnet(v).id], securityGroupIds: [securityGroup(v, "web").id] },
                });
                own(v);
            },
            because: cutOff("endpoint logs", "security group web", "Lambda function app"),
        },
        "an aws-native group that lets out elsewhere": {
            program: () => {
                const v = nativeVpc();
                const { groupId } = new native.SecurityGroup("web", { vpcId: v.vpcId, groupDescription: "Web" });
                new native.SecurityGroupEgress("elsewhere", { ...nativeHttps, groupId, cidrIp: "10.0.9.0/24" });
                const { subnetId } = nativeSubnet(v);
                new native.Instance("app", { subnetId, securityGroupIds: [groupId] });
                nativeEndpoint(v, { subnetIds: [subnetId] });
            },
            because: cutOff("endpoint logs"),
        },
        "an aws-native group that lets out on another port": {
            program: () => {
                const v = nativeVpc();
                const securityGroupEgress = [{ ...nativeHttps, toPort: 80, fromPort: 80, cidrIp: "0.0.0.0/0" }];
                const { groupId } = new native.SecurityGroup("web", {
                    vpcId: v.vpcId,
                    groupDescription: "Web",
                    securityGroupEgress,
                });
                const { subnetId } = nativeSubnet(v);
                new native.Instance("app", { subnetId, securityGroupIds: [groupId] });
                nativeEndpoint(v, { subnetIds: [subnetId] });
            },
            because: cutOff("endpoint logs"),
        },
    },
    waitsFor: {
        "a block that is computed": {
            program: () => {
                const v = vpc();
                app(v, { cidrBlocks: [new aws.s3.Bucket("assets").id.apply(() => "10.0.9.0/24")] });
                own(v);
            },
            on: ["app"],
            then: cutOff("endpoint logs"),
        },
        "which of two groups a workload has": {
            program: () => {
                const v = vpc();
                const web = new ec2.SecurityGroup("web", { vpcId: v.id });
                const open = new ec2.SecurityGroup("open", { vpcId: v.id, egress: [everything] });
                instance(subnet(v), [pulumi.all([web.id, open.id]).apply(([first]) => first)]);
                own(v);
            },
            on: ["app"],
            then: cutOff("endpoint logs"),
        },
        "to which of two aws-native groups the only rule belongs, without which everything is let out": {
            program: () => {
                const v = nativeVpc();
                const group = (name: string) =>
                    new native.SecurityGroup(name, { vpcId: v.vpcId, groupDescription: name }).groupId;
                const [web, other] = [group("web"), group("other")];
                const groupId = pulumi.all([web, other]).apply(([first]) => first);
                new native.SecurityGroupEgress("elsewhere", { ...nativeHttps, groupId, cidrIp: "10.0.9.0/24" });
                const { subnetId } = nativeSubnet(v);
                new native.Instance("app", { subnetId, securityGroupIds: [web] });
                nativeEndpoint(v, { subnetIds: [subnetId] });
            },
            on: ["app"],
            then: cutOff("endpoint logs"),
        },
        "whether a prefix list is that of the gateway endpoint's service": {
            program: () => {
                const v = vpc();
                const { home } = app(v, { prefixListIds: ["pl-0123456789abcdef0"] });
                routed(v, home);
            },
            on: ["app"],
            then: {},
        },
    },
    doesNotJudge: {
        "a group outside": () => {
            const v = vpc();
            instance(subnet(v), ["sg-0123456789abcdef0"]);
            own(v);
        },
        "a group that another stack has made": {
            program: () => {
                const v = vpc();
                instance(subnet(v), [ec2.SecurityGroup.get("web", "sg-0123456789abcdef0").id]);
                own(v);
            },
            inExport: cutOff("endpoint logs"),
        },
        "a group outside as the destination": () => {
            const v = vpc();
            app(v, { securityGroups: ["sg-0123456789abcdef0"] });
            own(v, "logs", { securityGroupIds: ["sg-0123456789abcdef0"] });
        },
        "a prefix list outside as the destination": () => {
            const v = vpc();
            app(v, { prefixListIds: ["pl-0123456789abcdef0"] });
            own(v);
        },
        "a VPC outside": () => {
            const v = { id: "vpc-0a1b2c3d4e5f60718" };
            app(v, elsewhere);
            own(v);
        },
        "a VPC that another stack has made": {
            program: () => {
                const v = vpcElsewhere();
                app(v, elsewhere);
                own(v);
            },
            inExport: cutOff("endpoint logs"),
        },
        "a workload whose routes lead to a transit gateway outside": () => {
            const v = vpc();
            const { home } = app(v, { cidrBlocks: ["10.8.0.0/16"] });
            associate(home, routeTable(v, [{ cidrBlock: "10.8.0.0/16", transitGatewayId: "tgw-0123456789abcdef0" }]));
            own(v);
        },
    },
});
