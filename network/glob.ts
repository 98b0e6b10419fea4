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
