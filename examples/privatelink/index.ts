/** A service that one VPC offers by PrivateLink and another one uses, open on both sides. */
import * as aws from "@pulumi/aws";

const region = "us-east-1";
const zones = ["a", "b"];
const account = "123456789012";

function policyOf(...statements: object[]) {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function network(name: string, number: number) {
    const vpc = new aws.ec2.Vpc(name, {
        cidrBlock: `10.${number}.0.0/16`,
        enableDnsHostnames: true,
        tags: { Name: name },
    });
    const routeTable = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
    const subnets = zones.map((zone, index) => {
        const subnet = new aws.ec2.Subnet(`${name}-${zone}`, {
            vpcId: vpc.id,
            availabilityZone: `${region}${zone}`,
            cidrBlock: `10.${number}.${index}.0/24`,
            tags: { Tier: "isolated" },
        });
        new aws.ec2.RouteTableAssociation(`${name}-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
        return subnet;
    });
    return { vpc, routeTable, subnets };
}

const provider = network("provider", 60);
const consumer = network("consumer", 61);

// The provider

const balancerGroup = new aws.ec2.SecurityGroup("balancer", {
    vpcId: provider.vpc.id,
    description: "Load balancer",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.60.0.0/15"] }],
});
const balancer = new aws.lb.LoadBalancer("service", {
    internal: true,
    loadBalancerType: "network",
    // Mistake: a failure of the only zone ends the service.
    subnets: provider.subnets.map(subnet => subnet.id).slice(0, 1),
    securityGroups: [balancerGroup.id],
    enableCrossZoneLoadBalancing: true,
});
const service = new aws.ec2.VpcEndpointService("service", {
    // Mistake: every AWS account may connect, and nobody is asked.
    acceptanceRequired: false,
    allowedPrincipals: ["*"],
    networkLoadBalancerArns: [balancer.arn],
});

// Mistake: AWS refuses private DNS for S3 without a gateway endpoint, which the VPC's own traffic takes.
new aws.ec2.VpcEndpoint("s3", {
    vpcId: provider.vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Interface",
    subnetIds: provider.subnets.map(subnet => subnet.id),
    securityGroupIds: [balancerGroup.id],
    privateDnsEnabled: true,
    policy: policyOf({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "arn:aws:s3:::images-of-privatelink*",
    }),
});

// The consumer

const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: consumer.vpc.id,
    description: "Interface endpoints",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.61.0.0/16"] }],
});
new aws.ec2.VpcEndpoint("service", {
    vpcId: consumer.vpc.id,
    serviceName: service.serviceName,
    vpcEndpointType: "Interface",
    subnetIds: consumer.subnets.map(subnet => subnet.id),
    securityGroupIds: [endpointGroup.id],
});
// Mistake: a private way out to somebody who is not known.
new aws.ec2.VpcEndpoint("partner", {
    vpcId: consumer.vpc.id,
    serviceName: `com.amazonaws.vpce.${region}.vpce-svc-0a1b2c3d4e5f60718`,
    vpcEndpointType: "Interface",
    subnetIds: consumer.subnets.map(subnet => subnet.id),
    securityGroupIds: [endpointGroup.id],
});
// Mistake: there is no service of this name.
new aws.ec2.VpcEndpoint("queues", {
    vpcId: consumer.vpc.id,
    serviceName: `com.amazonaws.${region}.sqss`,
    vpcEndpointType: "Interface",
    subnetIds: consumer.subnets.map(subnet => subnet.id),
    securityGroupIds: [endpointGroup.id],
    privateDnsEnabled: true,
});
new aws.ec2.VpcEndpoint("dynamodb", {
    vpcId: consumer.vpc.id,
    serviceName: `com.amazonaws.${region}.dynamodb`,
    // Mistake: private DNS is for interface endpoints.
    privateDnsEnabled: true,
    routeTableIds: [consumer.routeTable.id],
    policy: policyOf({
        Effect: "Allow",
        Principal: "*",
        Action: "dynamodb:*",
        Resource: `arn:aws:dynamodb:${region}:${account}:table/*`,
    }),
});
