import * as aws from "@pulumi/aws";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const bucket = new aws.s3.Bucket("bucket");
new aws.ec2.VpcEndpoint("known", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    policy: aws.iam.getPolicyDocumentOutput({
        statements: [
            {
                principals: [{ type: "AWS", identifiers: ["*"] }],
                actions: ["s3:GetObject", "s3:PutObject"],
                resources: ["arn:aws:s3:::mine/*"],
            },
        ],
    }).json,
});
new aws.ec2.VpcEndpoint("pending", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.dynamodb",
    policy: aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["*"], resources: [bucket.arn] }] }).json,
});
