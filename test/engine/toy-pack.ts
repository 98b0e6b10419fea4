/** The toy pack, compiled: the engine would check its types at each start, and Pulumi's own compiler is an old one. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpile } from "typescript";

/** The compiled pack's folder, which goes with the process. */
export function toyPack(): string {
    const source = join(__dirname, "toy-pack");
    const folder = mkdtempSync(join(tmpdir(), "toy-pack-"));
    process.on("exit", () => {
        rmSync(folder, { recursive: true, force: true });
    });
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const program = transpile(readFileSync(join(source, "index.ts"), "utf8"), compilerOptions);
    cpSync(join(source, "PulumiPolicy.yaml"), join(folder, "PulumiPolicy.yaml"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "toy", version: "0.0.1", main: "index.js" }));
    writeFileSync(join(folder, "index.js"), program);
    symlinkSync(join(__dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
    return folder;
}
