import type { Addresses } from "./addresses";
import type { Connection } from "./connection";
import type {
    Endpoint,
    EndpointPolicy,
    EndpointRouteTableLink,
    EndpointSecurityGroupLink,
    EndpointSubnetLink,
    PrivateDnsSetting,
} from "./endpoint";
import type { RouteTable, RouteTableLink, StandAloneRoute } from "./route-table";
import type { SecurityGroup, StandAloneRule } from "./security-group";
import { type References, Relation, Several } from "./several";
import type { BucketPolicy, Store } from "./store";
import type { Subnet } from "./subnet";
import type { Tenant } from "./tenant";
import type { Vpc } from "./vpc";
import type { PrivateZone, ZoneAssociation } from "./zone";

/** One thing of a VPC that has it by reference, such as another block of addresses. */
export interface OfVpc<T> {
    readonly vpc: References<Vpc>;
    readonly it: T;
}

/** Everything that is read from the resources of a stack. */
export class Parts {
    readonly vpcs: Vpc[] = [];
    readonly subnets: Subnet[] = [];
    readonly endpoints: Endpoint[] = [];
    readonly tenants: Tenant[] = [];
    readonly connections: Connection[] = [];
    readonly stores: Store[] = [];
    readonly bucketPolicies: BucketPolicy[] = [];
    readonly zones: PrivateZone[] = [];
    readonly zoneAssociations: ZoneAssociation[] = [];
    readonly moreAddresses: OfVpc<Addresses>[] = [];
    readonly defaultRouteTables: OfVpc<RouteTable>[] = [];
    readonly defaultSecurityGroups: OfVpc<SecurityGroup>[] = [];
    readonly mainRouteTables: RouteTableLink<Vpc>[] = [];
    readonly routeTableAssociations: RouteTableLink<Subnet>[] = [];
    readonly routes: StandAloneRoute[] = [];
    readonly rules: StandAloneRule[] = [];
    readonly endpointPolicies: EndpointPolicy[] = [];
    readonly privateDnsSettings: PrivateDnsSetting[] = [];
    readonly routeTableLinks: EndpointRouteTableLink[] = [];
    readonly subnetLinks: EndpointSubnetLink[] = [];
    readonly securityGroupLinks: EndpointSecurityGroupLink[] = [];
}

/** The network of a stack: AWS's things and what binds them. What belongs to what is worked out when it is first asked for. */
export class Network {
    private readonly parts = new Parts();

    /** @param fill adds what the stack has. */
    constructor(fill: (parts: Parts, network: Network) => void) {
        fill(this.parts, this);
    }

    get vpcs(): readonly Vpc[] {
        return this.parts.vpcs;
    }

    get subnets(): readonly Subnet[] {
        return this.parts.subnets;
    }

    get endpoints(): readonly Endpoint[] {
        return this.parts.endpoints;
    }

    /** What states an endpoint policy: endpoints, and policies that are resources of their own. */
    get policyHolders(): readonly (Endpoint | EndpointPolicy)[] {
        return [...this.parts.endpoints, ...this.parts.endpointPolicies];
    }

    get bucketPolicies(): readonly BucketPolicy[] {
        return this.parts.bucketPolicies;
    }

    /** The buckets and tables of the stack. */
    get stores(): Several<Store> {
        return Several.of(...this.parts.stores);
    }

    get tenants(): readonly Tenant[] {
        return this.parts.tenants;
    }

    readonly subnetsByVpc = new Relation(this.parts.subnets, subnet => subnet.vpcs);
    readonly endpointsByVpc = new Relation(this.parts.endpoints, endpoint => endpoint.vpcs);
    readonly endpointsBySubnet = new Relation(this.parts.endpoints, endpoint => endpoint.subnets);
    readonly tenantsBySubnet = new Relation(this.parts.tenants, tenant => tenant.subnets);
    readonly connectionsByVpc = new Relation(this.parts.connections, connection => connection.vpcs.all);
    readonly zonesByVpc = new Relation(this.parts.zones, zone => zone.vpcs);
    readonly zoneAssociations = new Relation(this.parts.zoneAssociations, association => association.zone.all);
    readonly moreAddresses = new Relation(this.parts.moreAddresses, more => more.vpc.all);
    readonly defaultRouteTables = new Relation(this.parts.defaultRouteTables, table => table.vpc.all);
    readonly defaultSecurityGroups = new Relation(this.parts.defaultSecurityGroups, group => group.vpc.all);
    readonly mainRouteTables = new Relation(this.parts.mainRouteTables, link => link.from.all);
    readonly routeTableAssociations = new Relation(this.parts.routeTableAssociations, link => link.from.all);
    readonly routesByTable = new Relation(this.parts.routes, route => route.table.all);
    readonly rulesByGroup = new Relation(this.parts.rules, rule => rule.group.all);
    readonly endpointPolicies = new Relation(this.parts.endpointPolicies, policy => policy.endpoint.all);
    readonly privateDnsSettings = new Relation(this.parts.privateDnsSettings, setting => setting.endpoint.all);
    readonly routeTableLinks = new Relation(this.parts.routeTableLinks, link => link.endpoint.all);
    readonly subnetLinks = new Relation(this.parts.subnetLinks, link => link.endpoint.all);
    readonly securityGroupLinks = new Relation(this.parts.securityGroupLinks, link => link.endpoint.all);
}
