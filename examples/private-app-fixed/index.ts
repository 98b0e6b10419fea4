/** A private application: a Fargate service and an instance behind VPC endpoints, and a database that has no way out. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const region = "us-east-1";
const zones = ["a", "b"];
const organization = "o-exampleorgid";
const cidrBlock = "10.20.0.0/16";
const bucketName = "private-app-documents-123456789012";

// The VPC, its subnets and their routes

const vpc = new aws.ec2.Vpc("main", { cidrBlock, enableDnsHostnames: true, tags: { Name: "private-app" } });

function subnetsOf(tier: string, first: number, args: Partial<aws.ec2.SubnetArgs> = {}) {
    return zones.map((zone, index) => {
        return new aws.ec2.Subnet(`${tier}-${zone}`, {
            vpcId: vpc.id,
            availabilityZone: `${region}${zone}`,
            cidrBlock: `10.20.${first + index}.0/24`,
            tags: { Tier: tier },
            ...args,
        });
    });
}

function routeTable(name: string, subnets: aws.ec2.Subnet[], defaultRoute?: Partial<aws.ec2.RouteArgs>) {
    const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
    subnets.forEach((subnet, index) => {
        new aws.ec2.RouteTableAssociation(`${name}-${index}`, { subnetId: subnet.id, routeTableId: table.id });
    });
    if (defaultRoute !== undefined) {
        new aws.ec2.Route(name, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...defaultRoute });
    }
    return table;
}

const publicSubnets = subnetsOf("public", 0);
const privateSubnets = subnetsOf("private", 10);
const isolatedSubnets = subnetsOf("isolated", 20);

const internetGateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
routeTable("public", publicSubnets, { gatewayId: internetGateway.id });

const natGateways = publicSubnets.map((subnet, index) => {
    const address = new aws.ec2.Eip(`nat-${zones[index]}`, { domain: "vpc" });
    return new aws.ec2.NatGateway(`nat-${zones[index]}`, { subnetId: subnet.id, allocationId: address.id });
});
const privateTables = natGateways.map((gateway, index) => {
    return routeTable(`private-${zones[index]}`, privateSubnets.slice(index, index + 1), { natGatewayId: gateway.id });
});
const isolatedTable = routeTable("isolated", isolatedSubnets);

// Endpoint policies: known before anything exists, so that they can be judged at preview

const ownIdentitiesAndResources = {
    Sid: "OwnIdentitiesToOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalOrgID": organization, "aws:ResourceOrgID": organization } },
};
// AWS's own requests for these are presigned or unsigned: no condition on principals ever holds for them.
const bucketsOfAws = {
    Sid: "ImageLayersAndPatches",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: [
        `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        `arn:aws:s3:::aws-ssm-${region}/*`,
        `arn:aws:s3:::amazon-ssm-packages-${region}/*`,
        `arn:aws:s3:::patch-baseline-snapshot-${region}/*`,
        `arn:aws:s3:::${region}-birdwatcher-prod/*`,
        `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
    ],
};
const ownBucketOnly = {
    ...ownIdentitiesAndResources,
    Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
};

function policyOf(...statements: object[]) {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

// Endpoints

function gatewayEndpoint(name: string, service: string, args: Partial<aws.ec2.VpcEndpointArgs>) {
    return new aws.ec2.VpcEndpoint(name, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        ...args,
    });
}

const s3 = gatewayEndpoint("s3", "s3", {
    routeTableIds: privateTables.map(table => table.id),
    policy: policyOf(ownIdentitiesAndResources, bucketsOfAws),
});
gatewayEndpoint("s3-isolated", "s3", {
    routeTableIds: [isolatedTable.id],
    policy: policyOf(ownBucketOnly),
});
const dynamodb = gatewayEndpoint("dynamodb", "dynamodb", {
    routeTableIds: [...privateTables, isolatedTable].map(table => table.id),
    policy: policyOf(ownIdentitiesAndResources),
});

function tcp(port: number, peers: Partial<aws.types.input.ec2.SecurityGroupEgress>) {
    return { protocol: "tcp", fromPort: port, toPort: port, ...peers };
}

const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [tcp(443, { cidrBlocks: [cidrBlock] })],
});

function interfaceEndpoint(service: string, args: Partial<aws.ec2.VpcEndpointArgs> = {}) {
    return new aws.ec2.VpcEndpoint(service.replace(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: privateSubnets.map(subnet => subnet.id),
        securityGroupIds: [endpointGroup.id],
        privateDnsEnabled: true,
        policy: policyOf(ownIdentitiesAndResources),
        ...args,
    });
}

["ssm", "ssmmessages", "ec2messages"].forEach(service => interfaceEndpoint(service));
["ecr.api", "ecr.dkr", "kms", "secretsmanager", "logs"].forEach(service => interfaceEndpoint(service));

// Data

new aws.s3.Bucket("documents", { bucket: bucketName });
const sessions = new aws.dynamodb.Table("sessions", {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
});

const databaseGroup = new aws.ec2.SecurityGroup("database", {
    vpcId: vpc.id,
    description: "Database",
    ingress: [tcp(5432, { cidrBlocks: [cidrBlock] })],
});
const databaseSubnets = new aws.rds.SubnetGroup("database", { subnetIds: isolatedSubnets.map(subnet => subnet.id) });
const database = new aws.rds.Instance("database", {
    engine: "postgres",
    instanceClass: "db.t4g.medium",
    allocatedStorage: 50,
    multiAz: true,
    storageEncrypted: true,
    username: "app",
    manageMasterUserPassword: true,
    dbSubnetGroupName: databaseSubnets.name,
    vpcSecurityGroupIds: [databaseGroup.id],
    skipFinalSnapshot: true,
});

// Workloads

const workloadGroup = new aws.ec2.SecurityGroup("workloads", {
    vpcId: vpc.id,
    description: "Service and instance",
    egress: [
        tcp(443, { cidrBlocks: [cidrBlock], description: "Interface endpoints" }),
        tcp(443, { prefixListIds: [s3.prefixListId, dynamodb.prefixListId], description: "Gateway endpoints" }),
        tcp(5432, { cidrBlocks: [cidrBlock], description: "Database" }),
        tcp(443, { cidrBlocks: ["203.0.113.0/24"], description: "Payment provider, by the NAT gateways" }),
    ],
});

function roleOf(name: string, service: string, managedPolicy: string) {
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: service }),
    });
    new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${managedPolicy}` });
    return role;
}

const secret = new aws.secretsmanager.Secret("payment-key");
const executionRole = roleOf("execution", "ecs-tasks.amazonaws.com", "service-role/AmazonECSTaskExecutionRolePolicy");
new aws.iam.RolePolicy("read-secret", {
    role: executionRole.name,
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn }],
    }),
});

const repository = new aws.ecr.Repository("app");
const logGroup = new aws.cloudwatch.LogGroup("app", { retentionInDays: 30 });
const task = new aws.ecs.TaskDefinition("app", {
    family: "app",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    executionRoleArn: executionRole.arn,
    containerDefinitions: pulumi.jsonStringify([
        {
            name: "app",
            image: pulumi.interpolate`${repository.repositoryUrl}:1.0`,
            environment: [
                { name: "DATABASE", value: database.address },
                { name: "SESSIONS", value: sessions.name },
            ],
            secrets: [{ name: "PAYMENT_KEY", valueFrom: secret.arn }],
            logConfiguration: {
                logDriver: "awslogs",
                options: { "awslogs-group": logGroup.name, "awslogs-region": region, "awslogs-stream-prefix": "app" },
            },
        },
    ]),
});
const cluster = new aws.ecs.Cluster("app");
new aws.ecs.Service("app", {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: {
        subnets: privateSubnets.map(subnet => subnet.id),
        securityGroups: [workloadGroup.id],
    },
});

const operationsRole = roleOf("operations", "ec2.amazonaws.com", "AmazonSSMManagedInstanceCore");
new aws.ec2.Instance("operations", {
    ami: aws.ec2.getAmiOutput({
        owners: ["amazon"],
        mostRecent: true,
        filters: [{ name: "name", values: ["al2023-ami-2023.*-x86_64"] }],
    }).id,
    instanceType: "t3.small",
    subnetId: privateSubnets.map(subnet => subnet.id)[0],
    vpcSecurityGroupIds: [workloadGroup.id],
    iamInstanceProfile: new aws.iam.InstanceProfile("operations", { role: operationsRole.name }).name,
    metadataOptions: { httpTokens: "required" },
});
