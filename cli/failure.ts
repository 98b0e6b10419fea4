/**
 * The reason why nothing could be judged, in words for the user: what failed, where, and what to do about it. The
 * message is all that is shown (on stderr, no stack trace), and the exit code is 2.
 */
export class Failure extends Error {}

/** Whatever was thrown, as an error. */
export function errorOf(thrown: unknown): Error {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
    return errorOf(thrown).message;
}
