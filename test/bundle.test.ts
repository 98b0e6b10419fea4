/** What the bundled policy pack takes for granted of Pulumi's SDK, and what it is worth. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { taken } from "../scripts/bundle";
import { packFromSources, written } from "./cli/command";

const load = createRequire(__filename);
const sdk = dirname(load.resolve("@pulumi/policy"));

describe("the bundled policy pack", () => {
    it("has from @pulumi/pulumi all that the SDK takes from it", () => {
        const used = readdirSync(sdk)
            .filter(file => file.endsWith(".js"))
            .flatMap(file => {
                const text = readFileSync(join(sdk, file), "utf8");
                const [, whole] = /(\w+) = .*require\("@pulumi\/pulumi"\)/.exec(text) ?? [];
                assert.equal(whole !== undefined, text.includes('require("@pulumi/pulumi")'), file);
                return whole === undefined ? [] : [...text.matchAll(new RegExp(`\\b${whole}\\.(\\w+)`, "g"))];
            })
            .map(([, name]) => name);
        assert.deepEqual([...new Set(used)].sort(), Object.keys(taken).sort());
    });

    for (const [name, value] of Object.entries(taken)) {
        it(`takes ${name} from where it is the same`, () => {
            const part = join(written("parts", { [`${name}.js`]: `exports.part = ${value};` }), name);
            const { part: found } = load(part) as { part: unknown };
            assert.equal(found, Reflect.get(load("@pulumi/pulumi") as object, name));
        });
    }

    it("does not load @pulumi/pulumi, nor the SDK, which it contains", async () => {
        const pack = await packFromSources("bundled-pack");
        const script = `
            process.chdir(${JSON.stringify(pack)});
            require(${JSON.stringify(pack)});
            setImmediate(() => { console.error(Object.keys(require.cache).join("\\n")); process.exit(); });`;
        const { stderr } = spawnSync(process.execPath, ["--eval", script], { encoding: "utf8" });
        const loaded = stderr.split("\n");
        assert.ok(loaded.includes(load.resolve("@pulumi/pulumi/proto/analyzer_pb")), stderr);
        assert.deepEqual(
            loaded.filter(file => file.startsWith(sdk) || file === load.resolve("@pulumi/pulumi")),
            [],
        );
    });

    it("keeps the names of what stands in the stack of an error", async () => {
        const text = readFileSync(join(await packFromSources("readable-pack"), "index.js"), "utf8");
        assert.match(text, /^function deserializeOnce\(/m);
        assert.match(text, /^var Network = class /m);
    });
});
