/** Where the versions of Node.js come from that the pack supports: the npm package `node`, fetched once and kept. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cache } from "./cli";

const run = promisify(execFile);

/**
 * The path of a Node.js of a major version.
 *
 * @throws Error if it cannot be had.
 */
export async function node(major: number): Promise<string> {
    const folder = join(cache(), `node-${major}`);
    const binary = join(folder, "node_modules", "node", "bin", "node");
    if (!existsSync(binary)) {
        await fetch(major, folder);
    }
    const { stdout } = await run(binary, ["--version"]);
    if (!stdout.startsWith(`v${major}.`)) {
        throw new Error(`${binary} is Node.js ${stdout.trim()} instead of ${major}: remove ${folder} and try again`);
    }
    return binary;
}

async function fetch(major: number, folder: string): Promise<void> {
    mkdirSync(dirname(folder), { recursive: true });
    const unfinished = mkdtempSync(`${folder}-`);
    try {
        writeFileSync(join(unfinished, "package.json"), '{ "private": true }');
        await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `node@${major}`], {
            cwd: unfinished,
        });
        rmSync(folder, { recursive: true, force: true });
        renameSync(unfinished, folder);
    } catch (cause) {
        const lines = cause instanceof Error ? cause.message.split("\n") : [String(cause)];
        const reason = lines.filter(line => /^npm error(?! code)/.test(line))[0] ?? lines[0] ?? "";
        throw new Error(`no Node.js ${major}: npm install node@${major} failed: ${reason}`, { cause });
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
    }
}
