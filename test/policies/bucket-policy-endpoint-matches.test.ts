import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/bucket-policy-endpoint-matches";
import { table } from "../table";
import {
    account,
    allow,
    deny,
    documentOf,
    inOrganization,
    json,
    ofOrganization,
    organization,
    perimeter,
    type Statement,
    when,
} from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc } from "./network";

const { ec2 } = aws;

const assets = ["arn:aws:s3:::assets", "arn:aws:s3:::assets/*"];

const bucketPolicy = (...statements: readonly Statement[]) =>
    new aws.s3.BucketPolicy("assets", {
        bucket: new aws.s3.Bucket("assets", { bucket: "assets" }).bucket,
        policy: pulumi.jsonStringify(documentOf(...statements)),
    });

/** Lets nobody reach the bucket but through an endpoint. */
const only = (id: unknown, key = "aws:SourceVpce"): Statement =>
    deny({ Action: "s3:*", Resource: assets, ...when("StringNotEquals", { [key]: id }) });

/** Lets those reach the bucket who come through an endpoint. */
const through = (id: unknown): Statement =>
    allow({ Action: "s3:GetObject", Resource: assets, ...when("StringEquals", { "aws:SourceVpce": id }) });

const s3 = (...statements: readonly Statement[]) => gateway(vpc(), { policy: json(...statements) });

/** Until the endpoint exists its id is not known, and so the bucket policy is not. */
const late = ["assets"];
const agreed = (program: () => unknown) => ({ program, late });
const rejected = (program: () => unknown, message: RegExp) => ({ program, late, because: { assets: message } });

const notForS3 =
    /^The policy of bucket assets names endpoint \S+, which leads to \S+: no request for the bucket comes through it\.$/;
const notAdmitted =
    /^The policy of bucket assets names endpoint s3, whose own policy does not let the bucket be reached\.$/;

table(policy, {
    why: "A request passes only if the bucket policy and the endpoint policy both allow it. Where the two do not fit together, nobody reaches the bucket, and each of them looks right by itself.",
    page: { accepts: "the S3 endpoint that the bucket policy asks for" },
    accepts: {
        "a bucket policy that names no endpoint": () => bucketPolicy(allow({ Resource: assets })),
        "a bucket policy that names no endpoint beside one that locks the bucket out": () => {
            s3(allow({ Resource: "arn:aws:s3:::others/*" }));
            bucketPolicy(allow({ Resource: assets, ...when("StringEquals", ofOrganization) }));
        },
        "an endpoint outside": () => bucketPolicy(only("vpce-0123456789abcdef0")),
        "an endpoint outside beside one of the stack that does not lead to S3": () => {
            endpoint(vpc());
            bucketPolicy(only(["vpce-0123456789abcdef0"]));
        },
        "a bucket without a policy": () => {
            endpoint(vpc());
            new aws.s3.Bucket("assets", { bucket: "assets" });
        },
        "the S3 endpoint that the bucket policy asks for": agreed(() => bucketPolicy(only(gateway(vpc()).id))),
        "the S3 endpoint that the bucket policy lets in": agreed(() => bucketPolicy(through(gateway(vpc()).id))),
        "the S3 interface endpoint": agreed(() => bucketPolicy(only(endpoint(vpc(), {}, "s3").id))),
        "the endpoint for Multi-Region Access Points": agreed(() =>
            bucketPolicy(only(endpoint(vpc(), { serviceName: "com.amazonaws.s3-global.accesspoint" }).id)),
        ),
        "an S3 endpoint whose policy names the bucket": agreed(() =>
            bucketPolicy(only(s3(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::assets/*" })).id)),
        ),
        "an S3 endpoint whose policy admits a part of the bucket": agreed(() =>
            bucketPolicy(only(s3(allow({ Resource: "arn:aws:s3:::assets/public/*" })).id)),
        ),
        "an S3 endpoint whose policy admits buckets by a pattern": agreed(() =>
            bucketPolicy(only(s3(allow({ Resource: "arn:aws:s3:::as*" })).id)),
        ),
        "an S3 endpoint whose policy is bounded by organization": agreed(() =>
            bucketPolicy(only(s3(perimeter.ownIdentitiesOwnResources).id)),
        ),
        "an S3 endpoint whose policy is bounded by the caller's own organization": agreed(() =>
            bucketPolicy(
                only(
                    s3(
                        allow(
                            when("StringEquals", {
                                "aws:PrincipalOrgID": organization,
                                "aws:ResourceOrgID": "${aws:PrincipalOrgID}",
                            }),
                        ),
                    ).id,
                ),
            ),
        ),
        "an S3 endpoint whose policy is bounded by account": agreed(() =>
            bucketPolicy(only(s3(allow(when("StringEquals", { "s3:ResourceAccount": account }))).id)),
        ),
        "an S3 endpoint whose policy denies resources of others": agreed(() =>
            bucketPolicy(only(s3(allow(), deny(when("StringNotEquals", inOrganization))).id)),
        ),
        "an endpoint that the bucket policy keeps out, whose policy does not admit the bucket": agreed(() =>
            bucketPolicy(
                deny({
                    Resource: assets,
                    ...when("StringEquals", { "aws:SourceVpce": s3(allow({ Resource: "arn:aws:s3:::others/*" })).id }),
                }),
            ),
        ),
        "an aws-native S3 endpoint": agreed(() => bucketPolicy(only(nativeGateway(nativeVpc()).awsId))),
        "an S3 endpoint whose policy is made from the bucket": agreed(() => {
            const bucket = new aws.s3.Bucket("data", { bucket: "data" });
            const made = gateway(vpc(), {
                policy: pulumi.jsonStringify(documentOf(allow({ Resource: pulumi.interpolate`${bucket.arn}/*` }))),
            });
            new aws.s3.BucketPolicy("assets", {
                bucket: bucket.id,
                policy: pulumi.jsonStringify(documentOf(only(made.id))),
            });
        }),
    },
    rejects: {
        "an endpoint for another service that the bucket policy asks for": rejected(
            () => bucketPolicy(only(endpoint(vpc(), {}, "kms").id)),
            /^The policy of bucket assets names endpoint kms, which leads to kms: no request for the bucket comes through it\.$/,
        ),
        "an endpoint for another service that the bucket policy lets in": rejected(
            () => bucketPolicy(through(endpoint(vpc()).id)),
            notForS3,
        ),
        "an endpoint for another service beside the right one": rejected(() => {
            const v = vpc();
            bucketPolicy(only([gateway(v).id, endpoint(v).id]));
        }, notForS3),
        "an endpoint for a service of a partner": rejected(() => {
            const serviceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";
            bucketPolicy(only(endpoint(vpc(), { serviceName }).id));
        }, notForS3),
        "a DynamoDB endpoint": rejected(() => bucketPolicy(only(gateway(vpc(), {}, "dynamodb").id)), notForS3),
        "an endpoint for S3 Express, which serves other buckets": rejected(
            () => bucketPolicy(only(gateway(vpc(), {}, "s3express").id)),
            notForS3,
        ),
        "an endpoint for another service by its key in another case": rejected(
            () => bucketPolicy(only(endpoint(vpc()).id, "AWS:SOURCEVPCE")),
            notForS3,
        ),
        "an endpoint for another service by an operator with IfExists": rejected(
            () =>
                bucketPolicy(
                    deny({
                        Resource: assets,
                        ...when("StringNotEqualsIfExists", { "aws:SourceVpce": [endpoint(vpc()).id] }),
                    }),
                ),
            notForS3,
        ),
        "an S3 endpoint whose policy names other buckets": rejected(
            () => bucketPolicy(only(s3(allow({ Resource: ["arn:aws:s3:::others", "arn:aws:s3:::others/*"] })).id)),
            notAdmitted,
        ),
        "an S3 endpoint whose policy names a bucket that is called almost alike": rejected(
            () => bucketPolicy(through(s3(allow({ Resource: "arn:aws:s3:::assets-2/*" })).id)),
            notAdmitted,
        ),
        "an S3 endpoint whose policy denies the bucket": rejected(
            () => bucketPolicy(only(s3(allow(), deny({ Resource: assets })).id)),
            notAdmitted,
        ),
        "an S3 endpoint in GovCloud whose policy denies the bucket": rejected(() => {
            const serviceName = "com.amazonaws.us-gov-west-1.s3";
            const denied = deny({ Resource: ["arn:aws-us-gov:s3:::assets", "arn:aws-us-gov:s3:::assets/*"] });
            bucketPolicy(only(gateway(vpc(), { serviceName, policy: json(allow(), denied) }).id));
        }, notAdmitted),
        "an S3 endpoint whose policy denies everything": rejected(() => bucketPolicy(only(s3(deny()).id)), notAdmitted),
        "an S3 endpoint whose policy is for another service": rejected(
            () => bucketPolicy(only(s3(allow({ Action: "dynamodb:*" })).id)),
            notAdmitted,
        ),
        "an S3 endpoint whose policy of its own does not admit the bucket": rejected(() => {
            const made = gateway(vpc());
            new ec2.VpcEndpointPolicy("apart", {
                vpcEndpointId: made.id,
                policy: json(allow({ Resource: "arn:aws:s3:::others/*" })),
            });
            bucketPolicy(only(made.id));
        }, notAdmitted),
        "an aws-native bucket policy": rejected(
            () =>
                new native.s3.BucketPolicy("assets", {
                    bucket: "assets",
                    policyDocument: documentOf(only(nativeEndpoint(nativeVpc()).awsId)),
                }),
            notForS3,
        ),
    },
    waitsFor: {
        "the bucket that the policy is of": {
            program: () => {
                const other = new aws.s3.Bucket("other", { bucketPrefix: "other-" });
                new aws.s3.BucketPolicy("assets", {
                    bucket: other.bucket.apply(() => "assets"),
                    policy: pulumi.jsonStringify(documentOf(only(endpoint(vpc()).id))),
                });
            },
            on: ["assets"],
            then: { assets: notForS3 },
        },
    },
});
