import * as aws from "@pulumi/aws";

// An enum, which Node.js cannot strip.
enum Zone {
    First = "first",
}

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", tags: { zone: Zone.First } });
new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.eu-west-1.s3",
    routeTableIds: [vpc.mainRouteTableId],
});
new aws.ec2.Vpc("bare", { cidrBlock: "10.1.0.0/16" });

export const vpcId = vpc.id;
