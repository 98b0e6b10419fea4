import { matchesAny, policy, see, texts } from "pulumi-policy-aws-vpc-endpoints";

export default policy({
    name: "interface-endpoint-in-hub",
    displayName: "Interface endpoint in a hub",
    description: "Every interface endpoint for a service of AWS is in a hub VPC, where all VPCs share it.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["interface-endpoint", "cost"],
    remediationSteps: "Use the endpoint of the hub: associate the VPC with the Route 53 Profile of the hub.",
    url: "https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html",
    settings: {
        hubs: texts("Patterns on the Name tags of hub VPCs.", ["hub", "hub-*"]),
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        if (endpoint.type !== "Interface" || !endpoint.service.isAws) {
            return;
        }
        const name = endpoint.vpc.tags.get("Name");
        if (name === undefined || !matchesAny(settings.hubs, see(name))) {
            yield `Interface ${endpoint.toString()} for ${endpoint.service.name} is in ${endpoint.vpc.toString()}, which is no hub.`;
        }
    },
});
