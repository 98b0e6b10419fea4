import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-policy-required";
import { table } from "../table";
import { allow, documentOf as document, type Statement } from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const documentOf = (...given: readonly Statement[]) => document(...given.map(allow));
const json = (...given: readonly Statement[]): string => JSON.stringify(documentOf(...given));

const ownBucket = { Action: "s3:GetObject", Resource: "arn:aws:s3:::assets/*" };
const ownOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } };

const partner = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";
const apart = (of: aws.ec2.VpcEndpoint, document: pulumi.Input<string>) =>
    new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: of.id, policy: document });
const service = () =>
    new ec2.VpcEndpointService("own", {
        acceptanceRequired: true,
        networkLoadBalancerArns: [
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/own/0123456789abcdef",
        ],
    });

const bucketDocument = () =>
    aws.iam.getPolicyDocumentOutput({
        statements: [
            {
                principals: [{ type: "*", identifiers: ["*"] }],
                actions: ["s3:GetObject"],
                resources: [new aws.s3.Bucket("assets").arn],
            },
        ],
    }).json;

const anyone =
    /^Through endpoint \w+ anyone may call any action of \S+ on any resource: its policy is AWS's default, full access\.$/;

table(policy, {
    why: "The default policy of an endpoint lets any principal call any action on any resource, in any account: a way out for data, by credentials that somebody brings along.",
    accepts: {
        "a gateway endpoint with a policy": () => gateway(vpc(), { policy: json(ownBucket) }),
        "an interface endpoint with a policy": () => endpoint(vpc(), { policy: json(ownOrganization) }),
        "one statement that is not in a list": () =>
            gateway(vpc(), {
                policy: JSON.stringify({
                    ...documentOf(),
                    Statement: { Effect: "Allow", Principal: "*", ...ownBucket },
                }),
            }),
        "an open statement with a condition": () => endpoint(vpc(), { policy: json(ownOrganization) }),
        "an open statement beside another": () =>
            gateway(vpc(), { policy: json({}, { Effect: "Deny", Action: "s3:DeleteBucket" }) }),
        "a policy that denies everything": () => gateway(vpc(), { policy: json({ Effect: "Deny" }) }),
        "a policy for some actions on everything": () => gateway(vpc(), { policy: json({ Action: "s3:*" }) }),
        "a policy for everything on some resources": () =>
            gateway(vpc(), { policy: json({ Resource: "arn:aws:s3:::assets/*" }) }),
        "a policy for some principals": () =>
            endpoint(vpc(), { policy: json({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }) }),
        "a policy that is a resource of its own": () => apart(gateway(vpc()), json(ownBucket)),
        "a policy of its own that replaces full access": () =>
            apart(gateway(vpc(), { policy: json({}) }), json(ownBucket)),
        "a policy of its own, made from what is pending": () => {
            const bucket = new aws.s3.Bucket("assets");
            apart(gateway(vpc(), { policy: json(ownBucket) }), json(ownBucket));
            endpoint(vpc({}, "other"), {
                policy: json({ ...ownBucket, Resource: "arn:aws:s3:::others/*" }),
                tags: { bucket: bucket.id },
            });
        },
        "a secret policy": () => gateway(vpc(), { policy: pulumi.secret(json(ownBucket)) }),
        "a policy document made by getPolicyDocument": () =>
            gateway(vpc(), {
                policy: aws.iam.getPolicyDocumentOutput({
                    statements: [
                        {
                            principals: [{ type: "*", identifiers: ["*"] }],
                            actions: ["s3:GetObject"],
                            resources: ["arn:aws:s3:::assets/*"],
                        },
                    ],
                }).json,
            }),
        "a service whose endpoints take no policy": () => endpoint(vpc(), {}, "email-smtp", "mail"),
        "a partner's service, which takes no policy": () => endpoint(vpc(), { serviceName: partner }),
        "a service of this stack whose name is not known yet": () =>
            endpoint(vpc(), { serviceName: service().serviceName }),
        "a Gateway Load Balancer endpoint": () =>
            endpoint(vpc(), { vpcEndpointType: "GatewayLoadBalancer", serviceName: partner }),
        "a resource endpoint": () =>
            new ec2.VpcEndpoint("database", {
                vpcId: vpc().id,
                vpcEndpointType: "Resource",
                resourceConfigurationArn:
                    "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
            }),
        "a service network endpoint": () =>
            new ec2.VpcEndpoint("services", {
                vpcId: vpc().id,
                vpcEndpointType: "ServiceNetwork",
                serviceNetworkArn: "arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/sn-0a1b2c3d4e5f60718",
            }),
        "a service that the setting leaves out": {
            program: () => endpoint(vpc(), {}, "sts"),
            config: { exceptServices: ["sts"] },
        },
        "the FIPS twin of a service that the setting leaves out": {
            program: () => endpoint(vpc(), {}, "sts-fips", "sts"),
            config: { exceptServices: ["sts"] },
        },
        "an aws-native endpoint with a policy document": () =>
            nativeGateway(nativeVpc(), { policyDocument: documentOf(ownBucket) }),
        "an aws-native endpoint with a policy in JSON": () =>
            nativeEndpoint(nativeVpc(), { policyDocument: json(ownOrganization) }),
        "an aws-native Gateway Load Balancer endpoint": () =>
            nativeEndpoint(nativeVpc(), { vpcEndpointType: "GatewayLoadBalancer", serviceName: partner }),
        "an aws-native endpoint with a policy of the aws provider": () =>
            new ec2.VpcEndpointPolicy("apart", {
                vpcEndpointId: nativeGateway(nativeVpc()).awsId,
                policy: json(ownBucket),
            }),
    },
    rejects: {
        "a gateway endpoint without a policy": { program: () => gateway(vpc()), because: { s3: anyone } },
        "an interface endpoint without a policy": { program: () => endpoint(vpc()), because: { logs: anyone } },
        "an endpoint without a policy in a VPC outside": {
            program: () => endpoint({ id: "vpc-0a1b2c3d4e5f60718" }),
            because: { logs: anyone },
        },
        "an endpoint without a policy in a VPC that another stack has made": {
            program: () => gateway(vpcElsewhere()),
            because: { s3: anyone },
        },
        "AWS's full-access document, written out": {
            program: () => gateway(vpc(), { policy: json({}) }),
            because: { s3: anyone },
        },
        "full access with AWS's version and lists": {
            program: () =>
                gateway(vpc(), {
                    policy: JSON.stringify({
                        ...documentOf({ Action: ["*"], Resource: ["*"] }),
                        Version: "2008-10-17",
                    }),
                }),
            because: { s3: anyone },
        },
        "full access to every AWS principal": {
            program: () => endpoint(vpc(), { policy: json({ Principal: { AWS: "*" } }) }),
            because: { logs: anyone },
        },
        "full access with a Sid and an empty condition": {
            program: () => endpoint(vpc(), { policy: json({ Sid: "Everything", Condition: {} }) }),
            because: { logs: anyone },
        },
        "full access in one statement that is not in a list": {
            program: () => gateway(vpc(), { policy: JSON.stringify({ Statement: documentOf({}).Statement[0] }) }),
            because: { s3: anyone },
        },
        "full access as a secret": {
            program: () => gateway(vpc(), { policy: pulumi.secret(json({})) }),
            because: { s3: anyone },
        },
        "full access made by getPolicyDocument": {
            program: () =>
                gateway(vpc(), {
                    policy: aws.iam.getPolicyDocumentOutput({
                        statements: [
                            { principals: [{ type: "*", identifiers: ["*"] }], actions: ["*"], resources: ["*"] },
                        ],
                    }).json,
                }),
            because: { s3: anyone },
        },
        "full access that a policy of its own says, and blames that": {
            program: () => apart(gateway(vpc(), { policy: json(ownBucket) }), json({})),
            because: { apart: /^Through endpoint s3 anyone may call any action of s3/ },
        },
        "full access that AWS gives a policy of its own without a document": {
            program: () => new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: gateway(vpc()).id }),
            because: { apart: /^Through endpoint s3 anyone may call any action of s3/ },
        },
        "the endpoint beside one that a policy of its own belongs to": {
            program: () => {
                const v = vpc();
                gateway(v, {}, "dynamodb");
                apart(gateway(v), json(ownBucket));
            },
            because: { dynamodb: anyone },
        },
        "the endpoint beside a policy of one outside": {
            program: () => {
                gateway(vpc());
                new ec2.VpcEndpointPolicy("apart", {
                    vpcEndpointId: "vpce-0123456789abcdef0",
                    policy: json(ownBucket),
                });
            },
            because: { s3: anyone },
        },
        "a service whose name is like that of one without policies": {
            program: () => endpoint(vpc(), {}, "email", "mail"),
            because: { mail: anyone },
        },
        "a service beside the one that the setting leaves out": {
            program: () => {
                const v = vpc();
                endpoint(v, {}, "ec2messages", "messages");
                endpoint(v, {}, "ec2");
            },
            config: { exceptServices: ["ec2"] },
            because: { messages: anyone },
        },
        "a FIPS endpoint without a policy": {
            program: () => endpoint(vpc(), {}, "kms-fips", "keys"),
            because: { keys: /any action of kms on any resource/ },
        },
        "an endpoint in China without a policy": {
            program: () => endpoint(vpc(), { serviceName: "cn.com.amazonaws.cn-north-1.ecs" }),
            because: { logs: /any action of ecs on any resource/ },
        },
        "an aws-native gateway endpoint without a policy": {
            program: () => nativeGateway(nativeVpc()),
            because: { s3: anyone },
        },
        "an aws-native interface endpoint without a policy": {
            program: () => nativeEndpoint(nativeVpc()),
            because: { logs: anyone },
        },
        "an aws-native endpoint with AWS's full-access document": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf({}) }),
            because: { s3: anyone },
        },
        "a service of which it is not known whether it takes policies": {
            program: () => endpoint(vpc(), {}, "clairvoyance", "future"),
            because: {
                future: /of clairvoyance on any resource: .* Whether com\.amazonaws\.us-east-1\.clairvoyance takes endpoint policies is not known\.$/,
            },
            probable: true,
        },
    },
    waitsFor: {
        "a document that getPolicyDocument makes from what is pending": {
            program: () => gateway(vpc(), { policy: bucketDocument() }),
            on: ["s3"],
            then: {},
        },
        "a document that is computed from a bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: new aws.s3.Bucket("assets").arn.apply(arn => json({ ...ownBucket, Resource: `${arn}/*` })),
                }),
            on: ["s3"],
            then: {},
        },
        "a secret document that is computed from a bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi
                        .secret(new aws.s3.Bucket("assets").arn)
                        .apply(arn => json({ ...ownBucket, Resource: `${arn}/*` })),
                }),
            on: ["s3"],
            then: {},
        },
        "a computed document that turns out to be full access": {
            program: () => endpoint(vpc(), { policy: new aws.s3.Bucket("assets").arn.apply(() => json({})) }),
            on: ["logs"],
            then: { logs: anyone },
        },
        "the document of a policy of its own": {
            program: () => apart(gateway(vpc()), bucketDocument()),
            on: ["s3"],
            then: {},
        },
        "an aws-native document with a pending resource": {
            program: () =>
                nativeGateway(nativeVpc(), {
                    policyDocument: documentOf({ ...ownBucket, Resource: new aws.s3.Bucket("assets").arn }),
                }),
            on: ["s3"],
            then: {},
        },
        "a service name that is computed": {
            program: () =>
                endpoint(vpc(), {
                    serviceName: new aws.s3.Bucket("assets").id.apply(() => "com.amazonaws.us-east-1.logs"),
                }),
            on: ["logs"],
            then: { logs: anyone },
        },
        "a type that is computed": {
            program: () =>
                endpoint(vpc(), { vpcEndpointType: new aws.s3.Bucket("assets").id.apply(() => "Interface") }),
            on: ["logs"],
            then: { logs: anyone },
        },
        "the endpoint that a policy of its own belongs to": {
            program: () => {
                const endpoints = [gateway(vpc()), endpoint(vpc({}, "other"), { policy: json(ownOrganization) })];
                const first = pulumi.all(endpoints.map(({ id }) => id)).apply(ids => ids[0] ?? "");
                new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: first, policy: json(ownBucket) });
            },
            on: ["logs", "s3"],
            then: {},
        },
    },
});
