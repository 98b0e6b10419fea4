import { choice, policy, probable, securityHub } from "../engine/policy";
import { listed } from "../network/resource";
import { type AgentService, hasOldMessages, managementOf } from "../network/systems-manager";

/** Does not see: instances that are managed by default host management, without a role of their own. */
export default policy({
    name: "ssm-endpoints-complete",
    displayName: "Systems Manager endpoints complete",
    description: "Systems Manager reaches the instances of a VPC by a way out or by all of its endpoints.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "systems-manager"],
    framework: securityHub("EC2.57"),
    remediationSteps: "Add interface endpoints with private DNS for the services that the message names.",
    url: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
    settings: {
        ec2messages: choice(
            "Whether `ec2messages` is `required`, `advised` where the Region has it, or `optional`: agents from 3.3.40.0 do without it.",
            ["required", "advised", "optional"],
            "advised",
        ),
    },
    hasProbable: true,
    subjects: network => network.vpcs,

    *check(vpc, settings) {
        const stray = vpc.ownEndpoints("ec2messages").first(endpoint => !hasOldMessages(endpoint.regionOfName));
        if (stray !== undefined) {
            yield `${vpc.toString()} has ${stray.toString()} for ${stray.service.serviceName}, which does not exist.`;
        }
        const management = managementOf(vpc, settings.ec2messages !== "optional");
        const isNeeded = (service: AgentService): boolean =>
            service !== "ec2messages" || settings.ec2messages === "required";
        const instances = listed(management.stranded.members.map(String));
        const missing = management.missing.filter(isNeeded).found;
        if (missing.length > 0) {
            yield `Systems Manager does not reach ${instances} of ${vpc.toString()}: there is no way out, and no endpoint for ${listed(missing)}.`;
            return;
        }
        const left = management.leftOut.filter(isNeeded).found;
        if (left.length > 0) {
            const message = `${vpc.toString()} has some of the endpoints for Systems Manager, but none for ${listed(left)}.`;
            yield probable(message);
        } else if (management.missing.found.length > 0) {
            const message = `Systems Manager does not reach ${instances} of ${vpc.toString()} where the agent is older than 3.3.40.0: there is no endpoint for ec2messages.`;
            yield probable(message);
        }
    },
});
