import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { asJson, isList, isObject, type Json } from "../../cli/untyped";
import { command, toyPack, written } from "../cli/command";

const samples = resolve(__dirname, "../../docs/ci");

function textsOf(value: Json): readonly string[] {
    if (isList(value)) return value.flatMap(textsOf);
    if (isObject(value)) return Object.values(value).flatMap(textsOf);
    return typeof value === "string" ? [value] : [];
}

describe("The sample of CI", () => {
    for (const sample of readdirSync(samples)) {
        it(`${sample} runs as it is written, and its reports are where it takes them from`, async () => {
            const text = await readFile(join(samples, sample), "utf8");
            const directory = written(`samples/${sample}`, {
                "Pulumi.yaml": "name: sample\nruntime: nodejs\n",
                "package.json": "{}",
                "index.js": 'new (require("@pulumi/aws").ec2.Vpc)("main", {});',
            });
            const packDirectory = written(`samples/${sample}-pack`, {
                "package.json": await readFile(join(await toyPack, "package.json"), "utf8"),
                "index.js": await readFile(join(await toyPack, "index.js"), "utf8"),
                "presets/recommended.json": "{}",
            });
            const lines = textsOf(asJson(load(text))).filter(line => line.startsWith("npx vpc-endpoint-policies "));
            assert.equal(lines.length, 1);
            const args = (lines[0] ?? "").split(" ").slice(2);
            const { code, stdout, stderr } = await command(args, { directory, packDirectory });
            assert.match(stdout, /0 mandatory, 1 advisory violations in 1 resource/, stderr);
            assert.equal(code, 0);
            const taken = [...text.matchAll(/infrastructure\/(report\.\w+)/g)].map(([, file]) => file ?? "");
            assert(taken.length > 0);
            for (const file of taken) assert(existsSync(join(directory, file)), file);
        });
    }
});
