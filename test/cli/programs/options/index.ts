import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

class Network extends pulumi.ComponentResource {
    constructor(name: string, options: pulumi.ComponentResourceOptions) {
        super("test:index:Network", name, {}, options);
        const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" }, { parent: this });
        new aws.ec2.Subnet(
            "a",
            { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", tags: { name: pulumi.secret("hidden") } },
            {
                parent: this,
                additionalSecretOutputs: ["cidrBlock"],
                aliases: [{ name: "old" }],
                customTimeouts: { create: "1h30m", delete: "90s" },
                deleteBeforeReplace: true,
                dependsOn: [vpc],
                ignoreChanges: ["tags"],
            },
        );
        this.registerOutputs({ vpcId: vpc.id });
    }
}

const provider = new aws.Provider("elsewhere", { region: "eu-north-1", defaultTags: { tags: { team: "network" } } });
new Network("network", { protect: true, providers: [provider] });
const imported = new aws.s3.Bucket("imported", { bucket: "mine" }, { import: "mine" });
new aws.s3.BucketPolicy("policy", { bucket: imported.id, policy: pulumi.jsonStringify({ Resource: imported.arn }) });
