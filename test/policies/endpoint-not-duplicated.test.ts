import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-not-duplicated";
import { table } from "../table";
import {
    endpoint,
    gateway,
    nativeEndpoint,
    nativeGateway,
    nativeVpc,
    privateZone,
    routeTable,
    vpc,
    vpcElsewhere,
} from "./network";

const { ec2, route53 } = aws;

const on = { privateDnsEnabled: true };

/** Two interface endpoints with private DNS, called a and b. */
const both = (services: readonly [string, string], second: Partial<aws.ec2.VpcEndpointArgs> = {}) => {
    const v = vpc();
    endpoint(v, on, services[0], "a");
    return endpoint(v, { ...on, ...second }, services[1], "b");
};

/** Two gateway endpoints, called a and b, in the route tables that are given for each. */
const routed = (
    tables: (of: aws.ec2.Vpc) => readonly [readonly pulumi.Input<string>[], readonly pulumi.Input<string>[]],
    services: readonly [string, string] = ["s3", "s3"],
) => {
    const v = vpc();
    const [one, other] = tables(v);
    gateway(v, { routeTableIds: [...one] }, services[0], "a");
    gateway(v, { routeTableIds: [...other] }, services[1], "b");
};

const nativeRouted = (...services: readonly string[]) => {
    const v = nativeVpc();
    const { routeTableId } = new native.ec2.RouteTable("private", { vpcId: v.vpcId });
    for (const [index, service] of services.entries()) {
        new native.ec2.VpcEndpoint("ab".charAt(index), {
            vpcId: v.vpcId,
            serviceName: `com.amazonaws.us-east-1.${service}`,
            routeTableIds: [routeTableId],
        });
    }
};

const logsName = "logs.us-east-1.amazonaws.com";
const partner = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718";

const byName = {
    b: /^Private DNS of endpoint b takes logs\.us-east-1\.amazonaws\.com in VPC main, as endpoint a does already: AWS refuses a second one\.$/,
};
const byZone = {
    logs: /^Private DNS of endpoint logs takes logs\.us-east-1\.amazonaws\.com in VPC main, as private hosted zone zone does already/,
};
const byRoute = {
    b: /^Gateway endpoint b for s3 is in route table private, as endpoint a is already: AWS refuses a second route to a service\.$/,
};

table(policy, {
    why: "Private DNS takes the name of a service for the whole VPC, and a route table has one route for a service. AWS refuses a second one, in the middle of the deployment.",
    page: { accepts: "a second endpoint that has private DNS off" },
    accepts: {
        "one endpoint": () => endpoint(vpc(), on),
        "endpoints for two services": () => both(["logs", "sqs"]),
        "endpoints for services whose names begin alike": () => both(["ec2", "ec2messages"]),
        "a second endpoint that has private DNS off": () => both(["logs", "logs"], { privateDnsEnabled: false }),
        "a second endpoint that leaves private DNS out": () => both(["logs", "logs"], { privateDnsEnabled: undefined }),
        "a second endpoint whose private DNS a resource of its own turns off": () =>
            new aws.vpc.EndpointPrivateDns("dns", {
                vpcEndpointId: both(["logs", "logs"]).id,
                privateDnsEnabled: false,
            }),
        "an endpoint and its FIPS twin, which has a name of its own": () => both(["kms", "kms-fips"]),
        "endpoints for one service in two Regions": () =>
            both(["s3", "s3"], { serviceName: "com.amazonaws.eu-west-1.s3", serviceRegion: "eu-west-1" }),
        "endpoints in two VPCs": () => {
            endpoint(vpc(), on, "logs", "a");
            endpoint(vpc({}, "other"), on, "logs", "b");
        },
        "an interface and a gateway endpoint for one service": () => {
            const v = vpc();
            endpoint(v, on, "s3", "a");
            gateway(v, { routeTableIds: [routeTable(v).id] });
        },
        "an endpoint without private DNS for a service whose name is pending, beside a partner's": () => {
            const v = vpc();
            const { serviceName } = new aws.ec2.VpcEndpointService("own", {
                acceptanceRequired: true,
                networkLoadBalancerArns: [],
            });
            endpoint(v, { serviceName, privateDnsEnabled: false }, "partner", "a");
            endpoint(v, { ...on, serviceName: partner }, "partner", "b");
        },
        "endpoints for two services of partners": () => {
            const v = vpc();
            endpoint(v, { ...on, serviceName: partner }, "partner", "a");
            endpoint(v, { ...on, serviceName: `${partner}0` }, "partner", "b");
        },
        "a zone of another name": () => {
            const v = vpc();
            endpoint(v, on);
            privateZone("sqs.us-east-1.amazonaws.com", v);
        },
        "a zone of a name above it": () => {
            const v = vpc();
            endpoint(v, on);
            privateZone("us-east-1.amazonaws.com", v);
        },
        "a zone of its name in another VPC": () => {
            endpoint(vpc(), on);
            privateZone(logsName, vpc({}, "other"));
        },
        "a public zone of its name": () => {
            endpoint(vpc(), on);
            privateZone(logsName);
        },
        "a zone of its name where private DNS is off": () => {
            const v = vpc();
            endpoint(v);
            privateZone(logsName, v);
        },
        "gateway endpoints for two services in one route table": () => {
            routed(
                v => {
                    const { id } = routeTable(v);
                    return [[id], [id]];
                },
                ["s3", "dynamodb"],
            );
        },
        "gateway endpoints for one service in two route tables": () => {
            routed(v => [[routeTable(v).id], [routeTable(v, [], "other").id]]);
        },
        "gateway endpoints for one service of which one is in no route table": () => {
            routed(v => [[routeTable(v).id], []]);
        },
        "aws-native gateway endpoints for two services in one route table": () => {
            nativeRouted("s3", "dynamodb");
        },
        "aws-native endpoints of which one has private DNS off": () => {
            const v = nativeVpc();
            nativeEndpoint(v, on);
            new native.ec2.VpcEndpoint("other", {
                vpcId: v.vpcId,
                vpcEndpointType: "Interface",
                serviceName: "com.amazonaws.us-east-1.logs",
            });
        },
    },
    rejects: {
        "two interface endpoints for one service": { program: () => both(["logs", "logs"]), because: byName },
        "two interface endpoints for one service, by a data source and by its name": {
            program: () => {
                const v = vpc();
                endpoint(v, on, "logs", "a");
                const serviceName = ec2.getVpcEndpointServiceOutput({ service: "logs" }).serviceName;
                endpoint(v, { ...on, serviceName }, "logs", "b");
            },
            because: byName,
        },
        "the later name, whatever the order of the program": {
            program: () => {
                const v = vpc();
                endpoint(v, on, "logs", "b");
                endpoint(v, on, "logs", "a");
            },
            because: byName,
        },
        "three interface endpoints for one service, each but the first": {
            program: () => {
                const v = vpc();
                ["a", "b", "c"].map(name => endpoint(v, on, "logs", name));
            },
            because: { b: /as endpoint a does already/, c: /as endpoint a and endpoint b does already/ },
        },
        "private DNS that a resource of its own turns on": {
            program: () =>
                new aws.vpc.EndpointPrivateDns("dns", {
                    vpcEndpointId: both(["logs", "logs"], { privateDnsEnabled: undefined }).id,
                    privateDnsEnabled: true,
                }),
            because: byName,
        },
        "two endpoints for one service in China, with and without the prefix of its partition": {
            program: () => {
                const v = vpc();
                endpoint(v, { ...on, serviceName: "com.amazonaws.cn-north-1.sts" }, "sts", "a");
                endpoint(v, { ...on, serviceName: "cn.com.amazonaws.cn-north-1.sts" }, "sts", "b");
            },
            because: { b: /takes sts\.cn-north-1\.amazonaws\.com\.cn in VPC main/ },
        },
        "two endpoints for one service of a partner": {
            program: () => {
                const v = vpc();
                ["a", "b"].map(name => endpoint(v, { ...on, serviceName: partner }, "partner", name));
            },
            because: { b: /^Private DNS of endpoint b takes the name of com\.amazonaws\.vpce\.us-east-1\.vpce-svc-/ },
        },
        "a private zone of its name": {
            program: () => {
                const v = vpc();
                endpoint(v, on);
                privateZone(logsName, v);
            },
            because: byZone,
        },
        "a private zone of its name, in other letters and with a dot": {
            program: () => {
                const v = vpc();
                endpoint(v, on);
                privateZone("Logs.us-east-1.amazonaws.com.", v);
            },
            because: byZone,
        },
        "a private zone of its name by an association of its own": {
            program: () => {
                const v = vpc();
                endpoint(v, on);
                const { zoneId } = privateZone(logsName, vpc({}, "other"));
                new route53.ZoneAssociation("zone", { zoneId, vpcId: v.id });
            },
            because: byZone,
        },
        "a private zone of a name that is not the service's read backwards": {
            program: () => {
                const v = vpc();
                endpoint(v, on, "kinesis-streams", "logs");
                privateZone("kinesis.us-east-1.amazonaws.com", v);
            },
            because: { logs: /takes kinesis\.us-east-1\.amazonaws\.com in VPC main/ },
        },
        "an aws-native zone of its name": {
            program: () => {
                const v = nativeVpc();
                nativeEndpoint(v, on);
                new native.route53.HostedZone("zone", {
                    name: logsName,
                    vpcs: [{ vpcId: v.vpcId, vpcRegion: "us-east-1" }],
                });
            },
            because: byZone,
        },
        "two gateway endpoints for one service in one route table": {
            program: () => {
                routed(v => {
                    const { id } = routeTable(v);
                    return [[id], [routeTable(v, [], "other").id, id]];
                });
            },
            because: byRoute,
        },
        "two gateway endpoints in one route table by an association of its own": {
            program: () => {
                const v = vpc();
                const { id } = routeTable(v);
                gateway(v, { routeTableIds: [id] }, "s3", "a");
                new ec2.VpcEndpointRouteTableAssociation("link", {
                    vpcEndpointId: gateway(v, {}, "s3", "b").id,
                    routeTableId: id,
                });
            },
            because: byRoute,
        },
        "two gateway endpoints in the main route table, by two of its attributes": {
            program: () => {
                routed(v => [[v.mainRouteTableId], [v.defaultRouteTableId]]);
            },
            because: { b: /is in route table of VPC main \(main\), as endpoint a is already/ },
        },
        "two aws-native gateway endpoints in one route table": {
            program: () => {
                nativeRouted("s3", "s3");
            },
            because: byRoute,
        },
        "endpoints of both providers": {
            program: () => {
                const v = nativeVpc();
                nativeGateway(v, { routeTableIds: ["rtb-0123456789abcdef0"] });
                nativeEndpoint(v, on);
                endpoint({ id: v.vpcId }, on, "logs", "b");
            },
            because: { logs: /as endpoint b does already/ },
        },
    },
    waitsFor: {
        "the names of two services of this stack": {
            program: () => {
                const v = vpc();
                for (const [name, of] of [
                    ["a", "orders"],
                    ["b", "stock"],
                ] as const) {
                    const own = { acceptanceRequired: true, networkLoadBalancerArns: [] };
                    const { serviceName } = new ec2.VpcEndpointService(of, own);
                    endpoint(v, { ...on, serviceName }, of, name);
                }
            },
            on: ["b"],
            naming: /the name of endpoint service (orders|stock)/,
            then: {},
        },
        "which of two VPCs the other endpoint is in": {
            program: () => {
                const [v, other] = [vpc(), vpc({}, "other")];
                endpoint({ id: pulumi.all([v.id, other.id]).apply(([id]) => id) }, on, "logs", "a");
                endpoint(v, on, "logs", "b");
            },
            on: ["a", "b"],
            then: byName,
        },
        "private DNS of the other endpoint": {
            program: () => {
                const v = vpc();
                endpoint(v, { privateDnsEnabled: v.arn.apply(() => true) }, "logs", "a");
                endpoint(v, on, "logs", "b");
            },
            on: ["a", "b"],
            then: byName,
        },
        "the name of a zone": {
            program: () => {
                const v = vpc();
                endpoint(v, on);
                privateZone(
                    v.arn.apply(() => logsName),
                    v,
                );
            },
            on: ["logs"],
            then: byZone,
        },
        "which of two route tables the other endpoint is in": {
            program: () => {
                routed(v => {
                    const [own, other] = [routeTable(v), routeTable(v, [], "other")];
                    return [[pulumi.all([own.id, other.id]).apply(([id]) => id)], [own.id]];
                });
            },
            on: ["b"],
            then: byRoute,
        },
    },
    doesNotJudge: {
        "endpoints in a VPC outside": () => {
            ["a", "b"].map(name => endpoint({ id: "vpc-0a1b2c3d4e5f60718" }, on, "logs", name));
        },
        "endpoints in a VPC that another stack has made": {
            program: () => {
                const v = vpcElsewhere();
                ["a", "b"].map(name => endpoint(v, on, "logs", name));
            },
            inExport: { b: /in VPC elsewhere, as endpoint a does already/ },
        },
        "gateway endpoints in a route table outside": () => {
            routed(() => [["rtb-0123456789abcdef0"], ["rtb-0123456789abcdef0"]]);
        },
    },
});
