import { withVariables } from "./variables";

/**
 * Somebody and something that no document and no setting names, for what wildcards leave open: one request with them stands for all of its kind.
 * They are made of characters that stand in no name of AWS's, since Unicode leaves them to private use, so nothing that is named is taken for them.
 */

/** Longer than any run of question marks that a pattern has. */
export const stranger = "\uE000".repeat(24);

/** The accounts of somebody who asks, and of somebody else who owns. */
export const strangeAccounts = ["\uE001".repeat(12), "\uE002".repeat(12)] as const;

/** Whether a text has anything in it that is not named. */
export function isUnnamed(text: string): boolean {
    return /[\uE000-\uE002]/.test(text);
}

/** The text as a pattern again. */
export function starred(text: string): string {
    return text.replace(/\uE000+/g, "*");
}

/** A text that a pattern matches, with something that is not named for each wildcard and variable. */
export function fill(pattern: string, filling: string = stranger): string {
    return withVariables(pattern, () => filling)
        .replaceAll("*", filling)
        .replaceAll("?", stranger.charAt(0));
}
