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
import type { EndpointService, EndpointServiceGrant } from "./endpoint-service";
import type { Listener } from "./load-balancer";
import type { PrefixListEntry } from "./prefix-list";
import type { PolicyAttachment, RolePolicy } from "./role";
import type { NetworkAcl, NetworkAclLink, StandAloneAclRule } from "./network-acl";
import type { RouteTable, RouteTableLink, StandAloneRoute } from "./route-table";
import type { SecurityGroup, StandAloneRule } from "./security-group";
import { type References, Relation, Several } from "./several";
import type { BucketPolicy, Store } from "./store";
import type { Subnet } from "./subnet";
import type { FunctionLink } from "./function";
import type { ClusterCapacity } from "./ecs";
import type { ClusterPart } from "./eks";
import type { ElasticAddress, GroupAttachment, Tenant } from "./tenant";
import type { StandAloneTransitRoute, TransitAttachment, TransitDefault, TransitLink } from "./transit-gateway";
import type { Vpc } from "./vpc";
import type { DhcpOptions, PrivateZone, Profile, ProfileMember, ResolverRule } from "./zone";

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
    readonly endpointServices: EndpointService[] = [];
    readonly endpointServiceGrants: EndpointServiceGrant[] = [];
    readonly tenants: Tenant[] = [];
    readonly listeners: Listener[] = [];
    readonly connections: Connection[] = [];
    readonly stores: Store[] = [];
    readonly bucketPolicies: BucketPolicy[] = [];
    readonly zones: PrivateZone[] = [];
    readonly zoneAssociations: OfVpc<References<PrivateZone>>[] = [];
    readonly profileMembers: ProfileMember[] = [];
    readonly profileAssociations: OfVpc<References<Profile>>[] = [];
    readonly resolverRuleAssociations: OfVpc<References<ResolverRule>>[] = [];
    readonly dhcpOptionsAssociations: OfVpc<References<DhcpOptions>>[] = [];
    readonly moreBlocks: OfVpc<Several<Addresses>>[] = [];
    readonly defaultRouteTables: OfVpc<RouteTable>[] = [];
    readonly securityGroups: SecurityGroup[] = [];
    readonly defaultSecurityGroups: OfVpc<SecurityGroup>[] = [];
    readonly defaultNetworkAcls: OfVpc<NetworkAcl>[] = [];
    readonly networkAclLinks: NetworkAclLink[] = [];
    readonly networkAclRules: StandAloneAclRule[] = [];
    readonly mainRouteTables: RouteTableLink<Vpc>[] = [];
    readonly routeTableAssociations: RouteTableLink<Subnet>[] = [];
    readonly routes: StandAloneRoute[] = [];
    readonly prefixListEntries: PrefixListEntry[] = [];
    readonly transitAttachments: TransitAttachment[] = [];
    readonly transitAssociations: TransitLink[] = [];
    readonly transitPropagations: TransitLink[] = [];
    readonly transitRoutes: StandAloneTransitRoute[] = [];
    readonly transitDefaults: TransitDefault[] = [];
    readonly rules: StandAloneRule[] = [];
    readonly groupAttachments: GroupAttachment[] = [];
    readonly elasticAddresses: ElasticAddress[] = [];
    readonly clusterCapacity: ClusterCapacity[] = [];
    readonly clusterParts: ClusterPart[] = [];
    readonly functionLinks: FunctionLink[] = [];
    readonly policyAttachments: PolicyAttachment[] = [];
    readonly rolePolicies: RolePolicy[] = [];
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

    get endpointServices(): readonly EndpointService[] {
        return this.parts.endpointServices;
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

    get securityGroups(): readonly SecurityGroup[] {
        return this.parts.securityGroups;
    }

    /** Whether the stack needs S3 or DynamoDB, by name: S3 is taken for granted, as AWS keeps packages and images there. */
    uses(service: string): boolean {
        return service !== "dynamodb" || this.stores.some(store => store.noun === "table");
    }

    get tenants(): readonly Tenant[] {
        return this.parts.tenants;
    }

    readonly subnetsByVpc = new Relation(this.parts.subnets, subnet => subnet.vpcs);
    readonly endpointsByVpc = new Relation(this.parts.endpoints, endpoint => endpoint.vpcs);
    /** Which subnets interface endpoints of other VPCs serve. */
    readonly subnetsBeyond = new Relation(this.parts.subnets, subnet =>
        Several.of(subnet).flatMap(one => one.endpointsBeyond(vpc => vpc.endpoints)),
    );
    readonly endpointsBySubnet = new Relation(this.parts.endpoints, endpoint => endpoint.subnets);
    readonly endpointsBySecurityGroup = new Relation(this.parts.endpoints, endpoint =>
        Several.of(endpoint).flatMap(one => one.securityGroups),
    );
    readonly strandedByVpc = new Relation(this.parts.tenants, tenant =>
        tenant.role === "client" ? tenant.strandedIn.flatMap(subnet => subnet.vpcs) : Several.none,
    );
    readonly tenantsBySubnet = new Relation(this.parts.tenants, tenant => tenant.subnets);
    readonly tenantsBySecurityGroup = new Relation(this.parts.tenants, tenant =>
        Several.of(tenant).flatMap(one => one.securityGroups),
    );
    readonly listeners = new Relation(this.parts.listeners, listener => listener.balancer.all);
    readonly connectionsByVpc = new Relation(this.parts.connections, connection => connection.vpcs.all);
    readonly zonesByVpc = new Relation(this.parts.zones, zone => zone.vpcs);
    readonly zoneAssociations = new Relation(this.parts.zoneAssociations, association => association.it.all);
    readonly profileMembers = new Relation(this.parts.profileMembers, member => member.profile.all);
    readonly zoneAssociationsByVpc = new Relation(this.parts.zoneAssociations, association => association.vpc.all);
    readonly resolverRulesByVpc = new Relation(this.parts.resolverRuleAssociations, association => association.vpc.all);
    readonly dhcpOptionsByVpc = new Relation(this.parts.dhcpOptionsAssociations, association => association.vpc.all);
    readonly profilesByVpc = new Relation(this.parts.profileAssociations, association => association.vpc.all);
    readonly moreBlocks = new Relation(this.parts.moreBlocks, more => more.vpc.all);
    readonly defaultRouteTables = new Relation(this.parts.defaultRouteTables, table => table.vpc.all);
    readonly defaultSecurityGroups = new Relation(this.parts.defaultSecurityGroups, group => group.vpc.all);
    readonly defaultNetworkAcls = new Relation(this.parts.defaultNetworkAcls, acl => acl.vpc.all);
    readonly networkAclLinks = new Relation(this.parts.networkAclLinks, link => link.subnet.all);
    readonly rulesByAcl = new Relation(this.parts.networkAclRules, rule => rule.acl.all);
    readonly mainRouteTables = new Relation(this.parts.mainRouteTables, link => link.from.all);
    readonly routeTableAssociations = new Relation(this.parts.routeTableAssociations, link => link.from.all);
    readonly routesByTable = new Relation(this.parts.routes, route => route.table.all);
    readonly prefixListEntries = new Relation(this.parts.prefixListEntries, entry => entry.list.all);
    readonly transitAttachments = new Relation(this.parts.transitAttachments, attachment => attachment.gateways);
    readonly transitAssociations = new Relation(this.parts.transitAssociations, link => link.attachment.all);
    readonly transitPropagations = new Relation(this.parts.transitPropagations, link => link.table.all);
    readonly transitRoutes = new Relation(this.parts.transitRoutes, route => route.table.all);
    readonly transitDefaults = new Relation(this.parts.transitDefaults, other => other.gateway.all);
    readonly rulesByGroup = new Relation(this.parts.rules, rule => rule.group.all);
    readonly policyAttachments = new Relation(this.parts.policyAttachments, attachment => attachment.roles.all);
    readonly rolePolicies = new Relation(this.parts.rolePolicies, policy => policy.role.all);
    readonly clusterCapacity = new Relation(this.parts.clusterCapacity, capacity => capacity.cluster.all);
    readonly functionLinks = new Relation(this.parts.functionLinks, link => link.functions.all);
    readonly clusterParts = new Relation(this.parts.clusterParts, part => part.clusters.all);
    readonly elasticAddresses = new Relation(this.parts.elasticAddresses, address => address.tenant.all);
    readonly groupAttachments = new Relation(this.parts.groupAttachments, link => link.tenant.all);
    readonly endpointPolicies = new Relation(this.parts.endpointPolicies, policy => policy.endpoint.all);
    readonly endpointServiceGrants = new Relation(this.parts.endpointServiceGrants, grant => grant.service.all);
    readonly privateDnsSettings = new Relation(this.parts.privateDnsSettings, setting => setting.endpoint.all);
    readonly routeTableLinks = new Relation(this.parts.routeTableLinks, link => link.endpoint.all);
    readonly subnetLinks = new Relation(this.parts.subnetLinks, link => link.endpoint.all);
    readonly securityGroupLinks = new Relation(this.parts.securityGroupLinks, link => link.endpoint.all);
}
