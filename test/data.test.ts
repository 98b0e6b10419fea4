import assert from "node:assert/strict";
import endpointServices from "../network/endpoint-services.json";
import { actionsOf, type Action } from "../network/iam-actions";
import { Service } from "../network/service";
import overrides from "../scripts/data/services.overrides.json";

interface Entry {
    readonly types?: readonly string[];
    readonly prefix?: string;
    readonly name?: string;
    readonly alt?: Readonly<Record<string, string>>;
    readonly ports?: readonly (readonly number[])[];
    readonly morePorts?: readonly (readonly number[])[];
    readonly iam?: readonly string[];
    readonly privateDns?: boolean | string;
    readonly policy?: boolean;
    readonly xregion?: boolean;
}

const services: ReadonlyMap<string, Entry> = new Map(Object.entries<Entry>(endpointServices.services));
const partitions = Object.values(endpointServices.partitions);
const allRegions = partitions.flatMap(({ regions }) => regions);
const iamPrefixes = [...new Set([...services.values()].flatMap(({ iam }) => iam ?? []))];

function service(name: string): Entry {
    const entry = services.get(name);
    assert.ok(entry !== undefined, `no service ${name}`);
    return entry;
}

function action(prefix: string, name: string): Action {
    const found = actionsOf(prefix)?.find(known => known.name === name);
    assert.ok(found !== undefined, `no action ${prefix}:${name}`);
    return found;
}

const namesOf = (fits: (entry: Entry) => boolean): readonly string[] =>
    [...services].filter(([, entry]) => fits(entry)).map(([name]) => name);

describe("endpoint-services.json", () => {
    it("lists the services by name, in order, and more than four hundred of them", () => {
        const names = [...services.keys()];
        assert.deepEqual(names, [...names].sort());
        assert.ok(names.length > 400, `${names.length}`);
    });

    it("has gateway endpoints for S3, DynamoDB and S3 Express One Zone only", () => {
        assert.deepEqual(
            namesOf(({ types }) => types?.includes("Gateway") === true),
            ["dynamodb", "s3", "s3express"],
        );
        assert.deepEqual(service("s3").types, ["Gateway", "Interface"]);
        assert.deepEqual(service("s3express").types, ["Gateway"]);
    });

    it("lists the names of AWS's other services, in order", () => {
        assert.deepEqual(endpointServices.others, [...endpointServices.others].sort());
        assert.ok(endpointServices.others.includes("signer"));
        assert.deepEqual(
            endpointServices.others.filter(name => services.has(name)),
            [],
        );
    });

    it("says the ports of services that are not reached by 443 alone", () => {
        assert.deepEqual(service("cassandra").ports, [[9142, 9142]]);
        assert.deepEqual(service("cassandra").morePorts, [[443, 443]]);
        assert.deepEqual(service("email-smtp").ports?.[0], [25, 25]);
        assert.equal(service("s3").ports, undefined);
    });

    it("has ports in ranges from the first to the last", () => {
        for (const [name, { ports }] of services) {
            for (const [first = 0, last = 0, ...others] of ports ?? []) {
                assert.ok(0 < first && first <= last && last < 65536 && others.length === 0, name);
            }
        }
    });

    it("says which services have other prefixes in China, and none for those that have not", () => {
        const chinese = { "cn-north-1": "cn.com.amazonaws", "cn-northwest-1": "cn.com.amazonaws" };
        assert.deepEqual(service("sts").alt, chinese);
        assert.deepEqual(service("s3").alt, chinese);
        assert.equal(service("kms").alt, undefined);
        assert.equal(service("logs").alt, undefined);
    });

    it("has only names that are read as AWS's services, in every Region", () => {
        for (const [name, { prefix = "com.amazonaws", name: whole, alt = {} }] of services) {
            for (const region of allRegions) {
                const parsed = Service.parse(whole ?? `${alt[region] ?? prefix}.${region}.${name}`);
                assert.ok(parsed.isAws, parsed.serviceName);
                assert.equal(parsed.region, whole === undefined ? region : undefined, parsed.serviceName);
            }
            assert.deepEqual(
                Object.keys(alt).filter(region => !allRegions.includes(region)),
                [],
                name,
            );
        }
    });

    it("says where endpoint policies and private DNS are not to be had, and what is reached across Regions", () => {
        assert.equal(service("appstream.api").policy, false);
        assert.equal(service("dynamodb").privateDns, false);
        assert.equal(service("execute-api").privateDns, "off");
        assert.equal(service("kms-fips").xregion, true);
        assert.equal(service("sqs").policy, undefined);
        assert.equal(service("sqs").privateDns, undefined);
        assert.equal(service("sqs").xregion, undefined);
    });

    it("knows the IAM prefix of every service but those that are listed as without", () => {
        const without = namesOf(({ iam }) => iam === undefined);
        const plain = without.map(name => Service.parse(`com.amazonaws.us-east-1.${name}`).name);
        assert.deepEqual([...plain].sort(), [...overrides.withoutIam].sort());
    });

    it("has every Region in one partition", () => {
        assert.equal(new Set(allRegions).size, allRegions.length);
        assert.ok(endpointServices.partitions.aws.regions.includes("eu-west-1"));
        assert.deepEqual(endpointServices.partitions["aws-cn"], {
            endpointServicePrefix: "cn.com.amazonaws.vpce",
            regions: ["cn-north-1", "cn-northwest-1"],
        });
    });

    it("has prefixes of endpoint services that are not read as AWS's own", () => {
        for (const { endpointServicePrefix, regions } of partitions) {
            for (const region of regions) {
                assert.equal(
                    Service.parse(`${endpointServicePrefix}.${region}.vpce-svc-0123456789abcdef0`).isAws,
                    false,
                );
            }
        }
    });
});

describe("iam-actions.json", () => {
    it("knows actions of every IAM prefix of a service with endpoints", () => {
        assert.deepEqual(
            iamPrefixes.filter(prefix => actionsOf(prefix) === undefined),
            [],
        );
    });

    it("says that s3:PutObject writes objects of buckets", () => {
        const { onlyReads, resources } = action("s3", "PutObject");
        assert.equal(onlyReads, false);
        assert.ok(resources.includes("arn:$P:s3:::$X/$X"), resources.join());
        assert.ok(!resources.includes("arn:$P:s3:::$X"), resources.join());
    });

    it("says that s3:ListBucket and s3:GetObject only read", () => {
        assert.ok(action("s3", "ListBucket").resources.includes("arn:$P:s3:::$X"));
        assert.equal(action("s3", "ListBucket").onlyReads, true);
        assert.equal(action("s3", "GetObject").onlyReads, true);
    });

    it("does not take tagging and giving permissions for reading", () => {
        assert.equal(action("s3", "PutObjectTagging").onlyReads, false);
        assert.equal(action("s3", "PutBucketPolicy").onlyReads, false);
    });

    it("says that kms:Decrypt takes keys", () => {
        assert.deepEqual(action("kms", "Decrypt").resources, ["arn:$P:kms:$R:$A:key/$X"]);
    });

    it("says that sts:GetCallerIdentity takes no resource", () => {
        assert.deepEqual(action("sts", "GetCallerIdentity"), {
            name: "GetCallerIdentity",
            service: "sts",
            onlyReads: true,
            resources: [],
        });
    });

    it("finds a prefix in any case, and the same list again", () => {
        assert.ok(actionsOf("s3") !== undefined);
        assert.equal(actionsOf("S3"), actionsOf("s3"));
    });

    it("does not know what is no prefix", () => {
        assert.equal(actionsOf("no-such-service"), undefined);
        assert.equal(actionsOf("constructor"), undefined);
        assert.equal(actionsOf(""), undefined);
    });

    it("has every action once, by a name without wildcards or prefix", () => {
        for (const prefix of iamPrefixes) {
            const names = (actionsOf(prefix) ?? []).map(({ name }) => name);
            assert.equal(new Set(names).size, names.length, prefix);
            assert.deepEqual(
                names.filter(name => !/^[A-Za-z][A-Za-z0-9-]*$/.test(name)),
                [],
                prefix,
            );
        }
    });

    it("has ARN formats of six parts without other placeholders", () => {
        const formats = new Set(
            iamPrefixes.flatMap(prefix => actionsOf(prefix) ?? []).flatMap(known => known.resources),
        );
        assert.ok(formats.size > 1000, `${formats.size}`);
        for (const format of formats) {
            assert.match(format, /^arn:\$P:[^:]+:[^:]*:[^:]*:.+$/);
            assert.match(format.replace(/\$[PRAX](?![A-Za-z])/g, ""), /^[^$*{}, ]+$/);
        }
    });
});
