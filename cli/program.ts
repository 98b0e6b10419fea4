import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { endOf, startNode } from "./child";
import type { GivenAnswers } from "./data-sources";
import { Failure } from "./failure";
import { Monitor, type Problem } from "./monitor";
import type { Project } from "./project";
import type { Resource } from "./resource";
import { stackType } from "./urn";

/** What to tell of a program while it runs. */
export interface ProgramListener {
    /** What the program prints, on either stream. */
    print(text: string): void;
    /** A line that the program logs, or that is to be known about how it is run. */
    line(text: string): void;
    progress(text: string): void;
}

/** How to run a program. */
export interface ProgramOptions {
    readonly answers: GivenAnswers;
    /** How long the program may take, in seconds. */
    readonly timeout: number;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Ends the program when it is aborted. */
    readonly signal: AbortSignal;
}

/**
 * Lets Node.js's `util.inspect` work without colours: with them it never ends, on Node.js 20 and 22, for an error with a
 * frame in one of the files at the top of @pulumi/pulumi, and Pulumi inspects the error of every program that fails.
 * A module of its own and not a file, as it runs in the program's process before anything else.
 */
const plainInspect = `data:text/javascript,${encodeURIComponent(
    'import util from "node:util"; const inspect = util.inspect; util.inspect = Object.assign(' +
        "(value, options, ...rest) => inspect(value, options?.colors ? { ...options, colors: false } : options, ...rest)," +
        "inspect);",
)}`;

/**
 * Runs a program as Pulumi's language host does, at a first preview, and returns the resources that it registers.
 * Throws a {@link Failure} when the program cannot be run, fails, or takes too long.
 */
export async function runProgram(
    project: Project,
    { answers, timeout, environment, signal }: ProgramOptions,
    listener: ProgramListener,
): Promise<readonly Resource[]> {
    const runner = runnerOf(project);
    const problems: Problem[] = [];
    const failed = new AbortController();
    const late = AbortSignal.timeout(Math.round(timeout * 1000));
    const monitor = new Monitor(project, answers, environment["AWS_REGION"], {
        log: (severity, text) => {
            listener.line(`${severity === "warning" ? "warning: " : ""}${stripVTControlCharacters(text).trimEnd()}`);
        },
        note: text => {
            listener.line(`note: ${text}`);
        },
        fail: problem => {
            problems.push(problem);
            failed.abort();
        },
        progress: resources => {
            listener.progress(`running the program, resources so far: ${resources}`);
        },
    });
    listener.progress("running the program");
    const address = await monitor.start();
    try {
        const child = startNode(
            [
                ...project.nodeArguments,
                `--import=${plainInspect}`,
                runner,
                `--project=${project.name}`,
                `--stack=${project.stack}`,
                `--organization=${project.organization}`,
                `--root-directory=${project.root}`,
                `--monitor=${address}`,
                `--engine=${address}`,
                "--parallel=16",
                "--dry-run=true",
                `--pwd=${project.directory}`,
                project.entry,
            ],
            project.directory,
            environmentOf(project, environment),
            AbortSignal.any([signal, failed.signal, late]),
        );
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => {
                listener.print(text);
            });
        }
        const end = await child.ended;
        const problem = problems.find(({ ours }) => ours) ?? problems[0];
        if (problem !== undefined) throw new Failure(describe(project, problem));
        if (late.aborted) {
            throw new Failure(
                `the program in ${project.root} did not end within ${timeout} seconds; --timeout SECONDS allows more.`,
            );
        }
        if (end !== 0) throw new Failure(`the program in ${project.root} ended with ${endOf(end)}.`);
        const { resources } = monitor;
        if (resources.every(({ type }) => type === stackType)) listener.line(`warning: ${emptyHanded(project)}`);
        return resources;
    } finally {
        monitor.stop();
    }
}

/** Says that nothing will be judged, and what may be behind that. */
function emptyHanded({ root, directory, entry }: Project): string {
    const hasManifest = ["package.json", "package.yaml"].some(file => existsSync(join(directory, file)));
    const instead =
        "it has no package.json, so that Pulumi runs the main file of the next one above it, if that names one";
    return `the program in ${root} registered no resource${entry === "." && !hasManifest ? `: ${instead}` : ""}.`;
}

function runnerOf({ root, directory }: Project): string {
    try {
        return createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
    } catch {
        throw new Failure(`${directory} has no @pulumi/pulumi: run npm install in ${root}.`);
    }
}

function environmentOf(
    { config, secretKeys, typescript, tsconfig }: Project,
    environment: ProgramOptions["environment"],
): Record<string, string | undefined> {
    const inherited = Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_NODEJS_"));
    return {
        ...Object.fromEntries(inherited),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: String(typescript),
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        ...(tsconfig !== "" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    };
}

/** One line for what a program says at length. */
function describe(project: Project, { ours, message }: Problem): string {
    const program = `the program in ${project.root}`;
    if (ours) return `${program} cannot be judged: ${message}.`;
    const text = stripVTControlCharacters(message).trim();
    const [, key] = /^Missing required configuration variable '(.+?)'/.exec(text) ?? [];
    if (key !== undefined) {
        const short = key.replace(`${project.name}:`, "");
        return (
            `${program} needs the configuration value ${short}, which stack ${project.stack} does not have; ` +
            `pass --config-value ${short}=VALUE or set it in Pulumi.${project.stack}.yaml.`
        );
    }
    const [, feature] = /The Pulumi CLI does not support (.*?)\. Please update the Pulumi CLI/i.exec(text) ?? [];
    if (feature !== undefined) {
        return `${program} cannot be judged: it uses ${feature}, which preview does not run; use pulumi preview --policy-pack.`;
    }
    const lines = text
        .replace(/^Running program '.*' failed with an unhandled exception:\n(<ref \*\d+> )?/, "")
        .split("\n")
        .filter(line => line.trim() !== "");
    // A heading by itself says nothing.
    const said = lines.slice(0, lines[0]?.endsWith(":") === true ? 2 : 1).map(line => line.trim());
    return `${program} failed: ${said.join(" ").replace(/ \{$| \(\)$/, "")}${frameOf(project, lines)}`;
}

/** Where in the program's own files an error comes from: ` (index.ts, line 3)`. */
function frameOf({ root }: Project, lines: readonly string[]): string {
    for (const line of lines) {
        const [, file = "", number = ""] = /^\s+at .*?\(?((?:file:\/\/)?\/[^():]+):(\d+):\d+\)?/.exec(line) ?? [];
        const at = file.indexOf(`${root}/`);
        if (at >= 0 && !file.includes("/node_modules/")) {
            return ` (${file.slice(at + root.length + 1)}, line ${number})`;
        }
    }
    return "";
}
