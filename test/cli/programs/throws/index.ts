import * as pulumi from "@pulumi/pulumi";

pulumi.output("value").apply(value => {
    throw new Error(`no ${value} is good enough`);
});
