import { policy } from "../engine/policy";
import { Endpoint } from "../network/endpoint";
import { listed, named } from "../network/resource";

/** Does not see: private zones for services that are not AWS's; gateway endpoints in one route table outside. */
export default policy({
    name: "endpoint-not-duplicated",
    displayName: "No two endpoints for one service",
    description: "No endpoint takes a private DNS name or a route that its VPC has already.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "gateway-endpoint", "dns", "routing"],
    remediationSteps:
        "Remove the endpoint or what the message names beside it, or turn private DNS off on one of them.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    subjects: network => network.endpoints,

    *check(endpoint) {
        if (endpoint.type === "Interface" && endpoint.privateDns) {
            // Of two endpoints the later one is blamed; a zone has no private DNS to turn off.
            const rivals = endpoint.nameRivals.filter(
                rival => !(rival instanceof Endpoint) || rival.isBefore(endpoint),
            ).found;
            if (rivals.length > 0) {
                const name = endpoint.service.dnsName ?? `the name of ${endpoint.service.name}`;
                yield `Private DNS of ${endpoint.toString()} takes ${name} in ${endpoint.vpc.toString()}, as ${listed(rivals.map(String))} does already: AWS refuses a second one.`;
            }
        } else if (endpoint.type === "Gateway") {
            const rivals = endpoint.routeRivals.filter(rival => rival.isBefore(endpoint));
            const tables = rivals.flatMap(rival => endpoint.routeTablesWith(rival)).found;
            if (tables.length > 0) {
                yield `Gateway ${endpoint.toString()} for ${endpoint.service.name} is in ${named("route table", tables)}, as ${listed(rivals.found.map(String))} is already: AWS refuses a second route to a service.`;
            }
        }
    },
});
