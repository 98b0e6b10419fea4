/** Writes dist: the library and the command line as they are compiled, and the policy pack as one file. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle";
import { root } from "./names";

const dist = join(root, "dist");

async function main(): Promise<void> {
    rmSync(dist, { recursive: true, force: true });
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
        cwd: root,
        stdio: "inherit",
    });
    const page = join("cli", "page", "browser");
    mkdirSync(join(dist, page), { recursive: true });
    for (const file of ["page.css", "page.js"]) {
        copyFileSync(join(root, page, file), join(dist, page, file));
    }
    await bundle(join(root, "index.ts"), join(dist, "index.js"));
}

main().catch(() => {
    // Both compilers have said what is wrong.
    process.exitCode = 1;
});
