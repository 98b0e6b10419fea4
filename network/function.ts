import { either } from "./knowledge";
import { Need } from "./need";
import type { Source } from "./resource";
import { names, type Role } from "./role";
import { servicesByPrefix } from "./service";
import { type References, Several } from "./several";
import { Tenant, type TenantFacts } from "./tenant";

/** What else AWS does with the role of a function. */
export type FunctionErrand = "polls" | "sends";

/** An event source or a destination of a function. */
export interface FunctionLink {
    readonly functions: References<LambdaFunction>;
    readonly errands: Several<FunctionErrand>;
}

/**
 * Actions that a function does not call over its own network, though its role allows them: what Lambda does around it, what other services
 * do on its behalf with a key, what is no call, and what goes to network interfaces in the VPC.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
const notCalled = [
    ...["CreateLogGroup", "CreateLogStream", "PutLogEvents"].map(action => `logs:${action}`),
    ...["PutTraceSegments", "PutTelemetryRecords"].map(action => `xray:${action}`),
    ...["CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface"].map(action => `ec2:${action}`),
    ...["AssignPrivateIpAddresses", "UnassignPrivateIpAddresses", "DescribeSubnets"].map(action => `ec2:${action}`),
    ...["DescribeSecurityGroups", "DescribeVpcs", "GetSecurityGroupsForVpc"].map(action => `ec2:${action}`),
    ...["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey", "CreateGrant"].map(action => `kms:${action}`),
    "iam:PassRole",
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
];

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html and .../invocation-async-retain-records.html */
const errandActions: Readonly<Record<FunctionErrand, readonly string[]>> = {
    polls: [
        ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map(action => `sqs:${action}`),
        ...["GetRecords", "DescribeStream", "ListShards"].map(action => `kinesis:${action}`),
        ...["GetRecords", "DescribeStream", "ListStreams"].map(action => `dynamodb:${action}`),
        ...["DescribeCluster", "GetBootstrapBrokers"].map(action => `kafka:${action}`),
    ],
    sends: ["sqs:SendMessage", "sns:Publish", "events:PutEvents", "lambda:InvokeFunction", "s3:PutObject"],
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export class LambdaFunction extends Tenant {
    constructor(
        source: Source,
        facts: TenantFacts,
        private readonly own: {
            readonly roles: References<Role>;
            /** The IAM prefixes of services that its environment names, by ARN, URL or the resources that it is made of. */
            readonly environment: References<string>;
            readonly errands: Several<FunctionErrand>;
        },
    ) {
        super(source, "Lambda function", "client", facts);
    }

    /** Lambda itself gets the image of a function, outside the VPC. */
    override get pullsFromEcr(): boolean {
        return false;
    }

    override get needs(): Several<Need> {
        const byRole = this.own.roles.all
            .flatMap(role => role.actionPatterns)
            .filter(pattern => this.calls(pattern))
            .map(pattern => /^([^:]+):/.exec(pattern)?.[1] ?? "")
            .flatMap(prefix => needsOf(prefix, "role"));
        return this.own.environment.all.flatMap(prefix => needsOf(prefix, "environment")).concat(byRole);
    }

    private calls(pattern: string): boolean {
        const means = (actions: readonly string[]): boolean => actions.some(action => names(pattern, action));
        const does = (errand: FunctionErrand): boolean =>
            this.facts.network.functionLinks
                .of(this)
                .flatMap(link => link.errands)
                .concat(this.own.errands)
                .some(one => one === errand);
        return !either(
            () => means(notCalled),
            () => means(errandActions.polls) && does("polls"),
            () => means(errandActions.sends) && does("sends"),
        );
    }
}

/** Services without endpoints are no business of this pack. */
function needsOf(prefix: string, by: string): Several<Need> {
    const services = servicesByPrefix(prefix);
    const name = services.length === 1 ? services[0] : prefix;
    return services.length === 0 ? Several.none : Several.of(new Need(services, by, name));
}
