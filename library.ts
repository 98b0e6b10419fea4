/** What packs of other people take from this one. Importing it starts nothing. */
import type { PolicyPackArgs } from "@pulumi/policy";
import { compose, type Composition } from "./engine/composition";
import { policies } from "./policies";

export type { Composition } from "./engine/composition";
export {
    accounts,
    choice,
    cidrs,
    count,
    type Finding,
    flag,
    type Level,
    organizations,
    type Policy,
    policy,
    prices,
    probable,
    type Rule,
    texts,
    tierTags,
} from "./engine/policy";
export type { Endpoint } from "./network/endpoint";
export type { EndpointService } from "./network/endpoint-service";
export { matchesAny } from "./network/glob";
export { both, either, type Fact, see } from "./network/knowledge";
export type { Network } from "./network/network";
export { listed, named, opening, type Resource } from "./network/resource";
export type { Route, RouteTable } from "./network/route-table";
export type { SecurityGroup } from "./network/security-group";
export type { Service } from "./network/service";
export { Several } from "./network/several";
export type { Subnet } from "./network/subnet";
export type { Tenant } from "./network/tenant";
export type { Vpc } from "./network/vpc";
export { presets } from "./presets";
export { policies };

/** The name of a policy of this pack. */
export type PolicyName = (typeof policies)[number]["name"];

/**
 * What `new PolicyPack(name, …)` takes: this pack, or one of one's own that is made of it.
 * @throws {Error} in one line, if the composition names a policy or a setting that does not exist, or has a name twice
 */
export function pack(composition: Composition<PolicyName> = {}): PolicyPackArgs {
    return {
        displayName: "AWS VPC endpoints",
        description: "Judges, at preview, how private workloads reach AWS services through VPC endpoints.",
        readme: "Endpoint policies, private DNS, route tables, security groups and public addresses of VPC endpoints and private subnets, judged at preview, before anything exists. What hangs on something not known yet is reported as undecided, never passed in silence.",
        provider: "aws",
        tags: ["aws", "vpc", "vpc-endpoint", "privatelink", "network", "security"],
        repository: "https://github.com/pulumi-policy-aws-vpc-endpoints/pulumi-policy-aws-vpc-endpoints",
        policies: compose(policies, composition),
    };
}
