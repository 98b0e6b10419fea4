import { policy, prices, texts, wellArchitected } from "../engine/policy";
import { matchesAny } from "../network/glob";
import { natPrice } from "../network/prices";
import { named } from "../network/resource";
import { Several } from "../network/several";

/** Does not see: whether what lives in a subnet uses the service at all, nor associations that other stacks make. */
export default policy({
    name: "gateway-endpoint-covers-private-subnets",
    displayName: "Gateway endpoint covers private subnets",
    description: "The route table of every private subnet has the gateway endpoints of its VPC.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["gateway-endpoint", "routing", "cost"],
    framework: wellArchitected("COST08-BP03"),
    remediationSteps: "Associate the endpoint with the route tables that the message names.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    settings: {
        exceptSubnets: texts("Patterns on the names of subnets that need no gateway endpoint."),
        prices,
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        if (
            endpoint.type !== "Gateway" ||
            endpoint.routeTables.isEmpty ||
            endpoint.twins.some(twin => twin.isBefore(endpoint))
        ) {
            return;
        }
        const left = endpoint.vpc.subnets
            .filter(subnet => !matchesAny(settings.exceptSubnets, subnet.name))
            .filter(subnet => !endpoint.twins.some(twin => twin.routeTables.includes(subnet.routeTable)))
            .filter(subnet => !subnet.isPublic)
            .filter(subnet => !subnet.holdsOnlyCarriers).found;
        if (left.length > 0) {
            const byNat = new Several(left).filter(subnet => subnet.usesNatGateway).members;
            const price =
                byNat.length === 0
                    ? ""
                    : ` A NAT gateway takes that of ${named("subnet", byNat)}, at ${natPrice(settings.prices)}.`;
            const tables = named(
                "route table",
                left.map(subnet => subnet.routeTable),
            );
            yield `Gateway ${endpoint.toString()} does not carry the ${endpoint.service.name} traffic of ${named("private subnet", left)}: it is missing from ${tables}.${price}`;
        }
    },
});
