import { count, policy, probable, wellArchitected } from "../engine/policy";
import { both } from "../network/knowledge";
import { listed, named } from "../network/resource";

export default policy({
    name: "interface-endpoint-availability-zones",
    displayName: "Interface endpoints across Availability Zones",
    description: "Every interface endpoint has one subnet in each Availability Zone that its VPC needs it in.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["interface-endpoint", "availability"],
    framework: wellArchitected("REL10-BP01"),
    remediationSteps: "Name in subnetIds one subnet of each Availability Zone that has workloads, and at least two.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    settings: {
        minimum: count("How many Availability Zones an interface endpoint is in at least.", 2),
    },
    hasProbable: true,
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        if (endpoint.type !== "Interface") {
            return;
        }
        const together = endpoint.subnetsThatShareZones.found;
        if (together.length > 0) {
            yield `Interface ${endpoint.toString()} has more than one subnet in an Availability Zone, where AWS takes only one: ${named("subnet", together)}.`;
            return;
        }
        // Each subnet is in a zone of its own.
        const isNarrow = both(
            () => endpoint.subnets.isFewerThan(settings.minimum),
            () => !endpoint.vpc.usesOneZone,
        );
        if (isNarrow) {
            const zones = endpoint.subnets.members.length;
            yield probable(
                `Interface ${endpoint.toString()} is in ${String(zones)} Availability Zone${zones === 1 ? "" : "s"}, fewer than ${String(settings.minimum)}, though ${endpoint.vpc.toString()} uses several.`,
            );
            return;
        }
        const left = endpoint.vpc.subnets
            .filter(subnet => !subnet.clients.isEmpty)
            .filter(subnet => subnet.isInAvailabilityZone)
            .filter(subnet => !endpoint.subnets.some(own => own.sharesZoneWith(subnet))).found;
        if (left.length > 0) {
            const clients = listed(left.flatMap(subnet => subnet.clients.members).map(String));
            yield probable(
                `Interface ${endpoint.toString()} has no network interface in the Availability Zone of ${named("subnet", left)}, where ${clients} may be.`,
            );
        }
    },
});
