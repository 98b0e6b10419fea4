import { policy, wellArchitected } from "../engine/policy";

/** Does not see: groups that other stacks associate with the endpoint; endpoints of resources and service networks of VPC Lattice. */
export default policy({
    name: "interface-endpoint-security-group-required",
    displayName: "Security group required on interface endpoints",
    description: "Every interface endpoint has security groups of its own, not the default one of its VPC.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "security-group"],
    framework: wellArchitected("SEC05-BP02"),
    remediationSteps: "Name in securityGroupIds a security group that admits the VPC's clients on the service's port.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    subjects: network => network.endpoints,

    *check(endpoint) {
        if (endpoint.type !== "Interface") {
            return;
        }
        if (endpoint.namesNoSecurityGroup) {
            yield `Interface ${endpoint.toString()} names no security group, so AWS gives it the default one of its VPC.`;
        } else if (endpoint.securityGroups.some(group => group.isDefault)) {
            yield `Interface ${endpoint.toString()} has the default security group of its VPC, which everything in the VPC may share.`;
        }
    },
});
