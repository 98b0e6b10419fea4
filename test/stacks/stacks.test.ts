/** Exports of stacks that exist: somebody else's, with what AWS really answered, and our own examples under the real engine. */
import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isObject, objectsOf, parseJson, stringOf } from "../../cli/untyped";
import { command, packFromSources } from "../cli/command";

const root = resolve(__dirname, "../..");
const recordings = resolve(process.env["RECORDED_STACKS"] ?? join(root, "../shared/data/recorded"));

const packDirectory = packFromSources("recorded-stacks-pack");

/** What `vpc-endpoint-policies analyze` finds: policy, level and resource. */
async function analyze(file: string): Promise<readonly string[]> {
    const { stdout, stderr } = await command(["analyze", file, "--format", "json"], { packDirectory });
    const report = parseJson(stdout === "" ? stderr : stdout);
    return objectsOf(isObject(report) ? report["violations"] : undefined).map(({ policy, level, resource }) => {
        const name = isObject(resource) ? resource["name"] : "";
        return `${stringOf(level)} ${stringOf(policy)}: ${stringOf(name)}`;
    });
}

interface Expected {
    readonly why: string;
    /** Reasoned from the stack: which resource falls short of which policy. */
    readonly findings: readonly string[];
}

/** They lie outside of this repository, since they are not ours to keep in it. */
const recorded: Readonly<Record<string, Expected>> = {
    "vpc-with-service-endpoint.json": {
        why: "the S3 gateway endpoint has AWS's full-access document and is in no route table at all",
        findings: [
            "mandatory endpoint-policy-required: com.amazonaws.us-west-2.s3",
            "mandatory gateway-endpoint-routed: com.amazonaws.us-west-2.s3",
        ],
    },
    "default-args.json": {
        why: "public addresses are given in public subnets only, and S3 traffic of the private ones is paid for at NAT gateways",
        findings: ["advisory gateway-endpoint-before-nat: awsx-nodejs-default-args"],
    },
    "ts-lb-simple.json": {
        why: "the load balancer and the service with public addresses are in public subnets",
        findings: [],
    },
};

const own: Readonly<Record<string, Expected>> = {
    "private-app.json": {
        why: "it has the mistakes that its comments name",
        findings: [
            "mandatory private-subnet-no-public-ip: app",
            "mandatory private-subnet-no-public-ip: private-a",
            "mandatory private-subnet-no-public-ip: private-b",
            "mandatory vpc-dns-enabled-for-endpoints: main",
            "mandatory endpoint-policy-required: s3",
            "advisory gateway-endpoint-covers-private-subnets: s3",
            "mandatory gateway-endpoint-routed: s3-isolated",
            "advisory gateway-endpoint-preferred: dynamodb",
            "advisory gateway-endpoint-before-nat: main",
            "mandatory isolated-subnet-no-egress: isolated-a",
            "mandatory isolated-subnet-no-egress: isolated-b",
            "mandatory interface-endpoint-security-group-required: logs",
            "mandatory interface-endpoint-ingress-restricted: endpoints",
            "advisory interface-endpoint-in-private-subnets: sqs",
            "advisory interface-endpoint-availability-zones: kms",
            "mandatory interface-endpoint-private-dns-enabled: secretsmanager",
            "advisory ssm-endpoints-complete: main",
            "advisory workload-egress-allows-endpoints: app",
            "advisory workload-egress-allows-endpoints: operations",
        ],
    },
    "private-app-fixed.json": { why: "it is the same system without mistakes", findings: [] },
};

function judged(folder: string, stacks: Readonly<Record<string, Expected>>): void {
    for (const [file, { why, findings }] of Object.entries(stacks)) {
        it(`${file}: ${why}`, async () => {
            assert.deepEqual([...(await analyze(join(folder, file)))].sort(), [...findings].sort());
        });
    }
}

describe("recorded stacks", () => {
    if (existsSync(recordings)) {
        judged(recordings, recorded);
    } else {
        it(`are not judged here: there are no recordings in ${recordings}`, () => {
            console.log(
                `      No recorded stacks in ${recordings}: ${Object.keys(recorded).join(", ")} are not judged.`,
            );
        });
    }
});

describe("exports of the examples", () => {
    judged(__dirname, own);
});
