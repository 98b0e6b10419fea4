/** Runs programs in stacks of their own under the real engine, and says what policies it reported. */
import { execFile } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { build } from "esbuild";
import {
    type EngineEvent,
    LocalWorkspace,
    type LocalWorkspaceOptions,
    PulumiCommand,
    type PulumiFn,
    type Stack as AutomationStack,
} from "@pulumi/pulumi/automation";
import { pulumi } from "./cli";

/** A policy that the engine reported as violated. */
export interface Violation {
    readonly policy: string;
    readonly level: string;
    /** Of the resource it is reported for; the stack's own when it is reported for none. */
    readonly urn: string;
    readonly message: string;
    /** The ids of Pulumi's own exceptions that cover it. */
    readonly exceptions: readonly string[];
}

export interface Result {
    readonly exitCode: number;
    readonly violations: readonly Violation[];
    /** How many resources the operation creates, updates, deletes or leaves as they are (`create`, `update`, …). */
    readonly changes: Readonly<Record<string, number>>;
    /** What the engine told of the operation, in order: a line each of its log of events. */
    readonly events: readonly string[];
    /** What the CLI wrote to standard output and standard error. */
    readonly output: string;
}

export interface Judging {
    /** The folder of a policy pack; without one, nothing is judged. */
    readonly pack?: string;
    /** What `--policy-pack-config` gets: the content, or the path of the file. */
    readonly config?: Readonly<Record<string, unknown>> | string;
    /** URNs for `--target`. */
    readonly targets?: readonly string[];
    /** A program in place of the stack's own: what a change to it does. */
    readonly program?: PulumiFn;
}

export interface Opening {
    /** The stack's configuration: `aws:region`, `private-app:zones`, … */
    readonly config?: Readonly<Record<string, string>>;
    /** The path of the Node.js that runs policy packs; that of this process if left out. */
    readonly packNode?: string;
}

/** A fresh stack in a folder of its own. Call {@link close} when done. */
export class Stack {
    private constructor(
        private readonly stack: AutomationStack,
        private readonly folder: string,
    ) {}

    /** A stack of a program: a function, or the folder of a Node.js project, of which a copy is run. */
    static async open(program: PulumiFn | string, opening: Opening = {}): Promise<Stack> {
        const tools = await toolsOnce();
        const folder = mkdtempSync(join(tools.root, "stack-"));
        const state = join(folder, "state");
        mkdirSync(state);
        const options: LocalWorkspaceOptions = {
            pulumiCommand: tools.command,
            envVars: {
                ...tools.environment,
                PULUMI_BACKEND_URL: `file://${state}`,
                ...(opening.packNode !== undefined && { POLICY_PACK_NODE: opening.packNode }),
            },
        };
        const stackName = "test";
        if (typeof program === "string") {
            const workDir = join(folder, "program");
            cpSync(program, workDir, { recursive: true, filter: path => !path.includes("node_modules") });
            symlinkSync(modules, join(workDir, "node_modules"));
            const stack = await LocalWorkspace.createStack({ stackName, workDir }, options);
            return new Stack(await configured(stack, opening), folder);
        }
        const projectName = "toy";
        const workDir = join(folder, "program");
        mkdirSync(workDir);
        const stack = await LocalWorkspace.createStack({ stackName, projectName, program }, { ...options, workDir });
        return new Stack(await configured(stack, opening), folder);
    }

    preview(judging: Judging = {}): Promise<Result> {
        return operation(onEvent => this.stack.preview({ ...this.arguments(judging), onEvent }));
    }

    up(judging: Judging = {}): Promise<Result> {
        return operation(onEvent => this.stack.up({ ...this.arguments(judging), onEvent, suppressOutputs: true }));
    }

    destroy(): Promise<Result> {
        return operation(onEvent => this.stack.destroy({ onEvent }));
    }

    /** Writes what `pulumi stack export` gives to a file, and returns its path. */
    async export(): Promise<string> {
        const file = join(this.folder, "export.json");
        writeFileSync(file, JSON.stringify(await this.stack.exportStack()));
        return file;
    }

    /** Adds to the program of a stack that was opened with a folder. */
    append(code: string): void {
        appendFileSync(join(this.folder, "program", "index.ts"), `\n${code}\n`);
    }

    /** Removes the stack and its folder, whether or not it was destroyed. */
    close(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    private arguments({ pack, config, targets, program }: Judging) {
        return {
            ...(pack === undefined ? {} : { policyPacks: [resolve(pack)] }),
            ...(config === undefined ? {} : { policyPackConfigs: [configFile(config, this.folder)] }),
            ...(targets === undefined ? {} : { target: [...targets] }),
            ...(program === undefined ? {} : { program }),
            color: "never",
        } as const;
    }
}

/** Whether the CLI in use is of this version or a later one. */
export async function isAtLeast(major: number, minor: number): Promise<boolean> {
    const { version } = (await toolsOnce()).command;
    return version !== null && (version.major > major || (version.major === major && version.minor >= minor));
}

/** Has `pulumi policy publish` publish the pack of a folder to a service, for an organization. */
export async function publish(
    folder: string,
    { service, organization }: { readonly service: string; readonly organization: string },
): Promise<{ readonly exitCode: number; readonly output: string }> {
    const tools = await toolsOnce();
    const environment = { PULUMI_BACKEND_URL: service, PULUMI_ACCESS_TOKEN: "pul-0000000000000000" };
    const { exitCode, stdout, stderr } = await execute(
        join(tools.root, "bin", "pulumi"),
        ["policy", "publish", organization, "--color", "never"],
        { cwd: folder, env: { ...process.env, ...tools.environment, ...environment } },
    );
    return { exitCode, output: stdout + stderr };
}

/** `pulumi policy analyze` on a file that `pulumi stack export` wrote. */
export async function analyze(
    file: string,
    { pack, config }: { readonly pack: string; readonly config?: Judging["config"] },
): Promise<Result> {
    const tools = await toolsOnce();
    const folder = mkdtempSync(join(tools.root, "analyze-"));
    const args = ["policy", "analyze", "--json", "--file", file, "--policy-pack", resolve(pack)];
    if (config !== undefined) {
        args.push("--policy-pack-config", configFile(config, folder));
    }
    const { exitCode, stdout, stderr } = await execute(join(tools.root, "bin", "pulumi"), args, {
        cwd: folder,
        env: { ...process.env, ...tools.environment },
    });
    const events = stdout.split("\n").filter(line => line.startsWith("{"));
    return {
        exitCode,
        violations: violationsOf(events.map(eventOf)),
        changes: {},
        events,
        output: stdout + stderr,
    };
}

/** The project's own packages, for what runs outside of its folder. */
const modules = join(__dirname, "..", "..", "node_modules");

interface Tools {
    /** A temporary folder, removed when the process ends. */
    readonly root: string;
    readonly command: PulumiCommand;
    readonly environment: Readonly<Record<string, string>>;
}

let tools: Promise<Tools> | undefined;

function toolsOnce(): Promise<Tools> {
    tools ??= makeTools();
    return tools;
}

/** The CLI and its plugins, where the CLI finds them. */
async function makeTools(): Promise<Tools> {
    const root = mkdtempSync(join(tmpdir(), "vpc-endpoints-engine-"));
    process.on("exit", () => {
        rmSync(root, { recursive: true, force: true });
    });
    const bin = join(root, "bin");
    mkdirSync(bin);
    symlinkSync(await pulumi(), join(bin, "pulumi"));
    const [languageHost, provider] = await Promise.all([bundled("language-host"), bundled("provider")]);
    plugin(join(bin, "pulumi-language-nodejs"), languageHost);
    plugin(join(bin, "pulumi-resource-aws"), provider, "aws");
    plugin(join(bin, "pulumi-resource-aws-native"), provider, "aws-native");
    return {
        root,
        command: await PulumiCommand.get({ root }),
        environment: {
            AWS_REGION: "us-east-1",
            PATH: [bin, process.env["PATH"] ?? ""].join(delimiter),
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_HOME: join(root, "home"),
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            PULUMI_SKIP_UPDATE_CHECK: "1",
            // The SDK keeps a stack trace of every promise of a program, which takes a third of the program's time.
            NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --stack-trace-limit=0`,
        },
    };
}

/** One file of a script, which starts in a fourth of the time. It lies beside the packages that it looks up, until the process ends. */
async function bundled(script: string): Promise<string> {
    const outfile = join(modules, ".cache", "engine", `${script}.${process.pid}.cjs`);
    await build({
        entryPoints: [join(__dirname, `${script}.ts`)],
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        logLevel: "warning",
    });
    process.once("exit", () => {
        rmSync(outfile, { force: true });
    });
    return outfile;
}

function plugin(path: string, script: string, ...args: readonly string[]): void {
    const words = [process.execPath, script, ...args];
    writeFileSync(path, `#!/bin/sh\nexec ${words.map(word => `'${word}'`).join(" ")} "$@"\n`);
    chmodSync(path, 0o755);
}

async function configured(stack: AutomationStack, { config }: Opening): Promise<AutomationStack> {
    if (config !== undefined) {
        const values = Object.entries(config).map(([key, value]) => [key, { value }] as const);
        await stack.setAllConfig(Object.fromEntries(values));
    }
    return stack;
}

function eventOf(line: string): EngineEvent {
    const event: unknown = JSON.parse(line);
    return isEvent(event) ? event : { sequence: 0, timestamp: 0 };
}

function isEvent(value: unknown): value is EngineEvent {
    return typeof value === "object" && value !== null && "sequence" in value;
}

function configFile(config: Readonly<Record<string, unknown>> | string, folder: string): string {
    if (typeof config === "string") {
        return resolve(config);
    }
    const file = join(folder, "policy-config.json");
    writeFileSync(file, JSON.stringify(config));
    return file;
}

async function operation(
    start: (onEvent: (event: EngineEvent) => void) => Promise<{ stdout: string; stderr: string }>,
): Promise<Result> {
    const events: EngineEvent[] = [];
    const outcome = await start(event => events.push(event)).then(
        ({ stdout, stderr }) => ({ exitCode: 0, output: stdout + stderr }),
        (error: unknown) => failure(error),
    );
    const summary = events.find(event => event.summaryEvent !== undefined)?.summaryEvent;
    return {
        ...outcome,
        violations: violationsOf(events),
        changes: { ...summary?.resourceChanges },
        events: events.map(event => JSON.stringify(event)),
    };
}

/** The exit code and output of a CLI that failed, which the Automation API gives as a text only. */
function failure(error: unknown): { exitCode: number; output: string } {
    const code = error instanceof Error ? /Command failed with exit code (\d+)/.exec(error.message)?.[1] : undefined;
    if (!(error instanceof Error) || code === undefined) {
        throw error;
    }
    return { exitCode: Number(code), output: error.message };
}

function violationsOf(events: readonly EngineEvent[]): readonly Violation[] {
    return events
        .map(event => event.policyEvent)
        .filter(event => event !== undefined)
        .map(event => ({
            policy: event.policyName,
            level: event.enforcementLevel,
            urn: event.resourceUrn ?? "",
            message: event.message.replaceAll(/<\{%.*?%\}>/g, "").trim(),
            exceptions: exceptionsOf(event),
        }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Newer engines send these, older SDKs do not declare them. */
function exceptionsOf(event: object): readonly string[] {
    const exceptions: unknown = "exceptions" in event ? event.exceptions : undefined;
    return Array.isArray(exceptions)
        ? exceptions.map((exception: unknown) =>
              typeof exception === "object" && exception !== null && "id" in exception ? String(exception.id) : "",
          )
        : [];
}

function execute(
    command: string,
    args: readonly string[],
    options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
    return new Promise(done => {
        execFile(command, args, { ...options, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
            done({ exitCode: error === null ? 0 : typeof error.code === "number" ? error.code : 1, stdout, stderr });
        });
    });
}
