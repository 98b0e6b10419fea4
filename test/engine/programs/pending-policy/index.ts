import * as aws from "@pulumi/aws";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const table = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
const bucket = new aws.s3.Bucket("data");
const statement = (resource: aws.s3.Bucket) => ({
    principals: [{ type: "*", identifiers: ["*"] }],
    actions: ["s3:GetObject"],
    resources: [resource.arn],
});
new aws.ec2.VpcEndpoint("by-data-source", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    routeTableIds: [table.id],
    policy: aws.iam.getPolicyDocumentOutput({ statements: [statement(bucket)] }).json,
});
const apart = new aws.ec2.VpcEndpoint("apart", { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.dynamodb" });
new aws.ec2.VpcEndpointPolicy("apart", { vpcEndpointId: apart.id });
new aws.ec2.VpcEndpointRouteTableAssociation("apart", { vpcEndpointId: apart.id, routeTableId: table.id });
new aws.ec2.VpcEndpoint("left-out", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.sqs",
    vpcEndpointType: "Interface",
});
