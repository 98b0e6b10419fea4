import type { Action } from "../iam-actions";
import { regions } from "../service";
import { matchesArn, type Identity, type Owner, type Request } from "./request";
import { isUnnamed } from "./unnamed";

/** Who and what an organization trusts. */
export interface Trust {
    readonly organizations: readonly string[];
    readonly accounts: readonly string[];
}

/**
 * Buckets of AWS's own that instances, tasks and agents read from; REGION stands for any Region.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const bucketsOfAws: readonly string[] = [
    "prod-REGION-starport-layer-bucket",
    "amazon-ssm-REGION",
    "amazon-ssm-packages-REGION",
    "aws-ssm-REGION",
    "aws-ssm-distributor-file-REGION",
    "aws-ssm-document-attachments-REGION",
    "aws-windows-downloads-REGION",
    "aws-patchmanager-macos-REGION",
    "patch-baseline-snapshot-REGION",
    "REGION-birdwatcher-prod",
    "amazonlinux.REGION.amazonaws.com",
    "amazonlinux-2-repos-REGION",
    "al2023-repos-REGION-de612dc2",
    "packages.REGION.amazonaws.com",
    "repo.REGION.amazonaws.com",
    "REGION.elasticmapreduce",
    "aws-codedeploy-REGION",
    "amazoncloudwatch-agent",
    "amazoncloudwatch-agent-REGION",
].flatMap(bucket => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]);

export function isTrusted(
    { account = "", organization = "" }: Identity | Owner,
    { accounts, organizations }: Trust,
): boolean {
    return accounts.includes(account) || organizations.includes(organization);
}

/** Whether an ARN, of any partition, is one of AWS's own. */
export function isOwnedByAws(arn: string, patterns: readonly string[]): boolean {
    const inAws = arn.replace(/^arn:aws[^:]*:/, "arn:aws:");
    const named = regions.filter(region => arn.includes(region));
    return patterns
        .flatMap(pattern => [pattern, ...named.map(region => pattern.replaceAll("REGION", region))])
        .some(pattern => matchesArn(pattern, inAws) || matchesArn(pattern, arn));
}

/** The name of the bucket or table that an ARN is of. */
export function nameIn(arn: string): string {
    const name = arn.split(":").slice(5).join(":");
    return name.startsWith("table/") ? (name.split("/")[1] ?? "") : (name.split("/")[0] ?? "");
}

function isUnnamedParty({ account = "", organization = "" }: Identity | Owner): boolean {
    return (account === "" || isUnnamed(account)) && (organization === "" || isUnnamed(organization));
}

/** Whether an identity is anybody: no account, organization, service or user that a document names. */
export function isAnybody(identity: Identity): boolean {
    return identity.service === undefined && identity.other === undefined && isUnnamedParty(identity);
}

/** Whether an owner is nobody whom a document names. */
export function isAnyOwner(owner: Owner): boolean {
    return isUnnamedParty(owner);
}

/** Whether a resource is anything: nothing that a document names, but by its account. */
export function isAnything(resource: string): boolean {
    const [, , , , account = "", name = ""] = resource.split(":");
    return resource === "*" || isUnnamed(account === "" ? (name.split("/")[0] ?? "") : account);
}

/** Whether somebody is trusted with it: a trusted identity, an AWS service if those are, or anyone who reads what is AWS's own. */
export function isTrustedPrincipal(
    request: Request,
    action: Action,
    trust: Trust & {
        readonly principals: readonly string[];
        readonly awsServices: boolean;
        readonly awsOwned: readonly string[];
    },
): boolean {
    const { identity, resource } = request;
    return (
        (identity.service !== undefined && trust.awsServices) ||
        isTrusted(identity, trust) ||
        (identity.arn !== undefined && trust.principals.some(pattern => matchesArn(pattern, identity.arn ?? ""))) ||
        (action.onlyReads && isOwnedByAws(resource, trust.awsOwned))
    );
}

/**
 * Whether it is trusted that something is reached: a resource of a trusted owner, one that is named or AWS's own, one of the stack, or none at
 * all. AWS services, and principals with a tag that exempts them, may reach anything.
 */
export function isTrustedResource(
    request: Request,
    trust: Trust & {
        readonly resources: readonly string[];
        readonly awsOwned: readonly string[];
        readonly exemptTags: readonly string[];
        readonly isOfStack: (arn: string) => boolean;
    },
): boolean {
    const { identity, owner, resource, context } = request;
    return (
        identity.service !== undefined ||
        trust.exemptTags.some(tag => (context.get(`aws:principaltag/${tag.toLowerCase()}`) ?? []).length > 0) ||
        // What takes no resource only its principals can bound, of whom another policy judges.
        resource === "*" ||
        isTrusted(owner, trust) ||
        trust.accounts.includes(resource.split(":")[4] ?? "") ||
        trust.resources.some(pattern => matchesArn(pattern, resource)) ||
        isOwnedByAws(resource, trust.awsOwned) ||
        trust.isOfStack(resource)
    );
}
