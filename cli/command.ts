import { join, relative, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { tellExempted } from "../engine/exempted";
import {
    emptyConfiguration,
    exceptionWarnings,
    readConfiguration,
    reconcile,
    type Configuration,
    type PolicySettings,
} from "./configuration";
import { GivenAnswers } from "./data-sources";
import { parseDocument, parseJsonDocument, readDocument, type Document } from "./documents";
import { readEvents } from "./events";
import { readExport } from "./export";
import { Failure, messageOf } from "./failure";
import { judge } from "./judge";
import { count, type Judgement } from "./judgement";
import { ordersOf, writeReports, type Desk, type Wish } from "./output";
import { startPack, type Pack } from "./pack";
import { placed, projectNamed } from "./place";
import { runProgram } from "./program";
import { projectFile, readProject } from "./project";
import { remediated } from "./remediate";
import { formats, isFormat, type Format } from "./report";
import type { Stack } from "./resource";
import { Messages, type Sink } from "./terminal";
import { objectOf, stringOf } from "./untyped";

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
    /** What `--format` and `--output` ask for, in the order of the command line. */
    readonly format: readonly Wish[];
    /** Whether colours are allowed. */
    readonly color: boolean;
}

interface JudgeOptions extends ReportOptions {
    readonly preset?: string;
    readonly config?: string;
}

interface PreviewOptions extends JudgeOptions {
    readonly stack?: string;
    readonly configValue: readonly string[];
    readonly answers?: string;
    readonly timeout: number;
}

/** The presets: files of the pack's directory `presets`. */
const presetNames = ["advisory", "recommended", "strict"];

/** A judgement, and how to draw the network that was judged. */
interface Judged {
    readonly judgement: Judgement;
    readonly map: Desk["map"];
}

/** The network of a log of events, which does not tell what its resources refer to. */
const unknownMap: Desk["map"] = () => Promise.resolve(undefined);

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
        .version(stringOf(objectOf(manifest)["version"]))
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
  vpc-endpoint-policies preview --preset advisory -f sarif -o report.sarif -f markdown -o report.md
  pulumi stack export | vpc-endpoint-policies analyze - --format json --output report.json
  pulumi policy analyze --json --policy-pack . | vpc-endpoint-policies report - --format junit`,
        );

    judging(
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
                new Option("--timeout <seconds>", "how long the program may run").argParser(seconds).default(120),
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
            const project = resolve(host.directory, directory);
            const { judgement, map } = await preview(project, options, host, messages);
            exit(await report(placed(judgement, project, host.directory), map, options, host, messages));
        });

    judging(
        program
            .command("analyze")
            .summary("judge a stack that exists, by its export")
            .description("Judges what pulumi stack export wrote, as pulumi policy analyze --file does.")
            .argument("<file>", "the export, or - for standard input"),
    ).action(async (file: string, options: JudgeOptions) => {
        const stack = readExport(await given(file, host));
        const configuration = await configurationOf(options, host);
        const abort = new AbortController();
        const { pack, settings } = await configuredPack(host, configuration, messages, abort.signal);
        try {
            const judgement = await judge(pack, settings, configuration, stack, progressOf(messages));
            const project = await projectNamed(stack.project, host.directory);
            const map = drawing(stack, settings);
            exit(await report(placed(judgement, project, host.directory), map, options, host, messages));
        } finally {
            pack.stop();
        }
    });

    reporting(
        program
            .command("report")
            .summary("report what Pulumi's own engine said of policies, by its events")
            .description(
                "Makes the same reports, and the same exit code, of the log of events that Pulumi's engine writes.",
            )
            .argument("<events>", "the log, or - for standard input"),
    )
        .addHelpText(
            "after",
            `
The log:
  pulumi policy analyze --json --policy-pack DIR > events.jsonl
  PULUMI_DEBUG_COMMANDS=true pulumi preview --policy-pack DIR --event-log events.jsonl
  PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json --policy-pack DIR > events.jsonl

What exempt keeps silent is in the log if ${tellExempted}=true was set for the run.`,
        )
        .action(async (file: string, options: ReportOptions) => {
            checkOutput(options, host);
            const document = await given(file, host);
            const pack = await startPack(host.packDirectory, printerOf(messages), new AbortController().signal);
            pack.stop();
            const { judgement, project, isWhole } = readEvents(document, pack.info);
            if (!isWhole) messages.line(`warning: ${document.name} is of a run that ended before it had judged all.`);
            const directory = await projectNamed(project, host.directory);
            exit(await report(placed(judgement, directory, host.directory), unknownMap, options, host, messages));
        });
    return program;
}

function judging(command: Command): Command {
    return reporting(
        command
            .addOption(
                new Option("--preset <name>", "levels of all policies, over which --config lies").choices(presetNames),
            )
            .option("--config <file>", "the policies' configuration, in either format of pulumi --policy-pack-config"),
    );
}

function reporting(command: Command): Command {
    const wishes: Wish[] = [];
    return command
        .addOption(
            new Option("-f, --format <format>", "format of the report; repeatable, each with its --output after it")
                .choices(formats)
                .argParser(value => {
                    wishes.push({ format: format(value) });
                    return wishes;
                })
                .default(wishes, "text"),
        )
        .option("-o, --output <file>", "where to write the report (default: standard output)", file => {
            wishes.push({ file });
        })
        .option("--no-color", "no colours (they are only used on a terminal, and not when NO_COLOR is set)");
}

function format(value: string): Format {
    if (!isFormat(value)) throw new InvalidArgumentError(`Allowed choices are ${formats.join(", ")}.`);
    return value;
}

function gather(value: string, values: readonly string[]): readonly string[] {
    return [...values, value];
}

/** A time that Node.js can wait, which is no longer than 2^31 milliseconds. */
function seconds(value: string): number {
    const number = Number(value);
    if (!(number >= 0.001 && number <= 2_147_483)) {
        throw new InvalidArgumentError("It must be a number from 0.001 to 2147483.");
    }
    return number;
}

async function preview(directory: string, options: PreviewOptions, host: Host, messages: Messages): Promise<Judged> {
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
                    print: printerOf(messages),
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
        const { pack, settings } = configured;
        const planned = await remediated(
            pack,
            settings,
            { stack, project: name, organization, preview: true, resources },
            text => {
                messages.line(text);
            },
        );
        return {
            judgement: await judge(pack, settings, configuration, planned, progressOf(messages)),
            map: drawing(planned, settings),
        };
    } finally {
        configured?.pack.stop();
    }
}

/** How to draw the network of a stack. To read it takes time, and only some reports have a map. */
function drawing(stack: Stack, settings: ReadonlyMap<string, PolicySettings>): Desk["map"] {
    return async () => {
        const { mapOf } = await import("./map.js");
        return mapOf(stack, settings);
    };
}

function printerOf(messages: Messages): (text: string) => void {
    return text => {
        messages.print(text);
    };
}

function progressOf(messages: Messages): (text: string) => void {
    return text => {
        messages.progress(text);
    };
}

/** A file that the command line names, or standard input. */
function given(file: string, host: Host): Promise<Document> {
    return readDocument(file === "-" ? file : resolve(host.directory, file));
}

/** The configuration to judge by; what would keep a report from being written is said before any work is done. */
async function configurationOf(options: JudgeOptions, host: Host): Promise<Configuration> {
    checkOutput(options, host);
    const { config, preset } = options;
    const own = config === undefined ? emptyConfiguration : await readConfiguration(resolve(host.directory, config));
    if (preset === undefined) return own;
    const { policies } = await readConfiguration(join(host.packDirectory, "presets", `${preset}.json`));
    return { ...own, preset: policies };
}

function checkOutput({ format }: ReportOptions, host: Host): void {
    ordersOf(format, host.directory);
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
    const pack = await startPack(host.packDirectory, printerOf(messages), abort);
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

/** Writes the reports, and returns the exit code. */
async function report(
    judgement: Judgement,
    map: Desk["map"],
    { color, ...options }: ReportOptions,
    { directory, environment, stdout }: Host,
    messages: Messages,
): Promise<number> {
    messages.end();
    const colours = color && (environment["NO_COLOR"] ?? "") === "";
    await writeReports(judgement, ordersOf(options.format, directory), { stdout, colours, map });
    return count(judgement, "mandatory") > 0 ? exitCodes.violated : exitCodes.passed;
}
