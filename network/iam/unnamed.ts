/** Somebody and something that no document names: what wildcards are filled with, so that one request stands for all of its kind. */

export const stranger = "q7unnamed";

/** Accounts to take for one that a document does not name. */
export const strangeAccounts = ["999999999999", "888888888888", "777777777777", "666666666666"] as const;

/** Whether a text has anything in it that is not named. */
export function isUnnamed(text: string): boolean {
    return text.includes(stranger) || strangeAccounts.some(account => text.includes(account));
}

/** The text as a pattern again. */
export function starred(text: string): string {
    return text.replaceAll(stranger, "*");
}
