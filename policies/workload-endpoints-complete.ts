import { policy, texts } from "../engine/policy";
import { matchesAny } from "../network/glob";
import { both } from "../network/knowledge";
import { listed, named, opening } from "../network/resource";

/**
 * Does not see: what the code of a function calls beyond its environment and its role's policies in the stack, AWS's own policies
 * excepted; instances of ECS that are in no capacity provider; task roles.
 */
export default policy({
    name: "workload-endpoints-complete",
    displayName: "Workload endpoints complete",
    description: "A workload reaches the services that it needs by a way out or by endpoints.",
    enforcementLevel: "advisory",
    severity: "high",
    tags: ["interface-endpoint", "gateway-endpoint", "ecs", "eks", "lambda"],
    remediationSteps: "Add endpoints for the services that the message names, or a way out for the subnets.",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
    settings: {
        exceptServices: texts("Patterns on the names of services that workloads may do without, such as xray."),
    },
    subjects: network => network.tenants.filter(tenant => tenant.role === "client"),

    *check(workload, settings) {
        const stranded = workload.strandedIn;
        const lacking = workload.needs
            .filter(need => !need.services.some(service => matchesAny(settings.exceptServices, service)))
            .filter(need => stranded.some(subnet => !need.isMetIn(subnet)));
        const isLacking = both(
            () => !stranded.isEmpty,
            () => lacking.found.length > 0,
        );
        if (isLacking) {
            yield `${opening(workload.toString())} has no way out of ${named("subnet", stranded.members)}, and no endpoint serves it for ${listed(lacking.members.map(String))}.`;
        }
    },
});
