import { Pending, see } from "../../network/knowledge";
import { References } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import { type GroupedService, SubnetGroup } from "../../network/tenant";
import { databases, subnetGroupsOf, subnets } from "../kinds";
import type { Properties } from "../properties";
import { groupsByTemplate } from "./instances";
import { reader, type Readers } from "./reader";
import { at, firstOf, flag, groupsAt, tenant } from "./tenant";

function subnetGroup(service: GroupedService, ...types: readonly string[]): Readers {
    return reader(
        types,
        "subnet group",
        ["subnetIds"],
        p => new SubnetGroup(p.source, service, p.references(subnets, "subnetIds")),
        ["name", "dbSubnetGroupName", "replicationSubnetGroupId"],
    );
}

/** The subnets of the group that a property names: all of them. */
function inGroup(service: GroupedService, key: string): (p: Properties) => References<Subnet> {
    return p => p.references(subnetGroupsOf(service), key).to(group => group.subnets);
}

/**
 * The subnets of a DB instance: those of its own subnet group, of its cluster, or of the instance that it is a read replica of, unless it is one
 * in another Region. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function ofDatabase(p: Properties): References<Subnet> {
    const group = inGroup("rds", "dbSubnetGroupName")(p);
    const cluster = p.references(databases, "clusterIdentifier", "dbClusterIdentifier");
    const original = p.references(databases, "replicateSourceDb", "sourceDbInstanceIdentifier");
    return new References(group.what, () => {
        if (p.leftOut("dbSubnetGroupName") === true && (p.has("clusterIdentifier") || p.has("dbClusterIdentifier"))) {
            return cluster.to(one => one.subnets).all;
        }
        return p.has("dbSubnetGroupName")
            ? group.all
            : original.to(one => one.subnets).all.onlyIf(new Pending(group.what));
    });
}

const publiclyAccessible = { publicBy: "publiclyAccessible", publicAddress: flag("publiclyAccessible") };

/** Brokers get public addresses by a type of access. https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html */
function publicMsk(p: Properties): boolean {
    const access = p.item("brokerNodeGroupInfo").item("connectivityInfo").item("publicAccess");
    return see(access.textOr("type", "DISABLED")) === "SERVICE_PROVIDED_EIPS";
}

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
        { subnets: ofDatabase, ...publiclyAccessible },
    ),
    ...tenant(["aws:rds/cluster:Cluster", "aws-native:rds:DbCluster"], "DB cluster", "other", {
        subnets: inGroup("rds", "dbSubnetGroupName"),
    }),
    ...tenant(["aws:redshift/cluster:Cluster"], "Redshift cluster", "other", {
        subnets: inGroup("redshift", "clusterSubnetGroupName"),
        publicBy: "publiclyAccessible",
        publicAddress: p => see(p.flag("publiclyAccessible")),
    }),
    ...tenant(
        ["aws:redshiftserverless/workgroup:Workgroup", "aws-native:redshiftserverless:Workgroup"],
        "Redshift Serverless workgroup",
        "other",
        { subnets: at("subnetIds"), ...publiclyAccessible },
    ),
    ...tenant(["aws:msk/cluster:Cluster", "aws-native:msk:Cluster"], "MSK cluster", "other", {
        subnets: at("brokerNodeGroupInfo", "clientSubnets"),
        publicBy: "publicAccess",
        publicAddress: publicMsk,
    }),
    ...tenant(["aws:mq/broker:Broker"], "MQ broker", "other", { subnets: at("subnetIds"), ...publiclyAccessible }),
    ...tenant(["aws:dms/replicationInstance:ReplicationInstance"], "DMS replication instance", "other", {
        subnets: inGroup("dms", "replicationSubnetGroupId"),
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
        { subnets: inGroup("elasticache", "subnetGroupName") },
    ),
    ...subnetGroup("rds", "aws:rds/subnetGroup:SubnetGroup", "aws-native:rds:DbSubnetGroup"),
    ...subnetGroup("redshift", "aws:redshift/subnetGroup:SubnetGroup"),
    ...subnetGroup("elasticache", "aws:elasticache/subnetGroup:SubnetGroup"),
    ...subnetGroup("dms", "aws:dms/replicationSubnetGroup:ReplicationSubnetGroup"),
];
