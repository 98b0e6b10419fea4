import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-policy-trusted-principals";
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

const kms = (...statements: readonly Statement[]) => by("kms", ...statements);

const apart = (policy?: pulumi.Input<string>) =>
    new ec2.VpcEndpointPolicy("apart", { vpcEndpointId: gateway(vpc()).id, ...(policy !== undefined && { policy }) });

const trusted = { config: { organizations: [organization] } };
const trustedAccount = { config: { accounts: [account] } };

const role = `arn:aws:iam::${account}:role/app`;
const layers = "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*";

const stranger = {
    s3: /^Statement 1 lets any principal in any account call s3:PutObject on any bucket of any account/,
};

table(policy, {
    why: "Your organization's policies do not bind credentials of other accounts. Whoever brings such credentials into the VPC can use every endpoint that does not ask who calls.",
    page: { rejects: "every action of S3" },
    accepts: {
        "principals of the trusted organization": {
            program: s3(allow(when("StringEquals", ofOrganization))),
            ...trusted,
        },
        "who assumes a role of the organization with an identity provider's word, and so without credentials": {
            program: by(
                "sts",
                allow({ Action: "sts:*", ...when("StringEquals", { ...ofOrganization, ...inOrganization }) }),
                allow({
                    Action: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
                    ...when("StringEquals", inOrganization),
                }),
            ),
            ...trusted,
        },
        "principals of the organization that the whole pack trusts": {
            program: s3(allow(when("StringEquals", ofOrganization))),
            pack: { organizations: [organization] },
        },
        "principals of an account that the whole pack trusts": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalAccount": account }))),
            pack: { accounts: [account] },
        },
        "principals whom the policy trusts though the pack does not": {
            program: s3(allow(when("StringEquals", ofOrganization))),
            pack: { organizations: ["o-f6g7h8i9j0"] },
            ...trusted,
        },
        "units of the trusted organization": {
            program: s3(allow(when("ForAnyValue:StringLike", { "aws:PrincipalOrgPaths": `${organization}/r-ab12/*` }))),
            ...trusted,
        },
        "trusted accounts by list": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalAccount": [account, otherAccount] }))),
            config: { accounts: [account, otherAccount, "777788889999"] },
        },
        "a role of a trusted account": {
            program: s3(allow(when("ArnEquals", { "aws:PrincipalArn": role }))),
            ...trustedAccount,
        },
        "any role of a trusted account": {
            program: s3(allow(when("ArnLike", { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` }))),
            ...trustedAccount,
        },
        "a role that is trusted by itself": {
            program: kms(allow({ Principal: { AWS: role } })),
            config: { principals: [role] },
        },
        "roles that are trusted by a pattern": {
            program: kms(allow({ Principal: { AWS: role } })),
            config: { principals: [`arn:aws:iam::${account}:role/*`] },
        },
        "a trusted account by its element": {
            program: kms(allow({ Principal: { AWS: account } })),
            ...trustedAccount,
        },
        "the root of a trusted account by its element": {
            program: kms(allow({ Principal: { AWS: [`arn:aws:iam::${account}:root`] } })),
            ...trustedAccount,
        },
        "AWS services": { program: s3(perimeter.awsServices), ...trusted },
        "a service by its element": {
            program: kms(allow({ Principal: { Service: "lambda.amazonaws.com" } })),
            ...trusted,
        },
        "the whole data perimeter": {
            program: s3(
                perimeter.ownIdentitiesOwnResources,
                perimeter.awsServices,
                perimeter.awsBuckets,
                perimeter.taggedExceptions,
            ),
            ...trusted,
        },
        "everything, denied unless in the organization": {
            program: s3(...perimeter.unlessInOrganization),
            ...trusted,
        },
        "a Deny of those outside that is listed before the Allow": {
            program: s3(deny(when("StringNotEquals", ofOrganization)), allow()),
            ...trusted,
        },
        "IfExists, where the key has to be there": {
            program: s3(
                allow({ Condition: { StringEqualsIfExists: ofOrganization, Null: { "aws:PrincipalOrgID": "false" } } }),
            ),
            ...trusted,
        },
        "keys in any case": {
            program: s3(allow(when("StringEquals", { "AWS:principalorgid": [organization] }))),
            ...trusted,
        },
        "a bucket of AWS's own that anyone may read": {
            program: s3(allow({ Action: ["s3:GetObject", "s3:ListBucket"], Resource: layers })),
            ...trusted,
        },
        "a bucket of AWS's own in another partition": {
            program: s3(
                allow({ Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*" }),
            ),
            ...trusted,
        },
        "a bucket that the setting calls AWS's own": {
            program: s3(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::vendor-eu-west-1-agents/*" })),
            config: { organizations: [organization], awsOwnedResources: ["arn:aws:s3:::vendor-REGION-agents/*"] },
        },
        "any resource for trusted principals": {
            program: s3(allow({ Resource: "*", ...when("StringEquals", ofOrganization) })),
            ...trusted,
        },
        "actions of a service that the endpoint does not lead to": {
            program: s3(allow({ Action: "kms:Decrypt" }), perimeter.ownIdentitiesOwnResources),
            ...trusted,
        },
        "everything, where nothing is configured": s3(allow({ Action: "s3:*" })),
        "everything, where but services and AWS's buckets are configured": {
            program: s3(allow()),
            config: { allowAwsServices: false, awsOwnedResources: [] },
        },
        "a trusted account, whatever its digits": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalAccount": "999999999999" }))),
            config: { accounts: ["999999999999"] },
        },
        "a service that takes no endpoint policies": {
            program: () => endpoint(vpc(), { policy: json(allow()) }, "email-smtp", "mail"),
            ...trusted,
        },
        "a service of somebody else, which takes none": {
            program: () =>
                endpoint(vpc(), {
                    serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                    policy: json(allow()),
                }),
            ...trusted,
        },
        "an endpoint without a policy, of which endpoint-policy-required speaks": {
            program: () => gateway(vpc()),
            ...trusted,
        },
        "a policy of its own without a document, of which endpoint-policy-required speaks": {
            program: () => apart(),
            ...trusted,
        },
        "a policy that denies everything": { program: s3(deny()), ...trusted },
        "a policy that is a resource of its own": {
            program: () => apart(json(perimeter.ownIdentitiesOwnResources)),
            ...trusted,
        },
        "an aws-native policy document": {
            program: () =>
                nativeEndpoint(nativeVpc(), { policyDocument: documentOf(perimeter.ownIdentitiesOwnResources) }),
            ...trusted,
        },
    },
    rejects: {
        "who assumes a role, beside those who do without credentials": {
            program: by(
                "sts",
                allow({ Action: ["sts:AssumeRoleWith*", "sts:TagSession"], ...when("StringEquals", inOrganization) }),
            ),
            ...trusted,
            because: { sts: /^Statement 1 lets any principal in any account call sts:TagSession on / },
        },
        "AWS's full-access document, written out": { program: s3(allow()), because: stranger, ...trusted },
        "AWS's full-access document in an aws-native endpoint": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf(allow()) }),
            because: stranger,
            ...trusted,
        },
        "anybody, whatever the digits of the trusted accounts": {
            program: s3(allow({ Action: "s3:*" })),
            because: stranger,
            config: { accounts: ["999999999999", "888888888888", "777777777777", "666666666666"] },
        },
        "anybody, whatever the names that trusted patterns begin with": {
            program: s3(allow({ Action: "s3:*" })),
            because: stranger,
            config: { principals: ["arn:aws:iam::*:role/q*", `arn:aws:iam::${account}:role/*`] },
        },
        "an action without a resource": {
            program: s3(allow({ Action: "s3:ListAllMyBuckets" })),
            because: {
                s3: /^Statement 1 lets any principal in any account call s3:ListAllMyBuckets \(endpoint s3\)\.$/,
            },
            ...trusted,
        },
        "every action of S3": { program: s3(allow({ Action: "s3:*" })), because: stranger, ...trusted },
        "every action of S3, by the organizations of the whole pack": {
            program: s3(allow({ Action: "s3:*" })),
            because: stranger,
            pack: { organizations: [organization] },
        },
        "every action of S3, by principals that are trusted by themselves": {
            program: s3(allow({ Action: "s3:*" })),
            because: stranger,
            config: { principals: [role] },
        },
        "full access in two statements": {
            program: s3(allow({ Action: "s3:Get*" }), allow({ Sid: "Rest", Action: undefined, NotAction: "s3:Get*" })),
            because: {
                s3: [
                    /^Statement 1 lets any principal in any account call s3:GetObject/,
                    /^Statement Rest lets any principal in any account call s3:PutObject/,
                ],
            },
            ...trusted,
        },
        "another organization": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalOrgID": "o-f6g7h8i9j0" }))),
            because: { s3: /^Statement 1 lets any principal in organization o-f6g7h8i9j0 call s3:PutObject/ },
            ...trusted,
        },
        "another organization beside the trusted one": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalOrgID": [organization, "o-f6g7h8i9j0"] }))),
            because: { s3: /lets any principal in organization o-f6g7h8i9j0 call/ },
            ...trusted,
        },
        "another account beside the trusted one": {
            program: s3(allow(when("StringEquals", { "aws:PrincipalAccount": [account, otherAccount] }))),
            because: { s3: /^Statement 1 lets any principal in account 444455556666 call s3:PutObject/ },
            ...trustedAccount,
        },
        "another account by its element": {
            program: kms(allow({ Principal: { AWS: [account, otherAccount] } })),
            because: { kms: /^Statement 1 lets any principal in account 444455556666 call kms:Encrypt/ },
            ...trustedAccount,
        },
        "another role than the trusted one": {
            program: kms(allow({ Principal: { AWS: [role, `arn:aws:iam::${account}:role/job`] } })),
            because: { kms: /^Statement 1 lets role\/job in account 111122223333 call kms:Encrypt/ },
            config: { principals: [role] },
        },
        "units of another organization": {
            program: s3(allow(when("ForAnyValue:StringLike", { "aws:PrincipalOrgPaths": "o-f6g7h8i9j0/r-ab12/*" }))),
            because: { s3: /in organization o-f6g7h8i9j0 call/ },
            ...trusted,
        },
        "a role of any account": {
            program: s3(allow(when("ArnLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/app" }))),
            because: { s3: /^Statement 1 lets role\/app in any account call s3:PutObject/ },
            ...trustedAccount,
        },
        "everyone but one": {
            program: kms(allow({ Principal: undefined, NotPrincipal: { AWS: role } })),
            because: {
                kms: /^Statement 1 lets any principal in any account call kms:Encrypt on any kms resource/,
            },
            ...trusted,
        },
        "a bound on resources alone": {
            program: kms(allow({ Action: "kms:Encrypt", ...when("StringEquals", inOrganization) })),
            because: {
                kms: /^Statement 1 lets any principal in any account call kms:Encrypt on any kms resource of organization o-a1b2c3d4e5/,
            },
            ...trusted,
        },
        "a literal bucket for anyone": {
            program: s3(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::assets/*" })),
            because: { s3: /^Statement 1 lets any principal in any account call s3:GetObject on bucket assets/ },
            ...trusted,
        },
        IfExists: {
            program: s3(allow(when("StringEqualsIfExists", ofOrganization))),
            because: stranger,
            ...trusted,
        },
        "ForAllValues without Null": {
            program: s3(allow(when("ForAllValues:StringEquals", ofOrganization))),
            because: stranger,
            ...trusted,
        },
        "a Deny that needs the key to be there": {
            program: s3(allow(), deny(when("ForAnyValue:StringNotEquals", ofOrganization))),
            because: stranger,
            ...trusted,
        },
        "a Deny that does not cover reading": {
            program: s3(
                allow({ Action: "s3:*" }),
                deny({ Action: "s3:Put*", ...when("StringNotEquals", ofOrganization) }),
            ),
            because: { s3: /^Statement 1 lets any principal in any account call s3:GetObject/ },
            ...trusted,
        },
        "a bound by the VPC": {
            program: s3(allow(when("StringEquals", { "aws:SourceVpc": "vpc-0a1b2c3d4e5f60718" }))),
            because: stranger,
            ...trusted,
        },
        "anonymous callers, for whom the exception of AWS services was not meant": {
            program: s3(
                allow(),
                deny({
                    Condition: { StringNotEquals: ofOrganization, Bool: { "aws:PrincipalIsAWSService": "false" } },
                }),
            ),
            because: { s3: /^Statement 1 lets anyone, without credentials, call s3:PutObject/ },
            ...trusted,
        },
        "AWS services, where the setting does not let them": {
            program: s3(perimeter.awsServices),
            because: { s3: /^Statement AwsServices lets any AWS service call s3:PutObject on any bucket/ },
            config: { organizations: [organization], allowAwsServices: false },
        },
        "a service by its element, where the setting does not let it": {
            program: kms(allow({ Principal: { Service: ["lambda.amazonaws.com"] } })),
            because: { kms: /^Statement 1 lets the service lambda\.amazonaws\.com call kms:Encrypt/ },
            config: { accounts: [account], allowAwsServices: false },
        },
        "writing to a bucket of AWS's own": {
            program: s3(allow({ Action: ["s3:GetObject", "s3:PutObject"], Resource: layers })),
            because: {
                s3: /^Statement 1 lets any principal in any account call s3:PutObject on bucket prod-us-east-1-starport-layer-bucket/,
            },
            ...trusted,
        },
        "reading a bucket that is called almost like one of AWS's": {
            program: s3(
                allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::prod-us-east-1-starport-layer-buckets/*" }),
            ),
            because: { s3: /call s3:GetObject on bucket prod-us-east-1-starport-layer-buckets/ },
            ...trusted,
        },
        "reading a bucket that stands where AWS's has the Region": {
            program: s3(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::prod-acme-starport-layer-bucket/*" })),
            because: { s3: /call s3:GetObject on bucket prod-acme-starport-layer-bucket/ },
            ...trusted,
        },
        "buckets of AWS's own, where the setting names none": {
            program: s3(perimeter.awsBuckets),
            because: { s3: /^Statement AwsBuckets lets any principal in any account call s3:GetObject on bucket / },
            config: { organizations: [organization], awsOwnedResources: [] },
        },
        "a policy that is a resource of its own": {
            program: () => apart(json(allow({ Action: "s3:*" }))),
            because: { apart: /call s3:PutObject on any bucket of any account \(endpoint policy apart\)\.$/ },
            ...trusted,
        },
        "an aws-native policy document": {
            program: () => nativeGateway(nativeVpc(), { policyDocument: documentOf(allow({ Action: ["s3:*"] })) }),
            because: stranger,
            ...trusted,
        },
    },
    waitsFor: {
        "a document made from a pending bucket": {
            program: () =>
                gateway(vpc(), {
                    policy: pulumi.jsonStringify(documentOf(allow({ Resource: new aws.s3.Bucket("assets").arn }))),
                }),
            on: ["s3"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { s3: /^Statement 1 lets any principal in any account call s3:\w+ on bucket / },
            ...trusted,
        },
        "a document interpolated from a role": {
            program: () =>
                endpoint(
                    vpc(),
                    {
                        policy: pulumi.interpolate`{"Statement":{"Effect":"Allow","Principal":{"AWS":"${
                            new aws.iam.Role("app", { assumeRolePolicy: json() }).arn
                        }"},"Action":"*","Resource":"*"}}`,
                    },
                    "kms",
                ),
            on: ["kms"],
            then: {},
            config: { accounts: ["123456789012"] },
        },
        "the document of a policy of its own": {
            program: () =>
                apart(new aws.s3.Bucket("assets").arn.apply(arn => json(allow({ Resource: [arn, `${arn}/*`] })))),
            on: ["apart"],
            naming: /^Undecided, since it is not known: policy\S* of endpoint.*, which waits for Bucket assets \(for /,
            then: { apart: /^Statement 1 lets any principal in any account call s3:\w+ on bucket / },
            ...trusted,
        },
    },
});
