import * as aws from "@pulumi/aws";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
const subnet = new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true });
new aws.ec2.Route("out", {
    routeTableId: vpc.mainRouteTableId,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
});
new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    routeTableIds: [vpc.mainRouteTableId],
});
new aws.ec2.VpcEndpoint("sqs", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.sqs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [vpc.defaultSecurityGroupId],
});
