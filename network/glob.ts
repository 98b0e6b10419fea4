import { Effort } from "./effort";

/** How many steps it takes, at most, to compare two texts: far more than for any that AWS takes. */
const most = 10_000_000;

/**
 * Whether a text matches a pattern in which `*` stands for any run of characters and `?` for any one.
 * @throws {Unseen} if that takes too many steps. They are spent of the effort that is being made, if one is.
 */
export function matches(pattern: string, text: string): boolean {
    const end = pattern.charAt(pattern.length - 1);
    if (!isWildcard(end) && !text.endsWith(end)) {
        return false;
    }
    const effort = Effort.of(most, "whether a long text matches a long pattern");
    let [p, t, star, resume, steps] = [0, 0, -1, 0, 1];
    while (t < text.length) {
        // To spend each step by itself takes longer than the step.
        if (++steps > 1000) {
            effort.spend(steps);
            steps = 0;
        }
        if (pattern[p] === "*") {
            star = p++;
            resume = t;
        } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
            p++;
            t++;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            break;
        }
    }
    effort.spend(steps);
    while (pattern[p] === "*") {
        p++;
    }
    return t === text.length && p === pattern.length;
}

export function matchesAny(patterns: readonly string[], text: string): boolean {
    return patterns.some(pattern => matches(pattern, text));
}

/**
 * A pattern of texts that match both patterns, undefined if there are none. Not of all such texts, where one pattern ends what the other leaves open.
 * @throws {Unseen} if that takes too many steps, as {@link matches} does.
 */
export function common(one: string, other: string): string | undefined {
    if (one === other) {
        return one;
    }
    if (!isOpen(one)) {
        return matches(other, one) ? one : undefined;
    }
    if (!isOpen(other)) {
        return matches(one, other) ? other : undefined;
    }
    Effort.spend(stepsToCompare);
    const start = likenessOfStarts(one, other);
    if (start === undefined || likenessOfEnds(one, other) === undefined) {
        return undefined;
    }
    const between = commonBetween(one.slice(start), other.slice(start));
    return between === undefined ? undefined : one.slice(0, start) + between;
}

/** Whether no text matches both patterns already by how they begin or end. */
export function differAtAnEnd(one: string, other: string): boolean {
    return likenessOfStarts(one, other) === undefined || likenessOfEnds(one, other) === undefined;
}

function likenessOfStarts(one: string, other: string): number | undefined {
    return likeness(one, other, (text, index) => text[index]);
}

function likenessOfEnds(one: string, other: string): number | undefined {
    return likeness(one, other, (text, index) => text[text.length - 1 - index]);
}

/** How many characters two patterns have alike before the first wildcard of either; undefined where they differ. */
function likeness(
    one: string,
    other: string,
    at: (text: string, index: number) => string | undefined,
): number | undefined {
    for (let index = 0; ; index++) {
        const [a, b] = [at(one, index), at(other, index)];
        if (a === undefined || b === undefined || isWildcard(a) || isWildcard(b)) {
            return index;
        }
        if (a !== b) {
            return undefined;
        }
    }
}

/** The same of what is behind these. Backwards it is told from where to where there is anything, forwards what. */
function commonBetween(one: string, other: string): string | undefined {
    const width = other.length + 1;
    const size = (one.length + 1) * width;
    Effort.of(most, "what two long patterns have in common").spend(stepsToCompare * size);
    const isWay = new Uint8Array(size + 1);
    const waysFrom = (at: number): readonly Way[] => ways(one[Math.floor(at / width)], other[at % width], width);
    isWay[size - 1] = 1;
    for (let at = size - 2; at >= 0; at--) {
        isWay[at] = Number(waysFrom(at).some(([steps]) => isWay[at + steps] === 1));
    }
    if (isWay[0] === 0) {
        return undefined;
    }
    let [at, found] = [0, ""];
    while (at < size - 1) {
        const here = at;
        const [steps, text] = waysFrom(at).find(([steps]) => isWay[here + steps] === 1) ?? [size, ""];
        at += steps;
        found += text;
    }
    return found;
}

const stepsToCompare = 5;

/** How far one gets in a table by one character of one pattern or of both, and what that is in both. */
type Way = readonly [steps: number, text: string];

/** The ways on from a character of each pattern, or its end: first those that leave most open. */
function ways(a: string | undefined, b: string | undefined, width: number): readonly Way[] {
    if (a === "*" && b === "*") {
        return [
            [width + 1, "*"],
            [width, ""],
            [1, ""],
        ];
    }
    if (a === "*") {
        return b === undefined
            ? [[width, ""]]
            : [
                  [1, b],
                  [width, ""],
              ];
    }
    if (b === "*") {
        return a === undefined
            ? [[1, ""]]
            : [
                  [width, a],
                  [1, ""],
              ];
    }
    return a !== undefined && b !== undefined && (a === b || a === "?" || b === "?")
        ? [[width + 1, a === "?" ? b : a]]
        : [];
}

function isWildcard(character: string): boolean {
    return character === "*" || character === "?";
}

function isOpen(pattern: string): boolean {
    return /[*?]/.test(pattern);
}
