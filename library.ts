import type { PolicyPackArgs } from "@pulumi/policy";
import { policies } from "./policies";

export { policies };
export { presets } from "./presets";

/** The pack as it is, for those who make one of their own of it. Importing it starts nothing. */
export const pack: PolicyPackArgs & { readonly name: string } = {
    name: "aws-vpc-endpoints",
    displayName: "AWS VPC endpoints",
    description: "Judges, at preview, how private workloads reach AWS services through VPC endpoints.",
    readme: "Endpoint policies, private DNS, route tables, security groups and public addresses of VPC endpoints and private subnets, judged at preview, before anything exists. What hangs on something not known yet is reported as undecided, never passed in silence.",
    provider: "aws",
    tags: ["aws", "vpc", "vpc-endpoint", "privatelink", "network", "security"],
    repository: "https://github.com/pulumi-policy-aws-vpc-endpoints/pulumi-policy-aws-vpc-endpoints",
    policies,
};
