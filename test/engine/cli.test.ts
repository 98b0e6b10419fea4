import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumi } from "./cli";

describe("the Pulumi CLI", () => {
    it("cannot be had without pulumi and Go, which is said, even where a build was broken off", async () => {
        const { PATH, XDG_CACHE_HOME } = process.env;
        const cache = mkdtempSync(join(tmpdir(), "cache-"));
        const folder = join(cache, "vpc-endpoint-policies", "build-3.274.1");
        mkdirSync(folder, { recursive: true });
        // The number of a process that has ended: none is that high.
        writeFileSync(join(folder, "lock"), "4194305");
        Object.assign(process.env, { PATH: cache, XDG_CACHE_HOME: cache });
        try {
            await assert.rejects(pulumi(), /no Pulumi CLI: install pulumi 3\.252 or later, or Go/);
        } finally {
            rmSync(cache, { recursive: true });
            process.env["PATH"] = PATH;
            if (XDG_CACHE_HOME === undefined) {
                delete process.env["XDG_CACHE_HOME"];
            } else {
                process.env["XDG_CACHE_HOME"] = XDG_CACHE_HOME;
            }
        }
    });
});
