import { Endpoint, EndpointPolicy, endpointType } from "../../network/endpoint";
import { attempt, type Fact, isUnseen, Outside, Pending, see } from "../../network/knowledge";
import { Service } from "../../network/service";
import { endpoints, endpointServices, offers, routeTables, securityGroups, subnets, vpcs } from "../kinds";
import { type Properties, textOf } from "../properties";
import { detail, reader, type Readers } from "./reader";

/** A service name that is pending is still known not to be AWS's where it is that of an endpoint service of the stack. */
function service(p: Properties): () => Fact<Service | undefined> {
    const name = p.text("serviceName");
    const own = p.references(endpointServices, "serviceName");
    return () => {
        if (!isUnseen(name)) {
            return name === undefined ? undefined : Service.parse(name);
        }
        const made = attempt(() => own.optional);
        return made === undefined || isUnseen(made) ? name : Service.unnamed(made.name);
    };
}

/** How both providers say whether private DNS for S3 is for inbound resolvers only. Without DNS options it is. */
const inboundOnly: ReadonlyMap<string, boolean> = new Map([
    ["true", true],
    ["OnlyInboundResolver", true],
    ["NotSpecified", true],
    ["false", false],
    ["AllResolvers", false],
]);

function forInboundResolverOnly(p: Properties): Fact<boolean> {
    const leftOut = p.leftOut("dnsOptions");
    if (leftOut !== false) {
        return leftOut;
    }
    const key = "privateDnsOnlyForInboundResolverEndpoint";
    const said = p.item("dnsOptions").anything(key);
    // Where options are given without it, the providers differ in what they send: only AWS can tell.
    return isUnseen(said)
        ? said
        : (inboundOnly.get(textOf(said)) ?? new Pending(`dnsOptions.${key} of endpoint ${p.source.name}`));
}

/** Whether both providers' properties for the document were left out. */
function both(one: Fact<boolean>, other: Fact<boolean>): Fact<boolean> {
    return one === true ? other : one;
}

export const endpointReaders: Readers = [
    ...reader(
        ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws-native:ec2:VpcEndpoint"],
        "endpoint",
        ["vpcId"],
        (p, parts, network) => {
            const type = p.textOr("vpcEndpointType", "Gateway");
            const policy = p.anything("policy");
            const resourceArn = p.text("resourceConfigurationArn");
            const endpoint = new Endpoint(p.source, network, {
                type: isUnseen(type) ? type : endpointType(type, p.source.name),
                service: service(p),
                resourceArn: resourceArn === undefined ? p.text("serviceNetworkArn") : resourceArn,
                offer: p.references(offers, "serviceName", "resourceConfigurationArn", "serviceNetworkArn"),
                serviceRegion: p.authoredText("serviceRegion"),
                region: p.region,
                givenRegion: p.givenRegion,
                vpc: p.references(vpcs, "vpcId"),
                policyLeftOut: both(p.leftOut("policy"), p.leftOut("policyDocument")),
                policy: policy === undefined ? p.anything("policyDocument") : policy,
                privateDns: p.flagOr("privateDnsEnabled", false),
                forInboundResolverOnly: forInboundResolverOnly(p),
                routeTables: p.references(routeTables, "routeTableIds"),
                subnets: p.references(subnets, "subnetIds"),
                addressType: p.authoredText("ipAddressType"),
                subnetCount: p.size("subnetIds"),
                securityGroups: p.references(securityGroups, "securityGroupIds"),
                groupsLeftOut: p.leftOut("securityGroupIds"),
            });
            parts.endpoints.push(endpoint);
            return endpoint;
        },
        ["awsId", "prefixListId"],
    ),
    ...reader(["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"], "endpoint policy", ["vpcEndpointId"], (p, parts) => {
        const document = p.leftOut("policy") === true ? undefined : p.anything("policy");
        const policy = new EndpointPolicy(p.source, p.references(endpoints, "vpcEndpointId"), document);
        parts.endpointPolicies.push(policy);
        return policy;
    }),
    ...detail(
        ["aws:vpc/endpointPrivateDns:EndpointPrivateDns"],
        "private DNS setting",
        ["vpcEndpointId"],
        (p, parts) => {
            parts.privateDnsSettings.push({
                endpoint: p.references(endpoints, "vpcEndpointId"),
                enabled: p.flag("privateDnsEnabled") ?? new Outside(`private DNS in ${p.source.name}`),
            });
        },
    ),
    ...detail(
        ["aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"],
        "route table association",
        ["vpcEndpointId"],
        (p, parts) => {
            parts.routeTableLinks.push({
                endpoint: p.references(endpoints, "vpcEndpointId"),
                routeTable: p.references(routeTables, "routeTableId"),
            });
        },
    ),
    ...detail(
        ["aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"],
        "subnet association",
        ["vpcEndpointId"],
        (p, parts) => {
            parts.subnetLinks.push({
                endpoint: p.references(endpoints, "vpcEndpointId"),
                subnet: p.references(subnets, "subnetId"),
            });
        },
    ),
    ...detail(
        ["aws:ec2/securityGroupAssociation:SecurityGroupAssociation"],
        "security group association",
        ["vpcEndpointId"],
        (p, parts) => {
            parts.securityGroupLinks.push({
                endpoint: p.references(endpoints, "vpcEndpointId"),
                securityGroup: p.references(securityGroups, "securityGroupId"),
                replacesDefault: () => see(p.flagOr("replaceDefaultAssociation", false)),
            });
        },
    ),
];
