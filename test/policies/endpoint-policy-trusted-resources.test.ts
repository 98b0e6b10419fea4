import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-policy-trusted-resources";
import { table } from "../table";
import {
    account,
    allow,
    by,
    deny,
    documentOf,
    inOrganization,
    json,
    ofOrganization,
    organization,
    otherAccount,
    perimeter,
    s3,
    type Statement,
    when,
} from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc } from "./network";

const { ec2 } = aws;

const dynamodb =
    (...statements: readonly Statement[]) =>
    () =>
        gateway(vpc(), { policy: json(...statements) }, "dynamodb");

/** A program beside what the stack makes. */
const beside = (make: () => unknown, program: () => unknown) => () => {
    make();
    program();
};

const apart = (policy: pulumi.Input<string>, of = gateway(vpc())) =>
    new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: of.id, policy });

const assets = ["arn:aws:s3:::assets", "arn:aws:s3:::assets/*"];
const bucket = () => new aws.s3.Bucket("assets", { bucket: "assets" });
const orders = (args: Partial<aws.dynamodb.TableArgs> = {}) =>
    new aws.dynamodb.Table("orders", {
        name: "orders",
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        attributes: [{ name: "id", type: "S" }],
        ...args,
    });

const trusted = { config: { organizations: [organization] } };
const trustedAccount = { config: { accounts: [account] } };

const anyBucket = {
    s3: /^Statement 1 lets any principal in .* call s3:PutObject on any bucket of any account \(endpoint s3\)\.$/,
};

table(policy, {
    why: "An endpoint that reaches the buckets, queues and tables of any account is the shortest way for data to leave a private network: it needs no internet.",
    page: { rejects: "own identities with any resource" },
    accepts: {
        "own identities with own resources": { program: s3(perimeter.ownIdentitiesOwnResources), ...trusted },
        "AWS services that call on their own behalf": { program: s3(perimeter.awsServices), ...trusted },
        "buckets of AWS's own": { program: s3(perimeter.awsBuckets), ...trusted },
        "models of AWS's own": {
            program: by(
                "bedrock-runtime",
                allow({
                    Action: "bedrock:InvokeModel",
                    Resource: "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
                }),
            ),
            ...trusted,
        },
        "images, of which none has an account in its ARN, beside tagged exceptions": {
            program: by(
                "ec2",
                allow({
                    Action: ["ec2:CreateFleet", "ec2:DescribeImages", "ec2:RequestSpotInstances", "ec2:RunInstances"],
                    Resource: "arn:aws:ec2:*::image/*",
                    ...when("StringEquals", ofOrganization),
                }),
                perimeter.taggedExceptions,
            ),
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:resource"] },
        },
        "policies of AWS's own": {
            program: by("iam", allow({ Action: "iam:GetPolicy", Resource: "arn:aws:iam::aws:policy/*" })),
            ...trusted,
        },
        "tagged exceptions that the setting exempts": {
            program: s3(perimeter.taggedExceptions),
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:resource"] },
        },
        "tags in any case": {
            program: s3(
                allow(when("StringEquals", { ...ofOrganization, "AWS:PrincipalTag/DP:Exclude:Resource": "true" })),
            ),
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:RESOURCE"] },
        },
        "the whole data perimeter": {
            program: s3(
                perimeter.ownIdentitiesOwnResources,
                perimeter.awsServices,
                perimeter.awsBuckets,
                perimeter.taggedExceptions,
            ),
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:resource"] },
        },
        "everything, denied unless in the organization": {
            program: s3(...perimeter.unlessInOrganization),
            ...trusted,
        },
        "a Deny of others' resources but for tagged principals": {
            program: s3(
                allow(when("StringEquals", ofOrganization)),
                deny({
                    Condition: {
                        StringNotEqualsIfExists: {
                            ...inOrganization,
                            "aws:PrincipalTag/dp:exclude:resource": "true",
                        },
                    },
                }),
            ),
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:resource"] },
        },
        "resources of the organization that the whole pack trusts": {
            program: s3(allow({ Action: "s3:*Object", ...when("StringEquals", inOrganization) })),
            pack: { organizations: [organization] },
        },
        "resources of accounts by list": {
            program: s3(
                allow({
                    Action: "s3:*Object",
                    ...when("StringEquals", { "s3:ResourceAccount": [account, otherAccount] }),
                }),
            ),
            config: { accounts: [account, otherAccount] },
        },
        "resources of units of the organization": {
            program: s3(
                allow({
                    Action: "s3:*Object",
                    ...when("ForAnyValue:StringLike", { "aws:ResourceOrgPaths": `${organization}/r-ab12/*` }),
                }),
            ),
            ...trusted,
        },
        "a bucket that is trusted by its ARN": {
            program: s3(allow({ Resource: assets })),
            config: { resources: assets },
        },
        "buckets that are trusted by a pattern": {
            program: s3(allow({ Resource: assets })),
            config: { resources: ["arn:aws:s3:::ass*"] },
        },
        "a bucket of this stack": {
            program: beside(bucket, s3(allow({ Resource: assets }))),
            ...trusted,
        },
        "an aws-native bucket of this stack": {
            program: beside(
                () => new native.s3.Bucket("assets", { bucketName: "assets" }),
                s3(allow({ Resource: assets })),
            ),
            ...trusted,
        },
        "a table of this stack in the account that is trusted": {
            program: beside(
                orders,
                dynamodb(allow({ Resource: `arn:aws:dynamodb:us-east-1:${account}:table/orders` })),
            ),
            ...trustedAccount,
        },
        "keys of a trusted account by KMS": {
            program: by("kms", allow({ Action: "kms:Encrypt", Resource: `arn:aws:kms:*:${account}:key/*` })),
            ...trustedAccount,
        },
        "secrets of a trusted account by Secrets Manager": {
            program: by(
                "secretsmanager",
                allow({ Action: "secretsmanager:*Value", Resource: `arn:aws:secretsmanager:*:${account}:secret:*` }),
            ),
            config: { accounts: [account] },
        },
        "parameters of the organization by Systems Manager": {
            program: by("ssm", allow({ Action: "ssm:PutParameter", ...when("StringEquals", inOrganization) })),
            ...trusted,
        },
        "repositories of a trusted account by ECR": {
            program: by(
                "ecr.api",
                allow({ Action: "ecr:PutImage", Resource: `arn:aws:ecr:us-east-1:${account}:repository/*` }),
                allow({
                    Action: "ecr:GetAuthorizationToken",
                    ...when("StringEquals", { "aws:PrincipalAccount": account }),
                }),
            ),
            ...trustedAccount,
        },
        "roles of a trusted account by STS": {
            program: by("sts", allow({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/*` })),
            ...trustedAccount,
        },
        "actions that take no resource, for trusted principals": {
            program: s3(allow({ Action: "s3:ListAllMyBuckets", ...when("StringEquals", ofOrganization) })),
            ...trusted,
        },
        "a bucket beside a Deny of all others": {
            program: s3(
                allow({ Action: ["s3:GetObject", "s3:PutObject"] }),
                deny({ Resource: undefined, NotResource: assets }),
            ),
            config: { resources: assets },
        },
        "keys in any case": {
            program: s3(
                allow({ Action: "s3:*Object", ...when("StringEquals", { "AWS:RESOURCEORGID": [organization] }) }),
            ),
            ...trusted,
        },
        "IfExists, where the key has to be there": {
            program: s3(
                allow({
                    Action: "s3:*Object",
                    Condition: { StringEqualsIfExists: inOrganization, Null: { "aws:ResourceOrgID": "false" } },
                }),
            ),
            ...trusted,
        },
        "everything, where nothing is configured": s3(allow({ Action: "s3:*" })),
        "everything, where but tags and AWS's buckets are configured": {
            program: s3(allow()),
            config: { exemptPrincipalTags: ["team"], awsOwnedResources: [] },
        },
        "a document that a policy of its own replaces": {
            program: () =>
                apart(
                    json(perimeter.ownIdentitiesOwnResources),
                    gateway(vpc(), { policy: json(allow({ Action: "s3:*" })) }),
                ),
            ...trusted,
        },
        "a pending document that a policy of its own replaces": {
            program: () =>
                apart(
                    json(perimeter.ownIdentitiesOwnResources),
                    gateway(vpc(), { policy: bucket().arn.apply(arn => json(allow({ Resource: [arn] }))) }),
                ),
            ...trusted,
        },
        "actions that take no resource, of which endpoint-policy-trusted-principals speaks": {
            program: s3(allow({ Action: "s3:ListAllMyBuckets" })),
            ...trusted,
        },
        "all that a trusted account has in a Region": {
            program: by("kms", allow({ Action: "kms:*", Resource: `arn:aws:kms:eu-west-1:${account}:*` })),
            ...trustedAccount,
        },
        "a secret of a trusted account with a slash in its name": {
            program: by(
                "secretsmanager",
                allow({ Resource: `arn:aws:secretsmanager:*:${account}:secret:app/db-??????` }),
            ),
            ...trustedAccount,
        },
        "a trusted account, whatever its digits": {
            program: by("sqs", allow({ Resource: "arn:aws:sqs:us-east-1:888888888888:orders" })),
            config: { accounts: ["888888888888"] },
        },
        "a service that takes no endpoint policies": {
            program: () => endpoint(vpc(), { policy: json(allow()) }, "email-smtp", "mail"),
            ...trusted,
        },
        "an endpoint without a policy, of which endpoint-policy-required speaks": {
            program: () => gateway(vpc()),
            ...trusted,
        },
        "an endpoint whose policy is a resource of its own": {
            program: () => apart(json(perimeter.ownIdentitiesOwnResources)),
            ...trusted,
        },
        "an aws-native policy document": {
            program: () =>
                nativeGateway(nativeVpc(), { policyDocument: documentOf(perimeter.ownIdentitiesOwnResources) }),
            ...trusted,
        },
        "an aws-native endpoint without a policy": { program: () => nativeEndpoint(nativeVpc()), ...trusted },
    },
    rejects: {
        "models of an account": {
            program: by(
                "bedrock-runtime",
                allow({
                    Action: "bedrock:InvokeModel",
                    Resource: `arn:aws:bedrock:us-east-1:${otherAccount}:inference-profile/*`,
                }),
            ),
            ...trusted,
            because: {
                "bedrock-runtime": /^Statement 1 lets .* call bedrock:InvokeModel on .* of account 444455556666 /,
            },
        },
        "a role of any account by an identity provider's word": {
            program: by("sts", allow({ Action: "sts:AssumeRoleWithWebIdentity" })),
            ...trusted,
            because: {
                sts: /^Statement 1 lets .* call sts:AssumeRoleWithWebIdentity on any iam resource of any account/,
            },
        },
        "AWS's full-access document, written out": { program: s3(allow()), because: anyBucket, ...trusted },
        "AWS's full-access document in an aws-native endpoint": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf(allow()) }),
            because: anyBucket,
            ...trusted,
        },
        "anything, whatever the digits of the trusted accounts": {
            program: s3(allow({ Action: "s3:*" })),
            because: anyBucket,
            config: { accounts: ["999999999999", "888888888888", "777777777777", "666666666666"] },
        },
        "anything, whatever the names that trusted patterns begin with": {
            program: s3(allow({ Action: "s3:*" })),
            because: anyBucket,
            config: { resources: ["arn:aws:s3:::q*"] },
        },
        "more than a trusted pattern, by a pattern of one more character": {
            program: by("sqs", allow({ Resource: `arn:aws:sqs:us-east-1:${otherAccount}:app-?` })),
            because: { sqs: /call sqs:SendMessage on app-\* of account 444455556666/ },
            config: { resources: [`arn:aws:sqs:us-east-1:${otherAccount}:app-x`] },
        },
        "a policy of its own that replaces a trusted document": {
            program: () =>
                apart(
                    json(allow({ Action: "s3:*" })),
                    gateway(vpc(), { policy: json(perimeter.ownIdentitiesOwnResources) }),
                ),
            because: { apart: /call s3:PutObject on any bucket of any account \(endpoint policy apart\)\.$/ },
            ...trusted,
        },
        "the document of an endpoint beside another one whose document is replaced": {
            program: () => {
                apart(json(perimeter.ownIdentitiesOwnResources), gateway(vpc({}, "other"), {}, "s3", "other"));
                gateway(vpc(), { policy: json(allow({ Action: "s3:*" })) });
            },
            because: anyBucket,
            ...trusted,
        },
        "a bucket by wildcards in the parts that S3 leaves empty": {
            program: s3(allow({ Resource: "arn:aws:s3:*:*:others/*" })),
            because: { s3: /call s3:PutObject on bucket others of any account/ },
            ...trusted,
        },
        "buckets by an ARN that lacks parts": {
            program: s3(allow({ Action: "s3:*", Resource: "arn:aws:s3:*" })),
            because: anyBucket,
            ...trusted,
        },
        "all that another account has in a Region": {
            program: by("kms", allow({ Action: "kms:*", Resource: `arn:aws:kms:eu-west-1:${otherAccount}:*` })),
            because: { kms: /call kms:Encrypt on any kms resource of account 444455556666/ },
            ...trustedAccount,
        },
        "a secret of another account with a slash in its name": {
            program: by(
                "secretsmanager",
                allow({ Resource: `arn:aws:secretsmanager:*:${otherAccount}:secret:app/db-??????` }),
            ),
            because: {
                secretsmanager: /call secretsmanager:PutSecretValue on secret:app\/db-\* of account 444455556666/,
            },
            ...trustedAccount,
        },
        "a secret of another account by its whole name": {
            program: by(
                "secretsmanager",
                allow({ Resource: `arn:aws:secretsmanager:us-east-1:${otherAccount}:secret:theirs-a1b2c3` }),
            ),
            because: { secretsmanager: / on secret:theirs-a1b2c3 of account 444455556666/ },
            ...trustedAccount,
        },
        "an access point of another account": {
            program: s3(
                allow({
                    Action: "s3:GetObject",
                    Resource: `arn:aws:s3:us-east-1:${otherAccount}:accesspoint/theirs/object/*`,
                }),
            ),
            because: { s3: / call s3:GetObject on accesspoint\/theirs\/object\/\* of account 444455556666/ },
            ...trustedAccount,
        },
        "buckets of nobody in particular": {
            program: s3(allow({ Action: "s3:PutObject", Condition: { Null: { "aws:ResourceAccount": "true" } } })),
            because: anyBucket,
            ...trusted,
        },
        "a log group of another account with slashes in its name": {
            program: by(
                "logs",
                allow({ Resource: `arn:aws:logs:us-east-1:${otherAccount}:log-group:/aws/lambda/app:*` }),
            ),
            because: { logs: /call logs:\w+ on .* of account 444455556666/ },
            ...trustedAccount,
        },
        "every action of S3": { program: s3(allow({ Action: "s3:*" })), because: anyBucket, ...trusted },
        "every action of S3, by the accounts of the whole pack": {
            program: s3(allow({ Action: "s3:*" })),
            because: anyBucket,
            pack: { accounts: [account] },
        },
        "every action of S3, by resources that are trusted by themselves": {
            program: s3(allow({ Action: "s3:*" })),
            because: anyBucket,
            config: { resources: assets },
        },
        "every action of S3 beside a bucket of this stack": {
            program: beside(bucket, s3(allow({ Action: "s3:*" }))),
            because: anyBucket,
            ...trusted,
        },
        "every action of S3 beside a bucket whose name AWS will give": {
            program: beside(
                () => new aws.s3.Bucket("assets", { bucketPrefix: "assets-" }),
                s3(allow({ Action: "s3:*" })),
            ),
            because: anyBucket,
            ...trusted,
        },
        "own identities with any resource": {
            program: s3(allow(when("StringEquals", ofOrganization))),
            because: {
                s3: /^Statement 1 lets any principal in organization o-a1b2c3d4e5 call s3:PutObject on any bucket of any account/,
            },
            ...trusted,
        },
        "resources of another organization": {
            program: s3(allow(when("StringEquals", { "aws:ResourceOrgID": [organization, "o-f6g7h8i9j0"] }))),
            because: { s3: /call s3:PutObject on any bucket of organization o-f6g7h8i9j0/ },
            ...trusted,
        },
        "resources of another account": {
            program: s3(allow(when("StringEquals", { "s3:ResourceAccount": [account, otherAccount] }))),
            because: { s3: /call s3:PutObject on any bucket of account 444455556666/ },
            ...trustedAccount,
        },
        "resources of whichever of two accounts the caller is in": {
            program: s3(
                allow(
                    when("StringEquals", {
                        "aws:PrincipalAccount": [account, otherAccount],
                        "aws:ResourceAccount": "${aws:PrincipalAccount}",
                    }),
                ),
            ),
            because: { s3: /call s3:PutObject on any bucket of account 444455556666/ },
            ...trustedAccount,
        },
        "resources of whichever of two organizations the caller is in": {
            program: s3(
                allow(
                    when("StringEquals", {
                        "aws:PrincipalOrgID": [organization, "o-f6g7h8i9j0"],
                        "aws:ResourceOrgID": "${aws:PrincipalOrgID}",
                    }),
                ),
            ),
            because: { s3: /call s3:PutObject on any bucket of organization o-f6g7h8i9j0/ },
            ...trusted,
        },
        "a literal bucket of nobody whom one trusts": {
            program: s3(allow({ Resource: assets, ...when("StringEquals", ofOrganization) })),
            because: { s3: /call s3:\w+ on bucket assets of any account/ },
            ...trusted,
        },
        "a bucket beside the one that is trusted": {
            program: s3(allow({ Resource: [...assets, "arn:aws:s3:::others/*"] })),
            because: { s3: /call s3:PutObject on bucket others of any account/ },
            config: { resources: assets },
        },
        "a bucket that is called almost like one of this stack": {
            program: beside(bucket, s3(allow({ Resource: "arn:aws:s3:::assets-backup/*" }))),
            because: { s3: /call s3:PutObject on bucket assets-backup/ },
            ...trusted,
        },
        "buckets by a pattern that one of this stack matches": {
            program: beside(bucket, s3(allow({ Resource: "arn:aws:s3:::assets*" }))),
            because: { s3: /call s3:PutObject on any bucket named assets\*/ },
            ...trusted,
        },
        "a queue that is called like a bucket of this stack": {
            program: beside(bucket, by("sqs", allow({ Resource: `arn:aws:sqs:us-east-1:${otherAccount}:assets` }))),
            because: { sqs: /call sqs:SendMessage on assets of account 444455556666/ },
            ...trusted,
        },
        "a table of any account that is called like one of this stack": {
            program: beside(orders, dynamodb(allow({ Resource: "arn:aws:dynamodb:*:*:table/orders" }))),
            because: { dynamodb: /call dynamodb:PutItem on table\/orders of any account/ },
            ...trusted,
        },
        IfExists: {
            program: s3(allow(when("StringEqualsIfExists", inOrganization))),
            because: anyBucket,
            ...trusted,
        },
        "ForAllValues without Null": {
            program: s3(allow(when("ForAllValues:StringLike", { "aws:ResourceOrgPaths": `${organization}/*` }))),
            because: anyBucket,
            ...trusted,
        },
        "a Deny that needs the key to be there": {
            program: s3(allow(), deny(when("ForAnyValue:StringNotEquals", inOrganization))),
            because: anyBucket,
            ...trusted,
        },
        "a Deny that covers but one action": {
            program: s3(allow(), deny({ Action: "s3:PutObject", ...when("StringNotEquals", inOrganization) })),
            because: { s3: /^Statement 1 lets any principal in any account call s3:(?!PutObject )\w+ on / },
            ...trusted,
        },
        "full access in two statements": {
            program: s3(
                allow({ Sid: "Objects", Action: ["s3:GetObject", "s3:PutObject"] }),
                allow({ Sid: "Rest", Action: undefined, NotAction: ["s3:GetObject", "s3:PutObject"] }),
            ),
            because: {
                s3: [
                    /^Statement Objects lets any principal in any account call s3:PutObject on any bucket/,
                    /^Statement Rest lets any principal in any account call s3:\w+ on /,
                ],
            },
            ...trusted,
        },
        "every resource but one": {
            program: s3(allow({ Resource: undefined, NotResource: assets })),
            because: anyBucket,
            ...trusted,
        },
        "a tag that the setting does not exempt": {
            program: s3(perimeter.taggedExceptions),
            because: {
                s3: /^Statement TaggedExceptions lets any principal in organization o-a1b2c3d4e5 call s3:PutObject/,
            },
            ...trusted,
        },
        "a tag that need not be there": {
            program: s3(
                allow(
                    when("StringEqualsIfExists", { ...ofOrganization, "aws:PrincipalTag/dp:exclude:resource": "true" }),
                ),
            ),
            because: anyBucket,
            config: { organizations: [organization], exemptPrincipalTags: ["dp:exclude:resource"] },
        },
        "any bucket whose name is like that of one of AWS's": {
            program: s3(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::prod-*-starport-layer-bucket/*" })),
            because: { s3: /call s3:GetObject on any bucket named prod-\*-starport-layer-bucket/ },
            ...trusted,
        },
        "buckets of AWS's own, where the setting names none": {
            program: s3(perimeter.awsBuckets),
            because: { s3: /^Statement AwsBuckets lets any principal in any account call s3:GetObject on bucket / },
            config: { organizations: [organization], awsOwnedResources: [] },
        },
        "keys of any account by KMS": {
            program: by("kms", allow({ Action: "kms:Encrypt", ...when("StringEquals", ofOrganization) })),
            because: { kms: /call kms:Encrypt on any kms resource of any account/ },
            ...trusted,
        },
        "secrets of any account by Secrets Manager": {
            program: by(
                "secretsmanager",
                allow({ Action: "secretsmanager:PutSecretValue", Resource: "arn:aws:secretsmanager:*:*:secret:app-*" }),
            ),
            because: { secretsmanager: /call secretsmanager:PutSecretValue on secret:app-\* of any account/ },
            ...trusted,
        },
        "parameters of another account by Systems Manager": {
            program: by(
                "ssm",
                allow({ Action: "ssm:*", Resource: `arn:aws:ssm:us-east-1:${otherAccount}:parameter/*` }),
            ),
            because: { ssm: /call ssm:PutParameter on any ssm resource of account 444455556666/ },
            ...trustedAccount,
        },
        "repositories of any account by ECR": {
            program: by("ecr.dkr", allow({ Action: "ecr:PutImage", Resource: "arn:aws:ecr:*:*:repository/app" })),
            because: { "ecr-dkr": /call ecr:PutImage on repository\/app of any account/ },
            ...trusted,
        },
        "roles of any account by STS": {
            program: by("sts", allow({ Action: "sts:AssumeRole", ...when("StringEquals", ofOrganization) })),
            because: { sts: /call sts:AssumeRole on any iam resource of any account/ },
            ...trusted,
        },
        "tables of any account by DynamoDB": {
            program: dynamodb(allow({ Action: "dynamodb:PutItem", ...when("StringEquals", ofOrganization) })),
            because: { dynamodb: /call dynamodb:PutItem on any dynamodb resource of any account/ },
            ...trusted,
        },
        "a policy that is a resource of its own, not the endpoint": {
            program: () => apart(json(allow({ Action: "s3:*" }))),
            because: { apart: /call s3:PutObject on any bucket of any account \(endpoint policy apart\)\.$/ },
            ...trusted,
        },
        "an aws-native policy document": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf(allow({ Action: ["s3:*"] })) }),
            because: anyBucket,
            ...trusted,
        },
    },
    waitsFor: {
        "the endpoint of a policy of its own, which may replace a document": {
            program: () => {
                const endpoints = [
                    gateway(vpc(), { policy: json(allow({ Action: "s3:*" })) }),
                    gateway(vpc({}, "other"), { policy: json(perimeter.ownIdentitiesOwnResources) }, "s3", "other"),
                ];
                const first = pulumi.all(endpoints.map(({ id }) => id)).apply(ids => ids[0] ?? "");
                new ec2.VpcEndpointPolicy("apart", {
                    vpcEndpointId: first,
                    policy: json(perimeter.ownIdentitiesOwnResources),
                });
            },
            on: ["other", "s3", "apart"],
            then: {},
            ...trusted,
        },
        "a document interpolated from a bucket of this stack": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.interpolate`{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"${bucket().arn}/*"}}`,
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
            ...trusted,
        },
        "a document in JSON made from a bucket, and one of somebody else": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.jsonStringify(
                        documentOf(allow({ Resource: [bucket().arn, "arn:aws:s3:::others/*"] })),
                    ),
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { s3: /call s3:\w+ on bucket others of any account/ },
            ...trusted,
        },
        "a document that getPolicyDocument makes from a table of this stack": {
            program: () =>
                gateway(
                    vpc(),
                    {
                        policy: aws.iam.getPolicyDocumentOutput({
                            statements: [
                                {
                                    principals: [{ type: "*", identifiers: ["*"] }],
                                    actions: ["dynamodb:GetItem"],
                                    resources: [orders().arn],
                                },
                            ],
                        }).json,
                    },
                    "dynamodb",
                ),
            on: ["dynamodb"],
            then: {},
            ...trusted,
        },
        "a table whose account is not known yet": {
            program: beside(
                orders,
                dynamodb(allow({ Resource: `arn:aws:dynamodb:us-east-1:${otherAccount}:table/orders` })),
            ),
            on: ["dynamodb"],
            then: { dynamodb: /call dynamodb:PutItem on table\/orders of account 444455556666/ },
            ...trusted,
        },
        "the document of a policy of its own": {
            program: () => apart(bucket().arn.apply(arn => json(allow({ Resource: [arn, `${arn}/*`] })))),
            on: ["apart"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
            ...trusted,
        },
        "an aws-native document with a pending resource": {
            program: () =>
                nativeGateway(nativeVpc(), { policyDocument: documentOf(allow({ Resource: bucket().arn })) }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
            ...trusted,
        },
    },
});
