import { attempt, type Fact, isUnseen, Outside, Pending, see, Unseen } from "./knowledge";
import type { Network } from "./network";
import { PolicyDocument } from "./iam/document";
import { admits, openings } from "./iam/reach";
import type { Request } from "./iam/request";
import { nameIn } from "./iam/trust";
import { strangeAccounts, stranger } from "./iam/unnamed";
import { Resource, type Source } from "./resource";
import type { RouteTable } from "./route-table";
import type { SecurityGroup } from "./security-group";
import type { Service } from "./service";
import type { Several } from "./several";
import { type References } from "./several";
import type { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
export const endpointTypes = ["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"] as const;
export type EndpointType = (typeof endpointTypes)[number];

export interface EndpointFacts {
    readonly type: Fact<EndpointType>;
    /** Absent for the types that lead to a resource or a service network. */
    readonly service: () => Fact<Service | undefined>;
    /** The service's Region where the author names one. */
    readonly serviceRegion: Fact<string | undefined>;
    /** The Region of the endpoint itself. */
    readonly region: Fact<string>;
    readonly vpc: References<Vpc>;
    /** The document as the author gives it, or as AWS has filled it in; undefined where it was left out. */
    readonly policy: Fact<unknown>;
    /** Whether the author gives no document with the endpoint. */
    readonly policyLeftOut: Fact<boolean>;
    readonly privateDns: Fact<boolean>;
    readonly routeTables: References<RouteTable>;
    readonly subnets: References<Subnet>;
    readonly securityGroups: References<SecurityGroup>;
    /** Whether the author names no security group with the endpoint. */
    readonly groupsLeftOut: Fact<boolean>;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html */
export class Endpoint extends Resource {
    readonly noun = "endpoint";

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

    /** What says the endpoint's policy: the endpoint, or a resource of its own. */
    get policyFrom(): Endpoint | EndpointPolicy {
        return this.network.endpointPolicies.of(this).only ?? this;
    }

    /** Undefined where nobody gives one: AWS then allows everything. */
    get policy(): PolicyDocument | undefined {
        const from = this.policyFrom;
        return from === this ? documentOf(this.facts.policy) : from.statedPolicy;
    }

    /** The document that is given with the endpoint itself. */
    get statedPolicy(): PolicyDocument | undefined {
        return see(this.facts.policyLeftOut) ? undefined : documentOf(this.facts.policy);
    }

    /** The endpoint that its stated policy is for. */
    get policyEndpoint(): this {
        return this;
    }

    /** Whether its policy lets anyone read a bucket, as those do who come with a presigned request or without credentials. */
    letsAnyoneRead(bucket: string): boolean {
        const anyone = { arn: `arn:aws:iam::${strangeAccounts[0]}:role/${stranger}`, account: strangeAccounts[0] };
        const request = {
            action: "s3:GetObject",
            resource: `arn:aws:s3:::${bucket}/${stranger}`,
            identity: anyone,
            owner: {},
            context: new Map(),
        };
        return this.policy === undefined || admits(this.policy, request);
    }

    /** Whether its policy lets anything in a bucket be reached. */
    reaches(bucket: string): boolean {
        const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
        const isWithin = ({ resource }: Request): boolean => nameIn(resource) === bucket;
        return (
            this.policy === undefined ||
            [...openings(this.policy, { services: ["s3"], resources, isOutside: isWithin })].length > 0
        );
    }

    get privateDns(): boolean {
        const apart = this.network.privateDnsSettings.of(this).only;
        return see(apart === undefined ? this.facts.privateDns : apart.enabled);
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

    /** Whether it leads to the same service in the same Region as another. */
    private serves(other: Endpoint): boolean {
        return this.service.name === other.service.name && this.serviceRegion === other.serviceRegion;
    }

    private get serviceRegion(): string | undefined {
        return see(this.facts.serviceRegion) ?? this.service.region;
    }

    /** Where it has network interfaces. */
    get subnets(): Several<Subnet> {
        return this.facts.subnets.all.concat(this.network.subnetLinks.of(this).flatMap(link => link.subnet.all));
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

    constructor(
        source: Source,
        readonly endpoint: References<Endpoint>,
        private readonly document: Fact<unknown>,
    ) {
        super(source);
    }

    get statedPolicy(): PolicyDocument | undefined {
        return documentOf(this.document);
    }

    /**
     * The endpoint that it is for; undefined where that one is outside.
     * @throws {Unseen} if it is pending.
     */
    get policyEndpoint(): Endpoint | undefined {
        const endpoint = attempt(() => this.endpoint.optional);
        if (endpoint instanceof Pending) {
            throw new Unseen(endpoint);
        }
        return isUnseen(endpoint) ? undefined : endpoint;
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
