import { policy } from "../engine/policy";
import { listed } from "../network/resource";

export default policy({
    name: "endpoint-settings-match-type",
    displayName: "Endpoint settings match the endpoint type",
    description: "No endpoint has a setting that AWS takes only for endpoints of other types.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["gateway-endpoint", "interface-endpoint", "gateway-load-balancer-endpoint"],
    remediationSteps:
        "Remove what the message names, or set vpcEndpointType to a type that takes it: left out, it means Gateway.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html",
    subjects: network => network.endpoints,
    alone: endpoint => endpoint.unfitItself.members.length > 0,

    *check(endpoint) {
        const itself = endpoint.unfitItself.found;
        const unfit = itself.length > 0 ? itself : endpoint.unfitApart.found;
        if (unfit.length > 0) {
            yield `${endpoint.type} ${endpoint.toString()} has ${listed(unfit)}, which endpoints of its type do not take.`;
        }
    },
});
