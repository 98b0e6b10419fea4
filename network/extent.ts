import { Addresses, everywhere } from "./addresses";
import { attempt, type Fact, isUnseen, type Outside, type Pending, sooner, soonest, Unseen } from "./knowledge";
import type { Several } from "./several";

interface Doubt {
    readonly because: Pending | Outside;
    /** What more there may be. */
    readonly within: Addresses;
}

/** A set of addresses that is only partly seen: those that are in it for certain and, as doubts, those that may be. */
export class Extent {
    static readonly none = new Extent(Addresses.none);

    private constructor(
        private readonly sure: Addresses,
        private readonly doubts: readonly Doubt[] = [],
    ) {}

    static of(addresses: Addresses): Extent {
        return new Extent(addresses);
    }

    /** What cannot be seen at all. */
    static unseen(because: Pending | Outside): Extent {
        return new Extent(Addresses.none, [{ because, within: everywhere() }]);
    }

    /** What several things have together. */
    static union<T>(several: Several<T>, each: (member: T) => Extent): Extent {
        const extentOf = (member: T): Extent => {
            const extent = attempt(() => each(member));
            return isUnseen(extent) ? Extent.unseen(extent) : extent;
        };
        const members = several.members.map(extentOf);
        const candidates = several.doubts.map(({ because, candidate }) =>
            candidate === undefined ? Extent.unseen(because) : extentOf(candidate).onlyIf(because),
        );
        const all = [...members, ...candidates];
        return new Extent(
            Addresses.union(...all.map(extent => extent.sure)),
            all.flatMap(extent => extent.doubts),
        );
    }

    concat(other: Extent): Extent {
        return new Extent(this.sure.union(other.sure), [...this.doubts, ...other.doubts]);
    }

    /** The same, if it counts at all; in doubt, where that is not seen. */
    onlyIf(isThere: Fact<boolean>): Extent {
        if (!isUnseen(isThere)) {
            return isThere ? this : Extent.none;
        }
        // What hangs on both may still turn out not to be there.
        const further = this.doubts.map(doubt => ({ ...doubt, because: sooner(isThere, doubt.because) }));
        return new Extent(Addresses.none, [{ because: isThere, within: this.sure }, ...further]);
    }

    /**
     * Whether all of the addresses are in it.
     * @throws {Unseen} if that hangs on what is not seen.
     */
    includes(addresses: Addresses): boolean {
        const left = addresses.subtract(this.sure);
        const possible = Addresses.union(...this.doubts.map(({ within }) => within));
        return possible.includes(left) ? this.missing(addresses).isEmpty : false;
    }

    /**
     * Whether any of the addresses are in it.
     * @throws {Unseen} if that hangs on what is not seen.
     */
    meets(addresses: Addresses): boolean {
        return addresses.intersect(this.sure).isEmpty ? !this.missing(addresses).includes(addresses) : true;
    }

    /**
     * Those of the addresses that are not in it.
     * @throws {Unseen} if that hangs on what is not seen.
     */
    missing(addresses: Addresses): Addresses {
        const left = addresses.subtract(this.sure);
        const doubts = this.doubts.filter(({ within }) => !within.intersect(left).isEmpty);
        const because = soonest(doubts.map(doubt => doubt.because));
        if (because !== undefined) {
            throw new Unseen(because);
        }
        return left;
    }
}
