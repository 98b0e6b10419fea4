import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure, messageOf } from "./failure";
import type { Judgement } from "./judgement";
import type { NetworkMap } from "./map";
import { reportAs, type Format } from "./report";
import type { Sink } from "./terminal";

/** A report to write. */
export interface Order {
    readonly format: Format;
    /** The file's path; undefined for standard output. */
    readonly file: string | undefined;
}

/** Where and how reports are written. */
export interface Desk {
    readonly stdout: Sink;
    /** Whether colours are allowed on a terminal. */
    readonly colours: boolean;
    /** Draws the network; undefined where it is not known. */
    readonly map: () => Promise<NetworkMap | undefined>;
}

/**
 * The reports that some formats and files ask for, in pairs; without a file of its own, one goes to standard output.
 * Throws a {@link Failure} when they do not pair, or when a file's directory is missing.
 */
export function ordersOf(formats: readonly Format[], files: readonly string[], directory: string): readonly Order[] {
    const wanted = formats.length === 0 ? (["text"] as const) : formats;
    const superfluous = files[wanted.length];
    if (superfluous !== undefined) {
        throw new Failure(`--output ${superfluous} has no --format: give one for each file.`);
    }
    if (wanted.length > files.length + 1) {
        throw new Failure(
            `--format ${wanted.slice(files.length).join(" and ")} have no --output: ` +
                "only one report goes to standard output.",
        );
    }
    return wanted.map((format, index) => {
        const file = files[index];
        if (file === undefined) return { format, file };
        const path = resolve(directory, file);
        if (!existsSync(dirname(path))) throw new Failure(`${path} cannot be written: there is no such directory.`);
        return { format, file: path };
    });
}

/** Writes each report whole or not at all. Throws a {@link Failure}. */
export async function writeReports(judgement: Judgement, orders: readonly Order[], desk: Desk): Promise<void> {
    for (const { format, file } of orders) {
        const toTerminal = file === undefined && desk.stdout.isTTY === true;
        const style = {
            width: toTerminal ? (desk.stdout.columns ?? 100) : 100,
            colours: toTerminal && desk.colours,
        };
        const text = await reportAs(format, judgement, style, desk.map);
        if (file === undefined) desk.stdout.write(text);
        else await writeWhole(file, text);
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
