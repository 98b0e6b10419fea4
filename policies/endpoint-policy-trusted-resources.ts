import { accounts, organizations, policy, texts, wellArchitected } from "../engine/policy";
import { hasTag, isAnything, isTrusted, isTrustedResource, resourcesOfAws } from "../network/iam/trust";
import { openingsOf } from "../network/iam/witness";

/** Does not see: actions that take no resource, which only a bound on principals holds, nor what becomes of data in a trusted resource. */
export default policy({
    name: "endpoint-policy-trusted-resources",
    displayName: "Endpoint policy: trusted resources only",
    description: "Endpoint policies let nothing but trusted resources be reached, so that no data leaves through them.",
    enforcementLevel: "mandatory",
    severity: "critical",
    tags: ["endpoint-policy", "data-perimeter"],
    framework: wellArchitected("SEC03-BP08"),
    remediationSteps: "Bound the statement that the message names by ARN, aws:ResourceOrgID or aws:ResourceAccount.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
    settings: {
        organizations,
        accounts,
        resources: texts(
            "Resources that are trusted beside those of trusted organizations and accounts: ARNs with `*` and `?`.",
        ),
        awsOwnedResources: texts(
            "Resources of AWS's own that may be reached: ARNs, in which REGION stands for any Region, DASHLESS-REGION for one without its dashes, and PATCH-BUCKET for any that instances are patched from.",
            resourcesOfAws,
        ),
        exemptPrincipalTags: texts("Keys of tags on principals that may reach anything."),
    },
    subjects: network => network.policyHolders,

    *check(holder, settings, network) {
        const isOfStack = (arn: string): boolean => !isAnything(arn) && network.stores.some(store => store.has(arn));
        const isConfigured = settings.organizations.length + settings.accounts.length + settings.resources.length > 0;
        if (isConfigured && holder.isInForce) {
            yield* openingsOf(holder, {
                who: ({ service }) => service === undefined,
                whose: owner => !isTrusted(owner, settings),
                // What takes no resource only its principals can bound, of whom another policy judges.
                what: resource => resource !== "*" && !isTrustedResource(resource, settings) && !isOfStack(resource),
                how: context => !hasTag(context, settings.exemptPrincipalTags),
            });
        }
    },
});
