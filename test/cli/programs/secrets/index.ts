import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
new aws.ssm.Parameter("parameter", {
    type: "SecureString",
    value: config.requireSecret("password"),
    description: config.require("endpoint"),
    tags: {
        user: config.requireSecretObject<{ user: string }>("database").user,
        zone: config.require("zone"),
    },
});
