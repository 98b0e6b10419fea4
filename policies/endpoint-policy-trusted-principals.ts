import { accounts, flag, organizations, policy, texts, wellArchitected } from "../engine/policy";
import { Endpoint } from "../network/endpoint";
import { isFederated } from "../network/iam-actions";
import { isOwnedByAws, isTrustedPrincipal, resourcesOfAws } from "../network/iam/trust";
import { openingsOf } from "../network/iam/witness";

/** Does not see: who assumes a role by SAML or OpenID Connect, which only whose role it is can bound; what identity, resource and service control policies deny besides. */
export default policy({
    name: "endpoint-policy-trusted-principals",
    displayName: "Endpoint policy: trusted principals only",
    description: "Endpoint policies let nobody but trusted principals through.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["endpoint-policy", "data-perimeter"],
    framework: wellArchitected("SEC03-BP08"),
    remediationSteps:
        "Bound the statement that the message names by aws:PrincipalOrgID, aws:PrincipalAccount or aws:PrincipalArn.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
    settings: {
        organizations,
        accounts,
        principals: texts(
            "Principals that are trusted beside those of trusted organizations and accounts: ARNs with `*` and `?`.",
        ),
        allowAwsServices: flag("Whether AWS services may call on their own behalf.", true),
        awsOwnedResources: texts(
            "Resources of AWS's own that anyone may read: ARNs, in which REGION stands for any Region, DASHLESS-REGION for one without its dashes, and PATCH-BUCKET for any that instances are patched from.",
            resourcesOfAws,
        ),
    },
    subjects: network => network.policyHolders,
    alone: holder => holder instanceof Endpoint,

    *check(holder, settings) {
        if (settings.organizations.length + settings.accounts.length + settings.principals.length > 0) {
            yield* openingsOf(holder, {
                who: identity => !isTrustedPrincipal(identity, settings),
                what: (resource, action) =>
                    !isFederated(action) && !(action.onlyReads && isOwnedByAws(resource, settings.awsOwnedResources)),
            });
        }
    },
});
