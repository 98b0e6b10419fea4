import assert from "node:assert/strict";
import { startNode } from "../../cli/child";
import { workspace } from "./command";

const forever = ["--eval", "setInterval(() => {}, 1000)"];

describe("A process that the command line starts", () => {
    it("ends at once where it is started after all was called off", async () => {
        const child = startNode(forever, workspace, process.env, AbortSignal.abort());
        assert.equal(await child.ended, "SIGKILL");
    });

    it("fails, and may be stopped all the same, where its directory is gone", async () => {
        const abort = new AbortController();
        const child = startNode(forever, `${workspace}/gone`, process.env, abort.signal);
        abort.abort();
        await assert.rejects(child.ended, { code: "ENOENT" });
    });
});
