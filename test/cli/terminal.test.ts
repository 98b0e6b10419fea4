import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { Messages } from "../../cli/terminal";

function written(isTTY: boolean, columns?: number) {
    const texts: string[] = [];
    const sink = { write: (text: string) => texts.push(text), isTTY, ...(columns !== undefined && { columns }) };
    return { texts, messages: new Messages(sink, 10) };
}

describe("Messages", () => {
    it("say on a terminal what is under way, once it takes long, and leave nothing of it", async () => {
        const { texts, messages } = written(true);
        messages.progress("running");
        assert.deepEqual(texts, []);
        await wait(30);
        messages.line("note");
        messages.end();
        const clear = "\r\u001b[K";
        assert.deepEqual(texts, ["running …", clear, "note\n", "running …", clear]);
    });

    it("fit into the terminal", async () => {
        const { texts, messages } = written(true, 8);
        await wait(30);
        messages.progress("running a program");
        assert.deepEqual(texts, ["running"]);
    });

    it("say nothing of it elsewhere", async () => {
        const { texts, messages } = written(false);
        messages.progress("running");
        await wait(30);
        messages.progress("judging");
        messages.end();
        assert.deepEqual(texts, []);
    });

    it("start a line of their own after half a line", async () => {
        const { texts, messages } = written(true);
        messages.progress("running");
        messages.print("half");
        await wait(30);
        messages.line("note");
        messages.end();
        assert.equal(texts.join("").replace(/running …\r\u001b\[K/g, ""), "half\nnote\n");
    });
});
