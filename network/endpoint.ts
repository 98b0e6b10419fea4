import { Addresses, type Family } from "./addresses";
import type { EndpointService, SharedResource } from "./endpoint-service";
import { both, either, type Fact, isUnseen, Outside, see, Unseen } from "./knowledge";
import type { Network } from "./network";
import { nameIn } from "./iam/arn";
import { PolicyDocument } from "./iam/document";
import { admits, openings } from "./iam/reach";
import { strangeAccounts, stranger } from "./iam/unnamed";
import { Resource, type Source } from "./resource";
import type { RouteTable } from "./route-table";
import type { SecurityGroup } from "./security-group";
import type { Service } from "./service";
import { type References, Several } from "./several";
import type { Client, Subnet } from "./subnet";
import type { Vpc } from "./vpc";
import type { PrivateZone } from "./zone";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
export const endpointTypes = ["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"] as const;
export type EndpointType = (typeof endpointTypes)[number];

/** What an endpoint may be given, with itself or by a resource of its own. */
type Setting = "a policy" | "private DNS" | "route tables" | "security groups" | "several subnets" | "subnets";

/** What AWS does not take for an endpoint of a type. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
const untaken: Readonly<Record<EndpointType, readonly Setting[]>> = {
    Gateway: ["private DNS", "security groups", "subnets"],
    Interface: ["route tables"],
    GatewayLoadBalancer: ["a policy", "private DNS", "security groups", "several subnets"],
    Resource: [],
    ServiceNetwork: [],
};

export interface EndpointFacts {
    readonly type: Fact<EndpointType>;
    /** Absent for the types that lead to a resource or a service network. */
    readonly service: () => Fact<Service | undefined>;
    /** The ARN of the resource configuration or service network, for the types that lead to one. */
    readonly resourceArn: Fact<string | undefined>;
    /** What the stack offers that it leads to. */
    readonly offer: References<EndpointService | SharedResource>;
    /** The service's Region where the author names one. */
    readonly serviceRegion: Fact<string | undefined>;
    /** The Region of the endpoint itself. */
    readonly region: Fact<string>;
    /** The Region that stands in the inputs of the endpoint or its provider, if one does. */
    readonly givenRegion: Fact<string | undefined>;
    readonly vpc: References<Vpc>;
    /** The document as the author gives it, or as AWS has filled it in; undefined where it was left out. */
    readonly policy: Fact<unknown>;
    /** Whether the author gives no document with the endpoint. */
    readonly policyLeftOut: Fact<boolean>;
    readonly privateDns: Fact<boolean>;
    /** Whether private DNS answers only what comes through an inbound Resolver endpoint, if the service is S3. */
    readonly forInboundResolverOnly: Fact<boolean>;
    readonly routeTables: References<RouteTable>;
    readonly subnets: References<Subnet>;
    /** What the author says of the addresses of its network interfaces, in AWS's words. */
    readonly addressType: Fact<string | undefined>;
    /** How many subnets are named with the endpoint. */
    readonly subnetCount: Fact<number>;
    readonly securityGroups: References<SecurityGroup>;
    /** Whether the author names no security group with the endpoint. */
    readonly groupsLeftOut: Fact<boolean>;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html */
export class Endpoint extends Resource {
    readonly noun = "endpoint";
    private document: PolicyDocument | undefined;

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: EndpointFacts,
    ) {
        super(source);
    }

    get type(): EndpointType {
        return see(this.facts.type);
    }

    get vpc(): Vpc {
        return this.facts.vpc.one;
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpc.all;
    }

    /** @throws {Unseen} if it is not known, or the endpoint leads to no service. */
    get service(): Service {
        const service = see(this.facts.service());
        if (service === undefined) {
            throw new Unseen(new Outside(`a service that ${this.toString()} leads to`));
        }
        return service;
    }

    /** The IAM prefixes of the actions that can go through it; undefined where its service is not AWS's. */
    get actionPrefixes(): readonly string[] | undefined {
        return this.service.actionPrefixes;
    }

    /** Whether it leads to a service by this name (see {@link Service.name}). */
    leadsTo(service: string): boolean {
        return see(this.facts.service())?.name === service;
    }

    /**
     * The service by name, or the resource or service network by ARN, that it leads to, if that is neither AWS's nor the stack's. A gateway
     * endpoint leads to AWS's alone.
     */
    get thirdParty(): string | undefined {
        const mayBe = both(
            () => this.type !== "Gateway",
            () => see(this.facts.service())?.isAws !== true,
            () => this.facts.offer.inStack === undefined,
        );
        if (!mayBe) {
            return undefined;
        }
        const service = see(this.facts.service());
        const name = service === undefined ? see(this.facts.resourceArn) : service.serviceName;
        return this.network.endpointServices.some(own => name !== undefined && own.isCalled(name)) ? undefined : name;
    }

    /** Whether its service is in another Region. https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html */
    get isCrossRegion(): boolean {
        const region = see(this.facts.serviceRegion);
        if (region !== undefined) {
            return region !== see(this.facts.region);
        }
        // AWS takes the name of another Region only beside a service Region: where the endpoint's own is not known, it is the name's.
        const named = see(this.facts.service())?.region;
        return named !== undefined && !isUnseen(this.facts.region) && named !== this.facts.region;
    }

    /**
     * The Region within its service name that is neither its own nor its service Region; undefined where there is none or its own is not given.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
     */
    get strayRegion(): { readonly named: string; readonly own: string } | undefined {
        const [named, own] = [this.service.region, see(this.facts.givenRegion)];
        return named === undefined || own === undefined || named === own || named === see(this.facts.serviceRegion)
            ? undefined
            : { named, own };
    }

    /** The Region that its service name tells, which is its own; undefined for a service in another one. */
    get regionOfName(): string | undefined {
        return this.isCrossRegion ? undefined : this.service.region;
    }

    /** What says the endpoint's policy: the endpoint, or a resource of its own. */
    get policyFrom(): Endpoint | EndpointPolicy {
        return this.network.endpointPolicies.of(this).only ?? this;
    }

    /** Undefined where nobody gives one: AWS then allows everything. */
    get policy(): PolicyDocument | undefined {
        const from = this.policyFrom;
        return from === this ? this.ownDocument : from.statedPolicy;
    }

    /** The document that is given with the endpoint itself. */
    get statedPolicy(): PolicyDocument | undefined {
        return see(this.facts.policyLeftOut) ? undefined : this.ownDocument;
    }

    private get ownDocument(): PolicyDocument | undefined {
        return (this.document ??= documentOf(this.facts.policy));
    }

    /** Whether its stated policy counts: none that is a resource of its own replaces it. */
    get isInForce(): boolean {
        return this.policyFrom === this;
    }

    /** The endpoint that its stated policy is for. */
    get policyEndpoint(): this {
        return this;
    }

    /** Whether its policy lets anyone read a bucket, as those do who come with a presigned request or without credentials. */
    letsAnyoneRead(bucket: string): boolean {
        const { partition } = this.service;
        const anyone = {
            arn: `arn:${partition}:iam::${strangeAccounts[0]}:role/${stranger}`,
            account: strangeAccounts[0],
        };
        const request = {
            action: "s3:GetObject",
            resource: `arn:${partition}:s3:::${bucket}/${stranger}`,
            identity: anyone,
            owner: {},
            context: new Map(),
        };
        return this.policy === undefined || admits(this.policy, request);
    }

    /** Whether its policy lets anything in a bucket be reached. */
    reaches(bucket: string): boolean {
        const arn = `arn:${this.service.partition}:s3:::${bucket}`;
        const resources = [arn, `${arn}/*`];
        const isWithin = (resource: string): boolean => nameIn(resource) === bucket;
        return (
            this.policy === undefined ||
            [...openings(this.policy, { services: ["s3"], resources, what: isWithin })].length > 0
        );
    }

    get privateDns(): boolean {
        const apart = this.network.privateDnsSettings.of(this).only;
        return see(apart === undefined ? this.facts.privateDns : apart.enabled);
    }

    /**
     * Whether private DNS for S3 answers only what comes through an inbound Resolver endpoint; the VPC itself keeps to its gateway endpoint.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
     */
    get isForInboundResolverOnly(): boolean {
        return see(this.facts.forInboundResolverOnly);
    }

    /** Whether its VPC has a gateway endpoint for its service, too. */
    get hasGateway(): boolean {
        return this.vpc.endpoints.some(other => other.type === "Gateway" && other.serves(this));
    }

    /** The route tables that it serves, for a gateway endpoint. */
    get routeTables(): Several<RouteTable> {
        return this.facts.routeTables.all.concat(
            this.network.routeTableLinks.of(this).flatMap(link => link.routeTable.all),
        );
    }

    /** The gateway endpoints of its VPC for its service that are in any route table, itself among them: they may cover subnets together. */
    get twins(): Several<Endpoint> {
        return this.vpc.endpoints
            .filter(other => other === this || (other.type === "Gateway" && other.serves(this)))
            .filter(other => !other.routeTables.isEmpty);
    }

    /**
     * What else takes the name of its private DNS in its VPC, where AWS lets only one have it: interface endpoints and private hosted zones.
     * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html
     */
    get nameRivals(): Several<Endpoint | PrivateZone> {
        const { dnsName } = this.service;
        const others = this.vpc.endpoints.filter(
            other =>
                other !== this &&
                other.type === "Interface" &&
                both(
                    () => other.privateDns,
                    () => other.service.sharesDnsNameWith(this.service),
                ),
        );
        const zones = dnsName === undefined ? Several.none : this.vpc.zones.filter(zone => zone.domain === dnsName);
        return Several.union<Endpoint | PrivateZone>(others, zones);
    }

    /**
     * Whether something else in its VPC leads the DNS name of its service to private addresses, or may: another endpoint, a zone, a Profile, a rule.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
     */
    get isNamedOtherwise(): boolean {
        return either(
            () =>
                this.vpc.endpoints.some(
                    other =>
                        other.type === "Interface" &&
                        both(
                            () => other.privateDns,
                            () => other.serves(this),
                        ),
                ),
            () => this.vpc.answersFor(this.service),
        );
    }

    /**
     * The gateway endpoints for its service in route tables of its own: a table takes only one of them.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
     */
    get routeRivals(): Several<Endpoint> {
        return this.vpc.endpoints.filter(
            other =>
                other !== this &&
                other.type === "Gateway" &&
                both(
                    () => other.serves(this),
                    () => !this.routeTablesWith(other).isEmpty,
                ),
        );
    }

    /** The route tables that it shares with another endpoint. */
    routeTablesWith(other: Endpoint): Several<RouteTable> {
        return this.routeTables.filter(table => other.routeTables.includes(table));
    }

    /** Whether private DNS for it answers for the DNS name of a service. */
    mayAnswerFor(service: Service): boolean {
        return this.service.sharesDnsNameWith(service);
    }

    /** Whether it leads to the same service in the same Region as another. */
    serves(other: Endpoint): boolean {
        return this.service.name === other.service.name && this.serviceRegion === other.serviceRegion;
    }

    private get serviceRegion(): string | undefined {
        return see(this.facts.serviceRegion) ?? this.service.region;
    }

    /** Where it has network interfaces. */
    get subnets(): Several<Subnet> {
        return this.facts.subnets.all.concat(this.network.subnetLinks.of(this).flatMap(link => link.subnet.all));
    }

    /**
     * Those of its subnets that share an Availability Zone with another of them: AWS takes only one in each.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
     */
    get subnetsThatShareZones(): Several<Subnet> {
        return this.subnets.filter(one => this.subnets.some(other => other !== one && other.sharesZoneWith(one)));
    }

    /** What is given with the endpoint itself, though AWS does not take it for its type. */
    get unfitItself(): Several<Setting> {
        return Several.of(...untaken[this.type]).filter(setting => this.hasItself(setting));
    }

    /** What resources of their own give it, though AWS does not take it for its type. */
    get unfitApart(): Several<Setting> {
        return Several.of(...untaken[this.type]).filter(setting => this.hasApart(setting));
    }

    private hasItself(setting: Setting): boolean {
        switch (setting) {
            case "a policy":
                return !see(this.facts.policyLeftOut) && see(this.facts.policy) !== undefined;
            case "private DNS":
                return see(this.facts.privateDns);
            case "route tables":
                return !this.facts.routeTables.all.isEmpty;
            case "security groups":
                return !this.namesNoneItself;
            case "several subnets":
                return see(this.facts.subnetCount) > 1;
            case "subnets":
                return see(this.facts.subnetCount) > 0;
        }
    }

    private hasApart(setting: Setting): boolean {
        switch (setting) {
            case "a policy":
                return !this.network.endpointPolicies.of(this).isEmpty;
            case "private DNS":
                return this.network.privateDnsSettings.of(this).some(({ enabled }) => see(enabled));
            case "route tables":
                return !this.network.routeTableLinks.of(this).isEmpty;
            case "security groups":
                return !this.network.securityGroupLinks.of(this).isEmpty;
            case "several subnets":
                return !this.network.subnetLinks.of(this).isFewerThan(see(this.facts.subnetCount) > 0 ? 1 : 2);
            case "subnets":
                return !this.network.subnetLinks.of(this).isEmpty;
        }
    }

    /** The subnets whose workloads it is there for. */
    get subnetsServed(): Several<Subnet> {
        return this.vpcs.flatMap(vpc => vpc.subnets).concat(this.network.subnetsBeyond.of(this));
    }

    /** The workloads in those subnets. */
    get workloadsServed(): Several<Client> {
        return this.vpcs
            .flatMap(vpc => vpc.workloads)
            .concat(this.network.subnetsBeyond.of(this).flatMap(subnet => subnet.workloads));
    }

    /**
     * The addresses of its subnets, of which its network interfaces have some.
     * @throws {Unseen} if there may be a subnet that is not seen.
     */
    get addresses(): Addresses {
        return Addresses.union(...this.subnets.all.map(subnet => subnet.addresses(...this.families)));
    }

    /** The families of addresses that its network interfaces have. https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html */
    get families(): readonly Family[] {
        switch (see(this.facts.addressType) ?? "ipv4") {
            case "dualstack":
                return ["ipv4", "ipv6"];
            case "ipv6":
                return ["ipv6"];
            default:
                return ["ipv4"];
        }
    }

    /** Where none is named AWS takes the default one of the VPC, which an association may replace. */
    get securityGroups(): Several<SecurityGroup> {
        const links = this.network.securityGroupLinks.of(this);
        const associated = links.flatMap(link => link.securityGroup.all);
        const own = this.ownSecurityGroups;
        return (links.some(link => link.replacesDefault()) ? own.filter(group => !group.isDefault) : own).concat(
            associated,
        );
    }

    /** Whether its groups come from AWS alone: none is named with it, none by an association that replaces the default one. */
    get namesNoSecurityGroup(): boolean {
        return this.namesNoneItself && !this.network.securityGroupLinks.of(this).some(link => link.replacesDefault());
    }

    private get namesNoneItself(): boolean {
        return see(this.facts.groupsLeftOut) || this.facts.securityGroups.all.isEmpty;
    }

    private get ownSecurityGroups(): Several<SecurityGroup> {
        return this.namesNoneItself
            ? this.facts.vpc.all.map(vpc => vpc.defaultSecurityGroup)
            : this.facts.securityGroups.all;
    }
}

/** The policy of an endpoint as a resource of its own. */
export class EndpointPolicy extends Resource {
    readonly noun = "endpoint policy";
    readonly isInForce = true;
    private read: PolicyDocument | undefined;

    constructor(
        source: Source,
        readonly endpoint: References<Endpoint>,
        private readonly document: Fact<unknown>,
    ) {
        super(source);
    }

    get statedPolicy(): PolicyDocument | undefined {
        return (this.read ??= documentOf(this.document));
    }

    /**
     * The endpoint that it is for; undefined where that one is outside.
     * @throws {Unseen} if it is pending.
     */
    get policyEndpoint(): Endpoint | undefined {
        return this.endpoint.inStack;
    }
}

function documentOf(fact: Fact<unknown>): PolicyDocument | undefined {
    const document = see(fact);
    return document === undefined ? undefined : PolicyDocument.parse(document);
}

/** Private DNS of an endpoint as a resource of its own. */
export interface PrivateDnsSetting {
    readonly endpoint: References<Endpoint>;
    readonly enabled: Fact<boolean>;
}

/** An endpoint's route table, subnet or security group as a resource of its own. */
export interface EndpointRouteTableLink {
    readonly endpoint: References<Endpoint>;
    readonly routeTable: References<RouteTable>;
}

export interface EndpointSubnetLink {
    readonly endpoint: References<Endpoint>;
    readonly subnet: References<Subnet>;
}

export interface EndpointSecurityGroupLink {
    readonly endpoint: References<Endpoint>;
    readonly securityGroup: References<SecurityGroup>;
    readonly replacesDefault: () => boolean;
}

/** What an endpoint of a type that this pack does not know is: not judged. */
export function endpointType(name: string, of: string): Fact<EndpointType> {
    return endpointTypes.find(type => type === name) ?? new Outside(`the type of endpoint ${of}, ${name},`);
}
