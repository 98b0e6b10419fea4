import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import policy from "../../policies/endpoint-service-name-valid";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc } from "./network";

const { ec2 } = aws;

const partner = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";

/** An interface endpoint called "one" for a service by its whole name. */
const one =
    (serviceName: string, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    () =>
        endpoint(vpc(), { serviceName, ...args }, "", "one");

/** The same, for a service in us-east-1. */
const of = (service: string, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    one(`com.amazonaws.us-east-1.${service}`, args);

/** A gateway endpoint called "one". */
const routed = (service: string) => () => gateway(vpc(), {}, service, "one");

const misspelt = (service: string, meant: string, letters: string) => ({
    one: new RegExp(
        `^Service name com\\.amazonaws\\.us-east-1\\.${service} of endpoint one is none of AWS's: ${meant} is ${letters} away\\.$`,
    ),
});
const unknown = { one: /^Probable: Service name .* of endpoint one is none that this pack knows\.$/ };
const called = (name: string) => ({ one: new RegExp(` has the wrong prefix: AWS calls the service ${name}\\.$`) });
const byType = (type: string, types: string) => ({
    one: new RegExp(` goes with endpoints of type ${types} only, not with ${type}\\.$`),
});
const stray = {
    one: /^Service name com\.amazonaws\.eu-west-1\.s3 of endpoint one has Region eu-west-1, but the endpoint is in us-east-1 and no serviceRegion says otherwise\.$/,
};

table(policy, {
    why: "A name that is misspelt, or that belongs to another Region, fails only when AWS makes the endpoint.",
    page: { config: { extraServices: ["telepathy"] } },
    accepts: {
        "an interface endpoint": of("logs"),
        "a gateway endpoint": routed("s3"),
        "both types of endpoints for DynamoDB": () => {
            const v = vpc();
            gateway(v, {}, "dynamodb", "a");
            endpoint(v, {}, "dynamodb", "b");
        },
        "a gateway endpoint for S3 Express One Zone": routed("s3express"),
        "services whose names are alike": () => {
            const v = vpc();
            ["ec2", "ec2messages", "ssm", "ssmmessages"].map(service => endpoint(v, {}, service));
        },
        "a name in two parts": of("ecr.api"),
        "a FIPS twin": of("kms-fips"),
        "a FIPS twin that the table does not list": of("sns-fips"),
        "a numbered cell": of("timestream.ingest-cell2"),
        "a service of a partner": one(partner),
        "a service of a partner in China": one("cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0a1b2c3d4e5f60718"),
        "a Gateway Load Balancer endpoint": one(partner, { vpcEndpointType: "GatewayLoadBalancer" }),
        "a service of the stack itself": () => {
            const serviceName = new ec2.VpcEndpointService("own", { acceptanceRequired: true }).serviceName;
            endpoint(vpc(), { serviceName }, "", "one");
        },
        "an endpoint that leads to a resource and names no service": () =>
            new ec2.VpcEndpoint("one", {
                vpcId: vpc().id,
                vpcEndpointType: "Resource",
                resourceConfigurationArn:
                    "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
            }),
        "a name without a Region": one("com.amazonaws.iam", { region: "us-east-1" }),
        "a name in two parts without a Region": one("com.amazonaws.s3-global.accesspoint"),
        "a name without a Region that the table does not list": one("com.amazonaws.route53"),
        "a name with a prefix of its own": one("aws.sagemaker.us-east-1.notebook"),
        "the endpoint's own Region": of("s3", { region: "us-east-1" }),
        "another Region that is the service Region": one("com.amazonaws.eu-west-1.s3", {
            region: "us-east-1",
            serviceRegion: "eu-west-1",
        }),
        "a Region where the endpoint's own is not given": one("com.amazonaws.eu-west-1.s3"),
        "the prefix of a partition": one("cn.com.amazonaws.cn-north-1.sts"),
        "the general prefix in a partition, for a service that has no other": one("com.amazonaws.cn-north-1.kms"),
        "the general prefix for a gateway endpoint in China": () =>
            gateway(vpc(), { serviceName: "com.amazonaws.cn-north-1.s3" }),
        "the prefix of a partition where the table has the general one": one("cn.com.amazonaws.cn-north-1.kms"),
        "a service that the setting adds": {
            program: of("clairvoyance"),
            config: { extraServices: ["clairvoy*"] },
        },
        "a service that the setting adds, though it is one letter from another": {
            program: of("sqsx"),
            config: { extraServices: ["sqsx"] },
        },
        "aws-native endpoints": () => {
            const v = nativeVpc();
            nativeEndpoint(v);
            nativeGateway(v);
        },
    },
    rejects: {
        "a letter too many": { program: of("sqss"), because: misspelt("sqss", "sqs", "one letter") },
        "a letter too few": { program: of("log"), because: misspelt("log", "logs", "one letter") },
        "another letter": { program: of("ecr.apo"), because: misspelt("ecr\\.apo", "ecr\\.api", "one letter") },
        "two letters in the wrong order": {
            program: of("secretsmanagre"),
            because: misspelt("secretsmanagre", "secretsmanager", "two letters"),
        },
        "another separator": { program: of("ecr-dkr"), because: misspelt("ecr-dkr", "ecr\\.dkr", "one letter") },
        "a misspelt FIPS twin": { program: of("kms-fps"), because: misspelt("kms-fps", "kms-fips", "one letter") },
        "a name that is nobody's": { program: of("clairvoyance"), probable: true, because: unknown },
        "a short name that two letters would make many others of": {
            program: of("xyz"),
            probable: true,
            because: unknown,
        },
        "the name of a service that is not known to have endpoints, though it is two letters from another": {
            program: of("signer"),
            probable: true,
            because: unknown,
        },
        "another version of a service": { program: of("inspector3"), probable: true, because: unknown },
        "a name that lacks its Region": { program: one("com.amazonaws.sts"), probable: true, because: unknown },
        "a name with a Region that has none": { program: of("iam"), probable: true, because: unknown },
        "a prefix that is not AWS's": { program: one("com.amazon.us-east-1.s3"), probable: true, because: unknown },
        "a service that the setting does not add": {
            program: of("clairvoyance"),
            config: { extraServices: ["telepathy"] },
            probable: true,
            because: unknown,
        },
        "a Region that is not the endpoint's": {
            program: one("com.amazonaws.eu-west-1.s3", { region: "us-east-1" }),
            because: stray,
        },
        "a Region that is neither the endpoint's nor the service Region": {
            program: one("com.amazonaws.eu-west-1.s3", { region: "us-east-1", serviceRegion: "eu-west-2" }),
            because: stray,
        },
        "a Region that is not the endpoint's, whatever the service": {
            program: one("com.amazonaws.eu-west-1.clairvoyance", { region: "us-east-1" }),
            config: { extraServices: ["clairvoyance"] },
            because: { one: /clairvoyance of endpoint one has Region eu-west-1/ },
        },
        "the general prefix where the partition has its own": {
            program: one("com.amazonaws.cn-north-1.sts"),
            because: called("cn\\.com\\.amazonaws\\.cn-north-1\\.sts"),
        },
        "the prefix of another partition": {
            program: one("cn.com.amazonaws.us-east-1.sts"),
            because: called("com\\.amazonaws\\.us-east-1\\.sts"),
        },
        "the general prefix for a service that has another one everywhere": {
            program: of("notebook"),
            because: called("aws\\.sagemaker\\.us-east-1\\.notebook"),
        },
        "a gateway endpoint for a service that has none": {
            program: routed("logs"),
            because: byType("Gateway", "Interface"),
        },
        "an interface endpoint for S3 Express One Zone": {
            program: of("s3express"),
            because: byType("Interface", "Gateway"),
        },
        "a Gateway Load Balancer endpoint for a service of AWS": {
            program: of("s3", { vpcEndpointType: "GatewayLoadBalancer" }),
            because: byType("GatewayLoadBalancer", "Gateway and Interface"),
        },
        "several mistakes, each by itself": {
            program: () =>
                gateway(vpc(), { serviceName: "com.amazonaws.eu-west-1.sqs", region: "us-east-1" }, "", "one"),
            because: { one: [/ goes with endpoints of type Interface only/, / has Region eu-west-1/] },
        },
        "a misspelt aws-native endpoint": {
            program: () =>
                new native.VpcEndpoint("one", {
                    vpcId: nativeVpc().vpcId,
                    serviceName: "com.amazonaws.us-east-1.sqss",
                    vpcEndpointType: "Interface",
                }),
            because: misspelt("sqss", "sqs", "one letter"),
        },
    },
    waitsFor: {
        "the name of the service": {
            program: () => {
                const v = vpc();
                endpoint(v, { serviceName: v.arn.apply(() => "com.amazonaws.us-east-1.sqss") }, "", "one");
            },
            on: ["one"],
            then: misspelt("sqss", "sqs", "one letter"),
        },
        "the type of the endpoint": {
            program: () => {
                const v = vpc();
                gateway(v, { vpcEndpointType: v.arn.apply(() => "Gateway") }, "sqs", "one");
            },
            on: ["one"],
            then: byType("Gateway", "Interface"),
        },
        "the Region of the endpoint": {
            program: () => {
                const v = vpc();
                const region = v.arn.apply(() => "us-east-1");
                gateway(v, { serviceName: "com.amazonaws.eu-west-1.s3", region }, "", "one");
            },
            on: ["one"],
            then: stray,
        },
    },
});
