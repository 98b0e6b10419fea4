import { strict as assert } from "node:assert";
import { judge, type Violation } from "./judge";
import { type Mode, type Program, type Recorded, record } from "./record";

/** The four forms in which the engine shows a stack to a policy pack. */
export const forms = ["preview", "update", "export", "shuffled"] as const;
export type Form = (typeof forms)[number];

interface Case {
    readonly program: Program;
    /** The policy's own settings. */
    readonly config?: object;
}

interface Rejected extends Case {
    /** Every resource that is blamed, by name, and how the message reads. */
    readonly because: Readonly<Record<string, RegExp>>;
    /** The findings are probable: advisory, and said to be so. */
    readonly probable?: true;
}

interface Deferred extends Case {
    /** The names of the resources that are undecided at preview. */
    readonly on: readonly string[];
    /** The verdict at the update: every resource that is blamed, and how the message reads. */
    readonly then: Readonly<Record<string, RegExp>>;
}

interface Unjudged extends Case {
    /** The verdict in an export, which shows what `.get` has read, too. */
    readonly inExport?: Readonly<Record<string, RegExp>>;
}

export interface Table {
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
    { program, config }: Case,
    form: Form,
): Promise<{ said: readonly Violation[]; undecided: readonly string[] }> {
    const violations = await judge(await show(program, form), config === undefined ? {} : { [name]: config });
    const undecided = violations.filter(v => v.policy === "undecided" && v.urn !== "" && v.message.includes(name));
    return { said: violations.filter(v => v.policy === name), undecided: undecided.map(v => v.on) };
}

function blamed(said: readonly Violation[], because: Readonly<Record<string, RegExp>>): void {
    assert.deepEqual(said.map(v => v.on).sort(), Object.keys(because).sort(), said.map(v => v.message).join("\n"));
    for (const { on, message } of said) {
        assert.match(message, because[on] ?? /^$/);
    }
}

/** Runs every case in the four forms: the verdict must not depend on the form, and exactly the named resources are blamed. */
export function table(policy: PolicyLike, { accepts, rejects, waitsFor = {}, doesNotJudge = {} }: Table): void {
    describe(policy.name, () => {
        const silent = (title: string, given: Program | Unjudged): void => {
            const one: Unjudged = typeof given === "function" ? { program: given } : given;
            for (const form of forms) {
                it(`${title} (${form})`, async () => {
                    const { said, undecided } = await verdict(policy, one, form);
                    blamed(said, form === "export" ? (one.inExport ?? {}) : {});
                    assert.deepEqual(undecided, []);
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
            for (const form of forms) {
                it(`rejects ${title} (${form})`, async () => {
                    const { said, undecided } = await verdict(policy, given, form);
                    blamed(said, given.because);
                    assert.deepEqual(undecided, []);
                    for (const { level, message } of said) {
                        assert.equal(level, given.probable ? "advisory" : policy.enforcementLevel);
                        assert.equal(message.startsWith("Probable: "), given.probable === true);
                    }
                });
            }
        }
        for (const [title, given] of Object.entries(waitsFor)) {
            for (const form of forms) {
                it(`waits for ${title} (${form})`, async () => {
                    const { said, undecided } = await verdict(policy, given, form);
                    const isKnown = form === "update" || form === "export";
                    blamed(said, isKnown ? given.then : {});
                    assert.deepEqual(undecided, isKnown ? [] : given.on);
                });
            }
        }
    });
}
