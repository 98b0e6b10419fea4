import { type FunctionErrand, LambdaFunction } from "../../network/function";
import { isUnseen } from "../../network/knowledge";
import { References, Several } from "../../network/several";
import { functions, roles } from "../kinds";
import type { Properties } from "../properties";
import { detail, type Readers } from "./reader";
import { at, groupsAt, tenants } from "./tenant";

/** The IAM prefixes of services that functions call when they are given a resource by name, ARN or URL. */
const called: ReadonlyMap<string, string> = new Map([
    ["dynamodb:Table", "dynamodb"],
    ["dynamodb:GlobalTable", "dynamodb"],
    ["sqs:Queue", "sqs"],
    ["sns:Topic", "sns"],
    ["s3:Bucket", "s3"],
    ["s3:BucketV2", "s3"],
    ["secretsmanager:Secret", "secretsmanager"],
    ["kinesis:Stream", "kinesis"],
    ["kinesis:FirehoseDeliveryStream", "firehose"],
    ["kinesisfirehose:DeliveryStream", "firehose"],
    ["cloudwatch:EventBus", "events"],
    ["events:EventBus", "events"],
    ["sfn:StateMachine", "states"],
    ["stepfunctions:StateMachine", "states"],
    ["lambda:Function", "lambda"],
]);

function prefixOfType(type: string): string | undefined {
    const [, path = "", name = ""] = type.split(":");
    return called.get(`${path.split("/")[0] ?? ""}:${name}`);
}

const prefixes = [...new Set(called.values())].join("|");
const stated = new RegExp(`\\barn:[^:]+:(${prefixes}):|https://(${prefixes})[.-]`, "g");

/** What the environment of a function names: the resources that it is made of, and what its values say. */
function environment(p: Properties): Several<string> {
    const types = p.madeOf("environment");
    const byType = types.flatMap(type => Several.of(...[prefixOfType(type)].flatMap(prefix => prefix ?? [])));
    const value = p.anything("environment");
    if (!isUnseen(value)) {
        const found = [...JSON.stringify(value ?? null).matchAll(stated)].flatMap(([, arn, url]) => arn ?? url ?? []);
        return byType.concat(new Several([...new Set(found)]));
    }
    // A value that is made of such resources names nothing beside them.
    const isTold = types.doubts.length === 0 && types.members.every(type => prefixOfType(type) !== undefined);
    return isTold ? byType : byType.concat(Several.unseen(value));
}

function link(types: readonly string[], noun: string, errandsOf: (p: Properties) => Several<FunctionErrand>): Readers {
    return detail(types, noun, ["functionName"], (p, parts) => {
        parts.functionLinks.push({ functions: p.references(functions, "functionName"), errands: errandsOf(p) });
    });
}

const sendsIf = (p: Properties, key: string): Several<FunctionErrand> =>
    Several.of<FunctionErrand>("sends").onlyIf(p.isGiven(key));

export const functionReaders: Readers = [
    ...tenants(
        ["aws:lambda/function:Function", "aws-native:lambda:Function"],
        "Lambda function",
        {
            subnets: at("vpcConfig", "subnetIds"),
            groups: groupsAt("vpcConfig", "securityGroupIds"),
            ids: ["name", "functionName"],
        },
        (p, facts) =>
            new LambdaFunction(p.source, facts, {
                roles: p.references(roles, "role"),
                environment: new References(`the environment of Lambda function ${p.source.name}`, () =>
                    environment(p),
                ),
                errands: sendsIf(p, "deadLetterConfig"),
            }),
    ),
    ...link(
        ["aws:lambda/eventSourceMapping:EventSourceMapping", "aws-native:lambda:EventSourceMapping"],
        "event source mapping",
        p => sendsIf(p, "destinationConfig").concat(Several.of<FunctionErrand>("polls")),
    ),
    ...link(
        ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "aws-native:lambda:EventInvokeConfig"],
        "invocation configuration",
        p => sendsIf(p, "destinationConfig"),
    ),
];
