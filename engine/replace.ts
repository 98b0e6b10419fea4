/** Puts another method in place of one of an object, such as a prototype, and returns what puts the first one back. */
export function replace<T extends object, K extends keyof T>(
    object: T,
    name: K,
    made: (sound: T[K]) => T[K],
): () => void {
    const sound = object[name];
    object[name] = made(sound);
    return () => {
        object[name] = sound;
    };
}
