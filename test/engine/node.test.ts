import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { node } from "./node";

describe("A version of Node.js", () => {
    it("that cannot be had is said in one line, and leaves nothing behind", async () => {
        const cache = mkdtempSync(join(tmpdir(), "cache-"));
        const { XDG_CACHE_HOME, npm_config_registry } = process.env;
        // Nobody answers there.
        Object.assign(process.env, {
            XDG_CACHE_HOME: cache,
            npm_config_registry: "http://127.0.0.1:9",
            npm_config_fetch_retries: "0",
        });
        try {
            await assert.rejects(node(20), /^Error: no Node\.js 20: npm install node@20 failed: npm error .+$/);
            assert.deepEqual(readdirSync(join(cache, "vpc-endpoint-policies")), []);
        } finally {
            rmSync(cache, { recursive: true });
            for (const [name, value] of Object.entries({
                XDG_CACHE_HOME,
                npm_config_registry,
                npm_config_fetch_retries: undefined,
            })) {
                if (value === undefined) {
                    Reflect.deleteProperty(process.env, name);
                } else {
                    process.env[name] = value;
                }
            }
        }
    });
});
