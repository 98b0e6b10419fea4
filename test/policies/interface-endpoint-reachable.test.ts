import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-reachable";
import { table } from "../table";
import {
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
    publicSubnet,
    routed,
    securityGroup,
    subnet,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2 } = aws;

type Rule = Partial<aws.types.input.ec2.SecurityGroupIngress>;
type AclRule = Partial<aws.types.input.ec2.NetworkAclIngress>;

const all = { cidrBlocks: ["10.0.0.0/16"] };
const first = { cidrBlocks: ["10.0.1.0/24"] };
const groupOutside = "sg-0123456789abcdef0";

/** A security group called "endpoints" that admits each of the sources on port 443, unless they say otherwise. */
const group = ({ id }: HasId, ...rules: readonly Rule[]) =>
    new ec2.SecurityGroup("endpoints", { vpcId: id, ingress: rules.map(rule => ({ ...https, ...rule })) });

/** An endpoint for CloudWatch Logs whose group admits the sources. */
const admitting = (of: HasId, ...rules: readonly Rule[]) =>
    endpoint(of, { securityGroupIds: [group(of, ...rules).id] });

const more = (of: HasId, name = "data", cidrBlock = "10.0.2.0/24", args: Partial<aws.ec2.SubnetArgs> = {}) =>
    subnet(of, { cidrBlock, ...args }, name);

const instance = ({ id }: HasId, args: Partial<aws.ec2.InstanceArgs> = {}, name = "app") =>
    new ec2.Instance(name, { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: id, ...args });

/** An instance with a security group called "clients". */
const member = (of: HasId, in_: HasId) => {
    const clients = securityGroup(of, "clients");
    instance(in_, { vpcSecurityGroupIds: [clients.id] });
    return clients;
};

/** Instances of an Auto Scaling group in a list of subnets that is not known before they exist. */
const scaled = (...in_: readonly HasId[]) =>
    new aws.autoscaling.Group("servers", {
        minSize: 1,
        maxSize: 2,
        vpcZoneIdentifiers: pulumi.all(in_.map(({ id }) => id)),
        launchTemplate: { id: new ec2.LaunchTemplate("server", { imageId: "ami-0123456789abcdef0" }).id },
    });

const anything = { action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const aclRules = (...rules: readonly AclRule[]) =>
    rules.map((rule, index) => ({ ...anything, ruleNo: 100 * (index + 1), ...rule }));

/** A network ACL called "data" of the subnet, which lets everything through but for what is given. */
const acl = (
    of: HasId,
    in_: HasId,
    rules: { readonly ingress?: readonly AclRule[]; readonly egress?: readonly AclRule[] },
) =>
    new ec2.NetworkAcl("data", {
        vpcId: of.id,
        subnetIds: [in_.id],
        ingress: aclRules(...(rules.ingress ?? [{}])),
        egress: aclRules(...(rules.egress ?? [{}])),
    });

/** An endpoint in one subnet that everyone may reach, and an instance in another one, whose network ACL has rules. */
const apart = (rules: { readonly ingress?: readonly AclRule[]; readonly egress?: readonly AclRule[] }) => {
    const v = vpc();
    const data = more(v);
    instance(data);
    endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
    return acl(v, data, rules);
};

/** The same where all have IPv6 alone. */
const withIpv6 = (rules: { readonly ingress?: readonly AclRule[]; readonly egress?: readonly AclRule[] }) => {
    const v = vpc();
    const six = (name: string, ipv6CidrBlock: string) =>
        new ec2.Subnet(name, { vpcId: v.id, ipv6Native: true, ipv6CidrBlock, assignIpv6AddressOnCreation: true });
    const data = six("data", "2600:1f14:1:2::/64");
    instance(data);
    endpoint(v, {
        ipAddressType: "ipv6",
        subnetIds: [six("app", "2600:1f14:1:1::/64").id],
        securityGroupIds: [group(v, { ipv6CidrBlocks: ["2600:1f14:1::/56"] }).id],
    });
    acl(v, data, rules);
};

/** VPC main with an instance, whose routes lead to VPC hub, which has an endpoint whose group admits the sources. */
const beyond = (isFound: boolean, ...rules: readonly Rule[]) => {
    const [spoke, hub] = [vpc(), vpc({ cidrBlock: "10.1.0.0/16" }, "hub")];
    const home = routed(spoke, [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering(spoke, hub).id }]);
    instance(home);
    admitting(hub, ...rules);
    if (isFound) {
        privateZone("logs.us-east-1.amazonaws.com", spoke);
    }
};

const tcp = { protocol: "tcp" };
const answers = { ...tcp, fromPort: 1024, toPort: 65535 };

const says = (who: string, why = "its security groups let none of that in", port = "port 443") => ({
    logs: new RegExp(`^(Probable: )?Interface endpoint logs cannot be reached on ${port} ${who}: ${why}\\.$`),
});
const dropped = says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)", "network ACL data drops it");
const droppedAnswers = says(
    "by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)",
    "network ACL data drops the answers, to ports 49152-60999 for instance",
);
const closed = says("by instance app in 10\\.0\\.1\\.0/24 \\(subnet app\\)");

table(policy, {
    why: "An endpoint that does not admit its clients is worse than none: the name of the service leads to it, and calls wait until they time out.",
    page: { rejects: "a workload on another port" },
    accepts: {
        "workloads in a list of subnets that is pending, all of which are let in": () => {
            const v = vpc();
            scaled(subnet(v), more(v));
            admitting(v, all);
        },
        "a workload whose security group is let in, where addresses come from a pool": () => {
            const v = new ec2.Vpc("main", {
                ipv4IpamPoolId: "ipam-pool-0123456789abcdef0",
                ipv4NetmaskLength: 16,
                enableDnsHostnames: true,
            });
            const cidrBlock = v.cidrBlock.apply(block => block.replace("0.0/16", "1.0/24"));
            admitting(v, { securityGroups: [member(v, subnet(v, { cidrBlock })).id] });
        },
        "a workload whose subnet is admitted": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, all);
        },
        "a workload whose subnet two rules cover together": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, { cidrBlocks: ["10.0.1.0/25"] }, { cidrBlocks: ["10.0.1.128/25"] });
        },
        "a workload whose subnet two groups cover together": () => {
            const v = vpc();
            instance(subnet(v));
            const one = group(v, { cidrBlocks: ["10.0.1.0/25"] });
            const other = new ec2.SecurityGroup("more", {
                vpcId: v.id,
                ingress: [{ ...https, cidrBlocks: ["10.0.1.128/25"] }],
            });
            endpoint(v, { securityGroupIds: [one.id, other.id] });
        },
        "a workload whose security group is admitted": () => {
            const v = vpc();
            admitting(v, { securityGroups: [member(v, subnet(v)).id] });
        },
        "a workload that has the endpoint's group, which admits itself": () => {
            const v = vpc();
            const own = group(v, { self: true });
            instance(subnet(v), { vpcSecurityGroupIds: [own.id] });
            endpoint(v, { securityGroupIds: [own.id] });
        },
        "a workload in the default group, which is admitted": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, { securityGroups: [v.defaultSecurityGroupId] });
        },
        "a workload that the launch template gives the admitted group": () => {
            const v = vpc();
            const clients = securityGroup(v, "clients");
            new aws.autoscaling.Group("app", {
                minSize: 1,
                maxSize: 2,
                vpcZoneIdentifiers: [subnet(v).id, more(v).id],
                launchTemplate: { id: new ec2.LaunchTemplate("app", { vpcSecurityGroupIds: [clients.id] }).id },
            });
            admitting(v, { securityGroups: [clients.id] });
        },
        "a workload that a prefix list of the stack admits": () => {
            const v = vpc();
            instance(subnet(v));
            const list = new ec2.ManagedPrefixList("clients", {
                addressFamily: "IPv4",
                maxEntries: 5,
                entries: [{ cidr: "10.0.1.0/25" }],
            });
            new ec2.ManagedPrefixListEntry("more", { prefixListId: list.id, cidr: "10.0.1.128/25" });
            admitting(v, { prefixListIds: [list.id] });
        },
        "a workload that rules of their own admit": () => {
            const v = vpc();
            instance(subnet(v));
            const securityGroupId = securityGroup(v).id;
            new aws.vpc.SecurityGroupIngressRule("a", { ...nativeHttps, securityGroupId, cidrIpv4: "10.0.1.0/25" });
            new ec2.SecurityGroupRule("b", {
                ...https,
                type: "ingress",
                securityGroupId,
                cidrBlocks: ["10.0.1.128/25"],
            });
            endpoint(v, { securityGroupIds: [securityGroupId] });
        },
        "all ports": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, { ...all, protocol: "-1", fromPort: 0, toPort: 0 });
        },
        "one of the ports of a service that has several": () => {
            const v = vpc();
            instance(subnet(v));
            const own = group(v, { ...all, fromPort: 587, toPort: 587 });
            endpoint(v, { securityGroupIds: [own.id] }, "email-smtp");
        },
        "any port of a service that is not AWS's": () => {
            const v = vpc();
            instance(subnet(v));
            endpoint(v, {
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                securityGroupIds: [group(v, { ...all, fromPort: 8080, toPort: 8080 }).id],
            });
        },
        "any port of a service that is not known": () => {
            const v = vpc();
            instance(subnet(v));
            const own = group(v, { ...all, fromPort: 8080, toPort: 8080 });
            endpoint(v, { securityGroupIds: [own.id] }, "not-known-yet");
        },
        "the default group, of which another policy speaks": () => {
            const v = vpc();
            instance(subnet(v));
            new ec2.DefaultSecurityGroup("default", { vpcId: v.id });
            endpoint(v);
        },
        "the default group beside one that admits nobody": () => {
            const v = vpc();
            instance(subnet(v));
            endpoint(v, { securityGroupIds: [v.defaultSecurityGroupId, group(v).id] });
        },
        "a gateway endpoint": () => {
            const v = vpc();
            instance(subnet(v));
            gateway(v);
        },
        "workloads that the setting leaves out": {
            config: { clients: ["web-*"] },
            program: () => {
                const v = vpc();
                instance(subnet(v), {}, "web-1");
                instance(more(v), {}, "batch");
                admitting(v, first);
            },
        },
        "a database that is not admitted": () => {
            const v = vpc();
            instance(subnet(v));
            new aws.rds.Instance("database", {
                instanceClass: "db.t3.micro",
                dbSubnetGroupName: new aws.rds.SubnetGroup("data", { subnetIds: [more(v).id] }).name,
            });
            admitting(v, first);
        },
        "a workload of another VPC": () => {
            const v = vpc();
            instance(subnet(v));
            instance(more(vpc({ cidrBlock: "10.9.0.0/16" }, "other"), "other", "10.9.1.0/24"), {}, "other");
            admitting(v, all);
        },
        "a workload of a peered VPC that the endpoint serves": () => {
            beyond(true, first);
        },
        "a workload of a peered VPC that does not find the endpoint by name": () => {
            beyond(false, { cidrBlocks: ["10.1.0.0/16"] });
        },
        "IPv6 addresses that are not admitted to an endpoint without IPv6": () => {
            const v = vpc({ assignGeneratedIpv6CidrBlock: true });
            instance(subnet(v, { ipv6CidrBlock: v.ipv6CidrBlock }));
            admitting(v, all);
        },
        "IPv6 addresses alone that are admitted to an endpoint with both": () => {
            const v = vpc();
            instance(subnet(v, { ipv6CidrBlock: "2600:1f14:1:1::/64" }));
            endpoint(v, {
                ipAddressType: "dualstack",
                securityGroupIds: [group(v, { ipv6CidrBlocks: ["2600:1f14:1::/56"] }).id],
            });
        },
        "a subnet with IPv6 alone, and an endpoint without": () => {
            const v = vpc();
            const six = { ipv6Native: true, ipv6CidrBlock: "2600:1f14:1:1::/64", assignIpv6AddressOnCreation: true };
            instance(new ec2.Subnet("app", { vpcId: v.id, ...six }));
            admitting(v, all);
        },
        "private subnets, all admitted, where no workload is known": () => {
            const v = vpc();
            subnet(v);
            more(v);
            admitting(v, all);
        },
        "a security group, where no workload is known": () => {
            const v = vpc();
            subnet(v);
            admitting(v, { securityGroups: [securityGroup(v, "clients").id] });
        },
        "a public subnet that is not admitted, where no workload is known": () => {
            const v = vpc();
            more(v);
            publicSubnet(v);
            admitting(v, { cidrBlocks: ["10.0.2.0/24"] });
        },
        "a subnet for the endpoints themselves that is not admitted": () => {
            const v = vpc();
            subnet(v);
            endpoint(v, { subnetIds: [more(v).id], securityGroupIds: [group(v, first).id] });
        },
        "clients beyond a transit gateway, where no workload is known": () => {
            const v = vpc();
            const hub = subnet(v);
            new aws.ec2transitgateway.VpcAttachment("hub", {
                vpcId: v.id,
                transitGatewayId: "tgw-0123456789abcdef0",
                subnetIds: [hub.id],
            });
            endpoint(v, { subnetIds: [hub.id], securityGroupIds: [group(v, { cidrBlocks: ["10.8.0.0/16"] }).id] });
        },
        "a VPC without subnets": () => admitting(vpc()),
        "a network ACL that lets the request through, and the answer": () => {
            apart({ egress: [{ ...tcp, fromPort: 443, toPort: 443, cidrBlock: "10.0.1.0/24" }], ingress: [answers] });
        },
        "a network ACL that denies after it allows": () => {
            apart({ egress: [{}, { action: "deny" }] });
        },
        "a network ACL that denies other ports first": () => {
            apart({ egress: [{ ...tcp, action: "deny", fromPort: 0, toPort: 442 }, {}] });
        },
        "a network ACL that denies other addresses first": () => {
            apart({ egress: [{ action: "deny", cidrBlock: "10.0.3.0/24" }, {}] });
        },
        "a network ACL that lets IPv6 through": () => {
            const open = [{ cidrBlock: undefined, ipv6CidrBlock: "::/0" }];
            withIpv6({ ingress: open, egress: open });
        },
        "a network ACL that denies UDP": () => {
            apart({ egress: [{ action: "deny", protocol: "17", fromPort: 443, toPort: 443 }, {}] });
        },
        "a network ACL that denies a part of the ports for answers": () => {
            apart({ ingress: [{ ...tcp, action: "deny", fromPort: 49152, toPort: 60000 }, answers] });
        },
        "a network ACL that drops everything, in the endpoint's own subnet": () => {
            const v = vpc();
            const app = subnet(v);
            instance(app);
            endpoint(v, { subnetIds: [app.id], securityGroupIds: [group(v, all).id] });
            acl(v, app, { ingress: [], egress: [] });
        },
        "a network ACL before one of the endpoint's subnets only": () => {
            const v = vpc();
            instance(subnet(v));
            const [data, other] = [more(v), more(v, "other", "10.0.3.0/24")];
            endpoint(v, { subnetIds: [data.id, other.id], securityGroupIds: [group(v, all).id] });
            acl(v, data, { ingress: [] });
        },
        "a network ACL that drops everything in another subnet": () => {
            const v = vpc();
            instance(subnet(v));
            endpoint(v, { subnetIds: [more(v, "other", "10.0.3.0/24").id], securityGroupIds: [group(v, all).id] });
            acl(v, more(v), { ingress: [], egress: [] });
        },
        "the default network ACL, adopted, that lets everything through": () => {
            const v = vpc();
            instance(more(v));
            endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
            new ec2.DefaultNetworkAcl("default", {
                defaultNetworkAclId: v.defaultNetworkAclId,
                ingress: aclRules({}),
                egress: aclRules({}),
            });
        },
        "the default network ACL, adopted and shut, of subnets that have another one": () => {
            const v = vpc();
            const [data, app] = [more(v), subnet(v)];
            instance(data);
            endpoint(v, { subnetIds: [app.id], securityGroupIds: [group(v, all).id] });
            new ec2.DefaultNetworkAcl("default", { defaultNetworkAclId: v.defaultNetworkAclId });
            const open = acl(v, data, {});
            new ec2.NetworkAclAssociation("app", { networkAclId: open.id, subnetId: app.id });
        },
        "a network ACL whose rules are resources of their own": () => {
            const v = vpc();
            const data = more(v);
            instance(data);
            endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
            const networkAclId = new ec2.NetworkAcl("data", { vpcId: v.id, subnetIds: [data.id] }).id;
            const rule = {
                networkAclId,
                protocol: "tcp",
                ruleAction: "allow",
                ruleNumber: 100,
                cidrBlock: "10.0.0.0/16",
            };
            new ec2.NetworkAclRule("in", { ...rule, fromPort: 1024, toPort: 65535 });
            new ec2.NetworkAclRule("out", { ...rule, egress: true, fromPort: 443, toPort: 443 });
        },
        "an aws-native workload whose subnet is admitted": () => {
            const v = nativeVpc();
            new native.Instance("app", { subnetId: nativeSubnet(v).subnetId });
            const { groupId } = new native.SecurityGroup("endpoints", {
                vpcId: v.vpcId,
                groupDescription: "Endpoints",
            });
            new native.SecurityGroupIngress("all", { ...nativeHttps, groupId, cidrIp: "10.0.0.0/16" });
            nativeEndpoint(v, { securityGroupIds: [groupId] });
        },
    },
    rejects: {
        "a workload whose subnet is not admitted": {
            program: () => {
                const v = vpc();
                instance(more(v));
                admitting(v, first);
            },
            because: says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "those workloads alone that are not admitted": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                instance(more(v), {}, "batch");
                new aws.lambda.Function("report", {
                    role: "arn:aws:iam::123456789012:role/report",
                    vpcConfig: {
                        subnetIds: [more(v, "other", "10.0.3.0/24").id],
                        securityGroupIds: [securityGroup(v, "report").id],
                    },
                });
                admitting(v, first);
            },
            because: says(
                "by Lambda function report and instance batch in 10\\.0\\.2\\.0/24 \\(subnet data\\) and 10\\.0\\.3\\.0/24 \\(subnet other\\)",
            ),
        },
        "a workload in one of whose subnets it is not admitted": {
            program: () => {
                const v = vpc();
                new aws.ecs.Service("app", {
                    networkConfiguration: {
                        subnets: [subnet(v).id, more(v).id],
                        securityGroups: [securityGroup(v, "web").id],
                    },
                });
                admitting(v, first);
            },
            because: says("by ECS service app in 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "a workload in a public subnet that is not admitted": {
            program: () => {
                const v = vpc();
                instance(publicSubnet(v));
                admitting(v, { cidrBlocks: ["10.0.2.0/24"] });
            },
            because: closed,
        },
        "a workload of a peered VPC that the endpoint serves, if it is not admitted": {
            program: () => {
                beyond(true, { cidrBlocks: ["10.1.0.0/16"] });
            },
            because: closed,
        },
        "a workload behind a network ACL, whatever it may let through by UDP": {
            program: () => {
                const { id, vpcId } = apart({ ingress: [] });
                const other = new ec2.NetworkAcl("other", { vpcId }).id;
                new ec2.NetworkAclRule("udp", {
                    networkAclId: pulumi.all([other, id]).apply(([networkAclId]) => networkAclId),
                    ruleNumber: 100,
                    ruleAction: "allow",
                    protocol: "udp",
                    cidrBlock: "0.0.0.0/0",
                    fromPort: 0,
                    toPort: 65535,
                });
            },
            because: droppedAnswers,
        },
        "a workload on another port": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                admitting(v, { ...all, fromPort: 80, toPort: 80 });
            },
            because: closed,
        },
        "a workload on the port by UDP": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                admitting(v, { ...all, protocol: "udp" });
            },
            because: closed,
        },
        "a workload on a port that is not the one of Amazon Keyspaces": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                endpoint(v, { securityGroupIds: [group(v, all).id] }, "cassandra", "logs");
            },
            because: says("by instance app in 10\\.0\\.1\\.0/24 \\(subnet app\\)", undefined, "port 9142"),
        },
        "a workload on no port of a service that has several": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                endpoint(v, { securityGroupIds: [group(v, all).id] }, "email-smtp", "logs");
            },
            because: says(
                "by instance app in 10\\.0\\.1\\.0/24 \\(subnet app\\)",
                undefined,
                "ports 2465, 25, 2587, 465 and 587",
            ),
        },
        "a workload without the security group that is admitted": {
            program: () => {
                const v = vpc();
                member(v, subnet(v));
                admitting(v, { securityGroups: [securityGroup(v, "others").id] });
            },
            because: closed,
        },
        "a workload beside one whose security group is admitted": {
            program: () => {
                const v = vpc();
                const app = subnet(v);
                const clients = member(v, more(v));
                instance(app, { vpcSecurityGroupIds: [securityGroup(v, "others").id] }, "other");
                admitting(v, { securityGroups: [clients.id] });
            },
            because: says("by instance other in 10\\.0\\.1\\.0/24 \\(subnet app\\)"),
        },
        "a workload that has the endpoint's group, which admits other ports from itself": {
            program: () => {
                const v = vpc();
                const own = group(v, { self: true, fromPort: 80, toPort: 80 });
                instance(subnet(v), { vpcSecurityGroupIds: [own.id] });
                endpoint(v, { securityGroupIds: [own.id] });
            },
            because: closed,
        },
        "a workload where the group has no rule": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                admitting(v);
            },
            because: closed,
        },
        "a workload where an association gives the group": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                new ec2.SecurityGroupAssociation("association", {
                    vpcEndpointId: endpoint(v).id,
                    securityGroupId: group(v).id,
                    replaceDefaultAssociation: true,
                });
            },
            because: closed,
        },
        "a workload that the setting names": {
            config: { clients: ["web-*", "app"] },
            program: () => {
                const v = vpc();
                instance(subnet(v));
                instance(more(v), {}, "batch");
                admitting(v);
            },
            because: closed,
        },
        "a workload with IPv6 alone": {
            program: () => {
                const v = vpc();
                const six = {
                    ipv6Native: true,
                    ipv6CidrBlock: "2600:1f14:1:1::/64",
                    assignIpv6AddressOnCreation: true,
                };
                instance(new ec2.Subnet("app", { vpcId: v.id, ...six }));
                endpoint(v, { ipAddressType: "ipv6", securityGroupIds: [group(v, all).id] });
            },
            because: says("by instance app in 2600:1f14:1:1::/64 \\(subnet app\\)"),
        },
        "a workload with both families, of which IPv6 is not admitted at all and IPv4 in a part": {
            probable: true,
            program: () => {
                const v = vpc();
                instance(subnet(v, { ipv6CidrBlock: "2600:1f14:1:1::/64" }));
                endpoint(v, {
                    ipAddressType: "dualstack",
                    securityGroupIds: [group(v, { cidrBlocks: ["10.0.1.0/25"] }).id],
                });
            },
            because: says("by instance app in 10\\.0\\.1\\.128/25 \\(subnet app\\)"),
        },
        "a network ACL that lets IPv4 through, where the workload has IPv6 alone": {
            program: () => {
                withIpv6({ egress: [{}] });
            },
            because: says("by instance app in 2600:1f14:1:2::/64 \\(subnet data\\)", "network ACL data drops it"),
        },
        "a workload in a part of whose subnet it is not admitted": {
            probable: true,
            program: () => {
                const v = vpc();
                instance(subnet(v));
                admitting(v, { cidrBlocks: ["10.0.1.0/25"] });
            },
            because: says("by instance app in 10\\.0\\.1\\.128/25 \\(subnet app\\)"),
        },
        "a private subnet, where no workload is known": {
            program: () => {
                const v = vpc();
                subnet(v);
                admitting(v, { cidrBlocks: ["10.0.2.0/24"] });
            },
            because: says("from 10\\.0\\.1\\.0/24 \\(subnet app\\)"),
        },
        "private subnets that the endpoint itself is in, where no workload is known": {
            program: () => {
                const v = vpc();
                const subnetIds = [subnet(v).id, more(v).id];
                endpoint(v, { subnetIds, securityGroupIds: [group(v).id] });
            },
            because: says("from 10\\.0\\.1\\.0/24 \\(subnet app\\) and 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "a private subnet, where nobody at all is admitted though the VPC is connected": {
            program: () => {
                const v = vpc();
                subnet(v);
                new ec2.VpcPeeringConnection("peering", { vpcId: v.id, peerVpcId: "vpc-0fedcba9876543210" });
                admitting(v);
            },
            because: says("from 10\\.0\\.1\\.0/24 \\(subnet app\\)"),
        },
        "one of two private subnets, where no workload is known": {
            probable: true,
            program: () => {
                const v = vpc();
                subnet(v);
                more(v);
                admitting(v, first);
            },
            because: says("from 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "one of two private subnets that the endpoint is in, where no workload is known": {
            probable: true,
            program: () => {
                const v = vpc();
                const subnetIds = [subnet(v).id, more(v).id];
                endpoint(v, { subnetIds, securityGroupIds: [group(v, first).id] });
            },
            because: says("from 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "a network ACL without rules": {
            program: () => {
                apart({ ingress: [], egress: [] });
            },
            because: dropped,
        },
        "a network ACL that denies the request": {
            program: () => {
                apart({ egress: [{ action: "deny" }, {}] });
            },
            because: dropped,
        },
        "a network ACL that allows another port only": {
            program: () => {
                apart({ egress: [{ ...tcp, fromPort: 80, toPort: 80 }] });
            },
            because: dropped,
        },
        "a network ACL that allows other addresses only": {
            program: () => {
                apart({ egress: [{ cidrBlock: "10.0.3.0/24" }] });
            },
            because: dropped,
        },
        "a network ACL that allows after it denies, though it stands first in the list": {
            program: () => {
                apart({ egress: [{ ruleNo: 200 }, { ruleNo: 100, action: "deny" }] });
            },
            because: dropped,
        },
        "a network ACL that drops the answer": {
            program: () => {
                apart({ ingress: [{ ...tcp, fromPort: 443, toPort: 443 }] });
            },
            because: droppedAnswers,
        },
        "a network ACL that two rules together shut": {
            program: () => {
                const deny = { ...tcp, action: "deny" };
                apart({
                    ingress: [
                        { ...deny, fromPort: 1024, toPort: 55000 },
                        { ...deny, fromPort: 55001, toPort: 65535 },
                        {},
                    ],
                });
            },
            because: droppedAnswers,
        },
        "a network ACL of the endpoint's subnet that drops the request": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                const data = more(v);
                endpoint(v, { subnetIds: [data.id], securityGroupIds: [group(v, all).id] });
                acl(v, data, { ingress: [answers] });
            },
            because: says("by instance app in 10\\.0\\.1\\.0/24 \\(subnet app\\)", "network ACL data drops it"),
        },
        "network ACLs of all subnets of the endpoint": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                const [data, other] = [more(v), more(v, "other", "10.0.3.0/24")];
                endpoint(v, { subnetIds: [data.id, other.id], securityGroupIds: [group(v, all).id] });
                const shut = acl(v, data, { ingress: [] });
                new ec2.NetworkAclAssociation("other", { networkAclId: shut.id, subnetId: other.id });
            },
            because: says("by instance app in 10\\.0\\.1\\.0/24 \\(subnet app\\)", "network ACL data drops it"),
        },
        "the default network ACL, adopted without rules": {
            program: () => {
                const v = vpc();
                instance(more(v));
                endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
                new ec2.DefaultNetworkAcl("default", { defaultNetworkAclId: v.defaultNetworkAclId });
            },
            because: says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)", "network ACL default drops it"),
        },
        "the VPC's default network ACL with a rule that denies": {
            program: () => {
                const v = vpc();
                instance(more(v));
                endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
                new ec2.NetworkAclRule("deny", {
                    networkAclId: v.defaultNetworkAclId,
                    ruleNumber: 50,
                    ruleAction: "deny",
                    protocol: "6",
                    fromPort: 443,
                    toPort: 443,
                    cidrBlock: "10.0.0.0/8",
                });
            },
            because: says(
                "by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)",
                "network ACL of VPC main \\(default\\) drops it",
            ),
        },
        "a network ACL of an association, with rules of their own": {
            program: () => {
                const v = vpc();
                const data = more(v);
                instance(data);
                endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
                const networkAclId = new ec2.NetworkAcl("data", { vpcId: v.id }).id;
                new ec2.NetworkAclAssociation("data", { networkAclId, subnetId: data.id });
                const rule = {
                    networkAclId,
                    protocol: "tcp",
                    ruleAction: "allow",
                    ruleNumber: 100,
                    cidrBlock: "10.0.0.0/16",
                };
                new ec2.NetworkAclRule("in", { ...rule, fromPort: 443, toPort: 443 });
                new ec2.NetworkAclRule("out", { ...rule, egress: true, fromPort: 443, toPort: 443 });
            },
            because: droppedAnswers,
        },
        "security groups and network ACLs in one message": {
            program: () => {
                const v = vpc();
                const [data, other] = [more(v), more(v, "other", "10.0.3.0/24")];
                instance(data);
                instance(other, {}, "batch");
                endpoint(v, {
                    subnetIds: [subnet(v).id],
                    securityGroupIds: [group(v, { cidrBlocks: ["10.0.2.0/24"] }).id],
                });
                acl(v, data, { egress: [] });
            },
            because: {
                logs: /^Interface endpoint logs cannot be reached on port 443 by instance app in 10\.0\.2\.0\/24 \(subnet data\): network ACL data drops it\. Interface endpoint logs cannot be reached on port 443 by instance batch in 10\.0\.3\.0\/24 \(subnet other\): its security groups let none of that in\.$/,
            },
        },
        "an aws-native workload whose subnet is not admitted": {
            program: () => {
                const v = nativeVpc();
                new native.Instance("app", { subnetId: nativeSubnet(v).subnetId });
                const { groupId } = new native.SecurityGroup("endpoints", {
                    vpcId: v.vpcId,
                    groupDescription: "Endpoints",
                    securityGroupIngress: [{ ...nativeHttps, cidrIp: "10.0.2.0/24" }],
                });
                nativeEndpoint(v, { securityGroupIds: [groupId] });
            },
            because: closed,
        },
        "an aws-native network ACL with rules of the aws provider": {
            program: () => {
                const v = nativeVpc();
                const data = nativeSubnet(v, { cidrBlock: "10.0.2.0/24" });
                new native.Instance("app", { subnetId: data.subnetId });
                const app = new native.Subnet("other", { vpcId: v.vpcId, cidrBlock: "10.0.1.0/24" });
                const networkAclId = new native.NetworkAcl("data", { vpcId: v.vpcId }).id;
                new native.SubnetNetworkAclAssociation("data", { networkAclId, subnetId: data.subnetId });
                new ec2.NetworkAclRule("in", { ...anything, networkAclId, ruleNumber: 100, ruleAction: "allow" });
                const { groupId } = new native.SecurityGroup("endpoints", {
                    vpcId: v.vpcId,
                    groupDescription: "Endpoints",
                    securityGroupIngress: [{ ...nativeHttps, cidrIp: "10.0.0.0/16" }],
                });
                nativeEndpoint(v, { subnetIds: [app.subnetId], securityGroupIds: [groupId] });
            },
            because: says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet app\\)", "network ACL data drops it"),
        },
    },
    waitsFor: {
        "in which subnets workloads are, not all of which are let in": {
            program: () => {
                const v = vpc();
                scaled(subnet(v), more(v));
                admitting(v, first);
            },
            on: ["logs"],
            then: says("by Auto Scaling group servers in 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "a block that is computed": {
            program: () => {
                const v = vpc();
                instance(more(v));
                const cidrBlocks = [new aws.s3.Bucket("assets").id.apply(() => "10.0.1.0/24")];
                admitting(v, { cidrBlocks });
            },
            on: ["logs"],
            then: says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "which of two security groups a workload has": {
            program: () => {
                const v = vpc();
                const [clients, others] = [securityGroup(v, "clients"), securityGroup(v, "others")];
                const ids = pulumi.all([clients.id, others.id]);
                instance(subnet(v), { vpcSecurityGroupIds: [ids.apply(([first]) => first)] });
                admitting(v, { securityGroups: [clients.id] });
            },
            on: ["logs"],
            then: {},
        },
        "of which security group a rule is that admits a prefix list outside": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                admitting(v);
                const other = new aws.s3.Bucket("assets").id.apply(() => groupOutside);
                new ec2.SecurityGroupRule("more", {
                    type: "ingress",
                    securityGroupId: other,
                    ...https,
                    prefixListIds: ["pl-0123456789abcdef0"],
                });
            },
            on: ["logs"],
            then: closed,
        },
        "whether a rule admits its own security group": {
            program: () => {
                const v = vpc();
                const self = new aws.s3.Bucket("assets").id.apply(() => false);
                const { id } = group(v, { self });
                instance(subnet(v), { vpcSecurityGroupIds: [id] });
                endpoint(v, { securityGroupIds: [id] });
            },
            on: ["logs"],
            then: closed,
        },
        "in which of two subnets a workload is": {
            program: () => {
                const v = vpc();
                const ids = pulumi.all([subnet(v).id, more(v).id]);
                instance({ id: ids.apply(([, second]) => second) });
                admitting(v, first);
            },
            on: ["logs"],
            then: says("by instance app in 10\\.0\\.2\\.0/24 \\(subnet data\\)"),
        },
        "the number of a network ACL's rule": {
            program: () => {
                const ruleNo = new aws.s3.Bucket("assets").id.apply(() => 50);
                apart({ egress: [{}, { action: "deny", ruleNo }] });
            },
            on: ["logs"],
            then: dropped,
        },
        "the ports and the block of a network ACL's rule": {
            program: () => {
                const bucket = new aws.s3.Bucket("assets");
                const port = bucket.id.apply(() => 443);
                const ports = { ...tcp, fromPort: port, toPort: port };
                const cidrBlock = bucket.id.apply(() => "10.0.3.0/24");
                apart({ egress: [{ action: "deny", ...ports }, { action: "deny", cidrBlock }, {}] });
            },
            on: ["logs"],
            then: dropped,
        },
        "to which of two network ACLs a rule belongs": {
            program: () => {
                const v = vpc();
                const data = more(v);
                instance(data);
                endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
                const ids = pulumi.all([acl(v, data, {}).id, new ec2.NetworkAcl("other", { vpcId: v.id }).id]);
                new ec2.NetworkAclRule("deny", {
                    ...anything,
                    networkAclId: ids.apply(([first]) => first),
                    ruleNumber: 50,
                    ruleAction: "deny",
                    egress: true,
                });
            },
            on: ["logs"],
            then: dropped,
        },
        "the ports of a security group's rule": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                const port = new aws.s3.Bucket("assets").id.apply(() => 443);
                admitting(v, { ...all, fromPort: port, toPort: port });
            },
            on: ["logs"],
            then: {},
        },
        "the block of a subnet that is computed": {
            program: () => {
                const v = vpc();
                instance(subnet(v, { cidrBlock: v.id.apply(() => "10.0.7.0/24") }));
                admitting(v, first);
            },
            on: ["logs"],
            then: says("by instance app in 10\\.0\\.7\\.0/24 \\(subnet app\\)"),
        },
    },
    doesNotJudge: {
        "a security group of the endpoint that is outside": () => {
            const v = vpc();
            instance(subnet(v));
            endpoint(v, { securityGroupIds: [groupOutside] });
        },
        "a security group of the endpoint that another stack has made": {
            program: () => {
                const v = vpc();
                instance(subnet(v));
                endpoint(v, { securityGroupIds: [ec2.SecurityGroup.get("elsewhere", groupOutside).id] });
            },
            inExport: closed,
        },
        "an admitted security group that is outside": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, { securityGroups: [groupOutside] });
        },
        "an admitted prefix list that is outside": () => {
            const v = vpc();
            instance(subnet(v));
            admitting(v, { prefixListIds: ["pl-0123456789abcdef0"] });
        },
        "an admitted prefix list that gets its entries elsewhere": () => {
            const v = vpc();
            instance(subnet(v));
            const list = new ec2.ManagedPrefixList("clients", { addressFamily: "IPv4", maxEntries: 5 });
            admitting(v, { prefixListIds: [list.id] });
        },
        "a workload whose launch template is outside": () => {
            const v = vpc();
            instance(subnet(v), { launchTemplate: { name: "other" } });
            admitting(v, { securityGroups: [securityGroup(v, "clients").id] });
        },
        "a network ACL that is outside": () => {
            const v = vpc();
            const data = more(v);
            instance(data);
            endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
            new ec2.NetworkAclAssociation("data", { networkAclId: "acl-0123456789abcdef0", subnetId: data.id });
        },
        "an aws-native network ACL that gets its rules elsewhere": () => {
            const v = nativeVpc();
            const data = nativeSubnet(v, { cidrBlock: "10.0.2.0/24" });
            new native.Instance("app", { subnetId: data.subnetId });
            const app = new native.Subnet("other", { vpcId: v.vpcId, cidrBlock: "10.0.1.0/24" });
            const networkAclId = new native.NetworkAcl("data", { vpcId: v.vpcId }).id;
            new native.SubnetNetworkAclAssociation("data", { networkAclId, subnetId: data.subnetId });
            const { groupId } = new native.SecurityGroup("endpoints", {
                vpcId: v.vpcId,
                groupDescription: "Endpoints",
                securityGroupIngress: [{ ...nativeHttps, cidrIp: "10.0.0.0/16" }],
            });
            nativeEndpoint(v, { subnetIds: [app.subnetId], securityGroupIds: [groupId] });
        },
        "a VPC outside": () => {
            const v = { id: "vpc-0a1b2c3d4e5f60718" };
            instance(subnet(v));
            admitting(v, { cidrBlocks: ["10.0.2.0/24"] });
        },
        "a VPC that another stack has made": {
            program: () => {
                const v = vpcElsewhere();
                instance(subnet(v));
                admitting(v, { cidrBlocks: ["10.0.2.0/24"] });
            },
            inExport: closed,
        },
        "network ACLs of the account's default VPC, which may have been changed": () => {
            const v = new ec2.DefaultVpc("main");
            instance(more(v));
            endpoint(v, { subnetIds: [subnet(v).id], securityGroupIds: [group(v, all).id] });
        },
    },
});
