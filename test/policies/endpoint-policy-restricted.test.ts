import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-policy-restricted";
import { table } from "../table";
import {
    account,
    allow,
    apart,
    by,
    deny,
    documentOf,
    inOrganization,
    json,
    ofOrganization,
    organization,
    perimeter,
    s3,
    when,
} from "./documents";
import { endpoint, gateway, nativeEndpoint, nativeGateway, nativeVpc, vpc } from "./network";

const { ec2 } = aws;

const bucket = ["arn:aws:s3:::assets", "arn:aws:s3:::assets/*"];

const anyBucket =
    /^Statement 1 lets any principal in any account call s3:PutObject on any bucket of any account \(endpoint s3\)\.$/;
const statement1 = { s3: /^Statement 1 lets any principal in any account call s3:/ };
const noCredentials = { s3: /^Statement 1 lets anyone, without credentials, call s3:/ };

table(policy, {
    why: "A policy that bounds neither who calls nor what is reached is full access in other words: whoever is in the VPC can use it to reach a bucket of their own.",
    page: { rejects: "every action of S3 on everything", accepts: "own identities with own resources" },
    accepts: {
        "one account for any resource, whatever its digits": by("kms", allow({ Principal: { AWS: "999999999999" } })),
        "one account's resources for anybody, whatever its digits": by(
            "sqs",
            allow({ Resource: "arn:aws:sqs:us-east-1:888888888888:*" }),
        ),
        "a service that takes no endpoint policies": () =>
            endpoint(vpc(), { policy: json(allow({ Action: "ses:*" })) }, "email-smtp", "mail"),
        "a service of this stack, which takes none": () =>
            endpoint(vpc(), {
                serviceName: new ec2.VpcEndpointService("own", {
                    acceptanceRequired: true,
                    networkLoadBalancerArns: [
                        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/own/0123456789abcdef",
                    ],
                }).serviceName,
                policy: json(allow({ Action: "execute-api:*" })),
            }),
        "own identities with own resources": s3(perimeter.ownIdentitiesOwnResources),
        "AWS services that call on their own behalf": s3(perimeter.awsServices),
        "buckets of AWS's own, for anyone": s3(perimeter.awsBuckets),
        "tagged exceptions of own identities": s3(perimeter.taggedExceptions),
        "the whole data perimeter": s3(
            perimeter.ownIdentitiesOwnResources,
            perimeter.awsServices,
            perimeter.awsBuckets,
            perimeter.taggedExceptions,
        ),
        "everything, denied unless in the organization": s3(...perimeter.unlessInOrganization),
        "own accounts by list": s3(allow(when("StringEquals", { "aws:PrincipalAccount": [account, "444455556666"] }))),
        "principals of the organization": s3(allow(when("StringEquals", ofOrganization))),
        "principals of some units of the organization": s3(
            allow(
                when("ForAnyValue:StringLike", {
                    "aws:PrincipalOrgPaths": `${organization}/r-ab12/ou-ab12-11111111/*`,
                }),
            ),
        ),
        "principals by the ARN of a role": s3(
            allow(when("ArnEquals", { "aws:PrincipalArn": `arn:aws:iam::${account}:role/app` })),
        ),
        "principals by a pattern of ARNs within one account": s3(
            allow(when("StringLike", { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` })),
        ),
        "principals by their element": by(
            "kms",
            allow({ Principal: { AWS: [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/job`] } }),
        ),
        "an account by its element": by("kms", allow({ Principal: { AWS: account } })),
        "the root of an account by its element": by(
            "kms",
            allow({ Principal: { AWS: `arn:aws:iam::${account}:root` } }),
        ),
        "a service by its element": by("kms", allow({ Principal: { Service: "lambda.amazonaws.com" } })),
        "a resource by its bucket": s3(allow({ Resource: bucket })),
        "a resource by one bucket that is not in a list": s3(allow({ Resource: "arn:aws:s3:::assets/*" })),
        "a resource by the account in its ARN": by("sqs", allow({ Resource: `arn:aws:sqs:*:${account}:*` })),
        "resources of the organization": s3(allow({ Action: "s3:*", ...when("StringEquals", inOrganization) })),
        "resources of some units of the organization": s3(
            allow(when("ForAnyValue:StringLike", { "aws:ResourceOrgPaths": `${organization}/r-ab12/*` })),
        ),
        "resources of an account": s3(allow(when("StringEquals", { "aws:ResourceAccount": account }))),
        "resources of an account by the key of S3": s3(allow(when("StringEquals", { "s3:ResourceAccount": account }))),
        "keys in any case": s3(allow(when("stringequals", { "AWS:PRINCIPALORGID": organization }))),
        "several values in a list": s3(
            allow(when("StringEquals", { "aws:ResourceOrgID": [organization, "o-f6g7h8i9j0"] })),
        ),
        "values in any case, where the operator ignores it": s3(
            allow(when("StringEqualsIgnoreCase", { "aws:PrincipalOrgID": organization.toUpperCase() })),
        ),
        "one statement that is not in a list": () =>
            gateway(vpc(), {
                policy: JSON.stringify({ Statement: allow(when("StringEquals", ofOrganization)) }),
            }),
        "a Deny of those outside the organization": s3(allow(), deny(when("StringNotEquals", ofOrganization))),
        "a Deny of those outside the organization that is listed before the Allow": s3(
            deny(when("StringNotEquals", ofOrganization)),
            allow(),
        ),
        "a Deny with IfExists, which denies those who have no organization, too": s3(
            allow(),
            deny(when("StringNotEqualsIfExists", ofOrganization)),
        ),
        "a Deny with ForAllValues, which denies those who have no organization, too": s3(
            allow(),
            deny(when("ForAllValues:StringNotLike", { "aws:PrincipalOrgPaths": `${organization}/*` })),
        ),
        "a Deny of resources of others": s3(allow(), deny(when("StringNotEquals", { "aws:ResourceAccount": account }))),
        "a Deny of all but some buckets": s3(
            allow({ Sid: "Everything", Action: "s3:*" }),
            deny({ Resource: undefined, NotResource: bucket }),
        ),
        "a Deny of all who have no organization, beside one of other organizations": s3(
            allow(),
            deny(when("Null", { "aws:PrincipalOrgID": "true" })),
            deny(when("ForAnyValue:StringNotEquals", ofOrganization)),
        ),
        "IfExists on an Allow, where the key has to be there": s3(
            allow({
                Condition: { StringEqualsIfExists: ofOrganization, Null: { "aws:PrincipalOrgID": "false" } },
            }),
        ),
        "ForAllValues on an Allow, where the key has to be there": s3(
            allow({
                Condition: {
                    "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": `${organization}/r-ab12/*` },
                    Null: { "aws:PrincipalOrgPaths": false },
                },
            }),
        ),
        "principals by organization and resources by a pattern": s3(
            allow({ Resource: "arn:aws:s3:::app-*", ...when("StringEquals", ofOrganization) }),
        ),
        "two statements, each of which bounds another side": s3(
            allow({ Action: "s3:PutObject", ...when("StringEquals", inOrganization) }),
            allow({ Action: "s3:GetObject", ...when("StringEquals", ofOrganization) }),
        ),
        "an open Allow for actions that are all denied": s3(
            allow({ Action: "s3:DeleteBucket" }),
            deny({ Action: "s3:Delete*" }),
        ),
        "an open Allow for actions of a service that the endpoint does not lead to": s3(
            allow({ Resource: bucket }),
            allow({ Action: "dynamodb:*" }),
        ),
        "AWS's full-access document, of which endpoint-policy-required speaks": s3(allow()),
        "an endpoint without a policy, of which endpoint-policy-required speaks": () => gateway(vpc()),
        "a policy that denies everything": s3(deny()),
        "a policy that is not JSON, of which endpoint-policy-valid speaks": () => gateway(vpc(), { policy: "{" }),
        "keys of one account by KMS": by(
            "kms",
            allow({ Action: ["kms:Encrypt", "kms:Decrypt"], Resource: `arn:aws:kms:us-east-1:${account}:key/*` }),
        ),
        "secrets of the organization by Secrets Manager": by(
            "secretsmanager",
            allow({ Action: "secretsmanager:GetSecretValue", ...when("StringEquals", inOrganization) }),
        ),
        "parameters of one account by Systems Manager": by(
            "ssm",
            allow({ Action: "ssm:GetParameter*", Resource: `arn:aws:ssm:*:${account}:parameter/app/*` }),
        ),
        "images for the organization by ECR": by(
            "ecr.api",
            allow({
                Action: ["ecr:BatchGetImage", "ecr:GetAuthorizationToken"],
                ...when("StringEquals", ofOrganization),
            }),
        ),
        "roles of one account by STS": by(
            "sts",
            allow({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/*` }),
        ),
        "one table of one account by DynamoDB": () =>
            gateway(
                vpc(),
                { policy: json(allow({ Resource: `arn:aws:dynamodb:us-east-1:${account}:table/orders` })) },
                "dynamodb",
            ),
        "a policy that is a resource of its own": () =>
            apart(gateway(vpc()).id, json(allow(when("StringEquals", ofOrganization)))),
        "the policy of an endpoint outside": () => apart("vpce-0123456789abcdef0", json(allow({ Resource: bucket }))),
        "a secret policy": () =>
            gateway(vpc(), { policy: pulumi.secret(json(allow(when("StringEquals", ofOrganization)))) }),
        "an aws-native policy document": () =>
            nativeGateway(nativeVpc(), { policyDocument: documentOf(...perimeter.unlessInOrganization) }),
        "an aws-native policy in JSON": () =>
            nativeEndpoint(nativeVpc(), { policyDocument: json(perimeter.ownIdentitiesOwnResources) }),
        "what both policies of trust judge, for the accounts of the pack": {
            program: s3(allow({ Action: "s3:*" })),
            pack: { accounts: [account] },
        },
        "what both policies of trust judge, for the organizations of the pack": {
            program: s3(allow({ Action: "s3:*" })),
            pack: { organizations: [organization] },
        },
        "what both policies of trust judge, by the settings of this policy": {
            program: s3(allow({ Action: "s3:*" })),
            config: { organizations: [organization] },
        },
    },
    rejects: {
        "buckets by an ARN that lacks parts": {
            program: s3(allow({ Action: "s3:*", Resource: "arn:aws:s3:*" })),
            because: { s3: anyBucket },
        },
        "buckets by wildcards in the parts that S3 leaves empty": {
            program: s3(allow({ Action: "s3:*", Resource: "arn:aws:s3:*:*:*" })),
            because: { s3: anyBucket },
        },
        "actions of a service of which the table knows nothing": {
            program: by("clairvoyance", allow({ Action: "clairvoyance:*" })),
            because: {
                clairvoyance:
                    /^Statement 1 lets any principal in any account call clairvoyance:\* on any resource of any account \(endpoint clairvoyance\)\.$/,
            },
        },
        "all resources by one format": {
            program: by("kms", allow({ Action: "kms:*", Resource: "arn:aws:kms:eu-west-1:*:key/*" })),
            because: {
                kms: /^Statement 1 lets any principal in any account call kms:Encrypt on any kms resource of any account/,
            },
        },
        "the document of an endpoint that a policy of its own replaces, which counts until that one is there": {
            program: () =>
                apart(
                    gateway(vpc(), { policy: json(allow({ Action: "s3:*" })) }).id,
                    json(perimeter.ownIdentitiesOwnResources),
                ),
            because: { s3: anyBucket },
        },
        "every action of S3 on everything": { program: s3(allow({ Action: "s3:*" })), because: { s3: anyBucket } },
        "an open statement by its Sid": {
            program: s3(allow({ Sid: "Objects", Action: ["s3:GetObject", "s3:PutObject"] })),
            because: { s3: /^Statement Objects lets any principal in any account call s3:PutObject on any bucket/ },
        },
        "one action on everything": {
            program: s3(allow({ Action: "s3:GetObject" })),
            because: { s3: /^Statement 1 lets any principal in any account call s3:GetObject on any bucket/ },
        },
        "full access that has a second statement": {
            program: s3(allow(), allow({ Resource: bucket })),
            because: { s3: anyBucket },
        },
        "full access beside a Deny that does not cover it": {
            program: s3(allow(), deny({ Action: "s3:DeleteBucket" })),
            because: { s3: anyBucket },
        },
        "a Deny that covers but one action": {
            program: s3(allow(), deny({ Action: "s3:PutObject", ...when("StringNotEquals", inOrganization) })),
            because: statement1,
        },
        "a Deny that covers but one bucket": {
            program: s3(allow(), deny({ Resource: bucket })),
            because: { s3: anyBucket },
        },
        "a Deny for but one principal": {
            program: by("kms", allow(), deny({ Principal: { AWS: `arn:aws:iam::${account}:role/app` } })),
            because: { kms: /^Statement 1 lets any principal in any account call kms:Encrypt on any kms resource/ },
        },
        "a Deny that needs the key to be there": {
            program: s3(allow(), deny(when("ForAnyValue:StringNotEquals", ofOrganization))),
            because: statement1,
        },
        "a Deny of other organizations that lets those pass who have none": {
            program: s3(
                allow(),
                deny({ Condition: { StringNotEquals: ofOrganization, Null: { "aws:PrincipalOrgID": "false" } } }),
            ),
            because: statement1,
        },
        "a Deny whose exception for AWS services lets those pass who have no credentials": {
            program: s3(
                allow(),
                deny({
                    Condition: { StringNotEquals: ofOrganization, Bool: { "aws:PrincipalIsAWSService": "false" } },
                }),
            ),
            because: noCredentials,
        },
        "a Deny of the organization itself": {
            program: s3(allow(), deny(when("StringEquals", ofOrganization))),
            because: statement1,
        },
        "a Deny before the Allow that does not cover it": {
            program: s3(deny({ Action: "s3:Delete*" }), allow({ Sid: "Rest" })),
            because: { s3: /^Statement Rest lets any principal in any account call s3:PutObject/ },
        },
        "a Deny by the VPC, which bounds neither side": {
            program: s3(allow(), deny(when("StringNotEquals", { "aws:SourceVpc": "vpc-0a1b2c3d4e5f60718" }))),
            because: statement1,
        },
        "every principal but one": {
            program: by(
                "kms",
                allow({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${account}:role/app` } }),
            ),
            because: { kms: /^Statement 1 lets any principal in any account call kms:Encrypt/ },
        },
        "every action but one": {
            program: s3(allow({ Action: undefined, NotAction: "s3:DeleteBucket" })),
            because: { s3: anyBucket },
        },
        "every resource but one": {
            program: s3(allow({ Resource: undefined, NotResource: bucket })),
            because: { s3: anyBucket },
        },
        "IfExists on an Allow": {
            program: s3(allow(when("StringEqualsIfExists", ofOrganization))),
            because: statement1,
        },
        "IfExists on resources of an Allow": {
            program: s3(allow(when("StringEqualsIfExists", inOrganization))),
            because: statement1,
        },
        "ForAllValues on an Allow": {
            program: s3(allow(when("ForAllValues:StringEquals", ofOrganization))),
            because: statement1,
        },
        "ForAllValues on an Allow, where the key has to be absent": {
            program: s3(
                allow({
                    Condition: {
                        "ForAllValues:StringEquals": ofOrganization,
                        Null: { "aws:PrincipalOrgID": "true" },
                    },
                }),
            ),
            because: statement1,
        },
        "the key of another thing that has to be there": {
            program: s3(
                allow({
                    Condition: { StringEqualsIfExists: ofOrganization, Null: { "aws:PrincipalAccount": "false" } },
                }),
            ),
            because: statement1,
        },
        "a negated operator on an Allow": {
            program: s3(allow(when("StringNotEquals", ofOrganization))),
            because: statement1,
        },
        "any organization at all": {
            program: s3(allow(when("StringLike", { "aws:PrincipalOrgID": "*" }))),
            because: statement1,
        },
        "any organization by its first letters": {
            program: s3(allow(when("StringLike", { "aws:PrincipalOrgID": "o-*" }))),
            because: statement1,
        },
        "paths of any organization": {
            program: s3(allow(when("ForAnyValue:StringLike", { "aws:PrincipalOrgPaths": "o-*/r-*/ou-prod-*" }))),
            because: statement1,
        },
        "any account at all": {
            program: s3(allow(when("StringLike", { "aws:ResourceAccount": "*" }))),
            because: statement1,
        },
        "a pattern of accounts": {
            program: s3(allow(when("StringLike", { "aws:PrincipalAccount": ["1111*", "????????????"] }))),
            because: statement1,
        },
        "a role of any account": {
            program: s3(allow(when("ArnLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/app" }))),
            because: {
                s3: /^Statement 1 lets role\/app in any account call s3:PutObject on any bucket of any account/,
            },
        },
        "a queue of any account": {
            program: by("sqs", allow({ Resource: "arn:aws:sqs:us-east-1:*:orders" })),
            because: { sqs: /^Statement 1 lets any principal in any account call sqs:SendMessage on orders/ },
        },
        "a table of any account": {
            program: () =>
                gateway(vpc(), { policy: json(allow({ Resource: "arn:aws:dynamodb:*:*:table/orders" })) }, "dynamodb"),
            because: { dynamodb: /call dynamodb:PutItem on table\/orders of any account \(endpoint dynamodb\)/ },
        },
        "buckets by a pattern, which anyone may take a name of": {
            program: s3(allow({ Resource: "arn:aws:s3:::app-*" })),
            because: {
                s3: /^Statement 1 lets any principal in any account call s3:PutObject on any bucket named app-\*/,
            },
        },
        "buckets by the account in their name, which is the caller's": {
            program: s3(allow({ Resource: "arn:aws:s3:::home-${aws:PrincipalAccount}/*" })),
            because: statement1,
        },
        "resources of whatever account the caller is in": {
            program: s3(allow(when("StringEquals", { "aws:ResourceAccount": "${aws:PrincipalAccount}" }))),
            because: statement1,
        },
        "resources of whatever organization the caller is in": {
            program: s3(allow(when("StringEquals", { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" }))),
            because: statement1,
        },
        "a bucket beside everything": {
            program: s3(allow({ Resource: [...bucket, "arn:aws:s3:::*"] })),
            because: { s3: anyBucket },
        },
        "a bound by the VPC": {
            program: s3(allow(when("StringEquals", { "aws:SourceVpc": "vpc-0a1b2c3d4e5f60718" }))),
            because: statement1,
        },
        "a bound by the endpoint": {
            program: s3(allow(when("StringEquals", { "aws:SourceVpce": "vpce-0123456789abcdef0" }))),
            because: statement1,
        },
        "a bound by addresses": {
            program: s3(allow(when("IpAddress", { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] }))),
            because: statement1,
        },
        "a bound by a tag of the principal": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalTag/team": "payments" }))),
            because: statement1,
        },
        "a bound by encryption in transit": {
            program: s3(allow(when("Bool", { "aws:SecureTransport": "true" }))),
            because: statement1,
        },
        "principals that are no AWS services": {
            program: s3(allow(when("Bool", { "aws:PrincipalIsAWSService": "false" }))),
            because: statement1,
        },
        "each of two open statements": {
            program: s3(allow({ Sid: "Reads", Action: "s3:Get*" }), allow({ Action: "s3:Put*" })),
            because: {
                s3: [
                    /^Statement 2 lets any principal in any account call s3:PutObject/,
                    /^Statement Reads lets any principal in any account call s3:GetObject/,
                ],
            },
        },
        "the statement that is open beside those that are not": {
            program: s3(
                perimeter.ownIdentitiesOwnResources,
                perimeter.awsServices,
                allow({ Sid: "Uploads", Action: "s3:PutObject", Resource: "arn:aws:s3:::*/uploads/*" }),
            ),
            because: { s3: /^Statement Uploads lets any principal in any account call s3:PutObject/ },
        },
        "every key by KMS": {
            program: by("kms", allow({ Action: ["kms:Encrypt", "kms:Decrypt"] })),
            because: {
                kms: /^Statement 1 lets any principal in any account call kms:Encrypt on any kms resource of any account/,
            },
        },
        "every secret by Secrets Manager": {
            program: by("secretsmanager", allow({ Action: "secretsmanager:PutSecretValue" })),
            because: { secretsmanager: /call secretsmanager:PutSecretValue on any secretsmanager resource/ },
        },
        "every parameter by Systems Manager": {
            program: by("ssm", allow({ Action: "ssm:*", Resource: "arn:aws:ssm:*:*:parameter/*" })),
            because: { ssm: /call ssm:PutParameter on any ssm resource of any account/ },
        },
        "every repository by ECR": {
            program: by("ecr.dkr", allow({ Action: "ecr:*" })),
            because: { "ecr-dkr": /^Statement 1 lets any principal in any account call ecr:/ },
        },
        "every role by STS": {
            program: by("sts", allow({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/*" })),
            because: { sts: /call sts:AssumeRole on any iam resource of any account/ },
        },
        "actions that take no resource": {
            program: by("sts", allow({ Action: "sts:GetCallerIdentity" })),
            because: {
                sts: /^Statement 1 lets any principal in any account call sts:GetCallerIdentity \(endpoint sts\)/,
            },
        },
        "a policy that is a resource of its own": {
            program: () => apart(gateway(vpc()).id, json(allow({ Action: "s3:*" }))),
            because: { apart: /call s3:PutObject on any bucket of any account \(endpoint policy apart\)\.$/ },
        },
        "the policy of an endpoint outside": {
            program: () => apart("vpce-0123456789abcdef0", json(allow({ Action: "kms:*" }))),
            because: { apart: /call kms:Encrypt on any kms resource/ },
        },
        "a policy of its own for any service": {
            program: () => apart(endpoint(vpc()).id, json(allow(), deny({ Action: "s3:DeleteBucket" }))),
            because: { apart: /^Statement 1 lets any principal in any account call / },
        },
        "a secret policy": {
            program: () => gateway(vpc(), { policy: pulumi.secret(json(allow({ Action: "s3:*" }))) }),
            because: { s3: anyBucket },
        },
        "an aws-native policy document": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf(allow({ Action: ["s3:*"] })) }),
            because: { s3: anyBucket },
        },
        "a document that getPolicyDocument makes": {
            program: () =>
                gateway(vpc(), {
                    policy: aws.iam.getPolicyDocumentOutput({
                        statements: [
                            { principals: [{ type: "*", identifiers: ["*"] }], actions: ["s3:*"], resources: ["*"] },
                        ],
                    }).json,
                }),
            because: { s3: anyBucket },
        },
    },
    waitsFor: {
        "a document interpolated from a bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.interpolate`{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"${new aws.s3.Bucket("assets").arn}/*"}}`,
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
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
        "a document in JSON that turns out to be open": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.jsonStringify(
                        documentOf(allow({ Resource: new aws.s3.Bucket("assets").arn }), allow({ Action: "s3:*" })),
                    ),
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { s3: /^Statement 2 lets any principal in any account call s3:PutObject on any bucket/ },
        },
        "a document that getPolicyDocument makes from what is pending": {
            program: () =>
                gateway(vpc(), {
                    policy: aws.iam.getPolicyDocumentOutput({
                        statements: [
                            {
                                principals: [{ type: "*", identifiers: ["*"] }],
                                actions: ["s3:GetObject"],
                                resources: [new aws.s3.Bucket("assets").arn],
                            },
                        ],
                    }).json,
                }),
            on: ["s3"],
            then: {},
        },
        "the document of a policy of its own": {
            program: () =>
                apart(
                    gateway(vpc()).id,
                    pulumi.jsonStringify(documentOf(allow({ Resource: new aws.s3.Bucket("assets").arn }))),
                ),
            on: ["apart"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: {},
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
    },
});
