import { both, either, type Fact, see } from "./knowledge";
import type { Declaration, Declared } from "./declaration";
import { publicAddresses } from "./addresses";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import type { Route, RouteTable } from "./route-table";
import { type References, Several } from "./several";
import type { Tenant } from "./tenant";
import type { Vpc } from "./vpc";

/** A public address that something has or gives. */
export interface PublicAddress {
    /** Who gives it to whom, as the beginning of a sentence. */
    readonly gives: string;
    /** Where what gets it is. */
    readonly subnets: Several<Subnet>;
}

export interface SubnetFacts {
    readonly vpc: References<Vpc>;
    readonly availabilityZone: Fact<string>;
    readonly publicIpOnLaunch: Fact<boolean>;
    readonly ipv6OnCreation: Fact<boolean>;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html */
export class Subnet extends Resource {
    readonly noun = "subnet";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: SubnetFacts,
    ) {
        super(source);
    }

    get vpc(): Vpc {
        return this.facts.vpc.one;
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpc.all;
    }

    /** How it gives public addresses to what is launched in it; undefined if it gives none. */
    get publicAddress(): PublicAddress | undefined {
        const of = (by: string): PublicAddress => ({
            gives: `${by} gives what is launched there`,
            subnets: Several.of<Subnet>(this),
        });
        if (see(this.facts.publicIpOnLaunch)) {
            return of("mapPublicIpOnLaunch");
        }
        return see(this.facts.ipv6OnCreation) && this.routesIpv6ToInternet
            ? of("assignIpv6AddressOnCreation")
            : undefined;
    }

    get availabilityZone(): string {
        return see(this.facts.availabilityZone);
    }

    /** The table associated with the subnet, else the main one of its VPC. */
    get routeTable(): RouteTable {
        return this.network.routeTableAssociations.of(this).only?.routeTable.one ?? this.vpc.mainRouteTable;
    }

    get routes(): Several<Route> {
        return this.routeTable.routes;
    }

    /** What lives in the subnet. */
    get tenants(): Several<Tenant> {
        return this.network.tenantsBySubnet.of(this);
    }

    /** Whether the stack shows that it is there only for what carries traffic: attachments, firewalls, endpoints, load balancers. */
    get holdsOnlyCarriers(): boolean {
        return both(
            () =>
                either(
                    () => this.tenants.some(tenant => tenant.role === "carrier"),
                    () => !this.network.endpointsBySubnet.of(this).isEmpty,
                ),
            () => this.tenants.every(tenant => tenant.role === "carrier"),
        );
    }

    /** The routes that lead out of the VPC, gateway endpoints excepted. */
    get waysOut(): Several<Route> {
        return this.routes.filter(route => route.leadsOut);
    }

    /** Whether a way out leads to an internet gateway, directly or through a Gateway Load Balancer or firewall endpoint. */
    get isPublic(): boolean {
        return this.reachesInternetGateway(new Set());
    }

    /** Private, and without a way out that covers public addresses. */
    get isIsolated(): boolean {
        return both(
            () => !this.isPublic,
            () => !this.reachesPublicAddresses(new Set()),
        );
    }

    /** Whether a NAT gateway takes its traffic to public addresses. */
    get usesNatGateway(): boolean {
        return this.routes.some(route =>
            both(
                () => route.targetKind === "NAT gateway",
                () => !route.destination.intersect(publicAddresses).isEmpty,
            ),
        );
    }

    /** Whether IPv6 traffic of the subnet may go to an internet gateway. */
    get routesIpv6ToInternet(): boolean {
        return this.routes.some(route =>
            both(
                () => route.isToInternetGateway,
                () => !route.destination.only("ipv6").isEmpty,
            ),
        );
    }

    /** What the author says the subnet is, whatever its routes. */
    declared(declaration: Declaration): Declared | undefined {
        return declaration.of(this.tags);
    }

    /** @param passed the subnets on the way here, so that a circle of endpoints comes to an end. */
    reachesInternetGateway(passed: ReadonlySet<Subnet>): boolean {
        const here = new Set([...passed, this]);
        return this.routes.some(route =>
            either(
                () => route.isToInternetGateway,
                () => route.inspectors.some(subnet => !passed.has(subnet) && subnet.reachesInternetGateway(here)),
            ),
        );
    }

    /** @param passed the subnets on the way here, so that a circle of gateways comes to an end. */
    reachesPublicAddresses(passed: ReadonlySet<Subnet>): boolean {
        const here = new Set([...passed, this]);
        return this.waysOut.some(route =>
            both(
                () => !route.destination.intersect(publicAddresses).isEmpty,
                () =>
                    route.isToPrivateNatGateway
                        ? route.natGatewaySubnets.some(
                              subnet => !here.has(subnet) && subnet.reachesPublicAddresses(here),
                          )
                        : true,
            ),
        );
    }
}
