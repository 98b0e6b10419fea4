import * as aws from "@pulumi/aws";

// Answers are known at preview, so that a program may go by them.
export = async () => {
    const zones = await aws.getAvailabilityZones({ state: "available" });
    const vpc = await aws.ec2.getVpc({ default: true });
    const elsewhere = new aws.Provider("elsewhere", { region: "us-gov-west-1" });
    for (const [index, zone] of zones.names.entries()) {
        new aws.ec2.Subnet(zone, {
            vpcId: vpc.id,
            cidrBlock: `10.0.${index}.0/24`,
            availabilityZone: zone,
        });
    }
    new aws.ec2.Vpc("answers", {
        cidrBlock: vpc.cidrBlock,
        tags: {
            caller: (await aws.getCallerIdentity()).arn,
            elsewhere: aws.getPartitionOutput({}, { provider: elsewhere }).partition,
            image: aws.ec2.getAmiOutput({ owners: ["amazon"], mostRecent: true }).id,
            parameter: (await aws.ssm.getParameter({ name: "/a" })).value,
            partition: (await aws.getPartition()).partition,
            region: (await aws.getRegion()).region,
            suffix: (await aws.getPartition()).dnsSuffix,
        },
    });
};
