/**
 * What mocha needs besides where thousands of mistakes are tried out. The policies are loaded before the first test, so that what is worked
 * out then counts for none; what is worked out once, when it is first asked for, is worked out for each mistake and test anew. And Stryker names
 * the tests that it wants in one expression of thousands of titles, which takes longer to match than the tests to run: here they are looked up.
 */
import { createRequire } from "node:module";
import Mocha from "mocha";
import { replace } from "../engine/replace";

const load = createRequire(__filename);

/** What Stryker says of itself in this process. */
interface Stryker {
    readonly activeMutant?: string;
    readonly currentTestId?: string;
    readonly mutantCoverage?: Coverage;
}

function stryker(): Stryker {
    return (Reflect.get(globalThis, "__stryker__") ?? {}) as Stryker;
}

function laterForEach<T>(compute: () => T): () => T {
    let answer: { readonly moment: string; readonly value: T } | undefined;
    return () => {
        const { activeMutant, currentTestId } = stryker();
        const moment = `${String(activeMutant)} ${String(currentTestId)}`;
        if (answer?.moment !== moment) {
            answer = { moment, value: compute() };
        }
        return answer.value;
    };
}

const memo = load("../network/memo") as object;
Object.assign(load.cache[load.resolve("../network/memo")] ?? {}, { exports: { ...memo, later: laterForEach } });
load("../policies");

class Titles extends RegExp {
    private readonly titles: ReadonlySet<string>;

    /** @param expression `(^title$)|(^title$)…`, with a backslash before whatever is more than a letter in an expression. */
    constructor(expression: RegExp) {
        super(expression);
        this.titles = new Set(
            expression.source
                .slice("(^".length, -"$)".length)
                .split("$)|(^")
                .map(title => title.replace(/\\(.)/g, "$1")),
        );
    }

    override test(title: string): boolean {
        return this.titles.has(title);
    }
}

replace(
    Mocha.prototype,
    "grep",
    grep =>
        function (this: Mocha, wanted) {
            return grep.call(this, wanted instanceof RegExp ? new Titles(wanted) : wanted);
        },
);

interface Coverage {
    readonly static: Record<string, number>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A mistake that a test meets, too, can be tried without loading everything anew: Stryker is told that it was not met before. */
function forgetWhatTestsMeet(coverage: Coverage): void {
    for (const met of Object.values(coverage.perTest).flatMap(Object.keys)) {
        Reflect.deleteProperty(coverage.static, met);
    }
}

export const mochaHooks = {
    afterAll(): void {
        const { mutantCoverage } = stryker();
        if (mutantCoverage !== undefined) {
            forgetWhatTestsMeet(mutantCoverage);
        }
    },
};
