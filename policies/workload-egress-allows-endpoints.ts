import { policy } from "../engine/policy";
import { both } from "../network/knowledge";
import { named } from "../network/resource";

/** Does not see: whether one endpoint among several is cut off; network ACLs. */
export default policy({
    name: "workload-egress-allows-endpoints",
    displayName: "Egress of workloads allows endpoints",
    description: "The security groups of every workload let it out to an endpoint that serves it.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["workload", "security-group", "egress"],
    remediationSteps:
        "Add an egress rule on the service's port to the endpoint's security group or, for a gateway endpoint, to its prefix list.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    subjects: network => network.tenants.filter(tenant => tenant.role === "client"),

    *check(workload) {
        const isCutOff = both(
            () => !workload.securityGroups.some(group => group.letsEverythingOut),
            () => !workload.endpoints.isEmpty,
            () =>
                workload.endpoints.every(endpoint => !workload.securityGroups.some(group => group.letsOutTo(endpoint))),
        );
        if (isCutOff) {
            const groups = named("security group", workload.securityGroups.found);
            yield `No egress rule of ${groups} leads ${workload.toString()} to any endpoint that serves it: ${named("endpoint", workload.endpoints.found)}.`;
        }
    },
});
