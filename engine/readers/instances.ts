import { see } from "../../network/knowledge";
import type { Several } from "../../network/several";
import { References } from "../../network/several";
import type { SecurityGroup } from "../../network/security-group";
import type { Subnet } from "../../network/subnet";
import { Instances } from "../../network/instances";
import type { InstanceProfile, Role } from "../../network/role";
import { LaunchTemplate } from "../../network/tenant";
import { instanceProfiles, launchTemplates, networkInterfaces, securityGroups, subnets } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";
import {
    at,
    firstOf,
    flag,
    type Groups,
    groupsAt,
    oneOf,
    type Public,
    tenant,
    type TenantReading,
    tenants,
    together,
} from "./tenant";

/** The network interfaces that are described in place, or named there. */
function interfaces(p: Properties): Several<Properties> {
    return p.authoredItems("networkInterfaces").concat(p.authoredItems("primaryNetworkInterface"));
}

/** Whether any network interface that is described in place gets a public address. */
const byInterface: Public = p => {
    const described = p.items("networkInterfaces");
    return described.isEmpty ? undefined : described.some(item => see(item.flagOr("associatePublicIpAddress", false)));
};

const byInterfaces = (p: Properties): Several<Subnet> =>
    interfaces(p).flatMap(item => item.references(subnets, "subnetId", "networkInterfaceId").all);

const instanceSubnets = (p: Properties): References<Subnet> => {
    const isByTemplate = !["subnetId", "networkInterfaces", "primaryNetworkInterface"].some(key => p.has(key));
    const ways = isByTemplate
        ? [() => template(p).all.flatMap(made => made.subnets)]
        : [() => p.references(subnets, "subnetId").all, () => byInterfaces(p)];
    return together(p, ...ways);
};

/** The launch template or configuration that a resource names, at any of the places where the providers have it. */
function template(p: Properties): References<LaunchTemplate> {
    const mixed = p.item("mixedInstancesPolicy").item("launchTemplate").item("launchTemplateSpecification");
    const plain = p.item("launchTemplate");
    return new References(`the launch template of ${p.source.name}`, () =>
        plain
            .references(launchTemplates, "id", "name", "launchTemplateId", "launchTemplateName")
            .all.concat(
                mixed.references(launchTemplates, "launchTemplateId", "launchTemplateName").all,
                p.references(launchTemplates, "launchConfiguration", "launchConfigurationName").all,
            ),
    );
}

const byTemplate: Public = p => template(p).optional?.publicAddress;
const profileByTemplate = (p: Properties): Several<InstanceProfile> => template(p).all.flatMap(made => made.profile);
export const publicByTemplate = {
    publicBy: "associatePublicIpAddress of its launch template",
    publicAddress: byTemplate,
};
export const groupsByTemplate: Groups = p => template(p).all.flatMap(made => made.securityGroups);

const groupsByInterface: Groups = p =>
    interfaces(p).flatMap(item =>
        item
            .references(securityGroups, "securityGroups", "groupSet", "groups")
            .all.concat(item.references(networkInterfaces, "networkInterfaceId").all.flatMap(of => of.securityGroups)),
    );

const ownGroups: Groups = p =>
    p.authoredReferences(securityGroups, "vpcSecurityGroupIds", "securityGroupIds", "securityGroups").all;

const profileByName = (p: Properties): Several<InstanceProfile> =>
    p.authoredReferences(instanceProfiles, "iamInstanceProfile").all;

/** The role of the instance profile that a resource, or its launch template, names. */
const rolesOf = (p: Properties): References<Role> =>
    new References(`the role of ${p.source.name}`, () =>
        firstOf(profileByName, profileByTemplate)(p).flatMap(profile => profile.roles),
    );

function instances(types: readonly string[], noun: string, reading: TenantReading): Readers {
    return tenants(types, noun, reading, (p, facts) => new Instances(p.source, noun, facts, rolesOf(p)));
}

/** An address that is bound to an instance or a network interface; one that is not is in no subnet. */
function elasticIp(noun: string, ...types: readonly string[]): Readers {
    const bound = ["instance", "instanceId", "networkInterface", "networkInterfaceId"];
    const reading = {
        subnets: (p: Properties) => p.authoredReferences(subnets, ...bound),
        publicAddress: () => true,
    };
    return [
        ...tenant(types, noun, "other", reading),
        ...detail(types, noun, [], (p, parts) => {
            parts.elasticAddresses.push({ tenant: p.authoredReferences(networkInterfaces, ...bound) });
        }),
    ];
}

/** What resources say of what instances are launched from. */
interface TemplateReading {
    readonly publicAddress: Public;
    readonly profile: (p: Properties) => Several<InstanceProfile>;
    /** See {@link Reader.ids}. */
    readonly ids: readonly string[];
    /** The property that holds what is said, if it is not the resource itself. */
    readonly inside?: string;
}

function launchTemplate(type: string, noun: string, { inside, ...reading }: TemplateReading): Readers {
    return reader(
        [type],
        noun,
        inside === undefined ? [] : [inside],
        (p, _, network) => {
            const data = inside === undefined ? p : p.item(inside);
            return new LaunchTemplate(p.source, {
                publicAddress: () => reading.publicAddress(data),
                subnets: new References(`the subnets of ${p.source.name}`, () => byInterfaces(data)),
                securityGroups: new References<SecurityGroup>(`the security groups of ${p.source.name}`, () =>
                    firstOf(ownGroups, groupsAt("securityGroupNames"), groupsByInterface)(data, network),
                ),
                profile: new References(`the instance profile of ${p.source.name}`, () => reading.profile(data)),
            });
        },
        reading.ids,
    );
}

const ofTemplate = {
    publicAddress: byInterface,
    profile: (p: Properties) => p.item("iamInstanceProfile").references(instanceProfiles, "name", "arn").all,
};
const ofConfiguration = { publicAddress: flag("associatePublicIpAddress"), profile: profileByName };

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html says what gives a resource a public IPv4 address. */
export const instanceReaders: Readers = [
    ...instances(["aws:ec2/instance:Instance", "aws-native:ec2:Instance"], "instance", {
        subnets: instanceSubnets,
        groups: firstOf(ownGroups, groupsByInterface, groupsByTemplate),
        publicBy: "associatePublicIpAddress",
        publicAddress: oneOf(flag("associatePublicIpAddress"), byInterface, byTemplate),
        ids: ["instanceId", "primaryNetworkInterfaceId"],
    }),
    ...instances(["aws:ec2/spotInstanceRequest:SpotInstanceRequest"], "spot instance request", {
        subnets: instanceSubnets,
        groups: firstOf(ownGroups, groupsByInterface, groupsByTemplate),
        publicBy: "associatePublicIpAddress",
        publicAddress: flag("associatePublicIpAddress"),
    }),
    ...instances(["aws:autoscaling/group:Group", "aws-native:autoscaling:AutoScalingGroup"], "Auto Scaling group", {
        subnets: p => p.references(subnets, "vpcZoneIdentifiers", "vpcZoneIdentifier"),
        groups: groupsByTemplate,
        ...publicByTemplate,
    }),
    ...tenant(
        ["aws:ec2/networkInterface:NetworkInterface", "aws-native:ec2:NetworkInterface"],
        "network interface",
        "other",
        {
            subnets: at("subnetId"),
            groups: firstOf(groupsAt("securityGroups"), groupsAt("groupSet")),
            ids: ["awsId"],
        },
    ),
    ...detail(
        ["aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment"],
        "security group attachment",
        ["networkInterfaceId"],
        (p, parts) => {
            parts.groupAttachments.push({
                tenant: p.references(networkInterfaces, "networkInterfaceId"),
                securityGroup: p.references(securityGroups, "securityGroupId"),
            });
        },
    ),
    ...elasticIp("Elastic IP", "aws:ec2/eip:Eip", "aws-native:ec2:Eip"),
    ...elasticIp("Elastic IP association", "aws:ec2/eipAssociation:EipAssociation", "aws-native:ec2:EipAssociation"),
    ...launchTemplate("aws:ec2/launchTemplate:LaunchTemplate", "launch template", { ...ofTemplate, ids: ["name"] }),
    ...launchTemplate("aws-native:ec2:LaunchTemplate", "launch template", {
        ...ofTemplate,
        ids: ["launchTemplateId", "launchTemplateName"],
        inside: "launchTemplateData",
    }),
    ...launchTemplate("aws:ec2/launchConfiguration:LaunchConfiguration", "launch configuration", {
        ...ofConfiguration,
        ids: ["name"],
    }),
    ...launchTemplate("aws-native:autoscaling:LaunchConfiguration", "launch configuration", {
        ...ofConfiguration,
        ids: ["launchConfigurationName"],
    }),
];
