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
import { LaunchTemplate, SubnetGroup, Tenant } from "../network/tenant";
import { TransitAttachment, TransitGateway, TransitRouteTable } from "../network/transit-gateway";
import { Vpc } from "../network/vpc";
import { DhcpOptions, PrivateZone, Profile, ResolverRule } from "../network/zone";
import type { Kind } from "./references";

type Class<T> = abstract new (...args: never[]) => T;

function kind<T extends Resource>(
    label: string,
    of: Class<T>,
    standsFor: (resource: Resource) => Several<T> = () => Several.none,
): Kind<T> {
    return { label, is: resource => (resource instanceof of ? resource : undefined), standsFor };
}

export const vpcs: Kind<Vpc> = kind("VPC", Vpc, resource =>
    resource instanceof Subnet ||
    resource instanceof Endpoint ||
    resource instanceof RouteTable ||
    resource instanceof SecurityGroup
        ? resource.vpcs
        : resource instanceof VpcAttachment || resource instanceof InternetGateway
          ? resource.vpc.all
          : Several.none,
);

export const subnets: Kind<Subnet> = kind("subnet", Subnet, resource =>
    resource instanceof Tenant || resource instanceof NatGateway || resource instanceof SubnetGroup
        ? resource.subnets
        : Several.none,
);

export const routeTables: Kind<RouteTable> = kind("route table", RouteTable, resource =>
    resource instanceof Vpc ? Several.of(resource).map(vpc => vpc.defaultRouteTable) : Several.none,
);

export const securityGroups: Kind<SecurityGroup> = kind("security group", SecurityGroup, resource =>
    resource instanceof Vpc
        ? Several.of(resource).map(vpc => vpc.defaultSecurityGroup)
        : resource instanceof EksCluster
          ? Several.of(resource.nodeSecurityGroup)
          : Several.none,
);

export const networkAcls: Kind<NetworkAcl> = kind("network ACL", NetworkAcl, resource =>
    resource instanceof Vpc ? Several.of(resource).map(vpc => vpc.defaultNetworkAcl) : Several.none,
);

export const endpoints: Kind<Endpoint> = kind("endpoint", Endpoint);
export const endpointServices: Kind<EndpointService> = kind("endpoint service", EndpointService);
/** What an endpoint leads to beside AWS's services. */
export const offers: Kind<EndpointService | SharedResource> = {
    label: "service",
    is: resource => (resource instanceof EndpointService || resource instanceof SharedResource ? resource : undefined),
    standsFor: () => Several.none,
};
export const roles: Kind<Role> = kind("role", Role);
export const managedPolicies: Kind<ManagedPolicy> = {
    ...kind("policy", ManagedPolicy),
    known: arn => ManagedPolicy.ofAws(arn),
};
export const instanceProfiles: Kind<InstanceProfile> = kind("instance profile", InstanceProfile);
export const eksClusters: Kind<EksCluster> = kind("EKS cluster", EksCluster, resource =>
    resource instanceof ClusterIdentityProvider ? resource.clusters.all : Several.none,
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
export const loadBalancers: Kind<LoadBalancer> = kind("load balancer", LoadBalancer);
export const targetGroups: Kind<TargetGroup> = kind("target group", TargetGroup);
export const launchTemplates: Kind<LaunchTemplate> = kind("launch template", LaunchTemplate);
export const zones: Kind<PrivateZone> = kind("hosted zone", PrivateZone);
export const profiles: Kind<Profile> = kind("Route 53 Profile", Profile);

/** What a Route 53 Profile has that answers for names. */
export const profileMembers: Kind<PrivateZone | Endpoint | ResolverRule> = {
    label: "hosted zone, endpoint or rule",
    is: resource =>
        resource instanceof PrivateZone || resource instanceof Endpoint || resource instanceof ResolverRule
            ? resource
            : undefined,
    standsFor: () => Several.none,
};

export const resolverRules: Kind<ResolverRule> = kind("Resolver rule", ResolverRule);
export const dhcpOptions: Kind<DhcpOptions> = kind("DHCP options", DhcpOptions);

export const internetGateways: Kind<InternetGateway> = kind("internet gateway", InternetGateway);

/** What a route names as its gateway. */
export const gateways: Kind<Resource> = {
    label: "gateway",
    is: resource =>
        resource instanceof InternetGateway || resource instanceof VirtualPrivateGateway ? resource : undefined,
    standsFor: resource => (resource instanceof VpcAttachment ? resource.gateway.all : Several.none),
};

export const natGateways: Kind<NatGateway> = kind("NAT gateway", NatGateway);

export const otherGateways: Kind<OtherGateway> = kind("gateway", OtherGateway);
export const prefixLists: Kind<PrefixList> = kind("prefix list", PrefixList);

/** What a security group's rule names as its prefix list: one of the stack, or the one that a gateway endpoint tells of its service. */
export const listsOfRules: Kind<PrefixList | Endpoint> = {
    label: "prefix list",
    is: resource => (resource instanceof PrefixList || resource instanceof Endpoint ? resource : undefined),
    standsFor: () => Several.none,
};
export const peerings: Kind<Connection> = kind("peering connection", Connection);
export const transitAttachments: Kind<TransitAttachment> = kind("transit gateway attachment", TransitAttachment);

export const transitGateways: Kind<TransitGateway> = kind("transit gateway", TransitGateway, resource =>
    resource instanceof TransitAttachment || resource instanceof TransitRouteTable ? resource.gateways : Several.none,
);

/** What a VPN connection or a Direct Connect gateway ends at. */
export const attachable: Kind<Resource> = {
    label: "gateway",
    is: resource => transitGateways.is(resource) ?? (resource instanceof VirtualPrivateGateway ? resource : undefined),
    standsFor: transitGateways.standsFor,
};

export const transitRouteTables: Kind<TransitRouteTable> = kind(
    "transit gateway route table",
    TransitRouteTable,
    resource => (resource instanceof TransitGateway ? Several.of(resource.routeTable) : Several.none),
);

/** What a route names as its VPC endpoint: a Gateway Load Balancer endpoint, or a firewall that made one. */
export const inspectors: Kind<Endpoint | Tenant> = {
    label: "VPC endpoint",
    is: resource =>
        resource instanceof Endpoint || (resource instanceof Tenant && resource.role === "carrier")
            ? resource
            : undefined,
    standsFor: () => Several.none,
};

/** What this pack does not follow any further. */
export const unfollowed: Kind<Resource> = { label: "route target", is: () => undefined, standsFor: () => Several.none };
