import { later } from "../memo";
import { regions } from "../service";
import { accountIn, matchesArn } from "./arn";
import { patchBuckets } from "./patch-buckets";
import type { Identity, Owner, Request } from "./request";
import { isUnnamed } from "./unnamed";

/** Who and what an organization trusts. */
export interface Trust {
    readonly organizations: readonly string[];
    readonly accounts: readonly string[];
}

/** Buckets that instances, tasks, agents, installers and consoles read from. */
const bucketsOfAws = [
    "prod-REGION-starport-layer-bucket",
    "amazon-ssm-REGION",
    "amazon-ssm-packages-REGION",
    "aws-ssm-REGION",
    "aws-ssm-distributor-file-REGION",
    "aws-ssm-document-attachments-REGION",
    "session-manager-downloads",
    "ssm-document-categories",
    "aws-windows-downloads-REGION",
    "aws-patchmanager-macos-REGION",
    "PATCH-BUCKET",
    "REGION-birdwatcher-prod",
    "amazonlinux.REGION.amazonaws.com",
    "amazonlinux-2-repos-REGION",
    "al2023-REGION",
    "al2023-repos-REGION-de612dc2",
    "packages.REGION.amazonaws.com",
    "repo.REGION.amazonaws.com",
    "repo.REGION.emr.amazonaws.com",
    "prod.REGION.appinfo.src",
    "REGION.elasticmapreduce",
    "aws-codedeploy-REGION",
    "amazoncloudwatch-agent",
    "amazoncloudwatch-agent-REGION",
    "ec2imagebuilder-toe-REGION-prod",
    "ec2imagebuilder-managed-resources-REGION-prod",
    "elasticbeanstalk-REGION",
    "elasticbeanstalk-env-resources-REGION",
    "elasticbeanstalk-platform-assets-REGION",
    "elasticbeanstalk-samples-REGION",
    "aws-application-migration-service-REGION",
    "aws-application-migration-service-hashes-REGION",
    "aws-mgn-clients-REGION",
    "aws-mgn-clients-hashes-REGION",
    "aws-mgn-internal-REGION",
    "aws-mgn-internal-hashes-REGION",
    "aws-elastic-disaster-recovery-REGION",
    "aws-elastic-disaster-recovery-hashes-REGION",
    "aws-drs-clients-REGION",
    "aws-drs-clients-hashes-REGION",
    "aws-drs-internal-REGION",
    "aws-drs-internal-hashes-REGION",
    "aws-ec2-enclave-certificate-REGION-prod",
    "aws-neptune-notebook",
    "aws-neptune-notebook-REGION",
    "cloudformation-waitcondition-REGION",
    "cloudformation-custom-resource-response-DASHLESS-REGION",
    "cloudformation-examples",
    "jumpstart-cache-prod-REGION",
    "athena-examples-REGION",
    "redshift-downloads",
    "aws-sap-data-provider",
    "aws-sap-dataprovider-REGION",
    "awssap-backint-agent",
    "awssupportdatasvcs.com",
    "awslambda-REGION-tasks",
    "prod-04-2014-tasks",
];

/**
 * What is AWS's own; REGION stands for any Region, DASHLESS-REGION for one without its dashes, and PATCH-BUCKET for each of {@link patchBuckets}.
 * https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const resourcesOfAws: readonly string[] = [
    ...bucketsOfAws.flatMap(bucket => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
    "arn:aws:bedrock:REGION::foundation-model/*",
    "arn:aws:cloudformation:REGION:aws:transform/*",
    "arn:aws:ec2:REGION::image/*",
    "arn:aws:ec2:REGION:aws:prefix-list/*",
    "arn:aws:iam::aws:policy/*",
    "arn:aws:imagebuilder:REGION:aws:component/*",
    "arn:aws:imagebuilder:REGION:aws:image/*",
    "arn:aws:ssm:REGION::automation-definition/*",
    "arn:aws:ssm:REGION::document/*",
    "arn:aws:ssm:REGION::parameter/*",
];

/** How the names of resources write each Region, and what patterns have for that. */
const regionForms = later(() =>
    regions().flatMap(region => [
        [region, "REGION"] as const,
        [region.replaceAll("-", ""), "DASHLESS-REGION"] as const,
    ]),
);

export function isTrusted(
    { account = "", organization = "" }: Identity | Owner,
    { accounts, organizations }: Trust,
): boolean {
    return accounts.includes(account) || organizations.includes(organization);
}

/**
 * Whether an ARN, of any partition, is one of AWS's own.
 * @param patterns in which REGION stands for any Region, DASHLESS-REGION for one without its dashes, and PATCH-BUCKET for any bucket that instances read to patch themselves.
 */
export function isOwnedByAws(arn: string, patterns: readonly string[]): boolean {
    const inAws = arn.replace(/^arn:aws[^:]*:/, "arn:aws:");
    const anywhere = regionForms()
        .filter(([name]) => arn.includes(name))
        .map(([name, placeholder]) => inAws.replaceAll(name, placeholder));
    const [, bucket, rest] = /^arn:aws:s3:::([^/]+)(.*)$/.exec(inAws) ?? [];
    const patches = bucket !== undefined && patchBuckets().has(bucket) ? [`arn:aws:s3:::PATCH-BUCKET${rest}`] : [];
    const forms = [...new Set([arn, inAws, ...anywhere, ...patches])];
    return patterns.some(pattern => forms.some(form => matchesArn(pattern, form)));
}

/** Whether an identity is anybody: no account, organization, service or user that a document names. */
export function isAnybody(identity: Identity): boolean {
    return identity.service === undefined && identity.other === undefined && isAnyOwner(identity);
}

/** Whether an owner is nobody whom a document names. */
export function isAnyOwner({ account = "", organization = "" }: Owner): boolean {
    return (account === "" || isUnnamed(account)) && (organization === "" || isUnnamed(organization));
}

/** Whether a resource is anything: nothing that a document names, but by its account. */
export function isAnything(resource: string): boolean {
    const [, , , , account = "", name = ""] = resource.split(":");
    return resource === "*" || isUnnamed(account === "" ? (name.split("/")[0] ?? "") : account);
}

/** Whether somebody is trusted: by account, organization or ARN, or as an AWS service where those are. */
export function isTrustedPrincipal(
    identity: Identity,
    trust: Trust & { readonly principals: readonly string[]; readonly allowAwsServices: boolean },
): boolean {
    const { service, arn } = identity;
    return (
        (service !== undefined && trust.allowAwsServices) ||
        isTrusted(identity, trust) ||
        (arn !== undefined && trust.principals.some(pattern => matchesArn(pattern, arn)))
    );
}

/** Whether a resource is trusted whoever owns it: by the account in its ARN, by its ARN, or as one of AWS's own. */
export function isTrustedResource(
    resource: string,
    trust: Trust & { readonly resources: readonly string[]; readonly awsOwnedResources: readonly string[] },
): boolean {
    const account = accountIn(resource);
    return (
        (account !== undefined && trust.accounts.includes(account)) ||
        trust.resources.some(pattern => matchesArn(pattern, resource)) ||
        isOwnedByAws(resource, trust.awsOwnedResources)
    );
}

/** Whether a request is made by a principal with a tag by one of some keys. */
export function hasTag(context: Request["context"], keys: readonly string[]): boolean {
    return keys.some(key => context.has(`aws:principaltag/${key.toLowerCase()}`));
}
