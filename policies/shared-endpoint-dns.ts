import { policy } from "../engine/policy";
import { attempt, both } from "../network/knowledge";
import { named } from "../network/resource";
import { Several } from "../network/several";

/** Does not see: whether spokes that have a NAT or internet gateway of their own are meant to use the endpoint. */
export default policy({
    name: "shared-endpoint-dns",
    displayName: "DNS for shared endpoints",
    description:
        "Every VPC that depends on the interface endpoints of another one finds them by the names of their services.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["interface-endpoint", "dns", "multi-vpc"],
    remediationSteps:
        "Associate a private hosted zone or a Route 53 Profile for the service with the VPC, or a Resolver rule that forwards its name.",
    url: "https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html",
    subjects: network => network.endpoints,

    *check(endpoint, _, network) {
        if (endpoint.type !== "Interface" || endpoint.isCrossRegion) {
            return;
        }
        const service = endpoint.service;
        const dnsName = service.privateDnsName;
        if (dnsName === undefined) {
            return;
        }
        const hub = endpoint.vpc;
        const lost = Several.of(...network.vpcs).filter(spoke =>
            both(
                () => spoke !== hub,
                () => spoke.sharesRegionWith(hub),
                () => spoke.leansOn(hub),
                () => spoke.ownEndpoints(service.name).isEmpty,
                () => !spoke.answersFor(service),
            ),
        ).found;
        if (lost.length > 0) {
            const own =
                attempt(() => endpoint.privateDns) === false
                    ? ""
                    : `private DNS answers in ${hub.toString()} alone, and `;
            yield `Interface ${endpoint.toString()} is not found from ${named("VPC", lost)}, though routes lead from there to ${hub.toString()}: ${own}no private hosted zone, Profile or Resolver rule for ${dnsName} is associated with ${named("VPC", lost)}.`;
        }
    },
});
