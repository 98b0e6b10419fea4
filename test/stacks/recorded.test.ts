/** Stacks that somebody really deployed, with what AWS really answered. They are not ours to keep in this repository. */
import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const recordings = resolve(process.env["RECORDED_STACKS"] ?? join(root, "../shared/data/recorded"));

interface Report {
    readonly violations: readonly { readonly policy: string; readonly level: string; readonly resource: { readonly name: string } }[];
}

/** What `vpc-endpoint-policies analyze` finds: policy, level and resource. */
function analyze(file: string): Promise<readonly string[]> {
    const args = ["--require", "tsx/cjs", join(root, "cli/main.ts"), "analyze", join(recordings, file), "--format", "json"];
    return new Promise((done, fail) => {
        execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
            if (stdout === "") {
                fail(new Error(stderr, { cause: error }));
            } else {
                const { violations } = JSON.parse(stdout) as Report;
                done(violations.map(({ policy, level, resource }) => `${level} ${policy}: ${resource.name}`));
            }
        });
    });
}

/** Reasoned from each stack: which resource falls short of which policy, and why nothing else does. */
const expected: Readonly<Record<string, { readonly why: string; readonly findings: readonly string[] }>> = {
    "vpc-with-service-endpoint.json": {
        why: "the S3 gateway endpoint has AWS's full-access document and is in no route table at all",
        findings: [
            "mandatory endpoint-policy-required: com.amazonaws.us-west-2.s3",
            "mandatory gateway-endpoint-routed: com.amazonaws.us-west-2.s3",
        ],
    },
    "default-args.json": {
        why: "there is no endpoint, and public addresses are given in subnets with a route to the internet gateway only",
        findings: [],
    },
    "ts-lb-simple.json": {
        why: "the load balancer and the service with public addresses are in public subnets",
        findings: [],
    },
};

describe("recorded stacks", () => {
    if (!existsSync(recordings)) {
        it(`are not judged here: there are no recordings in ${recordings}`, () => {
            console.log(`      No recorded stacks in ${recordings}: ${Object.keys(expected).join(", ")} are not judged.`);
        });
        return;
    }
    for (const [file, { why, findings }] of Object.entries(expected)) {
        it(`${file}: ${why}`, async () => {
            assert.deepEqual(await analyze(file), findings);
        });
    }
});
