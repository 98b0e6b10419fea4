import { count, policy, probable, wellArchitected } from "../engine/policy";
import { both } from "../network/knowledge";
import { named, opening } from "../network/resource";

/** Does not see: in which Availability Zones the targets of a load balancer are. */
export default policy({
    name: "endpoint-service-multi-az",
    displayName: "Endpoint services in several Availability Zones",
    description: "The load balancers of an endpoint service are in several Availability Zones.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["endpoint-service", "availability"],
    framework: wellArchitected("REL10-BP01"),
    remediationSteps:
        "Give the load balancer that the message names a subnet in each Availability Zone, or turn on cross-zone load balancing.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html",
    settings: {
        minimum: count("How many Availability Zones an endpoint service is in at least.", 2),
    },
    hasProbable: true,
    subjects: network => network.endpointServices,

    *check(service, settings) {
        if (service.isInFewerZonesThan(settings.minimum)) {
            const balancers = named("load balancer", service.loadBalancers.members);
            yield `${opening(service.toString())} is in fewer than ${String(settings.minimum)} Availability Zones, those of ${balancers}.`;
            return;
        }
        const narrow = service.loadBalancers.filter(balancer =>
            both(
                () => !balancer.balancesAcrossZones,
                () => !balancer.subnetsBeyond.isEmpty,
            ),
        ).found;
        for (const balancer of narrow) {
            const beyond = named("subnet", balancer.subnetsBeyond.members);
            yield probable(
                `${opening(balancer.toString())} of ${service.toString()} has cross-zone load balancing off and is not in the Availability Zone of ${beyond}: it sends nothing to targets there.`,
            );
        }
    },
});
