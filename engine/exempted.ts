/**
 * The environment variable that asks for what `exempt` keeps silent: each violation that an exemption excuses is then
 * reported as advisory, with the exemption. For reports, which hide nothing; `vpc-endpoint-policies` sets it.
 */
export const tellExempted = "VPC_ENDPOINT_POLICIES_TELL_EXEMPTED";

/**
 * What the last line of such a violation's message starts with; the exemption follows, as JSON, with the violation's
 * `level` where it is not the policy's own.
 */
export const exemptedBy = "Exempted by ";

/** What excuses a violation, as it is told. */
export interface Excuse {
    readonly pattern: string;
    readonly reason: string;
    /** The last day on which it holds, as 2027-01-31. */
    readonly expires?: string;
}
