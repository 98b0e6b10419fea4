import type { Addresses } from "./addresses";
import type { Ports } from "./ports";

interface Part {
    readonly ports: Ports;
    readonly addresses: Addresses;
}

/** TCP packets by their port and an address: what addresses say on some ports, and others on others. */
export class Traffic {
    static readonly none = new Traffic([]);

    /** @param parts none of them empty. */
    private constructor(private readonly parts: readonly Part[]) {}

    /** What the addresses say on the ports. */
    static of(ports: Ports, addresses: Addresses): Traffic {
        return Traffic.ofAll([{ ports, addresses }]);
    }

    private static ofAll(parts: readonly Part[]): Traffic {
        return new Traffic(parts.filter(({ ports, addresses }) => !ports.isEmpty && !addresses.isEmpty));
    }

    /** Whether they have anything in common. */
    meets(other: Traffic): boolean {
        return this.parts.some(a =>
            other.parts.some(b => !a.ports.intersect(b.ports).isEmpty && !a.addresses.intersect(b.addresses).isEmpty),
        );
    }

    subtract(other: Traffic): Traffic {
        return other.parts.reduce<Traffic>(
            (left, b) =>
                Traffic.ofAll(
                    left.parts.flatMap(a => [
                        { ports: a.ports.subtract(b.ports), addresses: a.addresses },
                        { ports: a.ports.intersect(b.ports), addresses: a.addresses.subtract(b.addresses) },
                    ]),
                ),
            this,
        );
    }
}
