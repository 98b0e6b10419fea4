/** Endpoint policies, each written as what it allows or denies; a case gives the elements that it is about. */
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { allow, deny, json, type Statement, when } from "../statements";
import { endpoint, gateway, vpc } from "./network";

export * from "../statements";

/** A gateway endpoint for S3 with a policy. */
export const s3 =
    (...statements: readonly Statement[]) =>
    () =>
        gateway(vpc(), { policy: json(...statements) });

/** An interface endpoint with a policy, named after its service but for dots. */
export const by =
    (service: string, ...statements: readonly Statement[]) =>
    () =>
        endpoint(vpc(), { policy: json(...statements) }, service, service.replace(".", "-"));

/** An endpoint policy that is a resource of its own. */
export const apart = (vpcEndpointId: Input<string>, policy: Input<string>): aws.ec2.VpcEndpointPolicy =>
    new aws.ec2.VpcEndpointPolicy("apart", { vpcEndpointId, policy });

export const organization = "o-a1b2c3d4e5";
export const account = "111122223333";
export const otherAccount = "444455556666";

export const ofOrganization = { "aws:PrincipalOrgID": organization };
export const inOrganization = { "aws:ResourceOrgID": organization };

/** The shapes of AWS's data-perimeter guidance, by what they allow. */
export const perimeter = {
    ownIdentitiesOwnResources: allow({
        Sid: "OwnIdentitiesOwnResources",
        ...when("StringEquals", { ...ofOrganization, ...inOrganization }),
    }),
    awsServices: allow({ Sid: "AwsServices", ...when("Bool", { "aws:PrincipalIsAWSService": "true" }) }),
    awsBuckets: allow({
        Sid: "AwsBuckets",
        Action: "s3:GetObject",
        Resource: [
            "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
            "arn:aws:s3:::amazon-ssm-us-east-1/*",
            "arn:aws:s3:::aws-ssm-us-east-1/*",
            "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*",
            "arn:aws:s3:::aws-windows-downloads-us-east-1/*",
            "arn:aws:s3:::patch-baseline-snapshot-us-east-1/*",
            "arn:aws:s3:::aws-patch-manager-us-east-1-1970c647d/*",
            "arn:aws:s3:::aws-codedeploy-us-east-1/*",
            "arn:aws:s3:::amazoncloudwatch-agent/*",
            "arn:aws:s3:::us-east-1.elasticmapreduce/*",
        ],
    }),
    taggedExceptions: allow({
        Sid: "TaggedExceptions",
        ...when("StringEquals", { ...ofOrganization, "aws:PrincipalTag/dp:exclude:resource": "true" }),
    }),
    unlessInOrganization: [
        allow({ Sid: "Everything" }),
        deny({
            Sid: "UnlessOwnIdentity",
            Condition: {
                StringNotEqualsIfExists: ofOrganization,
                BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
            },
        }),
        deny({
            Sid: "UnlessOwnResource",
            Condition: {
                StringNotEqualsIfExists: inOrganization,
                BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
            },
        }),
    ],
} as const;
