import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { run } from "../../cli/command";
import { isObject, objectsOf, parseJson, stringOf, type Properties } from "../../cli/untyped";
import { bundle } from "../../scripts/bundle";

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

/** The directory of a policy pack that is bundled from its sources as this one is: its main file, and its manifest if it is not this package's. */
export async function packFromSources(
    name: string,
    main = join(root, "index.ts"),
    manifest = readFileSync(join(root, "package.json"), "utf8"),
): Promise<string> {
    const directory = written(name, { "package.json": manifest.replace("dist/index.js", "index.js") });
    await bundle(main, join(directory, "index.js"), {
        // The library by its name is this one.
        "pulumi-policy-aws-vpc-endpoints": join(root, "library.ts"),
    });
    return directory;
}

/** The directory of the small policy pack. */
export const toyPack = packFromSources(
    "pack",
    join(__dirname, "pack", "index.ts"),
    JSON.stringify({ name: "toy", version: "1.2.3", main: "index.js" }),
);

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
        readonly packDirectory?: string | Promise<string>;
        readonly directory?: string;
        readonly environment?: Readonly<Record<string, string>>;
        readonly columns?: number;
    } = {},
): Promise<Outcome> {
    const said = { stdout: "", stderr: "" };
    const code = await run(args, {
        packDirectory: await (host.packDirectory ?? toyPack),
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
