import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Violation } from "../test/judge";
import { root } from "./names";

/** The sections of a table, by the words that the titles of their cases begin with. */
export const sections = ["accepts", "rejects", "waits for", "does not judge"] as const;
export type Section = (typeof sections)[number];

/** The titles of the cases of one policy, by section. */
export type Cases = Readonly<Record<Section, readonly string[]>>;

/** A case as its page shows it. */
export interface Shown {
    readonly title: string;
    /** The program, in TypeScript. */
    readonly program: string;
    /** The configuration that it is judged with, if it has one, as the engine takes it. */
    readonly config?: Readonly<Record<string, object>>;
    /** What the policy says of it at the update. */
    readonly said: readonly Violation[];
    /** Whether that is undecided at preview, since it hangs on an id that AWS gives. */
    readonly late: boolean;
}

/** What one table tells for the page of its policy. */
export interface Told {
    readonly policy: string;
    readonly why: string;
    readonly cases: Cases;
    readonly rejected: Shown;
    readonly accepted: Shown;
    /** A value for each setting that a case gives, and for each setting of the whole pack. */
    readonly values: Readonly<Record<string, unknown>>;
    readonly packValues: Readonly<Record<string, unknown>>;
}

/** What all tables tell, by policy. */
export type Tables = ReadonlyMap<string, Told>;

let read: Promise<Tables> | undefined;

/**
 * Reads the tables, and runs the two programs of each that its page shows. That is done in a process of its own, since a
 * table declares tests when it is loaded; once is enough.
 * @throws {Error} with what that process says if a table cannot be loaded or a program cannot be shown.
 */
export function readTables(): Promise<Tables> {
    return (read ??= run());
}

async function run(): Promise<Tables> {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", join(root, "scripts", "cases.ts")],
        { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    );
    const told = JSON.parse(stdout) as readonly Told[];
    return new Map(told.map(one => [one.policy, one]));
}
