import assert from "node:assert/strict";
import { complete, exactDataSources, GivenAnswers, placeOf, plausibleDataSources } from "../../cli/data-sources";
import { stringOf, stringsOf, type Properties } from "../../cli/untyped";

function ask(token: string, args: Properties, region = "us-east-1"): Properties {
    const answer = exactDataSources[token] ?? plausibleDataSources[token];
    assert.ok(answer, token);
    return complete(args, answer(args, placeOf(region)), placeOf(region));
}

describe("A data source", () => {
    const regions: readonly (readonly [region: string, partition: string, dnsSuffix: string])[] = [
        ["us-east-1", "aws", "amazonaws.com"],
        ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
        ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
        ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
        ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
        ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
    ];
    for (const [region, partition, dnsSuffix] of regions) {
        it(`answers for ${region} of partition ${partition} and domain ${dnsSuffix}`, () => {
            const answer = ask("aws:index/getPartition:getPartition", {}, region);
            assert.equal(answer["partition"], partition);
            assert.equal(answer["dnsSuffix"], dnsSuffix);
            assert.deepEqual(ask("aws-native:index:getPartition", {}, region)["partition"], partition);
            const text = Object.keys(plausibleDataSources)
                .map(token => JSON.stringify(ask(token, {}, region)))
                .join();
            for (const [, other] of text.matchAll(/"arn:([\w-]+):/g)) assert.equal(other, partition);
        });
    }

    it("answers with zones and their ids", () => {
        const zonesOf = (region: string) => {
            const { names, zoneIds } = ask("aws:index/getAvailabilityZones:getAvailabilityZones", {}, region);
            return [stringsOf(names), stringsOf(zoneIds)];
        };
        assert.deepEqual(zonesOf("us-east-1"), [
            ["us-east-1a", "us-east-1b", "us-east-1c"],
            ["use1-az1", "use1-az2", "use1-az3"],
        ]);
        assert.deepEqual(zonesOf("ap-northeast-1")[0], ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]);
        assert.deepEqual(zonesOf("ap-southeast-2")[1], ["apse2-az1", "apse2-az2", "apse2-az3"]);
        assert.deepEqual(zonesOf("us-gov-west-1")[1]?.[0], "usgw1-az1");
        const some = { excludeNames: ["us-east-1a"], excludeZoneIds: ["use1-az3"] };
        assert.deepEqual(ask("aws:index/getAvailabilityZones:getAvailabilityZones", some)["names"], ["us-east-1b"]);
    });

    it("answers the same to the same arguments, and otherwise to others", () => {
        const idOf = (id: string) => ask("aws:ec2/getSecurityGroup:getSecurityGroup", { name: id })["id"];
        assert.equal(idOf("a"), idOf("a"));
        assert.notEqual(idOf("a"), idOf("b"));
        assert.match(stringOf(idOf("a")), /^sg-0[0-9a-f]{16}$/);
        assert.equal(ask("aws:ec2/getVpc:getVpc", { id: "vpc-1" })["id"], "vpc-1");
    });

    it("answers with the prefix list that is asked for", () => {
        const filters = [{ name: "prefix-list-name", values: ["com.amazonaws.eu-west-1.dynamodb"] }];
        const token = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
        assert.equal(ask(token, { filters })["name"], "com.amazonaws.eu-west-1.dynamodb");
        assert.equal(ask(token, { name: "com.amazonaws.eu-west-1.s3" })["name"], "com.amazonaws.eu-west-1.s3");
        assert.match(stringOf(ask(token, {})["id"]), /^pl-[0-9a-f]{8}$/);
    });

    it("answers with the type of an endpoint service", () => {
        const typeOf = (args: Properties) => ask("aws:ec2/getVpcEndpointService:getVpcEndpointService", args);
        assert.equal(typeOf({ service: "s3" })["serviceType"], "Gateway");
        assert.equal(typeOf({ service: "s3", serviceType: "Interface" })["serviceType"], "Interface");
        assert.equal(typeOf({ service: "ecr.api" })["serviceName"], "com.amazonaws.us-east-1.ecr.api");
        assert.equal(
            typeOf({ serviceName: "com.amazonaws.us-east-1.kms" })["privateDnsName"],
            "kms.us-east-1.amazonaws.com",
        );
    });

    it("answers with a machine image of the architecture that is asked for", () => {
        const architectureOf = (args: Properties) => ask("aws:ec2/getAmi:getAmi", args)["architecture"];
        assert.equal(architectureOf({ filters: [{ name: "name", values: ["al2023-ami-*-arm64"] }] }), "arm64");
        assert.equal(architectureOf({ filters: [{ name: "name", values: ["al2023-ami-*"] }] }), "x86_64");
        const parameter = (name: string) => ask("aws:ssm/getParameter:getParameter", { name })["value"];
        assert.match(stringOf(parameter("/aws/service/ami-amazon-linux-latest/al2023")), /^ami-0[0-9a-f]{16}$/);
        assert.equal(parameter("/database/name"), "value");
    });

    it("works out the parts of an ARN, and subnets", () => {
        const arn = "arn:aws:rds:eu-west-1:123456789012:db:mysql-db";
        const { partition, service, region, account, resource } = ask("aws:index/getArn:getArn", { arn });
        assert.deepEqual(
            [partition, service, region, account, resource],
            ["aws", "rds", "eu-west-1", "123456789012", "db:mysql-db"],
        );
        const cidr = (ipBlock: string, count: number, cidrBits: number) =>
            ask("aws-native:index:cidr", { ipBlock, count, cidrBits })["subnets"];
        assert.deepEqual(cidr("192.168.0.0/24", 3, 6), ["192.168.0.0/26", "192.168.0.64/26", "192.168.0.128/26"]);
        assert.deepEqual(cidr("10.0.255.0/16", 2, 8), ["10.0.255.0/24", "10.1.0.0/24"]);
        assert.throws(() => cidr("192.168.0.0/24", 5, 6), /5 blocks of 6 bits do not fit/);
        assert.throws(() => cidr("2001:db8::/32", 1, 64), /do not fit in "2001:db8::\/32"/);
    });
});

describe("The answers of a user", () => {
    it("are found by token and by the arguments that they name", () => {
        const answers = new GivenAnswers([
            { token: "a", args: { filter: { name: "x" }, ids: [1, 2] }, result: { value: 1 } },
            { token: "a", result: { value: 2 } },
        ]);
        assert.deepEqual(answers.find("a", { filter: { name: "x", more: true }, ids: [1, 2] }), { value: 1 });
        assert.deepEqual(answers.find("a", { filter: { name: "x" }, ids: [1] }), { value: 2 });
        assert.equal(answers.find("b", {}), undefined);
        assert.deepEqual(new GivenAnswers({ b: { value: 3 } }).find("b", { any: true }), { value: 3 });
    });

    it("are refused when they are none", () => {
        assert.throws(() => new GivenAnswers("text"), /must be an object from token to result, or a list/);
        assert.throws(() => new GivenAnswers({ a: 1 }), /a: the result must be an object/);
        assert.throws(() => new GivenAnswers([1]), /\[0\]: must be an object with token and result/);
        assert.throws(() => new GivenAnswers([{ result: {} }]), /\[0\]\.token: must be a data source's token/);
        assert.throws(() => new GivenAnswers([{ token: "a", args: 1, result: {} }]), /\[0\]\.args: must be an object/);
    });
});
