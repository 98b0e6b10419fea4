/** How many letters must be put in, taken out or replaced to make one text of another. */
export function distance(one: string, other: string): number {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 0; i < one.length; i++) {
        const next = [i + 1];
        for (let j = 0; j < other.length; j++) {
            const [left = 0, above = 0, corner = 0] = [next[j], row[j + 1], row[j]];
            next.push(one[i] === other[j] ? corner : 1 + Math.min(left, above, corner));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}
