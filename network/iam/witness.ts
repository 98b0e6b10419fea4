import { anyNameOf } from "./arn";
import { statementName } from "./document";
import type { Endpoint, EndpointPolicy } from "../endpoint";
import { type Bounds, type Opening, openings } from "./reach";
import type { Identity, Request } from "./request";
import { isUnnamed, starred, stranger } from "./unnamed";
import { nameOf } from "./world";

/**
 * What a stated endpoint policy lets through within bounds, a sentence for each statement. Where the service takes no endpoint policies, none is
 * of any effect. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function* openingsOf(holder: Endpoint | EndpointPolicy, bounds: Omit<Bounds, "services">): Iterable<string> {
    const document = holder.statedPolicy;
    if (document === undefined || holder.policyEndpoint?.service.takesPolicy === false) {
        return;
    }
    for (const opening of openings(document, { services: holder.policyEndpoint?.actionPrefixes, ...bounds })) {
        yield `${describe(opening)} (${holder.toString()}).`;
    }
}

/** An opening in words: "Statement 1 lets any principal in any account call s3:PutObject on any bucket of any account". */
function describe({ statement, request, action }: Opening): string {
    const on =
        request.resource === "*" ? "" : ` on ${resourceName(request.resource, action.resources)}${ownerName(request)}`;
    return `${statementName(statement)} lets ${identityName(request.identity)} call ${starred(nameOf(action))}${on}`;
}

function identityName({ arn, account = "", service, other, organization = "" }: Identity): string {
    if (service !== undefined) {
        return isUnnamed(service) ? "any AWS service" : `the service ${service}`;
    }
    if (arn === undefined) {
        return other ?? "anyone, without credentials,";
    }
    const name = arn.split(":").slice(5).join(":");
    const role = name === `role/${stranger}` ? "any principal" : starred(name);
    return `${role}${place(account, organization, "in")}`;
}

/** @param formats of the ARNs of what the action takes. */
function resourceName(arn: string, formats: readonly string[]): string {
    const [, , service = "", , account, ...rest] = arn.split(":");
    const name = rest.join(":");
    const bucket = name.split("/")[0] ?? "";
    if (service !== "s3" || account !== "") {
        const isAny = formats.some(format => anyNameOf(format) === name);
        return !isAny ? starred(name) : isUnnamed(service) ? "any resource" : `any ${service} resource`;
    }
    return isUnnamed(bucket)
        ? bucket === stranger
            ? "any bucket"
            : `any bucket named ${starred(bucket)}`
        : `bucket ${bucket}`;
}

function ownerName({ owner, resource }: Request): string {
    return place(owner.account ?? resource.split(":")[4] ?? "", owner.organization ?? "", "of");
}

function place(account: string, organization: string, preposition: string): string {
    if (organization !== "" && !isUnnamed(organization)) {
        return ` ${preposition} organization ${organization}`;
    }
    return account !== "" && !isUnnamed(account) ? ` ${preposition} account ${account}` : ` ${preposition} any account`;
}
