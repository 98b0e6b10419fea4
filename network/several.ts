import { attempt, type Fact, isUnseen, Outside, Pending, sooner, soonest, Unseen } from "./knowledge";

/** Why a collection may have a member that is not among those seen. */
export interface Doubt<T> {
    readonly because: Pending | Outside;
    /** The only thing that this member could be; anything at all if left out. */
    readonly candidate?: T;
    /** The member is there for certain; it is only not known which one it is. */
    readonly exists?: true;
}

/** The same doubts without those that another one says already: several reasons for one candidate tell no more than the sooner one. */
function distinct<T>(doubts: readonly Doubt<T>[]): readonly Doubt<T>[] {
    const only = new Map<T | undefined, Doubt<T>>();
    for (const doubt of doubts) {
        const known = only.get(doubt.candidate);
        only.set(
            doubt.candidate,
            known === undefined ? doubt : { ...known, because: sooner(known.because, doubt.because) },
        );
    }
    return only.size === doubts.length || doubts.some(({ exists }) => exists) ? doubts : [...only.values()];
}

/** Why it cannot be told of what may be there whether it counts: once either is known, it may turn out that it does not. */
function together(because: Pending | Outside, answer: unknown): Pending | Outside {
    return isUnseen(answer) ? sooner(because, answer) : because;
}

/** Things of one kind, of which some may only possibly be there. Its quantifiers are Kleene's: one sure witness decides. */
export class Several<T> {
    static readonly none = new Several<never>([]);

    constructor(
        readonly members: readonly T[],
        readonly doubts: readonly Doubt<T>[] = [],
    ) {}

    static of<T>(...members: readonly T[]): Several<T> {
        return members.length === 0 ? Several.none : new Several(members);
    }

    /** What cannot be seen at all, not even whether it is empty. */
    static unseen<T>(because: Pending | Outside): Several<T> {
        return new Several<T>([], [{ because }]);
    }

    static union<T>(...all: readonly Several<T>[]): Several<T> {
        const [first = Several.none, ...others] = all.filter(
            ({ members, doubts }) => members.length + doubts.length > 0,
        );
        if (others.length === 0) {
            return first;
        }
        return new Several(
            [...new Set([first, ...others].flatMap(several => several.members))],
            distinct([first, ...others].flatMap(several => several.doubts)),
        );
    }

    /**
     * The first member that holds, undefined if none can.
     * @throws {Unseen} if that hangs on something that cannot be seen.
     */
    first(holds: (member: T) => boolean): T | undefined {
        let doubt: Pending | Outside | undefined;
        for (const member of this.members) {
            const answer = attempt(() => holds(member));
            if (answer === true) {
                return member;
            }
            if (isUnseen(answer)) {
                doubt = sooner(doubt, answer);
            }
        }
        for (const { because, candidate } of this.doubts) {
            const answer = candidate === undefined || attempt(() => holds(candidate));
            if (answer !== false) {
                doubt = sooner(doubt, together(because, answer));
            }
        }
        if (doubt !== undefined) {
            throw new Unseen(doubt);
        }
        return undefined;
    }

    /** @throws {Unseen} if that hangs on something that cannot be seen. */
    some(holds: (member: T) => boolean): boolean {
        return this.first(holds) !== undefined;
    }

    /** @throws {Unseen} if that hangs on something that cannot be seen. */
    every(holds: (member: T) => boolean): boolean {
        return !this.some(member => !holds(member));
    }

    /**
     * Whether something of the stack is among the members, which what is outside cannot be.
     * @throws {Unseen} if it may be.
     */
    includes(target: T): boolean {
        const [doubt] = this.doubts.filter(
            ({ because, candidate }) => because instanceof Pending && (candidate === undefined || candidate === target),
        );
        if (!this.members.includes(target) && doubt !== undefined) {
            throw new Unseen(doubt.because);
        }
        return this.members.includes(target);
    }

    /**
     * Whether there is nothing at all, inside the stack or outside.
     * @throws {Unseen} if there may be something.
     */
    get isEmpty(): boolean {
        return this.isFewerThan(1);
    }

    /**
     * Whether there are fewer things than a number, inside the stack or outside.
     * @throws {Unseen} if there may be more than those seen.
     */
    isFewerThan(count: number): boolean {
        const sure = Math.max(this.members.length, this.doubts.some(doubt => doubt.exists) ? 1 : 0);
        if (sure >= count) {
            return false;
        }
        const because = soonest(this.doubts.map(doubt => doubt.because));
        if (because !== undefined) {
            throw new Unseen(because);
        }
        return true;
    }

    /**
     * The members that are seen, if there is one at all.
     * @throws {Unseen} if none is seen and there may be one.
     */
    get found(): readonly T[] {
        return this.members.length > 0 ? this.members : this.all;
    }

    /**
     * Every member.
     * @throws {Unseen} if there may be one that is not seen.
     */
    get all(): readonly T[] {
        const because = soonest(this.doubts.map(doubt => doubt.because));
        if (because !== undefined) {
            throw new Unseen(because);
        }
        return this.members;
    }

    /** The same things, of which there are so many: if no more than that are possible, all of these are there. */
    ofSize(count: number): Several<T> {
        const candidates = this.doubts.flatMap(({ candidate }) => candidate ?? []);
        const possible = new Set([...this.members, ...candidates]);
        return candidates.length < this.doubts.length || possible.size > count ? this : new Several([...possible]);
    }

    /** The members that hold; those of which it is not known remain as doubts. */
    filter(holds: (member: T) => boolean): Several<T> {
        const members: T[] = [];
        const doubts: Doubt<T>[] = [];
        for (const member of this.members) {
            const answer = attempt(() => holds(member));
            if (answer === true) {
                members.push(member);
            } else if (answer !== false) {
                doubts.push({ because: answer, candidate: member });
            }
        }
        const answers = this.doubts.map(({ candidate }) =>
            candidate === undefined ? undefined : attempt(() => holds(candidate)),
        );
        // The member that is there may be any of those that exist: it is kept for certain only if each of them would be.
        const isKept = this.doubts.every((doubt, index) => !doubt.exists || answers[index] === true);
        for (const [index, { because, candidate, exists }] of this.doubts.entries()) {
            const answer = answers[index];
            if (answer !== false) {
                doubts.push({
                    because: together(because, answer),
                    ...(candidate !== undefined && { candidate }),
                    ...(exists && isKept && { exists }),
                });
            }
        }
        return new Several(members, doubts);
    }

    /** What each member leads to, in one collection. */
    flatMap<U>(lead: (member: T) => Several<U>): Several<U> {
        const [first, ...others] = this.members;
        if (first !== undefined && others.length + this.doubts.length === 0) {
            const led = attempt(() => lead(first));
            return isUnseen(led) ? Several.unseen(led) : led;
        }
        const members = new Set<U>();
        const doubts: Doubt<U>[] = [];
        for (const member of this.members) {
            const led = attempt(() => lead(member));
            if (isUnseen(led)) {
                doubts.push({ because: led });
            } else {
                led.members.forEach(m => members.add(m));
                doubts.push(...led.doubts);
            }
        }
        for (const { because, candidate } of this.doubts) {
            const led = candidate === undefined ? undefined : attempt(() => lead(candidate));
            if (led === undefined || isUnseen(led)) {
                doubts.push({ because: together(because, led) });
            } else {
                led.members.forEach(m => doubts.push({ because, candidate: m }));
                led.doubts.forEach(({ because: further, candidate: m }) =>
                    doubts.push({
                        because: together(because, further),
                        ...(m !== undefined && { candidate: m }),
                    }),
                );
            }
        }
        return new Several([...members], distinct(doubts));
    }

    /** The same things, if they count at all; in doubt, where that is not seen. */
    onlyIf(isThere: Fact<boolean>): Several<T> {
        if (isUnseen(isThere)) {
            return new Several<Several<T>>([], [{ because: isThere, candidate: this }]).flatMap(same => same);
        }
        return isThere ? this : Several.none;
    }

    map<U>(make: (member: T) => U): Several<U> {
        return this.flatMap(member => Several.of(make(member)));
    }

    /** Those that are of a class. */
    instancesOf<U extends T>(of: abstract new (...args: never[]) => U): Several<U> {
        return this.flatMap(member => (member instanceof of ? Several.of(member) : Several.none));
    }

    concat(...others: readonly Several<T>[]): Several<T> {
        return Several.union(this, ...others);
    }

    /**
     * The only member; undefined if there is none.
     * @throws {Unseen} if it cannot be seen.
     */
    get only(): T | undefined {
        return this.first(() => true);
    }
}

/** The members that are seen of a collection, whatever is not. */
export function seen<T>(find: () => Several<T>): readonly T[] {
    const several = attempt(find);
    return isUnseen(several) ? [] : several.members;
}

/** A reference, or several, of one thing to others: resolved when first asked for, since what it leads to may be read later. */
export class References<T> {
    private resolved: Several<T> | undefined;
    private resolving = false;

    /** @param what completes the sentence "… is not known yet". */
    constructor(
        readonly what: string,
        private readonly resolve: () => Several<T>,
    ) {}

    get all(): Several<T> {
        if (this.resolved === undefined) {
            if (this.resolving) {
                return new Several<T>([], [{ because: new Outside(`${this.what}, which leads back to itself,`) }]);
            }
            this.resolving = true;
            try {
                this.resolved = this.resolve();
            } finally {
                this.resolving = false;
            }
        }
        return this.resolved;
    }

    /** What all that is referred to leads to. */
    to<U>(lead: (one: T) => Several<U>): References<U> {
        return new References(this.what, () => this.all.flatMap(lead));
    }

    /** @throws {Unseen} if what is referred to cannot be seen. */
    get optional(): T | undefined {
        return this.all.only;
    }

    /**
     * What is referred to, if the stack has it.
     * @throws {Unseen} if that is pending.
     */
    get inStack(): T | undefined {
        const found = attempt(() => this.optional);
        if (found instanceof Pending) {
            throw new Unseen(found);
        }
        return isUnseen(found) ? undefined : found;
    }

    /** @throws {Unseen} if what is referred to cannot be seen, or was left out. */
    get one(): T {
        const { only } = this.all;
        if (only === undefined) {
            throw new Unseen(new Outside(this.what));
        }
        return only;
    }
}

/** Which items refer to a target: those that do and, as doubts, those that may. Worked out when first asked. */
export class Relation<Target extends object, Item> {
    private index: Index<Target, Item> | undefined;

    constructor(
        private readonly items: Iterable<Item>,
        private readonly reference: (item: Item) => Several<Target>,
    ) {}

    of(target: Target): Several<Item> {
        this.index ??= new Index(this.items, this.reference);
        return this.index.of(target);
    }
}

class Index<Target extends object, Item> {
    private readonly byTarget = new Map<Target, { members: Item[]; doubts: Doubt<Item>[] }>();
    private readonly anywhere: Doubt<Item>[] = [];

    constructor(items: Iterable<Item>, reference: (item: Item) => Several<Target>) {
        for (const item of items) {
            const targets = reference(item);
            targets.members.forEach(target => this.at(target).members.push(item));
            for (const { because, candidate } of targets.doubts) {
                // What refers to something outside does not refer to anything in the stack.
                if (!(because instanceof Outside)) {
                    (candidate === undefined ? this.anywhere : this.at(candidate).doubts).push({
                        because,
                        candidate: item,
                    });
                }
            }
        }
    }

    of(target: Target): Several<Item> {
        const found = this.byTarget.get(target);
        return new Several(found?.members ?? [], [...(found?.doubts ?? []), ...this.anywhere]);
    }

    private at(target: Target): { members: Item[]; doubts: Doubt<Item>[] } {
        let found = this.byTarget.get(target);
        if (found === undefined) {
            found = { members: [], doubts: [] };
            this.byTarget.set(target, found);
        }
        return found;
    }
}
