/** The identifiers that AWS gives out: each depends on kind and name alone, so that it can be found again without state. */
import { createHash } from "node:crypto";

export type Properties = Record<string, unknown>;

export interface Resource {
    /** Module and name of the type, alike in both providers: `ec2:VpcEndpoint`. */
    readonly kind: string;
    readonly native: boolean;
    readonly name: string;
    readonly inputs: Properties;
    readonly region: string;
    /** The last eight digits of the id of the VPC that the resource belongs to; the ids in a VPC end in them. */
    readonly vpc: string;
    readonly id: string;
}

export const account = "123456789012";

export function isObject(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

export function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** So many hexadecimal digits, the same for the same seed. */
export function digits(seed: string, count: number): string {
    return createHash("sha256").update(seed).digest("hex").slice(0, count);
}

/** An address in 10.0.0.0/8 (private) or 54.0.0.0/8 (public), the same for the same seed. */
export function address(seed: string, network: 10 | 54): string {
    const [a = 0, b = 0, c = 0] = createHash("sha256").update(seed).digest();
    return `${network}.${a}.${b}.${(c % 250) + 4}`;
}

/** The id of a VPC's default security group (`sg`), main route table (`rtb`) or default network ACL (`acl`). */
export function ofVpc(vpcId: string, prefix: "sg" | "rtb" | "acl"): string {
    return inVpc(prefix, "default", lastDigits(vpcId));
}

/** The last eight digits of an id; a made-up id (`vpc-1`) has some, too. */
function lastDigits(id: string): string {
    return /[0-9a-f]{8}$/.exec(id)?.[0] ?? digits(id, 8);
}

export function inVpc(prefix: string, seed: string, vpc: string): string {
    return `${prefix}-${digits(`${prefix} ${seed} ${vpc}`, 9)}${vpc}`;
}

/** The Region's default VPC, where AWS puts what names no VPC. */
export function defaultVpc(region: string): string {
    return digits(`default VPC of ${region}`, 8);
}

/** The id of the VPC whose id ends in these digits, if {@link idOf} gave it. */
export function vpcId(vpc: string): string {
    return inVpc("vpc", "", vpc);
}

export function vpcDigits({ kind, name, inputs, region }: Omit<Resource, "id" | "vpc">): string {
    if (kind === "ec2:Vpc") {
        return digits(`${kind} ${name}`, 8);
    }
    const config = inputs["vpcConfig"];
    const candidates = [
        inputs["vpcId"],
        inputs["subnetId"],
        inputs["defaultRouteTableId"],
        inputs["defaultNetworkAclId"],
        inputs["routeTableId"],
        ...list(inputs["subnetIds"]),
        ...list(inputs["subnets"]),
        ...list(isObject(config) ? config["subnetIds"] : undefined),
        ...[...list(inputs["ipAddresses"]), ...list(inputs["subnetMappings"])].map(item =>
            isObject(item) ? item["subnetId"] : undefined,
        ),
    ];
    const id = candidates.map(text).find(candidate => candidate !== undefined);
    return id === undefined ? defaultVpc(region) : lastDigits(id);
}

export function arn(service: string, region: string, path: string): string {
    const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    const owner = service === "s3" ? "" : account;
    return `arn:${partition}:${service}:${global.has(service) ? "" : region}:${owner}:${path}`;
}

/** Services whose ARNs name no Region. */
const global = new Set(["iam", "s3", "route53"]);

/** What the ids of each kind begin with. */
const prefixes: Readonly<Record<string, string>> = {
    "ec2:CarrierGateway": "cagw",
    "ec2:CustomerGateway": "cgw",
    "ec2:DefaultSubnet": "subnet",
    "ec2:DhcpOptions": "dopt",
    "ec2:EgressOnlyInternetGateway": "eigw",
    "ec2:EipAssociation": "eipassoc",
    "ec2:FlowLog": "fl",
    "ec2:Instance": "i",
    "ec2:InternetGateway": "igw",
    "ec2:LaunchTemplate": "lt",
    "ec2:MainRouteTableAssociation": "rtbassoc",
    "ec2:ManagedPrefixList": "pl",
    "ec2:NatGateway": "nat",
    "ec2:NetworkAcl": "acl",
    "ec2:NetworkAclAssociation": "aclassoc",
    "ec2:NetworkInterface": "eni",
    "ec2:PrefixList": "pl",
    "ec2:RouteTable": "rtb",
    "ec2:RouteTableAssociation": "rtbassoc",
    "ec2:SecurityGroup": "sg",
    "ec2:SecurityGroupEgress": "sgr",
    "ec2:SecurityGroupIngress": "sgr",
    "ec2:SecurityGroupRule": "sgrule",
    "ec2:Subnet": "subnet",
    "ec2:SubnetNetworkAclAssociation": "aclassoc",
    "ec2:SubnetRouteTableAssociation": "rtbassoc",
    "ec2:TransitGateway": "tgw",
    "ec2:TransitGatewayAttachment": "tgw-attach",
    "ec2:TransitGatewayRouteTable": "tgw-rtb",
    "ec2:TransitGatewayVpcAttachment": "tgw-attach",
    "ec2:VpcDhcpOptions": "dopt",
    "ec2:VpcEndpoint": "vpce",
    "ec2:VpcEndpointService": "vpce-svc",
    "ec2:VpcIpv4CidrBlockAssociation": "vpc-cidr-assoc",
    "ec2:VpcIpv6CidrBlockAssociation": "vpc-cidr-assoc",
    "ec2:VpcPeeringConnection": "pcx",
    "ec2:VpnConnection": "vpn",
    "ec2:VpnGateway": "vgw",
    "ec2transitgateway:RouteTable": "tgw-rtb",
    "ec2transitgateway:TransitGateway": "tgw",
    "ec2transitgateway:VpcAttachment": "tgw-attach",
    "efs:FileSystem": "fs",
    "efs:MountTarget": "fsmt",
    "route53:ProfilesProfile": "rp",
    "route53:ResolverEndpoint": "rslvr-in",
    "vpclattice:ResourceConfiguration": "rcfg",
    "vpclattice:ServiceNetwork": "sn",
    "route53profiles:Profile": "rp",
    "vpc:SecurityGroupEgressRule": "sgr",
    "vpc:SecurityGroupIngressRule": "sgr",
};

/** Kinds whose id is that of the resource they belong to. */
const borrowed: Readonly<Record<string, string>> = {
    "ec2:DefaultNetworkAcl": "defaultNetworkAclId",
    "ec2:DefaultRouteTable": "defaultRouteTableId",
    "ec2:VpcEndpointPolicy": "vpcEndpointId",
    "ec2:VpcEndpointServicePermissions": "serviceId",
    "ec2:VpcPeeringConnectionAccepter": "vpcPeeringConnectionId",
    "s3:BucketPolicy": "bucket",
    "vpc:EndpointPrivateDns": "vpcEndpointId",
};

/** Kinds that are identified by their ARN, and the path in it. */
const arnPaths: Readonly<Record<string, (name: string, hash: string) => string>> = {
    "ecs:Cluster": name => `cluster/${name}`,
    "ecs:Service": name => `service/default/${name}`,
    "elasticloadbalancingv2:LoadBalancer": (name, hash) => `loadbalancer/app/${name}/${hash}`,
    "elasticloadbalancingv2:TargetGroup": (name, hash) => `targetgroup/${name}/${hash}`,
    "elasticloadbalancingv2:Listener": (name, hash) => `listener/app/${name}/${hash}/${hash}`,
    "iam:ManagedPolicy": name => `policy/${name}`,
    "iam:Policy": name => `policy/${name}`,
    "secretsmanager:Secret": (name, hash) => `secret:${name}-${hash.slice(0, 6)}`,
    "sns:Topic": name => name,
};

/** The same things under the names of the other provider, or of an older module. */
const synonyms: Readonly<Record<string, string>> = { alb: "elasticloadbalancingv2", lb: "elasticloadbalancingv2" };

export function idOf(resource: Omit<Resource, "id">): string {
    const { kind, name, inputs, native, region, vpc } = resource;
    const [module = "", type = ""] = kind.split(":");
    const seed = `${kind} ${name}`;
    const given = (property: string): string => text(inputs[property]) ?? "";
    const prefix = prefixes[kind];
    const owner = borrowed[kind];
    if (prefix !== undefined) {
        return inVpc(prefix, seed, vpc);
    }
    if (owner !== undefined) {
        return given(owner);
    }
    const service = synonyms[module] ?? module;
    const path = arnPaths[`${service}:${type}`];
    const physicalName =
        text(inputs["name"]) ?? text(inputs[`${type.charAt(0).toLowerCase()}${type.slice(1)}Name`]) ?? name;
    if (path !== undefined) {
        const arnService = service === "elasticloadbalancingv2" ? "elasticloadbalancing" : service;
        return arn(arnService, region, path(physicalName, digits(seed, 16)));
    }
    switch (kind) {
        case "ec2:Vpc":
        case "ec2:DefaultVpc":
            return vpcId(vpc);
        case "ec2:DefaultSecurityGroup":
            return inVpc("sg", "default", vpc);
        case "ec2:Eip": {
            const allocation = inVpc("eipalloc", seed, vpc);
            return native ? `${address(seed, 54)}|${allocation}` : allocation;
        }
        case "ec2:Route": {
            const destination =
                text(inputs["destinationCidrBlock"]) ??
                text(inputs["destinationIpv6CidrBlock"]) ??
                given("destinationPrefixListId");
            const table = given("routeTableId");
            return native ? `${table}|${destination}` : `r-${table}${Number.parseInt(digits(destination, 8), 16)}`;
        }
        case "ec2:VpcGatewayAttachment":
            return `${inputs["vpnGatewayId"] === undefined ? "IGW" : "VGW"}|${given("vpcId")}`;
        case "ec2:InternetGatewayAttachment":
            return `${given("internetGatewayId")}:${given("vpcId")}`;
        case "ec2:VpcEndpointRouteTableAssociation":
        case "ec2:VpcEndpointSubnetAssociation":
        case "ec2:SecurityGroupAssociation":
            return `a-${given("vpcEndpointId")}${Number.parseInt(digits(seed, 8), 16)}`;
        case "ec2:VpcEndpointServiceAllowedPrinciple":
            return `a-${given("vpcEndpointServiceId")}${Number.parseInt(digits(seed, 8), 16)}`;
        case "ec2:VpnGatewayAttachment":
            return `vpn-attachment-${digits(seed, 8)}`;
        case "ec2:VpnGatewayRoutePropagation":
            return `${given("vpnGatewayId")}_${given("routeTableId")}`;
        case "route53:Zone":
        case "route53:HostedZone":
            return `Z${digits(seed, 20).toUpperCase()}`;
        case "route53:ZoneAssociation":
            return `${given("zoneId")}:${given("vpcId")}`;
        case "ecs:TaskDefinition": {
            const family = text(inputs["family"]) ?? name;
            return native ? arn("ecs", region, `task-definition/${family}:1`) : family;
        }
        case "sqs:Queue":
            return `https://sqs.${region}.amazonaws.com/${account}/${physicalName}`;
        case "kms:Key":
            return `${digits(seed, 8)}-0000-4000-8000-${digits(`${seed} `, 12)}`;
        case "rds:Instance":
            return `db-${digits(seed, 26).toUpperCase()}`;
        case "rds:Cluster":
            return text(inputs["clusterIdentifier"]) ?? name;
        case "s3:Bucket":
        case "s3:BucketV2":
            return text(inputs["bucket"]) ?? text(inputs["bucketName"]) ?? name;
        case "dynamodb:Table":
            return text(inputs["name"]) ?? text(inputs["tableName"]) ?? name;
        default:
            return physicalName;
    }
}
