/** What the pack does with the machine that it runs on. That it speaks to nobody .ci/run shows, without a network. */
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { root } from "../scripts/names";
import { command, packFromSources, workspace } from "./cli/command";

describe("the pack", () => {
    it("reads nothing but its own files and packages, writes nothing and starts nothing", async () => {
        const pack = await packFromSources("confined-pack");
        const [major = 0] = process.versions.node.split(".").map(Number);
        // The packages are found through a link beside the pack.
        const own = [`${workspace}/`, `${join(root, "node_modules")}/`];
        const { NODE_OPTIONS } = process.env;
        const judge = async (readable: readonly string[]): ReturnType<typeof command> => {
            process.env["NODE_OPTIONS"] = [
                major < 24 ? "--experimental-permission" : "--permission",
                ...readable.map(path => `--allow-fs-read=${path}`),
            ].join(" ");
            try {
                return await command(["analyze", join(root, "test", "stacks", "private-app.json")], {
                    packDirectory: pack,
                });
            } finally {
                process.env["NODE_OPTIONS"] = NODE_OPTIONS ?? "";
            }
        };
        const { code, stdout, stderr } = await judge(own);
        assert.match(stdout, /^[1-9]\d* mandatory/m, stderr);
        assert.equal(code, 1);
        // Less than that it cannot do with, so what it may read is watched.
        const { code: refused, stderr: why } = await judge([`${pack}/`]);
        assert.equal(refused, 2);
        assert.match(why, /Access to this API has been restricted/);
    });
});
