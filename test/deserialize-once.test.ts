import { strict as assert } from "node:assert";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { deserializeOnce } from "../engine/deserialize-once";
import { replace } from "../engine/replace";
import { build } from "./blueprint";
import { judge } from "./judge";

describe("what the SDK reads once for all policies", () => {
    it("are the properties of each resource, in each request", async () => {
        const read = new Map<Struct, number>();
        const restore = replace(
            Struct.prototype,
            "toJavaScript",
            sound =>
                function (this: Struct) {
                    read.set(this, (read.get(this) ?? 0) + 1);
                    return sound.call(this);
                },
        );
        try {
            await judge(
                build([{ type: "aws:ec2/vpc:Vpc", name: "main", inputs: { cidrBlock: "10.0.0.0/16" } }], "update"),
            );
        } finally {
            restore();
        }
        assert.deepEqual(new Set(read.values()), new Set([1]));
    });

    it("are not those that a remediation may change", () => {
        const sdk = { deserializeProperties: (): object => ({}) };
        assert.equal(deserializeOnce(sdk), true);
        const { deserializeProperties } = sdk as {
            deserializeProperties: (struct: object, keepsSecrets: boolean) => object;
        };
        const struct = {};
        assert.equal(deserializeProperties(struct, false), deserializeProperties(struct, false));
        assert.notEqual(deserializeProperties(struct, true), deserializeProperties(struct, true));
        assert.notEqual(deserializeProperties(struct, true), deserializeProperties(struct, false));
    });

    it("is read as ever by an SDK that does it in another way", () => {
        assert.equal(deserializeOnce({}), false);
        assert.equal(deserializeOnce(Object.freeze({ deserializeProperties: () => ({}) })), false);
    });
});
