import { createHash } from "node:crypto";
import { policyDocument } from "./policy-document";
import { isObject, objectsOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";

/** Where a program's data sources look. */
export interface Place {
    readonly region: string;
    readonly partition: string;
    /** The domain of the partition's service endpoints. */
    readonly dnsSuffix: string;
}

/** An account like the ones in AWS's own examples. */
const account = "123456789012";

/** Partitions by what their regions' names start with; all others are in `aws`. Source: AWS SDK's partitions.json. */
const partitions: readonly (readonly [prefix: string, partition: string, dnsSuffix: string])[] = [
    ["cn-", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-", "aws-us-gov", "amazonaws.com"],
    ["us-isob-", "aws-iso-b", "sc2s.sgov.gov"],
    ["us-isof-", "aws-iso-f", "csp.hci.ic.gov"],
    ["eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"],
    ["us-iso-", "aws-iso", "c2s.ic.gov"],
    ["eusc-", "aws-eusc", "amazonaws.eu"],
];

/** The place of a region. */
export function placeOf(region: string): Place {
    const found = partitions.find(([prefix]) => region.startsWith(prefix));
    const [, partition, dnsSuffix] = found ?? ["", "aws", "amazonaws.com"];
    return { region, partition, dnsSuffix };
}

/** Works out what a data source answers; an Error that it throws is the data source's own. */
type Answer = (args: Properties, place: Place) => Properties;

/** The data sources whose answers are worked out exactly, and not made up. */
export const exactDataSources: Readonly<Record<string, Answer>> = {
    "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
    "aws:index/getArn:getArn": ({ arn }) => {
        const [, partition = "", service = "", region = "", owner = "", ...resource] = stringOf(arn).split(":");
        return { partition, service, region, account: owner, resource: resource.join(":") };
    },
    "aws-native:index:cidr": ({ ipBlock, count, cidrBits }) => ({
        subnets: subnetsOf(stringOf(ipBlock), Number(count), Number(cidrBits)),
    }),
};

/** What data sources answer about an account that nobody looks at: plausible, and of the region and its partition. */
export const plausibleDataSources: Readonly<Record<string, Answer>> = {
    // The account and its place
    "aws:index/getRegion:getRegion": (_, { region, dnsSuffix }) => ({
        id: region,
        name: region,
        description: region,
        endpoint: `ec2.${region}.${dnsSuffix}`,
    }),
    "aws:index/getRegions:getRegions": (_, { region }) => ({ names: [region] }),
    "aws:index/getCallerIdentity:getCallerIdentity": (_, place) => ({
        id: account,
        accountId: account,
        arn: arn(place, "iam", "user/preview"),
        userId: "AIDACKCEVSQ6C2EXAMPLE",
    }),
    "aws:index/getPartition:getPartition": (_, { partition, dnsSuffix }) => ({
        id: partition,
        partition,
        dnsSuffix,
        reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    }),
    "aws:index/getService:getService": ({ serviceId, reverseDnsName }, { region, partition, dnsSuffix }) => {
        const service = stringOf(serviceId, stringOf(reverseDnsName).replace(/^.*\./, ""));
        const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
        return {
            serviceId: service,
            partition,
            reverseDnsPrefix,
            reverseDnsName: `${reverseDnsPrefix}.${region}.${service}`,
            dnsName: `${service}.${region}.${dnsSuffix}`,
            supported: true,
        };
    },
    "aws:index/getServicePrincipal:getServicePrincipal": ({ serviceName }) => ({
        name: `${stringOf(serviceName)}.amazonaws.com`,
        suffix: "amazonaws.com",
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": ({ excludeNames, excludeZoneIds }, { region }) => {
        const zones = zonesOf(region).filter(
            ({ name, zoneId }) =>
                !stringsOf(excludeNames).includes(name) && !stringsOf(excludeZoneIds).includes(zoneId),
        );
        return {
            id: region,
            groupNames: [region],
            names: zones.map(({ name }) => name),
            zoneIds: zones.map(({ zoneId }) => zoneId),
        };
    },
    "aws:index/getAvailabilityZone:getAvailabilityZone": (args, { region }) => {
        const zones = zonesOf(region);
        const zone = zones.find(({ name, zoneId }) => name === args["name"] || zoneId === args["zoneId"]) ?? zones[0];
        return {
            ...zone,
            nameSuffix: zone.name.slice(region.length),
            groupName: region,
            networkBorderGroup: region,
            optInStatus: "opt-in-not-required",
            state: "available",
            zoneType: "availability-zone",
        };
    },
    "aws:index/getIpRanges:getIpRanges": () => ({
        cidrBlocks: ["52.216.0.0/15"],
        ipv6CidrBlocks: ["2600:1ff0::/32"],
        createDate: "2026-01-01-00-00-00",
        syncToken: 1,
    }),
    "aws:index/getDefaultTags:getDefaultTags": () => ({ tags: {} }),
    "aws:organizations/getOrganization:getOrganization": (_, place) => ({
        id: "o-exampleorgid",
        arn: arn(place, "organizations", "organization/o-exampleorgid"),
        masterAccountId: account,
        masterAccountArn: arn(place, "organizations", `account/o-exampleorgid/${account}`),
        masterAccountEmail: "root@example.com",
        masterAccountName: "root",
        featureSet: "ALL",
        accounts: [],
        nonMasterAccounts: [],
        awsServiceAccessPrincipals: [],
        enabledPolicyTypes: [],
        roots: [{ id: "r-exam", arn: "", name: "Root", policyTypes: [] }],
    }),

    // The network
    "aws:ec2/getVpc:getVpc": (args, place) => {
        const id = stringOf(args["id"], resourceId("vpc", args));
        return {
            id,
            arn: arn(place, "ec2", `vpc/${id}`),
            cidrBlock: "10.0.0.0/16",
            cidrBlockAssociations: [
                { associationId: resourceId("vpc-cidr-assoc", args), cidrBlock: "10.0.0.0/16", state: "associated" },
            ],
            default: false,
            dhcpOptionsId: resourceId("dopt", args),
            enableDnsHostnames: true,
            enableDnsSupport: true,
            enableNetworkAddressUsageMetrics: false,
            instanceTenancy: "default",
            ipv6AssociationId: "",
            ipv6CidrBlock: "",
            ipv6CidrBlockAssociations: [],
            mainRouteTableId: resourceId("rtb", args),
            ownerId: account,
            state: "available",
            tags: {},
        };
    },
    "aws:ec2/getVpcs:getVpcs": args => ({ ids: [resourceId("vpc", args)], tags: {} }),
    "aws:ec2/getSubnets:getSubnets": (args, { region }) => ({
        ids: zonesOf(region).map(({ name }) => resourceId("subnet", args, name)),
        tags: {},
    }),
    "aws:ec2/getSubnet:getSubnet": (args, place) => {
        const id = stringOf(args["id"], resourceId("subnet", args));
        const [zone] = zonesOf(place.region);
        return {
            id,
            arn: arn(place, "ec2", `subnet/${id}`),
            vpcId: resourceId("vpc", args),
            cidrBlock: "10.0.1.0/24",
            availabilityZone: zone.name,
            availabilityZoneId: zone.zoneId,
            availableIpAddressCount: 251,
            assignIpv6AddressOnCreation: false,
            customerOwnedIpv4Pool: "",
            defaultForAz: false,
            enableDns64: false,
            enableLniAtDeviceIndex: 0,
            enableResourceNameDnsARecordOnLaunch: false,
            enableResourceNameDnsAaaaRecordOnLaunch: false,
            ipv6CidrBlock: "",
            ipv6CidrBlockAssociationId: "",
            ipv6Native: false,
            mapCustomerOwnedIpOnLaunch: false,
            mapPublicIpOnLaunch: false,
            outpostArn: "",
            ownerId: account,
            privateDnsHostnameTypeOnLaunch: "ip-name",
            state: "available",
            tags: {},
        };
    },
    "aws:ec2/getRouteTable:getRouteTable": (args, place) => {
        const id = stringOf(args["routeTableId"], resourceId("rtb", args));
        return {
            id,
            routeTableId: id,
            arn: arn(place, "ec2", `route-table/${id}`),
            vpcId: resourceId("vpc", args),
            subnetId: "",
            gatewayId: "",
            associations: [],
            routes: [],
            ownerId: account,
            tags: {},
        };
    },
    "aws:ec2/getRouteTables:getRouteTables": args => ({ ids: [resourceId("rtb", args)], tags: {} }),
    "aws:ec2/getSecurityGroup:getSecurityGroup": (args, place) => {
        const id = stringOf(args["id"], resourceId("sg", args));
        return {
            id,
            arn: arn(place, "ec2", `security-group/${id}`),
            name: "default",
            description: "default VPC security group",
            vpcId: resourceId("vpc", args),
            tags: {},
        };
    },
    "aws:ec2/getSecurityGroups:getSecurityGroups": (args, place) => {
        const id = resourceId("sg", args);
        return {
            ids: [id],
            arns: [arn(place, "ec2", `security-group/${id}`)],
            vpcIds: [resourceId("vpc", args)],
            tags: {},
        };
    },
    "aws:ec2/getInternetGateway:getInternetGateway": (args, place) => {
        const id = stringOf(args["internetGatewayId"], resourceId("igw", args));
        return {
            id,
            internetGatewayId: id,
            arn: arn(place, "ec2", `internet-gateway/${id}`),
            attachments: [],
            ownerId: account,
            tags: {},
        };
    },
    "aws:ec2/getNatGateway:getNatGateway": args => ({
        id: stringOf(args["id"], resourceId("nat", args)),
        allocationId: resourceId("eipalloc", args),
        connectivityType: "public",
        networkInterfaceId: resourceId("eni", args),
        privateIp: "10.0.0.10",
        publicIp: "203.0.113.10",
        state: "available",
        subnetId: resourceId("subnet", args),
        vpcId: resourceId("vpc", args),
        tags: {},
    }),
    "aws:ec2/getPrefixList:getPrefixList": (args, { region }) => ({
        id: stringOf(args["prefixListId"], resourceId("pl", args).slice(0, 11)),
        name: prefixListName(args, region),
        cidrBlocks: ["52.216.0.0/15", "54.231.0.0/16"],
    }),
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, place) => {
        const id = stringOf(args["id"], resourceId("pl", args).slice(0, 11));
        return {
            id,
            arn: arn(place, "ec2", `prefix-list/${id}`, "aws"),
            name: prefixListName(args, place.region),
            addressFamily: "IPv4",
            entries: [
                { cidr: "52.216.0.0/15", description: "" },
                { cidr: "54.231.0.0/16", description: "" },
            ],
            maxEntries: 2,
            ownerId: "AWS",
            tags: {},
            version: 1,
        };
    },
    "aws:ec2/getManagedPrefixLists:getManagedPrefixLists": args => ({
        ids: [resourceId("pl", args).slice(0, 11)],
        tags: {},
    }),
    "aws:ec2/getVpcEndpointService:getVpcEndpointService": (args, place) => {
        const { region, dnsSuffix } = place;
        const service = stringOf(args["service"], stringOf(args["serviceName"]).replace(/^.*\./, ""));
        const id = resourceId("vpce-svc", args);
        const serviceType = stringOf(
            args["serviceType"],
            ["s3", "dynamodb"].includes(service) ? "Gateway" : "Interface",
        );
        return {
            id,
            serviceId: id,
            serviceName: stringOf(args["serviceName"], `com.amazonaws.${region}.${service}`),
            serviceType,
            serviceRegion: region,
            arn: arn(place, "ec2", `vpc-endpoint-service/${id}`),
            acceptanceRequired: false,
            availabilityZones: zonesOf(region).map(({ name }) => name),
            baseEndpointDnsNames: [`${service}.${region}.vpce.${dnsSuffix}`],
            managesVpcEndpoints: false,
            owner: "amazon",
            privateDnsName: serviceType === "Interface" ? `${service}.${region}.${dnsSuffix}` : "",
            privateDnsNames: serviceType === "Interface" ? [`${service}.${region}.${dnsSuffix}`] : [],
            supportedIpAddressTypes: ["ipv4"],
            tags: {},
            vpcEndpointPolicySupported: true,
        };
    },
    "aws:ec2/getVpcEndpoint:getVpcEndpoint": (args, place) => {
        const id = stringOf(args["id"], resourceId("vpce", args));
        return {
            id,
            arn: arn(place, "ec2", `vpc-endpoint/${id}`),
            serviceName: stringOf(args["serviceName"], `com.amazonaws.${place.region}.s3`),
            vpcId: stringOf(args["vpcId"], resourceId("vpc", args)),
            vpcEndpointType: "Gateway",
            state: "available",
            policy: "",
            prefixListId: resourceId("pl", args).slice(0, 11),
            privateDnsEnabled: false,
            requesterManaged: false,
            ipAddressType: "ipv4",
            ownerId: account,
            cidrBlocks: [],
            dnsEntries: [],
            dnsOptions: [],
            networkInterfaceIds: [],
            routeTableIds: [],
            securityGroupIds: [],
            subnetIds: [],
            tags: {},
        };
    },
    "aws:ec2transitgateway/getTransitGateway:getTransitGateway": (args, place) => {
        const id = stringOf(args["id"], resourceId("tgw", args));
        return {
            id,
            arn: arn(place, "ec2", `transit-gateway/${id}`),
            ownerId: account,
            amazonSideAsn: 64512,
            associationDefaultRouteTableId: resourceId("tgw-rtb", args),
            propagationDefaultRouteTableId: resourceId("tgw-rtb", args),
            description: "",
            tags: {},
            transitGatewayCidrBlocks: [],
        };
    },
    "aws:route53/getZone:getZone": (args, place) => {
        const id = stringOf(args["zoneId"], `Z${digest(args).slice(0, 13).toUpperCase()}`);
        return {
            id,
            zoneId: id,
            arn: `arn:${place.partition}:route53:::hostedzone/${id}`,
            name: stringOf(args["name"], "example.com"),
            callerReference: "",
            comment: "",
            nameServers: ["ns-1.example.com", "ns-2.example.net"],
            primaryNameServer: "ns-1.example.com",
            privateZone: false,
            resourceRecordSetCount: 2,
            tags: {},
        };
    },

    // Machines
    "aws:ec2/getAmi:getAmi": (args, place) => {
        const id = resourceId("ami", args);
        return {
            id,
            imageId: id,
            arn: arn(place, "ec2", `image/${id}`, ""),
            architecture: /arm64|aarch64/.test(JSON.stringify(args)) ? "arm64" : "x86_64",
            name: "al2023-ami-2023.0.20260101.0-kernel-6.1-x86_64",
            ownerId: "137112412989",
            imageOwnerAlias: "amazon",
            creationDate: "2026-01-01T00:00:00.000Z",
            description: "",
            enaSupport: true,
            hypervisor: "xen",
            imageType: "machine",
            platformDetails: "Linux/UNIX",
            public: true,
            rootDeviceName: "/dev/xvda",
            rootDeviceType: "ebs",
            state: "available",
            virtualizationType: "hvm",
            blockDeviceMappings: [],
            productCodes: [],
            tags: {},
        };
    },
    "aws:ec2/getAmiIds:getAmiIds": args => ({ ids: [resourceId("ami", args)] }),
    "aws:ec2/getInstanceType:getInstanceType": ({ instanceType }) => ({
        id: stringOf(instanceType),
        defaultVcpus: 2,
        defaultCores: 1,
        memorySize: 8192,
        supportedArchitectures: ["x86_64"],
        maximumNetworkInterfaces: 4,
        currentGeneration: true,
        hypervisor: "nitro",
    }),
    "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering": ({ preferredInstanceTypes }, { region }) => ({
        instanceType: stringsOf(preferredInstanceTypes)[0] ?? "t3.micro",
        location: region,
    }),

    // Parameters, secrets, keys
    "aws:ssm/getParameter:getParameter": ({ name }, place) => {
        const value = /ami/.test(stringOf(name)) ? resourceId("ami", stringOf(name)) : "value";
        return {
            id: stringOf(name),
            arn: arn(place, "ssm", `parameter/${stringOf(name).replace(/^\//, "")}`),
            type: "String",
            value,
            insecureValue: value,
            version: 1,
        };
    },
    "aws:secretsmanager/getSecret:getSecret": (args, place) => {
        const name = stringOf(args["name"], "secret");
        const secretArn = stringOf(args["arn"], arn(place, "secretsmanager", `secret:${name}-AbCdEf`));
        return { id: secretArn, arn: secretArn, name, kmsKeyId: "", policy: "", description: "", tags: {} };
    },
    "aws:secretsmanager/getSecretVersion:getSecretVersion": ({ secretId }, place) => ({
        arn: arn(place, "secretsmanager", "secret:secret-AbCdEf"),
        secretArn: arn(place, "secretsmanager", "secret:secret-AbCdEf"),
        secretId: stringOf(secretId),
        secretString: "{}",
        secretBinary: "",
        versionId: "00000000-0000-0000-0000-000000000000",
        versionStages: ["AWSCURRENT"],
    }),
    "aws:kms/getKey:getKey": (args, place) => {
        const id = uuid(args);
        return {
            id,
            arn: arn(place, "kms", `key/${id}`),
            awsAccountId: account,
            enabled: true,
            keyState: "Enabled",
            keyUsage: "ENCRYPT_DECRYPT",
            keySpec: "SYMMETRIC_DEFAULT",
            keyManager: "CUSTOMER",
            origin: "AWS_KMS",
            multiRegion: false,
            multiRegionConfigurations: [],
        };
    },
    "aws:kms/getAlias:getAlias": (args, place) => ({
        arn: arn(place, "kms", stringOf(args["name"])),
        targetKeyId: uuid(args),
        targetKeyArn: arn(place, "kms", `key/${uuid(args)}`),
    }),
    "aws:acm/getCertificate:getCertificate": (args, place) => ({
        arn: arn(place, "acm", `certificate/${uuid(args)}`),
        domain: stringOf(args["domain"]),
        certificate: "",
        certificateChain: "",
        status: "ISSUED",
        tags: {},
    }),

    // Identities
    "aws:elb/getServiceAccount:getServiceAccount": (_, { partition }) => ({
        id: "127311923021",
        arn: `arn:${partition}:iam::127311923021:root`,
    }),
    "aws:elb/getHostedZoneId:getHostedZoneId": () => ({ id: "Z35SXDOTRQ7X7K" }),
    "aws:cloudtrail/getServiceAccount:getServiceAccount": (_, { partition }) => ({
        id: "086441151436",
        arn: `arn:${partition}:iam::086441151436:root`,
    }),
    "aws:index/getBillingServiceAccount:getBillingServiceAccount": (_, { partition }) => ({
        id: "386209384616",
        arn: `arn:${partition}:iam::386209384616:root`,
    }),
    "aws:s3/getCanonicalUserId:getCanonicalUserId": () => ({
        id: digest("canonical user"),
        displayName: "preview",
    }),
    "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId": () => ({
        id: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
    }),
    "aws:iam/getRole:getRole": (args, place) => ({
        id: stringOf(args["name"]),
        arn: arn(place, "iam", `role/${stringOf(args["name"])}`),
        path: "/",
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
        createDate: "2026-01-01T00:00:00Z",
        description: "",
        maxSessionDuration: 3600,
        permissionsBoundary: "",
        roleLastUseds: [],
        tags: {},
        uniqueId: "AROACKCEVSQ6C2EXAMPLE",
    }),
    "aws:iam/getPolicy:getPolicy": (args, { partition }) => {
        const name = stringOf(args["name"], stringOf(args["arn"]).replace(/^.*\//, ""));
        const policyArn = stringOf(args["arn"], `arn:${partition}:iam::aws:policy/${name}`);
        return {
            id: policyArn,
            arn: policyArn,
            name,
            path: "/",
            attachmentCount: 0,
            description: "",
            policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
            policyId: "ANPACKCEVSQ6C2EXAMPLE",
            tags: {},
        };
    },
    "aws:iam/getSessionContext:getSessionContext": ({ arn: sessionArn }) => ({
        issuerArn: stringOf(sessionArn),
        issuerId: "",
        issuerName: "",
        sessionName: "",
    }),

    // Stores and clusters
    "aws:s3/getBucket:getBucket": ({ bucket }, { region, partition, dnsSuffix }) => ({
        id: stringOf(bucket),
        arn: `arn:${partition}:s3:::${stringOf(bucket)}`,
        bucketDomainName: `${stringOf(bucket)}.s3.${dnsSuffix}`,
        bucketRegion: region,
        bucketRegionalDomainName: `${stringOf(bucket)}.s3.${region}.${dnsSuffix}`,
        hostedZoneId: "Z3AQBSTGFYJSTF",
        websiteDomain: "",
        websiteEndpoint: "",
    }),
    "aws:ecr/getRepository:getRepository": ({ name }, place) => ({
        id: stringOf(name),
        arn: arn(place, "ecr", `repository/${stringOf(name)}`),
        registryId: account,
        repositoryUrl: `${account}.dkr.ecr.${place.region}.${place.dnsSuffix}/${stringOf(name)}`,
        imageTagMutability: "MUTABLE",
        encryptionConfigurations: [],
        imageScanningConfigurations: [],
        imageTagMutabilityExclusionFilters: [],
        mostRecentImageTags: [],
        tags: {},
    }),
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_, { region, dnsSuffix }) => ({
        id: region,
        authorizationToken: "QVdTOnBhc3N3b3Jk",
        expiresAt: "2026-01-01T12:00:00Z",
        userName: "AWS",
        password: "password",
        proxyEndpoint: `https://${account}.dkr.ecr.${region}.${dnsSuffix}`,
    }),
    "aws:eks/getClusterAuth:getClusterAuth": ({ name }) => ({ id: stringOf(name), token: "k8s-aws-v1.token" }),
    "aws:sns/getTopic:getTopic": ({ name }, place) => ({
        id: arn(place, "sns", stringOf(name)),
        arn: arn(place, "sns", stringOf(name)),
        tags: {},
    }),
    "aws:sqs/getQueue:getQueue": ({ name }, place) => ({
        id: `https://sqs.${place.region}.${place.dnsSuffix}/${account}/${stringOf(name)}`,
        url: `https://sqs.${place.region}.${place.dnsSuffix}/${account}/${stringOf(name)}`,
        arn: arn(place, "sqs", stringOf(name)),
        tags: {},
    }),

    // AWS Native
    "aws-native:index:getRegion": (_, { region }) => ({ region }),
    "aws-native:index:getAccountId": () => ({ accountId: account }),
    "aws-native:index:getPartition": (_, { partition, dnsSuffix }) => ({ partition, dnsSuffix }),
    "aws-native:index:getUrlSuffix": (_, { dnsSuffix }) => ({ urlSuffix: dnsSuffix }),
    "aws-native:index:getAzs": (_, { region }) => ({ azs: zonesOf(region).map(({ name }) => name) }),
    "aws-native:index:importValue": ({ name }) => ({ value: stringOf(name) }),
    "aws-native:index:getSsmParameterString": () => ({ value: "value" }),
    "aws-native:index:getSsmParameterList": () => ({ value: ["value"] }),
};

/** The arguments stand in an answer, too, and an id and the region where the answer has none of its own. */
export function complete(args: Properties, answer: Properties, { region }: Place): Properties {
    return { id: region, region, ...args, ...answer };
}

/** An answer that the user gives in place of ours. */
interface GivenAnswer {
    readonly token: string;
    /** What the arguments must contain, so that the answer stands; anything when empty. */
    readonly args: Properties;
    readonly result: Properties;
}

/** The answers that a user gives: an object from token to result, or a list of objects with token, args and result. */
export class GivenAnswers {
    private readonly answers: readonly GivenAnswer[];

    /** Throws an Error that says what is wrong. */
    constructor(document: Json) {
        if (isObject(document)) {
            this.answers = Object.entries(document).map(([token, result]) => givenAnswer(token, { token, result }));
        } else if (Array.isArray(document)) {
            this.answers = document.map((entry: Json, index) => givenAnswer(`[${index}]`, entry));
        } else {
            throw new Error("must be an object from token to result, or a list of token, args and result");
        }
    }

    /** The first answer for a token whose arguments are among the given ones. */
    find(token: string, args: Properties): Properties | undefined {
        return this.answers.find(answer => answer.token === token && contains(args, answer.args))?.result;
    }
}

function givenAnswer(key: string, entry: Json): GivenAnswer {
    if (!isObject(entry)) throw new Error(`${key}: must be an object with token and result`);
    const { token, args = {}, result } = entry;
    if (typeof token !== "string") throw new Error(`${key}.token: must be a data source's token`);
    if (!isObject(args)) throw new Error(`${key}.args: must be an object`);
    if (!isObject(result)) throw new Error(`${key}: the result must be an object`);
    return { token, args, result };
}

function contains(whole: Json | undefined, part: Json): boolean {
    if (isObject(part)) {
        return isObject(whole) && Object.entries(part).every(([key, value]) => contains(whole[key], value));
    }
    return JSON.stringify(whole) === JSON.stringify(part);
}

function digest(seed: Json): string {
    return createHash("sha256").update(JSON.stringify(seed)).digest("hex");
}

/** An id that is always the same for the same arguments, and another for others. */
function resourceId(prefix: string, args: Json, which = ""): string {
    return `${prefix}-0${digest([args, which]).slice(0, 16)}`;
}

function uuid(args: Json): string {
    return digest(args).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

function arn({ partition, region }: Place, service: string, resource: string, owner: string = account): string {
    const global = service === "iam" || service === "organizations";
    return `arn:${partition}:${service}:${global ? "" : region}:${owner}:${resource}`;
}

/** Regions whose three zones have other letters than a, b and c. */
const zoneLetters: Readonly<Record<string, readonly [string, ...string[]]>> = {
    "ap-northeast-1": ["a", "c", "d"],
    "ca-central-1": ["a", "b", "d"],
    "us-west-1": ["a", "c"],
};

interface Zone {
    readonly name: string;
    readonly zoneId: string;
}

/** Up to three availability zones of a region, with their ids: `us-east-1a` and `use1-az1`. */
function zonesOf(region: string): readonly [Zone, ...Zone[]] {
    const short = region.replace(/north|south|east|west|central|gov/g, word => word.charAt(0)).replaceAll("-", "");
    const zone = (letter: string, number: number) => ({ name: `${region}${letter}`, zoneId: `${short}-az${number}` });
    const [first, ...others] = zoneLetters[region] ?? ["a", "b", "c"];
    return [zone(first, 1), ...others.map((letter, index) => zone(letter, index + 2))];
}

function prefixListName(args: Properties, region: string): string {
    const filter = objectsOf(args["filters"]).find(({ name }) => name === "prefix-list-name");
    return stringOf(args["name"], stringOf(stringsOf(filter?.["values"])[0], `com.amazonaws.${region}.s3`));
}

/** The first subnets of an IPv4 block, each with so many bits for its hosts, as CloudFormation's Fn::Cidr has it. */
function subnetsOf(block: string, count: number, bits: number): readonly string[] {
    const [, address = "", length = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(block) ?? [];
    const size = 2 ** bits;
    if (address === "" || count * size > 2 ** (32 - Number(length))) {
        throw new Error(`cidr: ${count} blocks of ${bits} bits do not fit in "${block}"`);
    }
    const start = address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
    return Array.from({ length: count }, (_, index) => {
        const number = start + index * size;
        return `${[24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join(".")}/${32 - bits}`;
    });
}
