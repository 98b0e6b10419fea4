/** What the bundled policy pack takes for granted of Pulumi's SDK, and what it is worth. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { taken } from "../scripts/bundle";
import { packFromSources, written } from "./cli/command";

const load = createRequire(__filename);
const sdk = dirname(load.resolve("@pulumi/policy"));

let started: Promise<readonly string[]> | undefined;

/** The files that the pack has loaded when its server starts. */
function loadedAtStart(): Promise<readonly string[]> {
    return (started ??= packFromSources("bundled-pack").then(pack => {
        const script = `
            process.chdir(${JSON.stringify(pack)});
            require(${JSON.stringify(pack)});
            setImmediate(() => { console.error(Object.keys(require.cache).join("\\n")); process.exit(); });`;
        return spawnSync(process.execPath, ["--eval", script], { encoding: "utf8" }).stderr.split("\n");
    }));
}

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
        const loaded = await loadedAtStart();
        assert.ok(loaded.includes(load.resolve("@pulumi/pulumi/proto/analyzer_pb")), loaded.join("\n"));
        assert.deepEqual(
            loaded.filter(file => file.startsWith(sdk) || file === load.resolve("@pulumi/pulumi")),
            [],
        );
    });

    it("leaves AWS's tables, and what reads CIDR blocks, until something is asked of them", async () => {
        const loaded = (await loadedAtStart()).map(file => basename(file));
        assert.ok(loaded.includes("index.js"), loaded.join("\n"));
        const needless = ["endpoint-services.json", "iam-actions.json", basename(load.resolve("ipaddr.js"))];
        assert.deepEqual(
            needless.filter(file => loaded.includes(file)),
            [],
        );
    });

    it("keeps the names of what stands in the stack of an error", async () => {
        const text = readFileSync(join(await packFromSources("readable-pack"), "index.js"), "utf8");
        assert.match(text, /^function deserializeOnce\(/m);
        assert.match(text, /^var Network = class /m);
    });
});
