import { Pending, Unseen } from "./knowledge";

/**
 * How much work an answer may take that hangs on texts of any length and kind. It is counted in small steps, not in time, so that a verdict
 * is the same on every machine.
 */
export class Effort {
    private static current: Effort | undefined;

    /** @param what completes the sentence "… is not known yet", where the steps do not suffice. */
    constructor(
        private left: number,
        private readonly what: string,
    ) {}

    /** The one that is being made, or a new one of so many steps where none is. */
    static of(steps: number, what: string): Effort {
        return Effort.current ?? new Effort(steps, what);
    }

    /**
     * Spends of the one that is being made, if one is.
     * @throws {Unseen} if there are not so many steps left.
     */
    static spend(steps: number): void {
        Effort.current?.spend(steps);
    }

    /** @throws {Unseen} if there are not so many steps left. */
    spend(steps: number): void {
        this.left -= steps;
        if (this.left < 0) {
            throw new Unseen(new Pending(this.what));
        }
    }

    /**
     * What `compute` returns, which spends of this effort.
     * @throws {Unseen} if there are not enough steps left.
     */
    on<T>(compute: () => T): T {
        const outer = Effort.current;
        Effort.current = this;
        try {
            return compute();
        } finally {
            Effort.current = outer;
        }
    }
}
