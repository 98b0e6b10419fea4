import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** A child process, with all the processes that it starts. */
export interface Child {
    readonly stdout: Readable;
    readonly stderr: Readable;
    /** Resolves to the exit code, or to the name of the signal, when the process is gone and all its output was read. */
    readonly ended: Promise<number | string>;
    /** Ends the process and all that it started, at once. */
    stop(): void;
}

/**
 * Starts Node.js in a process group of its own, so that nothing of it outlives this process: when the child is gone,
 * what it left running is ended, and when this process exits or the signal is aborted, the child is.
 */
export function startNode(
    args: readonly string[],
    cwd: string,
    environment: Readonly<Record<string, string | undefined>>,
    abort: AbortSignal,
): Child {
    const group = process.platform !== "win32";
    const child = spawn(process.execPath, args, {
        cwd,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
        detached: group,
    });
    const stop = () => {
        if (child.pid === undefined) return;
        try {
            if (group) process.kill(-child.pid, "SIGKILL");
            else child.kill("SIGKILL");
        } catch {
            // The whole group is gone already.
        }
    };
    process.once("exit", stop);
    abort.addEventListener("abort", stop);
    if (abort.aborted) stop();
    const ended = new Promise<number | string>((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", stop);
        child.once("close", (code, signal) => {
            process.removeListener("exit", stop);
            abort.removeEventListener("abort", stop);
            resolve(code ?? String(signal));
        });
    });
    // Who waits for the end hears of a failed start; who does not must not bring the process down.
    ended.catch(() => undefined);
    return { stdout: child.stdout, stderr: child.stderr, ended, stop };
}

/** How a process ended, in words. */
export function endOf(end: number | string): string {
    return typeof end === "number" ? `exit code ${end}` : end;
}
