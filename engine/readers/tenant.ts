import { see } from "../../network/knowledge";
import { References, Several } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import { LaunchTemplate, type Role, SubnetGroup, Tenant } from "../../network/tenant";
import { launchTemplates, subnets } from "../kinds";
import type { Properties } from "../properties";
import { reader, type Readers } from "./reader";

/** Whether something gets a public address; undefined where the author does not say. May throw {@link Unseen}. */
type Public = (p: Properties) => boolean | undefined;

const never: Public = () => undefined;

/** The subnets that several properties name together. */
function together(p: Properties, ...parts: readonly (() => Several<Subnet>)[]): References<Subnet> {
    return new References(`the subnets of ${p.source.name}`, () => Several.union(...parts.map(part => part())));
}

function tenant(
    types: readonly string[],
    noun: string,
    role: Role,
    subnetsOf: (p: Properties) => References<Subnet>,
    publicBy?: string,
    publicAddress: Public = never,
    ids: readonly string[] = [],
): Readers {
    return reader(
        types,
        noun,
        [],
        (p, parts) => {
            const made = new Tenant(p.source, noun, role, {
                subnets: subnetsOf(p),
                publicAddress: () => publicAddress(p),
                publicBy,
            });
            parts.tenants.push(made);
            return made;
        },
        ids,
    );
}

/** The subnets that a property names, given by the names that lead to it. */
function at(...path: readonly string[]): (p: Properties) => References<Subnet> {
    return p => {
        const nested = path.slice(0, -1).reduce((outer, name) => outer.item(name), p);
        return nested.references(subnets, ...path.slice(-1));
    };
}

/** Whether any network interface that is described in place gets a public address. */
const byInterface: Public = p => {
    const interfaces = p.items("networkInterfaces");
    return interfaces.isEmpty
        ? undefined
        : interfaces.some(item => see(item.flagOr("associatePublicIpAddress", false)));
};

const instanceSubnets = (p: Properties): References<Subnet> =>
    together(
        p,
        () => p.references(subnets, "subnetId").all,
        () =>
            p
                .items("networkInterfaces")
                .flatMap(item => item.references(subnets, "subnetId", "networkInterfaceId").all),
        () => p.item("primaryNetworkInterface").references(subnets, "networkInterfaceId").all,
    );

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

/** The first of several ways that says anything. */
function oneOf(...ways: readonly Public[]): Public {
    return p => ways.reduce<boolean | undefined>((answer, way) => answer ?? way(p), undefined);
}

function flag(...path: readonly string[]): Public {
    return p =>
        see(
            path
                .slice(0, -1)
                .reduce((outer, name) => outer.item(name), p)
                .authoredFlag(path.at(-1) ?? ""),
        );
}

/** An address that is bound to an instance or a network interface; one that is not is in no subnet. */
const bound = (p: Properties): References<Subnet> =>
    p.authoredReferences(subnets, "instance", "instanceId", "networkInterface", "networkInterfaceId");

const internetFacing: Public = p => {
    const scheme = see(p.text("scheme"));
    const type = see(p.text("loadBalancerType")) ?? see(p.text("type"));
    return (
        type !== "gateway" &&
        (scheme === undefined ? see(p.authoredFlag("internal")) !== true : scheme === "internet-facing")
    );
};

const balancerSubnets = (p: Properties): References<Subnet> =>
    together(
        p,
        () => p.references(subnets, "subnets").all,
        () => p.items("subnetMappings").flatMap(item => item.references(subnets, "subnetId").all),
    );

const groupSubnets = (p: Properties): References<Subnet> =>
    p.references(subnets, "vpcZoneIdentifiers", "vpcZoneIdentifier");

function subnetGroup(...types: readonly string[]): Readers {
    return reader(
        types,
        "subnet group",
        ["subnetIds"],
        p => new SubnetGroup(p.source, p.references(subnets, "subnetIds")),
        ["name", "dbSubnetGroupName", "replicationSubnetGroupId"],
    );
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html says what gives a resource a public IPv4 address. */
export const tenantReaders: Readers = [
    ...tenant(
        ["aws:ec2/instance:Instance", "aws-native:ec2:Instance"],
        "instance",
        "client",
        instanceSubnets,
        "associatePublicIpAddress",
        oneOf(flag("associatePublicIpAddress"), byInterface, byTemplate),
        ["instanceId", "primaryNetworkInterfaceId"],
    ),
    ...tenant(
        ["aws:ec2/spotInstanceRequest:SpotInstanceRequest"],
        "spot instance request",
        "client",
        instanceSubnets,
        "associatePublicIpAddress",
        flag("associatePublicIpAddress"),
    ),
    ...tenant(
        ["aws:ec2/networkInterface:NetworkInterface", "aws-native:ec2:NetworkInterface"],
        "network interface",
        "other",
        at("subnetId"),
        undefined,
        never,
        ["awsId"],
    ),
    ...tenant(["aws:ec2/eip:Eip", "aws-native:ec2:Eip"], "Elastic IP", "other", bound, undefined, () => true),
    ...tenant(
        ["aws:ec2/eipAssociation:EipAssociation", "aws-native:ec2:EipAssociation"],
        "Elastic IP association",
        "other",
        bound,
        undefined,
        () => true,
    ),
    ...tenant(
        ["aws:autoscaling/group:Group", "aws-native:autoscaling:AutoScalingGroup"],
        "Auto Scaling group",
        "client",
        groupSubnets,
        "associatePublicIpAddress of its launch template",
        byTemplate,
    ),
    ...tenant(
        ["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"],
        "ECS service",
        "client",
        at("networkConfiguration", "subnets"),
        "assignPublicIp",
        flag("networkConfiguration", "assignPublicIp"),
    ),
    ...tenant(
        ["aws-native:ecs:Service", "aws-native:ecs:TaskSet"],
        "ECS service",
        "client",
        at("networkConfiguration", "awsvpcConfiguration", "subnets"),
        "assignPublicIp",
        flag("networkConfiguration", "awsvpcConfiguration", "assignPublicIp"),
    ),
    ...tenant(
        ["aws:lambda/function:Function", "aws-native:lambda:Function"],
        "Lambda function",
        "client",
        at("vpcConfig", "subnetIds"),
    ),
    ...tenant(["aws:eks/nodeGroup:NodeGroup"], "EKS node group", "client", at("subnetIds")),
    ...tenant(["aws:eks/fargateProfile:FargateProfile"], "EKS Fargate profile", "client", at("subnetIds")),
    ...tenant(["aws:eks/cluster:Cluster"], "EKS cluster", "other", at("vpcConfig", "subnetIds")),
    ...tenant(["aws:codebuild/project:Project"], "CodeBuild project", "client", at("vpcConfig", "subnets")),
    ...tenant(
        ["aws:batch/computeEnvironment:ComputeEnvironment"],
        "Batch compute environment",
        "client",
        at("computeResources", "subnets"),
    ),
    ...tenant(["aws:sagemaker/notebookInstance:NotebookInstance"], "notebook instance", "client", at("subnetId")),
    ...tenant(
        ["aws:glue/connection:Connection"],
        "Glue connection",
        "client",
        at("physicalConnectionRequirements", "subnetId"),
    ),
    ...tenant(
        ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance", "aws-native:rds:DbInstance"],
        "DB instance",
        "other",
        at("dbSubnetGroupName"),
        "publiclyAccessible",
        flag("publiclyAccessible"),
    ),
    ...tenant(["aws:rds/cluster:Cluster"], "DB cluster", "other", at("dbSubnetGroupName")),
    ...tenant(
        ["aws:redshift/cluster:Cluster"],
        "Redshift cluster",
        "other",
        at("clusterSubnetGroupName"),
        "publiclyAccessible",
        p => see(p.flag("publiclyAccessible")),
    ),
    ...tenant(
        ["aws:mq/broker:Broker"],
        "MQ broker",
        "other",
        at("subnetIds"),
        "publiclyAccessible",
        flag("publiclyAccessible"),
    ),
    ...tenant(
        ["aws:dms/replicationInstance:ReplicationInstance"],
        "DMS replication instance",
        "other",
        at("replicationSubnetGroupId"),
        "publiclyAccessible",
        flag("publiclyAccessible"),
    ),
    ...tenant(
        [
            "aws:lb/loadBalancer:LoadBalancer",
            "aws:alb/loadBalancer:LoadBalancer",
            "aws:elb/loadBalancer:LoadBalancer",
            "aws-native:elasticloadbalancingv2:LoadBalancer",
        ],
        "load balancer",
        "carrier",
        balancerSubnets,
        "its internet-facing scheme",
        internetFacing,
    ),
    ...tenant(
        ["aws:ec2transitgateway/vpcAttachment:VpcAttachment", "aws-native:ec2:TransitGatewayVpcAttachment"],
        "transit gateway attachment",
        "carrier",
        at("subnetIds"),
    ),
    ...tenant(["aws:networkmanager/vpcAttachment:VpcAttachment"], "core network attachment", "carrier", p =>
        p.references(subnets, "subnetArns"),
    ),
    ...tenant(
        ["aws:networkfirewall/firewall:Firewall"],
        "firewall",
        "carrier",
        p => together(p, () => p.items("subnetMappings").flatMap(item => item.references(subnets, "subnetId").all)),
        undefined,
        never,
        ["firewallStatuses"],
    ),
    ...tenant(
        ["aws:elasticache/cluster:Cluster", "aws:elasticache/replicationGroup:ReplicationGroup"],
        "cache",
        "other",
        at("subnetGroupName"),
    ),
    ...subnetGroup(
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:redshift/subnetGroup:SubnetGroup",
        "aws:elasticache/subnetGroup:SubnetGroup",
        "aws:dms/replicationSubnetGroup:ReplicationSubnetGroup",
        "aws-native:rds:DbSubnetGroup",
    ),
    ...reader(
        ["aws:ec2/launchTemplate:LaunchTemplate"],
        "launch template",
        [],
        p => new LaunchTemplate(p.source, () => byInterface(p)),
        ["name"],
    ),
    ...reader(
        ["aws-native:ec2:LaunchTemplate"],
        "launch template",
        ["launchTemplateData"],
        p => new LaunchTemplate(p.source, () => byInterface(p.item("launchTemplateData"))),
        ["launchTemplateId", "launchTemplateName"],
    ),
    ...reader(
        ["aws:ec2/launchConfiguration:LaunchConfiguration"],
        "launch configuration",
        [],
        p => new LaunchTemplate(p.source, () => flag("associatePublicIpAddress")(p)),
        ["name"],
    ),
];
