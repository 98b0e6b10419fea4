import { type Addresses, everywhere, type Family } from "./addresses";
import { attempt, type Fact, isUnseen, Outside, see, sooner, soonest, Unseen } from "./knowledge";
import { Memo } from "./memo";
import type { Network } from "./network";
import { Numbers } from "./numbers";
import { allPorts, type Ports, portsInWords } from "./ports";
import { Resource, type Source } from "./resource";
import { type References, Several } from "./several";
import type { Subnet } from "./subnet";
import { Traffic } from "./traffic";

type Direction = "ingress" | "egress";

export interface AclRuleFacts {
    readonly direction: Fact<Direction>;
    readonly number: Fact<number>;
    readonly allows: Fact<boolean>;
    /** The protocol's name, such as tcp, or -1 for all. */
    readonly protocol: Fact<string>;
    /** All ports where the protocol is -1. */
    readonly ports: Fact<Ports>;
    readonly addresses: Fact<Addresses>;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
export class NetworkAclRule {
    constructor(private readonly facts: AclRuleFacts) {}

    get direction(): Direction {
        return see(this.facts.direction);
    }

    /** Its place among the rules; the first one where that is not seen. */
    get place(): number {
        return isUnseen(this.facts.number) ? 0 : this.facts.number;
    }

    /**
     * What it is about, and whether it lets that through.
     * @throws {Unseen} if that is not seen, or its place among the rules is not.
     */
    get verdict(): { readonly about: Traffic; readonly allows: boolean } {
        see(this.facts.number);
        return { about: Traffic.of(this.ports, see(this.facts.addresses)), allows: see(this.facts.allows) };
    }

    /** All that it can be about, whatever of it is not seen. */
    get atMost(): Traffic {
        const [ports, addresses] = [attempt(() => this.ports), this.facts.addresses];
        return Traffic.of(isUnseen(ports) ? allPorts : ports, isUnseen(addresses) ? everywhere() : addresses);
    }

    private get ports(): Ports {
        const protocol = see(this.facts.protocol);
        return protocol === "tcp" || protocol === "-1" ? see(this.facts.ports) : Numbers.none;
    }
}

export interface NetworkAclFacts {
    readonly inline: Readonly<Record<Direction, Several<NetworkAclRule>>>;
    /** Whether rules come from somewhere that the stack does not show, where it shows none. */
    readonly isFilledElsewhere: boolean;
    /** Whether it is as AWS makes it: everything gets through. */
    readonly isOfAws: boolean;
    /** How messages name one that is no resource of its own. */
    readonly label?: string;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
export class NetworkAcl extends Resource {
    readonly noun = "network ACL";
    private readonly dropped = new Memo<string, boolean>();

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: NetworkAclFacts,
    ) {
        super(source);
    }

    /** The one that AWS makes with a VPC: everything gets through. https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
    static ofAws(source: Source, network: Network, label: string): NetworkAcl {
        const everything = { number: 100, allows: true, protocol: "-1", ports: allPorts, addresses: everywhere() };
        const inline = {
            ingress: Several.of(new NetworkAclRule({ ...everything, direction: "ingress" })),
            egress: Several.of(new NetworkAclRule({ ...everything, direction: "egress" })),
        };
        return new NetworkAcl(source, network, { inline, isFilledElsewhere: false, isOfAws: true, label });
    }

    override get name(): string {
        return this.facts.label ?? super.name;
    }

    get letsEverythingThrough(): boolean {
        return this.facts.isOfAws && this.network.rulesByAcl.of(this).isEmpty;
    }

    /**
     * Whether nothing gets through from or to the addresses of a subnet on some ports: the first rule that is about a packet decides, and none
     * lets none through. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
     * @throws {Unseen} if that hangs on what is not seen.
     */
    drops(direction: Direction, ports: Ports, far: Subnet, family: Family): boolean {
        return this.dropped.of(`${direction} ${portsInWords(ports)} ${family} ${far.urn}`, () =>
            this.dropsAll(direction, Traffic.of(ports, far.addresses(family))),
        );
    }

    private dropsAll(direction: Direction, traffic: Traffic): boolean {
        const rules = this.rules(direction);
        const doubts = rules.doubts.filter(
            ({ candidate }) => candidate === undefined || traffic.meets(candidate.atMost),
        );
        let because = soonest(doubts.map(doubt => doubt.because));
        let left = because === undefined ? traffic : Traffic.none;
        for (const rule of [...rules.members].sort((a, b) => a.place - b.place)) {
            const verdict = attempt(() => rule.verdict);
            const about = isUnseen(verdict) ? rule.atMost : verdict.about;
            if (left.meets(about)) {
                if (isUnseen(verdict)) {
                    because = sooner(because, verdict);
                } else if (verdict.allows) {
                    return false;
                }
                left = left.subtract(about);
            }
        }
        if (because !== undefined) {
            throw new Unseen(because);
        }
        return true;
    }

    private rules(direction: Direction): Several<NetworkAclRule> {
        const standAlone = this.network.rulesByAcl.of(this).map(({ rule }) => rule);
        const rules = this.facts.inline[direction].concat(standAlone.filter(rule => rule.direction === direction));
        return this.facts.isFilledElsewhere && standAlone.isEmpty
            ? rules.concat(Several.unseen(new Outside(`the rules of ${this.toString()}`)))
            : rules;
    }
}

/** A rule that is a resource of its own. */
export interface StandAloneAclRule {
    readonly acl: References<NetworkAcl>;
    readonly rule: NetworkAclRule;
}

/** A link from a subnet to its network ACL. */
export interface NetworkAclLink {
    readonly subnet: References<Subnet>;
    readonly acl: References<NetworkAcl>;
}
