import { flag, policy, wellArchitected } from "../engine/policy";
import { isAnyone } from "../network/endpoint-service";
import { listed, opening } from "../network/resource";

/** Does not see: principals that are allowed by other stacks or by hand. */
export default policy({
    name: "endpoint-service-acceptance-required",
    displayName: "Acceptance required on endpoint services",
    description: "An endpoint service accepts no connection unseen, except from a closed list of principals.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["endpoint-service"],
    framework: wellArchitected("SEC05-BP02"),
    remediationSteps:
        "Set acceptanceRequired to true, or name the service's consumers one by one in allowedPrincipals.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html",
    settings: {
        allowAutoAccept: flag("Whether a closed list of principals may connect without acceptance.", true),
    },
    subjects: network => network.endpointServices,
    remedy: {
        properties: { acceptanceRequired: true },
        isWrong: (service, settings) =>
            service.principals.some(isAnyone) || (!settings.allowAutoAccept && !service.principals.isEmpty),
    },

    *check(service, settings) {
        if (service.acceptanceRequired) {
            return;
        }
        const accepts = `${opening(service.toString())} accepts connections automatically`;
        const principals = service.principals;
        if (principals.some(isAnyone)) {
            yield `${accepts} and allows everyone (*), so that its load balancer is public, whatever its addresses.`;
        } else if (principals.isEmpty) {
            yield `${accepts} and names no principals: whoever is allowed later gets in unseen.`;
        } else if (!settings.allowAutoAccept) {
            yield `${accepts} from ${listed(principals.members)}.`;
        }
    },
});
