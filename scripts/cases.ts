/** Prints what the tables tell for the pages, as JSON. Loading a table declares tests, which nothing here runs. */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { judge } from "../test/judge";
import { type Program, record, type Recorded } from "../test/record";
import { type Case, type Table, tables } from "../test/table";
import { root } from "./names";
import { programOf } from "./program";
import type { Shown, Told } from "./tables";

type Given = Program | Case;

const caseOf = (given: Given): Case => (typeof given === "function" ? { program: given } : given);

function loadTables(): void {
    Reflect.set(globalThis, "describe", () => undefined);
    const directory = join(root, "test", "policies");
    readdirSync(directory)
        .filter(file => file.endsWith(".test.ts"))
        .forEach(file => {
            createRequire(__filename)(join(directory, file));
        });
}

/** The case with a title, or the first one. */
async function show(policy: string, cases: Readonly<Record<string, Given>>, wanted?: string): Promise<Shown> {
    const [title, given] = Object.entries(cases).find(([title]) => wanted === undefined || title === wanted) ?? [];
    if (title === undefined || given === undefined) {
        throw new Error(
            `test/policies/${policy}.test.ts: page names "${wanted ?? ""}", which is the title of no such case.`,
        );
    }
    const { program, config, pack, late } = caseOf(given);
    const recorded = await record(program, "update");
    const configured = { ...(pack && { "pack-settings": pack }), ...(config && { [policy]: config }) };
    const said = await judge(
        recorded.filter(({ external }) => !external),
        { all: { enforcementLevel: "disabled" }, "pack-settings": {}, [policy]: {}, ...configured },
    );
    return {
        title,
        program: print(policy, title, recorded),
        ...(Object.keys(configured).length > 0 && { config: configured }),
        said: said.filter(violation => violation.policy === policy),
        late: late !== undefined,
    };
}

function print(policy: string, title: string, recorded: readonly Recorded[]): string {
    try {
        return programOf(recorded);
    } catch (e) {
        const reason = e instanceof Error ? e.message : String(e);
        throw new Error(`test/policies/${policy}.test.ts: "${title}": ${reason} Let page name another case.`);
    }
}

/** For each setting the first value that is given, an empty list only where there is no other. */
function firstOf(settings: readonly (object | undefined)[]): Readonly<Record<string, unknown>> {
    const given: readonly [string, unknown][] = settings.flatMap(values => Object.entries(values ?? {}));
    const isEmpty = ([, value]: readonly [string, unknown]): boolean => isDeepStrictEqual(value, []);
    return Object.fromEntries([...given.filter(one => !isEmpty(one)), ...given.filter(isEmpty)].reverse());
}

async function tell(policy: string, table: Table): Promise<Told> {
    const { why, page = {}, accepts, rejects, waitsFor = {}, doesNotJudge = {} } = table;
    const cases = [accepts, rejects, waitsFor, doesNotJudge]
        .flatMap(section => Object.values<Given>(section))
        .map(caseOf);
    return {
        policy,
        why,
        cases: {
            accepts: Object.keys(accepts),
            rejects: Object.keys(rejects),
            "waits for": Object.keys(waitsFor),
            "does not judge": Object.keys(doesNotJudge),
        },
        rejected: await show(policy, rejects, page.rejects),
        accepted: await show(policy, accepts, page.accepts),
        values: firstOf([page.config, ...cases.map(({ config }) => config)]),
        packValues: firstOf(cases.map(({ pack }) => pack)),
    };
}

async function main(): Promise<void> {
    loadTables();
    const told: Told[] = [];
    for (const [policy, table] of tables) {
        told.push(await tell(policy, table));
    }
    process.stdout.write(JSON.stringify(told), () => process.exit());
}

main().catch((thrown: unknown) => {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    process.exit(1);
});
