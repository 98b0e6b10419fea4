/** Whole numbers from `first` to `last`, both included. */
export interface Range {
    readonly first: bigint;
    readonly last: bigint;
}

/** A set of whole numbers. */
export class Numbers {
    static readonly none = new Numbers([]);

    /** @param ranges in ascending order, with gaps between them. */
    private constructor(readonly ranges: readonly Range[]) {}

    static of(...ranges: readonly Range[]): Numbers {
        const merged: Range[] = [];
        for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
            const before = merged.at(-1);
            if (before !== undefined && range.first <= before.last + 1n) {
                const last = before.last > range.last ? before.last : range.last;
                merged[merged.length - 1] = { first: before.first, last };
            } else if (range.first <= range.last) {
                merged.push(range);
            }
        }
        return new Numbers(merged);
    }

    static union(...all: readonly Numbers[]): Numbers {
        const [first = Numbers.none, ...others] = all.filter(({ isEmpty }) => !isEmpty);
        return others.length === 0 ? first : Numbers.of(...[first, ...others].flatMap(({ ranges }) => ranges));
    }

    get isEmpty(): boolean {
        return this.ranges.length === 0;
    }

    union(other: Numbers): Numbers {
        return Numbers.union(this, other);
    }

    intersect(other: Numbers): Numbers {
        return new Numbers(
            this.ranges.flatMap(a =>
                other.ranges
                    .map(b => ({
                        first: a.first > b.first ? a.first : b.first,
                        last: a.last < b.last ? a.last : b.last,
                    }))
                    .filter(({ first, last }) => first <= last),
            ),
        );
    }

    subtract(other: Numbers): Numbers {
        return new Numbers(
            this.ranges.flatMap(({ first, last }) => {
                const left: Range[] = [];
                let next = first;
                for (const taken of other.ranges) {
                    if (taken.first > next && next <= last) {
                        left.push({ first: next, last: taken.first - 1n < last ? taken.first - 1n : last });
                    }
                    next = taken.last + 1n > next ? taken.last + 1n : next;
                }
                return next <= last ? [...left, { first: next, last }] : left;
            }),
        );
    }

    includes(other: Numbers): boolean {
        return other.subtract(this).isEmpty;
    }
}
