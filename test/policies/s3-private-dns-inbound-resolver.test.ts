import * as aws from "@pulumi/aws";
import type * as native from "@pulumi/aws-native/ec2";
import type * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/s3-private-dns-inbound-resolver";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const on = { privateDnsEnabled: true };
const only = { ...on, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: true } };
const all = { ...on, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } };

const s3 = (of: { readonly id: pulumi.Input<string> }, args: Partial<aws.ec2.VpcEndpointArgs>) =>
    endpoint(of, args, "s3", "s3");

/** An interface endpoint for S3, alone in its VPC. */
const alone = (args: Partial<aws.ec2.VpcEndpointArgs>) => () => s3(vpc(), args);

/** An interface endpoint for S3 beside a gateway endpoint. */
const beside =
    (args: Partial<aws.ec2.VpcEndpointArgs>, service = "s3") =>
    () => {
        const v = vpc();
        gateway(v, {}, service, "gateway");
        s3(v, args);
    };

type NativeOptions = native.VpcEndpointArgs["dnsOptions"];

const nativeS3 = (dnsOptions: NativeOptions, of = nativeVpc()) => {
    nativeEndpoint(of, { ...on, serviceName: "com.amazonaws.us-east-1.s3", ...(dnsOptions && { dnsOptions }) });
};
const nativeBeside = (dnsOptions: NativeOptions) => () => {
    const v = nativeVpc();
    nativeGateway(v);
    nativeS3(dnsOptions, v);
};

const refusedBy = (name: string) => ({
    [name]: new RegExp(
        `^Private DNS of endpoint ${name} is for inbound resolvers only, as it is where dnsOptions are left out: AWS refuses that, since VPC main has no gateway endpoint for S3\\.$`,
    ),
});
const refused = refusedBy("s3");
const paidFor = {
    s3: /^Probable: Private DNS of endpoint s3 is for all of VPC main, so that traffic which the gateway endpoint for S3 would carry for nothing is paid for\.$/,
};

table(policy, {
    why: "With private DNS for inbound resolvers only, AWS refuses the endpoint unless the VPC has a gateway endpoint for S3. With private DNS for all beside one, traffic within the VPC takes the interface endpoint, which is paid for.",
    accepts: {
        "private DNS for inbound resolvers only beside a gateway endpoint": beside(only),
        "DNS options left out beside a gateway endpoint": beside(on),
        "private DNS for all without a gateway endpoint": alone(all),
        "private DNS off": alone({ privateDnsEnabled: false }),
        "private DNS left out": alone({}),
        "private DNS off beside a gateway endpoint": beside({}),
        "private DNS that a resource of its own turns off": () =>
            new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: s3(vpc(), on).id, privateDnsEnabled: false }),
        "an endpoint for another service": () => endpoint(vpc(), on),
        "an endpoint for a service whose name begins alike": () => endpoint(vpc(), on, "s3tables"),
        "an endpoint for S3 in another Region": alone({
            ...on,
            serviceName: "com.amazonaws.eu-west-1.s3",
            serviceRegion: "eu-west-1",
        }),
        "a gateway endpoint": () => gateway(vpc()),
        "an aws-native endpoint for inbound resolvers only beside a gateway endpoint": nativeBeside({
            privateDnsOnlyForInboundResolverEndpoint: "OnlyInboundResolver",
        }),
        "an aws-native endpoint for all without a gateway endpoint": () => {
            nativeS3({ privateDnsOnlyForInboundResolverEndpoint: "AllResolvers" });
        },
    },
    rejects: {
        "private DNS for inbound resolvers only without a gateway endpoint": {
            program: alone(only),
            because: refused,
        },
        "DNS options left out without a gateway endpoint": { program: alone(on), because: refused },
        "private DNS that a resource of its own turns on": {
            program: () =>
                new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: s3(vpc(), {}).id, privateDnsEnabled: true }),
            because: refused,
        },
        "a gateway endpoint for another service": { program: beside(on, "dynamodb"), because: refused },
        "a gateway endpoint in another VPC": {
            program: () => {
                gateway(vpc({}, "other"), {}, "s3", "gateway");
                s3(vpc(), on);
            },
            because: refused,
        },
        "private DNS for all beside a gateway endpoint": { program: beside(all), probable: true, because: paidFor },
        "an aws-native endpoint whose DNS options are left out": {
            program: () => {
                nativeS3(undefined);
            },
            because: refusedBy("logs"),
        },
        "an aws-native endpoint that says nothing in its DNS options": {
            program: () => {
                nativeS3({ privateDnsOnlyForInboundResolverEndpoint: "NotSpecified" });
            },
            because: refusedBy("logs"),
        },
        "an aws-native endpoint for all beside a gateway endpoint": {
            program: nativeBeside({ privateDnsOnlyForInboundResolverEndpoint: "AllResolvers" }),
            probable: true,
            because: { logs: /^Probable: Private DNS of endpoint logs is for all of VPC main/ },
        },
    },
    waitsFor: {
        "what AWS makes of DNS options that do not say": {
            program: alone({ ...on, dnsOptions: { dnsRecordIpType: "ipv4" } }),
            on: ["s3"],
            naming: /dnsOptions\.privateDnsOnlyForInboundResolverEndpoint of endpoint s3/,
            then: refused,
        },
        "whether private DNS is for inbound endpoints alone": {
            program: () => {
                const v = vpc();
                const dnsOptions = { privateDnsOnlyForInboundResolverEndpoint: v.arn.apply(() => true) };
                s3(v, { ...on, dnsOptions });
            },
            on: ["s3"],
            then: refused,
        },
        "whether private DNS is on": {
            program: () => {
                const v = vpc();
                s3(v, { privateDnsEnabled: v.arn.apply(() => true) });
            },
            on: ["s3"],
            then: refused,
        },
        "the type of another endpoint": {
            program: () => {
                const v = vpc();
                gateway(v, { vpcEndpointType: v.arn.apply(() => "Gateway") }, "s3", "gateway");
                s3(v, on);
            },
            on: ["gateway", "s3"],
            then: {},
        },
    },
    doesNotJudge: {
        "a VPC outside": () => s3({ id: "vpc-0a1b2c3d4e5f60718" }, on),
        "a VPC that a data source looks up": () => s3({ id: ec2.getVpcOutput({ id: "vpc-0a1b2c3d4e5f60718" }).id }, on),
        "a VPC that another stack has made": {
            program: () => s3(vpcElsewhere(), on),
            inExport: { s3: /since VPC elsewhere has no gateway endpoint for S3\.$/ },
        },
    },
});
