import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/vpc-dns-enabled-for-endpoints";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, privateZone, vpc, vpcElsewhere } from "./network";

const { ec2, route53 } = aws;

const on = { enableDnsSupport: true, enableDnsHostnames: true };
const withoutSupport = { enableDnsSupport: false, enableDnsHostnames: true };
const withPrivateDns = { privateDnsEnabled: true };

const apart = (of: aws.ec2.VpcEndpoint, privateDnsEnabled: pulumi.Input<boolean>) =>
    new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: of.id, privateDnsEnabled });

const outside = "vpc-0a1b2c3d4e5f60718";
const hostnames = (...suffering: readonly string[]) => ({
    main: new RegExp(
        `^VPC main has enableDnsHostnames off, so the DNS names of ${suffering.join(" and ")} do not resolve`,
    ),
});
const support = (...suffering: readonly string[]) => ({
    main: new RegExp(
        `^VPC main has enableDnsSupport off, so the DNS names of ${suffering.join(" and ")} do not resolve`,
    ),
});

table(policy, {
    why: "Private DNS needs both DNS attributes of the VPC. DNS hostnames are off unless the program turns them on.",
    page: { accepts: "private DNS in a VPC with both attributes on" },
    accepts: {
        "a VPC without endpoints": () => vpc({ enableDnsSupport: false, enableDnsHostnames: false }),
        "private DNS in a VPC with both attributes on": () => endpoint(vpc(on), withPrivateDns),
        "private DNS where DNS support is left out, which is on": () =>
            endpoint(vpc({ enableDnsHostnames: true }), withPrivateDns),
        "private DNS off": () => endpoint(vpc(), { privateDnsEnabled: false }),
        "private DNS left out": () => endpoint(vpc()),
        "private DNS turned off by a resource of its own": () => apart(endpoint(vpc(), withPrivateDns), false),
        "private DNS in another VPC": () => {
            vpc();
            endpoint(vpc(on, "other"), withPrivateDns);
        },
        "a gateway endpoint where hostnames are off": () => gateway(vpc()),
        "a gateway endpoint where both are on, if hostnames are asked for": {
            program: () => gateway(vpc(on)),
            config: { gatewayHostnames: true },
        },
        "a private zone of one's own": () => privateZone("internal.example.com", vpc()),
        "a private zone whose name only ends alike": () => privateZone("notamazonaws.com", vpc()),
        "a public zone": () => {
            vpc();
            new route53.Zone("zone", { name: "logs.us-east-1.amazonaws.com" });
        },
        "a service's private zone in a VPC with both attributes on": () =>
            privateZone("logs.us-east-1.amazonaws.com", vpc(on)),
        "a service's private zone of another VPC": () => {
            vpc();
            privateZone("logs.us-east-1.amazonaws.com", vpc(on, "other"));
        },
        "a Gateway Load Balancer endpoint": () =>
            endpoint(vpc({ enableDnsSupport: false }), {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            }),
        "secret attributes that are on": () =>
            endpoint(vpc({ enableDnsHostnames: pulumi.secret(true) }), withPrivateDns),
        "the account's default VPC, whose hostnames are on": () => endpoint(new ec2.DefaultVpc("main"), withPrivateDns),
        "an aws-native VPC with both attributes on": () => nativeEndpoint(nativeVpc(on), withPrivateDns),
        "an aws-native gateway endpoint where hostnames are off": () => nativeGateway(nativeVpc()),
        "an aws-native endpoint in a VPC of the aws provider": () =>
            new native.VpcEndpoint("logs", {
                vpcId: vpc(on).id,
                serviceName: "com.amazonaws.us-east-1.logs",
                vpcEndpointType: "Interface",
                ...withPrivateDns,
            }),
    },
    rejects: {
        "private DNS where hostnames are left out, which are off": {
            program: () => endpoint(vpc(), withPrivateDns),
            because: hostnames("endpoint logs"),
        },
        "private DNS where hostnames are off": {
            program: () => endpoint(vpc({ enableDnsHostnames: false }), withPrivateDns),
            because: hostnames("endpoint logs"),
        },
        "private DNS where DNS support is off": {
            program: () => endpoint(vpc(withoutSupport), withPrivateDns),
            because: support("endpoint logs"),
        },
        "private DNS where both are off": {
            program: () => endpoint(vpc({ enableDnsSupport: false }), withPrivateDns),
            because: {
                main: /^VPC main has enableDnsHostnames and enableDnsSupport off, so the DNS names of endpoint logs do not/,
            },
        },
        "private DNS of several endpoints, all of which it names": {
            program: () => {
                const v = vpc();
                endpoint(v, withPrivateDns);
                endpoint(v, withPrivateDns, "ssm");
                endpoint(v, {}, "sts");
            },
            because: hostnames("endpoint logs", "endpoint ssm"),
        },
        "private DNS turned on by a resource of its own": {
            program: () => apart(endpoint(vpc()), true),
            because: hostnames("endpoint logs"),
        },
        "private DNS of a resource of its own that overrules the endpoint": {
            program: () => apart(endpoint(vpc(), { privateDnsEnabled: false }), true),
            because: hostnames("endpoint logs"),
        },
        "private DNS of a partner's service": {
            program: () =>
                endpoint(vpc(), {
                    ...withPrivateDns,
                    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                }),
            because: hostnames("endpoint logs"),
        },
        "private DNS of a resource endpoint": {
            program: () =>
                new ec2.VpcEndpoint("database", {
                    vpcId: vpc().id,
                    vpcEndpointType: "Resource",
                    resourceConfigurationArn:
                        "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
                    ...withPrivateDns,
                }),
            because: hostnames("endpoint database"),
        },
        "secret attributes that are off": {
            program: () => endpoint(vpc({ enableDnsHostnames: pulumi.secret(false) }), withPrivateDns),
            because: hostnames("endpoint logs"),
        },
        "a gateway endpoint where DNS support is off": {
            program: () => gateway(vpc(withoutSupport)),
            because: support("endpoint s3"),
        },
        "a gateway endpoint where hostnames are off, if they are asked for": {
            program: () => gateway(vpc()),
            config: { gatewayHostnames: true },
            because: hostnames("endpoint s3"),
        },
        "a service's private zone where hostnames are off": {
            program: () => privateZone("logs.us-east-1.amazonaws.com", vpc()),
            because: hostnames("private hosted zone zone"),
        },
        "a service's private zone where DNS support is off": {
            program: () => privateZone("s3.us-east-1.amazonaws.com", vpc(withoutSupport)),
            because: support("private hosted zone zone"),
        },
        "a service's private zone in China": {
            program: () => privateZone("logs.cn-north-1.amazonaws.com.cn", vpc()),
            because: hostnames("private hosted zone zone"),
        },
        "a service's private zone by an association of its own": {
            program: () =>
                new route53.ZoneAssociation("association", {
                    zoneId: privateZone("logs.us-east-1.amazonaws.com", vpc(on, "other")).zoneId,
                    vpcId: vpc().id,
                }),
            because: hostnames("private hosted zone zone"),
        },
        "a service's private zone that answers in several VPCs": {
            program: () => privateZone("logs.us-east-1.amazonaws.com", vpc(on, "other"), vpc()),
            because: hostnames("private hosted zone zone"),
        },
        "the account's default VPC with hostnames turned off": {
            program: () => endpoint(new ec2.DefaultVpc("main", { enableDnsHostnames: false }), withPrivateDns),
            because: hostnames("endpoint logs"),
        },
        "an aws-native VPC where hostnames are left out": {
            program: () => nativeEndpoint(nativeVpc(), withPrivateDns),
            because: hostnames("endpoint logs"),
        },
        "an aws-native gateway endpoint where DNS support is off": {
            program: () => nativeGateway(nativeVpc(withoutSupport)),
            because: support("endpoint s3"),
        },
    },
    waitsFor: {
        "an attribute that is computed": {
            program: () =>
                endpoint(
                    vpc({ enableDnsHostnames: new aws.s3.Bucket("assets").id.apply(() => false) }),
                    withPrivateDns,
                ),
            on: ["main"],
            then: hostnames("endpoint logs"),
        },
        "private DNS that is computed": {
            program: () => {
                const v = vpc();
                endpoint(v, { privateDnsEnabled: v.id.apply(() => false) });
            },
            on: ["main"],
            then: {},
        },
        "the VPC that a data source looks up by a pending id": {
            program: () => endpoint({ id: ec2.getVpcOutput({ id: vpc().id }).id }, withPrivateDns),
            on: ["main"],
            then: hostnames("endpoint logs"),
        },
        "which of two VPCs an endpoint is in": {
            program: () =>
                endpoint({ id: pulumi.all([vpc().id, vpc({}, "other").id]).apply(([first]) => first) }, withPrivateDns),
            on: ["main", "other"],
            then: hostnames("endpoint logs"),
        },
        "the name of a zone": {
            program: () => {
                const v = vpc();
                new route53.Zone("zone", {
                    name: v.id.apply(() => "logs.us-east-1.amazonaws.com"),
                    vpcs: [{ vpcId: v.id }],
                });
            },
            on: ["main"],
            then: hostnames("private hosted zone zone"),
        },
    },
    doesNotJudge: {
        "a VPC outside": () => {
            vpc();
            endpoint({ id: outside }, withPrivateDns);
        },
        "a VPC that a data source looks up": () =>
            endpoint({ id: ec2.getVpcOutput({ id: outside }).id }, withPrivateDns),
        "a VPC that another stack has made": {
            program: () => endpoint(vpcElsewhere(), withPrivateDns),
            inExport: {
                elsewhere:
                    /^VPC elsewhere has enableDnsHostnames off, so the DNS names of endpoint logs do not resolve/,
            },
        },
    },
});
