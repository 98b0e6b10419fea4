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
