import { strict as assert } from "node:assert";
import { judge, type Violation } from "./judge";
import { type Mode, type Program, type Recorded, record } from "./record";

/** The four forms in which the engine shows a stack to a policy pack. */
export const forms = ["preview", "update", "export", "shuffled"] as const;
export type Form = (typeof forms)[number];

/** Where thousands of mistakes are tried out, the two that show between them all that the four do. */
const formsToRun: readonly Form[] =
    process.env["STRYKER_MUTATOR_WORKER"] === undefined ? forms : ["shuffled", "export"];

export interface Case {
    readonly program: Program;
    /** The policy's own settings. */
    readonly config?: object;
    /** The settings of the whole pack. */
    readonly pack?: object;
    /** The names of the resources that are undecided at preview, where the verdict hangs on an id that AWS gives. */
    readonly late?: readonly string[];
}

/** Every resource that is blamed, by name, and how each of its messages reads, in the order of their first words. */
type Blamed = Readonly<Record<string, RegExp | readonly RegExp[]>>;

interface Rejected extends Case {
    readonly because: Blamed;
    /** The findings are probable: advisory, and said to be so. */
    readonly probable?: true;
}

interface Deferred extends Case {
    /** The names of the resources that are undecided at preview. */
    readonly on: readonly string[];
    /** How the line that says so reads. */
    readonly naming?: RegExp;
    /** The verdict at the update. */
    readonly then: Blamed;
}

interface Unjudged extends Case {
    /** The verdict in an export, which shows what `.get` has read, too. */
    readonly inExport?: Blamed;
}

export interface Table {
    /** Why the policy matters, in one or two sentences of Markdown for its page. */
    readonly why: string;
    /** The cases that the page shows as programs, by title; the first of each if left out. Settings for its example, where those of the cases read badly. */
    readonly page?: { readonly rejects?: string; readonly accepts?: string; readonly config?: object };
    /** Titles complete the sentence "accepts …". */
    readonly accepts: Readonly<Record<string, Program | Case>>;
    /** Titles complete the sentence "rejects …". */
    readonly rejects: Readonly<Record<string, Rejected>>;
    /** Undecided at preview. Titles complete the sentence "waits for …". */
    readonly waitsFor?: Readonly<Record<string, Deferred>>;
    /** Not judged, because something is outside the stack. Titles complete the sentence "does not judge …". */
    readonly doesNotJudge?: Readonly<Record<string, Program | Unjudged>>;
}

interface PolicyLike {
    readonly name: string;
    readonly enforcementLevel?: string;
}

/** A program as the engine would show it in one form. */
export async function show(program: Program, form: Form): Promise<readonly Recorded[]> {
    switch (form) {
        case "preview":
        case "update":
            return (await recordOnce(program, form)).filter(resource => !resource.external);
        case "export":
            return recordOnce(program, "update");
        case "shuffled":
            return shuffle((await recordOnce(program, "preview")).filter(resource => !resource.external));
    }
}

const recordings = {
    preview: new WeakMap<Program, Promise<readonly Recorded[]>>(),
    update: new WeakMap<Program, Promise<readonly Recorded[]>>(),
};

/** Two forms differ in what is made of one recording. */
function recordOnce(program: Program, mode: Mode): Promise<readonly Recorded[]> {
    const recording = recordings[mode].get(program) ?? record(program, mode);
    recordings[mode].set(program, recording);
    return recording;
}

/** Another order, but always the same one. */
export function shuffle<T>(items: readonly T[], seed = 7): readonly T[] {
    const keyed = items.map((item, index) => ({ item, key: ((index + 1) * 2654435761 * seed) % 4294967296 }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** What one policy says, and what `undecided` says of it. */
async function verdict(
    { name }: PolicyLike,
    { program, config, pack }: Case,
    form: Form,
): Promise<{ said: readonly Violation[]; undecided: readonly string[]; lines: readonly string[] }> {
    const violations = await judge(await show(program, form), {
        all: { enforcementLevel: "disabled" },
        "pack-settings": pack ?? {},
        undecided: {},
        [name]: config ?? {},
    });
    const undecided = violations.filter(v => v.policy === "undecided" && v.urn !== "" && v.message.includes(name));
    return {
        said: violations.filter(v => v.policy === name),
        undecided: undecided.map(v => v.on),
        lines: undecided.map(v => v.message),
    };
}

function blamed(said: readonly Violation[], because: Blamed): void {
    const byName = (one: { readonly on: string }, other: { readonly on: string }): number =>
        one.on.localeCompare(other.on);
    const wanted = Object.entries(because)
        .flatMap(([on, reads]) => [reads].flat().map(read => ({ on, read })))
        .sort(byName);
    const found = [...said].sort(byName);
    const messages = found.map(({ message }) => message).join("\n");
    assert.deepEqual(
        found.map(({ on }) => on),
        wanted.map(({ on }) => on),
        messages,
    );
    for (const [index, { read }] of wanted.entries()) {
        const message = found[index]?.message ?? "";
        assert.match(message, read);
        // A message begins like a sentence, or with the name of a property.
        assert.match(message.replace(/^Probable: /, ""), /^([A-Z]|[a-z]+[A-Z])/);
    }
}

/** Whether a form shows what is known only after creation. */
function isKnown(form: Form): boolean {
    return form === "update" || form === "export";
}

/** The tables that are loaded, by the name of their policy. */
export const tables = new Map<string, Table>();

/** Runs every case in the four forms: the verdict must not depend on the form, and exactly the named resources are blamed. */
export function table(policy: PolicyLike, written: Table): void {
    const { accepts, rejects, waitsFor = {}, doesNotJudge = {} } = written;
    tables.set(policy.name, written);
    describe(policy.name, () => {
        const silent = (title: string, given: Program | Unjudged): void => {
            const one: Unjudged = typeof given === "function" ? { program: given } : given;
            for (const form of formsToRun) {
                it(`${title} (${form})`, async () => {
                    const { said, undecided } = await verdict(policy, one, form);
                    blamed(said, form === "export" ? (one.inExport ?? {}) : {});
                    assert.deepEqual(undecided, isKnown(form) ? [] : (one.late ?? []));
                });
            }
        };
        for (const [title, given] of Object.entries(accepts)) {
            silent(`accepts ${title}`, given);
        }
        for (const [title, given] of Object.entries(doesNotJudge)) {
            silent(`does not judge ${title}`, given);
        }
        for (const [title, given] of Object.entries(rejects)) {
            for (const form of formsToRun) {
                it(`rejects ${title} (${form})`, async () => {
                    const { said, undecided } = await verdict(policy, given, form);
                    const isDecided = given.late === undefined || isKnown(form);
                    blamed(said, isDecided ? given.because : {});
                    assert.deepEqual(undecided, isDecided ? [] : given.late);
                    for (const { level, message } of said) {
                        assert.equal(level, given.probable ? "advisory" : policy.enforcementLevel);
                        assert.equal(message.startsWith("Probable: "), given.probable === true);
                    }
                });
            }
        }
        for (const [title, given] of Object.entries(waitsFor)) {
            for (const form of formsToRun) {
                it(`waits for ${title} (${form})`, async () => {
                    const { said, undecided, lines } = await verdict(policy, given, form);
                    blamed(said, isKnown(form) ? given.then : {});
                    assert.deepEqual(undecided, isKnown(form) ? [] : given.on);
                    for (const line of lines) {
                        assert.match(line, given.naming ?? /./);
                    }
                });
            }
        }
    });
}
