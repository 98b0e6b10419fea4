/** The parts that nearly every case is built of, each with what it needs and a name of its own; a case gives what it is about. */
import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import type { Input } from "@pulumi/pulumi";
import { within } from "../statements";

const { ec2 } = aws;

export const vpc = (args: aws.ec2.VpcArgs = {}, name = "main"): aws.ec2.Vpc =>
    new ec2.Vpc(name, { cidrBlock: "10.0.0.0/16", ...args });

/** A VPC that another stack has made: an update does not show it, an export does. */
export const vpcElsewhere = (): aws.ec2.Vpc => ec2.Vpc.get("elsewhere", "vpc-0a1b2c3d4e5f60718");

export interface HasId {
    readonly id: Input<string>;
}

/** A subnet called "app". */
export const subnet = ({ id }: HasId, args: Partial<aws.ec2.SubnetArgs> = {}, name = "app"): aws.ec2.Subnet =>
    new ec2.Subnet(name, { vpcId: id, cidrBlock: "10.0.1.0/24", ...args });

export const routeTable = (
    { id }: HasId,
    routes: aws.ec2.RouteTableArgs["routes"] = [],
    name = "private",
): aws.ec2.RouteTable => new ec2.RouteTable(name, { vpcId: id, routes });

export const associate = (of: aws.ec2.Subnet, table: HasId, name = "app"): aws.ec2.RouteTableAssociation =>
    new ec2.RouteTableAssociation(name, { subnetId: of.id, routeTableId: table.id });

/** A subnet with a route table of its own. */
export const routed = (
    of: HasId,
    routes: aws.ec2.RouteTableArgs["routes"],
    args: Partial<aws.ec2.SubnetArgs> = {},
): aws.ec2.Subnet => {
    const made = subnet(of, args);
    associate(made, routeTable(of, routes, "app"));
    return made;
};

/** Routes to a new internet gateway, by default of all IPv4 addresses. */
export const toInternet = (
    { id }: HasId,
    route: object = { cidrBlock: "0.0.0.0/0" },
): aws.ec2.RouteTableArgs["routes"] => [{ gatewayId: new ec2.InternetGateway("internet", { vpcId: id }).id, ...route }];

export const publicSubnet = (of: HasId, args: Partial<aws.ec2.SubnetArgs> = {}): aws.ec2.Subnet =>
    routed(of, toInternet(of), args);

/** A public NAT gateway called "nat". */
export const nat = ({ id }: HasId, args: Partial<aws.ec2.NatGatewayArgs> = {}, name = "nat"): aws.ec2.NatGateway =>
    new ec2.NatGateway(name, {
        subnetId: id,
        ...(args.connectivityType !== "private" && { allocationId: "eipalloc-0123456789abcdef0" }),
        ...args,
    });

export const transitGateway = (
    args: aws.ec2transitgateway.TransitGatewayArgs = {},
    name = "hub",
): aws.ec2transitgateway.TransitGateway => new aws.ec2transitgateway.TransitGateway(name, args);

/** An attachment with a subnet of its own, "attachment", whose routes say where what enters the VPC goes on. */
export const attach = (
    { id }: HasId,
    { id: transitGatewayId }: HasId,
    name = "attachment",
    routes: aws.ec2.RouteTableArgs["routes"] = [],
    args: Partial<aws.ec2transitgateway.VpcAttachmentArgs> = {},
): aws.ec2transitgateway.VpcAttachment => {
    const in_ = subnet({ id }, { cidrBlock: "10.0.100.0/28" }, name);
    associate(in_, routeTable({ id }, routes, name), name);
    return new aws.ec2transitgateway.VpcAttachment(name, {
        vpcId: id,
        transitGatewayId,
        subnetIds: [in_.id],
        ...args,
    });
};

/** A static route of the gateway's default table. */
export const transitRoute = (
    { associationDefaultRouteTableId }: aws.ec2transitgateway.TransitGateway,
    to: HasId,
    destinationCidrBlock = "0.0.0.0/0",
    name = "static",
): aws.ec2transitgateway.Route =>
    new aws.ec2transitgateway.Route(name, {
        transitGatewayRouteTableId: associationDefaultRouteTableId,
        transitGatewayAttachmentId: to.id,
        destinationCidrBlock,
    });

export const peering = (of: HasId, to: HasId, name = "peering"): aws.ec2.VpcPeeringConnection =>
    new ec2.VpcPeeringConnection(name, { vpcId: of.id, peerVpcId: to.id, autoAccept: true });

const region = "us-east-1";

/** A gateway endpoint, named after its service. */
export const gateway = (
    { id }: HasId,
    args: Partial<aws.ec2.VpcEndpointArgs> = {},
    service = "s3",
    name = service,
): aws.ec2.VpcEndpoint =>
    new ec2.VpcEndpoint(name, { vpcId: id, serviceName: `com.amazonaws.${region}.${service}`, ...args });

/** An interface endpoint, named after its service. */
export const endpoint = (
    { id }: HasId,
    args: Partial<aws.ec2.VpcEndpointArgs> = {},
    service = "logs",
    name = service,
): aws.ec2.VpcEndpoint =>
    new ec2.VpcEndpoint(name, {
        vpcId: id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        ...args,
    });

/** An internal Network Load Balancer called "api". */
export const balancer = (
    subnets: readonly HasId[],
    args: aws.lb.LoadBalancerArgs = {},
    name = "api",
): aws.lb.LoadBalancer =>
    new aws.lb.LoadBalancer(name, {
        loadBalancerType: "network",
        internal: true,
        ...(subnets.length > 0 && { subnets: subnets.map(({ id }) => id) }),
        ...args,
    });

/** An endpoint service called "api". */
export const endpointService = (args: Partial<aws.ec2.VpcEndpointServiceArgs> = {}): aws.ec2.VpcEndpointService =>
    new ec2.VpcEndpointService("api", { acceptanceRequired: true, ...args });

export const allow = (
    principalArn: Input<string>,
    { id }: HasId,
    name = "consumer",
): aws.ec2.VpcEndpointServiceAllowedPrinciple =>
    new ec2.VpcEndpointServiceAllowedPrinciple(name, { vpcEndpointServiceId: id, principalArn });

/** A zone called "zone", private to VPCs or, without any, public. */
export const privateZone = (name: Input<string>, ...vpcs: readonly HasId[]): aws.route53.Zone =>
    new aws.route53.Zone("zone", { name, vpcs: vpcs.map(({ id }) => ({ vpcId: id })) });

export const securityGroup = ({ id }: HasId, name = "endpoints"): aws.ec2.SecurityGroup =>
    new ec2.SecurityGroup(name, { vpcId: id });

/** A rule's protocol and port, as the aws provider says it inline, and as the others do. */
export const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
export const nativeHttps = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

export const nativeVpc = (args: native.VpcArgs = {}): native.Vpc =>
    new native.Vpc("main", { cidrBlock: "10.0.0.0/16", ...args });

export const nativeSubnet = ({ vpcId }: native.Vpc, args: Partial<native.SubnetArgs> = {}): native.Subnet =>
    new native.Subnet("app", { vpcId, cidrBlock: "10.0.1.0/24", ...args });

export const nativeGateway = ({ vpcId }: native.Vpc, args: Partial<native.VpcEndpointArgs> = {}): native.VpcEndpoint =>
    new native.VpcEndpoint("s3", { vpcId, serviceName: `com.amazonaws.${region}.s3`, ...args });

export const nativeEndpoint = ({ vpcId }: native.Vpc, args: Partial<native.VpcEndpointArgs> = {}): native.VpcEndpoint =>
    new native.VpcEndpoint("logs", {
        vpcId,
        serviceName: `com.amazonaws.${region}.logs`,
        vpcEndpointType: "Interface",
        ...args,
    });

/** An aws-native endpoint service called "api". */
export const nativeEndpointService = (args: native.VpcEndpointServiceArgs = {}): native.VpcEndpointService =>
    new native.VpcEndpointService("api", { acceptanceRequired: true, ...args });

export const nativeAllow = (
    allowedPrincipals: native.VpcEndpointServicePermissionsArgs["allowedPrincipals"],
    { serviceId }: native.VpcEndpointService,
): native.VpcEndpointServicePermissions =>
    new native.VpcEndpointServicePermissions("consumers", { serviceId, allowedPrincipals });

/** An endpoint policy that nobody can object to, within one account. */
export const ownPolicy = within({ "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" });
