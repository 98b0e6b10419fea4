import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { isObject, objectsOf, parseJson, stringOf } from "../cli/untyped";
import { forms } from "../test/table";
import { root } from "./names";

/** The sections of a table, by the words that the titles of their cases begin with. */
export const sections = ["accepts", "rejects", "waits for", "does not judge"] as const;
export type Section = (typeof sections)[number];

/** The titles of the cases of one policy, by section. */
export type Cases = ReadonlyMap<Section, readonly string[]>;

const form = new RegExp(` \\((?:${forms.join("|")})\\)$`);

/**
 * The cases of all tables, by policy, without running one.
 * @throws {Error} with what mocha says if a table cannot be loaded.
 */
export async function readTables(): Promise<ReadonlyMap<string, Cases>> {
    const directory = await mkdtemp(join(tmpdir(), "tables-"));
    try {
        const report = join(directory, "report.json");
        const options = [
            "--no-config",
            "--require",
            "tsx",
            "--dry-run",
            "--reporter",
            "json",
            "--reporter-option",
            `output=${report}`,
        ];
        await promisify(execFile)(
            process.execPath,
            [require.resolve("mocha/bin/mocha.js"), ...options, "test/policies/*.test.ts"],
            {
                cwd: root,
            },
        );
        return tablesOf(await readFile(report, "utf8"));
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}

function tablesOf(report: string): ReadonlyMap<string, Cases> {
    const tables = new Map<string, Map<Section, string[]>>();
    const parsed = parseJson(report);
    for (const test of objectsOf(isObject(parsed) ? parsed["tests"] : undefined)) {
        const policy = basename(stringOf(test["file"]), ".test.ts");
        const title = stringOf(test["title"]).replace(form, "");
        const section = sections.find(words => title.startsWith(`${words} `));
        if (section !== undefined) {
            const table = tables.get(policy) ?? new Map<Section, string[]>();
            const titles = table.get(section) ?? [];
            const short = title.slice(section.length + 1);
            tables.set(policy, table.set(section, titles.includes(short) ? titles : [...titles, short]));
        }
    }
    return tables;
}
