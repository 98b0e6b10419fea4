/** Workloads that call services, each in the subnets that a case gives it. */
import * as aws from "@pulumi/aws";
import type { types } from "@pulumi/aws-native";
import * as nativeEcs from "@pulumi/aws-native/ecs";
import type { Input } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { associate, endpoint, gateway, type HasId, nat, peering, routed, routeTable, subnet, vpc } from "./network";

const { ec2, ecs, eks, iam, lambda } = aws;

export const allowing = (...Action: readonly string[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

/** Who may assume a role, as AWS's service by this name or by more than that. */
export const trusting = (service: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
    });

/** A role called "app". */
export const role = (args: Partial<aws.iam.RoleArgs> = {}, name = "app"): aws.iam.Role =>
    new iam.Role(name, { assumeRolePolicy: trusting("ec2"), ...args });

/** Interface endpoints with private DNS, named after their services. */
export const endpoints = (of: HasId, ...services: readonly string[]): void => {
    services.forEach(service => endpoint(of, { privateDnsEnabled: true }, service));
};

/** A subnet whose traffic a NAT gateway takes. */
export const withNat = (of: HasId): aws.ec2.Subnet =>
    routed(of, [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat(subnet(of, { cidrBlock: "10.0.9.0/24" }, "public")).id }]);

/**
 * A subnet with a route to a peer called "hub" that has interface endpoints. Zones for some of its services are associated with the
 * spoke, which may have gateway endpoints of its own.
 */
export const spokeOf = (
    of: aws.ec2.Vpc,
    services: readonly string[],
    zones: readonly string[] = services,
    gateways: readonly string[] = [],
): aws.ec2.Subnet => {
    const hub = vpc({ cidrBlock: "10.1.0.0/16", enableDnsHostnames: true }, "hub");
    endpoints(hub, ...services);
    for (const service of zones) {
        const name = `${service.split(".").reverse().join(".")}.us-east-1.amazonaws.com`;
        new aws.route53.Zone(service, { name, vpcs: [{ vpcId: of.id }] });
    }
    const table = routeTable(of, [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering(of, hub).id }], "app");
    gateways.forEach(service => gateway(of, { routeTableIds: [table.id] }, service));
    const made = subnet(of);
    associate(made, table);
    return made;
};

export const account = "123456789012";
export const fromEcr = `${account}.dkr.ecr.us-east-1.amazonaws.com/app:1`;
export const fromElsewhere = "public.ecr.aws/nginx/nginx:1";

/** A task definition called "app" with one container. */
export const taskDefinition = (
    container: pulumi.Inputs = {},
    args: Partial<aws.ecs.TaskDefinitionArgs> = {},
): aws.ecs.TaskDefinition =>
    new ecs.TaskDefinition("app", {
        family: "app",
        containerDefinitions: pulumi.jsonStringify([{ name: "app", image: fromElsewhere, ...container }]),
        ...args,
    });

/** An ECS service called "app" on Fargate. */
export const ecsService = (
    of: HasId,
    task: aws.ecs.TaskDefinition,
    args: Partial<aws.ecs.ServiceArgs> = {},
): aws.ecs.Service =>
    new ecs.Service("app", {
        taskDefinition: task.arn,
        launchType: "FARGATE",
        networkConfiguration: { subnets: [of.id] },
        ...args,
    });

/** An Auto Scaling group called "hosts", and the capacity provider that is made of it. */
export const hosts = (of: HasId): aws.ecs.CapacityProvider => {
    const launchTemplate = { id: new ec2.LaunchTemplate("hosts").id, version: "$Latest" };
    const made = new aws.autoscaling.Group("hosts", {
        minSize: 1,
        maxSize: 1,
        vpcZoneIdentifiers: [of.id],
        launchTemplate,
    });
    return new ecs.CapacityProvider("hosts", { autoScalingGroupProvider: { autoScalingGroupArn: made.arn } });
};

/** An EKS cluster called "eks". */
export const eksCluster = (of: HasId): aws.eks.Cluster =>
    new eks.Cluster("eks", { roleArn: `arn:aws:iam::${account}:role/eks`, vpcConfig: { subnetIds: [of.id] } });

/** EKS nodes called "app". */
export const eksNodes = (
    of: HasId,
    clusterName: Input<string> = eksCluster(of).name,
    args: Partial<aws.eks.NodeGroupArgs> = {},
): aws.eks.NodeGroup =>
    new eks.NodeGroup("app", {
        clusterName,
        nodeRoleArn: `arn:aws:iam::${account}:role/nodes`,
        subnetIds: [of.id],
        scalingConfig: { minSize: 1, maxSize: 1, desiredSize: 1 },
        ...args,
    });

/** EKS pods on Fargate, called "app". */
export const eksFargate = (of: HasId, clusterName: Input<string> = eksCluster(of).name): aws.eks.FargateProfile =>
    new eks.FargateProfile("app", {
        clusterName,
        podExecutionRoleArn: `arn:aws:iam::${account}:role/pods`,
        subnetIds: [of.id],
        selectors: [{ namespace: "app" }],
    });

/** A Lambda function called "app". */
export const lambdaFunction = (of: HasId, args: Partial<aws.lambda.FunctionArgs> = {}): aws.lambda.Function =>
    new lambda.Function("app", {
        role: `arn:aws:iam::${account}:role/app`,
        vpcConfig: { subnetIds: [of.id], securityGroupIds: ["sg-0a1b2c3d4e5f60718"] },
        ...args,
    });

/** An aws-native ECS service called "app" on Fargate, with a task of one container. */
export const nativeEcsService = (
    of: HasId,
    container: Partial<types.input.ecs.TaskDefinitionContainerDefinitionArgs> = {},
    args: nativeEcs.ServiceArgs = {},
): nativeEcs.Service => {
    const { taskDefinitionArn } = new nativeEcs.TaskDefinition("app", {
        containerDefinitions: [{ name: "app", image: fromElsewhere, ...container }],
    });
    return new nativeEcs.Service("app", {
        taskDefinition: taskDefinitionArn,
        launchType: "FARGATE",
        networkConfiguration: { awsvpcConfiguration: { subnets: [of.id] } },
        ...args,
    });
};
