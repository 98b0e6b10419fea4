import { policy, texts } from "../engine/policy";
import { both } from "../network/knowledge";
import { listed } from "../network/resource";

/** Does not see: VPCs behind a transit gateway, a peering connection or a core network that are not in the stack. */
export default policy({
    name: "gateway-endpoint-per-vpc",
    displayName: "Gateway endpoint in each VPC",
    description: "A VPC whose default route leads to other VPCs relies on no gateway endpoint there.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["gateway-endpoint", "routing", "multi-vpc"],
    remediationSteps:
        "Add an endpoint of type Gateway for the service to the VPC itself, and associate it with the route tables of its subnets.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    settings: {
        services: texts("Services whose gateway endpoints are looked for.", ["s3", "dynamodb"]),
    },
    subjects: network => network.vpcs,

    *check(vpc, settings) {
        for (const service of settings.services) {
            const hubs = vpc.hubs.filter(hub => !hub.loneGateways(service).isEmpty);
            const isWrong = both(
                () => !hubs.isEmpty,
                () => vpc.endpointsThatServe(service).isEmpty,
            );
            if (isWrong) {
                const far = hubs.found.flatMap(hub => hub.loneGateways(service).members.map(String));
                yield `${vpc.toString()} has no endpoint for ${service}, and its default route leads to ${listed(hubs.found.map(String))}, where ${listed(far)} serves nobody from beyond that VPC.`;
            }
        }
    },
});
