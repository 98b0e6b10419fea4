import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { run } from "../../cli/command";
import { isObject, objectsOf, parseJson, stringOf, type Properties } from "../../cli/untyped";

const root = resolve(__dirname, "../..");

/** A directory for what the tests write; programs in it find the repository's own packages. */
export const workspace = mkdtempSync(join(tmpdir(), "cli-test-"));
symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"));
process.once("exit", () => {
    rmSync(workspace, { recursive: true, force: true });
});

/** Writes files into a directory of the workspace, and returns its path. */
export function written(name: string, files: Readonly<Record<string, string>>): string {
    const directory = join(workspace, name);
    for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, file)), { recursive: true });
        writeFileSync(join(directory, file), text);
    }
    return directory;
}

/** The directory of the small policy pack, compiled. */
export const toyPack = written("pack", {
    "package.json": JSON.stringify({ name: "toy", version: "1.2.3", main: "index.js" }),
    "index.js": transpileModule(readFileSync(join(__dirname, "pack", "index.ts"), "utf8"), {
        compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    }).outputText,
});

/** The directory of a policy pack that is bundled from its sources: its main file, and its manifest if it is not this package's. */
export function packFromSources(
    name: string,
    main = join(root, "index.ts"),
    manifest = join(root, "package.json"),
): string {
    const directory = written(name, {
        "package.json": readFileSync(manifest, "utf8").replace("dist/index.js", "index.js"),
    });
    buildSync({
        entryPoints: [main],
        outfile: join(directory, "index.js"),
        bundle: true,
        platform: "node",
        target: "es2022",
        packages: "external",
        // The library by its name is this one.
        alias: { "pulumi-policy-aws-vpc-endpoints": join(root, "library.ts") },
    });
    return directory;
}

/** The directory of a test program. */
export function programs(name: string): string {
    return join(__dirname, "programs", name);
}

/** How a command ended. */
export interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs the command line as a shell would. */
export async function command(
    args: readonly string[],
    host: {
        readonly packDirectory?: string;
        readonly directory?: string;
        readonly environment?: Readonly<Record<string, string>>;
        readonly columns?: number;
    } = {},
): Promise<Outcome> {
    const said = { stdout: "", stderr: "" };
    const code = await run(args, {
        packDirectory: host.packDirectory ?? toyPack,
        directory: host.directory ?? workspace,
        environment: { ...process.env, AWS_REGION: undefined, NO_COLOR: undefined, ...host.environment },
        stdout: {
            write: text => (said.stdout += text),
            ...(host.columns !== undefined && { isTTY: true, columns: host.columns }),
        },
        stderr: { write: text => (said.stderr += text) },
    });
    return { code, ...said };
}

const showAll = join(
    written("configurations", { "echo.json": '{ "echo": "advisory", "echo-stack": "advisory" }' }),
    "echo.json",
);

/** What the pack is sent of each resource, by name. */
export interface Sent {
    /** For resource policies. */
    readonly resources: Readonly<Record<string, Properties>>;
    /** For stack policies. */
    readonly stack: Readonly<Record<string, Properties>>;
    readonly stderr: string;
}

/** Runs a command and returns what the pack was sent. */
export async function sent(args: readonly string[], host?: Parameters<typeof command>[1]): Promise<Sent> {
    const { code, stdout, stderr } = await command([...args, "--format", "json", "--config", showAll], host);
    assert.ok(code < 2, stderr);
    const report = parseJson(stdout);
    assert.ok(isObject(report));
    const of = (policy: string) =>
        Object.fromEntries(
            objectsOf(report["violations"])
                .filter(violation => violation["policy"] === policy)
                .map(violation => {
                    const resource = parseJson(stringOf(violation["message"]));
                    assert.ok(isObject(resource));
                    return [stringOf(resource["name"]), resource];
                }),
        );
    return { resources: of("echo"), stack: of("echo-stack"), stderr };
}
