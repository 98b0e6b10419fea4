import * as pulumi from "@pulumi/pulumi";

/** A component whose resources its provider would make, as awsx has them. */
class Vpc extends pulumi.ComponentResource {
    declare readonly vpcId: pulumi.Output<string>;

    constructor(name: string, inputs: pulumi.Inputs) {
        super("awsx:ec2:Vpc", name, { ...inputs, vpcId: undefined }, { version: "3.0.0" }, true);
    }
}

class Owner extends pulumi.CustomResource {
    constructor(name: string) {
        super("other:index:Owner", name, {}, { version: "1.0.0-beta.1" });
    }
}

/** Any resource of any provider. */
class Other extends pulumi.CustomResource {
    constructor(name: string, vpcId: pulumi.Input<string>, vpc: Vpc) {
        const hook = () => {
            throw new Error("no hook runs at a preview");
        };
        const inputs = { vpcId, self: vpc, file: new pulumi.asset.StringAsset("text"), __defaults: ["vpcId"] };
        const atPreview = new pulumi.ResourceHook("checks", hook, { onDryRun: true });
        const hooks = { beforeCreate: [hook, atPreview] };
        super("other:index:Resource", name, inputs, { hooks, version: "1.0.0-beta.1" });
    }
}

const owner = new Owner("owner");
const vpc = new Vpc("network", {
    cidrBlock: pulumi.output("10.0.0.0/16"),
    owner: owner.id,
    password: pulumi.secret("hidden"),
});
new Other("other", vpc.vpcId, vpc);
