import { Endpoint } from "../network/endpoint";
import { EndpointService } from "../network/endpoint-service";
import { InternetGateway, NatGateway, VirtualPrivateGateway, VpcAttachment } from "../network/gateway";
import type { Resource } from "../network/resource";
import { RouteTable } from "../network/route-table";
import { SecurityGroup } from "../network/security-group";
import { Several } from "../network/several";
import { Subnet } from "../network/subnet";
import { LaunchTemplate, SubnetGroup, Tenant } from "../network/tenant";
import { Vpc } from "../network/vpc";
import { PrivateZone } from "../network/zone";
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
    resource instanceof Vpc ? Several.of(resource.defaultRouteTable) : Several.none,
);

export const securityGroups: Kind<SecurityGroup> = kind("security group", SecurityGroup, resource =>
    resource instanceof Vpc ? Several.of(resource.defaultSecurityGroup) : Several.none,
);

export const endpoints: Kind<Endpoint> = kind("endpoint", Endpoint);
export const endpointServices: Kind<EndpointService> = kind("endpoint service", EndpointService);
export const launchTemplates: Kind<LaunchTemplate> = kind("launch template", LaunchTemplate);
export const zones: Kind<PrivateZone> = kind("hosted zone", PrivateZone);

export const internetGateways: Kind<InternetGateway> = kind("internet gateway", InternetGateway);

/** What a route names as its gateway. */
export const gateways: Kind<Resource> = {
    label: "gateway",
    is: resource =>
        resource instanceof InternetGateway || resource instanceof VirtualPrivateGateway ? resource : undefined,
    standsFor: resource => (resource instanceof VpcAttachment ? resource.gateway.all : Several.none),
};

export const natGateways: Kind<NatGateway> = kind("NAT gateway", NatGateway);

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
