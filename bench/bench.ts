/**
 * Ratios, each from one run: what this pack costs beside packs that do nothing, and beside others. Absolute times say more of the
 * machine. Ends with exit code 1 when a ratio misses its goal by a third. `--quick` leaves out what takes minutes; RUNS and SIZES
 * say how many runs the medians are of, and how many resources the stacks have.
 */
import { join } from "node:path";
import { policies } from "../library";
import { build } from "../test/blueprint";
import { Stack } from "../test/engine/stack";
import { resourceRequest, stackRequest } from "../test/judge";
import type { Mode } from "../test/record";
import { inTurn, type Measured, measure, median, type Requests, timed } from "./measure";
import { stackOf } from "./network";
import { awsGuard, emptyPack, publishedPack, root, typedPack } from "./packs";

const quick = process.argv.includes("--quick");
const runs = Number(process.env["RUNS"] ?? (quick ? 3 : 7));
/** A start takes a second, of which more than half is whatever else the machine does: it needs more of them. */
const starts = 3 * runs;
const modes: readonly Mode[] = quick ? ["preview"] : ["preview", "update"];
const sizes = (process.env["SIZES"] ?? (quick ? "1000,5000" : "100,1000,5000,20000")).split(",").map(Number);

/** How far a ratio may be from its goal: machines differ, and have other things to do. */
const allowance = 4 / 3;

const missed: string[] = [];

function row(what: string, unit: string, [one, other]: readonly [number, number], goal?: number): void {
    const ratio = one / other;
    const [left, right] = [one, other].map(number => `${number.toFixed(0)} ${unit}`.padStart(10));
    console.log(
        `${what.padEnd(66)}${left ?? ""}${right ?? ""}${ratio.toFixed(2).padStart(8)}${goal === undefined ? "" : `  at most ${goal.toFixed(2)}`}`,
    );
    if (goal !== undefined && ratio > goal * allowance) {
        missed.push(`${what}: ${ratio.toFixed(2)} instead of ${goal.toFixed(2)}`);
    }
}

type Figures = Readonly<Record<keyof Measured, readonly [one: number, other: number]>>;

async function compare(one: string, other: string, times: number, requests?: Requests): Promise<Figures> {
    const [ofOne, ofOther] = await inTurn(
        times,
        () => measure(one, requests),
        () => measure(other, requests),
    );
    const both = (of: keyof Measured): readonly [number, number] => [
        median(ofOne.map(measured => measured[of])),
        median(ofOther.map(measured => measured[of])),
    ];
    return { start: both("start"), each: both("each"), stack: both("stack"), memory: both("memory") };
}

async function startBeside(pack: string, other: string): Promise<readonly [number, number]> {
    return (await compare(pack, other, starts)).start;
}

function requestsOf(size: number, mode: Mode): Requests {
    const resources = build(stackOf(size), mode);
    return { resources: resources.map(resourceRequest), stack: stackRequest(resources) };
}

/** How long the engine takes for a preview of an example with this pack, and with another one or none. */
async function previews(pack: string, other?: string): Promise<readonly [number, number]> {
    const stack = await Stack.open(join(root, "examples", "private-app-fixed"));
    try {
        const preview = (judging: Parameters<Stack["preview"]>[0]) => () => timed(() => stack.preview(judging));
        const [one, two] = await inTurn(runs, preview({ pack }), preview(other === undefined ? {} : { pack: other }));
        return [median(one), median(two)];
    } finally {
        stack.close();
    }
}

async function main(): Promise<void> {
    const pack = publishedPack();
    const [empty, asMany] = [emptyPack(0, pack), emptyPack(policies.length, pack)];
    console.log(
        `Node.js ${process.version}, medians of ${runs} runs: this pack, the other one, the ratio and its goal\n`,
    );
    row("start, beside an empty pack", "ms", await startBeside(pack, empty), 0.7);
    if (!quick) {
        row("start, beside AWSGuard", "ms", await startBeside(pack, awsGuard()), 0.5);
        row("start, beside a TypeScript pack with @pulumi/aws", "ms", await startBeside(pack, typedPack()), 0.5);
        row("pulumi preview of an example, beside an empty pack", "ms", await previews(pack, empty), 1);
        row("pulumi preview of an example, beside no pack", "ms", await previews(pack));
    }
    for (const mode of modes) {
        const figures = new Map<number, Figures>();
        for (const size of sizes) {
            const measured = await compare(pack, asMany, runs, requestsOf(size, mode));
            figures.set(size, measured);
            const what = `${size} resources at ${mode}, beside ${policies.length} empty policies`;
            row(`Analyze, ${what}`, "ms", measured.each);
            row(`AnalyzeStack, ${what}`, "ms", measured.stack, size === 5000 ? 0.65 : 1.15);
            row(`memory, ${what}`, "MB", measured.memory, size === 5000 ? 0.85 : undefined);
        }
        const [from, to] = [Math.max(1000, ...sizes.slice(0, 1)), Math.max(...sizes)];
        const [less, more] = [figures.get(from), figures.get(to)];
        if (less !== undefined && more !== undefined && to > from) {
            // Times as many resources should take at most as many times as long.
            const growth: readonly [number, number] = [more.stack[0], (less.stack[0] * to) / from];
            row(`AnalyzeStack, ${to} resources at ${mode}, beside ${to / from} times ${from}`, "ms", growth, 1.2);
        }
    }
    missed.forEach(line => {
        console.error(`missed by more than a third: ${line}`);
    });
    process.exit(missed.length === 0 ? 0 : 1);
}

void main();
