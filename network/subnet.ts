import { attempt, both, either, type Fact, isUnseen, see } from "./knowledge";
import { Addresses, type Family, publicAddresses } from "./addresses";
import type { Declaration, Declared } from "./declaration";
import type { Endpoint } from "./endpoint";
import { Extent } from "./extent";
import type { Network } from "./network";
import type { NetworkAcl } from "./network-acl";
import { entries, type Entry, letsOut, path } from "./path";
import { Resource, type Source } from "./resource";
import type { Route, RouteTable, TargetKind } from "./route-table";
import { type References, Several } from "./several";
import type { Tenant } from "./tenant";
import type { Vpc } from "./vpc";
import { once } from "./memo";

/** Who may want to reach an endpoint from a subnet: a workload, or whatever comes to live there. */
export interface Client {
    readonly subnet: Subnet;
    readonly workload?: Tenant;
}

/** A public address that something has or gives. */
export interface PublicAddress {
    /** Who gives it to whom, as the beginning of a sentence. */
    readonly gives: string;
    /** Where what gets it is. */
    readonly subnets: Several<Subnet>;
}

export interface SubnetFacts {
    readonly vpc: References<Vpc>;
    readonly addresses: Readonly<Record<Family, Fact<Addresses>>>;
    /** Its Availability Zone by name, such as us-east-1a. */
    readonly zoneName: Fact<string>;
    /** Its Availability Zone by id, such as use1-az1. */
    readonly zoneId: Fact<string>;
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

    /** Its CIDR blocks of some families. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
    addresses(...families: readonly Family[]): Addresses {
        return Addresses.union(...families.map(family => see(this.facts.addresses[family])));
    }

    /** The one associated with the subnet, else the default one of its VPC. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-associations.html */
    get networkAcl(): NetworkAcl {
        return this.network.networkAclLinks.of(this).only?.acl.one ?? this.vpc.defaultNetworkAcl;
    }

    /** Whether instances that are launched in it get public IPv4 addresses, unless they say otherwise. */
    get givesPublicIpv4(): boolean {
        return see(this.facts.publicIpOnLaunch);
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
        return this.givesIpv6 && this.routesIpv6ToInternet ? of("assignIpv6AddressOnCreation") : undefined;
    }

    /** Whether what is launched in it gets an IPv6 address. */
    get givesIpv6(): boolean {
        return see(this.facts.ipv6OnCreation);
    }

    /** Its Availability Zone: by name, or by id where that alone is seen. */
    get zone(): string {
        return isUnseen(this.facts.zoneName) ? see(this.facts.zoneId) : this.facts.zoneName;
    }

    /**
     * Whether it is in the same Availability Zone as another one of its account: by their names, or by their ids where those alone are seen.
     * https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
     */
    sharesZoneWith(other: Subnet): boolean {
        const byName = attempt(() => see(this.facts.zoneName) === see(other.facts.zoneName));
        const byId = attempt(() => see(this.facts.zoneId) === see(other.facts.zoneId));
        return isUnseen(byName) && !isUnseen(byId) ? byId : see(byName);
    }

    /**
     * Whether it is in an Availability Zone, and not in a Local Zone or a Wavelength Zone, where AWS makes no endpoints: the names of those
     * go on behind their Region. https://docs.aws.amazon.com/vpc/latest/userguide/Extend_VPCs.html
     */
    get isInAvailabilityZone(): boolean {
        return !/^[a-z]{2}(-[a-z]+)+-\d+-|^[a-z]+\d+-(?!az)/.test(this.zone);
    }

    /** The table associated with the subnet, else the main one of its VPC. */
    @once
    get routeTable(): RouteTable {
        return this.network.routeTableAssociations.of(this).only?.routeTable.one ?? this.vpc.mainRouteTable;
    }

    @once
    get routes(): Several<Route> {
        return this.routeTable.routes;
    }

    /** What lives in the subnet. */
    @once
    get tenants(): Several<Tenant> {
        return this.network.tenantsBySubnet.of(this);
    }

    /** The workloads in it that call services. */
    @once
    get clients(): Several<Tenant> {
        return this.tenants.filter(tenant => tenant.role === "client");
    }

    /** The same ones, each with where it lives. */
    @once
    get workloads(): Several<Client> {
        return this.clients.map(workload => ({ subnet: this, workload }));
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

    /** Whether a firewall or a Gateway Load Balancer endpoint in it inspects traffic. */
    get inspects(): boolean {
        return either(
            () => this.tenants.some(({ noun }) => noun === "firewall"),
            () => this.network.endpointsBySubnet.of(this).some(({ type }) => type === "GatewayLoadBalancer"),
        );
    }

    /** The routes that lead out of the VPC, gateway endpoints excepted. */
    @once
    get waysOut(): Several<Route> {
        return this.routes.filter(route => route.leadsOut);
    }

    /** A route that leads to an internet gateway directly, if there is one. */
    get internetRoute(): Route | undefined {
        return this.routes.first(route => route.isToInternetGateway);
    }

    /** Whether a way out leads to an internet gateway, directly or through a Gateway Load Balancer or firewall endpoint. */
    @once
    get isPublic(): boolean {
        return this.reachesInternetGateway(new Set());
    }

    /**
     * The ways out that cover public addresses, whatever lies behind them. A private NAT gateway leads no further than its own subnet.
     * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
     */
    @once
    get egress(): Several<Route> {
        return this.egressPast(new Set());
    }

    /** The ways out that cover public addresses, but for those to what some patterns name. */
    egressBeside(targets: readonly string[]): Several<Route> {
        return this.egress.filter(route => !route.leadsToAny(targets));
    }

    /** Private, and without a way out that covers public addresses. */
    get isIsolated(): boolean {
        return both(
            () => !this.isPublic,
            () => this.egress.isEmpty,
        );
    }

    /**
     * Whether what lives here reaches public addresses, such as those of AWS's services, by a way out of the subnet.
     * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
     * @param hasPublicAddress whether what lives here has one: an internet gateway serves nothing else. May throw {@link Unseen}.
     * @throws {Unseen} if a way out leads somewhere that the stack does not show, and no other one is sure.
     */
    letsOut(hasPublicAddress: () => boolean): boolean {
        return either(
            () => this.letsOutWith(false),
            () => both(hasPublicAddress, () => this.letsOutWith(true)),
        );
    }

    @once
    private letsOutWith(publicAddress: boolean): boolean {
        return letsOut(this, () => publicAddress);
    }

    /** The other VPCs that packets from here enter. */
    private entriesBy(routes: Several<Route>): Several<Entry> {
        return entries(this, routes).filter(({ vpc }) => vpc !== this.vpc);
    }

    /** Whether its routes lead to addresses of another VPC. */
    leadsTo(vpc: Vpc): boolean {
        return this.entriesBy(this.waysOut).some(entry => entry.vpc === vpc && vpc.has(entry.addresses));
    }

    /** The VPCs behind its default route, if that leads to a transit gateway or a peering connection; what only inspects on the way has none. */
    @once
    get hubs(): Several<Vpc> {
        const kinds = ["transit gateway", "peering connection"] as const;
        return both(
            () => this.sendsDefaultTo(...kinds),
            () => !this.inspects,
        )
            ? this.entriesBy(this.publicRoutesTo(...kinds)).map(({ vpc }) => vpc)
            : Several.none;
    }

    /**
     * The endpoints that serve what lives here for a service of its Region, by name (see {@link Service.name}): those of its VPC, a gateway
     * endpoint only if it is in the subnet's route table, and interface endpoints of other VPCs, as {@link Vpc.endpointsThatServe} says.
     * What the stack does not show remains as a doubt.
     */
    @once
    endpointsThatServe(service: string): Several<Endpoint> {
        return this.vpcs
            .flatMap(vpc => vpc.ownEndpoints(service))
            .filter(endpoint => endpoint.type !== "Gateway" || endpoint.routeTables.includes(this.routeTable))
            .concat(this.endpointsBeyondThatServe(service));
    }

    /** Those of other VPCs among them. */
    @once
    endpointsBeyondThatServe(service: string): Several<Endpoint> {
        return this.endpointsBeyond(vpc => (vpc.sharesRegionWith(this.vpc) ? vpc.ownEndpoints(service) : Several.none));
    }

    /** The endpoints that serve what lives here, whatever their service. */
    @once
    get endpoints(): Several<Endpoint> {
        const own = this.vpcs
            .flatMap(vpc => vpc.endpoints)
            .filter(
                endpoint =>
                    endpoint.type === "Interface" ||
                    (endpoint.type === "Gateway" && endpoint.routeTables.includes(this.routeTable)),
            );
        return own.concat(this.endpointsBeyond(vpc => vpc.endpoints));
    }

    /** Those endpoints of other VPCs that serve what lives here. */
    endpointsBeyond(of: (vpc: Vpc) => Several<Endpoint>): Several<Endpoint> {
        return this.entriesBy(this.waysOut).flatMap(entry =>
            of(entry.vpc).filter(endpoint =>
                both(
                    () => endpoint.type === "Interface",
                    () => entry.vpc.has(entry.addresses),
                    () => this.vpc.answersFor(endpoint.service),
                ),
            ),
        );
    }

    /** The way that packets for the internet take by one of its routes, as far as it is seen. */
    pathBy(route: Route): string {
        return path(this, route);
    }

    /** The routes to targets of some kinds that cover public addresses. */
    publicRoutesTo(...kinds: readonly TargetKind[]): Several<Route> {
        return this.routes.filter(route =>
            both(
                () => kinds.includes(route.targetKind),
                () => route.coversPublicAddresses,
            ),
        );
    }

    /** Whether all its traffic to public IPv4 addresses goes to targets of some kinds, by one default route or by parts of it. */
    sendsDefaultTo(...kinds: readonly TargetKind[]): boolean {
        return Extent.union(this.publicRoutesTo(...kinds), route => Extent.of(route.destination)).includes(
            publicAddresses().only("ipv4"),
        );
    }

    /** Whether a NAT gateway takes its traffic to some public addresses. */
    @once
    get usesNatGateway(): boolean {
        return !this.publicRoutesTo("NAT gateway").isEmpty;
    }

    /** Whether IPv6 traffic of the subnet may go to an internet gateway. */
    @once
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
    private egressPast(passed: ReadonlySet<Subnet>): Several<Route> {
        const here = new Set([...passed, this]);
        return this.waysOut.filter(route =>
            both(
                () => route.coversPublicAddresses,
                () =>
                    either(
                        () => !route.isToPrivateNatGateway,
                        () => route.targetSubnets.some(subnet => !here.has(subnet) && !subnet.egressPast(here).isEmpty),
                    ),
            ),
        );
    }
}
