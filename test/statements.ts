/** Policy documents, written as what they allow or deny. */

export type Statement = Readonly<Record<string, unknown>>;

/** A statement that lets anyone do anything to everything, but for what is given. An element given as undefined is left out. */
export const allow = (given: Statement = {}): Statement => ({
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    ...given,
});

export const deny = (given: Statement = {}): Statement => ({ ...allow(given), Effect: "Deny" });

export const documentOf = (...statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });

export const json = (...statements: readonly Statement[]): string => JSON.stringify(documentOf(...statements));

/** The condition that an operator asks for. */
export const when = (operator: string, keys: Readonly<Record<string, unknown>>): Statement => ({
    Condition: { [operator]: keys },
});

/** An endpoint policy for any action, where keys of the request have these values. */
export const within = (keys: Readonly<Record<string, string>>): string => json(allow(when("StringEquals", keys)));
