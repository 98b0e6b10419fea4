import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/s3-endpoint-policy-admits-dependencies";
import { table } from "../table";
import {
    account,
    allow,
    deny,
    documentOf,
    inOrganization,
    json,
    ofOrganization,
    perimeter,
    type Statement,
    when,
} from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, subnet, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const ecr = (of: aws.ec2.Vpc) => {
    endpoint(of, {}, "ecr.api", "ecr-api");
    endpoint(of, {}, "ecr.dkr", "ecr-dkr");
};

const instance = (of: aws.ec2.Vpc, iamInstanceProfile?: pulumi.Input<string>) =>
    new ec2.Instance("app", {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        subnetId: subnet(of).id,
        ...(iamInstanceProfile !== undefined && { iamInstanceProfile }),
    });

/** Endpoints that instances need for Systems Manager. */
const ssm = (of: aws.ec2.Vpc) => {
    endpoint(of, {}, "ssm");
    endpoint(of, {}, "ssmmessages");
};

const managed = (of: aws.ec2.Vpc) => {
    ssm(of);
    instance(of);
};

/** A VPC with an S3 gateway endpoint that has a policy, and what else the case gives it. */
const s3 =
    (more: (of: aws.ec2.Vpc) => unknown, ...statements: readonly Statement[]) =>
    () => {
        const v = vpc();
        gateway(v, { policy: json(...statements) });
        more(v);
    };
const nothing = () => undefined;

/** The same for ECR in China. */
const inChina = (partition: string) => () => {
    const v = vpc();
    endpoint(v, { serviceName: "cn.com.amazonaws.cn-north-1.ecr.dkr" }, "ecr.dkr", "ecr-dkr");
    gateway(v, {
        serviceName: "com.amazonaws.cn-north-1.s3",
        policy: json(admits(`arn:${partition}:s3:::prod-cn-north-1-starport-layer-bucket/*`)),
    });
};

const layers = "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*";
const patches = ["arn:aws:s3:::aws-ssm-us-east-1/*", "arn:aws:s3:::patch-baseline-snapshot-us-east-1/*"];
const admits = (resources: string | readonly string[], given: Statement = {}): Statement =>
    allow({ Action: "s3:GetObject", Resource: resources, ...given });

const withoutLayers = {
    s3: /^The policy of endpoint s3 locks out prod-us-east-1-starport-layer-bucket, which VPC main needs: .* presigned or unsigned/,
};
const withoutPatches = {
    s3: /^The policy of endpoint s3 locks out aws-ssm-us-east-1 and patch-baseline-snapshot-us-east-1, which VPC main needs/,
};

table(policy, {
    why: "Layers of images, patches and agents come from buckets that AWS owns. A policy for one's own buckets alone keeps them out, and what needs them fails.",
    accepts: {
        "a policy that admits ECR's layers": s3(ecr, perimeter.ownIdentitiesOwnResources, admits(layers)),
        "a policy that admits ECR's layers in China": inChina("aws-cn"),
        "a policy that admits the buckets of Systems Manager": s3(
            ssm,
            perimeter.ownIdentitiesOwnResources,
            admits(patches),
        ),
        "a policy that admits all buckets of AWS's own": s3(
            v => {
                ecr(v);
                managed(v);
            },
            perimeter.ownIdentitiesOwnResources,
            perimeter.awsBuckets,
        ),
        "a policy that admits everything": s3(ecr, allow()),
        "a policy that admits the layers by a pattern": s3(ecr, admits("arn:aws:s3:::prod-*-starport-layer-bucket/*")),
        "a policy that admits the layers by a pattern of actions": s3(ecr, admits(layers, { Action: "s3:Get*" })),
        "a policy that bounds by the VPC alone": s3(
            ecr,
            admits(layers, when("StringEquals", { "aws:SourceVpc": "vpc-0a1b2c3d4e5f60718" })),
        ),
        "a policy that denies other buckets": s3(
            ecr,
            allow(),
            deny({ Resource: undefined, NotResource: [layers, "arn:aws:s3:::assets/*"] }),
        ),
        "no policy at all": () => {
            const v = vpc();
            gateway(v);
            ecr(v);
        },
        "a policy that locks layers out of a VPC that pulls none": s3(nothing, perimeter.ownIdentitiesOwnResources),
        "a policy that locks layers out of a VPC with other endpoints": s3(
            v => endpoint(v),
            perimeter.ownIdentitiesOwnResources,
        ),
        "a policy that locks Systems Manager's buckets out of a VPC without instances": s3(
            ssm,
            perimeter.ownIdentitiesOwnResources,
        ),
        "a policy that locks Systems Manager's buckets out of a VPC whose instances only have ssm, as for Parameter Store":
            s3(v => {
                endpoint(v, {}, "ssm");
                instance(v);
            }, perimeter.ownIdentitiesOwnResources),
        "a policy that locks Systems Manager's buckets out of a VPC without its endpoints": s3(
            v => instance(v),
            perimeter.ownIdentitiesOwnResources,
        ),
        "a policy that locks Systems Manager's buckets out of a VPC with nodes of EKS, which are replaced instead": s3(
            v => {
                ssm(v);
                new aws.eks.NodeGroup("nodes", {
                    clusterName: "main",
                    nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
                    scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 },
                    subnetIds: [subnet(v).id],
                });
            },
            perimeter.ownIdentitiesOwnResources,
        ),
        "a policy that locks layers out beside another S3 gateway endpoint that admits them": s3(v => {
            ecr(v);
            const routeTableIds = [new ec2.RouteTable("app", { vpcId: v.id }).id];
            gateway(v, { policy: json(admits(layers)), routeTableIds }, "s3", "other");
        }, perimeter.ownIdentitiesOwnResources),
        "the endpoints of another VPC": s3(() => {
            ecr(vpc({}, "other"));
        }, perimeter.ownIdentitiesOwnResources),
        "the policy of a DynamoDB gateway endpoint": () => {
            const v = vpc();
            gateway(v, { policy: json(allow({ Resource: `arn:aws:dynamodb:*:${account}:table/*` })) }, "dynamodb");
            ecr(v);
        },
        "the policy of an S3 interface endpoint": () => {
            const v = vpc();
            endpoint(v, { policy: json(perimeter.ownIdentitiesOwnResources) }, "s3");
            ecr(v);
        },
        "the policy of an endpoint for S3 Express": () => {
            const v = vpc();
            gateway(
                v,
                { policy: json(allow({ Action: "s3express:*", ...when("StringEquals", inOrganization) })) },
                "s3express",
            );
            ecr(v);
        },
        "a policy of its own that admits the layers": () => {
            const v = vpc();
            const s3 = gateway(v, { policy: json(perimeter.ownIdentitiesOwnResources) });
            new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: s3.id, policy: json(admits(layers)) });
            ecr(v);
        },
        "a bucket that the setting requires, where it is admitted": {
            program: s3(nothing, admits("arn:aws:s3:::vendor-agents/*")),
            config: { require: ["vendor-agents"] },
        },
        "an aws-native policy that admits the layers": () => {
            const v = nativeVpc();
            nativeGateway(v, { policyDocument: documentOf(admits(layers)) });
            nativeEndpoint(v, { serviceName: "com.amazonaws.us-east-1.ecr.dkr" });
        },
    },
    rejects: {
        "a policy that does not name ECR's layers": {
            program: s3(ecr, admits("arn:aws:s3:::assets/*")),
            because: withoutLayers,
        },
        "a policy that admits ECR's layers by ARNs of another partition": {
            program: inChina("aws"),
            because: {
                s3: /^The policy of endpoint s3 locks out prod-cn-north-1-starport-layer-bucket, which VPC main needs/,
            },
        },
        "a policy that does not name ECR's layers beside one of ECR's endpoints alone": {
            program: s3(v => endpoint(v, {}, "ecr.dkr", "ecr-dkr"), admits("arn:aws:s3:::assets/*")),
            because: withoutLayers,
        },
        "a policy that does not name ECR's layers beside the endpoint of ECR's API alone": {
            program: s3(v => endpoint(v, {}, "ecr.api", "ecr-api"), admits("arn:aws:s3:::assets/*")),
            because: withoutLayers,
        },
        "a policy that admits the layers of another Region": {
            program: s3(ecr, admits("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*")),
            because: withoutLayers,
        },
        "a policy that lets layers be listed only": {
            program: s3(ecr, admits(layers, { Action: "s3:ListBucket" })),
            because: withoutLayers,
        },
        "a policy that admits the bucket of layers and nothing in it": {
            program: s3(ecr, admits("arn:aws:s3:::prod-us-east-1-starport-layer-bucket")),
            because: withoutLayers,
        },
        "a bound on principals, which presigned requests do not meet": {
            program: s3(ecr, admits(layers, when("StringEquals", ofOrganization))),
            because: withoutLayers,
        },
        "a bound on the resource's organization, which AWS's buckets do not meet": {
            program: s3(ecr, admits("*", when("StringEquals", inOrganization))),
            because: withoutLayers,
        },
        "a bound on accounts": {
            program: s3(ecr, admits(layers, when("StringEquals", { "aws:PrincipalAccount": account }))),
            because: withoutLayers,
        },
        "a bound on roles": {
            program: s3(ecr, admits(layers, when("ArnLike", { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` }))),
            because: withoutLayers,
        },
        "a Deny of others' resources beside the Allow": {
            program: s3(ecr, allow(), deny(when("StringNotEqualsIfExists", inOrganization))),
            because: withoutLayers,
        },
        "a Deny of those outside the organization, but for AWS services": {
            program: s3(ecr, ...perimeter.unlessInOrganization),
            because: withoutLayers,
        },
        "a policy that does not name the buckets of Systems Manager": {
            program: s3(managed, perimeter.ownIdentitiesOwnResources),
            because: withoutPatches,
        },
        "a policy that locks out the buckets of Systems Manager where an instance has its role, with ssm alone": {
            program: s3(v => {
                endpoint(v, {}, "ssm");
                const role = new aws.iam.Role("app", {
                    assumeRolePolicy: json(allow({ Action: "sts:AssumeRole" })),
                    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
                });
                instance(v, new aws.iam.InstanceProfile("app", { role: role.name }).name);
            }, perimeter.ownIdentitiesOwnResources),
            because: withoutPatches,
        },
        "a policy that names one of the buckets of Systems Manager": {
            program: s3(managed, admits(patches.slice(0, 1))),
            because: { s3: /locks out patch-baseline-snapshot-us-east-1, which VPC main needs/ },
        },
        "a policy without the suffix that a bucket has in some Regions": {
            program: () => {
                const v = vpc({ region: "me-south-1" });
                const buckets = ["aws-ssm-me-south-1", "patch-baseline-snapshot-me-south-1"];
                const policy = json(admits(buckets.map(bucket => `arn:aws:s3:::${bucket}/*`)));
                gateway(v, { serviceName: "com.amazonaws.me-south-1.s3", region: "me-south-1", policy });
                for (const service of ["ssm", "ssmmessages"]) {
                    endpoint(v, { serviceName: `com.amazonaws.me-south-1.${service}`, region: "me-south-1" }, service);
                }
                instance(v);
            },
            because: { s3: /locks out patch-baseline-snapshot-me-south-1-uduvl7q8, which VPC main needs/ },
        },
        "a policy that locks out all that the VPC needs": {
            program: s3(v => {
                ecr(v);
                managed(v);
            }, perimeter.ownIdentitiesOwnResources),
            because: {
                s3: /locks out aws-ssm-us-east-1, patch-baseline-snapshot-us-east-1 and prod-us-east-1-starport-layer-bucket, which/,
            },
        },
        "instances that an Auto Scaling group starts": {
            program: s3(v => {
                ssm(v);
                new aws.autoscaling.Group("app", {
                    maxSize: 1,
                    minSize: 1,
                    vpcZoneIdentifiers: [subnet(v).id],
                    launchTemplate: { id: "lt-0123456789abcdef0" },
                });
            }, perimeter.ownIdentitiesOwnResources),
            because: withoutPatches,
        },
        "a policy for the layers of its own Region, where the endpoint is elsewhere": {
            program: () => {
                const v = vpc();
                gateway(v, { serviceName: "com.amazonaws.eu-west-1.s3", policy: json(admits(layers)) });
                endpoint(v, { serviceName: "com.amazonaws.eu-west-1.ecr.dkr" }, "ecr.dkr", "ecr-dkr");
            },
            because: { s3: /locks out prod-eu-west-1-starport-layer-bucket/ },
        },
        "a policy for the layers of another Region, where the name of the service has none": {
            program: () => {
                const v = vpc();
                const policy = json(admits("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"));
                gateway(v, { serviceName: "com.amazonaws.s3", policy });
                ecr(v);
            },
            because: { s3: /locks out prod-us-east-1-starport-layer-bucket/ },
        },
        "a bucket that the setting requires, where it is not admitted": {
            program: s3(nothing, admits("arn:aws:s3:::assets/*")),
            config: { require: ["vendor-agents"] },
            because: { s3: /locks out vendor-agents, which VPC main needs/ },
        },
        "a policy of its own that locks the layers out": {
            program: () => {
                const v = vpc();
                const s3 = gateway(v, { policy: json(admits(layers)) });
                new ec2.VpcEndpointPolicy("apart", {
                    vpcEndpointId: s3.id,
                    policy: json(perimeter.ownIdentitiesOwnResources),
                });
                ecr(v);
            },
            because: { apart: /locks out prod-us-east-1-starport-layer-bucket/ },
        },
        "an aws-native policy that locks the layers out": {
            program: () => {
                const v = nativeVpc();
                nativeGateway(v, { policyDocument: documentOf(perimeter.ownIdentitiesOwnResources) });
                nativeEndpoint(v, { serviceName: "com.amazonaws.us-east-1.ecr.dkr" });
            },
            because: withoutLayers,
        },
    },
    waitsFor: {
        "a document made from a pending bucket": {
            program: () => {
                const v = vpc();
                gateway(v, {
                    policy: pulumi.jsonStringify(
                        documentOf(
                            allow({ Action: "s3:GetObject", Resource: [new aws.s3.Bucket("assets").arn, layers] }),
                        ),
                    ),
                });
                ecr(v);
            },
            on: ["s3"],
            then: {},
        },
        "a document interpolated from a pending bucket that locks the layers out": {
            program: () => {
                const v = vpc();
                gateway(v, {
                    policy: pulumi.interpolate`{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"${new aws.s3.Bucket("assets").arn}/*"}}`,
                });
                ecr(v);
            },
            on: ["s3"],
            then: withoutLayers,
        },
        "the service of another endpoint": {
            program: s3(
                v =>
                    endpoint(v, {
                        serviceName: new aws.s3.Bucket("assets").id.apply(() => "com.amazonaws.us-east-1.ecr.dkr"),
                    }),
                perimeter.ownIdentitiesOwnResources,
            ),
            on: ["s3"],
            then: withoutLayers,
        },
    },
    doesNotJudge: {
        "an endpoint of a VPC that another stack has made": {
            program: () => {
                const v = vpcElsewhere();
                gateway(v, { policy: json(perimeter.ownIdentitiesOwnResources) });
                ecr(v);
            },
            inExport: { s3: /locks out prod-us-east-1-starport-layer-bucket, which VPC elsewhere needs/ },
        },
        "an endpoint of a VPC outside": () =>
            gateway({ id: "vpc-0a1b2c3d4e5f60718" }, { policy: json(perimeter.ownIdentitiesOwnResources) }),
    },
});
