import * as pulumi from "@pulumi/pulumi";

/** A component whose resources its provider would make, as awsx has them. */
class Vpc extends pulumi.ComponentResource {
    declare readonly vpcId: pulumi.Output<string>;

    constructor(name: string) {
        super("awsx:ec2:Vpc", name, { cidrBlock: "10.0.0.0/16", vpcId: undefined }, { version: "3.0.0" }, true);
    }
}

/** Any resource of any provider. */
class Other extends pulumi.CustomResource {
    constructor(name: string, vpcId: pulumi.Input<string>, vpc: Vpc) {
        const hook = () => {
            throw new Error("no hook runs at a preview");
        };
        const inputs = { vpcId, self: vpc, file: new pulumi.asset.StringAsset("text"), __defaults: ["vpcId"] };
        super("other:index:Resource", name, inputs, { hooks: { beforeCreate: [hook] }, version: "1.0.0-beta.1" });
    }
}

const vpc = new Vpc("network");
new Other("other", vpc.vpcId, vpc);
