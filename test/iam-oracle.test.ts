/**
 * What the reasoning on endpoint policies says, against an independent simulator of IAM on concrete requests: what is called closed lets no
 * request through that asks for more than is trusted, and what is called open lets its witness through.
 */
import { strict as assert } from "node:assert";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import * as fc from "fast-check";
import { PolicyDocument } from "../network/iam/document";
import { type Bounds, type Opening, openings } from "../network/iam/reach";
import { attempt, isUnseen } from "../network/knowledge";
import { decidedKeys, type Identity, type Owner, type Request, valuesOf } from "../network/iam/request";

const cases = Number(process.env["DOCUMENTS"] ?? 200);
const seed = Number(process.env["SEED"] ?? 20261124);

const own = { account: "111122223333", organization: "o-own1234567", organizationPath: "o-own1234567/r-1/ou-2/" };
const elsewhere = {
    account: "444455556666",
    organization: "o-else123456",
    organizationPath: "o-else123456/r-3/ou-4/",
};
const roleOf = ({ account = "" }: Owner, name = "app"): string => `arn:aws:iam::${account}:role/${name}`;

/** What documents and requests for one service are made of. */
interface Kind {
    readonly actions: readonly object[];
    readonly resources: readonly object[];
    readonly asked: readonly string[];
    readonly of: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
    s3: {
        actions: [
            { Action: "s3:*" },
            { Action: ["s3:GetObject", "s3:PutObject"] },
            { Action: "s3:Get*" },
            { Action: "s3:List*" },
            { Action: ["S3:putobject"] },
            { NotAction: "s3:GetObject" },
            { NotAction: ["s3:Put*", "s3:Delete*"] },
            { Action: "s3:ListAllMyBuckets" },
        ],
        resources: [
            { Resource: "arn:aws:s3:::app-data/*" },
            { Resource: ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"] },
            { Resource: "arn:aws:s3:::app-*" },
            { Resource: "arn:aws:s3:::*/*" },
            { Resource: "arn:aws:s3:*:*:theirs/*" },
            { NotResource: "arn:aws:s3:::app-data/*" },
            { NotResource: ["arn:aws:s3:::*/secret/*"] },
            { Resource: ["arn:aws:s3:::app-data/public/*", "arn:aws:s3:::theirs/*"] },
            { Resource: "arn:aws:s3:::${aws:PrincipalAccount}-data/*" },
            { Resource: "arn:aws:s3:::${aws:PrincipalTag/team}/*" },
        ],
        asked: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        of: [
            "arn:aws:s3:::app-data/x",
            "arn:aws:s3:::app-other/x",
            "arn:aws:s3:::theirs/x",
            "arn:aws:s3:::theirs/secret/x",
            "arn:aws:s3:::777788889999-data/x",
        ],
    },
    sqs: {
        actions: [
            { Action: "sqs:*" },
            { Action: ["sqs:SendMessage", "sqs:ReceiveMessage"] },
            { Action: "sqs:Send*" },
            { Action: "sqs:ListQueues" },
            { NotAction: "sqs:SendMessage" },
        ],
        resources: [
            { Resource: `arn:aws:sqs:*:${own.account}:*` },
            { Resource: `arn:aws:sqs:us-east-1:${elsewhere.account}:orders` },
            { Resource: "arn:aws:sqs:*:*:orders*" },
            { Resource: "arn:aws:sqs:*:*:orders" },
            { NotResource: "arn:aws:sqs:*:*:orders-*" },
            { NotResource: `arn:aws:sqs:*:${elsewhere.account}:*` },
        ],
        asked: ["sqs:SendMessage", "sqs:ReceiveMessage"],
        of: ["arn:aws:sqs:us-east-1:$A:orders", "arn:aws:sqs:eu-west-1:$A:orders-dead", "arn:aws:sqs:us-east-1:$A:x"],
    },
    dynamodb: {
        actions: [
            { Action: "dynamodb:*" },
            { Action: ["dynamodb:GetItem", "dynamodb:PutItem"] },
            { Action: "dynamodb:*Item" },
            { NotAction: ["dynamodb:Get*"] },
        ],
        resources: [
            { Resource: `arn:aws:dynamodb:*:${own.account}:table/*` },
            { Resource: "arn:aws:dynamodb:us-east-1:*:table/orders" },
            { Resource: `arn:aws:dynamodb:eu-west-1:${elsewhere.account}:*` },
            { NotResource: "arn:aws:dynamodb:*:*:table/orders" },
        ],
        asked: ["dynamodb:GetItem", "dynamodb:PutItem"],
        of: ["arn:aws:dynamodb:us-east-1:$A:table/orders", "arn:aws:dynamodb:eu-west-1:$A:table/x"],
    },
    kms: {
        actions: [
            { Action: "kms:*" },
            { Action: ["kms:Encrypt", "kms:Decrypt"] },
            { Action: "kms:*crypt*" },
            { NotAction: "kms:Encrypt" },
        ],
        resources: [
            { Resource: `arn:aws:kms:*:${own.account}:key/*` },
            { Resource: `arn:aws:kms:eu-west-1:${elsewhere.account}:*` },
            { Resource: "arn:aws:kms:*:*:key/1234*" },
            { NotResource: `arn:aws:kms:*:${own.account}:*` },
        ],
        asked: ["kms:Encrypt", "kms:Decrypt"],
        of: ["arn:aws:kms:us-east-1:$A:key/1234abcd", "arn:aws:kms:eu-west-1:$A:key/x"],
    },
};

const principals: readonly object[] = [
    ...Array.from({ length: 8 }, () => ({ Principal: "*" })),
    { Principal: { AWS: "*" } },
    { Principal: { AWS: own.account } },
    { Principal: { AWS: `arn:aws:iam::${own.account}:root` } },
    { Principal: { AWS: [`arn:aws:iam::${elsewhere.account}:root`, roleOf(own)] } },
    { Principal: { AWS: roleOf(elsewhere) } },
    { Principal: { Service: "lambda.amazonaws.com" } },
    { Principal: { Service: "lambda.amazonaws.com", AWS: own.account } },
    { NotPrincipal: { AWS: `arn:aws:iam::${own.account}:root` } },
    { NotPrincipal: { AWS: [roleOf(own), roleOf(elsewhere)] } },
    { NotPrincipal: { Service: "lambda.amazonaws.com" } },
];

const textsOf = (...values: readonly (string | string[])[]) =>
    fc.dictionary(
        fc.constantFrom(
            "aws:PrincipalOrgID",
            "aws:PrincipalAccount",
            "aws:ResourceOrgID",
            "aws:ResourceAccount",
            "s3:ResourceAccount",
            "aws:SourceVpc",
            "aws:PrincipalTag/team",
        ),
        fc.constantFrom(...values),
        { minKeys: 1, maxKeys: 2 },
    );
const plain = [
    own.account,
    own.organization,
    elsewhere.account,
    [own.account, own.organization],
    "*",
    "o-own*",
    "1111*",
    "*3333",
    "vpc-1",
];
// What a negated operator makes of a variable without a value AWS says, and the simulator sees otherwise.
const withVariables = [own.account, "${aws:PrincipalAccount}", "${aws:PrincipalOrgID}"];
const arns = fc.dictionary(
    fc.constantFrom("aws:PrincipalArn"),
    fc.constantFrom<string | string[]>(
        roleOf(own),
        "arn:aws:iam::*:role/app",
        `arn:aws:iam::${own.account}:role/*`,
        "arn:aws:iam::*:role/*-admin",
        [roleOf(elsewhere), roleOf(own, "other")],
    ),
    { minKeys: 1 },
);
const paths = fc.dictionary(
    fc.constantFrom("aws:PrincipalOrgPaths", "aws:ResourceOrgPaths"),
    fc.constantFrom<string | string[]>("o-own1234567/*", "o-own1234567/r-1/ou-2/", "o-else123456/r-3/*"),
    { minKeys: 1 },
);
const conditions = fc
    .array(
        fc.oneof(
            {
                weight: 6,
                arbitrary: fc.tuple(
                    fc.constantFrom(
                        "StringEquals",
                        "StringNotEquals",
                        "StringEqualsIfExists",
                        "StringNotEqualsIfExists",
                        "StringLike",
                        "StringNotLike",
                        "StringLikeIfExists",
                        "ForAllValues:StringEquals",
                        "ForAnyValue:StringEquals",
                        "ForAnyValue:StringLike",
                        "StringEqualsIgnoreCase",
                    ),
                    textsOf(...plain),
                ),
            },
            {
                weight: 1,
                arbitrary: fc.tuple(
                    fc.constantFrom("StringEquals", "StringLike", "StringEqualsIfExists", "ForAllValues:StringEquals"),
                    textsOf(...withVariables),
                ),
            },
            {
                weight: 2,
                arbitrary: fc.tuple(
                    fc.constantFrom("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals", "ArnLikeIfExists"),
                    arns,
                ),
            },
            {
                weight: 1,
                arbitrary: fc.tuple(
                    fc.constantFrom("ForAnyValue:StringLike", "ForAllValues:StringLike", "ForAnyValue:StringNotLike"),
                    paths,
                ),
            },
        ),
        { maxLength: 2 },
    )
    .map(all => Object.fromEntries(all));

const flags = fc.constantFrom<object>(
    {},
    {},
    {},
    {},
    { Bool: { "aws:PrincipalIsAWSService": "true" } },
    { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    { Null: { "aws:PrincipalOrgID": "false" } },
    { Null: { "aws:ResourceOrgID": "true" } },
    { Null: { "aws:PrincipalArn": "true" } },
    { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    { NotIpAddressIfExists: { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.1"] } },
);

const statementsFor = ({ actions, resources }: Kind) =>
    fc
        .record({
            Effect: fc.constantFrom("Allow", "Allow", "Deny"),
            principal: fc.constantFrom(...principals),
            action: fc.constantFrom<object>({ Action: "*" }, ...actions),
            resource: fc.constantFrom<object>({ Resource: "*" }, { Resource: "*" }, ...resources),
            conditions,
            flags,
        })
        .map(({ Effect, principal, action, resource, conditions, flags }) => ({
            Effect,
            ...principal,
            ...action,
            ...resource,
            Condition: { ...conditions, ...flags },
        }));

type Statement = ReturnType<typeof statementsFor> extends fc.Arbitrary<infer T> ? T : never;

interface Document {
    readonly Version: string;
    readonly Statement: readonly Statement[];
}

const parties: readonly Owner[] = [
    { account: "777788889999" },
    { account: "777788889999", organization: "o-third123456", organizationPath: "o-third123456/r-5/" },
    { account: elsewhere.account },
    elsewhere,
    own,
    { account: "777788889999", organization: own.organization, organizationPath: "o-own1234567/r-1/ou-9/" },
];

const identities = fc.oneof(
    {
        weight: 8,
        arbitrary: fc
            .tuple(fc.constantFrom(...parties), fc.constantFrom("app", "other", "x-admin"))
            .map(([party, name]) => ({ ...party, arn: roleOf(party, name) })),
    },
    { weight: 1, arbitrary: fc.constantFrom({ service: "lambda.amazonaws.com" }, { service: "ec2.amazonaws.com" }) },
    { weight: 1, arbitrary: fc.constant({}) },
);

const requestsFor = ({ asked, of }: Kind): fc.Arbitrary<Request> =>
    fc
        .record({
            action: fc.constantFrom(...asked),
            resource: fc.constantFrom(...of),
            identity: identities,
            owner: fc.constantFrom(...parties, ...(of.some(arn => arn.includes("$A")) ? [] : [{}])),
            context: fc
                .record({
                    "aws:sourcevpc": fc.constantFrom([], ["vpc-1"], ["vpc-2"]),
                    "aws:principaltag/team": fc.constantFrom([], [own.account], ["x"], ["app-data"]),
                    "aws:sourceip": fc.constantFrom([], ["10.1.2.3"], ["192.0.2.1"], ["198.51.100.1"]),
                })
                .map(values => new Map(Object.entries(values).filter(([, value]) => value.length > 0))),
        })
        .map(request => ({ ...request, resource: request.resource.replace("$A", request.owner.account ?? "") }));

const samples = fc
    .constantFrom(...Object.entries(kinds), ...Object.entries(kinds).slice(0, 1))
    .chain(([service, kind]) =>
        fc.record({
            service: fc.constant(service),
            document: fc
                .array(statementsFor(kind), { minLength: 1, maxLength: 4 })
                .map((Statement): Document => ({ Version: "2012-10-17", Statement })),
            requests: fc.array(requestsFor(kind), { minLength: 12, maxLength: 12 }),
        }),
    );

/** Something that has a name in place of what no name has, of the same length. */
function named(text: string): string {
    return text.replaceAll("\uE000", "x").replaceAll("\uE001", "9").replaceAll("\uE002", "8");
}

/**
 * Whether the simulator lets a request through: by an endpoint policy, or by a resource policy, of which it reads principals alike, where the
 * document has principals other than "*", which it does not take in endpoint policies.
 */
async function isAllowed(policy: Document, request: Request): Promise<boolean> {
    const { action, resource, identity, owner } = request;
    const keys = [...decidedKeys, ...request.context.keys()];
    const variables = keys
        .flatMap(key => [[key, valuesOf(request, key) ?? []] as const])
        .filter(([, { length }]) => length > 0);
    const isForEveryone = policy.Statement.every(one => "Principal" in one && one.Principal === "*");
    const { result, overallResult, errors } = (await runSimulation(
        {
            request: {
                action,
                principal: identity.arn ?? identity.service ?? { type: "Anonymous" },
                resource: { resource, accountId: owner.account ?? "000000000000" },
                contextVariables: Object.fromEntries(
                    variables.map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
                ) as never,
            },
            identityPolicies: [],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            ...(isForEveryone ? { vpcEndpointPolicies: [{ name: "endpoint", policy }] } : { resourcePolicy: policy }),
        },
        { simulationMode: "Strict" } as never,
    )) as {
        result?: {
            analysis?: {
                endpointAnalysis?: { readonly result: string };
                resourceAnalysis?: { readonly result: string };
            };
        };
        overallResult: string;
        errors?: unknown;
    };
    const analysis = isForEveryone ? result?.analysis?.endpointAnalysis : result?.analysis?.resourceAnalysis;
    assert.ok(analysis, JSON.stringify({ overallResult, errors, action, resource, identity, policy }));
    return analysis.result === "Allowed" || analysis.result === "AllowedForAccount";
}

const isOutsider = ({ account, organization }: Owner | Identity): boolean =>
    account !== own.account && organization !== own.organization;
const isNoService = ({ service }: Identity): boolean => service === undefined;

const questions: Readonly<Record<string, Omit<Bounds, "services">>> = {
    "any principal and any resource": { who: isOutsider, whose: isOutsider },
    "untrusted principals": { who: identity => isOutsider(identity) && isNoService(identity) },
    "untrusted resources": { who: isNoService, whose: isOutsider, what: resource => resource !== "*" },
};

function isWithin({ who, whose, what }: Omit<Bounds, "services">, { identity, owner, resource }: Request): boolean {
    const action = { name: "", service: "", onlyReads: false, resources: [] };
    return who?.(identity) !== false && whose?.(owner) !== false && what?.(resource, action) !== false;
}

/** Every opening, and whether of some statement it cannot be told. */
function told(document: Document, bounds: Bounds): { found: readonly Opening[]; untold: boolean } {
    const found: Opening[] = [];
    const end = attempt(() => {
        for (const opening of openings(PolicyDocument.parse(document), bounds)) {
            found.push(opening);
        }
    });
    return { found, untold: isUnseen(end) };
}

const shown = (document: Document, request: Request): string =>
    JSON.stringify({ document, ...request, context: [...request.context] });

describe("the reach of an endpoint policy", () => {
    for (const [question, bounds] of Object.entries(questions)) {
        it(`is told of ${question} as a simulator of IAM sees it`, async () => {
            const tally = { open: 0, closed: 0, untold: 0, asked: 0 };
            await fc.assert(
                fc.asyncProperty(samples, async ({ service, document, requests }) => {
                    const { found, untold } = told(document, { services: [service], ...bounds });
                    tally.untold += Number(untold);
                    tally[found.length === 0 ? "closed" : "open"]++;
                    for (const { request } of found) {
                        const witness = JSON.parse(named(JSON.stringify(request))) as Request;
                        const context = new Map([...request.context].map(([key, values]) => [key, values.map(named)]));
                        assert.ok(
                            await isAllowed(document, { ...witness, context }),
                            `not let through: ${shown(document, { ...witness, context })}`,
                        );
                    }
                    for (const request of found.length === 0 && !untold ? requests : []) {
                        if (isWithin(bounds, request)) {
                            tally.asked++;
                            assert.ok(
                                !(await isAllowed(document, request)),
                                `let through: ${shown(document, request)}`,
                            );
                        }
                    }
                }),
                { numRuns: cases, seed },
            );
            const share = ((100 * tally.untold) / cases).toFixed(2);
            console.log(
                `      ${cases} documents: ${tally.open} open, ${tally.closed} closed, of which ${tally.asked} requests were tried; ${share} % cannot be told`,
            );
            assert.ok(tally.untold < cases / 100 && tally.open > cases / 10 && tally.closed > cases / 10);
        });
    }
});
