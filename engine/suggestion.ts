import { nearest } from "../network/spelling";

/** What may be meant by a name that does not exist, as the end of a sentence about it; undefined where nothing is near. */
export function suggestion(name: string, names: readonly string[]): string | undefined {
    const found = nearest(name, names, Math.max(2, name.length / 2));
    return found && `; did you mean ${found.word}?`;
}
