/** Where a `pulumi` comes from: the PATH, or the Go module proxy, from which it is built once and kept. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** `pulumi policy analyze --file` and packs without their development dependencies need at least this one. */
const oldest = { major: 3, minor: 252 };
const asked = process.env["PULUMI_VERSION"];
const built = asked ?? "3.274.1";

/**
 * The path of a Pulumi CLI. One on the PATH is used if it is recent enough; else one is built with Go, which takes some
 * minutes the first time, and kept in the user's cache (`$XDG_CACHE_HOME/vpc-endpoint-policies`). `$PULUMI_VERSION` asks for
 * a version, whatever is on the PATH.
 *
 * @throws Error if there is neither a recent `pulumi` nor Go.
 */
export async function pulumi(): Promise<string> {
    const folder = join(cache(), `build-${built}`);
    const binary = join(folder, "pulumi");
    const installed = asked === undefined ? await installedVersion() : undefined;
    if (installed !== undefined && isRecent(installed)) {
        return (await run("sh", ["-c", "command -v pulumi"])).stdout.trim();
    }
    if (!existsSync(binary)) {
        await build(folder, binary);
    }
    return binary;
}

/** Where tools are kept that take long to make or to fetch: `$XDG_CACHE_HOME/vpc-endpoint-policies`. */
export function cache(): string {
    return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "vpc-endpoint-policies");
}

async function installedVersion(): Promise<string | undefined> {
    try {
        return (await run("pulumi", ["version"], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" } })).stdout;
    } catch {
        return undefined;
    }
}

function isRecent(version: string): boolean {
    const [, major = "0", minor = "0"] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
    return Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor);
}

async function build(folder: string, binary: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, "lock");
    while (!taken(lock)) {
        await setTimeout(1000);
        if (existsSync(binary)) {
            return;
        }
    }
    try {
        await compile(folder, binary);
    } finally {
        rmSync(lock, { force: true });
    }
}

/** Takes the lock, also one that a process left behind. */
function taken(lock: string): boolean {
    try {
        writeFileSync(lock, `${process.pid}`, { flag: "wx" });
        return true;
    } catch {
        try {
            process.kill(Number(readFileSync(lock, "utf8")), 0);
        } catch {
            rmSync(lock, { force: true });
        }
        return false;
    }
}

async function compile(folder: string, binary: string): Promise<void> {
    const go = async (...args: string[]): Promise<void> => {
        await run("go", args, {
            cwd: folder,
            env: { ...process.env, GOFLAGS: "-mod=mod" },
            maxBuffer: 64 * 1024 * 1024,
        });
    };
    try {
        await go("version");
    } catch {
        throw new Error(
            `no Pulumi CLI: install pulumi ${oldest.major}.${oldest.minor} or later, or Go, with which one is built`,
        );
    }
    console.log(`    building the Pulumi CLI ${built} with Go (some minutes, once)`);
    // From Go 1.17 on, modules that the build does not need are not looked up: not all of them can be had.
    const requirement = `require github.com/pulumi/pulumi/pkg/v3 v${built}`;
    writeFileSync(join(folder, "go.mod"), `module cli\n\ngo 1.25\n\n${requirement}\n`);
    writeFileSync(
        join(folder, "main.go"),
        'package main\n\nimport _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"\n\nfunc main() {}\n',
    );
    await go("mod", "tidy", "-e");
    const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${built}`;
    const unfinished = `${binary}.${process.pid}`;
    await go("build", "-o", unfinished, "-ldflags", `-s -w ${version}`, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi");
    renameSync(unfinished, binary);
}
