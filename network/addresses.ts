import ipaddr from "ipaddr.js";
import { later } from "./memo";
import { Numbers, type Range } from "./numbers";

export type Family = "ipv4" | "ipv6";

const bits: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

/** A set of IPv4 and IPv6 addresses. */
export class Addresses {
    static readonly none = new Addresses(Numbers.none, Numbers.none);

    private constructor(
        private readonly ipv4: Numbers,
        private readonly ipv6: Numbers,
    ) {}

    /** The addresses of CIDR blocks; what is not a CIDR block holds none. */
    static of(...cidrs: readonly string[]): Addresses {
        const ranges: Readonly<Record<Family, Range[]>> = { ipv4: [], ipv6: [] };
        for (const cidr of cidrs.filter(isCidr)) {
            const family = familyOf(cidr);
            const [address, length] = (family === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6).parseCIDR(cidr);
            const number = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
            const size = 1n << BigInt(bits[family] - length);
            const first = (number / size) * size;
            ranges[family].push({ first, last: first + size - 1n });
        }
        return new Addresses(Numbers.of(...ranges.ipv4), Numbers.of(...ranges.ipv6));
    }

    static union(...all: readonly Addresses[]): Addresses {
        return new Addresses(
            Numbers.union(...all.map(({ ipv4 }) => ipv4)),
            Numbers.union(...all.map(({ ipv6 }) => ipv6)),
        );
    }

    get isEmpty(): boolean {
        return this.ipv4.isEmpty && this.ipv6.isEmpty;
    }

    /** The fewest CIDR blocks that have these addresses, IPv4 first. */
    get cidrs(): readonly string[] {
        return [
            ...this.ipv4.ranges.flatMap(range => blocks("ipv4", range)),
            ...this.ipv6.ranges.flatMap(range => blocks("ipv6", range)),
        ];
    }

    union(other: Addresses): Addresses {
        return Addresses.union(this, other);
    }

    intersect(other: Addresses): Addresses {
        return new Addresses(this.ipv4.intersect(other.ipv4), this.ipv6.intersect(other.ipv6));
    }

    subtract(other: Addresses): Addresses {
        return new Addresses(this.ipv4.subtract(other.ipv4), this.ipv6.subtract(other.ipv6));
    }

    includes(other: Addresses): boolean {
        return this.ipv4.includes(other.ipv4) && this.ipv6.includes(other.ipv6);
    }

    only(family: Family): Addresses {
        return family === "ipv4" ? new Addresses(this.ipv4, Numbers.none) : new Addresses(Numbers.none, this.ipv6);
    }
}

/** Whether a text is a CIDR block, such as 10.0.0.0/16 or fd00::/8. */
export function isCidr(text: string): boolean {
    return familyOf(text) === "ipv4" ? ipaddr.IPv4.isValidCIDRFourPartDecimal(text) : ipaddr.IPv6.isValidCIDR(text);
}

/** The family of what may be a CIDR block. To have it tried as both would cost an error for each that is not of the first. */
function familyOf(text: string): Family {
    return text.includes(":") ? "ipv6" : "ipv4";
}

function blocks(family: Family, { first, last }: Range): readonly string[] {
    const found: string[] = [];
    for (let next = first; next <= last;) {
        let length = bits[family];
        // The longest block that begins here and does not go too far.
        for (let size = 2n; length > 0 && next % size === 0n && next + size - 1n <= last; size *= 2n) {
            length -= 1;
        }
        const bytes = Array.from({ length: bits[family] / 8 }, (_, index) =>
            Number((next >> BigInt(bits[family] - 8 * (index + 1))) & 255n),
        );
        found.push(`${ipaddr.fromByteArray(bytes).toString()}/${length}`);
        next += 1n << BigInt(bits[family] - length);
    }
    return found;
}

export const everywhere = later(() => Addresses.of("0.0.0.0/0", "::/0"));

/**
 * All IPv4 addresses as IPv6 ones, for NAT gateways to translate (RFC 6052).
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
 */
const translated = later(() => Addresses.of("64:ff9b::/96"));

/**
 * Addresses that the internet does not route: RFC 1918, shared (RFC 6598), link-local, loopback and multicast ranges, and unique local IPv6.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const notPublic = later(() =>
    Addresses.of(
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
    ),
);

export const publicAddresses = later(() => everywhere().subtract(notPublic().subtract(translated())));

/**
 * The ranges that are meant for private networks: RFC 1918, shared addresses (RFC 6598), and unique local IPv6 (RFC 4193).
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export const privateRanges = later(() =>
    Addresses.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
);
