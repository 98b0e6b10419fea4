import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
    emptyConfiguration,
    exceptionWarnings,
    readConfiguration,
    reconcile,
    type Configuration,
    type PolicySettings,
} from "./configuration";
import { GivenAnswers } from "./data-sources";
import { parseDocument, parseJsonDocument, readDocument } from "./documents";
import { readExport } from "./export";
import { Failure, messageOf } from "./failure";
import { judge } from "./judge";
import { count, type Judgement } from "./judgement";
import { startPack, type Pack } from "./pack";
import { runProgram } from "./program";
import { projectFile, readProject } from "./project";
import { reportJson } from "./report-json";
import { reportText } from "./report-text";
import type { Stack } from "./resource";
import { Messages, type Sink } from "./terminal";
import { isObject, stringOf } from "./untyped";

/** What the command line runs in. */
export interface Host {
    /** The directory of the policy pack: of its package.json. */
    readonly packDirectory: string;
    /** The directory that relative paths start from. */
    readonly directory: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly stdout: Sink;
    readonly stderr: Sink;
}

interface ReportOptions {
    readonly config?: string;
    readonly format: "text" | "json";
    readonly output?: string;
    /** Whether colours are allowed. */
    readonly color: boolean;
}

interface PreviewOptions extends ReportOptions {
    readonly stack?: string;
    readonly configValue: readonly string[];
    readonly answers?: string;
    readonly timeout: number;
}

/** What the exit code says. */
const exitCodes = { passed: 0, violated: 1, notJudged: 2 } as const;

/**
 * Runs the command line and returns the exit code: 0 when no mandatory policy is violated, 1 when one is, 2 when nothing
 * could be judged.
 *
 * @param args the arguments, without Node.js and the script
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
    const messages = new Messages(host.stderr);
    let exitCode: number = exitCodes.passed;
    const program = await commandsOf(host, messages, code => {
        exitCode = code;
    });
    try {
        await program.parseAsync(args.length > 0 ? args : withoutArguments(host, messages, program), { from: "user" });
        return exitCode;
    } catch (thrown) {
        if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.passed : exitCodes.notJudged;
        if (!(thrown instanceof Failure)) throw thrown;
        messages.line(
            thrown.message
                .split("\n")
                .map(line => `error: ${line}`)
                .join("\n"),
        );
        return exitCodes.notJudged;
    } finally {
        messages.end();
    }
}

/** A bare command judges the program at hand: the current directory's, or in a clone the example. */
function withoutArguments(host: Host, messages: Messages, program: Command): readonly string[] {
    if (projectFile(host.directory) !== undefined) return ["preview"];
    const example = join(host.packDirectory, "examples", "private-app");
    if (projectFile(example) === undefined) return program.help({ error: true });
    messages.line(`no Pulumi.yaml here: judging the example in ${relative(host.directory, example)}.`);
    return ["preview", example];
}

async function commandsOf(host: Host, messages: Messages, exit: (code: number) => void): Promise<Command> {
    const manifest = parseJsonDocument(await readDocument(join(host.packDirectory, "package.json")));
    const program = new Command("vpc-endpoint-policies")
        .description(
            "Judges how private workloads reach AWS services through VPC endpoints, by the policies of this pack.\n" +
                "Without arguments it judges the Pulumi program in the current directory.",
        )
        .version(isObject(manifest) ? stringOf(manifest["version"]) : "")
        .configureOutput({
            writeOut: text => void host.stdout.write(text),
            writeErr: text => void host.stderr.write(text),
        })
        .exitOverride()
        .addHelpText(
            "after",
            `
Exit codes:
  0  no mandatory policy is violated
  1  a mandatory policy is violated
  2  nothing could be judged: wrong usage, unreadable input, a program or a policy pack that failed

Examples:
  vpc-endpoint-policies preview infrastructure --stack prod
  pulumi stack export | vpc-endpoint-policies analyze - --format json --output report.json`,
        );

    reporting(
        program
            .command("preview")
            .summary("judge a Node.js program as at its first preview")
            .description(
                "Runs a Pulumi program of the Node.js runtime as at the first preview of its stack, and judges what it\n" +
                    "would create. Needs no Pulumi CLI, no cloud and no credentials: ids and computed values are unknown,\n" +
                    "data sources get plausible answers, which are named on standard error.",
            )
            .argument("[dir]", "directory of the program's Pulumi.yaml", ".")
            .option(
                "-s, --stack <name>",
                "stack whose Pulumi.STACK.yaml counts (default: the only one there is, else dev)",
            )
            .option(
                "-c, --config-value <key=value>",
                "a configuration value, over those of the files; repeatable",
                gather,
                [],
            )
            .option("--answers <file>", "answers to data sources (JSON or YAML): see below")
            .addOption(
                new Option("--timeout <seconds>", "how long the program may run").argParser(positive).default(120),
            ),
    )
        .addHelpText(
            "after",
            `
Data sources:
  aws.iam.getPolicyDocument is worked out; regions, zones, accounts, images and the like are made up, to fit the
  configured region. --answers replaces or adds answers: an object from token to result,
    { "aws:ec2/getVpc:getVpc": { "id": "vpc-0a1b2c3d", "cidrBlock": "10.8.0.0/16" } }
  or a list, where args are the arguments that an answer is for:
    [{ "token": "aws:ssm/getParameter:getParameter", "args": { "name": "/vpc" }, "result": { "value": "vpc-0a1b" } }]

Not run: transforms (registerResourceTransform) and hooks. Components of a provider (awsx) count without their
resources. Encrypted configuration and ESC environments are not opened. For these, or for another language, use
pulumi preview --policy-pack, or judge the result with analyze.`,
        )
        .action(async (directory: string, options: PreviewOptions) => {
            const judgement = await preview(resolve(host.directory, directory), options, host, messages);
            exit(await report(judgement, options, host, messages));
        });

    reporting(
        program
            .command("analyze")
            .summary("judge a stack that exists, by its export")
            .description("Judges what pulumi stack export wrote, as pulumi policy analyze --file does.")
            .argument("<file>", "the export, or - for standard input"),
    ).action(async (file: string, options: ReportOptions) => {
        const name = file === "-" ? file : resolve(host.directory, file);
        const stack = readExport(await readDocument(name));
        const configuration = await configurationOf(options, host);
        const abort = new AbortController();
        const { pack, settings } = await configuredPack(host, configuration, messages, abort.signal);
        try {
            const judgement = await judge(pack, settings, configuration, stack, progressOf(messages));
            exit(await report(judgement, options, host, messages));
        } finally {
            pack.stop();
        }
    });
    return program;
}

function reporting(command: Command): Command {
    return command
        .option("--config <file>", "the policies' configuration, in either format of pulumi --policy-pack-config")
        .addOption(
            new Option("-f, --format <format>", "format of the report").choices(["text", "json"]).default("text"),
        )
        .option("-o, --output <file>", "where to write the report (default: standard output)")
        .option("--no-color", "no colours (they are only used on a terminal, and not when NO_COLOR is set)");
}

function gather(value: string, values: readonly string[]): readonly string[] {
    return [...values, value];
}

function positive(value: string): number {
    const number = Number(value);
    if (!(number > 0) || !Number.isFinite(number)) throw new InvalidArgumentError("It must be a positive number.");
    return number;
}

async function preview(directory: string, options: PreviewOptions, host: Host, messages: Messages): Promise<Judgement> {
    const configuration = await configurationOf(options, host);
    const answers = await answersOf(options, host);
    const project = await readProject(directory, options.stack, options.configValue);
    for (const note of project.notes) messages.line(`note: ${note}`);
    const abort = new AbortController();
    const failures: unknown[] = [];
    // The pack starts while the program runs; the first of them to fail ends the other.
    const together = async <Value>(work: Promise<Value>): Promise<Value | undefined> => {
        try {
            return await work;
        } catch (thrown) {
            failures.push(thrown);
            abort.abort();
            return undefined;
        }
    };
    const [configured, resources] = await Promise.all([
        together(configuredPack(host, configuration, messages, abort.signal)),
        together(
            runProgram(
                project,
                { answers, timeout: options.timeout, environment: host.environment, signal: abort.signal },
                {
                    print: text => {
                        messages.print(text);
                    },
                    line: text => {
                        messages.line(text);
                    },
                    progress: progressOf(messages),
                },
            ),
        ),
    ]);
    try {
        if (configured === undefined || resources === undefined) throw failures[0];
        const { stack, name, organization } = project;
        const planned: Stack = { stack, project: name, organization, preview: true, resources };
        return await judge(configured.pack, configured.settings, configuration, planned, progressOf(messages));
    } finally {
        configured?.pack.stop();
    }
}

function progressOf(messages: Messages): (text: string) => void {
    return text => {
        messages.progress(text);
    };
}

/** The configuration to judge by; what would keep the report from being written is said before any work is done. */
async function configurationOf({ config, output }: ReportOptions, host: Host): Promise<Configuration> {
    const file = resolve(host.directory, output ?? ".");
    if (!existsSync(dirname(file))) throw new Failure(`${file} cannot be written: there is no such directory.`);
    return config === undefined ? emptyConfiguration : readConfiguration(resolve(host.directory, config));
}

async function answersOf({ answers }: PreviewOptions, host: Host): Promise<GivenAnswers> {
    if (answers === undefined) return new GivenAnswers({});
    const document = await readDocument(resolve(host.directory, answers));
    const parsed = parseDocument(document);
    try {
        return new GivenAnswers(parsed);
    } catch (thrown) {
        throw new Failure(`${document.name}: ${messageOf(thrown)}.`);
    }
}

async function configuredPack(
    host: Host,
    configuration: Configuration,
    messages: Messages,
    abort: AbortSignal,
): Promise<{ readonly pack: Pack; readonly settings: ReadonlyMap<string, Required<PolicySettings>> }> {
    if (configuration.environments.length > 0) {
        messages.line(`note: ${configuration.file}: environments are not opened here.`);
    }
    const pack = await startPack(
        host.packDirectory,
        text => {
            messages.print(text);
        },
        abort,
    );
    try {
        const settings = reconcile(pack.info, configuration);
        for (const warning of exceptionWarnings(configuration, pack.info)) messages.line(`warning: ${warning}`);
        await pack.configure(settings);
        return { pack, settings };
    } catch (thrown) {
        pack.stop();
        throw thrown;
    }
}

/** Writes the report, whole or not at all, and returns the exit code. */
async function report(
    judgement: Judgement,
    { format, output, color }: ReportOptions,
    { directory, environment, stdout }: Host,
    messages: Messages,
): Promise<number> {
    const toTerminal = output === undefined && stdout.isTTY === true;
    const text = reportAs(format, judgement, {
        width: toTerminal ? (stdout.columns ?? 100) : 100,
        colours: toTerminal && color && (environment["NO_COLOR"] ?? "") === "",
    });
    messages.end();
    if (output === undefined) stdout.write(text);
    else await writeWhole(resolve(directory, output), text);
    return count(judgement, "mandatory") > 0 ? exitCodes.violated : exitCodes.passed;
}

function reportAs(
    format: ReportOptions["format"],
    judgement: Judgement,
    style: Parameters<typeof reportText>[1],
): string {
    switch (format) {
        case "text":
            return reportText(judgement, style);
        case "json":
            return reportJson(judgement);
    }
}

async function writeWhole(file: string, text: string): Promise<void> {
    const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
    try {
        await writeFile(temporary, text);
        await rename(temporary, file);
    } catch (thrown) {
        await rm(temporary, { force: true });
        throw new Failure(`${file} cannot be written: ${messageOf(thrown)}.`);
    }
}
