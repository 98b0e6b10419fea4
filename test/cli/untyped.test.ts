import assert from "node:assert/strict";
import { messageOf } from "../../cli/failure";
import { asJson } from "../../cli/untyped";

describe("A value of unknown origin", () => {
    it("is taken for JSON only where JSON can say it", () => {
        const value = { text: "a", list: [1, null, { deep: true }] };
        assert.equal(asJson(value), value);
        for (const other of [undefined, 1n, () => 1, Symbol("a"), [undefined], { deep: { of: 1n } }]) {
            assert.throws(() => asJson(other), { message: "not a value of JSON" });
        }
    });

    it("that was thrown is told by its message, or as it is", () => {
        assert.equal(messageOf(new RangeError("too far")), "too far");
        assert.equal(messageOf("too far"), "too far");
        assert.equal(messageOf(undefined), "undefined");
    });
});
