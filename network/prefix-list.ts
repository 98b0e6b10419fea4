import { Addresses } from "./addresses";
import { Extent } from "./extent";
import { type Fact, Outside, see } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";

/** A customer-managed prefix list. https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html */
export class PrefixList extends Resource {
    readonly noun = "prefix list";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly inline: Several<Fact<Addresses>>,
    ) {
        super(source);
    }

    /**
     * What its entries cover together: inline ones, and those that are resources of their own.
     * @throws {Unseen} if there may be an entry that is not seen.
     */
    get addresses(): Addresses {
        return Addresses.union(...this.entries.all.map(entry => see(entry)));
    }

    /** What its entries cover, as far as it is seen: a list that has none in the stack gets them elsewhere. */
    get extent(): Extent {
        return this.entries.isEmpty
            ? Extent.unseen(new Outside(`the entries of ${this.toString()}`))
            : Extent.union(this.entries, entry => Extent.of(see(entry)));
    }

    private get entries(): Several<Fact<Addresses>> {
        return this.inline.concat(this.network.prefixListEntries.of(this).map(entry => entry.addresses));
    }
}

/** An entry of a prefix list as a resource of its own. */
export interface PrefixListEntry {
    readonly list: References<PrefixList>;
    readonly addresses: Fact<Addresses>;
}
