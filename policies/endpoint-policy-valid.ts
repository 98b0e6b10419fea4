import { policy, probable } from "../engine/policy";
import { Endpoint } from "../network/endpoint";
import { faults } from "../network/iam/faults";

/** Does not see: whether what a policy names exists, nor whether anything but its endpoint lets the requests through. */
export default policy({
    name: "endpoint-policy-valid",
    displayName: "Endpoint policy valid",
    description: "Every endpoint policy is one that AWS takes and that lets something through.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["endpoint-policy"],
    remediationSteps: "Correct the element of the policy that the message names.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
    hasProbable: true,
    subjects: network => network.policyHolders,
    alone: holder => holder instanceof Endpoint,

    *check(holder) {
        const document = holder.statedPolicy;
        const endpoint = {
            prefixes: () => holder.policyEndpoint?.actionPrefixes,
            isGateway: () => holder.policyEndpoint?.type === "Gateway",
        };
        for (const fault of document === undefined ? [] : faults(document, endpoint)) {
            const message = `${fault.message.replace(/\.$/, "")} (${holder.toString()}).`;
            yield fault.probable ? probable(message) : message;
        }
    },
});
