import { accounts, policy, texts } from "../engine/policy";
import { accountIn } from "../network/arn";
import { matchesAny } from "../network/glob";

/**
 * Does not see: whose service a name with vpce-svc stands for. `accounts` therefore trusts only what an ARN names, which are resource
 * configurations and service networks; services are trusted by name.
 */
export default policy({
    name: "endpoint-service-trusted",
    displayName: "Endpoints to trusted services only",
    description: "Endpoints lead to services of AWS, of the stack itself, or of others that are trusted.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["endpoint-service", "data-perimeter"],
    remediationSteps:
        "Remove the endpoint, or add its service to the setting services once you know who offers it and what you send there.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-saas.html",
    settings: {
        services: texts("Services that are trusted: patterns (`*`, `?`) on service names and ARNs."),
        accounts,
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        const name = endpoint.thirdParty;
        const isTrusted =
            name === undefined || matchesAny(settings.services, name) || settings.accounts.includes(accountIn(name));
        if (!isTrusted) {
            yield `${endpoint.type} ${endpoint.toString()} leads to ${name}, which is neither AWS's nor of this stack nor trusted: a private way out to whoever offers it.`;
        }
    },
});
