import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(() => undefined);
