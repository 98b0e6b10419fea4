/** Starts policy packs as Pulumi's host does, asks them what the engine asks, and measures what that takes. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeRequest, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** What the engine asks of a pack: each resource by itself, and then the whole stack. */
export interface Requests {
    readonly resources: readonly AnalyzeRequest[];
    readonly stack: AnalyzeStackRequest;
}

export interface Measured {
    /** Milliseconds from start to the port. */
    readonly start: number;
    /** Milliseconds of all Analyze, one after the other. */
    readonly each: number;
    /** Milliseconds of the first AnalyzeStack. */
    readonly stack: number;
    /** The most memory that the process ever had, in megabytes. */
    readonly memory: number;
}

/** @param pack its folder: Pulumi runs a pack by the host among the pack's own packages. */
export async function measure(pack: string, requests?: Requests): Promise<Measured> {
    const host = createRequire(join(pack, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const began = performance.now();
    const child = spawn(process.execPath, [host, "127.0.0.1:1", pack], {
        cwd: pack,
        stdio: ["ignore", "pipe", "inherit"],
    });
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
export async function timed(work: () => Promise<unknown>): Promise<number> {
    const before = performance.now();
    await work();
    return performance.now() - before;
}

/**
 * Does two things in turn, so that both get the same share of whatever else the machine does.
 * @returns what each run of the one and of the other gave
 */
export async function inTurn<Outcome>(
    runs: number,
    one: () => Promise<Outcome>,
    other: () => Promise<Outcome>,
): Promise<readonly [one: readonly Outcome[], other: readonly Outcome[]]> {
    const [ofOne, ofOther]: [Outcome[], Outcome[]] = [[], []];
    for (let run = 0; run < runs; run++) {
        ofOne.push(await one());
        ofOther.push(await other());
    }
    return [ofOne, ofOther];
}

export function median(numbers: readonly number[]): number {
    return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
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

/** https://docs.kernel.org/filesystems/proc.html, VmHWM */
function peakMemory({ pid }: ChildProcess): number {
    const status = readFileSync(`/proc/${pid ?? "self"}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}
