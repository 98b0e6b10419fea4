/** A value that exists, or will, but is not known before the update. */
export class Pending {
    readonly state = "pending";

    /** @param what completes the sentence "… is not known yet", such as "the VPC of endpoint logs". */
    constructor(readonly what: string) {}
}

/** A value that refers to something that is not part of the stack, so that nothing can be said of it, absence included. */
export class Outside {
    readonly state = "outside";

    /**
     * @param what completes the sentence "… is not in this stack", such as "VPC vpc-0a1b2c".
     * @param vpc the id or description of the VPC outside, if it is one.
     */
    constructor(
        readonly what: string,
        readonly vpc?: string,
    ) {}
}

/** A value, or why it cannot be seen. What the author left out is `undefined` within T: absent is not unknown. */
export type Fact<T> = T | Pending | Outside;

/**
 * Thrown where an answer hangs on something that cannot be seen: undecided if it is pending, not judged if it is outside. Not an
 * Error: it is caught wherever something is asked, and a stack trace each time would take longer than all else.
 */
export class Unseen {
    constructor(readonly because: Pending | Outside) {}

    toString(): string {
        return this.because.what;
    }
}

export function isUnseen<T>(fact: Fact<T>): fact is Pending | Outside {
    return fact instanceof Pending || fact instanceof Outside;
}

/**
 * The value of a fact.
 * @throws {Unseen} if it is pending or outside.
 */
export function see<T>(fact: Fact<T>): T {
    if (isUnseen(fact)) {
        throw new Unseen(fact);
    }
    return fact;
}

/** What `compute` returns, or why it cannot be seen. */
export function attempt<T>(compute: () => T): Fact<T> {
    try {
        return compute();
    } catch (e) {
        if (e instanceof Unseen) {
            return e.because;
        }
        throw e;
    }
}

/** Of two reasons the one that may pass: what is pending will be known, what is outside never. */
export function sooner<T extends Pending | Outside>(one: T | undefined, other: T): T {
    return one === undefined || (one instanceof Outside && other instanceof Pending) ? other : one;
}

/** Of several reasons the one that may pass first; undefined if there is none. */
export function soonest(reasons: readonly (Pending | Outside)[]): Pending | Outside | undefined {
    return reasons.find(reason => reason instanceof Pending) ?? reasons[0];
}

/** Kleene's "or": true if one of them is, whatever cannot be seen of the others. */
export function either(...claims: readonly (() => boolean)[]): boolean {
    let doubt: Pending | Outside | undefined;
    for (const claim of claims) {
        const answer = attempt(claim);
        if (answer === true) {
            return true;
        }
        if (isUnseen(answer)) {
            doubt = sooner(doubt, answer);
        }
    }
    if (doubt !== undefined) {
        throw new Unseen(doubt);
    }
    return false;
}

/** Kleene's "and": false if one of them is, whatever cannot be seen of the others. */
export function both(...claims: readonly (() => boolean)[]): boolean {
    return !either(...claims.map(claim => () => !claim()));
}
