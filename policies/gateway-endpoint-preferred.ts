import { policy, texts, wellArchitected } from "../engine/policy";

/** Does not see: peering connections and attachments that other stacks make, through which others may use the interface endpoint. */
export default policy({
    name: "gateway-endpoint-preferred",
    displayName: "Gateway endpoint preferred for S3 and DynamoDB",
    description: "A VPC reaches S3 and DynamoDB through a gateway endpoint before it pays for an interface endpoint.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["gateway-endpoint", "cost"],
    framework: wellArchitected("COST08-BP03"),
    remediationSteps:
        "Add an endpoint of type Gateway for the service and associate it with the route tables of the private subnets.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    settings: {
        services: texts("Services that need a gateway endpoint beside an interface endpoint.", ["s3", "dynamodb"]),
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        const service = settings.services.find(name => endpoint.leadsTo(name));
        if (service === undefined || endpoint.type !== "Interface" || endpoint.isCrossRegion) {
            return;
        }
        const vpc = endpoint.vpc;
        // A gateway endpoint does not serve what reaches the VPC from beyond it.
        if (!endpoint.hasGateway && vpc.connections.isEmpty) {
            yield `${vpc.toString()} reaches ${service} only through interface ${endpoint.toString()}, which is paid for by the hour and the gigabyte; a gateway endpoint costs nothing.`;
        }
    },
});
