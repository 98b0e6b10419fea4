/** What is read of IAM's policy documents, and what their elements say of requests. */
import { strict as assert } from "node:assert";
import { common, matches } from "../network/glob";
import { accountIn, commonArn, instancesOf, matchesArn, nameIn, principalIn } from "../network/iam/arn";
import { type Condition, PolicyDocument, statementName } from "../network/iam/document";
import { faults as endpointFaults } from "../network/iam/faults";
import { admits, type Bounds, type Opening, openings } from "../network/iam/reach";
import { holds, matchesAction, matchesPrincipal, matchesResource, type Request } from "../network/iam/request";
import { isAnybody, isOwnedByAws, resourcesOfAws } from "../network/iam/trust";
import { starred } from "../network/iam/unnamed";

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
    const [only] = PolicyDocument.parse({ Version: "2012-10-17", Statement: statement(given) }).statements;
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

    it("is not read where it is longer than any that AWS takes", () => {
        assert.deepEqual(faultsOf("x".repeat(100_000)), ["it is not JSON"]);
        assert.deepEqual(faultsOf("x".repeat(100_001)), []);
    });

    it("has policy variables in the newer version of the language alone", () => {
        const own = { Condition: { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } } };
        const isOwn = (Version?: string): boolean | undefined => {
            const [one] = PolicyDocument.parse({ Version, Statement: statement(own) }).statements[0]?.conditions ?? [];
            return one && holds(one, request());
        };
        assert.equal(isOwn("2012-10-17"), true);
        assert.equal(isOwn("2008-10-17"), false);
        assert.equal(isOwn(), false);
        const [named] = PolicyDocument.parse({ Statement: statement({ Resource: "arn:aws:s3:::${x}" }) }).statements;
        assert.equal(true, named && matchesResource(named.resources, request({ resource: "arn:aws:s3:::${x}" })));
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
        ["an account without a word of what it is", account, [["AWS", account]]],
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
        assert.equal(condition("EachForAnyValue:StringEquals", "aws:TagKeys", "a").over, undefined);
    });

    it("takes truth values and numbers for texts", () => {
        assert.deepEqual(condition("Bool", "aws:SecureTransport", true).values, ["true"]);
        assert.deepEqual(condition("NumericLessThan", "s3:max-keys", [10]).values, ["10"]);
    });

    it("takes nothing from what is neither a text nor a list of texts", () => {
        assert.deepEqual(parsed({ Action: [{ s3: "*" }, null, "s3:GetObject"] }).actions.patterns, ["s3:GetObject"]);
        assert.deepEqual(parsed({ Condition: { StringEquals: "aws:PrincipalOrgID" } }).conditions, []);
        assert.deepEqual(condition("StringEquals", "aws:PrincipalOrgID", { is: "o-own" }).values, []);
        assert.deepEqual(parsed({ Action: null }).actions, { not: false, patterns: [] });
        assert.equal(parsed({ Sid: 5 }).sid, undefined);
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

    it("is not gone through where it is longer than any that IAM takes", () => {
        const written = JSON.stringify({ Statement: [statement({ Sid: "s".repeat(100_000) })] });
        const long = PolicyDocument.parse(written);
        assert.deepEqual(long.faults, []);
        assert.throws(() => long.statements, new RegExp(`^a policy of ${written.length} characters$`));
        const widest = JSON.stringify({ Statement: [statement({})] }).padEnd(100_000);
        assert.equal(PolicyDocument.parse(widest).statements.length, 1);
    });

    it("does not say what it lets through where it is longer than any that an endpoint takes", () => {
        const opens = (length: number): readonly Opening[] => [
            ...openings(PolicyDocument.parse(JSON.stringify({ Statement: [statement({})] }).padEnd(length)), {
                services: ["s3"],
            }),
        ];
        assert.equal(opens(20_480).length, 1);
        assert.throws(() => opens(20_481), /^what a policy of 20481 characters lets through$/);
    });

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

    it("compares addresses of both families", () => {
        const from = (address: string, block: string): boolean | undefined =>
            holds(
                condition("IpAddress", "aws:SourceIp", block),
                request({ context: new Map([["aws:sourceip", [address]]]) }),
            );
        assert.equal(from("2001:db8::1", "2001:db8::/32"), true);
        assert.equal(from("2001:db8::1", "2001:db8::1"), true);
        assert.equal(from("2001:db8::1", "2001:db8::2"), false);
        assert.equal(from("2001:db8::1", "0.0.0.0/0"), false);
        assert.equal(from("10.1.2.3", "::/0"), false);
    });

    it("asks by Null whether the key is absent", () => {
        assert.equal(test("Null", "aws:Absent", "true"), true);
        assert.equal(test("Null", "aws:Absent", false), false);
        assert.equal(test("Null", "aws:PrincipalTag/team", "false"), true);
        assert.equal(test("Null", "aws:PrincipalTag/team", "true"), false);
        assert.equal(test("Null", "aws:PrincipalTag/team", ["true", "false"]), true);
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
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "${aws:Absent,'Payments'}"), true);
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "${aws:Absent,  'Payments'}"), true);
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "${aws:Absent}"), false);
        assert.equal(test("StringNotEquals", "aws:PrincipalTag/team", "${aws:Absent}"), true);
        assert.equal(test("StringLike", "aws:PrincipalTag/team", "Pay*"), true);
        assert.equal(test("StringLike", "aws:PrincipalTag/team", "Pay${*}"), false);
        assert.equal(test("StringLike", "aws:PrincipalTag/team", "Payment${?}"), false);
    });

    it("leaves a variable that is not closed as it is written", () => {
        const open = new Map([["aws:principaltag/team", ["Pay${ments"]]]);
        const held = condition("StringEquals", "aws:PrincipalTag/team", "Pay${ments");
        assert.equal(holds(held, request({ context: open })), true);
        assert.equal(test("StringEquals", "aws:PrincipalTag/team", "Pay${ments"), false);
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
        const decrypt = request({ action: "kms:Decrypt" });
        assert.equal(holds(condition("StringEquals", "s3:ResourceAccount", account), decrypt), false);
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
        const of = (pattern: string, not = false): boolean | undefined =>
            matchesResource({ not, patterns: [pattern] }, request());
        assert.equal(of("arn:aws:s3:::assets/*"), true);
        assert.equal(of("arn:aws:s3:::Assets/*"), false);
        assert.equal(of("arn:aws:s3:::assets/*", true), false);
        assert.equal(of("arn:aws:s3:::${aws:Absent, 'assets'}/*"), true);
        assert.equal(of("arn:aws:s3:::${aws:Absent}*"), false);
        assert.equal(of("arn:aws:s3:::assets/${*}"), false);
        const named = (pattern: string, name: string): boolean | undefined =>
            matchesResource({ not: false, patterns: [pattern] }, request({ resource: `arn:aws:s3:::${name}` }));
        for (const wildcard of ["*", "?"]) {
            assert.equal(named(`arn:aws:s3:::a\${${wildcard}}`, `a${wildcard}`), true);
            assert.equal(named(`arn:aws:s3:::a\${${wildcard}}`, "a"), false);
        }
        assert.equal(named("arn:aws:s3:::a${*}", "a?"), false);
    });

    it("cannot be told to match by an ARN that lacks parts, only not to", () => {
        const of = (pattern: string, not = false): boolean | undefined =>
            matchesResource({ not, patterns: [pattern] }, request());
        assert.equal(of("*"), true);
        for (const pattern of ["arn:aws:s3", "arn:aws:s3:*", "arn:*", "arn:aws:s3*"]) {
            assert.equal(of(pattern), undefined, pattern);
            assert.equal(of(pattern, true), undefined, pattern);
        }
        assert.equal(of("arn:aws:sqs:*"), false);
        assert.equal(of("arn:*:assets/logo.png"), false);
        assert.equal(of("arn:aws:sqs:*", true), true);
        assert.equal(of("arn:aws:s3::${aws:Absent, ''}:assets/*"), undefined);
        assert.equal(of("arn:aws:s3::${aws:Absent, 'x'}:assets/*"), false);
        const byArn = (operator: string, pattern: string): boolean | undefined =>
            holds(condition(operator, "aws:PrincipalArn", pattern), request());
        for (const operator of ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"]) {
            assert.equal(byArn(operator, "arn:aws:iam::*"), undefined, operator);
            assert.equal(byArn(operator, "arn:aws:sts::*"), operator.includes("Not"), operator);
        }
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
        assert.equal(of({ CanonicalUser: "79a59d" }, { other: "79a59d" }), true);
        assert.equal(of({ AWS: `arn:aws:iam::444455556666:user/${account}` }), false);
        assert.equal(of({ Service: "*" }), false);
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
        ["?a?", "?b?", undefined],
        ["a?*", "*?b", "a?b"],
        ["x", "x", "x"],
        ["*", "", ""],
        ["arn:aws:s3:::app-*", "arn:aws:s3:::*/secret", "arn:aws:s3:::app-/secret"],
    ];
    for (const [one, other, expected] of pairs) {
        it(`is ${expected === undefined ? "nothing" : "what both match"} for ${one} and ${other}`, () => {
            for (const [a, b] of [
                [one, other],
                [other, one],
            ] as const) {
                const found = common(a, b);
                assert.equal(found === undefined, expected === undefined);
                assert.ok(found === undefined || (matches(a, found) && matches(b, found)), found);
            }
        });
    }

    it("leaves open what both leave open", () => {
        assert.equal(common("a*", "*"), "a*");
        assert.equal(common("a?", "*?"), "a?");
    });
});

describe("the name in an ARN", () => {
    it("is that of the bucket or the table", () => {
        assert.equal(nameIn("arn:aws:s3:::assets"), "assets");
        assert.equal(nameIn("arn:aws:s3:::assets/a/b"), "assets");
        assert.equal(nameIn("arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/by-day"), "orders");
    });
});

describe("the account in an ARN", () => {
    it("is its fifth part, where that is one", () => {
        assert.equal(accountIn(role), account);
        assert.equal(accountIn("arn:aws:s3:::assets"), undefined);
        assert.equal(accountIn("arn:aws:sqs:us-east-1:1111222233334:orders"), undefined);
        assert.equal(accountIn("arn:aws:sqs:us-east-1:a111122223333:orders"), undefined);
        assert.equal(accountIn("arn:aws:sqs"), undefined);
    });

    it("is found beside variables that have colons", () => {
        assert.equal(accountIn(`arn:aws:sqs:\${aws:PrincipalTag/a:b}:${account}:orders`), account);
        assert.equal(accountIn(`arn:aws:sqs:us-east-1:${account}:\${aws:PrincipalTag/a:b}`), account);
        assert.equal(accountIn(`arn:aws:sqs:us-east-1:\${aws:username}:${account}`), undefined);
        assert.equal(accountIn(`\${aws:a}:\${aws:b}:sqs:us-east-1:${account}:orders`), account);
        assert.equal(accountIn(`:aws:\${aws:b}:us-east-1:${account}:orders`), account);
    });
});

describe("what two patterns of ARNs have in common", () => {
    it("is told part by part", () => {
        assert.equal(commonArn("arn:aws:s3:::a*", "arn:aws:s3:*:*:ab*"), "arn:aws:s3:::ab*");
        assert.equal(commonArn("arn:aws:s3:::a*", "arn:aws:s3:::b*"), undefined);
        assert.equal(commonArn("arn:aws:*:::a", "arn:aws:s3:x:::a"), undefined);
        assert.equal(commonArn("arn:aws:s3:::a*", "arn:aws:s3:::a*"), "arn:aws:s3:::a*");
    });

    it("is told of the whole where one of them lacks parts", () => {
        for (const [one, other] of [
            ["*:s3:::a", "arn:aws:s3:::a"],
            ["arn:aws:s3:::a", "*:s3:::a"],
        ] as const) {
            assert.equal(commonArn(one, other), "arn:aws:s3:::a");
        }
        assert.equal(commonArn("arn:aws:s3*", "arn:aws*"), "arn:aws:s3*");
    });
});

describe("the faults of an endpoint policy", () => {
    const faultsFor = (prefixes: readonly string[] | undefined, ...statements: readonly object[]): readonly string[] =>
        [
            ...endpointFaults(PolicyDocument.parse({ Version: "2012-10-17", Statement: statements }), {
                prefixes: () => prefixes,
                isGateway: () => false,
            }),
        ].map(({ message }) => message);
    const where = (operator: string, key: string, value: string): readonly string[] =>
        faultsFor(undefined, statement({ Condition: { [operator]: { [key]: value } } }));

    it("are none where a statement allows actions of one of several prefixes", () => {
        assert.deepEqual(faultsFor(["kms", "sts"], statement({ Action: "sts:*" })), []);
        assert.deepEqual(faultsFor(["kms"], statement({ Action: ["sns:Publish", "kms:*"] })), []);
        assert.deepEqual(faultsFor(["kms", "sts"], statement({ Action: "sns:*" })), [
            "No statement allows any action of kms or sts, so nothing passes the endpoint.",
        ]);
    });

    it("are none where a prefix is one of which the actions are not known", () => {
        assert.deepEqual(faultsFor(["kms", "clairvoyance"], statement({ Action: "sns:*" })), []);
        assert.deepEqual(faultsFor(undefined, statement({ Action: "sns:*" })), []);
    });

    it("have wildcards in ids that AWS gives, and only there", () => {
        assert.equal(where("StringLike", "aws:SourceVpce", "vpce-0123*").length, 1);
        assert.deepEqual(where("StringLike", "aws:SourceVpce", "vpce-0123456789abcdef0"), []);
        assert.deepEqual(where("StringEquals", "aws:SourceVpce", "vpce-0123*"), []);
    });

    it("have few characters beside a wildcard in texts, and only there", () => {
        assert.equal(where("StringLike", "aws:PrincipalTag/team", "app*").length, 1);
        assert.deepEqual(where("StringLike", "aws:PrincipalTag/team", "orders**"), []);
        assert.deepEqual(where("StringLike", "aws:PrincipalTag/team", "app"), []);
        assert.deepEqual(where("ArnLike", "aws:PrincipalArn", "arn:*:iam::*:role/app"), []);
    });

    it("have a part of an account in an ARN, and only there", () => {
        assert.equal(where("ArnLike", "aws:PrincipalArn", "arn:aws:iam::1111*:role/app").length, 1);
        assert.deepEqual(where("StringEquals", "aws:PrincipalTag/team", "a:b:c:d:1*:e"), []);
    });
});

describe("anybody", () => {
    it("is nobody whom a document can name", () => {
        assert.equal(isAnybody({}), true);
        assert.equal(isAnybody({ other: "accounts.google.com" }), false);
        assert.equal(isAnybody({ service: "ecs.amazonaws.com" }), false);
        assert.equal(isAnybody({ account }), false);
    });
});

describe("the ARN of somebody in an account", () => {
    it("is what a pattern matches there", () => {
        assert.equal(principalIn(account, role), role);
        assert.equal(principalIn(account, "arn:aws:iam::*:role/app"), role);
        assert.equal(principalIn("444455556666", role), undefined);
        assert.match(principalIn(account, "arn:aws:iam::*") ?? "", /^arn:aws:iam::111122223333:/);
        assert.equal(principalIn(account, "arn:aws-cn:*"), undefined);
        assert.equal(principalIn(account, "arn:*:*:*:*:role/app"), role);
    });
});

describe("what is AWS's own", () => {
    const patterns = [
        "arn:aws:s3:::prod-REGION-layers/*",
        "arn:aws:s3:::agent/*",
        "arn:aws:s3:::REGION.emr",
        "arn:aws:s3:::PATCH-BUCKET/*",
        "arn:aws:s3:::response-DASHLESS-REGION",
    ];
    const isOwned = (arn: string): boolean => isOwnedByAws(arn, patterns);

    it("has any Region in any partition, where the pattern has one", () => {
        assert.equal(isOwned("arn:aws:s3:::prod-us-east-1-layers/a"), true);
        assert.equal(isOwned("arn:aws-cn:s3:::prod-cn-northwest-1-layers/a"), true);
        assert.equal(isOwned("arn:aws-us-gov:s3:::prod-us-gov-west-1-layers/a"), true);
        assert.equal(isOwned("arn:aws:s3:::ap-southeast-2.emr"), true);
        assert.equal(isOwned("arn:aws:s3:::agent/a"), true);
        assert.equal(isOwned("arn:aws:s3:::response-apsoutheast2"), true);
        assert.equal(isOwned("arn:aws:s3:::response-ap-southeast-2"), false);
        assert.equal(isOwned("arn:aws:s3:::useast1.emr"), false);
    });

    it("has what AWS's examples of endpoint policies except", () => {
        for (const arn of [
            "arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31",
            "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0",
            "arn:aws:s3:::session-manager-downloads/plugin/latest/linux_64bit/session-manager-plugin.rpm",
            "arn:aws:s3:::cloudformation-custom-resource-response-useast1/a",
            "arn:aws:ssm:us-east-1::document/AWS-RunShellScript",
        ]) {
            assert.equal(isOwnedByAws(arn, resourcesOfAws), true, arn);
        }
        assert.equal(isOwnedByAws("arn:aws:ec2:us-east-1:123456789012:snapshot/snap-1", resourcesOfAws), false);
    });

    it("has the buckets for patches that AWS lists, and none that is only called alike", () => {
        const isPatchBucket = (bucket: string): boolean => isOwned(`arn:aws:s3:::${bucket}/a`);
        assert.equal(isPatchBucket("patch-baseline-snapshot-us-east-2"), true);
        assert.equal(isPatchBucket("patch-baseline-snapshot-me-south-1-uduvl7q8"), true);
        assert.equal(isPatchBucket("aws-patch-manager-us-east-2-552881074"), true);
        assert.equal(isPatchBucket("aws-patchmanager-macos-us-east-2-552881074"), true);
        assert.equal(isPatchBucket("patch-baseline-snapshot-me-south-1"), false);
        assert.equal(isPatchBucket("patch-baseline-snapshot-us-east-2-552881074"), false);
        assert.equal(isPatchBucket("aws-patch-manager-us-east-1-552881074"), false);
        assert.equal(isPatchBucket("aws-patch-manager-us-east-2"), false);
        assert.equal(isPatchBucket("PATCH-BUCKETS"), false);
        assert.equal(isOwned("arn:aws-us-gov:s3:::patch-baseline-snapshot-us-gov-west-1/a"), true);
        assert.equal(isOwned("arn:aws:s3:::patch-baseline-snapshot-us-east-2"), false);
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
    const versioned = (...statements: readonly object[]): PolicyDocument =>
        PolicyDocument.parse({ Version: "2012-10-17", Statement: statements });
    const openingOf = (bounds: Omit<Bounds, "services">, given: object): Opening | undefined => {
        const [first] = openings(versioned(statement(given)), { services: ["s3"], ...bounds });
        return first;
    };
    const isOpen = (bounds: Omit<Bounds, "services">, given: object): boolean => openingOf(bounds, given) !== undefined;

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

    it("does not admit what a statement with variables is not of", () => {
        const home = statement({ Resource: "arn:aws:s3:::homes/${aws:username}/*" });
        const versioned = PolicyDocument.parse({ Version: "2012-10-17", Statement: [home] });
        assert.equal(admits(versioned, request()), false);
        assert.throws(() => admits(versioned, request({ resource: "arn:aws:s3:::homes/q/x" })), /passes/);
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
            ...openings(document, { services: ["s3"], who: ({ organization }) => organization !== "o-own" }),
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
        const [only, ...others] = [...openings(document, { services: ["s3"] })];
        assert.equal(others.length, 0);
        assert.match(only?.request.resource ?? "", /^arn:aws:s3:::app-.*\/public\//);
    });

    /** What one statement, or the first of several, lets through: the resource of the first request that is found. */
    const openFor = (service: string, ...statements: readonly object[]): string | undefined => {
        const [first] = openings(PolicyDocument.parse({ Statement: statements }), { services: [service] });
        return first && starred(first.request.resource);
    };

    const opened: readonly (readonly [string, string, string, string])[] = [
        [
            "a bucket by wildcards in parts that S3 leaves empty",
            "s3",
            "arn:aws:s3:*:*:theirs/*",
            "arn:aws:s3:::theirs/*",
        ],
        ["a bucket by a wildcard for the service", "s3", "arn:aws:*:::theirs/*", "arn:aws:s3:::theirs/*"],
        ["a bucket in any partition", "s3", "arn:*:s3:::theirs/*", "arn:aws:s3:::theirs/*"],
        ["a bucket in another partition", "s3", "arn:aws-cn:s3:::theirs/*", "arn:aws-cn:s3:::theirs/*"],
        [
            "all that an account has in a Region",
            "kms",
            "arn:aws:kms:eu-west-1:444455556666:*",
            "arn:aws:kms:eu-west-1:444455556666:key/*",
        ],
        [
            "all tables of an account",
            "dynamodb",
            "arn:aws:dynamodb:*:444455556666:table/*",
            "arn:aws:dynamodb:us-east-1:444455556666:table/*",
        ],
        [
            "a secret with a slash in its name",
            "secretsmanager",
            "arn:aws:secretsmanager:us-east-1:444455556666:secret:app/db-??????",
            "arn:aws:secretsmanager:us-east-1:444455556666:secret:app/db-*",
        ],
        [
            "a log group with slashes in its name",
            "logs",
            "arn:aws:logs:us-east-1:444455556666:log-group:/aws/lambda/app:*",
            "arn:aws:logs:us-east-1:444455556666:log-group:/aws/lambda/app:*",
        ],
        [
            "a parameter with slashes in its name",
            "ssm",
            "arn:aws:ssm:us-east-1:444455556666:parameter/app/prod/*",
            "arn:aws:ssm:us-east-1:444455556666:parameter/app/prod/*",
        ],
        ["a queue", "sqs", "arn:aws:sqs:us-east-1:444455556666:orders", "arn:aws:sqs:us-east-1:444455556666:orders"],
        ["whatever an ARN means that lacks parts", "sqs", "arn:aws:sqs:eu-*", "arn:aws:sqs:eu-us-east-1:*:*"],
    ];
    for (const [title, service, Resource, expected] of opened) {
        it(`opens for ${title}`, () => {
            const found = openFor(service, statement({ Action: "*", Resource }));
            assert.equal(found?.replace(/\uE001+|\uE002+/, "*"), expected);
        });
    }

    it("does not open for resources of other services", () => {
        assert.equal(openFor("s3", statement({ Action: "*", Resource: "arn:aws:sqs:*:*:*" })), undefined);
        assert.equal(openFor("sqs", statement({ Action: "*", Resource: "arn:aws:s3:::*" })), undefined);
    });

    it("is not closed by a Deny of an ARN that lacks parts, and not open either", () => {
        const untold = /^what Statement 1 lets through$/;
        const tried = (...denied: readonly object[]): string | undefined => openFor("s3", allow, ...denied);
        for (const Resource of ["*", "arn:aws:s3:::*"]) {
            assert.equal(openFor("s3", statement({ Action: "s3:PutObject", Resource }), deny({ Resource })), undefined);
        }
        for (const Resource of ["arn:aws:s3:*", "arn:aws:s3", "arn:*"]) {
            const puts = statement({ Action: "s3:PutObject" });
            assert.throws(() => openFor("s3", puts, deny({ Resource })), untold, Resource);
            assert.throws(() => openFor("s3", puts, deny({ Resource: undefined, NotResource: Resource })), untold);
        }
        assert.ok(tried(deny({ Resource: "arn:*:theirs" })) !== undefined);
    });

    it("opens by an Allow for principals by an ARN that lacks parts, and is not closed by a Deny", () => {
        const byArn = (operator: string) => ({ Condition: { [operator]: { "aws:PrincipalArn": "arn:aws:iam::*" } } });
        assert.ok(openFor("s3", statement(byArn("ArnLike"))) !== undefined);
        const signed = { Null: { "aws:PrincipalArn": "false" } };
        assert.throws(() => openFor("s3", statement({ Condition: signed }), deny(byArn("ArnLike"))), /lets through/);
    });

    it("opens for values of a key that several conditions ask for", () => {
        const both = {
            Condition: {
                StringLike: { "aws:PrincipalTag/team": "payments-*" },
                StringLikeIfExists: { "aws:PrincipalTag/team": "*-production" },
            },
        };
        assert.ok(openFor("s3", statement(both)) !== undefined);
        const none = {
            Condition: {
                StringLike: { "aws:PrincipalTag/team": "payments-*" },
                StringLikeIfExists: { "aws:PrincipalTag/team": "billing-*" },
            },
        };
        assert.equal(openFor("s3", statement(none)), undefined);
    });

    it("opens for numbers and times between those that its conditions ask for, if there are any", () => {
        const isOpen = (Condition: object): boolean => openFor("s3", statement({ Condition })) !== undefined;
        const keys = (less: string, more: string): object => ({
            NumericLessThan: { "s3:max-keys": less },
            NumericGreaterThan: { "s3:max-keys": more },
        });
        assert.equal(isOpen(keys("10", "8")), true);
        assert.equal(isOpen(keys("8", "10")), false);
        const time = (before: string, after: string): object => ({
            DateLessThan: { "aws:CurrentTime": before },
            DateGreaterThan: { "aws:CurrentTime": after },
        });
        assert.equal(isOpen(time("2026-12-31T00:00:00Z", "2026-01-01T00:00:00Z")), true);
        assert.equal(isOpen(time("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z")), false);
        assert.equal(isOpen({ NumericLessThan: { "s3:max-keys": "10" } }), true);
        assert.equal(isOpen({ NumericGreaterThan: { "s3:max-keys": "10" } }), true);
        assert.equal(isOpen({ DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }), true);
        assert.equal(isOpen({ DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }), true);
        assert.equal(isOpen({ DateGreaterThan: { "aws:CurrentTime": "soon" } }), false);
        assert.equal(isOpen({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), true);
        assert.equal(isOpen({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), true);
        assert.equal(isOpen({ Bool: { "aws:SecureTransport": "false" } }), true);
        assert.equal(
            isOpen({ Bool: { "aws:SecureTransport": "false" }, BoolIfExists: { "aws:SecureTransport": "true" } }),
            false,
        );
    });

    it("opens to whoever is named, of whatever kind", () => {
        const who = (given: object): Request["identity"] | undefined => openingOf({}, given)?.request.identity;
        assert.deepEqual(who({ Principal: { Federated: "accounts.google.com" } }), { other: "accounts.google.com" });
        assert.deepEqual(who({ Principal: { CanonicalUser: "79a59d" } }), { other: "79a59d" });
        assert.deepEqual(who({ Principal: { Service: "ecs.amazonaws.com" } }), { service: "ecs.amazonaws.com" });
        const ofService = { StringEquals: { "aws:PrincipalServiceName": "delivery.logs.amazonaws.com" } };
        assert.deepEqual(who({ Condition: ofService }), { service: "delivery.logs.amazonaws.com" });
        const paths = { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-else123456/r-3/ou-4/*" } };
        assert.equal(who({ Condition: paths })?.organization, "o-else123456");
        assert.equal(
            who({ Condition: { StringLike: { "aws:PrincipalAccount": "44445555*" } } })?.account,
            "444455550000",
        );
        assert.equal(
            who({ Condition: { StringLike: { "aws:PrincipalAccount": "4444?5556666" } } })?.account,
            "444405556666",
        );
    });

    it("opens by the account for which a service calls to services, and to others only if it may be absent", () => {
        const opens = (isService: boolean, operator: string): boolean =>
            isOpen(
                { who: ({ service }) => (service !== undefined) === isService },
                { Condition: { [operator]: { "aws:SourceAccount": account } } },
            );
        assert.equal(opens(true, "StringEquals"), true);
        assert.equal(opens(false, "StringEquals"), false);
        assert.equal(opens(false, "StringEqualsIfExists"), true);
    });

    it("is not closed by the key by which S3 tells an owner, where the service is another one", () => {
        const own = { "s3:ResourceAccount": account };
        const [bound, unlessAbsent] = ["StringEquals", "StringEqualsIfExists"].map(operator =>
            statement({ Action: "*", Condition: { [operator]: own } }),
        );
        const strange = { whose: ({ account: owner }: Request["owner"]) => owner !== account };
        const isOpen = (service: string, one: object | undefined): boolean =>
            [...openings(PolicyDocument.parse({ Statement: one }), { services: [service], ...strange })].length > 0;
        assert.equal(isOpen("s3", bound), false);
        assert.equal(isOpen("sqs", bound), false);
        assert.equal(isOpen("sqs", unlessAbsent), true);
        assert.equal(
            isOpen(
                "s3express",
                statement({ Condition: { StringEquals: { "s3express:ResourceAccount": account } }, Action: "*" }),
            ),
            false,
        );
    });

    it("opens for a value that a variable stands for", () => {
        const resourcesOf = (document: PolicyDocument): readonly string[] =>
            [...openings(document, { services: ["s3"] })].map(({ request: { resource } }) => starred(resource));
        const tag = { "aws:PrincipalTag/team": "${aws:PrincipalAccount}" };
        assert.equal(resourcesOf(versioned(statement({ Condition: { StringEquals: tag } }))).length, 1);
        const home = statement({ Action: "s3:GetObject", Resource: "arn:aws:s3:::homes/${aws:username}/*" });
        assert.deepEqual(resourcesOf(versioned(home)), ["arn:aws:s3:::homes/*/*"]);
        const others = { services: ["s3"], what: (resource: string) => nameIn(resource) !== "homes" };
        assert.deepEqual([...openings(versioned(home), others)], []);
        // What makes the account of an owner and a tag one and the same is not looked for.
        const ofTag = { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalTag/account}" } };
        assert.throws(() => resourcesOf(versioned(statement({ Condition: ofTag }))), /what Statement 1 lets through/);
    });

    it("names what carries data out first, whether the service is known or not", () => {
        const named = (...Action: readonly string[]): string | undefined => {
            const [first] = openings(versioned(statement({ Action })), { services: undefined });
            return first && starred(first.request.action);
        };
        assert.equal(named("*"), "s3:PutObject");
        assert.equal(named("SQS:*"), "sqs:SendMessage");
        assert.equal(named("s*:PutObject"), "s3:PutObject");
        assert.equal(named("sqs:DeleteMessage", "sqs:ReceiveMessage"), "sqs:DeleteMessage");
        assert.equal(named("ssm:CreateDocument", "ssm:PutParameter"), "ssm:PutParameter");
        assert.equal(named("clairvoyance:Foretell"), "clairvoyance:Foretell");
        assert.equal(named("Clairvoyance:*"), "clairvoyance:*");
        // What is done to resources of other services, such as certificates, is told last.
        assert.equal(named("ec2:AssociateEnclaveCertificateIamRole", "ec2:StopInstances"), "ec2:StopInstances");
        assert.equal(named("s3:GetAccessPointForObjectLambda", "s3:ListAllMyBuckets"), "s3:ListAllMyBuckets");
    });

    it("opens for values that no condition names, where the key has to be there", () => {
        const elsewhere = {
            StringNotEquals: { "aws:SourceVpc": "vpc-0123456789abcdef0" },
            Null: { "aws:SourceVpc": "false" },
        };
        assert.equal(isOpen({}, { Condition: elsewhere }), true);
        const outside = { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" }, Null: { "aws:SourceIp": "false" } };
        assert.equal(isOpen({}, { Condition: outside }), true);
    });

    it("opens until the last date that there is", () => {
        assert.equal(
            isOpen({}, { Condition: { DateLessThan: { "aws:CurrentTime": "+275760-09-13T00:00:00Z" } } }),
            true,
        );
    });

    it("opens to an account that a pattern matches, and to none of another length", () => {
        const accountOf = (pattern: string): string | undefined =>
            openingOf({}, { Condition: { StringLike: { "aws:PrincipalAccount": pattern } } })?.request.identity.account;
        assert.equal(accountOf("4444*5555*"), "444400005555");
        assert.equal(accountOf("*6666"), "000000006666");
        assert.equal(accountOf("444455556666*"), "444455556666");
        assert.equal(accountOf("4444555566667"), undefined);
        assert.equal(accountOf("4444555566667*"), undefined);
    });

    it("opens to an account that only a resource names, if its owner may be it", () => {
        const table = "arn:aws:dynamodb:us-east-1:444455556666:table/orders";
        const where = (pattern: string) => ({ Condition: { StringLike: { "aws:ResourceAccount": pattern } } });
        const opensTable = (pattern: string): string | undefined =>
            openFor("dynamodb", statement({ Action: "dynamodb:PutItem", Resource: table, ...where(pattern) }));
        assert.equal(opensTable("44*"), table);
        assert.equal(opensTable("45*"), undefined);
    });

    it("has each account in one organization, whether it calls or owns", () => {
        const ofOrganization = { "aws:PrincipalAccount": account, "aws:PrincipalOrgID": "o-own" };
        const strange = { whose: ({ organization }: Request["owner"]) => organization !== "o-own" };
        const [own, any] = [{ "aws:ResourceAccount": account }, {}].map(whose =>
            isOpen(strange, { Condition: { StringEquals: { ...ofOrganization, ...whose } } }),
        );
        assert.deepEqual([own, any], [false, true]);
    });

    it("has nobody in a part of one organization who is in another one", () => {
        const inPart = (organization: string) => ({
            StringEquals: { "aws:PrincipalOrgID": "o-own" },
            "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${organization}/r-1/*` },
        });
        assert.equal(isOpen({}, { Condition: inPart("o-own") }), true);
        assert.equal(isOpen({}, { Condition: inPart("o-else") }), false);
    });

    it("opens for an organization that is named where a variable asks for the same of the owner", () => {
        const asTagged = { "aws:PrincipalTag/org": "o-a1b2c3d4e5", "aws:ResourceOrgID": "${aws:PrincipalTag/org}" };
        const found = openingOf({}, { Condition: { StringEquals: asTagged } });
        assert.equal(found?.request.owner.organization, "o-a1b2c3d4e5");
    });

    it("opens for what a variable stands for where it is one of several values", () => {
        const strange = { whose: ({ account: owner }: Request["owner"]) => owner !== "999988887777" };
        const either = { "aws:ResourceAccount": ["${aws:PrincipalAccount}", "999988887777"] };
        assert.equal(isOpen(strange, { Condition: { StringEquals: either } }), true);
    });

    it("is closed by what holds of no caller and owner, whatever its variables stand for", () => {
        const own = { "aws:PrincipalAccount": account, "aws:ResourceAccount": "${aws:PrincipalAccount}" };
        const tagged = { "s3:ExistingObjectTag/team": "${aws:PrincipalTag/team}" };
        const strange = { whose: ({ account: owner }: Request["owner"]) => owner !== account };
        assert.equal(isOpen(strange, { Condition: { StringEquals: { ...own, ...tagged } } }), false);
    });

    it("takes a variable that is one character for that character", () => {
        const notNamed = { what: (resource: string) => nameIn(resource) !== "a*b" };
        assert.equal(isOpen(notNamed, { Action: "s3:GetObject", Resource: "arn:aws:s3:::a${*}b/c" }), false);
    });

    it("may open for what is not what variables stand for", () => {
        const homes = ["arn:aws:s3:::homes/${aws:username}/*", "arn:aws:s3:::public/*"];
        const ofHomes = { what: (resource: string) => resource.startsWith("arn:aws:s3:::homes/") };
        const given = { Action: "s3:GetObject", Resource: undefined, NotResource: homes };
        assert.equal(isOpen(ofHomes, given), true);
    });

    it("opens for a value with an asterisk that is no wildcard", () => {
        const literal = { Condition: { StringEquals: { "aws:PrincipalTag/team": "any*" } } };
        assert.ok(openFor("s3", statement(literal)) !== undefined);
    });
});

describe("the resources of one format that a pattern matches", () => {
    const of = (pattern: string, format: string, owner?: string): readonly string[] =>
        instancesOf(format, owner)(pattern).map(starred);

    it("are in the account of the owner, if the pattern lets them", () => {
        const queue = "arn:$P:sqs:$R:$A:$X";
        assert.deepEqual(of("arn:aws:sqs:*:*:orders", queue, account), [`arn:aws:sqs:us-east-1:${account}:orders`]);
        assert.deepEqual(of(`arn:aws:sqs:*:${account}:orders`, queue, account).length, 1);
        assert.deepEqual(of("arn:aws:sqs:*:444455556666:orders", queue, account), []);
        assert.deepEqual(of("arn:aws:sqs:*:444455556666:orders", queue), ["arn:aws:sqs:us-east-1:444455556666:orders"]);
    });

    it("have what the pattern leaves open, and what it does not", () => {
        assert.deepEqual(of("arn:aws:s3:::app-*", "arn:$P:s3:::$X"), ["arn:aws:s3:::app-*", "arn:aws:s3:::app-"]);
        assert.ok(of("arn:aws:s3:::app-*", "arn:$P:s3:::$X/$X").includes("arn:aws:s3:::app-*/*"));
        assert.deepEqual(of("arn:aws:s3:::app/*", "arn:$P:s3:::$X"), []);
        assert.ok(of("*", "arn:$P:kms:$R:$A:key/$X", account).includes(`arn:aws:kms:us-east-1:${account}:key/*`));
        assert.deepEqual(of(`arn:aws:kms:*:*:alias/*`, "arn:$P:kms:$R:$A:key/$X", account), []);
    });

    it("have no slash in a part that a slash ends, nor in a name that is nothing but what varies", () => {
        const index = "arn:$P:dynamodb:$R:$A:table/$X/index/$X";
        const pattern = (name: string): string => `arn:aws:dynamodb:us-east-1:${account}:table/${name}`;
        assert.deepEqual(of(pattern("a/index/b"), index, account), [pattern("a/index/b")]);
        assert.deepEqual(of(pattern("a/c/index/b"), index, account), []);
        assert.deepEqual(of("arn:aws:s3:::a/b", "arn:$P:s3:::$X"), []);
    });

    it("may have slashes in what ends a name, and none but there", () => {
        const object = "arn:$P:s3:::$X/$X";
        assert.deepEqual(of("arn:aws:s3:::a/b/c", object), ["arn:aws:s3:::a/b/c"]);
        const stream = `arn:aws:logs:us-east-1:${account}:log-group:/app:log-stream:web`;
        assert.deepEqual(of(stream, "arn:$P:logs:$R:$A:log-group:$X:log-stream:$X", account), [stream]);
        assert.deepEqual(of(`${stream}:more`, "arn:$P:logs:$R:$A:log-group:$X:log-stream-of:$X", account), []);
    });

    it("have the dots of their format as dots", () => {
        assert.deepEqual(of(`arn:aws:x:us-east-1:${account}:a-b`, "arn:$P:x:$R:$A:a.b", account), []);
    });

    it("have something in each part of a name that has several", () => {
        const format = "arn:$P:logs:$R:$A:log-group:$X:log-stream:$X";
        const stream = `arn:aws:logs:us-east-1:${account}:log-group:app:log-stream:web`;
        assert.deepEqual(of(stream, format, account), [stream]);
        assert.deepEqual(of(`arn:aws:logs:us-east-1:${account}:log-group:app`, format, account), []);
    });
});
