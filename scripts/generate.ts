/** Writes what follows from the policies and their tables; with --check only says what is stale. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { format, resolveConfig } from "prettier";
import { policyNames, root } from "./names";
import { indexPage, policyPage, policyTable } from "./pages";
import { readTables } from "./tables";

const pages = "docs/policies";
const indexFile = "policies/index.ts";
const [begin, end] = ["<!-- policies: written by `npm run generate` -->", "<!-- end of policies -->"];

function policyIndex(): string {
    const names = policyNames();
    const identifier = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [
        "// Written by `npm run generate`.",
        ...[...names].sort().map(name => `import ${identifier(name)} from "./${name}";`),
        "",
        "export const policies = [",
        ...names.map(name => `    ${identifier(name)},`),
        "];",
        "",
    ].join("\n");
}

/** The README with another table. */
function withTable(readme: string, table: string): string {
    const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
    if (from < 0 || to < from) {
        throw new Error(`README.md: the lines "${begin}" and "${end}" must enclose the table of policies.`);
    }
    return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`;
}

async function formatted(file: string, text: string): Promise<readonly [file: string, text: string]> {
    const options = await resolveConfig(join(root, file));
    return [file, await format(text, { ...options, filepath: file })];
}

/** What is derived from the policies as they are imported: every file by its path. */
async function documents(): Promise<ReadonlyMap<string, string>> {
    const { policies } = await import("../policies/index.js");
    const { presets } = await import("../presets.js");
    const tables = await readTables();
    const readme = await readFile(join(root, "README.md"), "utf8");
    return new Map(
        await Promise.all([
            formatted("README.md", withTable(readme, policyTable(policies))),
            formatted(`${pages}/README.md`, indexPage(policies)),
            ...Object.entries(presets).map(([name, preset]) =>
                formatted(`presets/${name}.json`, JSON.stringify(preset)),
            ),
            ...policies.map(policy => formatted(`${pages}/${policy.name}.md`, policyPage(policy, tables))),
        ]),
    );
}

/** Pages of policies that are no more. */
async function leftOver(wanted: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const directory = join(root, pages);
    const found = existsSync(directory) ? await readdir(directory) : [];
    return found.map(file => `${pages}/${file}`).filter(file => !wanted.has(file));
}

async function differs(file: string, text: string): Promise<boolean> {
    const path = join(root, file);
    return !existsSync(path) || (await readFile(path, "utf8")) !== text;
}

async function write(file: string, text: string): Promise<void> {
    if (await differs(file, text)) {
        await mkdir(dirname(join(root, file)), { recursive: true });
        await writeFile(join(root, file), text);
        console.log(`wrote ${file}`);
    }
}

/** The generated files that are not as the generator would write them. */
export async function staleFiles(): Promise<readonly string[]> {
    const [, index] = await formatted(indexFile, policyIndex());
    // What would follow from an index that is stale itself is not worth saying.
    if (await differs(indexFile, index)) {
        return [indexFile];
    }
    const wanted = await documents();
    const stale = [...(await leftOver(wanted))];
    for (const [file, text] of wanted) {
        stale.push(...((await differs(file, text)) ? [file] : []));
    }
    return stale;
}

async function generate(): Promise<void> {
    await write(...(await formatted(indexFile, policyIndex())));
    const wanted = await documents();
    for (const file of await leftOver(wanted)) {
        await rm(join(root, file));
        console.log(`removed ${file}`);
    }
    for (const [file, text] of wanted) {
        await write(file, text);
    }
}

async function main(args: readonly string[]): Promise<number> {
    const [option, ...others] = args;
    if (others.length > 0 || (option !== undefined && option !== "--check")) {
        console.error(`usage: npm run generate [-- --check], not ${args.join(" ")}`);
        return 2;
    }
    if (option === undefined) {
        await generate();
        return 0;
    }
    const stale = await staleFiles();
    stale.forEach(file => {
        console.error(`${file} is stale: run npm run generate.`);
    });
    return stale.length === 0 ? 0 : 1;
}

if (require.main === module) {
    main(process.argv.slice(2)).then(
        code => {
            process.exitCode = code;
        },
        (thrown: unknown) => {
            console.error(
                `${relative(process.cwd(), __filename)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
            );
            process.exitCode = 1;
        },
    );
}
