import { accounts, organizations, policy, texts } from "../engine/policy";
import { bucketsOfAws, isAnything, isTrustedResource } from "../network/iam/trust";
import { openingsOf } from "../network/iam/witness";

export default policy({
    name: "endpoint-policy-trusted-resources",
    displayName: "Endpoint policy: trusted resources only",
    description: "Endpoint policies let nothing but trusted resources be reached, so that no data leaves through them.",
    enforcementLevel: "mandatory",
    severity: "critical",
    tags: ["endpoint-policy", "data-perimeter"],
    remediationSteps: "Bound the statement that the message names by ARN, aws:ResourceOrgID or aws:ResourceAccount.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
    settings: {
        organizations,
        accounts,
        resources: texts(
            "Resources that are trusted beside those of trusted organizations and accounts: ARNs with `*` and `?`.",
        ),
        awsOwnedResources: texts(
            "Resources of AWS's own that may be reached: ARNs, in which REGION stands for any Region.",
            bucketsOfAws,
        ),
        exemptPrincipalTags: texts("Keys of tags on principals that may reach anything."),
    },
    subjects: network => network.policyHolders,

    *check(holder, settings, network) {
        const isOfStack = (arn: string): boolean => !isAnything(arn) && network.stores.some(store => store.has(arn));
        const trust = {
            ...settings,
            awsOwned: settings.awsOwnedResources,
            exemptTags: settings.exemptPrincipalTags,
            isOfStack,
        };
        const isConfigured = settings.organizations.length + settings.accounts.length + settings.resources.length > 0;
        if (isConfigured && holder.statedPolicy?.isFullAccess !== true) {
            yield* openingsOf(holder, { isOutside: request => !isTrustedResource(request, trust) });
        }
    },
});
