import { see } from "../../network/knowledge";
import { SubnetGroup } from "../../network/tenant";
import { subnets } from "../kinds";
import { groupsByTemplate } from "./instances";
import { reader, type Readers } from "./reader";
import { at, firstOf, flag, groupsAt, tenant } from "./tenant";

function subnetGroup(...types: readonly string[]): Readers {
    return reader(
        types,
        "subnet group",
        ["subnetIds"],
        p => new SubnetGroup(p.source, p.references(subnets, "subnetIds")),
        ["name", "dbSubnetGroupName", "replicationSubnetGroupId"],
    );
}

const publiclyAccessible = { publicBy: "publiclyAccessible", publicAddress: flag("publiclyAccessible") };

/** What AWS runs in the subnets of its customers. */
export const managedReaders: Readers = [
    ...tenant(["aws:codebuild/project:Project"], "CodeBuild project", "client", {
        subnets: at("vpcConfig", "subnets"),
        groups: groupsAt("vpcConfig", "securityGroupIds"),
    }),
    ...tenant(
        ["aws:batch/computeEnvironment:ComputeEnvironment", "aws-native:batch:ComputeEnvironment"],
        "Batch compute environment",
        "client",
        {
            subnets: at("computeResources", "subnets"),
            groups: firstOf(groupsAt("computeResources", "securityGroupIds"), (p, network) =>
                groupsByTemplate(p.item("computeResources"), network),
            ),
        },
    ),
    ...tenant(["aws:sagemaker/notebookInstance:NotebookInstance"], "notebook instance", "client", {
        subnets: at("subnetId"),
        groups: groupsAt("securityGroups"),
    }),
    ...tenant(["aws-native:sagemaker:NotebookInstance"], "notebook instance", "client", {
        subnets: at("subnetId"),
        groups: groupsAt("securityGroupIds"),
    }),
    ...tenant(["aws:glue/connection:Connection"], "Glue connection", "client", {
        subnets: at("physicalConnectionRequirements", "subnetId"),
        groups: groupsAt("physicalConnectionRequirements", "securityGroupIdLists"),
    }),
    ...tenant(["aws-native:glue:Connection"], "Glue connection", "client", {
        subnets: at("connectionInput", "physicalConnectionRequirements", "subnetId"),
        groups: groupsAt("connectionInput", "physicalConnectionRequirements", "securityGroupIdList"),
    }),
    ...tenant(
        ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance", "aws-native:rds:DbInstance"],
        "DB instance",
        "other",
        { subnets: at("dbSubnetGroupName"), ...publiclyAccessible },
    ),
    ...tenant(["aws:rds/cluster:Cluster"], "DB cluster", "other", { subnets: at("dbSubnetGroupName") }),
    ...tenant(["aws:redshift/cluster:Cluster"], "Redshift cluster", "other", {
        subnets: at("clusterSubnetGroupName"),
        publicBy: "publiclyAccessible",
        publicAddress: p => see(p.flag("publiclyAccessible")),
    }),
    ...tenant(["aws:mq/broker:Broker"], "MQ broker", "other", { subnets: at("subnetIds"), ...publiclyAccessible }),
    ...tenant(["aws:dms/replicationInstance:ReplicationInstance"], "DMS replication instance", "other", {
        subnets: at("replicationSubnetGroupId"),
        ...publiclyAccessible,
    }),
    ...tenant(
        ["aws:ec2transitgateway/vpcAttachment:VpcAttachment", "aws-native:ec2:TransitGatewayVpcAttachment"],
        "transit gateway attachment",
        "carrier",
        { subnets: at("subnetIds") },
    ),
    ...tenant(["aws:networkmanager/vpcAttachment:VpcAttachment"], "core network attachment", "carrier", {
        subnets: at("subnetArns"),
    }),
    ...tenant(["aws:networkfirewall/firewall:Firewall"], "firewall", "carrier", {
        subnets: p => p.referencesWithin(subnets, "subnetMappings", "subnetId"),
        ids: ["firewallStatuses"],
    }),
    ...tenant(
        ["aws:elasticache/cluster:Cluster", "aws:elasticache/replicationGroup:ReplicationGroup"],
        "cache",
        "other",
        { subnets: at("subnetGroupName") },
    ),
    ...subnetGroup(
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:redshift/subnetGroup:SubnetGroup",
        "aws:elasticache/subnetGroup:SubnetGroup",
        "aws:dms/replicationSubnetGroup:ReplicationSubnetGroup",
        "aws-native:rds:DbSubnetGroup",
    ),
];
