/** How many letters must be put in, taken out or replaced to make one text of another. */
function distance(one: string, other: string): number {
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

/**
 * Of some words the one that takes the fewest letters to be made of a text, and how many they are; undefined where each takes too many.
 * @param most how many letters it may take.
 */
export function nearest(
    text: string,
    words: readonly string[],
    most: number,
): { readonly word: string; readonly letters: number } | undefined {
    return words
        .filter(word => Math.abs(word.length - text.length) <= most)
        .map(word => ({ word, letters: distance(text, word) }))
        .filter(({ letters }) => letters <= most)
        .sort((one, other) => one.letters - other.letters)[0];
}
