import { Connection } from "../network/connection";
import { CapacityProvider, EcsCluster, TaskDefinition } from "../network/ecs";
import { ClusterIdentityProvider, EksCluster } from "../network/eks";
import { Endpoint } from "../network/endpoint";
import { EndpointService, SharedResource } from "../network/endpoint-service";
import { InternetGateway, NatGateway, OtherGateway, VirtualPrivateGateway, VpcAttachment } from "../network/gateway";
import { NetworkAcl } from "../network/network-acl";
import { PrefixList } from "../network/prefix-list";
import { LoadBalancer, TargetGroup } from "../network/load-balancer";
import type { Resource } from "../network/resource";
import { Instances } from "../network/instances";
import { LambdaFunction } from "../network/function";
import { InstanceProfile, ManagedPolicy, Role } from "../network/role";
import { RouteTable } from "../network/route-table";
import { SecurityGroup } from "../network/security-group";
import { Several } from "../network/several";
import { Subnet } from "../network/subnet";
import { type GroupedService, LaunchTemplate, SubnetGroup, Tenant } from "../network/tenant";
import { TransitAttachment, TransitGateway, TransitRouteTable } from "../network/transit-gateway";
import { Vpc } from "../network/vpc";
import { DhcpOptions, PrivateZone, Profile, ResolverRule } from "../network/zone";
import type { Kind } from "./references";

type Class<T> = abstract new (...args: never[]) => T;

type Attribute<T> = (resource: Resource) => Several<T>;

/** The things that an attribute of another resource is: where a property depends on that resource, it may be one of them. */
function of<R extends Resource, T>(other: Class<R>, attribute: (resource: R) => Several<T>): Attribute<T> {
    return resource => (resource instanceof other ? attribute(resource) : Several.none);
}

function kind<T extends Resource>(
    label: string,
    classes: Class<T> | readonly Class<T>[],
    ...attributes: readonly Attribute<T>[]
): Kind<T> {
    const all = [classes].flat();
    return {
        label,
        is: resource => {
            for (const one of all) {
                if (resource instanceof one) {
                    return resource;
                }
            }
            return undefined;
        },
        standsFor: resource => Several.union(...attributes.map(find => find(resource))),
    };
}

export const vpcs: Kind<Vpc> = kind(
    "VPC",
    Vpc,
    of(Subnet, subnet => subnet.vpcs),
    of(Endpoint, endpoint => endpoint.vpcs),
    of(RouteTable, table => table.vpcs),
    of(SecurityGroup, group => group.vpcs),
    of(VpcAttachment, attachment => attachment.vpc.all),
    of(InternetGateway, gateway => gateway.vpc.all),
);

export const subnets: Kind<Subnet> = kind(
    "subnet",
    Subnet,
    of(Tenant, tenant => tenant.subnets),
    of(NatGateway, gateway => gateway.subnets),
    of(SubnetGroup, group => group.subnets),
);

/** The subnet groups of a service. */
export function subnetGroupsOf(service: GroupedService): Kind<SubnetGroup> {
    return {
        ...kind("subnet group", SubnetGroup),
        is: resource => (resource instanceof SubnetGroup && resource.service === service ? resource : undefined),
    };
}

export const routeTables: Kind<RouteTable> = kind(
    "route table",
    RouteTable,
    of(Vpc, vpc => Several.of(vpc).map(one => one.defaultRouteTable)),
);

export const securityGroups: Kind<SecurityGroup> = kind(
    "security group",
    SecurityGroup,
    of(Vpc, vpc => Several.of(vpc).map(one => one.defaultSecurityGroup)),
    of(EksCluster, cluster => Several.of(cluster.nodeSecurityGroup)),
);

export const networkAcls: Kind<NetworkAcl> = kind(
    "network ACL",
    NetworkAcl,
    of(Vpc, vpc => Several.of(vpc).map(one => one.defaultNetworkAcl)),
);

export const endpoints: Kind<Endpoint> = kind("endpoint", Endpoint);
export const endpointServices: Kind<EndpointService> = kind("endpoint service", EndpointService);
/** What an endpoint leads to beside AWS's services. */
export const offers = kind<EndpointService | SharedResource>("service", [EndpointService, SharedResource]);
export const roles: Kind<Role> = kind("role", Role);
export const managedPolicies: Kind<ManagedPolicy> = {
    ...kind("policy", ManagedPolicy),
    known: arn => ManagedPolicy.ofAws(arn),
};
export const instanceProfiles: Kind<InstanceProfile> = kind("instance profile", InstanceProfile);
export const eksClusters: Kind<EksCluster> = kind(
    "EKS cluster",
    EksCluster,
    of(ClusterIdentityProvider, provider => provider.clusters.all),
);
export const ecsClusters: Kind<EcsCluster> = kind("ECS cluster", EcsCluster);
export const taskDefinitions: Kind<TaskDefinition> = kind("task definition", TaskDefinition);
export const capacityProviders: Kind<CapacityProvider> = {
    ...kind("capacity provider", CapacityProvider),
    known: name => CapacityProvider.ofAws(name),
};
export const functions: Kind<LambdaFunction> = kind("Lambda function", LambdaFunction);
/** The instances of an Auto Scaling group. */
export const autoScalingGroups: Kind<Instances> = kind("Auto Scaling group", Instances);
/** What a network interface is: one of its own, or that of an instance. */
export const networkInterfaces: Kind<Tenant> = kind("network interface", Tenant);
/** What a DB instance belongs to, or is a copy of. */
export const databases: Kind<Tenant> = kind("database", Tenant);
export const loadBalancers: Kind<LoadBalancer> = kind("load balancer", LoadBalancer);
export const targetGroups: Kind<TargetGroup> = kind("target group", TargetGroup);
export const launchTemplates: Kind<LaunchTemplate> = kind("launch template", LaunchTemplate);
export const zones: Kind<PrivateZone> = kind("hosted zone", PrivateZone);
export const profiles: Kind<Profile> = kind("Route 53 Profile", Profile);

/** What a Route 53 Profile has that answers for names. */
export const profileMembers = kind<PrivateZone | Endpoint | ResolverRule>("hosted zone, endpoint or rule", [
    PrivateZone,
    Endpoint,
    ResolverRule,
]);

export const resolverRules: Kind<ResolverRule> = kind("Resolver rule", ResolverRule);
export const dhcpOptions: Kind<DhcpOptions> = kind("DHCP options", DhcpOptions);

export const internetGateways: Kind<InternetGateway> = kind("internet gateway", InternetGateway);

/** What a route names as its gateway. */
export const gateways = kind<Resource>(
    "gateway",
    [InternetGateway, VirtualPrivateGateway],
    of(VpcAttachment, attachment => attachment.gateway.all),
);

export const natGateways: Kind<NatGateway> = kind("NAT gateway", NatGateway);

export const otherGateways: Kind<OtherGateway> = kind("gateway", OtherGateway);
export const prefixLists: Kind<PrefixList> = kind("prefix list", PrefixList);

/** What a security group's rule names as its prefix list: one of the stack, or the one that a gateway endpoint tells of its service. */
export const listsOfRules = kind<PrefixList | Endpoint>("prefix list", [PrefixList, Endpoint]);
export const peerings: Kind<Connection> = kind("peering connection", Connection);
export const transitAttachments: Kind<TransitAttachment> = kind("transit gateway attachment", TransitAttachment);

export const transitGateways: Kind<TransitGateway> = kind(
    "transit gateway",
    TransitGateway,
    of(TransitAttachment, attachment => attachment.gateways),
    of(TransitRouteTable, table => table.gateways),
);

/** What a VPN connection or a Direct Connect gateway ends at. */
export const attachable: Kind<Resource> = {
    ...kind<Resource>("gateway", [TransitGateway, VirtualPrivateGateway]),
    standsFor: transitGateways.standsFor,
};

export const transitRouteTables: Kind<TransitRouteTable> = kind(
    "transit gateway route table",
    TransitRouteTable,
    of(TransitGateway, gateway => Several.of(gateway.routeTable)),
);

/** What a route names as its VPC endpoint: a Gateway Load Balancer endpoint, or a firewall that made one. */
export const inspectors: Kind<Endpoint | Tenant> = {
    ...kind<Endpoint>("VPC endpoint", Endpoint),
    is: resource =>
        resource instanceof Endpoint || (resource instanceof Tenant && resource.role === "carrier")
            ? resource
            : undefined,
};

/** What this pack does not follow any further. */
export const unfollowed = kind<Resource>("route target", []);
