/** A private application: a Fargate service and an instance behind VPC endpoints, and a database that has no way out. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const region = "us-east-1";
const zones = ["a", "b"];
const organization = "o-exampleorgid";
const cidrBlock = "10.20.0.0/16";
const bucketName = "private-app-documents-123456789012";

// The VPC, its subnets and their routes

// Mistake: DNS hostnames are off by default, and without them private DNS of endpoints does not resolve.
const vpc = new aws.ec2.Vpc("main", { cidrBlock, tags: { Name: "private-app" } });

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
// Mistake: whatever starts in these private subnets gets a public IP address.
const privateSubnets = subnetsOf("private", 10, { mapPublicIpOnLaunch: true });
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
// Mistake: isolated subnets have a default route to a NAT gateway, so they are not isolated.
routeTable("isolated", isolatedSubnets, {
    natGatewayId: natGateways.map(gateway => gateway.id)[0],
});

// Endpoint policies: known before anything exists, so that they can be judged at preview

const ownIdentitiesAndResources = {
    Sid: "OwnIdentitiesToOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalOrgID": organization, "aws:ResourceOrgID": organization } },
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

// Mistake: no endpoint policy, so anyone may carry data through it to any bucket of any account.
// Mistake: only the first private route table has it; from the other zone S3 traffic goes, and is paid for, through NAT.
gatewayEndpoint("s3", "s3", { routeTableIds: privateTables.map(table => table.id).slice(0, 1) });
// Mistake: no route table has it, so no traffic takes it.
gatewayEndpoint("s3-isolated", "s3", { policy: policyOf(ownBucketOnly) });

function tcp(port: number, peers: Partial<aws.types.input.ec2.SecurityGroupEgress>) {
    return { protocol: "tcp", fromPort: port, toPort: port, ...peers };
}

// Mistake: the endpoints admit the whole internet instead of the VPC.
const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [tcp(443, { cidrBlocks: ["0.0.0.0/0"] })],
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

// Mistake: ssmmessages is missing, without which there is no Session Manager and no Run Command.
["ssm", "ec2messages"].forEach(service => interfaceEndpoint(service));
// Mistake: image layers come from S3, which the endpoint above does not serve in the second zone.
["ecr.api", "ecr.dkr"].forEach(service => interfaceEndpoint(service));
// Mistake: network interfaces in one zone only, so a failure of that zone takes the keys from the other.
interfaceEndpoint("kms", { subnetIds: privateSubnets.map(subnet => subnet.id).slice(0, 1) });
// Mistake: private DNS is off, so the SDKs still call the public addresses of Secrets Manager.
interfaceEndpoint("secretsmanager", { privateDnsEnabled: false });
// Mistake: DynamoDB by an interface endpoint is paid for by the hour and the gigabyte; a gateway endpoint costs nothing.
interfaceEndpoint("dynamodb", { privateDnsEnabled: false });
// Mistake: network interfaces in public subnets, where no private workload needs them.
interfaceEndpoint("sqs", { subnetIds: publicSubnets.map(subnet => subnet.id) });
// Mistake: no security group, so AWS takes the default one of the VPC, which admits only its own members.
new aws.ec2.VpcEndpoint("logs", {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.logs`,
    vpcEndpointType: "Interface",
    subnetIds: privateSubnets.map(subnet => subnet.id),
    privateDnsEnabled: true,
    policy: policyOf(ownIdentitiesAndResources),
});

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

// Mistake: a security group that lists no egress rules lets nothing out, to endpoints neither.
const workloadGroup = new aws.ec2.SecurityGroup("workloads", { vpcId: vpc.id, description: "Service and instance" });

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
        // Mistake: tasks in a private subnet ask for public IP addresses.
        assignPublicIp: true,
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
