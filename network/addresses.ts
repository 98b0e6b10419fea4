import ipaddr from "ipaddr.js";

/** Addresses of one family from `first` to `last`, both included, as numbers. */
interface Range {
    readonly first: bigint;
    readonly last: bigint;
}

type Family = "ipv4" | "ipv6";

const bits: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

/** A set of IPv4 and IPv6 addresses. */
export class Addresses {
    static readonly none = new Addresses([], []);

    private constructor(
        private readonly ipv4: readonly Range[],
        private readonly ipv6: readonly Range[],
    ) {}

    /** The addresses of CIDR blocks; what is not a CIDR block holds none. */
    static of(...cidrs: readonly string[]): Addresses {
        return cidrs.reduce((all, cidr) => all.union(block(cidr)), Addresses.none);
    }

    /** @internal */
    static range(family: Family, range: Range): Addresses {
        return family === "ipv4" ? new Addresses([range], []) : new Addresses([], [range]);
    }

    get isEmpty(): boolean {
        return this.ipv4.length === 0 && this.ipv6.length === 0;
    }

    union(other: Addresses): Addresses {
        return new Addresses(merge([...this.ipv4, ...other.ipv4]), merge([...this.ipv6, ...other.ipv6]));
    }

    intersect(other: Addresses): Addresses {
        return new Addresses(overlap(this.ipv4, other.ipv4), overlap(this.ipv6, other.ipv6));
    }

    subtract(other: Addresses): Addresses {
        return new Addresses(
            overlap(this.ipv4, complement("ipv4", other.ipv4)),
            overlap(this.ipv6, complement("ipv6", other.ipv6)),
        );
    }

    includes(other: Addresses): boolean {
        return other.subtract(this).isEmpty;
    }

    only(family: Family): Addresses {
        return family === "ipv4" ? new Addresses(this.ipv4, []) : new Addresses([], this.ipv6);
    }
}

/** Whether a text is a CIDR block, such as 10.0.0.0/16 or fd00::/8. */
export function isCidr(text: string): boolean {
    return ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
}

function block(cidr: string): Addresses {
    if (!isCidr(cidr)) {
        return Addresses.none;
    }
    const [address, length] = ipaddr.parseCIDR(cidr);
    const family = address.kind();
    const number = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const size = 1n << BigInt(bits[family] - length);
    const first = (number / size) * size;
    return Addresses.range(family, { first, last: first + size - 1n });
}

function merge(ranges: readonly Range[]): readonly Range[] {
    const merged: Range[] = [];
    for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
        const before = merged.at(-1);
        if (before !== undefined && range.first <= before.last + 1n) {
            merged[merged.length - 1] = {
                first: before.first,
                last: before.last > range.last ? before.last : range.last,
            };
        } else {
            merged.push(range);
        }
    }
    return merged;
}

function overlap(some: readonly Range[], others: readonly Range[]): readonly Range[] {
    return some.flatMap(a =>
        others
            .map(b => ({ first: a.first > b.first ? a.first : b.first, last: a.last < b.last ? a.last : b.last }))
            .filter(range => range.first <= range.last),
    );
}

function complement(family: Family, ranges: readonly Range[]): readonly Range[] {
    const gaps: Range[] = [];
    let next = 0n;
    for (const { first, last } of ranges) {
        if (next < first) {
            gaps.push({ first: next, last: first - 1n });
        }
        next = last + 1n;
    }
    const end = (1n << BigInt(bits[family])) - 1n;
    return next <= end ? [...gaps, { first: next, last: end }] : gaps;
}

export const everywhere: Addresses = Addresses.of("0.0.0.0/0", "::/0");

/**
 * Addresses that the internet does not route: RFC 1918, shared (RFC 6598), link-local, loopback and multicast ranges, and unique local IPv6.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const notPublic: Addresses = Addresses.of(
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
    "::/3",
    "4000::/2",
    "8000::/1",
);

export const publicAddresses: Addresses = everywhere.subtract(notPublic);
