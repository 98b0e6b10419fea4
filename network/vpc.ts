import { Addresses } from "./addresses";
import type { Connection } from "./connection";
import type { Endpoint } from "./endpoint";
import { Instances } from "./instances";
import { attempt, both, either, type Fact, isUnseen, Outside, see, Unseen } from "./knowledge";
import type { Network } from "./network";
import type { NetworkAcl } from "./network-acl";
import { Resource, type Source } from "./resource";
import { type RouteTable } from "./route-table";
import type { SecurityGroup } from "./security-group";
import type { Service } from "./service";
import { Several } from "./several";
import type { Client, Subnet } from "./subnet";
import type { Tenant } from "./tenant";
import type { PrivateZone, Profile } from "./zone";
import { once } from "./memo";

export interface VpcFacts {
    readonly blocks: Several<Addresses>;
    readonly region: Fact<string>;
    readonly dnsSupport: Fact<boolean>;
    readonly dnsHostnames: Fact<boolean>;
    /** The route table that AWS makes with the VPC, unless a resource of its own stands for it. */
    readonly routeTable: RouteTable;
    /** The security group that AWS makes with the VPC, unless a resource of its own stands for it. */
    readonly securityGroup: SecurityGroup;
    /** The network ACL that AWS makes with the VPC, unless a resource of its own stands for it. */
    readonly networkAcl: NetworkAcl;
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
    get blocks(): Several<Addresses> {
        return this.facts.blocks.concat(this.network.moreBlocks.of(this).flatMap(more => more.it));
    }

    /**
     * What its CIDR blocks cover together.
     * @throws {Unseen} if there may be a block that is not seen.
     */
    get addresses(): Addresses {
        return Addresses.union(...this.blocks.all);
    }

    /** Where its own Region is not known, the names of services in it tell. */
    @once
    get region(): string {
        const named = this.endpoints.members.map(endpoint => attempt(() => endpoint.regionOfName));
        return [this.facts.region, ...named].find(region => typeof region === "string") ?? see(this.facts.region);
    }

    /** Whether some of these addresses are its own. */
    has(addresses: Addresses): boolean {
        return this.blocks.some(block => !block.intersect(addresses).isEmpty);
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

    @once
    get subnets(): Several<Subnet> {
        return this.network.subnetsByVpc.of(this);
    }

    /** Whether all its subnets that are in Availability Zones are in one. */
    get usesOneZone(): boolean {
        const subnets = this.subnets.filter(subnet => subnet.isInAvailabilityZone);
        return subnets.every(one => subnets.every(other => other === one || other.sharesZoneWith(one)));
    }

    get endpoints(): Several<Endpoint> {
        return this.network.endpointsByVpc.of(this);
    }

    /**
     * The endpoints that serve the VPC for a service of its Region, by name (see {@link Service.name}): its own of any type, and interface
     * endpoints of VPCs to which the routes of one of its subnets lead, if the name of the service is answered for here (see
     * {@link answersFor}). What the stack does not show remains as a doubt. For one workload ask its subnet.
     */
    @once
    endpointsThatServe(service: string): Several<Endpoint> {
        return this.ownEndpoints(service).concat(
            this.subnets.flatMap(subnet => subnet.endpointsBeyondThatServe(service)),
        );
    }

    /** Its own endpoints for a service of its Region, by name. */
    @once
    ownEndpoints(service: string): Several<Endpoint> {
        return this.endpoints.filter(endpoint =>
            both(
                () => endpoint.leadsTo(service),
                () => !endpoint.isCrossRegion,
            ),
        );
    }

    /** Whether its own endpoints take the traffic for a service of its Region, by name, without a word in the code of clients. */
    takesItself(service: string): boolean {
        return this.ownEndpoints(service).some(endpoint => this.finds(endpoint));
    }

    /**
     * Whether clients come to an endpoint by their routes or by the usual name of its service. Private DNS answers only in the endpoint's own VPC.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
     */
    finds(endpoint: Endpoint): boolean {
        return either(
            () => endpoint.type === "Gateway",
            () =>
                both(
                    () => endpoint.vpcs.includes(this),
                    () => endpoint.privateDns,
                    () => !endpoint.isForInboundResolverOnly,
                ),
            () => this.answersFor(endpoint.service),
        );
    }

    /** Whether the same names lead to the services that clients in both mean: in one Region, as far as is seen. */
    sharesRegionWith(other: Vpc): boolean {
        const [own, others] = [attempt(() => this.region), attempt(() => other.region)];
        return isUnseen(own) || isUnseen(others) || own === others;
    }

    /** Whether an endpoint serves the VPC for a service of its Region, by name. */
    isServedBy(service: string): boolean {
        return !this.endpointsThatServe(service).isEmpty;
    }

    /**
     * Whether something associated with the VPC may answer for the DNS name of a service: a private hosted zone, a Profile or a rule.
     * https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html
     * @throws {Unseen} if that is outside, as where the VPC asks DNS servers of the author's own.
     */
    @once
    answersFor(service: Service): boolean {
        const zones = this.network.zoneAssociationsByVpc.of(this).flatMap(association => association.it.all);
        const rules = this.network.resolverRulesByVpc.of(this).flatMap(association => association.it.all);
        return either(
            () => this.zones.concat(zones).some(zone => zone.mayAnswerFor(service)),
            () => this.profiles.some(profile => profile.mayAnswerFor(service)),
            () => rules.some(rule => rule.mayAnswerFor(service)),
            () => this.asksOtherServers,
        );
    }

    /** Never true: what other DNS servers answer is outside. */
    private get asksOtherServers(): boolean {
        const options = this.network.dhcpOptionsByVpc.of(this).flatMap(association => association.it.all);
        if (options.some(each => each.nameOtherServers)) {
            throw new Unseen(new Outside(`what the DNS servers of ${this.toString()} answer`));
        }
        return false;
    }

    /** The VPCs behind the default routes of its subnets that lead to transit gateways or peering connections. */
    @once
    get hubs(): Several<Vpc> {
        return this.subnets.flatMap(subnet => subnet.hubs);
    }

    /** Its gateway endpoints for a service of its Region, by name, if it has no other endpoints for it: those serve nobody beyond it. */
    loneGateways(service: string): Several<Endpoint> {
        const own = this.ownEndpoints(service);
        return own.some(({ type }) => type !== "Gateway") ? Several.none : own;
    }

    /** Whether its routes lead to another VPC from a subnet that has no way of its own to public addresses. */
    @once
    leansOn(other: Vpc): boolean {
        return this.subnets.some(subnet =>
            both(
                () => !subnet.isPublic,
                () => !subnet.usesNatGateway,
                () => subnet.leadsTo(other),
            ),
        );
    }

    /** What leads to networks beyond the VPC, other than the internet. */
    @once
    get connections(): Several<Connection> {
        return this.network.connectionsByVpc.of(this);
    }

    /** The VPCs at the other ends of its peering connections. */
    @once
    get peers(): Several<Vpc> {
        return this.connections
            .filter(connection => connection.noun === "peering connection")
            .flatMap(peering => peering.beyond(this));
    }

    /** The workloads in it that call services, in each subnet where they live. */
    @once
    get workloads(): Several<Client> {
        return this.subnets.flatMap(subnet => subnet.workloads);
    }

    /** The workloads in it that reach no public address. */
    get stranded(): Several<Tenant> {
        return this.network.strandedByVpc.of(this);
    }

    /** The instances that live in it, alone or in a group. */
    @once
    get instances(): Several<Instances> {
        return this.subnets.flatMap(subnet => subnet.tenants).instancesOf(Instances);
    }

    /** The private hosted zones that answer in the VPC. */
    @once
    get zones(): Several<PrivateZone> {
        return this.network.zonesByVpc.of(this);
    }

    /** The Route 53 Profiles that the VPC has. */
    @once
    get profiles(): Several<Profile> {
        return this.network.profilesByVpc.of(this).flatMap(association => association.it.all);
    }

    /** The table that subnets without an association of their own use. */
    @once
    get mainRouteTable(): RouteTable {
        return this.network.mainRouteTables.of(this).only?.routeTable.one ?? this.defaultRouteTable;
    }

    /** The route table that came with the VPC: its main one, unless another has taken its place. */
    get defaultRouteTable(): RouteTable {
        return this.network.defaultRouteTables.of(this).only?.it ?? this.facts.routeTable;
    }

    /** The network ACL of subnets that have no other one. */
    get defaultNetworkAcl(): NetworkAcl {
        return this.network.defaultNetworkAcls.of(this).only?.it ?? this.facts.networkAcl;
    }

    get defaultSecurityGroup(): SecurityGroup {
        return this.network.defaultSecurityGroups.of(this).only?.it ?? this.facts.securityGroup;
    }
}
