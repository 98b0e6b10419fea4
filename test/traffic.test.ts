/** The algebra of addresses, ports and traffic, and what is left of it where something is not seen. */
import { strict as assert } from "node:assert";
import fc from "fast-check";
import { Addresses, everywhere, privateRanges } from "../network/addresses";
import { Extent } from "../network/extent";
import { attempt, isUnseen, Outside, Pending } from "../network/knowledge";
import { Numbers } from "../network/numbers";
import { allPorts, portsInWords, portsOf } from "../network/ports";
import { Service } from "../network/service";
import { Several } from "../network/several";
import { Traffic } from "../network/traffic";

const ranges = fc.array(
    fc.tuple(fc.nat(20), fc.nat(6)).map(([first, more]) => [first, first + more] as const),
    { maxLength: 4 },
);
const portSets = ranges.map(all => portsOf(...all));
const has = (ports: Numbers, port: number): boolean => ports.includes(portsOf([port, port]));

const blocks = fc.tuple(fc.nat(3), fc.constantFrom(24, 25, 26)).map(([third, length]) => `10.0.${third}.0/${length}`);
const addressSets = fc.array(blocks, { maxLength: 3 }).map(cidrs => Addresses.of(...cidrs));
const traffics = fc
    .array(fc.tuple(portSets, addressSets), { maxLength: 3 })
    .map(all => ({ all, taken: all.map(([ports, addresses]) => Traffic.of(ports, addresses)) }));
const packet = fc.tuple(fc.nat(26), fc.nat(3), fc.constantFrom(0, 100, 200));

/** What a question is answered, or why it is not. */
function answer<T>(ask: () => T): T | "pending" | "outside" {
    const told = attempt(ask);
    return isUnseen(told) ? told.state : told;
}

describe("sets of ports", () => {
    it("unite, intersect and subtract port by port", () => {
        fc.assert(
            fc.property(portSets, portSets, fc.nat(27), (a, b, port) => {
                const [inA, inB] = [has(a, port), has(b, port)];
                assert.equal(has(a.union(b), port), inA || inB);
                assert.equal(has(a.intersect(b), port), inA && inB);
                assert.equal(has(a.subtract(b), port), inA && !inB);
                assert.equal(a.includes(b), b.subtract(a).isEmpty);
            }),
        );
    });

    it("join where they touch", () => {
        assert.deepEqual(portsOf([1, 5], [6, 9]).ranges, [{ first: 1n, last: 9n }]);
        assert.equal(portsOf([9, 1]).isEmpty, true);
        assert.equal(Numbers.none.isEmpty, true);
        assert(allPorts.includes(portsOf([0, 65535])));
    });

    it("are named in messages", () => {
        assert.equal(portsInWords(portsOf([443, 443])), "port 443");
        assert.equal(portsInWords(portsOf([0, 65535])), "ports 0-65535");
        assert.equal(portsInWords(portsOf([443, 443], [9142, 9142])), "ports 443 and 9142");
    });
});

describe("the ports of a service", () => {
    const words = (name: string, key: "ports" | "allPorts"): string | undefined => {
        const ports = Service.parse(name)[key];
        return ports && portsInWords(ports);
    };

    it("are 443 where nothing else is known of it", () => {
        assert.equal(words("com.amazonaws.us-east-1.logs", "ports"), "port 443");
        assert.equal(words("com.amazonaws.us-east-1.kms-fips", "ports"), "port 443");
    });

    it("are those that its clients use, and others beside", () => {
        assert.equal(words("com.amazonaws.us-east-1.cassandra", "ports"), "port 9142");
        assert.equal(words("com.amazonaws.us-east-1.cassandra-fips", "allPorts"), "ports 443 and 9142");
        assert.equal(words("com.amazonaws.us-east-1.datasync", "ports"), "ports 1024-1064 and 443");
    });

    it("are not known of a service that is not AWS's, or not in the table", () => {
        assert.equal(words("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718", "ports"), undefined);
        assert.equal(words("com.amazonaws.us-east-1.not-known-yet", "allPorts"), undefined);
    });
});

describe("a set of addresses", () => {
    it("is written in the fewest blocks", () => {
        assert.deepEqual(Addresses.of("10.0.0.0/25", "10.0.0.128/25", "10.0.1.0/24").cidrs, ["10.0.0.0/23"]);
        assert.deepEqual(Addresses.of("10.0.1.0/24", "10.0.2.0/24").cidrs, ["10.0.1.0/24", "10.0.2.0/24"]);
        assert.deepEqual(Addresses.of("fd00::/8", "10.0.0.1/32").cidrs, ["10.0.0.1/32", "fd00::/8"]);
        assert.deepEqual(everywhere().cidrs, ["0.0.0.0/0", "::/0"]);
        assert.deepEqual(Addresses.of("10.0.0.0/24").subtract(Addresses.of("10.0.0.0/26")).cidrs, [
            "10.0.0.64/26",
            "10.0.0.128/25",
        ]);
    });

    it("is the same when it is read again", () => {
        fc.assert(
            fc.property(addressSets, addressSets, (a, b) => {
                const left = a.subtract(b);
                const again = Addresses.of(...left.cidrs);
                assert(again.includes(left) && left.includes(again));
            }),
        );
    });

    it("is private in the ranges that are meant for that", () => {
        for (const cidr of ["10.1.2.0/24", "172.31.0.0/16", "192.168.0.0/24", "100.127.0.0/16", "fd12::/16"]) {
            assert(privateRanges().includes(Addresses.of(cidr)), cidr);
        }
        for (const cidr of ["11.0.0.0/8", "172.15.0.0/15", "100.128.0.0/16", "fe80::/10", "0.0.0.0/0"]) {
            assert(!privateRanges().includes(Addresses.of(cidr)), cidr);
        }
    });
});

describe("traffic", () => {
    it("is taken from other traffic packet by packet", () => {
        fc.assert(
            fc.property(
                portSets,
                addressSets,
                traffics,
                packet,
                (ports, addresses, { all, taken }, [port, third, last]) => {
                    const one = Addresses.of(`10.0.${third}.${last}/32`);
                    const isIn = ([p, a]: readonly [Numbers, Addresses]): boolean => has(p, port) && a.includes(one);
                    const left = taken.reduce((rest, some) => rest.subtract(some), Traffic.of(ports, addresses));
                    const isLeft = isIn([ports, addresses]) && !all.some(isIn);
                    assert.equal(left.meets(Traffic.of(portsOf([port, port]), one)), isLeft);
                },
            ),
        );
    });

    it("has nothing in common with none", () => {
        const some = Traffic.of(allPorts, everywhere());
        assert.equal(some.meets(Traffic.none), false);
        assert.equal(some.subtract(some).meets(some), false);
        assert.equal(Traffic.of(Numbers.none, everywhere()).meets(some), false);
    });
});

describe("addresses that are only partly seen", () => {
    const block = (cidr: string): Extent => Extent.of(Addresses.of(cidr));
    const asked = Addresses.of("10.0.1.0/24");
    const pending = new Pending("a block");
    const maybe = block("10.0.1.0/25").onlyIf(pending);

    it("are there for certain if those seen are enough, whatever may come", () => {
        const all = block("10.0.0.0/16").concat(Extent.unseen(new Outside("a list")));
        assert.equal(
            answer(() => all.includes(asked)),
            true,
        );
        assert.equal(
            answer(() => all.meets(asked)),
            true,
        );
        assert.deepEqual(
            answer(() => all.missing(asked).cidrs),
            [],
        );
    });

    it("are there together, where none is enough", () => {
        const halves = Extent.union(Several.of("10.0.1.0/25", "10.0.1.128/25"), block);
        assert.equal(
            answer(() => halves.includes(asked)),
            true,
        );
        assert.equal(
            answer(() => block("10.0.1.0/25").includes(asked)),
            false,
        );
    });

    it("are not there if what may come is not enough", () => {
        assert.equal(
            answer(() => maybe.includes(asked)),
            false,
        );
        assert.equal(
            answer(() => block("10.0.2.0/24").onlyIf(pending).meets(asked)),
            false,
        );
    });

    it("hang on what may come, and on what passes first", () => {
        assert.equal(
            answer(() => maybe.meets(asked)),
            "pending",
        );
        assert.equal(
            answer(() => maybe.missing(asked)),
            "pending",
        );
        assert.equal(
            answer(() => block("10.0.1.128/25").concat(maybe).includes(asked)),
            "pending",
        );
        const outside = Extent.unseen(new Outside("a list"));
        assert.equal(
            answer(() => outside.includes(asked)),
            "outside",
        );
        assert.equal(
            answer(() => outside.concat(maybe).meets(asked)),
            "pending",
        );
    });

    it("hang on what passes first, where they hang on two things at once", () => {
        const outside = Extent.unseen(new Outside("a list"));
        const candidate = new Several([], [{ because: pending, candidate: outside }]);
        assert.equal(
            answer(() => outside.onlyIf(pending).meets(asked)),
            "pending",
        );
        assert.equal(
            answer(() => Extent.union(candidate, extent => extent).meets(asked)),
            "pending",
        );
        assert.equal(
            answer(() => maybe.onlyIf(new Outside("a list")).meets(asked)),
            "pending",
        );
    });

    it("are in doubt where a member of several is", () => {
        const one = new Several(["10.0.1.0/25"], [{ because: pending, candidate: "10.0.1.128/25" }]);
        const union = Extent.union(one, block);
        assert.equal(
            answer(() => union.includes(asked)),
            "pending",
        );
        assert.equal(
            answer(() => union.includes(Addresses.of("10.0.1.0/25"))),
            true,
        );
        assert.equal(
            answer(() => union.meets(Addresses.of("10.0.2.0/24"))),
            false,
        );
        assert.equal(
            answer(() => Extent.union(Several.unseen<string>(pending), block).meets(asked)),
            "pending",
        );
    });
});
