/**
 * What mocha needs besides where thousands of mistakes are tried out. The policies are loaded before the first test, so that what is worked
 * out then counts for none. And Stryker names the tests that it wants in one expression of thousands of titles, which takes longer to match
 * than the tests to run: here they are looked up.
 */
import Mocha from "mocha";
import { replace } from "../engine/replace";
import "../policies";

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
        const { mutantCoverage } = Reflect.get(globalThis, "__stryker__") as { readonly mutantCoverage?: Coverage };
        if (mutantCoverage !== undefined) {
            forgetWhatTestsMeet(mutantCoverage);
        }
    },
};
