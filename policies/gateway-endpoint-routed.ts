import { policy } from "../engine/policy";

/** Does not see: associations with route tables that other stacks make. */
export default policy({
    name: "gateway-endpoint-routed",
    displayName: "Gateway endpoint in a route table",
    description: "Every gateway endpoint is associated with at least one route table.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["gateway-endpoint", "routing"],
    remediationSteps:
        "Name the route tables of the private subnets in the endpoint's routeTableIds, or add an aws.ec2.VpcEndpointRouteTableAssociation for each.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    subjects: network => network.endpoints,

    *check(endpoint) {
        if (endpoint.type === "Gateway" && endpoint.routeTables.isEmpty) {
            yield `Gateway ${endpoint.toString()} for ${endpoint.service.name} is in no route table, so no traffic takes it.`;
        }
    },
});
