import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-ingress-restricted";
import { table } from "../table";
import { endpoint, gateway, https, nativeEndpoint, nativeHttps, nativeVpc, subnet, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

type Rule = Partial<aws.types.input.ec2.SecurityGroupIngress>;

const everywhere = { cidrBlocks: ["0.0.0.0/0"] };
const inside = { cidrBlocks: ["10.0.0.0/16"] };
const publicBlock = "198.51.100.0/24";

/** A security group called "endpoints" that admits each of the sources on port 443, unless they say otherwise. */
const group = ({ id }: { readonly id: pulumi.Input<string> }, ...rules: readonly Rule[]) =>
    new ec2.SecurityGroup("endpoints", { vpcId: id, ingress: rules.map(rule => ({ ...https, ...rule })) });

/** An endpoint for CloudWatch Logs whose group admits the sources. */
const admitting = (of: { readonly id: pulumi.Input<string> }, ...rules: readonly Rule[]) =>
    endpoint(of, { securityGroupIds: [group(of, ...rules).id] });

/** A VPC whose own block has public addresses. */
const publicVpc = () => vpc({ cidrBlock: publicBlock });

const peer = (one: aws.ec2.Vpc, peerVpcId: pulumi.Input<string>) =>
    new ec2.VpcPeeringConnection("peering", { vpcId: one.id, peerVpcId });

const nativeGroup = ({ vpcId }: native.Vpc, args: Partial<native.SecurityGroupArgs> = {}) =>
    new native.SecurityGroup("endpoints", { vpcId, groupDescription: "Endpoints", ...args });

const admits = (sources: string, endpoints = "interface endpoint logs", of = "endpoints") => ({
    [of]: new RegExp(
        `^Rules of security group ${of} admit ${sources} to ${endpoints}: neither private addresses nor blocks of the VPC and its peers\\.$`,
    ),
});
const onMore = (traffic: string, than = "port 443", endpoints = "interface endpoint logs") => ({
    endpoints: new RegExp(
        `^Probable: Rules of security group endpoints admit ${traffic} to ${endpoints}, on more than ${than}\\.$`,
    ),
});

table(policy, {
    why: "An interface endpoint has private addresses, so only private sources have business with it. A rule that admits public ones lets in more than anybody needs.",
    page: { rejects: "everywhere beside the VPC's own block" },
    accepts: {
        "the VPC's own block": () => admitting(vpc(), inside),
        "the VPC's own block, by reference": () => {
            const v = vpc();
            admitting(v, { cidrBlocks: [v.cidrBlock] });
        },
        "private blocks of other networks": () =>
            admitting(vpc(), {
                cidrBlocks: ["10.8.0.0/16", "172.16.0.0/12", "192.168.4.0/22", "100.64.0.0/10"],
                ipv6CidrBlocks: ["fd00:ec2::/32"],
            }),
        "the VPC's own block though it has public addresses": () =>
            admitting(publicVpc(), { cidrBlocks: [publicBlock] }),
        "a secondary block of the VPC that has public addresses": () => {
            const v = vpc();
            new ec2.VpcIpv4CidrBlockAssociation("more", { vpcId: v.id, cidrBlock: publicBlock });
            admitting(v, { cidrBlocks: [publicBlock] });
        },
        "an IPv6 block of the VPC": () =>
            admitting(vpc({ ipv6IpamPoolId: "ipam-pool-0123456789abcdef0", ipv6CidrBlock: "2001:db8:12::/56" }), {
                ipv6CidrBlocks: ["2001:db8:12:1::/64"],
            }),
        "two blocks of the VPC that lie side by side, as one": () => {
            const v = vpc({ cidrBlock: "198.51.100.0/25" });
            new ec2.VpcIpv4CidrBlockAssociation("more", { vpcId: v.id, cidrBlock: "198.51.100.128/25" });
            admitting(v, { cidrBlocks: [publicBlock] });
        },
        "the public block of a peered VPC": () => {
            const v = vpc();
            peer(v, vpc({ cidrBlock: publicBlock }, "partner").id);
            admitting(v, { cidrBlocks: [publicBlock] });
        },
        "a public block that the setting allows": {
            config: { allowCidrs: ["198.51.0.0/16", "2001:db8::/32"] },
            program: () => admitting(vpc(), { cidrBlocks: [publicBlock], ipv6CidrBlocks: ["2001:db8:1::/48"] }),
        },
        "a security group as the source": () => {
            const v = vpc();
            admitting(v, { securityGroups: [new ec2.SecurityGroup("clients", { vpcId: v.id }).id] });
        },
        "a security group outside as the source": () => admitting(vpc(), { securityGroups: ["sg-0123456789abcdef0"] }),
        "the group itself as the source": () => admitting(vpc(), { self: true }),
        "a prefix list as the source": () => admitting(vpc(), { prefixListIds: ["pl-0123456789abcdef0"] }),
        "a prefix list of public addresses as the source": () => {
            const entries = [{ cidr: publicBlock }];
            const list = new ec2.ManagedPrefixList("offices", { addressFamily: "IPv4", maxEntries: 5, entries });
            admitting(vpc(), { prefixListIds: [list.id] });
        },
        "a group without rules": () => admitting(vpc()),
        "everything to leave": () => {
            const v = vpc();
            const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, ...everywhere }];
            endpoint(v, { securityGroupIds: [new ec2.SecurityGroup("endpoints", { vpcId: v.id, egress }).id] });
        },
        "everywhere in a group that no endpoint has": () => {
            const v = vpc();
            group(v, everywhere);
            endpoint(v, { securityGroupIds: [new ec2.SecurityGroup("others", { vpcId: v.id }).id] });
        },
        "everywhere in a group of a resource endpoint": () => {
            const v = vpc();
            new ec2.VpcEndpoint("database", {
                vpcId: v.id,
                vpcEndpointType: "Resource",
                resourceConfigurationArn:
                    "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
                securityGroupIds: [group(v, everywhere).id],
            });
        },
        "everywhere in a group beside a gateway endpoint": () => {
            const v = vpc();
            group(v, everywhere);
            gateway(v);
        },
        "the ports of a service that has several": () => {
            const v = vpc();
            const rules = [
                { ...https, ...inside },
                { protocol: "tcp", fromPort: 1024, toPort: 1064, ...inside },
                { protocol: "tcp", fromPort: 22, toPort: 22, ...inside },
            ];
            endpoint(v, { securityGroupIds: [group(v, ...rules).id] }, "datasync");
        },
        "the ports of all services whose endpoints share the group": () => {
            const v = vpc();
            const shared = group(v, inside, { ...inside, fromPort: 9142, toPort: 9142 });
            endpoint(v, { securityGroupIds: [shared.id] });
            endpoint(v, { securityGroupIds: [shared.id] }, "cassandra");
        },
        "any port of a service that is not AWS's": () => {
            const v = vpc();
            const serviceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";
            endpoint(v, { serviceName, securityGroupIds: [group(v, { ...inside, fromPort: 0, toPort: 65535 }).id] });
        },
        "any port of a service that is not known": () => {
            const v = vpc();
            endpoint(v, { securityGroupIds: [group(v, { ...inside, toPort: 8443 }).id] }, "not-known-yet");
        },
        ICMP: () => admitting(vpc(), { protocol: "icmp", fromPort: -1, toPort: -1, ...inside }),
        "TCP by its number": () => admitting(vpc(), { protocol: "6", ...inside }),
        "other ports in a group that an instance has, too": () => {
            const v = vpc();
            const shared = group(v, { ...inside, fromPort: 22 });
            endpoint(v, { securityGroupIds: [shared.id] });
            new ec2.Instance("app", {
                ami: "ami-0123456789abcdef0",
                instanceType: "t3.micro",
                subnetId: subnet(v).id,
                vpcSecurityGroupIds: [shared.id],
            });
        },
        "what AWS lets into the default group, of which another policy speaks": () => endpoint(vpc()),
        "private blocks in rules of aws-native": () => {
            const v = nativeVpc();
            const { groupId } = nativeGroup(v, { securityGroupIngress: [{ ...nativeHttps, cidrIp: "10.0.0.0/16" }] });
            new native.SecurityGroupIngress("more", { ...nativeHttps, groupId, cidrIpv6: "fd00::/8" });
            nativeEndpoint(v, { securityGroupIds: [groupId] });
        },
        "the block of an aws-native VPC and its secondary one": () => {
            const v = nativeVpc({ cidrBlock: publicBlock });
            new native.VpcCidrBlock("more", { vpcId: v.vpcId, cidrBlock: "203.0.113.0/24" });
            const securityGroupIngress = [publicBlock, "203.0.113.0/24"].map(cidrIp => ({ ...nativeHttps, cidrIp }));
            nativeEndpoint(v, { securityGroupIds: [nativeGroup(v, { securityGroupIngress }).groupId] });
        },
    },
    rejects: {
        everywhere: { program: () => admitting(vpc(), everywhere), because: admits("0\\.0\\.0\\.0/0") },
        "everywhere by IPv6": {
            program: () => admitting(vpc(), { ipv6CidrBlocks: ["::/0"] }),
            because: admits("::/0"),
        },
        "everywhere in two halves": {
            program: () => admitting(vpc(), { cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
            because: admits("0\\.0\\.0\\.0/1 and 128\\.0\\.0\\.0/1"),
        },
        "everywhere beside the VPC's own block": {
            program: () => admitting(vpc(), inside, everywhere),
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "a public block": {
            program: () => admitting(vpc(), { cidrBlocks: [publicBlock] }),
            because: admits("198\\.51\\.100\\.0/24"),
        },
        "a public IPv6 block": {
            program: () => admitting(vpc(), { ipv6CidrBlocks: ["2001:db8::/32"] }),
            because: admits("2001:db8::/32"),
        },
        "a block that is private in part only": {
            program: () => admitting(vpc(), { cidrBlocks: ["172.16.0.0/11"] }),
            because: admits("172\\.16\\.0\\.0/11"),
        },
        "the public block of a VPC that is not peered": {
            program: () => {
                vpc({ cidrBlock: publicBlock }, "partner");
                admitting(vpc(), { cidrBlocks: [publicBlock] });
            },
            because: admits("198\\.51\\.100\\.0/24"),
        },
        "a public block that the setting does not allow": {
            config: { allowCidrs: ["203.0.113.0/24"] },
            program: () => admitting(vpc(), { cidrBlocks: [publicBlock, "203.0.113.0/24"] }),
            because: admits("198\\.51\\.100\\.0/24"),
        },
        "everywhere, though the VPC is peered with one outside": {
            program: () => {
                const v = vpc();
                peer(v, "vpc-0fedcba9876543210");
                admitting(v, everywhere);
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere, though the VPC is outside": {
            program: () => admitting({ id: "vpc-0a1b2c3d4e5f60718" }, everywhere),
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere, though another group is outside": {
            program: () => {
                const v = vpc();
                endpoint(v, { securityGroupIds: [group(v, everywhere).id, "sg-0123456789abcdef0"] });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere on a port of a service that is not AWS's": {
            program: () => {
                const v = vpc();
                const serviceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";
                endpoint(v, { serviceName, securityGroupIds: [group(v, { ...everywhere, toPort: 9000 }).id] });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere once, however many endpoints have the group": {
            program: () => {
                const v = vpc();
                const shared = group(v, everywhere);
                ["logs", "kms", "sqs"].forEach(service => endpoint(v, { securityGroupIds: [shared.id] }, service));
            },
            because: admits("0\\.0\\.0\\.0/0", "interface endpoints kms, logs and sqs"),
        },
        "everywhere in a group that an association gives": {
            program: () => {
                const v = vpc();
                new ec2.SecurityGroupAssociation("association", {
                    vpcEndpointId: endpoint(v).id,
                    securityGroupId: group(v, everywhere).id,
                    replaceDefaultAssociation: true,
                });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere in a group beside one that takes the place of the default one": {
            program: () => {
                const v = vpc();
                new ec2.SecurityGroupAssociation("association", {
                    vpcEndpointId: admitting(v, everywhere).id,
                    securityGroupId: new ec2.SecurityGroup("strict", { vpcId: v.id }).id,
                    replaceDefaultAssociation: true,
                });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere in a SecurityGroupRule": {
            program: () => {
                const v = vpc();
                const securityGroupId = group(v).id;
                endpoint(v, { securityGroupIds: [securityGroupId] });
                new ec2.SecurityGroupRule("all", { ...https, type: "ingress", securityGroupId, ...everywhere });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere in a SecurityGroupIngressRule": {
            program: () => {
                const v = vpc();
                const securityGroupId = group(v).id;
                endpoint(v, { securityGroupIds: [securityGroupId] });
                new aws.vpc.SecurityGroupIngressRule("all", { ...nativeHttps, securityGroupId, cidrIpv4: "0.0.0.0/0" });
            },
            because: admits("0\\.0\\.0\\.0/0"),
        },
        "everywhere in the adopted default group": {
            program: () => {
                const v = vpc();
                new ec2.DefaultSecurityGroup("default", { vpcId: v.id, ingress: [{ ...https, ...everywhere }] });
                endpoint(v);
            },
            because: admits("0\\.0\\.0\\.0/0", "interface endpoint logs", "default"),
        },
        "everywhere in a rule of the VPC's default group": {
            program: () => {
                const v = vpc();
                new ec2.SecurityGroupRule("all", {
                    ...https,
                    type: "ingress",
                    securityGroupId: v.defaultSecurityGroupId,
                    ...everywhere,
                });
                endpoint(v);
            },
            because: {
                main: /^Rules of security group of VPC main \(default\) admit 0\.0\.0\.0\/0 to interface endpoint logs: /,
            },
        },
        "everywhere in rules of aws-native": {
            program: () => {
                const v = nativeVpc();
                const securityGroupIngress = [{ ...nativeHttps, cidrIp: "0.0.0.0/0" }];
                const { groupId } = nativeGroup(v, { securityGroupIngress });
                new native.SecurityGroupIngress("more", { ...nativeHttps, groupId, cidrIpv6: "::/0" });
                nativeEndpoint(v, { securityGroupIds: [groupId] });
            },
            because: admits("0\\.0\\.0\\.0/0 and ::/0"),
        },
        "more ports than the service has": {
            probable: true,
            program: () => admitting(vpc(), { ...inside, fromPort: 0, toPort: 65535 }),
            because: onMore("tcp ports 0-65535"),
        },
        "all traffic": {
            probable: true,
            program: () => admitting(vpc(), { ...inside, protocol: "-1", fromPort: 0, toPort: 0 }),
            because: onMore("all traffic"),
        },
        "UDP on the service's port": {
            probable: true,
            program: () => admitting(vpc(), { ...inside, protocol: "udp" }),
            because: onMore("udp port 443"),
        },
        "another port from a security group": {
            probable: true,
            program: () => {
                const v = vpc();
                const securityGroups = [new ec2.SecurityGroup("clients", { vpcId: v.id }).id];
                admitting(v, { securityGroups, fromPort: 80, toPort: 80 });
            },
            because: onMore("tcp port 80"),
        },
        "another port beside that of each service": {
            probable: true,
            program: () => {
                const v = vpc();
                const shared = group(v, inside, { ...inside, fromPort: 9042, toPort: 9042 });
                endpoint(v, { securityGroupIds: [shared.id] });
                endpoint(v, { securityGroupIds: [shared.id] }, "cassandra");
            },
            because: onMore("tcp port 9042", "ports 443 and 9142", "interface endpoints cassandra and logs"),
        },
    },
    waitsFor: {
        "a block that is computed": {
            program: () => {
                const v = vpc();
                const cidrBlocks = [new aws.s3.Bucket("assets").id.apply(() => "0.0.0.0/0")];
                admitting(v, { cidrBlocks });
            },
            on: ["endpoints"],
            then: admits("0\\.0\\.0\\.0/0"),
        },
        "which of two groups an endpoint has": {
            program: () => {
                const v = vpc();
                const other = new ec2.SecurityGroup("others", { vpcId: v.id });
                const both = pulumi.all([group(v, everywhere).id, other.id]);
                endpoint(v, { securityGroupIds: [both.apply(([first]) => first)] });
            },
            on: ["endpoints"],
            then: admits("0\\.0\\.0\\.0/0"),
        },
        "the IPv6 block that AWS gives the VPC": {
            program: () =>
                admitting(vpc({ assignGeneratedIpv6CidrBlock: true }), { ipv6CidrBlocks: ["2001:db8::/48"] }),
            on: ["endpoints"],
            then: admits("2001:db8::/48"),
        },
        "the public block of a VPC that may be a peer": {
            program: () => {
                const v = vpc();
                const partners = ["a", "b"].map(
                    (name, index) => vpc({ cidrBlock: `203.0.${113 + index}.0/24` }, name).id,
                );
                peer(
                    v,
                    pulumi.all(partners).apply(([first]) => first ?? ""),
                );
                admitting(v, { cidrBlocks: ["203.0.114.0/24"] });
            },
            on: ["endpoints"],
            then: admits("203\\.0\\.114\\.0/24"),
        },
        "whether a rule is for ingress": {
            program: () => {
                const v = vpc();
                const securityGroupId = group(v).id;
                endpoint(v, { securityGroupIds: [securityGroupId] });
                const type = securityGroupId.apply(() => "egress");
                new ec2.SecurityGroupRule("all", { ...https, type, securityGroupId, ...everywhere });
            },
            on: ["endpoints"],
            then: {},
        },
    },
    doesNotJudge: {
        "a public block where the VPC is outside": () =>
            admitting({ id: "vpc-0a1b2c3d4e5f60718" }, { cidrBlocks: [publicBlock] }),
        "a public block where another stack has made the VPC": {
            program: () => admitting(vpcElsewhere(), { cidrBlocks: [publicBlock] }),
            inExport: admits("198\\.51\\.100\\.0/24"),
        },
        "a public block where a peered VPC is outside": () => {
            const v = vpc();
            peer(v, "vpc-0fedcba9876543210");
            admitting(v, { cidrBlocks: [publicBlock] });
        },
    },
});
