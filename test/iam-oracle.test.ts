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
import { identityKeys, type Identity, type Owner, ownerKeys, type Request } from "../network/iam/request";

const cases = Number(process.env["DOCUMENTS"] ?? 200);
const seed = Number(process.env["SEED"] ?? 20261124);

const own = { account: "111122223333", organization: "o-own1234567" };
const elsewhere = { account: "444455556666", organization: "o-else123456" };

const statements = fc.record(
    {
        Effect: fc.constantFrom("Allow", "Allow", "Deny"),
        action: fc.constantFrom<object>(
            { Action: "*" },
            { Action: "s3:*" },
            { Action: ["s3:GetObject", "s3:PutObject"] },
            { Action: "s3:Get*" },
            { Action: "s3:List*" },
            { Action: ["S3:putobject"] },
            { NotAction: "s3:GetObject" },
            { NotAction: ["s3:Put*", "s3:Delete*"] },
            { Action: "s3:ListAllMyBuckets" },
        ),
        resource: fc.constantFrom<object>(
            { Resource: "*" },
            { Resource: "arn:aws:s3:::app-data/*" },
            { Resource: ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"] },
            { Resource: "arn:aws:s3:::app-*" },
            { Resource: "arn:aws:s3:::*/*" },
            { NotResource: "arn:aws:s3:::app-data/*" },
            { NotResource: ["arn:aws:s3:::*/secret/*"] },
        ),
        Condition: fc.dictionary(
            fc.constantFrom(
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIfExists",
                "StringNotEqualsIfExists",
                "StringLike",
                "StringNotLike",
                "ForAllValues:StringEquals",
                "ForAnyValue:StringEquals",
                "ForAnyValue:StringLike",
                "StringEqualsIgnoreCase",
            ),
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
                fc.constantFrom<string | string[]>(
                    own.account,
                    own.organization,
                    elsewhere.account,
                    [own.account, own.organization],
                    "*",
                    "o-own*",
                    "1111*",
                    "vpc-1",
                ),
                { minKeys: 1, maxKeys: 2 },
            ),
            { maxKeys: 2 },
        ),
        flags: fc.constantFrom<object>(
            {},
            {},
            {},
            { Bool: { "aws:PrincipalIsAWSService": "true" } },
            { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
            { Null: { "aws:PrincipalOrgID": "false" } },
            { Null: { "aws:ResourceOrgID": "true" } },
        ),
    },
    { requiredKeys: ["Effect", "action", "resource", "flags"] },
);

const documents = fc.array(statements, { minLength: 1, maxLength: 4 }).map(all => ({
    Version: "2012-10-17",
    Statement: all.map(({ Effect, action, resource, Condition, flags }) => ({
        Effect,
        Principal: "*",
        ...action,
        ...resource,
        Condition: { ...Condition, ...flags },
    })),
}));

type Document = typeof documents extends fc.Arbitrary<infer T> ? T : never;

/** Whether the simulator's endpoint policy lets a request through. */
async function isAllowed(policy: Document, { action, resource, identity, owner, context }: Request): Promise<boolean> {
    const variables = [...identityKeys(identity), ...ownerKeys(owner), ...context].filter(
        ([, values]) => values.length > 0,
    );
    const { result, overallResult, errors } = (await runSimulation(
        {
            request: {
                action,
                principal: identity.arn ?? identity.service ?? "",
                resource: { resource, accountId: owner.account ?? "000000000000" },
                contextVariables: Object.fromEntries(
                    variables.map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
                ) as never,
            },
            identityPolicies: [],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            vpcEndpointPolicies: [{ name: "endpoint", policy }],
        },
        { simulationMode: "Strict" } as never,
    )) as {
        result?: { analysis?: { endpointAnalysis?: { result: string } } };
        overallResult: string;
        errors?: unknown;
    };
    assert.ok(
        result?.analysis?.endpointAnalysis,
        JSON.stringify({ overallResult, errors, action, resource, identity }),
    );
    return result.analysis.endpointAnalysis.result === "Allowed";
}

const bounds = {
    "any principal and any resource": ({ identity, owner }: Request) => isOutsider(identity) && isOutsider(owner),
    "untrusted principals": ({ identity }: Request) => isOutsider(identity) && identity.service === undefined,
    "untrusted resources": ({ identity, owner, resource }: Request) =>
        resource !== "*" && isOutsider(owner) && identity.service === undefined,
};

function isOutsider({ account, organization }: Owner | Identity): boolean {
    return account !== own.account && organization !== own.organization;
}

const parties: readonly Owner[] = [
    { account: "777788889999" },
    { account: "777788889999", organization: "o-third123456" },
    { account: elsewhere.account },
    { account: elsewhere.account, organization: elsewhere.organization },
    { account: own.account, organization: own.organization },
    { account: "777788889999", organization: own.organization },
];

const requests: fc.Arbitrary<Request> = fc.record({
    action: fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
    resource: fc.constantFrom(
        "arn:aws:s3:::app-data/x",
        "arn:aws:s3:::app-other/x",
        "arn:aws:s3:::theirs/x",
        "arn:aws:s3:::theirs/secret/x",
    ),
    identity: fc
        .constantFrom(...parties)
        .map(party => ({ ...party, arn: `arn:aws:iam::${party.account ?? ""}:role/app` })),
    owner: fc.constantFrom(...parties, {}),
    context: fc
        .record({
            "aws:sourcevpc": fc.constantFrom([], ["vpc-1"], ["vpc-2"]),
            "aws:principaltag/team": fc.constantFrom([], [own.account], ["x"]),
        })
        .map(values => new Map(Object.entries(values).filter(([, value]) => value.length > 0))),
});

/** Every opening, and whether of some statement it cannot be told. */
function told(document: Document, isOutside: Bounds["isOutside"]): { found: readonly Opening[]; untold: boolean } {
    const found: Opening[] = [];
    const end = attempt(() => {
        for (const opening of openings(PolicyDocument.parse(document), { services: ["s3"], isOutside })) {
            found.push(opening);
        }
    });
    return { found, untold: isUnseen(end) };
}

describe("the reach of an endpoint policy", () => {
    for (const [name, isOutside] of Object.entries(bounds)) {
        it(`is told of ${name} as a simulator of IAM sees it`, async () => {
            const tally = { open: 0, closed: 0, untold: 0, anonymous: 0 };
            await fc.assert(
                fc.asyncProperty(
                    documents,
                    fc.array(requests, { minLength: 12, maxLength: 12 }),
                    async (document, samples) => {
                        const { found, untold } = told(document, isOutside);
                        tally.untold += Number(untold);
                        for (const opening of found) {
                            if (
                                opening.request.identity.arn === undefined &&
                                opening.request.identity.service === undefined
                            ) {
                                tally.anonymous++;
                            } else {
                                assert.ok(
                                    await isAllowed(document, opening.request),
                                    `not let through: ${JSON.stringify({ ...opening.request, context: [...opening.request.context] })}`,
                                );
                            }
                        }
                        tally[found.length === 0 ? "closed" : "open"]++;
                        if (found.length === 0 && !untold) {
                            for (const sample of samples.filter(one => isOutside(one))) {
                                assert.ok(
                                    !(await isAllowed(document, sample)),
                                    `let through: ${JSON.stringify({ ...sample, context: [...sample.context] })}`,
                                );
                            }
                        }
                    },
                ),
                { numRuns: cases, seed },
            );
            console.log(
                `      ${cases} documents: ${tally.open} open, ${tally.closed} closed, ${tally.untold} statements cannot be told; ${tally.anonymous} witnesses are anonymous, which the simulator does not know`,
            );
            assert.ok(tally.untold < cases / 100 && tally.open > cases / 10 && tally.closed > cases / 10);
        });
    }
});
