import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
new aws.ec2.Vpc("main", {
    cidrBlock: "10.0.0.0/16",
    tags: {
        account: config.require("account"),
        object: String(config.requireObject<{ enabled: boolean }>("object").enabled),
        plain: config.require("plain"),
        stack: `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`,
        typed: config.requireNumber("typed").toFixed(),
        valued: config.requireObject<string[]>("valued").join("+"),
    },
});
