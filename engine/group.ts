/** The items by what they have in common, in the order in which they come. */
export function group<T>(items: readonly T[], by: (item: T) => string): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const item of items) {
        const key = by(item);
        const found = groups.get(key);
        if (found === undefined) {
            groups.set(key, [item]);
        } else {
            found.push(item);
        }
    }
    return groups;
}
