import { policy, wellArchitected } from "../engine/policy";
import { named } from "../network/resource";

export default policy({
    name: "interface-endpoint-in-private-subnets",
    displayName: "Interface endpoints in private subnets",
    description: "Every interface endpoint has its network interfaces in private subnets.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["interface-endpoint", "private-subnet"],
    framework: wellArchitected("SEC05-BP01"),
    remediationSteps: "Name private subnets in the endpoint's subnetIds.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    subjects: network => network.endpoints,

    *check(endpoint) {
        if (endpoint.type !== "Interface") {
            return;
        }
        const found = endpoint.subnets.filter(subnet => subnet.isPublic).found;
        if (found.length > 0) {
            yield `Interface ${endpoint.toString()} has a network interface in ${named("public subnet", found)}, which an internet gateway serves.`;
        }
    },
});
