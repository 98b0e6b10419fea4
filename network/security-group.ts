import { type Fact, see } from "./knowledge";
import { type Addresses, everywhere } from "./addresses";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";
import type { Vpc } from "./vpc";

export interface RuleFacts {
    readonly direction: "ingress" | "egress";
    /** The protocol's name in lower case, or -1 for all. */
    readonly protocol: Fact<string>;
    /** The first and last port, both included; all ports where the protocol is -1. */
    readonly ports: Fact<readonly [number, number]>;
    readonly addresses: Fact<Addresses>;
    readonly groups: References<SecurityGroup>;
    /** Ids of prefix lists. */
    readonly prefixLists: Fact<readonly string[]>;
}

/** What a security group lets in or out. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export class SecurityGroupRule {
    constructor(private readonly facts: RuleFacts) {}

    get direction(): "ingress" | "egress" {
        return this.facts.direction;
    }

    get protocol(): string {
        return see(this.facts.protocol);
    }

    get ports(): readonly [number, number] {
        return see(this.facts.ports);
    }

    get addresses(): Addresses {
        return see(this.facts.addresses);
    }

    get groups(): Several<SecurityGroup> {
        return this.facts.groups.all;
    }

    get prefixLists(): readonly string[] {
        return see(this.facts.prefixLists);
    }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html */
export class SecurityGroup extends Resource {
    readonly noun = "security group";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: {
            readonly vpc: References<Vpc>;
            readonly inline: Several<SecurityGroupRule>;
            readonly isDefault: boolean;
            /** Whether AWS's rule that lets everything out stays where no egress rule is given: the aws provider removes it. */
            readonly keepsEgress: boolean;
        },
    ) {
        super(source);
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpc.all;
    }

    /** Whether it is the one that came with its VPC. https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
    get isDefault(): boolean {
        return this.facts.isDefault;
    }

    /** Inline rules and those that are resources of their own. */
    get rules(): Several<SecurityGroupRule> {
        return this.facts.inline.concat(this.network.rulesByGroup.of(this).map(standAlone => standAlone.rule));
    }

    get ingress(): Several<SecurityGroupRule> {
        return this.rules.filter(rule => rule.direction === "ingress");
    }

    get egress(): Several<SecurityGroupRule> {
        return this.rules.filter(rule => rule.direction === "egress");
    }

    /**
     * Whether everything is let out.
     * @throws {Unseen} if that hangs on a rule that cannot be seen.
     */
    get letsEverythingOut(): boolean {
        return this.egress.isEmpty
            ? this.facts.keepsEgress
            : this.egress.some(rule => rule.protocol === "-1" && rule.addresses.includes(everywhere.only("ipv4")));
    }
}

/** A rule that is a resource of its own. */
export interface StandAloneRule {
    readonly group: References<SecurityGroup>;
    readonly rule: SecurityGroupRule;
}
