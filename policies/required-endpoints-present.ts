import { policy, securityHub, texts } from "../engine/policy";
import { matchesAny } from "../network/glob";
import { listed } from "../network/resource";
import { Several } from "../network/several";

/** Does not see: endpoints that another stack has made in a VPC of this one. */
export default policy({
    name: "required-endpoints-present",
    displayName: "Required endpoints present",
    description: "Every VPC has an endpoint for each service that the organization requires one for.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["gateway-endpoint", "interface-endpoint"],
    framework: securityHub("EC2.10"),
    remediationSteps: "Add endpoints for the services that the message names, or the VPC to the setting exceptVpcs.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    settings: {
        services: texts("Services that every VPC has an endpoint for, by names such as s3 and ecr.api."),
        exceptVpcs: texts("Patterns on the names of VPCs that need none of these endpoints."),
    },
    subjects: network => network.vpcs,

    *check(vpc, settings) {
        if (matchesAny(settings.exceptVpcs, vpc.name)) {
            return;
        }
        const missing = Several.of(...settings.services).filter(service => !vpc.isServedBy(service)).found;
        if (missing.length > 0) {
            yield `${vpc.toString()} has no endpoint for ${listed(missing)}, which every VPC is required to have.`;
        }
    },
});
