import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { check, create, fullAccess, ofVpc, type Properties, read, unknownValue, update } from "./aws";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const network = "aws:ec2/vpc:Vpc";

/** The id and outputs of an update, which always has an id. */
function updated(type: string, name: string, inputs: Properties): { id: string; outputs: Properties } {
    const { id, outputs } = create(type, name, inputs, false);
    assert(id !== undefined);
    return { id, outputs };
}

function unknownIn(outputs: Properties): readonly string[] {
    return Object.keys(outputs)
        .filter(property => outputs[property] === unknownValue)
        .sort();
}

describe("what the AWS providers answer", () => {
    it("marks the unknown as the SDK does", () => {
        assert.equal(unknownValue, runtime.unknownValue);
    });

    it("leaves open at preview what a VPC endpoint's author left out and AWS computes, and gives no id", () => {
        const inputs = { vpcId: unknownValue, serviceName: "com.amazonaws.us-east-1.s3", tags: { team: "a" } };
        const { id, outputs } = create(endpoint, "s3", inputs, true);
        assert.equal(id, undefined);
        assert(!("id" in outputs));
        assert.deepEqual(unknownIn(outputs), [
            "arn",
            "cidrBlocks",
            "dnsEntries",
            "dnsOptions",
            "ipAddressType",
            "networkInterfaceIds",
            "ownerId",
            "policy",
            "prefixListId",
            "privateDnsEnabled",
            "requesterManaged",
            "routeTableIds",
            "securityGroupIds",
            "serviceRegion",
            "state",
            "subnetConfigurations",
            "subnetIds",
            "vpcId",
        ]);
        const known = Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== unknownValue));
        assert.deepEqual(known, {
            region: "us-east-1",
            serviceName: "com.amazonaws.us-east-1.s3",
            tags: { team: "a" },
            tagsAll: { team: "a" },
            vpcEndpointType: "Gateway",
        });
    });

    it("keeps what the author of a VPC endpoint set, at preview and at update", () => {
        const inputs = {
            policy: "{}",
            privateDnsEnabled: true,
            region: "eu-west-1",
            securityGroupIds: ["sg-1"],
            serviceName: "com.amazonaws.eu-west-1.ssm",
            subnetIds: ["subnet-1"],
            vpcEndpointType: "Interface",
            vpcId: "vpc-1",
        };
        for (const preview of [true, false]) {
            const { outputs } = create(endpoint, "ssm", inputs, preview);
            assert.deepEqual({ ...outputs, ...inputs }, outputs);
        }
    });

    it("gives a gateway endpoint AWS's full-access policy, a prefix list and no route tables", () => {
        const { id, outputs } = updated(endpoint, "s3", { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3" });
        assert.match(id, /^vpce-[0-9a-f]{9}/);
        assert.equal(outputs["id"], id);
        assert.equal(outputs["policy"], fullAccess);
        assert.equal(
            fullAccess,
            '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
        );
        assert.match(String(outputs["prefixListId"]), /^pl-[0-9a-f]{8}$/);
        assert.equal(outputs["privateDnsEnabled"], false);
        for (const property of [
            "routeTableIds",
            "securityGroupIds",
            "subnetIds",
            "networkInterfaceIds",
            "dnsEntries",
        ]) {
            assert.deepEqual(outputs[property], [], property);
        }
        assert.deepEqual(unknownIn(outputs), []);
    });

    it("puts an interface endpoint without groups into the default group of its VPC", () => {
        const vpc = updated(network, "main", { cidrBlock: "10.0.0.0/16" });
        const { outputs } = updated(endpoint, "ssm", {
            serviceName: "com.amazonaws.us-east-1.ssm",
            subnetIds: ["subnet-1", "subnet-2"],
            vpcEndpointType: "Interface",
            vpcId: vpc.id,
        });
        assert.deepEqual(outputs["securityGroupIds"], [vpc.outputs["defaultSecurityGroupId"]]);
        assert.deepEqual(outputs["securityGroupIds"], [ofVpc(vpc.id, "sg")]);
        assert.equal(JSON.stringify(outputs["networkInterfaceIds"]).split("eni-").length - 1, 2);
    });

    it("gives a Gateway Load Balancer endpoint neither policy nor groups", () => {
        const { outputs } = updated(endpoint, "gwlb", {
            serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-1",
            subnetIds: ["subnet-1"],
            vpcEndpointType: "GatewayLoadBalancer",
            vpcId: "vpc-1",
        });
        assert.deepEqual([outputs["policy"], outputs["securityGroupIds"]], ["", []]);
    });

    it("computes a VPC's default group, tables, ACL and DNS host names, but not its DNS support", () => {
        assert.deepEqual(unknownIn(create(network, "main", { cidrBlock: "10.0.0.0/16" }, true).outputs), [
            "arn",
            "defaultNetworkAclId",
            "defaultRouteTableId",
            "defaultSecurityGroupId",
            "dhcpOptionsId",
            "enableDnsHostnames",
            "enableNetworkAddressUsageMetrics",
            "ipv6AssociationId",
            "ipv6CidrBlock",
            "ipv6CidrBlockNetworkBorderGroup",
            "mainRouteTableId",
            "ownerId",
        ]);
        const { id, outputs } = updated(network, "main", { cidrBlock: "10.0.0.0/16" });
        assert.match(id, /^vpc-[0-9a-f]{17}$/);
        assert.equal(outputs["arn"], `arn:aws:ec2:us-east-1:123456789012:vpc/${id}`);
        assert.equal(outputs["mainRouteTableId"], outputs["defaultRouteTableId"]);
        assert.deepEqual([outputs["enableDnsSupport"], outputs["enableDnsHostnames"]], [true, false]);
    });

    it("finds a VPC's parts again from whatever lies in it", () => {
        const vpc = updated(network, "main", { cidrBlock: "10.0.0.0/16" });
        const subnet = updated("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
        const group = vpc.outputs["defaultSecurityGroupId"];
        const instance = updated("aws:ec2/instance:Instance", "web", { ami: "ami-1", subnetId: subnet.id });
        assert.deepEqual(instance.outputs["vpcSecurityGroupIds"], [group]);
        const balancer = updated("aws:lb/loadBalancer:LoadBalancer", "web", { subnets: [subnet.id] });
        assert.deepEqual([balancer.outputs["vpcId"], balancer.outputs["securityGroups"]], [vpc.id, [group]]);
        const adopted = updated("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "none", { vpcId: vpc.id });
        assert.equal(adopted.id, group);
        const table = updated("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", {
            defaultRouteTableId: vpc.outputs["defaultRouteTableId"],
        });
        assert.deepEqual([table.id, table.outputs["vpcId"]], [vpc.outputs["mainRouteTableId"], vpc.id]);
    });

    it("keeps, when a resource changes, what the author left out", () => {
        const inputs = { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3", tags: { team: "a" } };
        const before = updated(endpoint, "s3", { ...inputs, policy: "{}" });
        const inputsAfter = { ...inputs, tags: { team: "b" } };
        const planned = update(endpoint, "s3", before.id, before.outputs, inputsAfter, true);
        assert.deepEqual([unknownIn(planned), planned["policy"], planned["id"]], [[], "{}", before.id]);
        const after = update(endpoint, "s3", before.id, before.outputs, inputsAfter, false);
        assert.deepEqual(after, { ...before.outputs, tags: { team: "b" }, tagsAll: { team: "b" } });
    });

    it("reads an existing VPC and what lies in it by their ids", () => {
        const vpc = read(network, "shared", "vpc-0123456789abcdef0", {});
        assert.equal(vpc["id"], "vpc-0123456789abcdef0");
        assert.equal(vpc["defaultSecurityGroupId"], ofVpc("vpc-0123456789abcdef0", "sg"));
        const { id } = updated("aws:ec2/subnet:Subnet", "a", { vpcId: updated(network, "main", {}).id });
        assert.equal(read("aws:ec2/subnet:Subnet", "a", id, {})["vpcId"], updated(network, "main", {}).id);
    });

    it("gives the same id to the same type and name only, whatever the inputs", () => {
        const ids = ["a", "a", "b"].map(name => updated(network, name, { cidrBlock: "10.0.0.0/16" }).id);
        assert.equal(ids[0], ids[1]);
        assert.notEqual(ids[0], ids[2]);
        assert.equal(updated(network, "a", {}).id, ids[0]);
    });

    it("reads empty texts into a route's other targets", () => {
        const { outputs } = updated("aws:ec2/route:Route", "out", {
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: "nat-1",
            routeTableId: "rtb-1",
        });
        assert.deepEqual(
            [outputs["natGatewayId"], outputs["gatewayId"], outputs["transitGatewayId"], outputs["state"]],
            ["nat-1", "", "", "active"],
        );
        const table = updated("aws:ec2/routeTable:RouteTable", "own", {
            routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
            vpcId: "vpc-1",
        });
        assert.deepEqual(table.outputs["routes"], [
            {
                carrierGatewayId: "",
                cidrBlock: "0.0.0.0/0",
                coreNetworkArn: "",
                destinationPrefixListId: "",
                egressOnlyGatewayId: "",
                gatewayId: "",
                ipv6CidrBlock: "",
                localGatewayId: "",
                natGatewayId: "nat-1",
                networkInterfaceId: "",
                transitGatewayId: "",
                vpcEndpointId: "",
                vpcPeeringConnectionId: "",
            },
        ]);
    });

    it("computes a security group's rules where none are given: AWS's own rule goes with the bridged provider", () => {
        const type = "aws:ec2/securityGroup:SecurityGroup";
        const { outputs } = create(type, "web", { vpcId: "vpc-1" }, true);
        assert.deepEqual([outputs["ingress"], outputs["egress"]], [unknownValue, unknownValue]);
        const after = updated(type, "web", { vpcId: "vpc-1", ingress: [{ protocol: "-1", fromPort: 0, toPort: 0 }] });
        assert.deepEqual(after.outputs["egress"], []);
        assert.deepEqual(after.outputs["ingress"], [
            {
                cidrBlocks: [],
                description: "",
                fromPort: 0,
                ipv6CidrBlocks: [],
                prefixListIds: [],
                protocol: "-1",
                securityGroups: [],
                self: false,
                toPort: 0,
            },
        ]);
    });

    it("knows resources that no table names by the SDK's typings alone", () => {
        const { outputs } = create("aws:sns/topic:Topic", "news", {}, true);
        assert.equal(outputs["arn"], unknownValue);
        const topic = updated("aws:sns/topic:Topic", "news", { name: "news" });
        assert.equal(topic.id, "arn:aws:sns:us-east-1:123456789012:news");
        const strange = updated("aws:nosuch/thing:Thing", "it", { size: 1 });
        assert.deepEqual(strange.outputs, { arn: "arn:aws:nosuch:us-east-1:123456789012:thing/it", id: "it", size: 1 });
    });

    it("puts the Region on resources of SDK 7, known at preview, and not on those of SDK 6", () => {
        const inputs = { cidrBlock: "10.0.0.0/16" };
        const at = (version: 6 | 7): unknown =>
            create(network, "a", inputs, true, { version, region: "eu-west-1" }).outputs["region"];
        assert.deepEqual([at(7), at(6)], ["eu-west-1", undefined]);
    });

    it("leaves out, as the native provider does, what the author may set but did not", () => {
        const inputs = { vpcId: unknownValue, serviceName: "com.amazonaws.us-east-1.s3" };
        assert.deepEqual(create("aws-native:ec2:VpcEndpoint", "s3", inputs, true).outputs, {
            ...inputs,
            awsId: unknownValue,
            creationTimestamp: unknownValue,
            dnsEntries: unknownValue,
            networkInterfaceIds: unknownValue,
        });
        const vpc = updated("aws-native:ec2:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
        assert.equal(vpc.outputs["vpcId"], vpc.id);
        assert.equal(vpc.outputs["defaultSecurityGroup"], ofVpc(vpc.id, "sg"));
        const after = updated("aws-native:ec2:VpcEndpoint", "s3", { ...inputs, vpcId: vpc.id });
        assert.equal(after.outputs["awsId"], after.id);
        assert.equal(after.outputs["policyDocument"], fullAccess);
    });
});

describe("what the AWS providers' Check adds", () => {
    it("lists its defaults under __defaults, in nested objects, too", () => {
        assert.deepEqual(check("aws:ec2/subnet:Subnet", { vpcId: "vpc-1", ipv6Native: true, tags: { a: "b" } }), {
            __defaults: [
                "assignIpv6AddressOnCreation",
                "enableDns64",
                "enableResourceNameDnsARecordOnLaunch",
                "enableResourceNameDnsAaaaRecordOnLaunch",
                "mapPublicIpOnLaunch",
            ],
            assignIpv6AddressOnCreation: false,
            enableDns64: false,
            enableResourceNameDnsARecordOnLaunch: false,
            enableResourceNameDnsAaaaRecordOnLaunch: false,
            ipv6Native: true,
            mapPublicIpOnLaunch: false,
            tags: { __defaults: [], a: "b" },
            vpcId: "vpc-1",
        });
        const group = check("aws:ec2/securityGroup:SecurityGroup", { egress: [{ protocol: "-1" }] }, "web");
        assert.deepEqual(group["egress"], [{ __defaults: ["self"], protocol: "-1", self: false }]);
        assert.match(String(group["name"]), /^web-[0-9a-f]{7}$/);
        assert.deepEqual(group["__defaults"], ["description", "name", "revokeRulesOnDelete"]);
    });

    it("is idempotent, and nothing of it but the values reaches the outputs", () => {
        const inputs = { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3", tags: { a: "b" } };
        const once = check(endpoint, inputs, "s3");
        assert.deepEqual(check(endpoint, once, "s3"), once);
        assert.deepEqual(create(endpoint, "s3", once, false), create(endpoint, "s3", inputs, false));
        assert(!JSON.stringify(create(endpoint, "s3", once, true)).includes("__defaults"));
    });

    it("adds no more than a name with the native provider", () => {
        assert.deepEqual(check("aws-native:ec2:Vpc", { cidrBlock: "10.0.0.0/16" }), { cidrBlock: "10.0.0.0/16" });
    });
});
