/**
 * Whether a text matches a pattern in which `*` stands for any run of characters and `?` for any one.
 * Takes time proportional to the product of the lengths, whatever the pattern.
 */
export function matches(pattern: string, text: string): boolean {
    let p = 0;
    let t = 0;
    let star = -1;
    let resume = 0;
    while (t < text.length) {
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
            return false;
        }
    }
    while (pattern[p] === "*") {
        p++;
    }
    return p === pattern.length;
}

export function matchesAny(patterns: readonly string[], text: string): boolean {
    return patterns.some(pattern => matches(pattern, text));
}

/** A pattern of texts that match both patterns, undefined if there are none. Not of all such texts, where one pattern ends what the other leaves open. */
export function common(one: string, other: string): string | undefined {
    if (!isOpen(one)) {
        return matches(other, one) ? one : undefined;
    }
    if (!isOpen(other)) {
        return matches(one, other) ? other : undefined;
    }
    const seen = new Map<number, string | undefined>();
    const from = (i: number, j: number): string | undefined => {
        const at = i * (other.length + 1) + j;
        if (!seen.has(at)) {
            seen.set(at, undefined);
            seen.set(at, next(i, j));
        }
        return seen.get(at);
    };
    const after = (text: string, i: number, j: number): string | undefined => {
        const rest = from(i, j);
        return rest === undefined ? undefined : text + rest;
    };
    const next = (i: number, j: number): string | undefined => {
        const [a, b] = [one[i], other[j]];
        if (a === undefined && b === undefined) {
            return "";
        }
        if (a === "*" && b === "*") {
            return after("*", i + 1, j + 1) ?? from(i + 1, j) ?? from(i, j + 1);
        }
        if (a === "*") {
            return (b === undefined ? undefined : after(b, i, j + 1)) ?? from(i + 1, j);
        }
        if (b === "*") {
            return (a === undefined ? undefined : after(a, i + 1, j)) ?? from(i, j + 1);
        }
        if (a === undefined || b === undefined || (a !== b && a !== "?" && b !== "?")) {
            return undefined;
        }
        return after(a === "?" ? b : a, i + 1, j + 1);
    };
    return from(0, 0);
}

function isOpen(pattern: string): boolean {
    return /[*?]/.test(pattern);
}
