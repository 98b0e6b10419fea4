import * as aws from "@pulumi/aws";
import * as nativeEc2 from "@pulumi/aws-native/ec2";
import * as nativeEcr from "@pulumi/aws-native/ecr";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/ecr-endpoints-complete";
import { table } from "../table";
import {
    associate,
    endpoint,
    gateway,
    type HasId,
    nativeGateway,
    nativeSubnet,
    nativeVpc,
    publicSubnet,
    routed,
    routeTable,
    subnet,
    vpc,
    vpcElsewhere,
} from "./network";
import {
    ecsService,
    eksFargate,
    eksNodes,
    endpoints,
    fromEcr,
    fromElsewhere,
    hosts,
    lambdaFunction,
    nativeEcsService,
    spokeOf,
    taskDefinition,
    withNat,
} from "./workloads";

const { ec2, ecs } = aws;

/** What Docker's provider builds and pushes. */
class Image extends pulumi.CustomResource {
    declare readonly ref: pulumi.Output<string>;

    constructor(name: string, ref: pulumi.Output<string>) {
        super("docker-build:index:Image", name, { tags: [ref], ref });
    }
}

/** An S3 gateway endpoint in the route table of a new subnet. */
const withGateway = (of: aws.ec2.Vpc) => {
    const table = new ec2.RouteTable("app", { vpcId: of.id });
    gateway(of, { routeTableIds: [table.id] });
    const made = subnet(of);
    new ec2.RouteTableAssociation("app", { subnetId: made.id, routeTableId: table.id });
    return made;
};
/** What a case has in the place of a property that the parts give. */
const none: undefined = undefined;
const service = (of: HasId, image = fromEcr, args: Partial<aws.ecs.ServiceArgs> = {}) =>
    ecsService(of, taskDefinition({ image }), args);
/** A service in a subnet without a way out, in a VPC with these interface endpoints. */
const isolated =
    (...services: readonly string[]) =>
    () => {
        const v = vpc();
        endpoints(v, ...services);
        service(subnet(v));
    };
const cannot = (workload: string, missing: string) => ({
    main: new RegExp(
        `^${workload} of VPC main cannot pull images from ECR: there is no way out, and no endpoint for ${missing}\\.$`,
    ),
});
const begun = (left: string) => ({
    main: new RegExp(`^Probable: VPC main has an endpoint for ECR, but none for ${left}\\.$`),
});

table(policy, {
    why: "An image is pulled through two services, `ecr.api` and `ecr.dkr`, and its layers come from S3. Where one of the three cannot be reached, no task starts.",
    page: { rejects: "a service without a way to S3" },
    accepts: {
        "both endpoints of ECR and an S3 gateway endpoint": () => {
            const v = vpc();
            endpoints(v, "ecr.api", "ecr.dkr");
            service(withGateway(v));
        },
        "an S3 interface endpoint with private DNS for all": () => {
            const v = vpc();
            endpoints(v, "ecr.api", "ecr.dkr");
            const dnsOptions = { privateDnsOnlyForInboundResolverEndpoint: false };
            endpoint(v, { privateDnsEnabled: true, dnsOptions }, "s3");
            service(subnet(v));
        },
        "endpoints in a hub, that for S3 by a zone": () => service(spokeOf(vpc(), ["ecr.api", "ecr.dkr", "s3"])),
        "endpoints of ECR in a hub, and an S3 gateway endpoint in the spoke": () => {
            const ecr = ["ecr.api", "ecr.dkr"];
            service(spokeOf(vpc(), ecr, ecr, ["s3"]));
        },
        "a service with a NAT gateway": () => service(withNat(vpc())),
        "a service on Fargate with a public address": () => {
            const { id } = publicSubnet(vpc());
            service({ id }, fromEcr, { networkConfiguration: { subnets: [id], assignPublicIp: true } });
        },
        "an image from elsewhere": () => service(subnet(vpc()), fromElsewhere),
        "an image of Docker Hub": () => service(subnet(vpc()), "nginx:1"),
        "a Lambda function, whose image comes by another way": () =>
            lambdaFunction(subnet(vpc()), { packageType: "Image", imageUri: fromEcr }),
        "a service outside AWS": () => service(subnet(vpc()), fromEcr, { launchType: "EXTERNAL" }),
        "a service without a task definition": () => {
            const networkConfiguration = { subnets: [subnet(vpc()).id] };
            new ecs.Service("app", { launchType: "FARGATE", networkConfiguration });
        },
        "a service on instances that have a way out": () => {
            const v = vpc();
            const capacityProviderStrategies = [{ capacityProvider: hosts(withNat(v)).name, weight: 1 }];
            ecsService(subnet(v, {}, "tasks"), taskDefinition({ image: fromEcr }), {
                launchType: none,
                capacityProviderStrategies,
            });
        },
        "EKS nodes that the endpoints serve": () => {
            const v = vpc();
            endpoints(v, "ecr.api", "ecr.dkr");
            eksNodes(withGateway(v));
        },
        "EKS nodes with public addresses": () => eksNodes(publicSubnet(vpc(), { mapPublicIpOnLaunch: true })),
        "the whole set without a workload": () => {
            const v = vpc();
            endpoints(v, "ecr.api", "ecr.dkr");
            gateway(v);
        },
        "an empty VPC": () => vpc(),
        "an aws-native service that the endpoints serve": () => {
            const v = nativeVpc();
            for (const service of ["ecr.api", "ecr.dkr"]) {
                const serviceName = `com.amazonaws.us-east-1.${service}`;
                new nativeEc2.VpcEndpoint(service, { vpcId: v.vpcId, serviceName, vpcEndpointType: "Interface" });
            }
            const table = new nativeEc2.RouteTable("app", { vpcId: v.vpcId });
            nativeGateway(v, { routeTableIds: [table.routeTableId] });
            const { subnetId } = nativeSubnet(v);
            new nativeEc2.SubnetRouteTableAssociation("app", { subnetId, routeTableId: table.routeTableId });
            nativeEcsService({ id: subnetId }, { image: fromEcr });
        },
    },
    rejects: {
        "a service without a way out and without endpoints": {
            program: isolated(),
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "a service that ecr.dkr alone serves": {
            program: isolated("ecr.dkr"),
            because: cannot("ECS service app", "ecr.api and s3"),
        },
        "a service without a way to S3": {
            program: isolated("ecr.api", "ecr.dkr"),
            because: cannot("ECS service app", "s3"),
        },
        "an S3 gateway endpoint in another route table": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecr.api", "ecr.dkr");
                gateway(v, { routeTableIds: [routeTable(v).id] });
                service(subnet(v));
            },
            because: cannot("ECS service app", "s3"),
        },
        "an S3 gateway endpoint for one of two subnets": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecr.api", "ecr.dkr");
                const [served, bare] = [subnet(v), subnet(v, {}, "bare")];
                const table = routeTable(v);
                gateway(v, { routeTableIds: [table.id] });
                associate(served, table);
                ecsService({ id: "" }, taskDefinition({ image: fromEcr }), {
                    networkConfiguration: { subnets: [served.id, bare.id] },
                });
            },
            because: cannot("ECS service app", "s3"),
        },
        "an S3 interface endpoint with private DNS for inbound resolvers only": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecr.api", "ecr.dkr", "s3");
                service(subnet(v));
            },
            because: cannot("ECS service app", "s3"),
        },
        "an S3 interface endpoint without private DNS": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecr.api", "ecr.dkr");
                endpoint(v, { privateDnsEnabled: false }, "s3");
                service(subnet(v));
            },
            because: cannot("ECS service app", "s3"),
        },
        "a service on Fargate behind an internet gateway without a public address": {
            program: () => service(publicSubnet(vpc(), { mapPublicIpOnLaunch: true })),
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "an image of a repository of the stack": {
            program: () => {
                const image = pulumi.interpolate`${new aws.ecr.Repository("app").repositoryUrl}:1`;
                ecsService(subnet(vpc()), taskDefinition({ image }));
            },
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "an image that the stack builds and pushes": {
            program: () => {
                const url = new aws.ecr.Repository("app").repositoryUrl;
                const image = new Image("app", pulumi.interpolate`${url}:1`).ref;
                ecsService(subnet(vpc()), taskDefinition({ image }));
            },
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "a service on Fargate by its capacity provider": {
            program: () =>
                service(subnet(vpc()), fromEcr, {
                    launchType: none,
                    capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
                }),
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "a service on Fargate by the default of its cluster": {
            program: () => {
                const cluster = new ecs.Cluster("app");
                new ecs.ClusterCapacityProviders("app", {
                    clusterName: cluster.name,
                    capacityProviders: ["FARGATE"],
                    defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
                });
                service(subnet(vpc()), fromEcr, { launchType: none, cluster: cluster.arn });
            },
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "a service on instances without a way out": {
            program: () => {
                const v = vpc();
                const provider = hosts(subnet(v, {}, "hosts"));
                const cluster = new ecs.Cluster("app");
                const capacityProviders = [provider.name];
                new ecs.ClusterCapacityProviders("app", { clusterName: cluster.name, capacityProviders });
                service(withNat(v), fromEcr, { launchType: "EC2", cluster: cluster.arn });
            },
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "endpoints in a hub beside which a gateway endpoint is no use to a spoke": {
            program: () => {
                const of = spokeOf(vpc(), ["ecr.api", "ecr.dkr"]);
                gateway(vpc({ cidrBlock: "10.2.0.0/16" }, "other"));
                service(of);
            },
            because: cannot("ECS service app", "s3"),
        },
        "EKS nodes without a way out": {
            program: () => eksNodes(subnet(vpc())),
            because: cannot("EKS node group app", "ecr.api, ecr.dkr and s3"),
        },
        "EKS pods on Fargate without a way out": {
            program: () => eksFargate(subnet(vpc())),
            because: cannot("EKS Fargate profile app", "ecr.api, ecr.dkr and s3"),
        },
        "several workloads in one finding for their VPC": {
            program: () => {
                const of = subnet(vpc());
                service(of);
                eksNodes(of, "eks");
            },
            because: cannot("ECS service app and EKS node group app", "ecr.api, ecr.dkr and s3"),
        },
        "an aws-native service without endpoints": {
            program: () => nativeEcsService({ id: nativeSubnet(nativeVpc()).subnetId }, { image: fromEcr }),
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "an aws-native service with an image of a repository of the stack": {
            program: () => {
                const image = pulumi.interpolate`${new nativeEcr.Repository("app").repositoryUri}:1`;
                nativeEcsService({ id: nativeSubnet(nativeVpc()).subnetId }, { image });
            },
            because: cannot("ECS service app", "ecr.api, ecr.dkr and s3"),
        },
        "a set that is begun though there is a way out": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecr.dkr");
                service(withNat(v));
            },
            because: begun("ecr.api and s3"),
            probable: true,
        },
        "a set that is begun in a hub, whose spokes may have S3 endpoints of their own": {
            program: () => {
                const hub = vpc();
                endpoints(hub, "ecr.dkr");
                new ec2.VpcPeeringConnection("spoke", { vpcId: hub.id, peerVpcId: "vpc-0a1b2c3d4e5f60718" });
            },
            because: begun("ecr.api"),
            probable: true,
        },
        "a set that is begun though no workload is seen": {
            program: () => {
                endpoints(vpc(), "ecr.api", "ecr.dkr");
            },
            because: begun("s3"),
            probable: true,
        },
    },
    waitsFor: {
        "an image that is made of something else": {
            program: () => {
                const tag = new aws.ssm.Parameter("tag", { type: "String", value: "1" }).arn;
                const image = pulumi.interpolate`nginx:${tag}`;
                ecsService(subnet(vpc()), taskDefinition({ image }));
            },
            on: ["main"],
            naming: /which waits for Parameter tag/,
            then: {},
        },
    },
    doesNotJudge: {
        "a service whose task definition is outside": () =>
            new ecs.Service("app", {
                taskDefinition: "other:3",
                launchType: "FARGATE",
                networkConfiguration: { subnets: [subnet(vpc()).id] },
            }),
        "a service whose cluster, and so its launch type, is outside": () =>
            service(subnet(vpc()), fromEcr, { launchType: none, cluster: "other" }),
        "a service on instances that are not seen": () => service(subnet(vpc()), fromEcr, { launchType: "EC2" }),
        "a service whose default route leads to a transit gateway outside": () =>
            service(routed(vpc(), [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-0a1b2c3d4e5f60718" }])),
        "a service in a VPC outside": {
            program: () => service(subnet(vpcElsewhere())),
            inExport: { elsewhere: /^ECS service app of VPC elsewhere cannot pull images from ECR/ },
        },
    },
});
