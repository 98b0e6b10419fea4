/** Ratios, each from one run: what this pack costs beside packs that do nothing. Absolute times say more of the machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeRequest, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { policies } from "../library";
import { build } from "../test/blueprint";
import { resourceRequest, stackRequest } from "../test/judge";
import type { Mode } from "../test/record";
import { stackOf } from "./network";

const root = resolve(__dirname, "..");
const runs = Number(process.env["RUNS"] ?? 7);
const sizes = (process.env["SIZES"] ?? "100,1000,5000,20000").split(",").map(Number);

const folder = mkdtempSync(join(tmpdir(), "bench-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));

/** A compiled pack of so many policies, each of resources and of the stack, that do nothing. */
function emptyPack(count: number): string {
    const directory = join(folder, `empty-${count}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(
        join(directory, "index.js"),
        `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", {
    policies: Array.from({ length: ${count} }, (_, i) => ({
        name: "empty-" + i,
        description: "Nothing is wrong.",
        enforcementLevel: "mandatory",
        validateResource: () => undefined,
        validateStack: () => undefined,
    })),
});
`,
    );
    return directory;
}

const packs = { ours: join(root, "dist"), empty: emptyPack(0), asMany: emptyPack(policies.length) };

/** What the engine asks of a pack: each resource by itself, and then the whole stack. */
interface Requests {
    readonly resources: readonly AnalyzeRequest[];
    readonly stack: AnalyzeStackRequest;
}

interface Measured {
    /** Milliseconds from start to the port. */
    readonly start: number;
    /** Milliseconds of all Analyze, one after the other. */
    readonly each: number;
    /** Milliseconds of the first AnalyzeStack. */
    readonly stack: number;
    /** The most memory that the process ever had, in megabytes. */
    readonly memory: number;
}

async function measure(pack: string, requests: Requests | undefined): Promise<Measured> {
    const began = performance.now();
    const child = spawn(process.execPath, [join(pack, "index.js")], { stdio: ["ignore", "pipe", "inherit"] });
    try {
        const port = await firstLine(child);
        const start = performance.now() - began;
        const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": -1,
            "grpc.max_send_message_length": -1,
        });
        const each = await timed(async () => {
            for (const request of requests?.resources ?? []) {
                await answered(done => client.analyze(request, done));
            }
        });
        const stack = await timed(async () => {
            if (requests !== undefined) {
                await answered(done => client.analyzeStack(requests.stack, done));
            }
        });
        client.close();
        return { start, each, stack, memory: peakMemory(child) };
    } finally {
        child.kill("SIGKILL");
    }
}

/** Milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
    const before = performance.now();
    await work();
    return performance.now() - before;
}

function answered(send: (done: (error: Error | null) => void) => unknown): Promise<void> {
    return new Promise((done, fail) => {
        send(error => {
            if (error === null) {
                done();
            } else {
                fail(error);
            }
        });
    });
}

function firstLine(child: ChildProcess): Promise<string> {
    return new Promise((done, fail) => {
        child.stdout?.setEncoding("utf8").once("data", (text: string) => {
            done(text.trim());
        });
        child.once("exit", code => {
            fail(new Error(`the pack ended with exit code ${code ?? "none"}`));
        });
    });
}

function peakMemory({ pid }: ChildProcess): number {
    const status = readFileSync(`/proc/${pid ?? "self"}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

function median(numbers: readonly number[]): number {
    return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Measures two packs in turn, so that both get the same share of whatever else the machine does. */
async function compare(
    one: string,
    other: string,
    requests?: Requests,
): Promise<Readonly<Record<keyof Measured, readonly [one: number, other: number]>>> {
    const [ofOne, ofOther]: [Measured[], Measured[]] = [[], []];
    for (let run = 0; run < runs; run++) {
        ofOne.push(await measure(one, requests));
        ofOther.push(await measure(other, requests));
    }
    const both = (of: keyof Measured): readonly [number, number] => [
        median(ofOne.map(measured => measured[of])),
        median(ofOther.map(measured => measured[of])),
    ];
    return { start: both("start"), each: both("each"), stack: both("stack"), memory: both("memory") };
}

function row(what: string, unit: string, [one, other]: readonly [number, number]): void {
    const ratio = (one / other).toFixed(2);
    console.log(
        `${what.padEnd(72)}${one.toFixed(0).padStart(7)} ${unit} ${other.toFixed(0).padStart(7)} ${unit}   ${ratio}`,
    );
}

async function main(): Promise<void> {
    console.log(`Node ${process.version}, medians of ${runs} runs: this pack, the other one, their ratio\n`);
    row("start, beside an empty pack", "ms", (await compare(packs.ours, packs.empty)).start);
    for (const mode of ["preview", "update"] satisfies Mode[]) {
        for (const size of sizes) {
            const resources = build(stackOf(size), mode);
            const requests = { resources: resources.map(resourceRequest), stack: stackRequest(resources) };
            const { each, stack, memory } = await compare(packs.ours, packs.asMany, requests);
            const what = `${size} resources at ${mode}, beside ${policies.length} empty policies`;
            row(`Analyze, ${what}`, "ms", each);
            row(`AnalyzeStack, ${what}`, "ms", stack);
            row(`memory, ${what}`, "MB", memory);
        }
    }
    rmSync(folder, { recursive: true });
}

void main();
