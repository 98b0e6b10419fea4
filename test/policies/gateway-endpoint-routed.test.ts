import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/ec2";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/gateway-endpoint-routed";
import { table } from "../table";
import { endpoint, gateway, nativeGateway, nativeVpc, routeTable, vpc, vpcElsewhere } from "./network";

const { ec2 } = aws;

const associated = (of: aws.ec2.VpcEndpoint, routeTableId: pulumi.Input<string>) =>
    new ec2.VpcEndpointRouteTableAssociation("association", { vpcEndpointId: of.id, routeTableId });

const nativeTable = ({ vpcId }: native.Vpc) => new native.RouteTable("private", { vpcId });

table(policy, {
    why: "A gateway endpoint works by the routes that it puts into route tables. In no route table it carries nothing, and traffic keeps its old way.",
    accepts: {
        "an endpoint that names a route table": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [routeTable(v).id] });
        },
        "an endpoint in the VPC's main route table": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [v.mainRouteTableId] });
        },
        "an endpoint in the VPC's default route table, adopted": () => {
            const v = vpc();
            const main = new ec2.DefaultRouteTable("main", { defaultRouteTableId: v.defaultRouteTableId });
            gateway(v, { routeTableIds: [main.id] });
        },
        "an endpoint in a route table outside": () => gateway(vpc(), { routeTableIds: ["rtb-0123456789abcdef0"] }),
        "an endpoint in a route table that another stack has made": () =>
            gateway(vpc(), { routeTableIds: [ec2.RouteTable.get("elsewhere", "rtb-0123456789abcdef0").id] }),
        "an endpoint in a VPC outside that names a route table": () =>
            gateway({ id: "vpc-0a1b2c3d4e5f60718" }, { routeTableIds: ["rtb-0123456789abcdef0"] }),
        "one table among several": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [routeTable(v).id, "rtb-0123456789abcdef0"] });
        },
        "tables named by ids that are computed one by one": () => {
            const v = vpc();
            gateway(v, { routeTableIds: ["a", "b"].map(name => routeTable(v, [], name).id.apply(id => id.trim())) });
        },
        "a secret table id": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [pulumi.secret(routeTable(v).id)] });
        },
        "a stand-alone association": () => {
            const v = vpc();
            associated(gateway(v), routeTable(v).id);
        },
        "a stand-alone association with a table outside": () => associated(gateway(vpc()), "rtb-0123456789abcdef0"),
        "an empty list completed by a stand-alone association": () => {
            const v = vpc();
            associated(gateway(v, { routeTableIds: [] }), v.mainRouteTableId);
        },
        "an interface endpoint": () => endpoint(vpc()),
        "an interface endpoint for the same service": () => endpoint(vpc(), {}, "s3"),
        "a Gateway Load Balancer endpoint": () =>
            endpoint(vpc(), {
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
            }),
        "a resource endpoint": () =>
            new ec2.VpcEndpoint("database", {
                vpcId: vpc().id,
                vpcEndpointType: "Resource",
                resourceConfigurationArn:
                    "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718",
            }),
        "a service network endpoint": () =>
            new ec2.VpcEndpoint("services", {
                vpcId: vpc().id,
                vpcEndpointType: "ServiceNetwork",
                serviceNetworkArn: "arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/sn-0a1b2c3d4e5f60718",
            }),
        "an aws-native endpoint that names a route table": () => {
            const v = nativeVpc();
            nativeGateway(v, { routeTableIds: [nativeTable(v).routeTableId] });
        },
        "an aws-native endpoint in a table of the aws provider": () => {
            const v = vpc();
            new native.VpcEndpoint("s3", {
                vpcId: v.id,
                serviceName: "com.amazonaws.us-east-1.s3",
                routeTableIds: [routeTable(v).id],
            });
        },
        "an aws-native interface endpoint": () => nativeGateway(nativeVpc(), { vpcEndpointType: "Interface" }),
    },
    rejects: {
        "an endpoint in no route table": {
            program: () => gateway(vpc()),
            because: { s3: /^Gateway endpoint s3 for s3 is in no route table/ },
        },
        "an endpoint of the type Gateway, written out": {
            program: () => gateway(vpc(), { vpcEndpointType: "Gateway" }, "dynamodb"),
            because: { dynamodb: /^Gateway endpoint dynamodb for dynamodb is in no route table/ },
        },
        "an endpoint with an empty list": {
            program: () => gateway(vpc(), { routeTableIds: [] }),
            because: { s3: /is in no route table/ },
        },
        "an endpoint in no route table of a VPC outside": {
            program: () => gateway({ id: "vpc-0a1b2c3d4e5f60718" }),
            because: { s3: /is in no route table/ },
        },
        "an endpoint in no route table of a VPC that another stack has made": {
            program: () => gateway(vpcElsewhere()),
            because: { s3: /is in no route table/ },
        },
        "an association of another endpoint": {
            program: () => {
                const v = vpc();
                gateway(v);
                associated(gateway(v, {}, "dynamodb"), routeTable(v).id);
            },
            because: { s3: /is in no route table/ },
        },
        "an association of an endpoint outside": {
            program: () => {
                const v = vpc();
                gateway(v);
                new ec2.VpcEndpointRouteTableAssociation("association", {
                    vpcEndpointId: "vpce-0123456789abcdef0",
                    routeTableId: routeTable(v).id,
                });
            },
            because: { s3: /is in no route table/ },
        },
        "both endpoints of two, each by itself": {
            program: () => {
                const v = vpc();
                gateway(v);
                gateway(v, {}, "dynamodb");
            },
            because: { s3: /endpoint s3 /, dynamodb: /endpoint dynamodb / },
        },
        "an aws-native endpoint in no route table": {
            program: () => nativeGateway(nativeVpc()),
            because: { s3: /is in no route table/ },
        },
    },
    waitsFor: {
        "tables that are gathered by pulumi.all, since there may be none": {
            program: () => {
                const v = vpc();
                const tables = ["a", "b"].map(name => routeTable(v, [], name).id);
                gateway(v, { routeTableIds: pulumi.all(tables).apply(ids => ids.filter(id => id !== "")) });
            },
            on: ["s3"],
            then: {},
        },
        "a list of tables that is computed": {
            program: () => {
                const v = vpc();
                gateway(v, { routeTableIds: v.id.apply(() => []) });
            },
            on: ["s3"],
            then: { s3: /is in no route table/ },
        },
        "the endpoint of an association": {
            program: () => {
                const v = vpc();
                const endpoints = [
                    gateway(v),
                    gateway(v, { routeTableIds: [routeTable(v, [], "other").id] }, "dynamodb"),
                ];
                const second = pulumi.all(endpoints.map(({ id }) => id)).apply(ids => ids[1] ?? "");
                new ec2.VpcEndpointRouteTableAssociation("association", {
                    vpcEndpointId: second,
                    routeTableId: routeTable(v).id,
                });
            },
            on: ["s3"],
            then: { s3: /is in no route table/ },
        },
    },
});
