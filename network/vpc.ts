import type { Connection } from "./connection";
import type { Endpoint } from "./endpoint";
import { type Fact, see } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { type RouteTable } from "./route-table";
import type { SecurityGroup } from "./security-group";
import { Several } from "./several";
import type { Subnet } from "./subnet";
import type { PrivateZone } from "./zone";
import type { Addresses } from "./addresses";

export interface VpcFacts {
    readonly addresses: Fact<Addresses>;
    readonly dnsSupport: Fact<boolean>;
    readonly dnsHostnames: Fact<boolean>;
    /** The route table that AWS makes with the VPC, unless a resource of its own stands for it. */
    readonly routeTable: RouteTable;
    /** The security group that AWS makes with the VPC, unless a resource of its own stands for it. */
    readonly securityGroup: SecurityGroup;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html */
export class Vpc extends Resource {
    readonly noun = "VPC";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: VpcFacts,
    ) {
        super(source);
    }

    /** Every CIDR block of the VPC: IPv4, IPv6 and secondary ones. */
    get addresses(): Addresses {
        return this.network.moreAddresses
            .of(this)
            .members.reduce((all, more) => all.union(more.it), see(this.facts.addresses));
    }

    /** Whether Amazon's DNS server answers in the VPC. */
    get dnsSupport(): boolean {
        return see(this.facts.dnsSupport);
    }

    /** Whether instances get DNS names; private DNS needs it too. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
    get dnsHostnames(): boolean {
        return see(this.facts.dnsHostnames);
    }

    /** The DNS attributes that are off. */
    get dnsAttributesOff(): Several<"enableDnsSupport" | "enableDnsHostnames"> {
        return Several.of("enableDnsSupport" as const, "enableDnsHostnames" as const).filter(attribute =>
            attribute === "enableDnsSupport" ? !this.dnsSupport : !this.dnsHostnames,
        );
    }

    get subnets(): Several<Subnet> {
        return this.network.subnetsByVpc.of(this);
    }

    get endpoints(): Several<Endpoint> {
        return this.network.endpointsByVpc.of(this);
    }

    /** What leads to networks beyond the VPC, other than the internet. */
    get connections(): Several<Connection> {
        return this.network.connectionsByVpc.of(this);
    }

    /** Whether an instance lives in it, alone or in a group. */
    get hasInstances(): boolean {
        return this.subnets
            .flatMap(subnet => subnet.tenants)
            .some(({ noun }) => noun === "instance" || noun === "Auto Scaling group");
    }

    /** The private hosted zones that answer in the VPC. */
    get zones(): Several<PrivateZone> {
        return this.network.zonesByVpc.of(this);
    }

    /** The table that subnets without an association of their own use. */
    get mainRouteTable(): RouteTable {
        return this.network.mainRouteTables.of(this).only?.routeTable.one ?? this.defaultRouteTable;
    }

    /** The route table that came with the VPC: its main one, unless another has taken its place. */
    get defaultRouteTable(): RouteTable {
        return this.network.defaultRouteTables.of(this).members[0]?.it ?? this.facts.routeTable;
    }

    get defaultSecurityGroup(): SecurityGroup {
        return this.network.defaultSecurityGroups.of(this).members[0]?.it ?? this.facts.securityGroup;
    }
}
