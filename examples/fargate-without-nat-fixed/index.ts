/** A Fargate service in subnets without a way out: everything that it needs to start and to run comes through endpoints. */
import * as aws from "@pulumi/aws";

const region = "us-east-1";
const zones = ["a", "b"];
const account = "123456789012";
const cidrBlock = "10.50.0.0/16";

const vpc = new aws.ec2.Vpc("main", { cidrBlock, enableDnsHostnames: true, tags: { Name: "fargate" } });
const routeTable = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
const subnets = zones.map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`private-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `${region}${zone}`,
        cidrBlock: `10.50.${index}.0/24`,
        tags: { Tier: "private" },
    });
    new aws.ec2.RouteTableAssociation(`private-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
    return subnet;
});
const subnetIds = subnets.map(subnet => subnet.id);

// Endpoints

function policyOf(...statements: object[]) {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const ownAccount = {
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
};
// The service hands out links to the layers of images: requests for these carry no principal of the account.
const imageLayers = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
};
const s3 = new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: [routeTable.id],
    policy: policyOf(ownAccount, imageLayers),
});
const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidrBlock] }],
});
for (const service of ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages"]) {
    new aws.ec2.VpcEndpoint(service.replace(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds,
        securityGroupIds: [endpointGroup.id],
        privateDnsEnabled: true,
        policy: policyOf(ownAccount),
    });
}

// The service

const serviceGroup = new aws.ec2.SecurityGroup("service", {
    vpcId: vpc.id,
    description: "Service",
    egress: [
        { protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [endpointGroup.id] },
        { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [s3.prefixListId] },
    ],
});

function roleOf(name: string, statements: object[]) {
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
    });
    new aws.iam.RolePolicy(name, { role: role.name, policy: policyOf(...statements) });
    return role;
}

const secret = `arn:aws:secretsmanager:${region}:${account}:secret:payment-key-AbCdEf`;
const task = new aws.ecs.TaskDefinition("app", {
    family: "app",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    executionRoleArn: roleOf("execution", [
        { Effect: "Allow", Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], Resource: "*" },
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret },
    ]).arn,
    taskRoleArn: roleOf("task", [{ Effect: "Allow", Action: "ssmmessages:*", Resource: "*" }]).arn,
    containerDefinitions: JSON.stringify([
        {
            name: "app",
            image: `${account}.dkr.ecr.${region}.amazonaws.com/app:1.0`,
            secrets: [{ name: "PAYMENT_KEY", valueFrom: secret }],
            logConfiguration: {
                logDriver: "awslogs",
                options: { "awslogs-group": "app", "awslogs-region": region, "awslogs-stream-prefix": "app" },
            },
        },
    ]),
});
new aws.ecs.Service("app", {
    cluster: new aws.ecs.Cluster("app").arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 2,
    enableExecuteCommand: true,
    networkConfiguration: { subnets: subnetIds, securityGroups: [serviceGroup.id] },
});
