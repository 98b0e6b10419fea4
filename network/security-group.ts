import { Addresses, everywhere, publicAddresses } from "./addresses";
import { Endpoint } from "./endpoint";
import { Extent } from "./extent";
import { attempt, both, either, type Fact, see } from "./knowledge";
import { Memo } from "./memo";
import type { Network } from "./network";
import { Numbers } from "./numbers";
import { allPorts, type Ports, portsInWords } from "./ports";
import type { PrefixList } from "./prefix-list";
import { Resource, type Source } from "./resource";
import { References, Several } from "./several";
import type { Tenant } from "./tenant";
import type { Vpc } from "./vpc";

type Direction = "ingress" | "egress";

export interface RuleFacts {
    readonly direction: Fact<Direction>;
    /** The protocol's name, such as tcp, or -1 for all. */
    readonly protocol: Fact<string>;
    /** All ports where the protocol is -1. */
    readonly ports: Fact<Ports>;
    readonly cidrs: Several<string>;
    readonly groups: References<SecurityGroup>;
    /** Prefix lists, or the gateway endpoints to whose services AWS's own ones lead. */
    readonly prefixLists: References<PrefixList | Endpoint>;
}

/** What a security group lets in or out. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export class SecurityGroupRule {
    constructor(private readonly facts: RuleFacts) {}

    get direction(): Direction {
        return see(this.facts.direction);
    }

    get protocol(): string {
        return see(this.facts.protocol);
    }

    get ports(): Ports {
        return see(this.facts.ports);
    }

    /** The CIDR blocks that it names. */
    get cidrs(): Several<string> {
        return this.facts.cidrs;
    }

    get groups(): Several<SecurityGroup> {
        return this.facts.groups.all;
    }

    get prefixLists(): Several<PrefixList | Endpoint> {
        return this.facts.prefixLists.all;
    }

    /** Whether it is for TCP on any of the ports. */
    isFor(ports: Ports): boolean {
        return both(
            () => this.protocol === "tcp" || this.protocol === "-1",
            () => !this.ports.intersect(ports).isEmpty,
        );
    }

    /** Whether it is for TCP or UDP on other ports than some TCP ports. */
    isBeyond(tcp: Ports): boolean {
        return either(
            () => this.protocol === "udp" || this.protocol === "-1",
            () =>
                both(
                    () => this.protocol === "tcp",
                    () => !tcp.includes(this.ports),
                ),
        );
    }

    /** The addresses that it names, in CIDR blocks and prefix lists. */
    get addresses(): Extent {
        const blocks = Extent.union(this.cidrs, cidr => Extent.of(Addresses.of(cidr)));
        // What AWS's services have of addresses is nobody's business here.
        return blocks.concat(
            Extent.union(this.prefixLists, list => (list instanceof Endpoint ? Extent.none : list.extent)),
        );
    }

    /**
     * Whether it leads to where an endpoint answers: its groups or addresses, or the addresses of its service if it is a gateway. Prefix lists
     * of AWS's own go by the service. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
     */
    leadsTo(endpoint: Endpoint): boolean {
        return endpoint.type === "Gateway"
            ? either(
                  () => this.addresses.meets(publicAddresses()),
                  () => this.prefixLists.some(list => list instanceof Endpoint && list.serves(endpoint)),
              )
            : either(
                  () => this.groups.some(group => endpoint.securityGroups.includes(group)),
                  () => this.addresses.meets(endpoint.addresses),
                  () => this.addresses.includes(endpoint.vpc.addresses),
              );
    }

    /** How messages name what it is for, such as "tcp port 443". */
    get traffic(): string {
        return this.protocol === "-1" ? "all traffic" : `${this.protocol} ${portsInWords(this.ports)}`;
    }
}

export interface SecurityGroupFacts {
    readonly vpc: References<Vpc>;
    readonly inline: Several<SecurityGroupRule>;
    readonly isDefault: boolean;
    /** Whether AWS's rule that lets everything out stays where no egress rule is given: the aws provider removes it. */
    readonly keepsEgress: boolean;
    /** How messages name a group that is no resource of its own. */
    readonly label?: string;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html */
export class SecurityGroup extends Resource {
    readonly noun = "security group";
    private readonly extents = new Memo<string, Extent>();
    private readonly leads = new Memo<Endpoint, boolean>();

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: SecurityGroupFacts,
    ) {
        super(source);
    }

    /**
     * One that AWS makes: everything may leave, and what has the group may enter.
     * https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
     */
    static ofAws(
        source: Source,
        network: Network,
        facts: Pick<SecurityGroupFacts, "vpc" | "isDefault"> & { readonly label: string },
    ): SecurityGroup {
        const itself = new References<SecurityGroup>(`security group ${facts.label}`, () => Several.of(group));
        const group: SecurityGroup = new SecurityGroup(source, network, {
            ...facts,
            inline: Several.of(everything("ingress", Several.none, itself), everything("egress", everyBlock)),
            keepsEgress: false,
        });
        return group;
    }

    override get name(): string {
        return this.facts.label ?? super.name;
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpc.all;
    }

    /** Whether it is the one that came with its VPC. https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
    get isDefault(): boolean {
        return this.facts.isDefault;
    }

    /** The interface endpoints that have it. */
    get interfaceEndpoints(): Several<Endpoint> {
        return this.network.endpointsBySecurityGroup.of(this).filter(endpoint => endpoint.type === "Interface");
    }

    /** The workloads and whatever else in subnets has it. */
    get tenants(): Several<Tenant> {
        return this.network.tenantsBySecurityGroup.of(this);
    }

    /** Inline rules and those that are resources of their own. */
    get rules(): Several<SecurityGroupRule> {
        return this.facts.inline.concat(this.network.rulesByGroup.of(this).map(standAlone => standAlone.rule));
    }

    get ingress(): Several<SecurityGroupRule> {
        return this.rules.filter(rule => rule.direction === "ingress");
    }

    get egress(): Several<SecurityGroupRule> {
        const given = this.rules.filter(rule => rule.direction === "egress");
        const isLeftOut = this.facts.keepsEgress && attempt(() => given.isEmpty);
        return given.concat(Several.of(everything("egress", everyBlock)).onlyIf(isLeftOut));
    }

    /**
     * The CIDR blocks that it lets in, but for those within the given addresses, or within the VPC of its endpoints or a peered one.
     * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
     */
    strangers(allowed: Addresses): Several<string> {
        const local = Extent.union(
            this.interfaceEndpoints
                .flatMap(endpoint => endpoint.vpcs)
                .flatMap(vpc => Several.of(vpc).concat(vpc.peers)),
            vpc => Extent.union(vpc.blocks, block => Extent.of(block)),
        );
        return this.ingress.flatMap(rule =>
            rule.cidrs.filter(cidr => {
                const strange = Addresses.of(cidr).subtract(allowed);
                return both(
                    () => !strange.isEmpty,
                    () =>
                        either(
                            () => isEverywhere(cidr),
                            () => !local.includes(strange),
                        ),
                );
            }),
        );
    }

    /**
     * The ports on which its interface endpoints answer; undefined where those of one are not known.
     * @throws {Unseen} if another endpoint may have the group.
     */
    get endpointPorts(): Ports | undefined {
        return this.interfaceEndpoints.all
            .map(endpoint => endpoint.service.allPorts)
            .reduce((all, some) => all && some?.union(all), Numbers.none);
    }

    /** Where connections to any of the TCP ports may come from, by address. */
    admits(ports: Ports): Extent {
        return this.extents.of(portsInWords(ports), () =>
            Extent.union(this.ingress, rule => rule.addresses.onlyIf(attempt(() => rule.isFor(ports)))),
        );
    }

    /** Whether it lets its members out to an endpoint, on one of the ports on which that answers. */
    letsOutTo(endpoint: Endpoint): boolean {
        return this.leads.of(endpoint, () => {
            const ports = endpoint.service.ports ?? allPorts;
            return this.egress.some(rule =>
                both(
                    () => rule.isFor(ports),
                    () => rule.leadsTo(endpoint),
                ),
            );
        });
    }

    /**
     * Whether everything is let out.
     * @throws {Unseen} if that hangs on a rule that cannot be seen.
     */
    get letsEverythingOut(): boolean {
        return this.egress.some(rule => rule.protocol === "-1" && rule.addresses.includes(everywhere().only("ipv4")));
    }
}

/** Whether a CIDR block has all IPv4 or all IPv6 addresses. */
function isEverywhere(cidr: string): boolean {
    return (
        Addresses.of(cidr).includes(everywhere().only("ipv4")) || Addresses.of(cidr).includes(everywhere().only("ipv6"))
    );
}

const everyBlock = Several.of("0.0.0.0/0", "::/0");

function everything(
    direction: Direction,
    cidrs: Several<string>,
    groups?: References<SecurityGroup>,
): SecurityGroupRule {
    const none = new References<never>(`the peers of AWS's ${direction} rule`, () => Several.none);
    return new SecurityGroupRule({
        direction,
        protocol: "-1",
        ports: allPorts,
        cidrs,
        groups: groups ?? none,
        prefixLists: none,
    });
}

/** A rule that is a resource of its own. */
export interface StandAloneRule {
    readonly group: References<SecurityGroup>;
    readonly rule: SecurityGroupRule;
}
