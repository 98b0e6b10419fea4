import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-service-trusted";
import { table } from "../table";
import {
    endpoint,
    endpointService,
    gateway,
    nativeEndpoint,
    nativeEndpointService,
    nativeGateway,
    nativeVpc,
    vpc,
} from "./network";

const { ec2, vpclattice } = aws;

const partner = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";
const configuration = "arn:aws:vpc-lattice:us-east-1:444455556666:resourceconfiguration/rcfg-0a1b2c3d4e5f60718";
const serviceNetwork = "arn:aws:vpc-lattice:us-east-1:444455556666:servicenetwork/sn-0a1b2c3d4e5f60718";

const to = (serviceName: pulumi.Input<string>, vpcEndpointType = "Interface") =>
    endpoint(vpc(), { serviceName, vpcEndpointType }, "orders");
const toResource = (resourceConfigurationArn: pulumi.Input<string>) =>
    new ec2.VpcEndpoint("orders", { vpcId: vpc().id, vpcEndpointType: "Resource", resourceConfigurationArn });
const toNetwork = (serviceNetworkArn: pulumi.Input<string>) =>
    new ec2.VpcEndpoint("orders", { vpcId: vpc().id, vpcEndpointType: "ServiceNetwork", serviceNetworkArn });

const strange = (type: string, name: string) => ({
    orders: new RegExp(
        `^${type} endpoint orders leads to ${name}, which is neither AWS's nor of this stack nor trusted: `,
    ),
});
const toPartner = strange("Interface", partner);

table(policy, {
    why: "An endpoint to the service of somebody else is a private way out to them, which no internet gateway and no NAT gateway shows.",
    page: { accepts: "a service that is trusted by name" },
    accepts: {
        "a service of AWS": () => endpoint(vpc()),
        "a gateway endpoint": () => gateway(vpc()),
        "a gateway endpoint whose service name is computed": () =>
            gateway(vpc(), { serviceName: new aws.s3.Bucket("b").id.apply(() => "com.amazonaws.us-east-1.s3") }),
        "a service of AWS in another partition": () => to("cn.com.amazonaws.cn-north-1.ecr.api"),
        "a service of AWS without a Region in its name": () => to("com.amazonaws.s3-global.accesspoint"),
        "a notebook of AWS's": () => to("aws.sagemaker.us-east-1.notebook"),
        "a service of AWS whose endpoint's type is computed": () =>
            endpoint(vpc(), { vpcEndpointType: new aws.s3.Bucket("b").id.apply(() => "Interface") }),
        "a service of the stack": () => to(endpointService().serviceName),
        "a service of the stack for a Gateway Load Balancer endpoint": () =>
            to(endpointService().serviceName, "GatewayLoadBalancer"),
        "a service of the stack whose name is put together": () =>
            to(pulumi.interpolate`com.amazonaws.vpce.us-east-1.${endpointService().id}`),
        "an aws-native service of the stack": () =>
            to(pulumi.interpolate`com.amazonaws.vpce.us-east-1.${nativeEndpointService().serviceId}`),
        "a resource configuration of the stack": () =>
            toResource(new vpclattice.ResourceConfiguration("orders", {}).arn),
        "a service network of the stack": () => toNetwork(new vpclattice.ServiceNetwork("orders").arn),
        "a service that is trusted by name": {
            config: { services: [partner] },
            program: () => to(partner),
        },
        "a service that is trusted by a pattern": {
            config: { services: ["*.vpce-svc-0a1b*"] },
            program: () => to(partner),
        },
        "a resource configuration that is trusted by a pattern": {
            config: { services: ["*/rcfg-0a1b2c3d4e5f60718"] },
            program: () => toResource(configuration),
        },
        "a resource configuration of a trusted account": {
            config: { accounts: ["444455556666"] },
            program: () => toResource(configuration),
        },
        "a service network of an account that the whole pack trusts": {
            pack: { accounts: ["444455556666"] },
            program: () => toNetwork(serviceNetwork),
        },
        "an aws-native endpoint to a service of AWS": () => nativeEndpoint(nativeVpc()),
        "an aws-native gateway endpoint": () => nativeGateway(nativeVpc()),
        "an aws-native endpoint to a service network of the stack": () =>
            nativeEndpoint(nativeVpc(), {
                vpcEndpointType: "ServiceNetwork",
                serviceName: undefined,
                serviceNetworkArn: new native.vpclattice.ServiceNetwork("orders").arn,
            }),
    },
    rejects: {
        "a service of somebody else": {
            program: () => to(partner),
            because: toPartner,
        },
        "a service of somebody else, where others are trusted": {
            config: { services: ["com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60719"] },
            program: () => to(partner),
            because: toPartner,
        },
        "a service of somebody else, though accounts are trusted, of which its name tells nothing": {
            config: { accounts: ["444455556666"] },
            program: () => to(partner),
            because: toPartner,
        },
        "a service of somebody else beside one of the stack": {
            program: () => {
                endpointService();
                return to(partner);
            },
            because: toPartner,
        },
        "a service of somebody else for a Gateway Load Balancer endpoint": {
            program: () => to(partner, "GatewayLoadBalancer"),
            because: strange("GatewayLoadBalancer", partner),
        },
        "a resource configuration of somebody else": {
            program: () => toResource(configuration),
            because: strange("Resource", configuration),
        },
        "a resource configuration of another account than the trusted one": {
            config: { accounts: ["111122223333"] },
            program: () => toResource(configuration),
            because: strange("Resource", configuration),
        },
        "a service network of somebody else": {
            program: () => toNetwork(serviceNetwork),
            because: strange("ServiceNetwork", serviceNetwork),
        },
        "a service that a data source looks up": {
            program: () => to(ec2.getVpcEndpointServiceOutput({ serviceName: partner }).serviceName),
            because: toPartner,
        },
        "an aws-native endpoint to a service of somebody else": {
            program: () => nativeEndpoint(nativeVpc(), { serviceName: partner }),
            because: { logs: new RegExp(`^Interface endpoint logs leads to ${partner}, `) },
        },
    },
    waitsFor: {
        "a service name that is computed": {
            program: () => to(new aws.s3.Bucket("b").id.apply(() => partner)),
            on: ["orders"],
            then: toPartner,
        },
        "the type of an endpoint": {
            program: () =>
                endpoint(
                    vpc(),
                    { serviceName: partner, vpcEndpointType: new aws.s3.Bucket("b").id.apply(() => "Interface") },
                    "orders",
                ),
            on: ["orders"],
            then: toPartner,
        },
        "which of two services of the stack it leads to": {
            program: () => {
                const other = new ec2.VpcEndpointService("other", { acceptanceRequired: true });
                to(pulumi.all([endpointService().serviceName, other.serviceName]).apply(([name]) => name));
            },
            on: ["orders"],
            then: {},
        },
    },
});
