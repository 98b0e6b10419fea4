import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const vpc = aws.ec2.Vpc.get("existing", "vpc-0123456789abcdef0");
const network = new pulumi.StackReference("organization/network/prod");
new aws.ec2.Subnet("a", {
    vpcId: vpc.id,
    cidrBlock: "10.0.1.0/24",
    availabilityZone: network.requireOutput("zone"),
    tags: { arn: vpc.arn, size: network.getOutput("size") },
});
