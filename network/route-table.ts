import { type Addresses, publicAddresses } from "./addresses";
import { Endpoint } from "./endpoint";
import { InternetGateway, NatGateway } from "./gateway";
import { matchesAny } from "./glob";
import { attempt, isUnseen, Outside, see } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { type References, Several } from "./several";
import type { Subnet } from "./subnet";
import { Tenant } from "./tenant";
import type { Vpc } from "./vpc";
import { once } from "./memo";

/** What a route may lead to. https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html */
export type TargetKind =
    | "local"
    | "internet gateway"
    | "virtual private gateway"
    | "egress-only internet gateway"
    | "NAT gateway"
    | "transit gateway"
    | "core network"
    | "peering connection"
    | "carrier gateway"
    | "local gateway"
    | "ODB network"
    | "network interface"
    | "NAT instance"
    | "VPC endpoint"
    | "gateway endpoint";

export interface RouteFacts {
    /** May throw {@link Unseen}. */
    readonly destination: () => Addresses;
    /** Left out where the target itself must tell. */
    readonly targetKind?: TargetKind;
    readonly target: References<Resource>;
}

/** One route: inline in its table, or a resource of its own. */
export class Route {
    constructor(private readonly facts: RouteFacts) {}

    /** The addresses that it covers. */
    @once
    get destination(): Addresses {
        return this.facts.destination();
    }

    @once
    get coversPublicAddresses(): boolean {
        return !this.destination.intersect(publicAddresses()).isEmpty;
    }

    @once
    get targetKind(): TargetKind {
        return (
            this.facts.targetKind ??
            (this.target.one instanceof InternetGateway ? "internet gateway" : "virtual private gateway")
        );
    }

    get target(): References<Resource> {
        return this.facts.target;
    }

    /** Whether it leads out of the VPC. */
    @once
    get leadsOut(): boolean {
        return this.targetKind !== "local" && this.targetKind !== "gateway endpoint";
    }

    get isToInternetGateway(): boolean {
        return this.targetKind === "internet gateway";
    }

    /** A private NAT gateway leads no further than the routes of its own subnet. */
    @once
    get isToPrivateNatGateway(): boolean {
        return (
            this.targetKind === "NAT gateway" &&
            this.target.all.some(gateway => gateway instanceof NatGateway && gateway.isPrivate)
        );
    }

    /** Where what it leads to is, if that is in the VPC. */
    @once
    get targetSubnets(): Several<Subnet> {
        return this.target.all.flatMap(target =>
            target instanceof NatGateway || target instanceof Endpoint || target instanceof Tenant
                ? target.subnets
                : Several.none,
        );
    }

    /** The subnets of the Gateway Load Balancer or firewall endpoint that it leads to, whose own routes say where traffic goes on. */
    get inspectors(): Several<Subnet> {
        return this.targetKind === "VPC endpoint" ? this.targetSubnets : Several.none;
    }

    /** Whether patterns name what it leads to: its kind, or something of the stack as messages name it. */
    leadsToAny(patterns: readonly string[]): boolean {
        const named = attempt(() => this.target.all.some(target => matchesAny(patterns, target.toString())));
        return (
            patterns.length > 0 &&
            (matchesAny(patterns, this.targetKind) || (named instanceof Outside ? false : see(named)))
        );
    }

    /** How messages name what it leads to: by its kind alone where the stack does not show it. */
    get targetName(): string {
        const target = attempt(() => this.target.optional);
        return target === undefined || isUnseen(target) ? this.targetKind : target.toString();
    }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
export class RouteTable extends Resource {
    readonly noun = "route table";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: {
            readonly vpc: References<Vpc>;
            readonly inline: Several<Route>;
            readonly label?: string;
        },
    ) {
        super(source);
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpc.all;
    }

    /** Inline routes and those that are resources of their own. */
    @once
    get routes(): Several<Route> {
        return this.facts.inline.concat(this.network.routesByTable.of(this).map(standAlone => standAlone.route));
    }

    override get name(): string {
        return this.facts.label ?? super.name;
    }
}

/** A link from one thing to a route table: of a subnet, or of a VPC to its main table. */
export interface RouteTableLink<From> {
    readonly from: References<From>;
    readonly routeTable: References<RouteTable>;
}

/** A route that is a resource of its own. */
export interface StandAloneRoute {
    readonly table: References<RouteTable>;
    readonly route: Route;
}
