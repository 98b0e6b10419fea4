/** The values that AWS gives to computed properties, and the defaults that the bridged provider adds to the inputs. */
import {
    account,
    address,
    arn,
    defaultVpc,
    digits,
    inVpc,
    isObject,
    list,
    ofVpc,
    type Properties,
    type Resource,
    text,
    vpcId,
} from "./aws-ids";

/** Module and name of a type, alike in both providers: `ec2:VpcEndpoint`. */
export type Kind = string;
type ByKind<Value> = Readonly<Record<Kind, Value>>;

/**
 * The policy of an endpoint for which none is given, as AWS writes it
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
export const fullAccess =
    '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}';

/** Properties other than `name` for which the providers generate a name. */
export const nameProperties: ByKind<string> = {
    "dynamodb:Table": "name",
    "rds:Cluster": "clusterIdentifier",
    "rds:Instance": "identifier",
    "s3:Bucket": "bucket",
    "s3:BucketV2": "bucket",
    "iam:Role": "name",
};

/** The same for the native provider, where that differs. */
export const nativeNameProperties: ByKind<string> = {
    "iam:InstanceProfile": "instanceProfileName",
    "iam:ManagedPolicy": "managedPolicyName",
    "iam:Role": "roleName",
};

export const providerDefaults: ByKind<Properties> = {
    "cloudwatch:LogGroup": { retentionInDays: 0, skipDestroy: false },
    "ec2:DefaultSecurityGroup": { revokeRulesOnDelete: false },
    "ec2:Instance": { getPasswordData: false, sourceDestCheck: true, userDataReplaceOnChange: false },
    "ec2:NatGateway": { connectivityType: "public" },
    "ec2:NetworkInterface": { sourceDestCheck: true },
    "ec2:SecurityGroup": { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    "ec2:SecurityGroupRule": { self: false },
    "ec2:Subnet": {
        assignIpv6AddressOnCreation: false,
        enableDns64: false,
        enableResourceNameDnsARecordOnLaunch: false,
        enableResourceNameDnsAaaaRecordOnLaunch: false,
        ipv6Native: false,
        mapPublicIpOnLaunch: false,
    },
    "ec2:Vpc": { enableDnsSupport: true, instanceTenancy: "default" },
    "ec2:DefaultVpc": { enableDnsHostnames: true, enableDnsSupport: true, forceDestroy: false },
    "ec2:VpcEndpoint": { vpcEndpointType: "Gateway" },
    "ec2transitgateway:TransitGateway": {
        amazonSideAsn: 64512,
        autoAcceptSharedAttachments: "disable",
        defaultRouteTableAssociation: "enable",
        defaultRouteTablePropagation: "enable",
        dnsSupport: "enable",
        vpnEcmpSupport: "enable",
    },
    "ec2transitgateway:VpcAttachment": {
        applianceModeSupport: "disable",
        dnsSupport: "enable",
        ipv6Support: "disable",
    },
    "ecs:Service": {
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 100,
        enableEcsManagedTags: false,
        enableExecuteCommand: false,
        schedulingStrategy: "REPLICA",
        waitForSteadyState: false,
    },
    "ecs:TaskDefinition": { skipDestroy: false },
    "eks:Cluster": { bootstrapSelfManagedAddons: true },
    "iam:Role": { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    "lambda:Function": {
        memorySize: 128,
        packageType: "Zip",
        publish: false,
        reservedConcurrentExecutions: -1,
        timeout: 3,
    },
    "lb:LoadBalancer": {
        enableCrossZoneLoadBalancing: false,
        enableDeletionProtection: false,
        idleTimeout: 60,
        loadBalancerType: "application",
    },
    "rds:Instance": { autoMinorVersionUpgrade: true, publiclyAccessible: false, skipFinalSnapshot: false },
    "route53:Zone": { comment: "Managed by Pulumi", forceDestroy: false },
    "s3:Bucket": { forceDestroy: false },
    "s3:BucketV2": { forceDestroy: false },
};

export const nestedDefaults: ByKind<Readonly<Record<string, Properties>>> = {
    "ec2:DefaultSecurityGroup": { ingress: { self: false }, egress: { self: false } },
    "ec2:SecurityGroup": { ingress: { self: false }, egress: { self: false } },
    "ecs:Service": { networkConfiguration: { assignPublicIp: false } },
    "eks:Cluster": { vpcConfig: { endpointPrivateAccess: false, endpointPublicAccess: true } },
};

/** Computed properties of objects that the author gives in part. */
export const nestedComputed: ByKind<Readonly<Record<string, readonly string[]>>> = {
    "ec2:VpcEndpoint": { dnsOptions: ["dnsRecordIpType"] },
    "eks:Cluster": { vpcConfig: ["clusterSecurityGroupId", "publicAccessCidrs", "vpcId"] },
    "lambda:Function": { vpcConfig: ["vpcId"] },
    "opensearch:Domain": { vpcOptions: ["availabilityZones", "vpcId"] },
    "route53:Zone": { vpcs: ["vpcRegion"] },
};

/** Kinds whose optional properties, when left out, come back as empty texts and `false` once AWS was read. */
export const blankAfterCreation: ReadonlySet<Kind> = new Set([
    "ec2:DefaultRouteTable",
    "ec2:Eip",
    "ec2:Route",
    "ec2:RouteTableAssociation",
    "ec2:Subnet",
    "ec2:VpcEndpoint",
]);

const blankRule = {
    cidrBlocks: [],
    description: "",
    ipv6CidrBlocks: [],
    prefixListIds: [],
    securityGroups: [],
    self: false,
};
const blankAclRule = { cidrBlock: "", icmpCode: 0, icmpType: 0, ipv6CidrBlock: "" };
const blankRoute = {
    carrierGatewayId: "",
    cidrBlock: "",
    coreNetworkArn: "",
    destinationPrefixListId: "",
    egressOnlyGatewayId: "",
    gatewayId: "",
    ipv6CidrBlock: "",
    localGatewayId: "",
    natGatewayId: "",
    networkInterfaceId: "",
    transitGatewayId: "",
    vpcEndpointId: "",
    vpcPeeringConnectionId: "",
};

/** What AWS adds to objects that the author gave in part, and to the resource itself. */
export function valuesOf(resource: Resource): {
    readonly nested: Readonly<Record<string, Properties>>;
    readonly values: Properties;
} {
    const { id, inputs, kind, name, native } = resource;
    const [module = "", type = ""] = kind.split(":");
    const physicalName = text(inputs["name"]) ?? name;
    const path = paths[kind]?.(physicalName, id) ?? `${kebab(type)}/${id}`;
    const general: Properties = {
        arn: id.startsWith("arn:") ? id : arn(arnServices[module] ?? module, resource.region, path),
        awsId: id,
        namePrefix: "",
        ownerId: account,
        [`${type.charAt(0).toLowerCase()}${type.slice(1)}Id`]: id,
    };
    return {
        nested: native ? {} : (nestedValues[kind]?.(resource) ?? {}),
        values: { ...general, ...(values[kind]?.(resource) ?? {}) },
    };
}

const arnServices: Readonly<Record<string, string>> = {
    alb: "elasticloadbalancing",
    cloudwatch: "logs",
    ec2transitgateway: "ec2",
    elasticloadbalancingv2: "elasticloadbalancing",
    lb: "elasticloadbalancing",
    vpc: "ec2",
    vpclattice: "vpc-lattice",
};

/** The last part of the ARNs that are not written `type/id`. */
const paths: ByKind<(name: string, id: string) => string> = {
    "cloudwatch:LogGroup": name => `log-group:${name}`,
    "dynamodb:Table": (_, id) => `table/${id}`,
    "ec2:DefaultVpc": (_, id) => `vpc/${id}`,
    "ec2:DefaultSecurityGroup": (_, id) => `security-group/${id}`,
    "ec2:Eip": (_, id) => `elastic-ip/${id}`,
    "ecs:TaskDefinition": (_, id) => `task-definition/${id}:1`,
    "lambda:Function": name => `function:${name}`,
    "logs:LogGroup": name => `log-group:${name}`,
    "rds:Instance": name => `db:${name}`,
    "s3:Bucket": (_, id) => id,
    "s3:BucketV2": (_, id) => id,
    "sqs:Queue": name => name,
    "vpclattice:ResourceConfiguration": (_, id) => `resourceconfiguration/${id}`,
    "vpclattice:ServiceNetwork": (_, id) => `servicenetwork/${id}`,
};

function kebab(name: string): string {
    return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, "-$&").toLowerCase();
}

function zone(
    region: string,
    seed: string,
): { readonly availabilityZone: string; readonly availabilityZoneId: string } {
    const index = Number.parseInt(digits(seed, 4), 16) % 3;
    return zoneOf(`${region}${"abc".charAt(index)}`);
}

/** A zone and its id; the letters are numbered in order here, while AWS shuffles them for each account. */
function zoneOf(availabilityZone: string): { readonly availabilityZone: string; readonly availabilityZoneId: string } {
    const [, area = "", direction = "", number = "", letter = ""] =
        /^([a-z-]+?)-([a-z]+)-(\d+)([a-z])$/.exec(availabilityZone) ?? [];
    const short = direction.replaceAll(/north|south|east|west|central/g, word => word.charAt(0));
    const azNumber = letter.charCodeAt(0) - "a".charCodeAt(0) + 1;
    return { availabilityZone, availabilityZoneId: `${area.replaceAll("-", "")}${short}${number}-az${azNumber}` };
}

const nestedValues: ByKind<(resource: Resource) => Readonly<Record<string, Properties>>> = {
    "ec2:DefaultNetworkAcl": () => ({ ingress: blankAclRule, egress: blankAclRule }),
    "ec2:DefaultRouteTable": () => ({ routes: blankRoute }),
    "ec2:DefaultSecurityGroup": () => ({ ingress: blankRule, egress: blankRule }),
    "ec2:NetworkAcl": () => ({ ingress: blankAclRule, egress: blankAclRule }),
    "ec2:RouteTable": () => ({ routes: blankRoute }),
    "ec2:SecurityGroup": () => ({ ingress: blankRule, egress: blankRule }),
    "ec2:VpcEndpoint": resource => ({ dnsOptions: dnsOptions(resource) }),
    "eks:Cluster": ({ name, vpc }) => ({
        vpcConfig: {
            clusterSecurityGroupId: inVpc("sg", `eks-cluster-sg-${name}`, vpc),
            publicAccessCidrs: ["0.0.0.0/0"],
            securityGroupIds: [],
            vpcId: vpcId(vpc),
        },
    }),
    "lambda:Function": ({ vpc }) => ({ vpcConfig: { ipv6AllowedForDualStack: false, vpcId: vpcId(vpc) } }),
    "route53:Zone": ({ region }) => ({ vpcs: { vpcRegion: region } }),
};

function dnsOptions({ inputs }: Resource): Properties {
    const gateway = (inputs["vpcEndpointType"] ?? "Gateway") === "Gateway";
    const s3 = text(inputs["serviceName"])?.endsWith(".s3") ?? false;
    return {
        dnsRecordIpType: gateway ? "service-defined" : "ipv4",
        privateDnsOnlyForInboundResolverEndpoint: !gateway && s3 && inputs["privateDnsEnabled"] === true,
    };
}

function endpoint(resource: Resource): Properties {
    const { id, inputs, region, vpc } = resource;
    const type = text(inputs["vpcEndpointType"]) ?? "Gateway";
    const service = text(inputs["serviceName"]) ?? "";
    const subnetIds = list(inputs["subnetIds"]).map(String);
    const common = {
        creationTimestamp: "2026-11-24T12:00:00Z",
        dnsOptions: dnsOptions(resource),
        ipAddressType: "ipv4",
        privateDnsEnabled: false,
        requesterManaged: false,
        routeTableIds: [],
        serviceRegion: /\.([a-z]{2,4}(?:-[a-z]+)+-\d)\./.exec(service)?.[1] ?? region,
        state: "available",
        vpcEndpointType: type,
    };
    if (type === "Gateway") {
        return {
            ...common,
            cidrBlocks: ["3.5.0.0/19", "52.216.0.0/15"],
            dnsEntries: [],
            networkInterfaceIds: [],
            policy: fullAccess,
            policyDocument: fullAccess,
            prefixListId: `pl-${digits(service, 8)}`,
            securityGroupIds: [],
            subnetConfigurations: [],
            subnetIds: [],
        };
    }
    const zoneId = `Z${digits(service, 13).toUpperCase()}`;
    const host = `${id}-${digits(id, 8)}.${service.split(".").at(-1) ?? ""}.${region}.vpce.amazonaws.com`;
    const balanced = type === "GatewayLoadBalancer";
    return {
        ...common,
        cidrBlocks: [],
        // The native provider writes zone and name in one text.
        dnsEntries: balanced ? [] : resource.native ? [`${zoneId}:${host}`] : [{ dnsName: host, hostedZoneId: zoneId }],
        networkInterfaceIds: subnetIds.map(subnet => inVpc("eni", `${id} ${subnet}`, vpc)),
        policy: balanced ? "" : fullAccess,
        ...(balanced ? {} : { policyDocument: fullAccess }),
        prefixListId: "",
        securityGroupIds: balanced ? [] : [ofVpc(vpc, "sg")],
        subnetConfigurations: subnetIds.map(subnet => ({
            ipv4: address(`${id} ${subnet}`, 10),
            ipv6: "",
            subnetId: subnet,
        })),
        subnetIds: [],
    };
}

function vpcValues({ id, inputs }: Resource): Properties {
    const ipv6 = inputs["assignGeneratedIpv6CidrBlock"] === true;
    const ipv6CidrBlock = ipv6 ? `2600:1f14:${digits(id, 3)}:${digits(id, 2)}00::/56` : "";
    return {
        assignGeneratedIpv6CidrBlock: false,
        cidrBlock: "172.31.0.0/16",
        cidrBlockAssociations: [`vpc-cidr-assoc-${digits(id, 17)}`],
        defaultNetworkAcl: ofVpc(id, "acl"),
        defaultNetworkAclId: ofVpc(id, "acl"),
        defaultRouteTableId: ofVpc(id, "rtb"),
        defaultSecurityGroup: ofVpc(id, "sg"),
        defaultSecurityGroupId: ofVpc(id, "sg"),
        dhcpOptionsId: "dopt-1649d26e",
        enableDnsHostnames: false,
        enableDnsSupport: true,
        enableNetworkAddressUsageMetrics: false,
        existingDefaultVpc: true,
        instanceTenancy: "default",
        ipv6AssociationId: ipv6 ? `vpc-cidr-assoc-${digits(`${id} ipv6`, 17)}` : "",
        ipv6CidrBlock,
        ipv6CidrBlockNetworkBorderGroup: "",
        ipv6CidrBlocks: [],
        mainRouteTableId: ofVpc(id, "rtb"),
    };
}

function loadBalancer({ id, inputs, region, vpc }: Resource): Properties {
    const mapped = list(inputs["subnetMappings"]).map(item => (isObject(item) ? item["subnetId"] : undefined));
    const network = inputs["loadBalancerType"] === "network" || inputs["type"] === "network";
    return {
        arnSuffix: id.split(":loadbalancer/")[1] ?? "",
        canonicalHostedZoneId: "Z35SXDOTRQ7X7K",
        dnsName: `${text(inputs["name"]) ?? "lb"}-${Number.parseInt(digits(id, 7), 16)}.${region}.elb.amazonaws.com`,
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
        internal: false,
        ipAddressType: "ipv4",
        loadBalancerArn: id,
        scheme: "internet-facing",
        securityGroups: network ? [] : [ofVpc(vpc, "sg")],
        subnets: mapped,
        subnetMappings: list(inputs["subnets"]).map(subnetId => ({ subnetId })),
        vpcId: vpcId(vpc),
        zoneId: "Z35SXDOTRQ7X7K",
    };
}

function bucket({ id, region }: Resource): Properties {
    return {
        bucket: id,
        bucketDomainName: `${id}.s3.amazonaws.com`,
        bucketName: id,
        bucketRegion: region,
        bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
        domainName: `${id}.s3.amazonaws.com`,
        hostedZoneId: "Z3AQBSTGFYJSTF",
        regionalDomainName: `${id}.s3.${region}.amazonaws.com`,
    };
}

function transitGateway({ name, vpc }: Resource): Properties {
    const table = inVpc("tgw-rtb", name, vpc);
    return {
        associationDefaultRouteTableId: table,
        encryptionSupport: "disable",
        propagationDefaultRouteTableId: table,
        transitGatewayArn: `arn:aws:ec2:::transit-gateway/${name}`,
    };
}

function database({ id, inputs, name, region, vpc }: Resource): Properties {
    const engine = text(inputs["engine"]) ?? "mysql";
    const port = engine.includes("postgres") ? 5432 : 3306;
    const host = `${text(inputs["identifier"]) ?? name}.${digits(id, 12)}.${region}.rds.amazonaws.com`;
    return {
        address: host,
        endpoint: `${host}:${port}`,
        port,
        ...zone(region, id),
        networkType: "IPV4",
        resourceId: id,
        status: "available",
        vpcSecurityGroupIds: [ofVpc(vpc, "sg")],
    };
}

const values: ByKind<(resource: Resource) => Properties> = {
    "ec2:DefaultNetworkAcl": ({ vpc }) => ({ egress: [], ingress: [], subnetIds: [], vpcId: vpcId(vpc) }),
    "ec2:DefaultRouteTable": ({ vpc }) => ({ propagatingVgws: [], routes: [], vpcId: vpcId(vpc) }),
    "ec2:DefaultSecurityGroup": ({ vpc }) => ({
        description: "default VPC security group",
        egress: [],
        ingress: [],
        name: "default",
        vpcId: vpcId(vpc),
    }),
    "ec2:DefaultSubnet": ({ inputs, region, vpc }) => ({
        ...zoneOf(text(inputs["availabilityZone"]) ?? `${region}a`),
        cidrBlock: "172.31.0.0/20",
        mapPublicIpOnLaunch: true,
        vpcId: vpcId(vpc),
    }),
    "ec2:DefaultVpc": resource => ({ ...vpcValues(resource), enableDnsHostnames: true }),
    "ec2:Eip": ({ id, kind, name, region }) => {
        const publicIp = address(`${kind} ${name}`, 54);
        return {
            allocationId: id.split("|").at(-1),
            associationId: "",
            carrierIp: "",
            customerOwnedIp: "",
            domain: "vpc",
            instance: "",
            ipamPoolId: "",
            networkBorderGroup: region,
            networkInterface: "",
            privateDns: "",
            privateIp: "",
            ptrRecord: "",
            publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${region}.compute.amazonaws.com`,
            publicIp,
            publicIpv4Pool: "amazon",
        };
    },
    "ec2:Instance": ({ id, inputs, kind, region, vpc }) => {
        const publicIp = inputs["associatePublicIpAddress"] === true ? address(id, 54) : "";
        const subnetId = text(inputs["subnetId"]) ?? inVpc("subnet", "default", vpc);
        return {
            ...zone(region, subnetId),
            associatePublicIpAddress: false,
            instanceLifecycle: "",
            instanceState: "running",
            outpostArn: "",
            passwordData: "",
            primaryNetworkInterfaceId: inVpc("eni", `${kind} ${id}`, vpc),
            privateDns: `ip-${address(id, 10).replaceAll(".", "-")}.ec2.internal`,
            privateIp: address(id, 10),
            publicDns: publicIp === "" ? "" : `ec2-${publicIp.replaceAll(".", "-")}.compute.amazonaws.com`,
            publicIp,
            securityGroupIds: [ofVpc(vpc, "sg")],
            // Names, and only outside a VPC of one's own.
            securityGroups: [],
            spotInstanceRequestId: "",
            subnetId,
            tenancy: "default",
            vpcId: vpcId(vpc),
            vpcSecurityGroupIds: [ofVpc(vpc, "sg")],
        };
    },
    "ec2:InternetGateway": () => ({ vpcId: "" }),
    "ec2:LaunchTemplate": () => ({
        defaultVersion: 1,
        defaultVersionNumber: "1",
        latestVersion: 1,
        latestVersionNumber: "1",
    }),
    "ec2:MainRouteTableAssociation": ({ vpc }) => ({ originalRouteTableId: ofVpc(vpc, "rtb") }),
    "ec2:ManagedPrefixList": () => ({ entries: [], version: 1 }),
    "ec2:NatGateway": ({ id, inputs, vpc }) => ({
        associationId: inVpc("eipassoc", id, vpc),
        autoProvisionZones: "",
        autoScalingIps: "",
        availabilityMode: "zonal",
        eniId: inVpc("eni", id, vpc),
        networkInterfaceId: inVpc("eni", id, vpc),
        privateIp: address(id, 10),
        publicIp: inputs["connectivityType"] === "private" ? "" : address(id, 54),
        regionalNatGatewayAutoMode: "",
        routeTableId: "",
        vpcId: vpcId(vpc),
    }),
    "ec2:NetworkAcl": () => ({ egress: [], ingress: [], subnetIds: [] }),
    "ec2:NetworkInterface": ({ id, vpc }) => ({
        attachments: [],
        groupSet: [ofVpc(vpc, "sg")],
        interfaceType: "interface",
        primaryPrivateIpAddress: address(id, 10),
        privateIp: address(id, 10),
        privateIps: [address(id, 10)],
        privateIpLists: [address(id, 10)],
        securityGroups: [ofVpc(vpc, "sg")],
        vpcId: vpcId(vpc),
    }),
    "ec2:Route": ({ inputs }) => ({
        cidrBlock: inputs["destinationCidrBlock"] ?? inputs["destinationIpv6CidrBlock"] ?? "",
        instanceId: "",
        instanceOwnerId: "",
        networkInterfaceId: "",
        origin: "CreateRoute",
        state: "active",
    }),
    "ec2:RouteTable": () => ({ propagatingVgws: [], routes: [] }),
    "ec2:SecurityGroup": ({ id, inputs, native, region, vpc }) => ({
        egress: [],
        groupId: id,
        ingress: [],
        // CloudFormation leaves AWS's own rule, the bridged provider removes it.
        ...(native
            ? { securityGroupEgress: [{ cidrIp: "0.0.0.0/0", ipProtocol: "-1" }], securityGroupIngress: [] }
            : {}),
        vpcId: text(inputs["vpcId"]) ?? vpcId(vpc === "" ? defaultVpc(region) : vpc),
    }),
    "ec2:SecurityGroupRule": ({ id }) => ({ securityGroupRuleId: `sgr-${digits(id, 17)}` }),
    "ec2:Subnet": ({ id, inputs, region }) => {
        const byId = /-az([1-9])$/.exec(text(inputs["availabilityZoneId"]) ?? "")?.[1];
        const given =
            text(inputs["availabilityZone"]) ??
            (byId === undefined ? undefined : `${region}${"abcdefghi".charAt(Number(byId) - 1)}`);
        return {
            ...(given === undefined ? zone(region, id) : zoneOf(given)),
            assignIpv6AddressOnCreation: false,
            ipv6CidrBlock: "",
            ipv6CidrBlockAssociationId: "",
            ipv6CidrBlocks: [],
            ipv6Native: false,
            mapPublicIpOnLaunch: false,
            privateDnsHostnameTypeOnLaunch: "ip-name",
        };
    },
    "ec2:TransitGateway": transitGateway,
    "ec2:Vpc": vpcValues,
    "ec2:VpcEndpoint": endpoint,
    "ec2:VpcEndpointPolicy": () => ({ policy: fullAccess }),
    "ec2:VpcEndpointService": ({ id, region }) => ({
        availabilityZones: ["a", "b"].map(letter => `${region}${letter}`),
        baseEndpointDnsNames: [`${id}.${region}.vpce.amazonaws.com`],
        managesVpcEndpoints: false,
        privateDnsName: "",
        privateDnsNameConfigurations: [],
        serviceId: id,
        serviceName: `com.amazonaws.vpce.${region}.${id}`,
        serviceType: "Interface",
        state: "Available",
        supportedIpAddressTypes: ["ipv4"],
        supportedRegions: [region],
    }),
    "ec2:VpcIpv4CidrBlockAssociation": () => ({ cidrBlock: "10.1.0.0/24" }),
    "ec2:VpcPeeringConnection": ({ inputs, region }) => ({
        acceptStatus: inputs["autoAccept"] === true ? "active" : "pending-acceptance",
        peerOwnerId: account,
        peerRegion: region,
    }),
    "ec2:VpnGateway": () => ({ amazonSideAsn: "64512", vpcId: "" }),
    "ec2transitgateway:TransitGateway": transitGateway,
    "ec2transitgateway:VpcAttachment": () => ({
        securityGroupReferencingSupport: "enable",
        transitGatewayDefaultRouteTableAssociation: true,
        transitGatewayDefaultRouteTablePropagation: true,
        vpcOwnerId: account,
    }),
    "ecr:Repository": ({ id, region }) => ({
        registryId: account,
        repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${id}`,
        repositoryUrl: `${account}.dkr.ecr.${region}.amazonaws.com/${id}`,
    }),
    "eks:Cluster": ({ id, name, region, vpc }) => ({
        identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${digits(id, 32)}` }] }],
        clusterSecurityGroupId: inVpc("sg", `eks-cluster-sg-${name}`, vpc),
        endpoint: `https://${digits(id, 32).toUpperCase()}.gr7.${region}.eks.amazonaws.com`,
        status: "ACTIVE",
    }),
    "elasticloadbalancingv2:LoadBalancer": loadBalancer,
    "iam:Role": ({ id, inputs }) => ({
        inlinePolicies: [],
        managedPolicyArns: [],
        roleId: `AROA${digits(id, 17).toUpperCase()}`,
        roleName: inputs["roleName"],
        uniqueId: `AROA${digits(id, 17).toUpperCase()}`,
    }),
    "alb:LoadBalancer": loadBalancer,
    "lb:LoadBalancer": loadBalancer,
    "networkfirewall:Firewall": ({ id, inputs, vpc }) => ({
        firewallStatuses: [
            {
                syncStates: list(inputs["subnetMappings"]).map(mapping => {
                    const subnetId = isObject(mapping) ? mapping["subnetId"] : undefined;
                    const endpointId = inVpc("vpce", `${id} ${text(subnetId) ?? ""}`, vpc);
                    return { availabilityZone: "us-east-1a", attachments: [{ endpointId, subnetId }] };
                }),
            },
        ],
    }),
    "rds:Instance": database,
    "rds:SubnetGroup": ({ vpc }) => ({ supportedNetworkTypes: ["IPV4"], vpcId: vpcId(vpc) }),
    "route53:ResolverEndpoint": ({ vpc }) => ({
        hostVpcId: vpcId(vpc),
        protocols: ["Do53"],
        resolverEndpointType: "IPV4",
    }),
    "route53:Zone": ({ id }) => ({
        nameServers: [1, 2, 3, 4].map(number => `ns-${number}.awsdns-0${number}.com`),
        primaryNameServer: "ns-1.awsdns-01.com",
        zoneId: id,
    }),
    "route53:ZoneAssociation": ({ region }) => ({ owningAccount: account, vpcRegion: region }),
    "s3:Bucket": bucket,
    "s3:BucketV2": bucket,
    "sqs:Queue": ({ id }) => ({ url: id }),
    "vpc:EndpointPrivateDns": () => ({}),
    "vpc:SecurityGroupEgressRule": ({ id }) => ({ securityGroupRuleId: id }),
    "vpc:SecurityGroupIngressRule": ({ id }) => ({ securityGroupRuleId: id }),
};
