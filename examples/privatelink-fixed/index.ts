/** A service that one VPC offers by PrivateLink and another one uses: nobody comes in unasked, and nothing goes to strangers. */
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

// The provider: a load balancer in both zones, and a service that lets in whom it has accepted

const balancerGroup = new aws.ec2.SecurityGroup("balancer", {
    vpcId: provider.vpc.id,
    description: "Load balancer",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.60.0.0/15"] }],
});
const balancer = new aws.lb.LoadBalancer("service", {
    internal: true,
    loadBalancerType: "network",
    subnets: provider.subnets.map(subnet => subnet.id),
    securityGroups: [balancerGroup.id],
    enableCrossZoneLoadBalancing: true,
});
const service = new aws.ec2.VpcEndpointService("service", {
    acceptanceRequired: true,
    allowedPrincipals: [`arn:aws:iam::${account}:root`],
    networkLoadBalancerArns: [balancer.arn],
});

// The consumer: an endpoint to that service, and one to DynamoDB

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
new aws.ec2.VpcEndpoint("dynamodb", {
    vpcId: consumer.vpc.id,
    serviceName: `com.amazonaws.${region}.dynamodb`,
    routeTableIds: [consumer.routeTable.id],
    policy: policyOf({
        Effect: "Allow",
        Principal: "*",
        Action: "dynamodb:*",
        Resource: `arn:aws:dynamodb:${region}:${account}:table/*`,
    }),
});
