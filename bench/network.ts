/** A large stack, always the same one: VPCs with all that belongs to them, and resources that no policy of this pack looks at. */
import { type Blueprint, Ref } from "../test/blueprint";
import { within } from "../test/statements";

const services = [
    ..."autoscaling cloudformation codebuild ec2 ecr.api ecr.dkr ecs ecs-agent ecs-telemetry elasticloadbalancing".split(
        " ",
    ),
    ..."events execute-api glue kinesis-streams kms lambda logs monitoring rds redshift".split(" "),
    ..."secretsmanager sns sqs ssm ssmmessages states sts xray".split(" "),
];

const ownAccount = within({ "aws:PrincipalAccount": "123456789012" });

/** A tenth of the size is VPCs by the ratios of a large organisation: to 1 VPC 40 subnets, 30 endpoints, 20 workloads. */
export function stackOf(size: number): readonly Blueprint[] {
    const made: Blueprint[] = [];
    const add = (type: string, name: string, inputs: Blueprint["inputs"]): Ref => {
        const blueprint = { type, name, inputs };
        made.push(blueprint);
        return new Ref(blueprint);
    };
    const unrelated = ["aws:cloudwatch/logGroup:LogGroup", "aws:sqs/queue:Queue", "aws:ssm/parameter:Parameter"];
    for (let v = 0; v < Math.max(1, Math.round(size / 500)); v++) {
        addVpc(v, add);
    }
    for (let n = made.length; n < size; n++) {
        add(unrelated[n % unrelated.length] ?? "", `unrelated-${n}`, { tags: { Name: `unrelated-${n}` } });
    }
    return made;
}

function addVpc(v: number, add: (type: string, name: string, inputs: Blueprint["inputs"]) => Ref): void {
    const block = `10.${v}`;
    const vpcId = add("aws:ec2/vpc:Vpc", `vpc-${v}`, { cidrBlock: `${block}.0.0/16`, enableDnsHostnames: true });
    const gatewayId = add("aws:ec2/internetGateway:InternetGateway", `internet-${v}`, { vpcId });
    const tables: Ref[] = [];
    const subnets = Array.from({ length: 40 }, (_, s) => {
        const isPublic = s < 3;
        const subnetId = add("aws:ec2/subnet:Subnet", `subnet-${v}-${s}`, {
            vpcId,
            cidrBlock: `${block}.${s}.0/24`,
            availabilityZone: `us-east-1${"abc".charAt(s % 3)}`,
            tags: { Tier: isPublic ? "public" : "private" },
        });
        const routeTableId = add("aws:ec2/routeTable:RouteTable", `table-${v}-${s}`, { vpcId });
        add("aws:ec2/routeTableAssociation:RouteTableAssociation", `association-${v}-${s}`, { subnetId, routeTableId });
        if (isPublic) {
            add("aws:ec2/route:Route", `route-${v}-${s}`, {
                routeTableId,
                destinationCidrBlock: "0.0.0.0/0",
                gatewayId,
            });
        } else {
            tables.push(routeTableId);
        }
        return subnetId;
    });
    const natGatewayId = add("aws:ec2/natGateway:NatGateway", `nat-${v}`, { subnetId: subnets[0] });
    for (const [t, routeTableId] of tables.slice(0, 20).entries()) {
        add("aws:ec2/route:Route", `nat-route-${v}-${t}`, {
            routeTableId,
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId,
        });
    }
    const group = add("aws:ec2/securityGroup:SecurityGroup", `endpoints-${v}`, {
        vpcId,
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [`${block}.0.0/16`] }],
    });
    for (const service of ["s3", "dynamodb"]) {
        add("aws:ec2/vpcEndpoint:VpcEndpoint", `${service}-${v}`, {
            vpcId,
            serviceName: `com.amazonaws.us-east-1.${service}`,
            vpcEndpointType: "Gateway",
            routeTableIds: tables,
            policy: ownAccount,
        });
    }
    for (const service of services) {
        add("aws:ec2/vpcEndpoint:VpcEndpoint", `${service}-${v}`, {
            vpcId,
            serviceName: `com.amazonaws.us-east-1.${service}`,
            vpcEndpointType: "Interface",
            subnetIds: subnets.slice(3, 6),
            securityGroupIds: [group],
            privateDnsEnabled: true,
            policy: ownAccount,
        });
    }
    const workloads = add("aws:ec2/securityGroup:SecurityGroup", `workloads-${v}`, {
        vpcId,
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    for (let w = 0; w < 20; w++) {
        add("aws:ec2/instance:Instance", `instance-${v}-${w}`, {
            ami: "ami-0123456789abcdef0",
            instanceType: "t3.micro",
            subnetId: subnets[3 + w],
            vpcSecurityGroupIds: [workloads],
        });
    }
}
