import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/required-endpoints-present";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc, vpcElsewhere } from "./network";

const config = { services: ["s3", "logs"] };

const missing = (...services: readonly string[]) => ({
    main: new RegExp(
        `^VPC main has no endpoint for ${services.join(" and ")}, which every VPC is required to have\\.$`,
    ),
});

table(policy, {
    why: "An organization may want certain endpoints in every VPC, so that traffic to these services stays private. A VPC without them works all the same, so nobody notices.",
    page: {
        rejects: "a VPC that lacks one of the endpoints",
        accepts: "a VPC with the endpoints that are required",
        config: { services: ["s3", "ec2"], exceptVpcs: ["sandbox-*"] },
    },
    accepts: {
        "any VPC, where nothing is required": () => vpc(),
        "a VPC with the endpoints that are required": {
            config,
            program: () => {
                const v = vpc();
                gateway(v);
                endpoint(v);
            },
        },
        "an interface endpoint, where one for the service is required": {
            config: { services: ["s3"] },
            program: () => endpoint(vpc(), {}, "s3"),
        },
        "the FIPS twin of a service that is required": {
            config: { services: ["kms"] },
            program: () => endpoint(vpc(), {}, "kms-fips"),
        },
        "an endpoint whose service is in the Region of the endpoint, said twice": {
            config: { services: ["s3"] },
            program: () => gateway(vpc(), { serviceRegion: "us-east-1" }),
        },
        "a partner's service that is required by its whole name": {
            config: { services: ["com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718"] },
            program: () => endpoint(vpc(), { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718" }),
        },
        "a VPC that the setting leaves out": {
            config: { ...config, exceptVpcs: ["ma*"] },
            program: () => vpc(),
        },
        "a stack without a VPC": {
            config,
            program: () => endpoint({ id: "vpc-0a1b2c3d4e5f60718" }),
        },
        "an aws-native VPC with the endpoints that are required": {
            config,
            program: () => {
                const v = nativeVpc();
                nativeGateway(v);
                nativeEndpoint(v);
            },
        },
    },
    rejects: {
        "a VPC without endpoints": {
            config,
            program: () => vpc(),
            because: missing("logs", "s3"),
        },
        "a VPC that lacks one of the endpoints": {
            config,
            program: () => gateway(vpc()),
            because: missing("logs"),
        },
        "an endpoint in another VPC": {
            config: { services: ["s3"], exceptVpcs: ["other"] },
            program: () => {
                vpc();
                gateway(vpc({}, "other"));
            },
            because: missing("s3"),
        },
        "an endpoint in a VPC outside": {
            config: { services: ["s3"] },
            program: () => {
                vpc();
                gateway({ id: "vpc-0a1b2c3d4e5f60718" });
            },
            because: missing("s3"),
        },
        "an endpoint for a service whose name only begins alike": {
            config: { services: ["ec2"] },
            program: () => endpoint(vpc(), {}, "ec2messages"),
            because: missing("ec2"),
        },
        "an endpoint for the service in another Region": {
            config: { services: ["s3"] },
            program: () => endpoint(vpc(), { serviceRegion: "eu-west-1" }, "s3"),
            because: missing("s3"),
        },
        "the account's default VPC without endpoints": {
            config: { services: ["s3"] },
            program: () => new aws.ec2.DefaultVpc("main"),
            because: missing("s3"),
        },
        "an aws-native VPC without endpoints": {
            config,
            program: () => nativeVpc(),
            because: missing("logs", "s3"),
        },
        "a VPC that the setting does not leave out": {
            config: { ...config, exceptVpcs: ["main-*"] },
            program: () => vpc(),
            because: missing("logs", "s3"),
        },
    },
    waitsFor: {
        "the service of an endpoint": {
            config: { services: ["s3"] },
            program: () =>
                gateway(vpc(), { serviceName: new aws.s3.Bucket("b").id.apply(() => "com.amazonaws.us-east-1.s3") }),
            on: ["main"],
            then: {},
        },
        "which of two VPCs an endpoint is in": {
            config: { services: ["s3"], exceptVpcs: ["other"] },
            program: () => gateway({ id: pulumi.all([vpc().id, vpc({}, "other").id]).apply(([, id]) => id) }),
            on: ["main"],
            then: missing("s3"),
        },
    },
    doesNotJudge: {
        "a VPC that another stack has made": {
            config: { services: ["s3"] },
            program: () => vpcElsewhere(),
            inExport: { elsewhere: /^VPC elsewhere has no endpoint for s3, / },
        },
    },
});
