import * as aws from "@pulumi/aws";
import * as autoscaling from "@pulumi/aws-native/autoscaling";
import * as native from "@pulumi/aws-native/ec2";
import * as nativeEcs from "@pulumi/aws-native/ecs";
import * as nativeBalancing from "@pulumi/aws-native/elasticloadbalancingv2";
import * as nativeRds from "@pulumi/aws-native/rds";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/private-subnet-no-public-ip";
import { table } from "../table";
import {
    associate,
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

type Subnet = aws.ec2.Subnet;

const image = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" };
const instance = (in_: Subnet, args: Partial<aws.ec2.InstanceArgs> = {}) =>
    new ec2.Instance("server", { ...image, subnetId: in_.id, ...args });
const networkInterface = (in_: Subnet) => new ec2.NetworkInterface("server", { subnetId: in_.id });
const template = (associatePublicIpAddress?: boolean) =>
    new ec2.LaunchTemplate("template", {
        imageId: image.ami,
        ...(associatePublicIpAddress !== undefined && {
            networkInterfaces: [{ associatePublicIpAddress: String(associatePublicIpAddress) }],
        }),
    });
const group = (args: Partial<aws.autoscaling.GroupArgs>, ...in_: readonly Subnet[]) =>
    new aws.autoscaling.Group("servers", {
        minSize: 1,
        maxSize: 2,
        vpcZoneIdentifiers: in_.map(({ id }) => id),
        ...args,
    });
const service = (assignPublicIp: boolean, ...in_: readonly Subnet[]) =>
    new aws.ecs.Service("app", { networkConfiguration: { subnets: in_.map(({ id }) => id), assignPublicIp } });
const balancer = (args: aws.lb.LoadBalancerArgs, ...in_: readonly Subnet[]) =>
    new aws.lb.LoadBalancer("balancer", { subnets: in_.map(({ id }) => id), ...args });
const subnetGroup = (...in_: readonly Subnet[]) =>
    new aws.rds.SubnetGroup("data", { subnetIds: in_.map(({ id }) => id) });
const database = (publiclyAccessible: boolean | undefined, ...in_: readonly Subnet[]) =>
    new aws.rds.Instance("db", {
        instanceClass: "db.t3.micro",
        dbSubnetGroupName: subnetGroup(...in_).name,
        ...(publiclyAccessible !== undefined && { publiclyAccessible }),
    });
const cluster = (...in_: readonly Subnet[]) =>
    new aws.rds.Cluster("main", {
        engine: "aurora-mysql",
        masterUsername: "admin",
        manageMasterUserPassword: true,
        dbSubnetGroupName: subnetGroup(...in_).name,
    });
const clusterInstance = (publiclyAccessible: boolean, clusterIdentifier: pulumi.Input<string>) =>
    new aws.rds.ClusterInstance("db", {
        clusterIdentifier,
        engine: "aurora-mysql",
        instanceClass: "db.t3.medium",
        publiclyAccessible,
    });
const workgroup = (publiclyAccessible: boolean, in_: Subnet) =>
    new aws.redshiftserverless.Workgroup("warehouse", {
        namespaceName: "warehouse",
        workgroupName: "warehouse",
        subnetIds: [in_.id],
        publiclyAccessible,
    });
const kafka = (type: pulumi.Input<string>, in_: Subnet) =>
    new aws.msk.Cluster("events", {
        kafkaVersion: "3.6.0",
        numberOfBrokerNodes: 2,
        brokerNodeGroupInfo: {
            instanceType: "kafka.m5.large",
            clientSubnets: [in_.id],
            securityGroups: ["sg-0123456789abcdef0"],
            connectivityInfo: { publicAccess: { type } },
        },
    });
const pair = (): readonly Subnet[] => {
    const v = vpc();
    return [subnet(v), subnet(v, { cidrBlock: "10.0.9.0/24" }, "standby")];
};
const byTemplate = (in_: Subnet) =>
    new ec2.Instance("server", {
        launchTemplate: {
            id: new ec2.LaunchTemplate("template", {
                imageId: image.ami,
                networkInterfaces: [{ subnetId: in_.id, associatePublicIpAddress: "true" }],
            }).id,
        },
    });
const elasticIp = (args: aws.ec2.EipArgs = {}) => new ec2.Eip("address", args);

const nativeApp = (args: Partial<native.SubnetArgs> = {}) => nativeSubnet(nativeVpc(), args);

/** A private subnet, and a public one of the same VPC. */
const privateAndPublic = (): readonly [Subnet, Subnet] => {
    const v = vpc();
    const open = subnet(v, {}, "open");
    associate(open, routeTable(v, toInternet(v), "open"), "open");
    return [subnet(v), open];
};

const gives = (what: string, why = "no route to an internet gateway") =>
    new RegExp(`^${what} a public IP address in private subnet app \\(${why}\\)\\.$`);
const onLaunch = "mapPublicIpOnLaunch gives what is launched there";
const onCreation = "assignIpv6AddressOnCreation gives what is launched there";

table(policy, {
    why: "In a private subnet a public address is of no use. On the day that somebody adds a route to an internet gateway, it is an open door.",
    page: { config: { tags: { keys: ["Zone"], private: ["backend"] }, exceptSubnets: ["edge-*"] } },
    accepts: {
        "a private subnet that gives no public addresses": () => subnet(vpc(), { mapPublicIpOnLaunch: false }),
        "a public subnet that gives public addresses": () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true }),
        "a public subnet that is declared public": () =>
            publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Tier: "public" } }),
        "a public subnet whose name has a word that only begins like private": () =>
            publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Name: "privateer" } }),
        "a public subnet whose tier is public, though its name says private": () =>
            publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Tier: "public", Name: "app-private" } }),
        "a public subnet whose tag says private under a key that names no tier": () =>
            publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Team: "private" } }),
        "IPv6 on creation in a private subnet, without an internet gateway": () =>
            subnet(vpc(), { assignIpv6AddressOnCreation: true }),
        "IPv6 on creation where IPv6 leaves by an egress-only gateway": () => {
            const v = vpc();
            const egressOnlyGatewayId = new ec2.EgressOnlyInternetGateway("out", { vpcId: v.id }).id;
            routed(v, [{ ipv6CidrBlock: "::/0", egressOnlyGatewayId }], {
                assignIpv6AddressOnCreation: true,
                tags: { Tier: "private" },
            });
        },
        "IPv6 on creation in a subnet declared private that routes only IPv4 to the internet": () =>
            publicSubnet(vpc(), { assignIpv6AddressOnCreation: true, tags: { Tier: "private" } }),
        "an instance without a public address in a private subnet": () =>
            instance(subnet(vpc()), { associatePublicIpAddress: false }),
        "an instance that leaves its address to a private subnet": () => instance(subnet(vpc())),
        "an instance with a public address in a public subnet": () =>
            instance(publicSubnet(vpc()), { associatePublicIpAddress: true }),
        "a NAT gateway with its address in a public subnet": () =>
            new ec2.NatGateway("nat", {
                subnetId: publicSubnet(vpc()).id,
                allocationId: elasticIp({ domain: "vpc" }).id,
            }),
        "an Elastic IP that is bound to nothing": () => {
            subnet(vpc());
            elasticIp();
        },
        "an Elastic IP on an instance in a public subnet": () =>
            elasticIp({ instance: instance(publicSubnet(vpc())).id }),
        "a launch template that nothing uses": () => {
            subnet(vpc());
            template(true);
        },
        "a launch template for public subnets only": () =>
            group({ launchTemplate: { id: template(true).id } }, publicSubnet(vpc())),
        "a launch template that says no": () => group({ launchTemplate: { id: template(false).id } }, subnet(vpc())),
        "a launch template that leaves the address to the subnet": () =>
            group({ launchTemplate: { id: template().id } }, subnet(vpc())),
        "an ECS service without public addresses": () => service(false, subnet(vpc())),
        "an ECS service with public addresses in a public subnet": () => service(true, publicSubnet(vpc())),
        "a database that is not publicly accessible": () => database(false, subnet(vpc())),
        "a database that leaves that out": () => database(undefined, subnet(vpc())),
        "an instance of a database cluster that is not publicly accessible": () =>
            clusterInstance(false, cluster(...pair()).id),
        "a publicly accessible instance of a database cluster in a public subnet": () =>
            clusterInstance(true, cluster(publicSubnet(vpc())).id),
        "an instance in a public subnet by its launch template": () => byTemplate(publicSubnet(vpc())),
        "a Redshift Serverless workgroup that is not publicly accessible": () => workgroup(false, subnet(vpc())),
        "an MSK cluster without public access": () => kafka("DISABLED", subnet(vpc())),
        "a publicly accessible database in a public subnet": () => database(true, publicSubnet(vpc())),
        "an internal load balancer": () => balancer({ internal: true }, subnet(vpc())),
        "an internet-facing load balancer in a public subnet": () => balancer({ internal: false }, publicSubnet(vpc())),
        "a Gateway Load Balancer, which faces nobody": () => balancer({ loadBalancerType: "gateway" }, subnet(vpc())),
        "a subnet that the setting leaves out": {
            program: () => subnet(vpc(), { mapPublicIpOnLaunch: true }),
            config: { exceptSubnets: ["ap*"] },
        },
        "a tier tag that the setting no longer names": {
            program: () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Tier: "private" } }),
            config: { tags: { keys: ["zone"] } },
        },
        "an aws-native private subnet that gives no public addresses": () => nativeApp(),
        "an aws-native instance without a public address": () =>
            new native.Instance("server", {
                imageId: image.ami,
                networkInterfaces: [
                    { deviceIndex: "0", subnetId: nativeApp().subnetId, associatePublicIpAddress: false },
                ],
            }),
        "an aws-native internal load balancer": () =>
            new nativeBalancing.LoadBalancer("balancer", { scheme: "internal", subnets: [nativeApp().subnetId] }),
        "an aws-native ECS service without public addresses": () =>
            new nativeEcs.Service("app", {
                networkConfiguration: {
                    awsvpcConfiguration: { subnets: [nativeApp().subnetId], assignPublicIp: "DISABLED" },
                },
            }),
    },
    rejects: {
        "a subnet without a route to an internet gateway that gives public addresses": {
            program: () => subnet(vpc(), { mapPublicIpOnLaunch: true }),
            because: { app: gives(onLaunch) },
        },
        "a subnet behind a NAT gateway that gives public addresses": {
            program: () =>
                routed(vpc(), [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123456789abcdef0" }], {
                    mapPublicIpOnLaunch: true,
                }),
            because: { app: gives(onLaunch) },
        },
        "a secret flag": {
            program: () => subnet(vpc(), { mapPublicIpOnLaunch: pulumi.secret(true) }),
            because: { app: gives(onLaunch) },
        },
        "a public subnet that is declared private": {
            program: () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Tier: "private" } }),
            because: { app: gives(onLaunch, "Tier=private") },
        },
        "a public subnet that is declared isolated": {
            program: () =>
                publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { "aws-cdk:subnet-type": "Isolated" } }),
            because: { app: gives(onLaunch, "aws-cdk:subnet-type=Isolated") },
        },
        "a tier tag in lower case": {
            program: () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { tier: "Restricted" } }),
            because: { app: gives(onLaunch, "tier=Restricted") },
        },
        "a tier tag that the setting names": {
            program: () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { zone: "backend" } }),
            config: { tags: { keys: ["Zone"], private: ["backend"] } },
            because: { app: gives(onLaunch, "zone=backend") },
        },
        "a public subnet whose name alone says private, probably": {
            program: () => publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { Name: "app-private-1a" } }),
            because: {
                app: /^Probable: mapPublicIpOnLaunch gives .* in private subnet app \(Name=app-private-1a\)\.$/,
            },
            probable: true,
        },
        "a public subnet for internal load balancers of Kubernetes, probably": {
            program: () =>
                publicSubnet(vpc(), { mapPublicIpOnLaunch: true, tags: { "kubernetes.io/role/internal-elb": "1" } }),
            because: { app: /\(kubernetes\.io\/role\/internal-elb\)\.$/ },
            probable: true,
        },
        "IPv6 on creation in a subnet declared private that routes IPv6 to the internet": {
            program: () => {
                const v = vpc();
                routed(v, toInternet(v, { ipv6CidrBlock: "::/0" }), {
                    assignIpv6AddressOnCreation: true,
                    tags: { Tier: "private" },
                });
            },
            because: { app: gives(onCreation, "Tier=private") },
        },
        "an instance with a public address": {
            program: () => instance(subnet(vpc()), { associatePublicIpAddress: true }),
            because: { server: gives("associatePublicIpAddress gives instance server") },
        },
        "an instance with a public address on a network interface of its template": {
            program: () => instance(subnet(vpc()), { launchTemplate: { id: template(true).id } }),
            because: { server: gives("associatePublicIpAddress gives instance server") },
        },
        "a spot instance request with a public address": {
            program: () =>
                new ec2.SpotInstanceRequest("server", {
                    ...image,
                    subnetId: subnet(vpc()).id,
                    associatePublicIpAddress: true,
                }),
            because: { server: gives("associatePublicIpAddress gives spot instance request server") },
        },
        "an Elastic IP on an instance": {
            program: () => elasticIp({ instance: instance(subnet(vpc())).id }),
            because: { address: gives("Elastic IP address gives what it is bound to") },
        },
        "an Elastic IP on a network interface": {
            program: () => elasticIp({ networkInterface: networkInterface(subnet(vpc())).id }),
            because: { address: gives("Elastic IP address gives what it is bound to") },
        },
        "an association of an Elastic IP with an instance": {
            program: () =>
                new ec2.EipAssociation("association", {
                    allocationId: elasticIp().id,
                    instanceId: instance(subnet(vpc())).id,
                }),
            because: { association: gives("Elastic IP association association gives what it is bound to") },
        },
        "an association of an Elastic IP with an instance's own network interface": {
            program: () =>
                new ec2.EipAssociation("association", {
                    allocationId: elasticIp().id,
                    networkInterfaceId: instance(subnet(vpc())).primaryNetworkInterfaceId,
                }),
            because: { association: gives("Elastic IP association association gives what it is bound to") },
        },
        "a launch template through a group": {
            program: () => group({ launchTemplate: { id: template(true).id } }, subnet(vpc())),
            because: {
                servers: gives("associatePublicIpAddress of its launch template gives Auto Scaling group servers"),
            },
        },
        "a launch template by name through a group": {
            program: () => group({ launchTemplate: { name: template(true).name } }, subnet(vpc())),
            because: { servers: gives("associatePublicIpAddress of its launch template gives .*") },
        },
        "a launch template through a group of mixed instances": {
            program: () =>
                group(
                    {
                        mixedInstancesPolicy: {
                            launchTemplate: { launchTemplateSpecification: { launchTemplateId: template(true).id } },
                        },
                    },
                    subnet(vpc()),
                ),
            because: { servers: gives("associatePublicIpAddress of its launch template gives .*") },
        },
        "a launch configuration through a group": {
            program: () =>
                group(
                    {
                        launchConfiguration: new ec2.LaunchConfiguration("configuration", {
                            imageId: image.ami,
                            instanceType: image.instanceType,
                            associatePublicIpAddress: true,
                        }).name,
                    },
                    subnet(vpc()),
                ),
            because: { servers: gives("associatePublicIpAddress of its launch template gives .*") },
        },
        "a group that spans two private subnets, both of which it names": {
            program: () => {
                const v = vpc();
                group({ launchTemplate: { id: template(true).id } }, subnet(v), subnet(v, {}, "other"));
            },
            because: {
                servers:
                    /gives Auto Scaling group servers a public IP address in private subnets app and other \(no route to an internet gateway\)\.$/,
            },
        },
        "a group that spans a public subnet, too": {
            program: () => group({ launchTemplate: { id: template(true).id } }, ...privateAndPublic()),
            because: { servers: gives("associatePublicIpAddress of its launch template gives .*") },
        },
        "an ECS service with public addresses": {
            program: () => service(true, subnet(vpc())),
            because: { app: gives("assignPublicIp gives ECS service app") },
        },
        "an ECS task set with public addresses": {
            program: () =>
                new aws.ecs.TaskSet("tasks", {
                    cluster: "main",
                    service: "app",
                    taskDefinition: "app:1",
                    networkConfiguration: { subnets: [subnet(vpc()).id], assignPublicIp: true },
                }),
            because: { tasks: gives("assignPublicIp gives ECS \\w+ ?\\w* tasks") },
        },
        "a publicly accessible database": {
            program: () => database(true, subnet(vpc())),
            because: { db: gives("publiclyAccessible gives DB instance db") },
        },
        "a publicly accessible database in a subnet group of two": {
            program: () => database(true, ...pair()),
            because: {
                db: /^publiclyAccessible gives DB instance db a public IP address in private subnets app and standby/,
            },
        },
        "a publicly accessible instance of a database cluster in a subnet group of two": {
            program: () => clusterInstance(true, cluster(...pair()).id),
            because: {
                db: /^publiclyAccessible gives DB instance db a public IP address in private subnets app and standby/,
            },
        },
        "an instance whose launch template has a network interface with a public address": {
            program: () => byTemplate(subnet(vpc())),
            because: { server: gives("associatePublicIpAddress gives instance server") },
        },
        "a publicly accessible instance of a database cluster": {
            program: () =>
                new aws.rds.ClusterInstance("db", {
                    clusterIdentifier: "main",
                    engine: "aurora-mysql",
                    instanceClass: "db.t3.medium",
                    dbSubnetGroupName: subnetGroup(subnet(vpc())).name,
                    publiclyAccessible: true,
                }),
            because: { db: gives("publiclyAccessible gives DB instance db") },
        },
        "a publicly accessible Redshift cluster": {
            program: () =>
                new aws.redshift.Cluster("warehouse", {
                    clusterIdentifier: "warehouse",
                    nodeType: "ra3.xlplus",
                    clusterSubnetGroupName: new aws.redshift.SubnetGroup("data", { subnetIds: [subnet(vpc()).id] })
                        .name,
                    publiclyAccessible: true,
                }),
            because: { warehouse: gives("publiclyAccessible gives Redshift cluster warehouse") },
        },
        "a publicly accessible Redshift Serverless workgroup": {
            program: () => workgroup(true, subnet(vpc())),
            because: { warehouse: gives("publiclyAccessible gives Redshift Serverless workgroup warehouse") },
        },
        "an MSK cluster with public access": {
            program: () => kafka("SERVICE_PROVIDED_EIPS", subnet(vpc())),
            because: { events: gives("publicAccess gives MSK cluster events") },
        },
        "a publicly accessible MQ broker": {
            program: () =>
                new aws.mq.Broker("broker", {
                    engineType: "ActiveMQ",
                    engineVersion: "5.18",
                    hostInstanceType: "mq.t3.micro",
                    users: [{ username: "admin", password: "not-a-real-password" }],
                    subnetIds: [subnet(vpc()).id],
                    publiclyAccessible: true,
                }),
            because: { broker: gives("publiclyAccessible gives MQ broker broker") },
        },
        "a publicly accessible DMS replication instance": {
            program: () =>
                new aws.dms.ReplicationInstance("replication", {
                    replicationInstanceClass: "dms.t3.micro",
                    replicationInstanceId: "replication",
                    replicationSubnetGroupId: new aws.dms.ReplicationSubnetGroup("data", {
                        replicationSubnetGroupDescription: "Data",
                        replicationSubnetGroupId: "data",
                        subnetIds: [subnet(vpc()).id],
                    }).id,
                    publiclyAccessible: true,
                }),
            because: { replication: gives("publiclyAccessible gives DMS replication instance replication") },
        },
        "an internet-facing load balancer": {
            program: () => balancer({ internal: false }, subnet(vpc())),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "a load balancer that leaves its scheme out, which is internet-facing": {
            program: () => balancer({}, subnet(vpc())),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "an internet-facing network load balancer by subnet mapping": {
            program: () =>
                new aws.lb.LoadBalancer("balancer", {
                    loadBalancerType: "network",
                    subnetMappings: [{ subnetId: subnet(vpc()).id }],
                }),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "an internet-facing classic load balancer": {
            program: () =>
                new aws.elb.LoadBalancer("balancer", {
                    subnets: [subnet(vpc()).id],
                    listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" }],
                }),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "everything in one private subnet, each by itself": {
            program: () => {
                const in_ = subnet(vpc(), { mapPublicIpOnLaunch: true });
                instance(in_, { associatePublicIpAddress: true });
                balancer({ internal: false }, in_);
            },
            because: {
                app: gives(onLaunch),
                server: gives(".* instance server"),
                balancer: gives(".* load balancer balancer"),
            },
        },
        "an instance in a subnet declared private that routes to the internet": {
            program: () =>
                instance(publicSubnet(vpc(), { tags: { Tier: "private" } }), { associatePublicIpAddress: true }),
            because: { server: gives("associatePublicIpAddress gives instance server", "Tier=private") },
        },
        "an aws-native subnet that gives public addresses": {
            program: () => nativeApp({ mapPublicIpOnLaunch: true }),
            because: { app: gives(onLaunch) },
        },
        "an aws-native instance with a public address": {
            program: () =>
                new native.Instance("server", {
                    imageId: image.ami,
                    networkInterfaces: [
                        { deviceIndex: "0", subnetId: nativeApp().subnetId, associatePublicIpAddress: true },
                    ],
                }),
            because: { server: gives("associatePublicIpAddress gives instance server") },
        },
        "an aws-native Elastic IP on an instance": {
            program: () =>
                new native.Eip("address", {
                    instanceId: new native.Instance("server", { imageId: image.ami, subnetId: nativeApp().subnetId })
                        .instanceId,
                }),
            because: { address: gives("Elastic IP address gives what it is bound to") },
        },
        "an aws-native launch template through a group": {
            program: () => {
                const { launchTemplateId, latestVersionNumber } = new native.LaunchTemplate("template", {
                    launchTemplateData: { networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: true }] },
                });
                new autoscaling.AutoScalingGroup("servers", {
                    minSize: "1",
                    maxSize: "2",
                    vpcZoneIdentifier: [nativeApp().subnetId],
                    launchTemplate: { launchTemplateId, version: latestVersionNumber },
                });
            },
            because: {
                servers: gives("associatePublicIpAddress of its launch template gives Auto Scaling group servers"),
            },
        },
        "an aws-native internet-facing load balancer": {
            program: () =>
                new nativeBalancing.LoadBalancer("balancer", {
                    scheme: "internet-facing",
                    subnets: [nativeApp().subnetId],
                }),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "an aws-native load balancer that leaves its scheme out": {
            program: () => new nativeBalancing.LoadBalancer("balancer", { subnets: [nativeApp().subnetId] }),
            because: { balancer: gives("The internet-facing scheme gives load balancer balancer") },
        },
        "an aws-native ECS service with public addresses": {
            program: () =>
                new nativeEcs.Service("service", {
                    networkConfiguration: {
                        awsvpcConfiguration: { subnets: [nativeApp().subnetId], assignPublicIp: "ENABLED" },
                    },
                }),
            because: { service: gives("assignPublicIp gives ECS service service") },
        },
        "an aws-native publicly accessible database": {
            program: () =>
                new nativeRds.DbInstance("db", {
                    dbSubnetGroupName: new nativeRds.DbSubnetGroup("data", {
                        dbSubnetGroupDescription: "Data",
                        subnetIds: [nativeApp().subnetId],
                    }).id,
                    publiclyAccessible: true,
                }),
            because: { db: gives("publiclyAccessible gives DB instance db") },
        },
        "an aws-native subnet that is declared private": {
            program: () => {
                const v = nativeVpc();
                const made = nativeSubnet(v, { mapPublicIpOnLaunch: true, tags: [{ key: "Tier", value: "private" }] });
                const own = new native.RouteTable("public", { vpcId: v.vpcId });
                new native.SubnetRouteTableAssociation("app", {
                    subnetId: made.subnetId,
                    routeTableId: own.routeTableId,
                });
                new native.Route("internet", {
                    routeTableId: own.routeTableId,
                    destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: new native.InternetGateway("internet").internetGatewayId,
                });
            },
            because: { app: gives(onLaunch, "Tier=private") },
        },
    },
    waitsFor: {
        "a flag that is computed": {
            program: () => {
                const v = vpc();
                subnet(v, { mapPublicIpOnLaunch: v.id.apply(() => true) });
            },
            on: ["app"],
            then: { app: gives(onLaunch) },
        },
        "a tag that is computed, where it alone may say private": {
            program: () => {
                const v = vpc();
                publicSubnet(v, { mapPublicIpOnLaunch: true, tags: { Tier: v.id.apply(() => "private") } });
            },
            on: ["app"],
            then: { app: gives(onLaunch, "Tier=private") },
        },
        "which of two subnets an instance is in": {
            program: () => {
                const ids = privateAndPublic().map(({ id }) => id);
                new ec2.Instance("server", {
                    ...image,
                    associatePublicIpAddress: true,
                    subnetId: pulumi.all(ids).apply(([first]) => first ?? ""),
                });
            },
            on: ["server"],
            then: { server: gives("associatePublicIpAddress gives instance server") },
        },
        "where a read replica is": {
            program: () => {
                const original = new aws.rds.Instance("main", {
                    identifier: "main",
                    instanceClass: "db.t3.micro",
                    dbSubnetGroupName: subnetGroup(...pair()).name,
                });
                new aws.rds.Instance("db", {
                    instanceClass: "db.t3.micro",
                    replicateSourceDb: original.identifier,
                    publiclyAccessible: true,
                });
            },
            on: ["db"],
            then: {
                db: /^publiclyAccessible gives DB instance db a public IP address in private subnets app and standby/,
            },
        },
        "whether an instance gets an address": {
            program: () => {
                const in_ = subnet(vpc());
                instance(in_, { associatePublicIpAddress: in_.id.apply(() => false) });
            },
            on: ["server"],
            then: {},
        },
    },
    doesNotJudge: {
        "a subnet whose route table is outside": () =>
            new ec2.RouteTableAssociation("app", {
                subnetId: subnet(vpc(), { mapPublicIpOnLaunch: true }).id,
                routeTableId: "rtb-0123456789abcdef0",
            }),
        "a subnet of a VPC outside that uses its main table": () =>
            subnet({ id: "vpc-0a1b2c3d4e5f60718" }, { mapPublicIpOnLaunch: true }),
        "a subnet of a VPC that another stack has made": {
            program: () => subnet(vpcElsewhere(), { mapPublicIpOnLaunch: true }),
            inExport: { app: gives(onLaunch) },
        },
        "an instance in a subnet outside": () =>
            new ec2.Instance("server", {
                ...image,
                associatePublicIpAddress: true,
                subnetId: "subnet-0123456789abcdef0",
            }),
        "an Elastic IP on an instance outside": () => elasticIp({ instance: "i-0123456789abcdef0" }),
        "a database in a subnet group outside": () =>
            new aws.rds.Instance("db", {
                instanceClass: "db.t3.micro",
                dbSubnetGroupName: "shared",
                publiclyAccessible: true,
            }),
    },
});
