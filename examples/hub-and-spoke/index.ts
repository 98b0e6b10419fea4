/** A hub that owns the interface endpoints, and two spokes that ought to use them, and do not. */
import * as aws from "@pulumi/aws";

const region = "us-east-1";
const zones = ["a", "b"];
const account = "123456789012";
const everyVpc = "10.0.0.0/8";

const transitGateway = new aws.ec2transitgateway.TransitGateway("main");

// What every VPC has: private subnets, one route table, a transit gateway attachment

function network(name: string, number: number) {
    const cidrBlock = `10.${number}.0.0/16`;
    const vpc = new aws.ec2.Vpc(name, { cidrBlock, enableDnsHostnames: true, tags: { Name: name } });
    const routeTable = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
    const subnets = zones.map((zone, index) => {
        const subnet = new aws.ec2.Subnet(`${name}-${zone}`, {
            vpcId: vpc.id,
            availabilityZone: `${region}${zone}`,
            cidrBlock: `10.${number}.${index}.0/24`,
            tags: { Tier: "private" },
        });
        new aws.ec2.RouteTableAssociation(`${name}-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
        return subnet;
    });
    const attachment = new aws.ec2transitgateway.VpcAttachment(name, {
        transitGatewayId: transitGateway.id,
        vpcId: vpc.id,
        subnetIds: subnets.map(subnet => subnet.id),
    });
    return { name, vpc, cidrBlock, routeTable, subnets, attachment };
}

const hub = network("hub", 0);
const spokes = [network("orders", 1), network("billing", 2)];

// Routes: the spokes send everything to the hub, which has the way out

const publicTable = new aws.ec2.RouteTable("public", { vpcId: hub.vpc.id });
const publicSubnet = new aws.ec2.Subnet("public-a", {
    vpcId: hub.vpc.id,
    availabilityZone: `${region}a`,
    cidrBlock: "10.0.10.0/24",
    // Mistake: it is called private, and its route table leads to the internet.
    tags: { Tier: "private" },
});
new aws.ec2.RouteTableAssociation("public-a", { subnetId: publicSubnet.id, routeTableId: publicTable.id });
const internetGateway = new aws.ec2.InternetGateway("hub", { vpcId: hub.vpc.id });
const natGateway = new aws.ec2.NatGateway("hub", {
    subnetId: publicSubnet.id,
    allocationId: new aws.ec2.Eip("nat", { domain: "vpc" }).id,
});

function route(name: string, table: aws.ec2.RouteTable, destination: string, target: Partial<aws.ec2.RouteArgs>) {
    new aws.ec2.Route(name, { routeTableId: table.id, destinationCidrBlock: destination, ...target });
}

route("public-out", publicTable, "0.0.0.0/0", { gatewayId: internetGateway.id });
route("public-back", publicTable, everyVpc, { transitGatewayId: transitGateway.id });
route("hub-out", hub.routeTable, "0.0.0.0/0", { natGatewayId: natGateway.id });
route("hub-back", hub.routeTable, everyVpc, { transitGatewayId: transitGateway.id });
new aws.ec2transitgateway.Route("out", {
    destinationCidrBlock: "0.0.0.0/0",
    transitGatewayAttachmentId: hub.attachment.id,
    transitGatewayRouteTableId: transitGateway.associationDefaultRouteTableId,
});
for (const spoke of spokes) {
    route(spoke.name, spoke.routeTable, "0.0.0.0/0", { transitGatewayId: transitGateway.id });
}

// Endpoint policies: within the own account

function policyOf(...statements: object[]) {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const ownAccount = {
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } },
};

// Mistake: a gateway endpoint serves only its own VPC, so the S3 traffic of the spokes goes out through the NAT gateway.
for (const { name, vpc, routeTable } of [hub]) {
    new aws.ec2.VpcEndpoint(`${name}-s3`, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: [routeTable.id],
        policy: policyOf(ownAccount),
    });
}

// The shared endpoints

// Mistake: the endpoints admit the hub alone, so calls from the spokes time out.
const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: hub.vpc.id,
    description: "Shared endpoints",
    ingress: [
        {
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: [hub.cidrBlock],
        },
    ],
});

for (const service of ["sqs", "sts"]) {
    const endpoint = new aws.ec2.VpcEndpoint(service, {
        vpcId: hub.vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: hub.subnets.map(subnet => subnet.id),
        securityGroupIds: [endpointGroup.id],
        privateDnsEnabled: false,
        policy: policyOf(ownAccount),
    });
    const zone = new aws.route53.Zone(service, {
        name: `${service}.${region}.amazonaws.com`,
        // Mistake: the zone answers in the hub alone, so the spokes still resolve public addresses.
        vpcs: [{ vpcId: hub.vpc.id }],
    });
    new aws.route53.Record(service, {
        zoneId: zone.zoneId,
        name: `${service}.${region}.amazonaws.com`,
        type: "A",
        aliases: endpoint.dnsEntries.apply(entries =>
            entries.slice(0, 1).map(({ dnsName, hostedZoneId }) => ({
                name: dnsName,
                zoneId: hostedZoneId,
                evaluateTargetHealth: false,
            })),
        ),
    });
}

// Workloads: a function in each spoke sends messages

const role = new aws.iam.Role("function", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("function", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
});
new aws.iam.RolePolicy("send", {
    role: role.name,
    policy: policyOf({
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: `arn:aws:sqs:${region}:${account}:orders`,
    }),
});
for (const { name, vpc, subnets } of spokes) {
    const group = new aws.ec2.SecurityGroup(name, {
        vpcId: vpc.id,
        description: "Function",
        egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    });
    new aws.lambda.Function(name, {
        role: role.arn,
        packageType: "Image",
        imageUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}:1.0`,
        vpcConfig: { subnetIds: subnets.map(subnet => subnet.id), securityGroupIds: [group.id] },
    });
}
