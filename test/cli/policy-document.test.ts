import assert from "node:assert/strict";
import { policyDocument } from "../../cli/policy-document";
import { isObject, parseJson, stringOf, type Json, type Properties } from "../../cli/untyped";

function statements(args: Properties): Json | undefined {
    const { json, minifiedJson } = policyDocument(args);
    const document = parseJson(stringOf(json));
    assert.deepEqual(document, parseJson(stringOf(minifiedJson)));
    assert.ok(isObject(document));
    return document["Statement"];
}

const source = JSON.stringify({
    Version: "2008-10-17",
    Statement: [
        { Sid: "one", Effect: "Allow", Action: "s3:*", Resource: "*" },
        { Effect: "Deny", Action: "iam:*", Resource: "*" },
    ],
});

describe("A policy document", () => {
    it("has every part of a statement", () => {
        assert.deepEqual(
            statements({
                statements: [
                    {
                        sid: "all",
                        effect: "Deny",
                        notActions: ["s3:GetObject", "s3:ListBucket"],
                        notResources: ["arn:aws:s3:::mine", "arn:aws:s3:::mine/&{aws:username}"],
                        notPrincipals: [
                            { type: "AWS", identifiers: ["111111111111", "222222222222"] },
                            { type: "Service", identifiers: ["ec2.amazonaws.com"] },
                            { type: "AWS", identifiers: ["333333333333"] },
                        ],
                        conditions: [
                            { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-2", "vpc-1"] },
                            { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
                            { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
                            { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-3"] },
                        ],
                    },
                ],
            }),
            [
                {
                    Sid: "all",
                    Effect: "Deny",
                    NotAction: ["s3:ListBucket", "s3:GetObject"],
                    NotResource: ["arn:aws:s3:::mine/${aws:username}", "arn:aws:s3:::mine"],
                    NotPrincipal: {
                        AWS: ["333333333333", "222222222222", "111111111111"],
                        Service: "ec2.amazonaws.com",
                    },
                    Condition: {
                        StringEquals: { "aws:SourceVpc": ["vpc-2", "vpc-1", "vpc-3"], "aws:PrincipalOrgID": "o-1" },
                        Bool: { "aws:SecureTransport": "false" },
                    },
                },
            ],
        );
    });

    it("allows by default, and leaves out what is not there", () => {
        assert.deepEqual(statements({ statements: [{ actions: ["*"], resources: ["*"] }] }), [
            { Effect: "Allow", Action: "*", Resource: "*" },
        ]);
        assert.equal(policyDocument({})["minifiedJson"], '{"Version":"2012-10-17"}');
        assert.equal(
            policyDocument({ version: "2008-10-17", policyId: "id" })["minifiedJson"],
            '{"Version":"2008-10-17","Id":"id"}',
        );
    });

    for (const type of ["AWS", "*"]) {
        it(`of everybody (type ${type}) says so in one character`, () => {
            assert.deepEqual(statements({ statements: [{ principals: [{ type, identifiers: ["*"] }] }] }), [
                { Effect: "Allow", Principal: "*" },
            ]);
        });
    }

    it("of every service is not of everybody", () => {
        assert.deepEqual(statements({ statements: [{ principals: [{ type: "Service", identifiers: ["*"] }] }] }), [
            { Effect: "Allow", Principal: { Service: "*" } },
        ]);
    });

    it("takes its own statement in place of a source's with the same sid", () => {
        assert.deepEqual(
            statements({
                sourcePolicyDocuments: [source],
                statements: [
                    { sid: "one", actions: ["ec2:*"], resources: ["*"] },
                    { sid: "two", actions: ["sqs:*"], resources: ["*"] },
                ],
            }),
            [
                { Sid: "one", Effect: "Allow", Action: "ec2:*", Resource: "*" },
                { Effect: "Deny", Action: "iam:*", Resource: "*" },
                { Sid: "two", Effect: "Allow", Action: "sqs:*", Resource: "*" },
            ],
        );
    });

    it("takes an override in place of its own, and one without a sid beside it", () => {
        const override = JSON.stringify({
            Id: "overridden",
            Statement: [
                { Sid: "own", Effect: "Deny", Action: "*", Resource: "*" },
                { Effect: "Allow", Action: "sns:*", Resource: "*" },
            ],
        });
        const args = {
            statements: [{ sid: "own", actions: ["*"], resources: ["*"] }],
            overridePolicyDocuments: ["", override],
        };
        assert.deepEqual(statements(args), [
            { Sid: "own", Effect: "Deny", Action: "*", Resource: "*" },
            { Effect: "Allow", Action: "sns:*", Resource: "*" },
        ]);
        assert.match(stringOf(policyDocument(args)["json"]), /"Id": "overridden"/);
    });

    it("takes a lone statement of a source", () => {
        const lone = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
        assert.deepEqual(statements({ sourcePolicyDocuments: [lone] }), [
            { Effect: "Allow", Action: "*", Resource: "*" },
        ]);
    });

    it("refuses a sid twice, and a source that is none", () => {
        assert.throws(
            () => policyDocument({ statements: [{ sid: "a" }, { sid: "a" }] }),
            /two statements have the sid a/,
        );
        assert.throws(
            () => policyDocument({ sourcePolicyDocuments: [source, source] }),
            /sourcePolicyDocuments: two statements have the sid one/,
        );
        assert.throws(() => policyDocument({ overridePolicyDocuments: ["[]"] }), /overridePolicyDocuments\[0\] is not/);
    });
});
