import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const subnet = new aws.ec2.Subnet("app", { vpcId, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true });
new aws.ec2.VpcEndpoint("s3", {
    vpcId,
    serviceName: "com.amazonaws.us-east-1.s3",
    vpcEndpointType: "Interface",
    subnetIds: [subnet.id],
});
new aws.ec2.VpcEndpoint("dynamodb", {
    vpcId,
    serviceName: "com.amazonaws.us-east-1.dynamodb",
    routeTableIds: ["rtb-0123456789abcdef0"],
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "dynamodb:GetItem", Resource: "*" }],
    }),
});
new aws.ec2.VpcEndpoint("ours", {
    vpcId: new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" }).id,
    serviceName: "com.amazonaws.us-east-1.s3",
});
