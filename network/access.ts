import { type Addresses, everywhere, type Family } from "./addresses";
import type { Endpoint } from "./endpoint";
import { Extent } from "./extent";
import { attempt, both, either, isUnseen, see } from "./knowledge";
import { Memo } from "./memo";
import type { NetworkAcl } from "./network-acl";
import { type Ports, portsInWords, portsOf } from "./ports";
import { listed } from "./resource";
import type { SecurityGroupRule } from "./security-group";
import { Several } from "./several";
import type { Client, Subnet } from "./subnet";
import type { Tenant } from "./tenant";

/** What keeps a client from an endpoint. */
interface Obstacle {
    /** The addresses of its subnet that are kept out. */
    readonly addresses: Addresses;
    /** Whether these are all of them, so that the client is kept out wherever in its subnet it lives. */
    readonly isWhole: boolean;
    /** What drops what they exchange; undefined where the endpoint's security groups do not admit it. */
    readonly drop?: Drop;
}

/** A network ACL that drops requests, or what is answered. */
interface Drop {
    readonly acl: NetworkAcl;
    readonly isOfAnswers: boolean;
}

/**
 * Ports that answers go to, whatever system asks: all that AWS names take from them.
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const answerPorts = portsOf([49152, 60999]);

/**
 * Who gets through to the network interfaces of an interface endpoint, and back: past its security groups, and network ACLs on the way.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export class Access {
    private readonly workloads: Several<Client>;
    private readonly rules: Several<SecurityGroupRule>;
    private readonly admitted: Extent;
    private readonly families: readonly Family[];
    private readonly obstacles = new Memo<Client, Obstacle | undefined>();
    private readonly admissions = new Memo<string, boolean>();
    private readonly drops = new Memo<string, Drop | undefined>();

    /** @param ports those on which it answers: one of them is enough. */
    constructor(
        private readonly endpoint: Endpoint,
        private readonly ports: Ports,
    ) {
        this.workloads = endpoint.workloadsServed;
        this.families = endpoint.families;
        this.rules = endpoint.securityGroups.flatMap(group => group.ingress);
        this.admitted = Extent.union(endpoint.securityGroups, group => group.admits(ports));
    }

    /** Whom it is there for: the known workloads, else the private subnets, unless it admits security groups, whose members are not known. */
    get clients(): Several<Client> {
        if (!this.workloads.isEmpty) {
            return this.workloads;
        }
        return this.admitsGroups ? Several.none : this.privateSubnets.map((subnet): Client => ({ subnet }));
    }

    /** Whether it is not seen whom it is there for, but that nobody is kept out who may be that. */
    get isOpenAnyway(): boolean {
        const candidates = (): Several<Client> =>
            this.workloads.concat(this.privateSubnets.map((subnet): Client => ({ subnet })));
        return (
            isUnseen(attempt(() => this.workloads.isEmpty)) &&
            attempt(() => candidates().every(client => this.obstacle(client) === undefined)) === true
        );
    }

    /** Whether a client is kept out, wherever in its subnet it lives. */
    isClosedTo(client: Client): boolean {
        return this.obstacle(client)?.isWhole === true;
    }

    /** Whether a workload is kept out in a part of its subnet at least, or would be. */
    isPartlyClosedTo(client: Client): boolean {
        return both(
            () => this.obstacle(client) !== undefined,
            () => client.workload !== undefined || this.isLivedIn(client.subnet),
        );
    }

    /** Whether some of these clients are left out for certain: one workload, or all private subnets where nobody else is let in. */
    leavesOut(clients: Several<Client>): boolean {
        return this.workloads.isEmpty
            ? both(
                  () => !clients.isEmpty,
                  () => clients.every(client => this.isClosedTo(client)),
                  () =>
                      either(
                          () => !this.admitted.meets(everywhere()),
                          () => this.isAlone,
                      ),
              )
            : clients.some(client => this.isClosedTo(client));
    }

    /** What keeps clients out, in sentences. */
    explain(clients: readonly Client[]): string {
        const causes = new Map<string, (Client & Obstacle)[]>();
        for (const client of clients) {
            const obstacle = this.obstacle(client);
            if (obstacle !== undefined) {
                const cause = causeOf(obstacle.drop);
                causes.set(cause, [...(causes.get(cause) ?? []), { ...client, ...obstacle }]);
            }
        }
        const sentences = [...causes].map(([cause, kept]) => {
            const by = kept.flatMap(({ workload }) => workload?.toString() ?? []);
            const from = listed(
                kept.flatMap(({ addresses, subnet }) => addresses.cidrs.map(cidr => `${cidr} (${subnet.toString()})`)),
            );
            const who = by.length === 0 ? `from ${from}` : `by ${listed(by)} in ${from}`;
            return `Interface ${this.endpoint.toString()} cannot be reached on ${portsInWords(this.ports)} ${who}: ${cause}.`;
        });
        return sentences.sort().join(" ");
    }

    /** Whether it serves nobody beyond its VPC. */
    private get isAlone(): boolean {
        return this.endpoint.vpcs.flatMap(vpc => vpc.connections).isEmpty;
    }

    private get privateSubnets(): Several<Subnet> {
        return this.endpoint.subnetsServed.filter(subnet => !subnet.isPublic);
    }

    private get admitsGroups(): boolean {
        return this.rules.some(rule =>
            both(
                () => !rule.groups.isEmpty,
                () => rule.isFor(this.ports),
            ),
        );
    }

    /** Whether workloads may come to a subnet: not where it only carries the traffic of others, unless all private subnets seem to. */
    private isLivedIn(subnet: Subnet): boolean {
        return either(
            () => !subnet.holdsOnlyCarriers,
            () =>
                both(
                    () => this.isAlone,
                    () => this.privateSubnets.every(other => other.holdsOnlyCarriers),
                ),
        );
    }

    private obstacle(client: Client): Obstacle | undefined {
        return this.obstacles.of(client, () => {
            const found = this.families
                .filter(family => attempt(() => client.subnet.addresses(family).isEmpty) !== true)
                .map(family => attempt(() => this.obstacleBy(family, client)));
            // One family is enough.
            return found.includes(undefined) ? undefined : found.map(see).sort(byWholeness)[0];
        });
    }

    private obstacleBy(family: Family, { subnet, workload }: Client): Obstacle | undefined {
        const key = `${family} ${subnet.urn}`;
        const isAdmitted = either(
            () => this.admissions.of(key, () => this.admitted.includes(subnet.addresses(family))),
            () => workload !== undefined && this.admitsGroupOf(workload),
        );
        const drop = isAdmitted ? this.drops.of(key, () => this.dropping(subnet, family)) : undefined;
        if (isAdmitted && drop === undefined) {
            return undefined;
        }
        const addresses = subnet.addresses(family);
        if (drop === undefined) {
            return { addresses: this.admitted.missing(addresses), isWhole: !this.admitted.meets(addresses) };
        }
        return { addresses, isWhole: true, drop };
    }

    private admitsGroupOf(workload: Tenant): boolean {
        return this.rules.some(rule =>
            both(
                () => rule.isFor(this.ports),
                () => rule.groups.some(group => workload.securityGroups.includes(group)),
            ),
        );
    }

    /** A network ACL that drops what a subnet and the endpoint exchange, if there is one on the way to each of its network interfaces. */
    private dropping(from: Subnet, family: Family): Drop | undefined {
        const droppingAt = (subnet: Subnet): Drop | undefined => droppingBetween(from, subnet, family, this.ports);
        const isCut = (subnet: Subnet): boolean => droppingAt(subnet) !== undefined;
        const cut = this.endpoint.subnets.filter(isCut);
        const drops = cut.isEmpty || !this.endpoint.subnets.every(isCut) ? [] : cut.found.map(droppingAt);
        return drops.sort((one, other) => causeOf(one).localeCompare(causeOf(other)))[0];
    }
}

function causeOf(drop: Drop | undefined): string {
    return drop === undefined
        ? "its security groups let none of that in"
        : `${drop.acl.toString()} drops ${drop.isOfAnswers ? `the answers, to ${portsInWords(answerPorts)} for instance` : "it"}`;
}

function byWholeness(one: Obstacle | undefined, other: Obstacle | undefined): number {
    return Number(one?.isWhole) - Number(other?.isWhole);
}

/** What has to get past the network ACL of a subnet, from or to another one. */
interface Hop {
    readonly at: Subnet;
    readonly direction: "ingress" | "egress";
    readonly ports: Ports;
    readonly far: Subnet;
}

/** Network ACLs do not see what stays in one subnet. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
function droppingBetween(client: Subnet, server: Subnet, family: Family, ports: Ports): Drop | undefined {
    const isOpen = both(
        () => client.networkAcl.letsEverythingThrough,
        () => server.networkAcl.letsEverythingThrough,
    );
    if (client === server || isOpen || server.addresses(family).isEmpty) {
        return undefined;
    }
    const hops = Several.of<Hop>(
        { at: client, direction: "egress", ports, far: server },
        { at: server, direction: "ingress", ports, far: client },
        { at: server, direction: "egress", ports: answerPorts, far: client },
        { at: client, direction: "ingress", ports: answerPorts, far: server },
    );
    const hop = hops.first(({ at, direction, ports, far }) => at.networkAcl.drops(direction, ports, far, family));
    return hop && { acl: hop.at.networkAcl, isOfAnswers: hop.ports === answerPorts };
}
