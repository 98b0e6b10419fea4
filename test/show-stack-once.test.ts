import { strict as assert } from "node:assert";
import { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { replace } from "../engine/replace";
import { build } from "./blueprint";
import { type Config, judge, stackRequest } from "./judge";
import type { Recorded } from "./record";

const stack = (): readonly Recorded[] =>
    build(
        [
            { type: "aws:ec2/vpc:Vpc", name: "main", inputs: { cidrBlock: "10.0.0.0/16" } },
            { type: "aws:ec2/vpc:Vpc", name: "other", inputs: { cidrBlock: "10.1.0.0/16" } },
        ],
        "update",
    );

/** How often the SDK made each resource of a stack that is judged, by URN. */
async function timesMade(config: Config = {}): Promise<ReadonlyMap<string, number>> {
    const times = new Map<string, number>();
    const restore = replace(
        AnalyzerResource.prototype,
        "getDependenciesList",
        sound =>
            function (this: AnalyzerResource) {
                times.set(this.getUrn(), (times.get(this.getUrn()) ?? 0) + 1);
                return sound.call(this);
            },
    );
    try {
        await judge(stack(), config);
    } finally {
        restore();
    }
    return times;
}

describe("what the SDK makes once for all policies", () => {
    for (const [title, config] of [
        ["are the resources of a stack, but for the first, by which policies know it", {}],
        ["are the same where another policy comes first", { "pack-settings": { enforcementLevel: "disabled" } }],
    ] as const) {
        it(title, async () => {
            const [first = 0, ...others] = (await timesMade(config)).values();
            assert.ok(first > 30, `${first} times`);
            assert.deepEqual(new Set(others), new Set([1]));
        });
    }

    it("are not the resources of a stack that no policy has read", () => {
        const resources = stackRequest(stack()).getResourcesList();
        for (let times = 0; times < 2; times++) {
            assert.equal([...resources].length, stack().length);
        }
    });

    it("are not the resources where an SDK does not go through them one by one", () => {
        const resources = stackRequest(stack()).getResourcesList();
        assert.deepEqual(
            resources.map(resource => resource.getUrn()),
            stack().map(({ urn }) => urn),
        );
        assert.equal(resources.length, stack().length);
    });
});
