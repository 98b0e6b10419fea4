import { policy, prices, texts, wellArchitected } from "../engine/policy";
import { natPrice, natYear } from "../network/prices";
import { listed, named } from "../network/resource";
import { Several } from "../network/several";

/** Does not see: how much traffic there is, nor gateway endpoints that other stacks make in the VPC. */
export default policy({
    name: "gateway-endpoint-before-nat",
    displayName: "Gateway endpoint before NAT",
    description:
        "No VPC sends S3 or DynamoDB traffic of private subnets to a NAT gateway for want of a gateway endpoint.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["gateway-endpoint", "routing", "cost"],
    framework: wellArchitected("COST08-BP03"),
    remediationSteps:
        "Add an endpoint of type Gateway for each service, and associate it with the route tables of the private subnets.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    settings: {
        services: texts("Services for which a VPC has a gateway endpoint before it pays a NAT gateway.", [
            "s3",
            "dynamodb",
        ]),
        prices,
    },
    subjects: network => network.vpcs,

    *check(vpc, settings, network) {
        const missing = Several.of(...settings.services)
            .filter(service => network.uses(service))
            .filter(service => !vpc.takesItself(service)).found;
        if (missing.length === 0) {
            return;
        }
        const paying = vpc.subnets
            .filter(subnet => subnet.sendsDefaultTo("NAT gateway"))
            .filter(subnet => !subnet.isPublic)
            .filter(subnet => !subnet.holdsOnlyCarriers).found;
        if (paying.length > 0) {
            const gateways = listed(
                paying.flatMap(subnet => subnet.publicRoutesTo("NAT gateway").members.map(route => route.targetName)),
            );
            yield `${vpc.toString()} has no gateway endpoint for ${listed(missing)}: that traffic of ${named("private subnet", paying)} goes through ${gateways}, for ${natYear(settings.prices)}, at ${natPrice(settings.prices)}.`;
        }
    },
});
