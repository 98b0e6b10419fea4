import * as aws from "@pulumi/aws";
import policy from "../../policies/gateway-endpoint-routed";
import { table } from "../table";

const { ec2 } = aws;
const vpc = () => new ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const routeTable = ({ id }: aws.ec2.Vpc) => new ec2.RouteTable("private", { vpcId: id });
const endpoint = ({ id }: aws.ec2.Vpc, args: Partial<aws.ec2.VpcEndpointArgs> = {}) =>
    new ec2.VpcEndpoint("s3", { vpcId: id, serviceName: "com.amazonaws.us-east-1.s3", ...args });

table(policy, {
    accepts: {
        "an endpoint that names a route table": () => {
            const v = vpc();
            endpoint(v, { routeTableIds: [routeTable(v).id] });
        },
        "an endpoint in the VPC's main route table": () => {
            const v = vpc();
            endpoint(v, { routeTableIds: [v.mainRouteTableId] });
        },
        "an endpoint in a route table outside": () => {
            endpoint(vpc(), { routeTableIds: ["rtb-0123456789abcdef0"] });
        },
        "a stand-alone association": () => {
            const v = vpc();
            new ec2.VpcEndpointRouteTableAssociation("s3", { vpcEndpointId: endpoint(v).id, routeTableId: routeTable(v).id });
        },
        "an interface endpoint": () => {
            endpoint(vpc(), { vpcEndpointType: "Interface" });
        },
    },
    rejects: {
        "an endpoint in no route table": {
            program: () => {
                endpoint(vpc());
            },
            because: { s3: /^Gateway endpoint s3 for s3 is in no route table/ },
        },
        "an endpoint with an empty list": {
            program: () => {
                endpoint(vpc(), { routeTableIds: [] });
            },
            because: { s3: /is in no route table/ },
        },
        "an association of another endpoint": {
            program: () => {
                const v = vpc();
                endpoint(v);
                const other = new ec2.VpcEndpoint("dynamodb", { vpcId: v.id, serviceName: "com.amazonaws.us-east-1.dynamodb" });
                new ec2.VpcEndpointRouteTableAssociation("dynamodb", { vpcEndpointId: other.id, routeTableId: routeTable(v).id });
            },
            because: { s3: /is in no route table/ },
        },
    },
});
