/** What is read of IAM's policy documents, and what their elements say of requests. */
import { strict as assert } from "node:assert";
import { common, matches } from "../network/glob";
import { type Condition, PolicyDocument, statementName } from "../network/iam/document";
import { admits, openings } from "../network/iam/reach";
import {
    holds,
    matchesAction,
    matchesArn,
    matchesPrincipal,
    matchesResource,
    type Request,
} from "../network/iam/request";
import { isOwnedByAws, nameIn } from "../network/iam/trust";

const account = "111122223333";
const role = `arn:aws:iam::${account}:role/app`;

const request = (given: Partial<Request> = {}): Request => ({
    action: "s3:GetObject",
    resource: "arn:aws:s3:::assets/logo.png",
    identity: { arn: role, account, organization: "o-own", organizationPath: "o-own/r-1/ou-2/" },
    owner: { account, organization: "o-own", organizationPath: "o-own/r-1/ou-2/" },
    context: new Map(),
    ...given,
});

const statement = (given: object): object => ({
    Effect: "Allow",
    Principal: "*",
    Action: "s3:*",
    Resource: "*",
    ...given,
});
const parsed = (given: object) => {
    const [only] = PolicyDocument.parse({ Statement: statement(given) }).statements;
    assert.ok(only);
    return only;
};
const condition = (operator: string, key: string, values: unknown): Condition => {
    const [only] = parsed({ Condition: { [operator]: { [key]: values } } }).conditions;
    assert.ok(only);
    return only;
};
const faultsOf = (given: unknown): readonly string[] => PolicyDocument.parse(given).faults;

describe("a policy document", () => {
    it("is the same as JSON and as an object", () => {
        const document = { Version: "2012-10-17", Statement: [statement({ Sid: "One" })] };
        assert.deepEqual(
            PolicyDocument.parse(JSON.stringify(document)).statements,
            PolicyDocument.parse(document).statements,
        );
    });

    it("has the length of what was written, white space included", () => {
        assert.equal(PolicyDocument.parse('{ "Statement": [] }  ').length, 21);
        assert.equal(PolicyDocument.parse({ Statement: [] }).length, 16);
    });

    it("takes one statement for a list of one", () => {
        assert.deepEqual(
            PolicyDocument.parse({ Statement: statement({}) }).statements,
            PolicyDocument.parse({ Statement: [statement({})] }).statements,
        );
    });

    it("takes one text for a list of one in every element", () => {
        const scalar = parsed({
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::a",
            Principal: { AWS: role },
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-own" } },
        });
        const listed = parsed({
            Action: ["s3:GetObject"],
            Resource: ["arn:aws:s3:::a"],
            Principal: { AWS: [role] },
            Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-own"] } },
        });
        assert.deepEqual(scalar, listed);
    });

    it("numbers its statements from 1 and calls them by Sid where they have one", () => {
        const { statements } = PolicyDocument.parse({ Statement: [statement({}), statement({ Sid: "Two" })] });
        assert.deepEqual(statements.map(statementName), ["Statement 1", "Statement Two"]);
        assert.equal(statementName({ sid: "", number: 3 }), "Statement 3");
    });

    const shapes: readonly (readonly [string, unknown, readonly (readonly [string, string])[]])[] = [
        ["everyone", "*", [["everyone", "*"]]],
        ["every AWS principal", { AWS: "*" }, [["everyone", "*"]]],
        [
            "every AWS principal among others",
            { AWS: [role, "*"] },
            [
                ["AWS", role],
                ["everyone", "*"],
            ],
        ],
        ["an account", { AWS: account }, [["AWS", account]]],
        ["an account that is written as a number", { AWS: 111122223333 }, [["AWS", account]]],
        [
            "the root of an account",
            { AWS: [`arn:aws:iam::${account}:root`] },
            [["AWS", `arn:aws:iam::${account}:root`]],
        ],
        ["a service", { Service: "ecs.amazonaws.com" }, [["Service", "ecs.amazonaws.com"]]],
        ["a provider of identities", { Federated: ["accounts.google.com"] }, [["Federated", "accounts.google.com"]]],
        ["a canonical user", { CanonicalUser: "79a59d" }, [["CanonicalUser", "79a59d"]]],
        [
            "several kinds",
            { AWS: role, Service: ["a", "b"] },
            [
                ["AWS", role],
                ["Service", "a"],
                ["Service", "b"],
            ],
        ],
        ["nobody", { AWS: [] }, []],
    ];
    for (const [title, Principal, expected] of shapes) {
        it(`names ${title}`, () => {
            const { principals } = parsed({ Principal });
            assert.equal(principals.not, false);
            assert.deepEqual(
                principals.names.map(({ kind, value }) => [kind, value]),
                expected,
            );
        });
    }

    it("tells what it names from all but that", () => {
        const { actions, resources, principals } = parsed({
            Action: undefined,
            NotAction: "s3:DeleteBucket",
            Resource: undefined,
            NotResource: ["arn:aws:s3:::a"],
            Principal: undefined,
            NotPrincipal: { AWS: role },
        });
        assert.deepEqual(actions, { not: true, patterns: ["s3:DeleteBucket"] });
        assert.deepEqual(resources, { not: true, patterns: ["arn:aws:s3:::a"] });
        assert.deepEqual(principals, { not: true, names: [{ kind: "AWS", value: role }] });
    });

    it("takes apart the operator of a condition and has its key in lower case", () => {
        assert.deepEqual(condition("ForAnyValue:StringNotLikeIfExists", "AWS:PrincipalOrgPaths", "o-own/*"), {
            operator: "stringnotlike",
            over: "any",
            ifExists: true,
            key: "aws:principalorgpaths",
            values: ["o-own/*"],
        });
        assert.deepEqual(condition("forallvalues:stringequals", "aws:TagKeys", ["a", "b"]), {
            operator: "stringequals",
            over: "all",
            ifExists: false,
            key: "aws:tagkeys",
            values: ["a", "b"],
        });
    });

    it("takes truth values and numbers for texts", () => {
        assert.deepEqual(condition("Bool", "aws:SecureTransport", true).values, ["true"]);
        assert.deepEqual(condition("NumericLessThan", "s3:max-keys", [10]).values, ["10"]);
    });

    it("has every key of every operator", () => {
        const { conditions } = parsed({
            Condition: { StringEquals: { "aws:A": "1", "aws:B": "2" }, Null: { "aws:C": "true" } },
        });
        assert.deepEqual(
            conditions.map(({ key }) => key),
            ["aws:a", "aws:b", "aws:c"],
        );
    });

    const faults: Readonly<Record<string, readonly [unknown, readonly string[]]>> = {
        "what is no JSON": ["{", ["it is not JSON"]],
        "nothing at all": ["", ["it is not JSON"]],
        "a list": [[], ["it has no Statement"]],
        "no object": ["null", ["it has no Statement"]],
        "another version": [{ Version: "2012", Statement: [] }, ["its Version is neither 2012-10-17 nor 2008-10-17"]],
        "a statement that is null": [{ Statement: [null] }, ["Statement 1 is not an object"]],
        "a statement that is a text": [{ Statement: ["Allow"] }, ["Statement 1 is not an object"]],
        "elements that are missing": [
            { Statement: { Sid: "S" } },
            [
                "Statement S has no Action",
                "Statement S has no Resource",
                "Statement S has no Principal",
                "Statement S has an Effect that is neither Allow nor Deny",
            ],
        ],
        "elements that exclude each other": [
            { Statement: statement({ NotAction: "a:b", NotResource: "x", NotPrincipal: "*" }) },
            [
                "Statement 1 has both Action and NotAction",
                "Statement 1 has both Resource and NotResource",
                "Statement 1 has both Principal and NotPrincipal",
            ],
        ],
    };
    it("finds no fault in what AWS takes", () => {
        assert.deepEqual(faultsOf({ Version: "2008-10-17", Statement: statement({}) }), []);
    });
    for (const [title, [given, expected]] of Object.entries(faults)) {
        it(`finds fault with ${title}`, () => {
            assert.deepEqual(faultsOf(given), expected);
        });
    }

    it("is full access only where one statement lets everyone do everything", () => {
        const isFull = (...statements: readonly object[]): boolean =>
            PolicyDocument.parse({ Statement: statements }).isFullAccess;
        const full = statement({ Action: "*" });
        assert.equal(isFull(full), true);
        assert.equal(isFull({ ...full, Principal: { AWS: ["*"] }, Condition: {} }), true);
        assert.equal(isFull(), false);
        assert.equal(isFull(full, full), false);
        assert.equal(isFull({ ...full, Effect: "Deny" }), false);
        assert.equal(isFull({ ...full, Action: "s3:*" }), false);
        assert.equal(isFull({ ...full, Resource: "arn:aws:s3:::*" }), false);
        assert.equal(isFull({ ...full, Principal: { AWS: role } }), false);
        assert.equal(isFull({ ...full, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }), false);
        assert.equal(isFull({ ...full, Action: undefined, NotAction: "*" }), false);
    });
});

describe("a condition", () => {
    const context = new Map([
        ["aws:principaltag/team", ["Payments"]],
        ["aws:sourceip", ["10.1.2.3"]],
        ["aws:currenttime", ["2026-06-01T00:00:00Z"]],
        ["s3:max-keys", ["10"]],
        ["aws:securetransport", ["true"]],
        ["aws:sourcearn", ["arn:aws:sns:us-east-1:111122223333:topic"]],
        ["aws:tagkeys", ["a", "b"]],
    ]);
    const test = (operator: string, key: string, values: unknown): boolean | undefined =>
        holds(condition(operator, key, values), request({ context }));

    /** Values for which it holds, and for which it does not. */
    const compared: readonly (readonly [string, string, unknown, unknown])[] = [
        ["StringEquals", "aws:PrincipalTag/team", ["x", "Payments"], "payments"],
        ["StringNotEquals", "aws:PrincipalTag/team", "payments", ["x", "Payments"]],
        ["StringEqualsIgnoreCase", "aws:PrincipalTag/team", "PAYMENTS", "Payment"],
        ["StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", "Payment", "PAYMENTS"],
        ["StringLike", "aws:PrincipalTag/team", "Pay*", "pay*"],
        ["StringNotLike", "aws:PrincipalTag/team", "pay*", "Pay*"],
        ["NumericEquals", "s3:max-keys", "10.0", "11"],
        ["NumericNotEquals", "s3:max-keys", "11", "10"],
        ["NumericLessThan", "s3:max-keys", "11", "10"],
        ["NumericLessThanEquals", "s3:max-keys", "10", "9"],
        ["NumericGreaterThan", "s3:max-keys", "9", "10"],
        ["NumericGreaterThanEquals", "s3:max-keys", "10", "11"],
        ["DateEquals", "aws:CurrentTime", "2026-06-01T02:00:00+02:00", "2026-06-02T00:00:00Z"],
        ["DateNotEquals", "aws:CurrentTime", "2026-06-02T00:00:00Z", "2026-06-01T00:00:00Z"],
        ["DateLessThan", "aws:CurrentTime", "2026-06-01T00:00:01Z", "2026-06-01T00:00:00Z"],
        ["DateLessThanEquals", "aws:CurrentTime", "1780272000", "2026-05-31T23:59:59Z"],
        ["DateGreaterThan", "aws:CurrentTime", "2026-05-31T00:00:00Z", "2026-06-01T00:00:00Z"],
        ["DateGreaterThanEquals", "aws:CurrentTime", "2026-06-01T00:00:00Z", "2026-06-01T00:00:01Z"],
        ["Bool", "aws:SecureTransport", "TRUE", "false"],
        ["BinaryEquals", "aws:PrincipalTag/team", "Payments", "payments"],
        ["IpAddress", "aws:SourceIp", ["192.0.2.0/24", "10.0.0.0/8"], "10.1.2.4"],
        ["NotIpAddress", "aws:SourceIp", "10.1.2.4/32", "10.1.2.3"],
        ["ArnEquals", "aws:SourceArn", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:*:444455556666:*"],
        ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:topic", "arn:aws:sns:*:topic:*"],
        ["ArnNotEquals", "aws:SourceArn", "arn:aws:sqs:*:*:*", "arn:aws:sns:*:*:*"],
        ["ArnNotLike", "aws:SourceArn", "arn:aws:sqs:*:*:*", "arn:aws:sns:*:*:*"],
    ];
    for (const [operator, key, met, missed] of compared) {
        it(`compares by ${operator}, whatever its case`, () => {
            for (const written of [operator, operator.toLowerCase(), `${operator}IfExists`]) {
                assert.equal(test(written, key, met), true);
                assert.equal(test(written, key, missed), false);
            }
        });

        it(`lets an absent key pass ${operator} only where that denies or says so`, () => {
            const isNot = operator.includes("Not");
            assert.equal(test(operator, "aws:Absent", met), isNot);
            assert.equal(test(`${operator}IfExists`, "aws:Absent", met), true);
            assert.equal(test(`ForAllValues:${operator}`, "aws:Absent", met), true);
            assert.equal(test(`ForAnyValue:${operator}`, "aws:Absent", met), false);
            assert.equal(test(`ForAnyValue:${operator}IfExists`, "aws:Absent", met), true);
        });
    }

    it("asks by Null whether the key is absent", () => {
        assert.equal(test("Null", "aws:Absent", "true"), true);
        assert.equal(test("Null", "aws:Absent", false), false);
        assert.equal(test("Null", "aws:PrincipalTag/team", "false"), true);
        assert.equal(test("Null", "aws:PrincipalTag/team", "true"), false);
    });

    it("asks of all values, or of any", () => {
        assert.equal(test("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b", "c"]), true);
        assert.equal(test("ForAllValues:StringEquals", "aws:TagKeys", ["a"]), false);
        assert.equal(test("ForAnyValue:StringEquals", "aws:TagKeys", ["b", "c"]), true);
        assert.equal(test("ForAnyValue:StringEquals", "aws:TagKeys", ["c"]), false);
        assert.equal(test("ForAnyValue:StringNotEquals", "aws:TagKeys", ["a"]), true);
        assert.equal(test("ForAllValues:StringNotEquals", "aws:TagKeys", ["a"]), false);
        assert.equal(test("ForAllValues:StringNotEquals", "aws:TagKeys", ["c"]), true);
    });

    it("puts the request's values for policy variables", () => {
        assert.equal(test("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"), true);
        assert.equal(test("StringEquals", "aws:ResourceAccount", "${aws:PrincipalTag/team}"), false);
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "${aws:Absent, 'Payments'}"), true);
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "${aws:Absent}"), false);
        assert.equal(test("StringNotEquals", "aws:PrincipalTag/team", "${aws:Absent}"), true);
    });

    it("cannot be told for an operator that IAM does not know", () => {
        assert.equal(test("StringEqual", "aws:PrincipalTag/team", "Payments"), undefined);
    });

    it("knows callers and owners by every key of theirs", () => {
        for (const [key, value] of Object.entries({
            "aws:PrincipalArn": role,
            "aws:PrincipalAccount": account,
            "aws:PrincipalOrgID": "o-own",
            "aws:PrincipalOrgPaths": "o-own/r-1/ou-2/",
            "aws:PrincipalIsAWSService": "false",
            "aws:ResourceAccount": account,
            "s3:ResourceAccount": account,
            "aws:ResourceOrgID": "o-own",
            "aws:ResourceOrgPaths": "o-own/r-1/ou-2/",
        })) {
            assert.equal(test("StringEquals", key, value), true, key);
        }
    });

    it("does not find out about anonymous callers whether they are AWS services", () => {
        const anonymous = request({ identity: {} });
        assert.equal(holds(condition("Bool", "aws:PrincipalIsAWSService", "false"), anonymous), false);
        assert.equal(holds(condition("Null", "aws:PrincipalIsAWSService", "true"), anonymous), true);
        const service = request({ identity: { service: "ecs.amazonaws.com" } });
        assert.equal(holds(condition("Bool", "aws:PrincipalIsAWSService", "true"), service), true);
        assert.equal(holds(condition("StringEquals", "aws:PrincipalServiceName", "ecs.amazonaws.com"), service), true);
    });
});

describe("an element", () => {
    it("matches actions in any case, or all others", () => {
        assert.equal(matchesAction({ not: false, patterns: ["S3:get*"] }, "s3:GetObject"), true);
        assert.equal(matchesAction({ not: false, patterns: ["s3:Put*"] }, "s3:GetObject"), false);
        assert.equal(matchesAction({ not: true, patterns: ["s3:Put*"] }, "s3:GetObject"), true);
        assert.equal(matchesAction({ not: true, patterns: ["*"] }, "s3:GetObject"), false);
    });

    it("matches resources, with the caller's values for variables, or all others", () => {
        const of = (pattern: string, not = false): boolean => matchesResource({ not, patterns: [pattern] }, request());
        assert.equal(of("arn:aws:s3:::assets/*"), true);
        assert.equal(of("arn:aws:s3:::Assets/*"), false);
        assert.equal(of("arn:aws:s3:::assets/*", true), false);
        assert.equal(of("arn:aws:s3:::${aws:Absent, 'assets'}/*"), true);
        assert.equal(of("arn:aws:s3:::${aws:Absent}*"), false);
    });

    it("matches ARNs part by part", () => {
        assert.equal(matchesArn("arn:aws:s3:::assets/*", "arn:aws:s3:::assets/a/b:c"), true);
        assert.equal(matchesArn("arn:aws:s3:::assets/*", "arn:aws:s3:::assets"), false);
        assert.equal(matchesArn("arn:aws:*:*:*:*", "arn:aws:sqs:us-east-1:111122223333:orders"), true);
        assert.equal(matchesArn("arn:aws:*:*:*:orders", "arn:aws:sqs:us-east-1:111122223333:a:orders"), false);
        assert.equal(matchesArn("arn:aws:s3:*:*:assets", "arn:aws:s3:::assets"), true);
        assert.equal(matchesArn("*", "arn:aws:s3:::assets"), true);
        assert.equal(matchesArn("arn:aws-cn:s3:::assets", "arn:aws:s3:::assets"), false);
        assert.equal(
            matchesArn(
                "arn:aws:secretsmanager:*:*:secret:app-??????",
                "arn:aws:secretsmanager:us-east-1:1:secret:app-1a2B3c",
            ),
            true,
        );
    });

    it("matches principals by account, ARN, service or provider", () => {
        const of = (Principal: unknown, identity: Request["identity"] = request().identity): boolean =>
            matchesPrincipal(parsed({ Principal }).principals, identity);
        assert.equal(of("*"), true);
        assert.equal(of("*", {}), true);
        assert.equal(of({ AWS: account }), true);
        assert.equal(of({ AWS: `arn:aws-cn:iam::${account}:root` }), true);
        assert.equal(of({ AWS: role }), true);
        assert.equal(of({ AWS: `arn:aws:iam::${account}:role/job` }), false);
        assert.equal(of({ AWS: "444455556666" }), false);
        assert.equal(of({ AWS: account }, {}), false);
        assert.equal(of({ Service: "ecs.amazonaws.com" }, { service: "ecs.amazonaws.com" }), true);
        assert.equal(of({ Service: "ecs.amazonaws.com" }, { service: "ec2.amazonaws.com" }), false);
        assert.equal(of({ Federated: "accounts.google.com" }, { other: "accounts.google.com" }), true);
        assert.equal(of({ CanonicalUser: "79a59d" }), false);
        const { principals } = parsed({ Principal: undefined, NotPrincipal: { AWS: role } });
        assert.equal(matchesPrincipal(principals, request().identity), false);
        assert.equal(matchesPrincipal(principals, {}), true);
    });
});

describe("what two patterns have in common", () => {
    const pairs: readonly (readonly [string, string, string | undefined])[] = [
        ["abc", "abc", "abc"],
        ["abc", "abd", undefined],
        ["abc", "ab", undefined],
        ["a*", "abc", "abc"],
        ["a*c", "*b*", "abc"],
        ["a?c", "ab*", "abc"],
        ["a*", "b*", undefined],
        ["*a", "*b", undefined],
        ["??", "x", undefined],
        ["*", "", ""],
        ["arn:aws:s3:::app-*", "arn:aws:s3:::*/secret", "arn:aws:s3:::app-/secret"],
    ];
    for (const [one, other, expected] of pairs) {
        it(`is ${expected === undefined ? "nothing" : "a text that both match"} for ${one} and ${other}`, () => {
            for (const [a, b] of [
                [one, other],
                [other, one],
            ] as const) {
                const found = common(a, b, "b");
                assert.equal(found === undefined, expected === undefined);
                assert.ok(found === undefined || (matches(a, found) && matches(b, found)), found);
            }
        });
    }

    it("is filled with what stands for anything where both leave that open", () => {
        assert.equal(common("a*", "*", "filling"), "afilling");
    });
});

describe("the name in an ARN", () => {
    it("is that of the bucket or the table", () => {
        assert.equal(nameIn("arn:aws:s3:::assets"), "assets");
        assert.equal(nameIn("arn:aws:s3:::assets/a/b"), "assets");
        assert.equal(nameIn("arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/by-day"), "orders");
    });
});

describe("what is AWS's own", () => {
    const patterns = ["arn:aws:s3:::prod-REGION-layers/*", "arn:aws:s3:::agent/*", "arn:aws:s3:::REGION.emr"];
    const isOwned = (arn: string): boolean => isOwnedByAws(arn, patterns);

    it("has any Region in any partition, where the pattern has one", () => {
        assert.equal(isOwned("arn:aws:s3:::prod-us-east-1-layers/a"), true);
        assert.equal(isOwned("arn:aws-cn:s3:::prod-cn-northwest-1-layers/a"), true);
        assert.equal(isOwned("arn:aws-us-gov:s3:::prod-us-gov-west-1-layers/a"), true);
        assert.equal(isOwned("arn:aws:s3:::ap-southeast-2.emr"), true);
        assert.equal(isOwned("arn:aws:s3:::agent/a"), true);
    });

    it("has nothing else in its place", () => {
        assert.equal(isOwned("arn:aws:s3:::prod-acme-layers/a"), false);
        assert.equal(isOwned("arn:aws:s3:::prod-my-east-1-layers/a"), false);
        assert.equal(isOwned("arn:aws:s3:::prod-acme-us-east-1-layers/a"), false);
        assert.equal(isOwned("arn:aws:s3:::prod-REGION-layers"), false);
        assert.equal(isOwned("arn:aws:s3:::prod-us-east-1-layers-mine/a"), false);
    });
});

describe("a document", () => {
    const admitsRequest = (statements: readonly object[], given: Partial<Request> = {}): boolean =>
        admits(PolicyDocument.parse({ Statement: statements }), request(given));
    const allow = statement({});
    const deny = (given: object): object => statement({ Effect: "Deny", ...given });

    it("admits what a statement allows and none denies", () => {
        assert.equal(admitsRequest([allow]), true);
        assert.equal(admitsRequest([]), false);
        assert.equal(admitsRequest([deny({})]), false);
        assert.equal(admitsRequest([allow, deny({ Action: "s3:Put*" })]), true);
        assert.equal(admitsRequest([allow, deny({ Action: "s3:Get*" })]), false);
        assert.equal(admitsRequest([deny({ Resource: "arn:aws:s3:::assets/*" }), allow]), false);
        assert.equal(admitsRequest([statement({ Action: "s3:Put*" })]), false);
        assert.equal(admitsRequest([statement({ Principal: { AWS: "444455556666" } })]), false);
    });

    it("admits what it does under some value of a key that neither caller nor owner decides", () => {
        const fromVpc = { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
        assert.equal(admitsRequest([statement(fromVpc)]), true);
        assert.equal(admitsRequest([allow, deny(fromVpc)]), true);
        assert.equal(admitsRequest([statement(fromVpc), deny(fromVpc)]), false);
    });

    it("does not admit callers and owners who do not meet its conditions", () => {
        const own = statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-own" } } });
        assert.equal(admitsRequest([own]), true);
        assert.equal(admitsRequest([own], { identity: { arn: role, account } }), false);
        const held = statement({ Condition: { StringEquals: { "aws:ResourceOrgID": "o-own" } } });
        assert.equal(admitsRequest([held]), true);
        assert.equal(admitsRequest([held], { owner: {} }), false);
    });

    it("cannot be told where a condition cannot", () => {
        const unknown = { Condition: { StringEqual: { "aws:PrincipalOrgID": "o-own" } } };
        assert.throws(() => admitsRequest([statement(unknown)]), /whether s3:GetObject passes/);
        assert.throws(() => admitsRequest([allow, deny(unknown)]), /whether s3:GetObject passes/);
        assert.equal(admitsRequest([statement(unknown), allow]), true);
    });

    it("opens by each statement that lets something outside through, and says which", () => {
        const document = PolicyDocument.parse({
            Statement: [
                statement({ Sid: "Reads", Action: "s3:Get*" }),
                statement({ Action: "s3:Put*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-own" } } }),
                statement({ Action: "s3:Delete*" }),
                deny({ Action: "s3:Delete*" }),
            ],
        });
        const found = [
            ...openings(document, { services: ["s3"], isOutside: ({ identity }) => identity.organization !== "o-own" }),
        ];
        assert.deepEqual(
            found.map(opening => [statementName(opening.statement), opening.request.action]),
            [["Statement Reads", "s3:GetObject"]],
        );
        assert.ok(found.every(opening => admits(document, opening.request)));
    });

    it("opens for what its wildcards have in common with those of another statement", () => {
        const document = PolicyDocument.parse({
            Statement: [
                statement({ Action: "s3:GetObject", Resource: "arn:aws:s3:::app-*" }),
                deny({ Resource: undefined, NotResource: "arn:aws:s3:::*/public/*" }),
            ],
        });
        const [only, ...others] = [...openings(document, { services: ["s3"], isOutside: () => true })];
        assert.equal(others.length, 0);
        assert.match(only?.request.resource ?? "", /^arn:aws:s3:::app-.*\/public\//);
    });
});
