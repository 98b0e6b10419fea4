import { accounts, organizations, policy, wellArchitected } from "../engine/policy";
import { Endpoint } from "../network/endpoint";
import { isAnybody, isAnyOwner, isAnything } from "../network/iam/trust";
import { openingsOf } from "../network/iam/witness";

/** Does not see: policies of other stacks, nor requests with several values for one condition key. */
export default policy({
    name: "endpoint-policy-restricted",
    displayName: "Endpoint policy restricted",
    description: "No statement of an endpoint policy is open to any principal for any resource.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["endpoint-policy", "data-perimeter"],
    framework: wellArchitected("SEC03-BP08"),
    remediationSteps:
        "Bound the statement that the message names: principals by aws:PrincipalOrgID or aws:PrincipalAccount, or resources by ARN, aws:ResourceOrgID or aws:ResourceAccount.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
    settings: { organizations, accounts },
    subjects: network => network.policyHolders,
    alone: holder => holder instanceof Endpoint,

    *check(holder, settings) {
        const isJudgedCloser = settings.organizations.length + settings.accounts.length > 0;
        if (holder.statedPolicy?.isFullAccess !== true && !isJudgedCloser) {
            yield* openingsOf(holder, {
                who: isAnybody,
                whose: isAnyOwner,
                what: isAnything,
            });
        }
    },
});
