import { accounts, policy, probable, wellArchitected } from "../engine/policy";
import { isAnyone } from "../network/endpoint-service";
import { listed, opening } from "../network/resource";

/** Does not see: principals that are allowed by other stacks or by hand, nor what this stack allows on a service of another one. */
export default policy({
    name: "endpoint-service-principals-restricted",
    displayName: "Principals of endpoint services restricted",
    description: "Only principals of trusted accounts may ask an endpoint service for a connection.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["endpoint-service", "data-perimeter"],
    framework: wellArchitected("SEC03-BP08"),
    remediationSteps:
        "Take the principal that the message names out of allowedPrincipals, or add its account to the setting accounts.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html",
    settings: { accounts },
    hasProbable: true,
    subjects: network => network.endpointServices,

    *check(service, settings) {
        if (settings.accounts.length > 0) {
            const strangers = service.strangers(settings.accounts).found;
            if (strangers.length > 0) {
                yield `${opening(service.toString())} allows ${listed(strangers)}, outside the trusted accounts.`;
            }
            return;
        }
        const anyone = service.principals.first(isAnyone);
        if (anyone !== undefined) {
            const allows = `${opening(service.toString())} allows everyone in any account (${anyone})`;
            yield service.acceptanceRequired
                ? probable(`${allows}, so that only its owner's acceptance stands between a stranger and the service.`)
                : `${allows} to connect.`;
        }
    },
});
