import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-policy-valid";
import { unknownValue } from "../aws";
import { build } from "../blueprint";
import { judge } from "../judge";
import { table } from "../table";
import { account, allow, apart, by, deny, documentOf, json, organization, perimeter, s3, when } from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc } from "./network";

const written = (policy: string) => () => gateway(vpc(), { policy });

const role = `arn:aws:iam::${account}:role/app`;
const assets = { Action: "s3:GetObject", Resource: "arn:aws:s3:::assets/*" };

/** A policy of so many characters, white space included. */
const ofLength = (length: number): string => {
    const shortest = json(allow({ ...assets, Sid: "" })).length;
    return json(allow({ ...assets, Sid: "x".repeat(length - shortest) }));
};

const repository = "arn:aws:ecr:us-east-1:111122223333:repository/app";

table(policy, {
    why: "Some mistakes AWS refuses only when it makes the endpoint. With others it makes an endpoint through which nothing passes.",
    page: { rejects: "a role as the principal on a gateway endpoint" },
    accepts: {
        "own identities with own resources": s3(perimeter.ownIdentitiesOwnResources),
        "AWS services that call on their own behalf": s3(perimeter.awsServices),
        "buckets of AWS's own": s3(perimeter.awsBuckets),
        "tagged exceptions": s3(perimeter.taggedExceptions),
        "the whole data perimeter": s3(
            perimeter.ownIdentitiesOwnResources,
            perimeter.awsServices,
            perimeter.awsBuckets,
            perimeter.taggedExceptions,
        ),
        "everything, denied unless in the organization": s3(...perimeter.unlessInOrganization),
        "AWS's full-access document, of which endpoint-policy-required speaks": s3(allow()),
        "an endpoint without a policy": () => gateway(vpc()),
        "the older version of the language": written(
            JSON.stringify({ Version: "2008-10-17", Statement: [allow(assets)] }),
        ),
        "a document without a version": written(JSON.stringify({ Statement: [allow(assets)] })),
        "one statement that is not in a list": written(JSON.stringify({ Statement: allow(assets) })),
        "all actions but some": s3(allow({ Action: undefined, NotAction: "s3:DeleteBucket" })),
        "all resources but some": s3(allow({ Resource: undefined, NotResource: "arn:aws:s3:::assets/*" })),
        "all principals but some, on an interface endpoint": by(
            "kms",
            allow({ Principal: undefined, NotPrincipal: { AWS: role } }),
        ),
        "a policy as long as AWS takes": written(ofLength(20_480)),
        "everyone, whatever the type of the endpoint is": () =>
            gateway(vpc(), {
                vpcEndpointType: new aws.s3.Bucket("assets").id.apply(() => "Interface"),
                policy: json(allow(assets)),
            }),
        "everything, whatever the service of the endpoint is": () =>
            endpoint(vpc(), {
                serviceName: new aws.s3.Bucket("assets").id.apply(() => "com.amazonaws.us-east-1.logs"),
                policy: json(allow(when("StringEquals", { "aws:PrincipalOrgID": organization }))),
            }),
        "every AWS principal on a gateway endpoint": s3(allow({ ...assets, Principal: { AWS: "*" } })),
        "every AWS principal in a list on a gateway endpoint": s3(allow({ ...assets, Principal: { AWS: ["*"] } })),
        "a principal on an interface endpoint": by("kms", allow({ Principal: { AWS: role } })),
        "a principal by its ARN in a condition on a gateway endpoint": s3(
            allow(when("ArnEquals", { "aws:PrincipalArn": role })),
        ),
        "an action on the bucket beside one on its objects, where the bucket alone is named": s3(
            allow({ Action: ["s3:GetObject", "s3:ListBucket"], Resource: "arn:aws:s3:::assets" }),
        ),
        "actions on what is only known to the request": s3(
            allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::${aws:PrincipalTag/bucket}" }),
        ),
        "all resources but some, whatever the action": s3(
            allow({ Action: "s3:GetObject", Resource: undefined, NotResource: "arn:aws:s3:::assets" }),
        ),
        "what is AWS's own, which the table does not know of actions": by(
            "cloudformation",
            allow({
                Action: "cloudformation:CreateChangeSet",
                Resource: "arn:aws:cloudformation:us-east-1:aws:transform/*",
            }),
        ),
        "an action that takes no single resource, on all": by(
            "ecr.api",
            allow({ Action: "ecr:GetAuthorizationToken", Resource: "*" }),
        ),
        "operators in any case": s3(allow(when("stringequals", { "aws:principalorgid": organization }))),
        "operators with IfExists, ForAllValues and ForAnyValue": s3(
            allow(when("StringEqualsIfExists", { "aws:PrincipalOrgID": organization })),
            allow(when("ForAllValues:StringLike", { "aws:PrincipalOrgPaths": `${organization}/*` })),
            deny(when("ForAnyValue:StringNotLikeIfExists", { "aws:PrincipalOrgPaths": `${organization}/*` })),
        ),
        "operators of every kind": s3(
            allow({
                Condition: {
                    Null: { "aws:PrincipalTag/team": "false" },
                    Bool: { "aws:SecureTransport": "true" },
                    IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
                    NumericLessThan: { "s3:max-keys": "100" },
                    DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
                    ArnLike: { "aws:PrincipalArn": role },
                    BinaryEquals: { "aws:PrincipalTag/key": "QmluYXJ5" },
                },
            }),
        ),
        "the id of an organization by equality": s3(
            allow(when("StringEquals", { "aws:PrincipalOrgID": organization })),
        ),
        "a wildcard in paths of an organization": s3(
            allow(when("ForAnyValue:StringLike", { "aws:PrincipalOrgPaths": `${organization}/*` })),
            allow(when("ForAnyValue:StringLike", { "aws:ResourceOrgPaths": `${organization}/r-ab12/*` })),
        ),
        "six characters before a wildcard": s3(allow(when("StringLike", { "aws:PrincipalTag/team": "abcdef*" }))),
        "six characters behind a wildcard": s3(allow(when("StringLike", { "aws:PrincipalTag/team": "*abcdef" }))),
        "six characters between wildcards": s3(allow(when("StringLike", { "aws:PrincipalTag/team": "*abcdef?" }))),
        "a short text for equality, where an asterisk is no wildcard": s3(
            allow(when("StringEquals", { "aws:PrincipalTag/team": "a*" })),
        ),
        "a short pattern of ARNs": s3(allow(when("ArnLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/a*" }))),
        "a wildcard as the account of an ARN": by("sqs", allow({ Resource: "arn:aws:sqs:us-east-1:*:orders" })),
        "an id as the account of an ARN": by("sqs", allow({ Resource: `arn:aws:sqs:us-east-*:${account}:orders-*` })),
        "actions in any case": s3(allow({ ...assets, Action: ["S3:getobject", "s3:PUTOBJECT"] })),
        "actions by a pattern": s3(allow({ ...assets, Action: ["s3:Get*", "s3:?utObject"] })),
        "an action of a service of which the table knows nothing": s3(
            allow(assets),
            allow({ Action: "clairvoyance:Foresee" }),
        ),
        "statements for other services beside one for the endpoint's": s3(
            allow(assets),
            allow({ Action: ["dynamodb:GetItem", "kms:Decrypt"] }),
        ),
        "a pattern of services": s3(allow({ ...assets, Action: "s*:GetObject" })),
        "KMS by its own actions": by("kms", allow({ Action: ["kms:Decrypt"] })),
        "Secrets Manager by its own actions": by("secretsmanager", allow({ Action: "secretsmanager:GetSecretValue" })),
        "Systems Manager by its own actions": by("ssm", allow({ Action: "ssm:GetParameter*" })),
        "Systems Manager's messages by their own actions": by("ssmmessages", allow({ Action: "ssmmessages:*" })),
        "ECR's API by the actions of ECR": by("ecr.api", allow({ Action: "ecr:GetAuthorizationToken" })),
        "ECR's registry by the actions of ECR": by("ecr.dkr", allow({ Action: "ecr:BatchGetImage" })),
        "STS by its own actions": by("sts", allow({ Action: "sts:AssumeRole" })),
        "CloudWatch by the actions of cloudwatch": by("monitoring", allow({ Action: "cloudwatch:PutMetricData" })),
        "a FIPS endpoint by the actions of its service": by("kms-fips", allow({ Action: "kms:Decrypt" })),
        "DynamoDB by its own actions": () =>
            gateway(vpc(), { policy: json(allow({ Action: "dynamodb:GetItem" })) }, "dynamodb"),
        "a service of somebody else by whatever actions": () =>
            endpoint(vpc(), {
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                policy: json(allow({ Action: "execute-api:Invoke" })),
            }),
        "a policy that is a resource of its own": () => apart(gateway(vpc()).id, json(allow(assets))),
        "actions of another service on the policy of an endpoint outside": () =>
            apart("vpce-0123456789abcdef0", json(allow({ Action: "dynamodb:GetItem" }))),
        "a principal on the policy of an endpoint outside": () =>
            apart("vpce-0123456789abcdef0", json(allow({ Principal: { AWS: role }, ...assets }))),
        "an aws-native policy document": () =>
            nativeGateway(nativeVpc(), { policyDocument: documentOf(...perimeter.unlessInOrganization) }),
        "an aws-native policy in JSON": () =>
            nativeEndpoint(nativeVpc(), { policyDocument: json(allow({ Action: "logs:PutLogEvents" })) }),
        "a secret policy": () => gateway(vpc(), { policy: pulumi.secret(json(allow(assets))) }),
    },
    rejects: {
        "what is not JSON": {
            program: written('{"Statement": ['),
            because: { s3: /^The policy cannot work: it is not JSON \(endpoint s3\)\.$/ },
        },
        "JSON that is no object": {
            program: written('"Allow"'),
            because: { s3: /^The policy cannot work: it has no Statement/ },
        },
        "a document without statements": {
            program: written(JSON.stringify({ Version: "2012-10-17" })),
            because: { s3: /^The policy cannot work: it has no Statement/ },
        },
        "a version that IAM does not have": {
            program: written(JSON.stringify({ Version: "2012-10-07", Statement: [allow(assets)] })),
            because: { s3: /^The policy cannot work: its Version is neither 2012-10-17 nor 2008-10-17/ },
        },
        "a statement that is no object": {
            program: written(JSON.stringify({ Statement: [allow(assets), "Allow"] })),
            because: { s3: /^The policy cannot work: Statement 2 is not an object/ },
        },
        "a statement without a principal": {
            program: s3(allow({ ...assets, Principal: undefined })),
            because: { s3: /^The policy cannot work: Statement 1 has no Principal/ },
        },
        "a statement without an action": {
            program: s3(allow({ ...assets, Sid: "Reads", Action: undefined })),
            because: { s3: /^The policy cannot work: Statement Reads has no Action/ },
        },
        "a statement without a resource": {
            program: s3(allow({ Action: "s3:GetObject", Resource: undefined })),
            because: { s3: /^The policy cannot work: Statement 1 has no Resource/ },
        },
        "a statement without an effect": {
            program: s3(allow({ ...assets, Effect: undefined })),
            because: { s3: /^The policy cannot work: Statement 1 has an Effect that is neither Allow nor Deny/ },
        },
        "an effect in another case": {
            program: s3(allow({ ...assets, Effect: "allow" })),
            because: { s3: /^The policy cannot work: Statement 1 has an Effect that is neither Allow nor Deny/ },
        },
        "an action beside all but some": {
            program: s3(allow({ ...assets, NotAction: "s3:DeleteBucket" })),
            because: { s3: /^The policy cannot work: Statement 1 has both Action and NotAction/ },
        },
        "a resource beside all but some": {
            program: s3(allow({ ...assets, NotResource: "arn:aws:s3:::others/*" })),
            because: { s3: /^The policy cannot work: Statement 1 has both Resource and NotResource/ },
        },
        "a principal beside all but some": {
            program: by("kms", allow({ NotPrincipal: { AWS: role } })),
            because: { kms: /^The policy cannot work: Statement 1 has both Principal and NotPrincipal/ },
        },
        "a policy one character longer than AWS takes": {
            program: written(ofLength(20_481)),
            because: { s3: /^The policy has 20481 characters, of which AWS takes 20480/ },
        },
        "a policy that is too long for its white space": {
            program: written(`${json(allow(assets))}${" ".repeat(20_480)}`),
            because: { s3: /^The policy has \d+ characters, of which AWS takes 20480/ },
        },
        "a role as the principal on a gateway endpoint": {
            program: s3(allow({ ...assets, Principal: { AWS: role } })),
            because: {
                s3: /^Statement 1 names a principal, of which a gateway endpoint takes no other than "\*": use aws:PrincipalArn/,
            },
        },
        "an account as the principal on a gateway endpoint for DynamoDB": {
            program: () =>
                gateway(vpc(), { policy: json(allow({ Sid: "Own", Principal: { AWS: [account] } })) }, "dynamodb"),
            because: {
                dynamodb: /^Statement Own names a principal, of which a gateway endpoint takes no other than "\*"/,
            },
        },
        "a service as the principal on a gateway endpoint": {
            program: s3(allow({ ...assets, Principal: { Service: "lambda.amazonaws.com" } })),
            because: { s3: /^Statement 1 names a principal/ },
        },
        "all principals but some on a gateway endpoint": {
            program: s3(deny({ Principal: undefined, NotPrincipal: { AWS: role } }), allow(assets)),
            because: {
                s3: /^Statement 1 names a principal, of which a gateway endpoint takes no other than "\*": use aws:PrincipalArn/,
            },
        },
        "a role beside everyone on a gateway endpoint": {
            program: s3(deny({ ...assets, Principal: { AWS: ["*", role] } }), allow(assets)),
            because: { s3: /^Statement 1 names a principal/ },
        },
        "a policy that denies everything": {
            program: s3(deny()),
            because: { s3: /^No statement allows any action of s3, so nothing passes the endpoint \(endpoint s3\)\.$/ },
        },
        "an operator that IAM does not know, whatever the service is": {
            program: () =>
                endpoint(vpc(), {
                    serviceName: new aws.s3.Bucket("assets").id.apply(() => "com.amazonaws.us-east-1.logs"),
                    policy: json(allow(when("StringEqual", { "aws:PrincipalOrgID": organization }))),
                }),
            because: { logs: /^Statement 1 has an operator that IAM does not know/ },
        },
        "what is not JSON, whatever endpoint it is for": {
            program: () => {
                const endpoints = [gateway(vpc()), gateway(vpc({}, "other"), {}, "dynamodb")];
                apart(
                    pulumi.all(endpoints.map(({ id }) => id)).apply(ids => ids[0] ?? ""),
                    "{",
                );
            },
            because: { apart: /^The policy cannot work: it is not JSON \(endpoint policy apart\)\.$/ },
        },
        "an operator that IAM does not know": {
            program: s3(allow(when("StringEqual", { "aws:PrincipalOrgID": organization }))),
            because: { s3: /^Statement 1 has an operator that IAM does not know, stringequal, for aws:principalorgid/ },
        },
        "a prefix of operators that IAM does not know": {
            program: s3(allow(when("ForEachValue:StringEquals", { "aws:PrincipalOrgID": organization }))),
            because: { s3: /^Statement 1 has an operator that IAM does not know, foreachvalue:stringequals, for / },
        },
        ...Object.fromEntries(
            (
                [
                    ["aws:PrincipalAccount", "1111222*"],
                    ["aws:PrincipalOrgID", "o-a1b2c3*"],
                    ["aws:SourceVpc", "vpc-0a1b2c3*"],
                    ["aws:SourceVpce", "vpce-0a1b2c3?"],
                    ["aws:ResourceAccount", "*1112222"],
                    ["aws:ResourceOrgID", "o-a1b2c3????"],
                ] as const
            ).map(([key, value]) => [
                `a wildcard in ${key}`,
                {
                    program: s3(allow(when("StringLike", { [key]: value }))),
                    because: {
                        s3: new RegExp(`^Statement 1 compares ${key} with a wildcard or as a number`),
                    },
                },
            ]),
        ),
        "a wildcard in the key of an account, in another case and among others": {
            program: s3(deny(when("StringNotLike", { "AWS:PRINCIPALACCOUNT": [account, "4444555*"] })), allow(assets)),
            because: { s3: /^Statement 1 compares aws:PrincipalAccount with a wildcard or as a number/ },
        },
        "an account as a number": {
            program: s3(allow(when("NumericEquals", { "aws:PrincipalAccount": account }))),
            because: { s3: /^Statement 1 compares aws:PrincipalAccount with a wildcard or as a number/ },
        },
        "five characters before a wildcard": {
            program: s3(allow(when("StringLike", { "aws:PrincipalTag/team": "abcde*" }))),
            because: {
                s3: /^Statement 1 has fewer than six characters beside a wildcard in a value for aws:principaltag\/team/,
            },
        },
        "five characters on either side of a wildcard": {
            program: s3(allow(when("StringLike", { "aws:PrincipalTag/team": "abcde*fghij" }))),
            because: { s3: /^Statement 1 has fewer than six characters beside a wildcard/ },
        },
        "a wildcard alone": {
            program: s3(allow(when("StringLike", { "aws:PrincipalTag/team": ["abcdef*", "*"] }))),
            because: { s3: /^Statement 1 has fewer than six characters beside a wildcard/ },
        },
        "one of two wildcards without six characters beside it": {
            program: s3(deny(when("StringNotLike", { "aws:PrincipalTag/team": "abcdef*ghi*" })), allow(assets)),
            because: { s3: /^Statement 1 has fewer than six characters beside a wildcard/ },
        },
        "an account that mixes digits and a wildcard in a resource": {
            program: by("sqs", allow({ Resource: "arn:aws:sqs:us-east-1:1111*:orders" })),
            because: { sqs: /^Statement 1 has 1111\* as the account of an ARN, which is either an id or a wildcard/ },
        },
        "an account that mixes digits and a wildcard in the ARN of a condition": {
            program: s3(allow(when("ArnLike", { "aws:PrincipalArn": "arn:aws:iam::11112222333?:role/app" }))),
            because: { s3: /^Statement 1 has 11112222333\? as the account of an ARN/ },
        },
        "an account that mixes digits and a wildcard in an ARN that is compared as a text": {
            program: s3(allow(when("StringLike", { "aws:PrincipalArn": "arn:aws:iam::1111*:role/application" }))),
            because: { s3: /^Statement 1 has 1111\* as the account of an ARN/ },
        },
        "actions of another service alone": {
            program: s3(allow({ Action: ["dynamodb:GetItem", "dynamodb:PutItem"] })),
            because: { s3: /^No statement allows any action of s3, so nothing passes the endpoint/ },
        },
        "actions of another service whose name begins alike": {
            program: s3(allow({ Action: "s3express:CreateSession" })),
            because: { s3: /^No statement allows any action of s3/ },
        },
        "actions of ECR on an endpoint for ECS": {
            program: by("ecs", allow({ Action: "ecr:*" })),
            because: { ecs: /^No statement allows any action of ecs/ },
        },
        "actions of S3 on an endpoint for DynamoDB": {
            program: () => gateway(vpc(), { policy: json(allow(assets)) }, "dynamodb"),
            because: { dynamodb: /^No statement allows any action of dynamodb/ },
        },
        "a Deny for the service beside an Allow for another": {
            program: s3(deny({ Action: "s3:DeleteBucket" }), allow({ Action: "kms:Decrypt" })),
            because: { s3: /^No statement allows any action of s3/ },
        },
        "each fault of a policy": {
            program: s3(
                allow({ ...assets, Principal: { AWS: role }, ...when("StringEqual", { "aws:username": "app" }) }),
            ),
            because: {
                s3: [/^Statement 1 has an operator that IAM does not know/, /^Statement 1 names a principal/],
            },
        },
        "a policy that is a resource of its own": {
            program: () => apart(gateway(vpc()).id, json(allow({ ...assets, Principal: undefined }))),
            because: { apart: /^The policy cannot work: Statement 1 has no Principal \(endpoint policy apart\)\.$/ },
        },
        "actions of another service than that of the endpoint that a policy of its own is for": {
            program: () => apart(gateway(vpc()).id, json(allow({ Action: "dynamodb:GetItem" }))),
            because: { apart: /^No statement allows any action of s3, so nothing passes the endpoint/ },
        },
        "a principal in a policy of its own for a gateway endpoint": {
            program: () => apart(gateway(vpc()).id, json(allow({ ...assets, Principal: { AWS: role } }))),
            because: { apart: /^Statement 1 names a principal/ },
        },
        "the policy of an endpoint outside": {
            program: () =>
                apart(
                    "vpce-0123456789abcdef0",
                    json(allow({ ...assets, ...when("StringLike", { "aws:SourceVpc": "vpc-0a1b2c*" }) })),
                ),
            because: { apart: /^Statement 1 compares aws:SourceVpc with a wildcard/ },
        },
        "an aws-native policy document": {
            program: () =>
                nativeGateway(nativeVpc(), {
                    policyDocument: documentOf(allow({ ...assets, Principal: { AWS: role } })),
                }),
            because: { s3: /^Statement 1 names a principal/ },
        },
        "an action that the service does not have": {
            program: s3(allow({ ...assets, Action: ["s3:GetObject", "s3:ReadObject"] })),
            because: { s3: /^Probable: Statement 1 names s3:ReadObject, an action that is not known/ },
            probable: true,
        },
        "a pattern that no action of the service matches": {
            program: s3(allow(assets), deny({ Sid: "Nothing", Action: "s3:Obliterate*" })),
            because: { s3: /^Probable: Statement Nothing names s3:Obliterate\*, an action that is not known/ },
            probable: true,
        },
        "actions on objects, where the bucket alone is named": {
            program: s3(
                allow(assets),
                allow({ Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::logs" }),
            ),
            because: { s3: /^Probable: Statement 2 has no effect: none of its actions takes arn:aws:s3:::logs \(/ },
            probable: true,
        },
        "an action that takes no single resource, on a repository": {
            program: by("ecr.api", allow({ Action: "ecr:GetAuthorizationToken", Resource: repository })),
            because: { "ecr-api": /^Probable: Statement 1 has no effect: none of its actions takes arn:aws:ecr:/ },
            probable: true,
        },
        "resources of another service": {
            program: by("sqs", allow(), deny({ Action: "sqs:*", Resource: "arn:aws:sns:us-east-1:111122223333:*" })),
            because: { sqs: /^Probable: Statement 2 has no effect: none of its actions takes arn:aws:sns:/ },
            probable: true,
        },
        "a statement without resources": {
            program: by("kms", allow({ Action: "kms:*", Resource: [] })),
            because: { kms: /^Probable: Statement 1 has no effect: it names no resource \(/ },
            probable: true,
        },
    },
    waitsFor: {
        "a document interpolated from a bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.interpolate`{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"${new aws.s3.Bucket("assets").arn}/*"}}`,
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { s3: /^The policy cannot work: Statement 1 has no Principal/ },
        },
        "a document in JSON made from a bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.jsonStringify(documentOf(allow({ Resource: new aws.s3.Bucket("assets").arn }))),
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
        },
        "the document of a policy of its own": {
            program: () => apart(gateway(vpc()).id, new aws.s3.Bucket("assets").arn),
            on: ["apart"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { apart: /^The policy cannot work: it is not JSON/ },
        },
        "an aws-native document with a pending resource": {
            program: () =>
                nativeGateway(nativeVpc(), {
                    policyDocument: documentOf(allow({ Resource: new aws.s3.Bucket("assets").arn })),
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
        },
        "the service of an endpoint": {
            program: () =>
                endpoint(vpc(), {
                    serviceName: new aws.s3.Bucket("assets").id.apply(() => "com.amazonaws.us-east-1.logs"),
                    policy: json(allow({ Action: "kms:Decrypt" })),
                }),
            on: ["logs"],
            then: { logs: /^No statement allows any action of logs/ },
        },
        "the type of an endpoint that turns out to be a gateway endpoint": {
            program: () =>
                gateway(vpc(), {
                    vpcEndpointType: new aws.s3.Bucket("assets").id.apply(() => "Gateway"),
                    policy: json(allow({ ...assets, Principal: { AWS: role } })),
                }),
            on: ["s3"],
            then: { s3: /^Statement 1 names a principal, of which a gateway endpoint takes no other than/ },
        },
        "the type of an endpoint": {
            program: () =>
                endpoint(
                    vpc(),
                    {
                        vpcEndpointType: new aws.s3.Bucket("assets").id.apply(() => "Interface"),
                        policy: json(allow({ ...assets, Principal: { AWS: role } })),
                    },
                    "s3",
                ),
            on: ["s3"],
            then: {},
        },
    },
});

describe("an endpoint whose type its author left out", () => {
    it("is a gateway endpoint by itself as it is in its stack, though the provider's default is hidden", async () => {
        const inputs = {
            vpcId: "vpc-0a1b2c3d4e5f60718",
            serviceName: "com.amazonaws.us-east-1.s3",
            policy: json(allow({ ...assets, Principal: { AWS: role } })),
        };
        const hidden = build([{ type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "s3", inputs }], "update").map(made => ({
            ...made,
            inputs: { ...made.inputs, vpcEndpointType: unknownValue },
            outputs: { ...made.outputs, vpcEndpointType: unknownValue },
        }));
        const said = (await judge(hidden)).filter(violation => violation.policy === policy.name);
        assert.equal(said.length, 1);
        assert.match(said[0]?.message ?? "", /of which a gateway endpoint takes no other than/);
    });
});
