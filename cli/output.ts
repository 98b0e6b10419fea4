import { randomUUID } from "node:crypto";
import { existsSync, realpathSync, statSync } from "node:fs";
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

/** What one `--format` or `--output` of the command line asks for. */
export type Wish = { readonly format: Format } | { readonly file: string };

/**
 * The reports that are asked for, in the order of the command line. Files are for the formats just before them, or else for the next ones;
 * the one format without a file goes to standard output. Throws a {@link Failure} when they do not pair, or when a file's directory is missing.
 */
export function ordersOf(wishes: readonly Wish[], directory: string): readonly Order[] {
    const orders: { readonly format: Format; file: string | undefined }[] = [];
    const files: string[] = [];
    const pair = (): void => {
        const free = orders.filter(({ file }) => file === undefined);
        for (const order of free.slice(Math.max(0, free.length - files.length))) order.file = files.shift();
    };
    for (const wish of wishes) {
        if ("file" in wish) {
            files.push(wish.file);
        } else {
            pair();
            orders.push({ format: wish.format, file: undefined });
        }
    }
    if (orders.length === 0) orders.push({ format: "text", file: undefined });
    pair();
    if (files[0] !== undefined) {
        throw new Failure(`--output ${files[0]} has no --format: give one for each file.`);
    }
    const printed = orders.filter(({ file }) => file === undefined).map(({ format }) => format);
    if (printed.length > 1) {
        throw new Failure(
            `--format ${printed.join(" and ")} have no --output: only one report goes to standard output.`,
        );
    }
    return orders.map(({ format, file }) => {
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
    try {
        if (!existsSync(file)) await replaceFile(file, text);
        else if (statSync(file).isFile()) await replaceFile(realpathSync(file), text);
        // A device or a pipe is written to, where a file is replaced.
        else await writeFile(file, text);
    } catch (thrown) {
        throw new Failure(`${file} cannot be written: ${messageOf(thrown)}.`);
    }
}

async function replaceFile(file: string, text: string): Promise<void> {
    const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
    try {
        await writeFile(temporary, text);
        await rename(temporary, file);
    } catch (thrown) {
        await rm(temporary, { force: true });
        throw thrown;
    }
}
