import * as seven from "@pulumi/aws/ec2";
import * as six from "aws-sdk-v6/ec2";

// A program in the middle of an upgrade.
const vpc = new seven.Vpc("main", { cidrBlock: "10.0.0.0/16" });
new six.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
