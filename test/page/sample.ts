/** Networks and what is held against them, for tests of the report as a page. */
import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import type { Judgement, Policy } from "../../cli/judgement";
import { mapOf, type NetworkMap } from "../../cli/map";
import { reportHtml } from "../../cli/report-html";
import { type Stack, usualOptions } from "../../cli/resource";
import { asJson, isObject, type Properties } from "../../cli/untyped";
import { parseUrn } from "../../cli/urn";
import { policies } from "../../library";
import { type Blueprint, Ref } from "../blueprint";
import { judge } from "../judge";
import { within } from "../statements";
import { record, type Mode, type Recorded } from "../record";

const load = createRequire(__filename);

/** What the command line would have gathered of resources. */
export function stackOf(resources: readonly Recorded[], mode: Mode = "update"): Stack {
    return {
        stack: "test",
        project: "sample",
        organization: "organization",
        preview: mode === "preview",
        resources: resources.map(resource => ({
            ...resource,
            inputs: propertiesOf(resource.inputs),
            outputs: propertiesOf(resource.outputs),
            provider: "",
            options: usualOptions,
        })),
    };
}

function propertiesOf(properties: object): Properties {
    const json = asJson(properties);
    assert.ok(isObject(json));
    return json;
}

/** What the pack holds against resources, with `also` added to it. */
export async function judgementOf(resources: readonly Recorded[], also: Partial<Judgement> = {}): Promise<Judgement> {
    const severityOf = (name: string) => policies.find(policy => policy.name === name)?.severity ?? "unspecified";
    const found = await judge(resources);
    return {
        pack: { name: "aws-vpc-endpoints", version: "1.2.3" },
        policies: policies.map((policy): Policy => ({
            name: policy.name,
            displayName: policy.displayName,
            description: policy.description,
            level: "mandatory",
            severity: policy.severity,
            remediationSteps: policy.remediationSteps,
            url: policy.url,
            tags: policy.tags,
        })),
        resources: resources.length,
        violations: found
            .filter(({ urn }) => urn !== "")
            .map(({ policy, level, urn, message }) => ({
                policy,
                level,
                severity: severityOf(policy),
                message: message.split("\n").at(-1) ?? "",
                resource: { urn, type: parseUrn(urn)?.type ?? "", name: parseUrn(urn)?.name ?? "" },
            })),
        exempted: [],
        ...also,
    };
}

/** A page, and what it was made from. */
export interface Sample {
    readonly judgement: Judgement;
    readonly map: NetworkMap;
    readonly page: string;
}

/** The page that reports on resources. */
export async function pageOf(
    resources: readonly Recorded[],
    mode: Mode = "update",
    also: Partial<Judgement> = {},
): Promise<Sample> {
    const judgement = await judgementOf(resources, also);
    const map = mapOf(stackOf(resources, mode), new Map());
    return { judgement, map, page: await reportHtml(judgement, map) };
}

/** The resources of an example at its first preview. */
export function example(name: string): Promise<readonly Recorded[]> {
    const file = load.resolve(`../../examples/${name}/index`);
    return record(() => {
        Reflect.deleteProperty(load.cache, file);
        load(file);
    }, "preview");
}

const services = (
    "ec2 ecr.api ecr.dkr ecs ecs-agent ecs-telemetry events kinesis-streams kms lambda logs monitoring secretsmanager " +
    "sns sqs ssm ssmmessages sts"
).split(" ");

/** Ten VPCs with twenty endpoints each, and a few mistakes: in the sixth, a way out of its isolated subnets. */
export function largeNetwork(): readonly Blueprint[] {
    const made: Blueprint[] = [];
    for (let number = 0; number < 10; number++) {
        addVpc(number, (type, name, inputs) => {
            const blueprint = { type, name: `${name}-${number}`, inputs };
            made.push(blueprint);
            return new Ref(blueprint);
        });
    }
    return made;
}

function addVpc(number: number, add: (type: string, name: string, inputs: Blueprint["inputs"]) => Ref): void {
    const vpcId = add("aws:ec2/vpc:Vpc", "workloads", { cidrBlock: `10.${number}.0.0/16`, enableDnsHostnames: true });
    const gatewayId = add("aws:ec2/internetGateway:InternetGateway", "internet", { vpcId });
    const tableOf = (name: string, target?: Blueprint["inputs"]) => {
        const routeTableId = add("aws:ec2/routeTable:RouteTable", name, { vpcId });
        if (target !== undefined) {
            add("aws:ec2/route:Route", name, { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...target });
        }
        return routeTableId;
    };
    const publicTable = tableOf("public", { gatewayId });
    const privateTables: Ref[] = [];
    const privateSubnets: Ref[] = [];
    let isolatedTable: Ref | undefined;
    for (const [index, zone] of ["a", "b", "c"].entries()) {
        const subnetOf = (tier: string, block: number, routeTableId: Ref) => {
            const subnetId = add("aws:ec2/subnet:Subnet", `${tier}-${zone}`, {
                vpcId,
                cidrBlock: `10.${number}.${block + index}.0/24`,
                availabilityZone: `us-east-1${zone}`,
                tags: { Tier: tier },
            });
            add("aws:ec2/routeTableAssociation:RouteTableAssociation", `${tier}-${zone}`, { subnetId, routeTableId });
            return subnetId;
        };
        const natGatewayId = add("aws:ec2/natGateway:NatGateway", `nat-${zone}`, {
            subnetId: subnetOf("public", 0, publicTable),
        });
        const privateTable = tableOf(`private-${zone}`, { natGatewayId });
        privateTables.push(privateTable);
        isolatedTable ??= tableOf("isolated", number === 5 ? { natGatewayId } : undefined);
        privateSubnets.push(subnetOf("private", 10, privateTable));
        subnetOf("isolated", 20, isolatedTable);
    }
    const group = add("aws:ec2/securityGroup:SecurityGroup", "endpoints", {
        vpcId,
        ingress: [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [number === 7 ? "0.0.0.0/0" : "10.0.0.0/8"] },
        ],
    });
    for (const service of ["s3", "dynamodb"]) {
        add("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
            vpcId,
            serviceName: `com.amazonaws.us-east-1.${service}`,
            vpcEndpointType: "Gateway",
            routeTableIds: [...privateTables, ...(isolatedTable === undefined ? [] : [isolatedTable])],
            ...(number === 1 ? {} : { policy: bounded }),
        });
    }
    for (const service of services) {
        add("aws:ec2/vpcEndpoint:VpcEndpoint", service.replace(".", "-"), {
            vpcId,
            serviceName: `com.amazonaws.us-east-1.${service}`,
            vpcEndpointType: "Interface",
            // A group of its own for an endpoint that is in one zone only.
            subnetIds: number === 2 && service.startsWith("ecs") ? privateSubnets.slice(0, 1) : privateSubnets,
            securityGroupIds: [group],
            privateDnsEnabled: !(number === 4 && service === "kms"),
            policy: bounded,
        });
    }
}

export const bounded = within({ "aws:PrincipalOrgID": "o-secretorg", "aws:ResourceOrgID": "o-secretorg" });
