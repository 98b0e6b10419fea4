import { attempt, type Fact, see } from "./knowledge";

/** Answers that are worked out once for each key. */
export class Memo<K, T> {
    private readonly answers = new Map<K, { readonly fact: Fact<T> }>();

    /** @throws {Unseen} if `compute` does, or did. */
    of(key: K, compute: () => T): T {
        let answer = this.answers.get(key);
        if (answer === undefined) {
            answer = { fact: attempt(compute) };
            this.answers.set(key, answer);
        }
        return see(answer.fact);
    }
}

/** An answer that is worked out when it is first asked for: what only few stacks need does not hold up the start. */
export function later<T>(compute: () => T): () => T {
    let answer: { readonly value: T } | undefined;
    return () => (answer ??= { value: compute() }).value;
}

/**
 * Has a getter, or a method of one argument, work out its answer once for each object and argument. The network does not change
 * once it is read, so the answer stays right.
 */
export function once<This extends object, Argument extends [] | [unknown], T>(
    compute: (this: This, ...argument: Argument) => T,
): (this: This, ...argument: Argument) => T {
    const answers = new WeakMap<This, Memo<unknown, T>>();
    return function (...argument) {
        let own = answers.get(this);
        if (own === undefined) {
            own = new Memo();
            answers.set(this, own);
        }
        return own.of(argument[0], () => compute.apply(this, argument));
    };
}
