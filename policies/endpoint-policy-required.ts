import { policy, probable, texts, wellArchitected } from "../engine/policy";

export default policy({
    name: "endpoint-policy-required",
    displayName: "Endpoint policy required",
    description: "Every gateway and interface endpoint has an endpoint policy of its own.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["endpoint-policy", "data-perimeter"],
    framework: wellArchitected("SEC03-BP08"),
    remediationSteps:
        "Give the endpoint a policy that names who may reach which resources, on the endpoint itself or by an aws.ec2.VpcEndpointPolicy.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
    settings: {
        exceptServices: texts("Services whose endpoints need no policy, such as sts."),
    },
    hasProbable: true,
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        const isLimitable = endpoint.type === "Gateway" || endpoint.type === "Interface";
        const service = isLimitable ? endpoint.service : undefined;
        if (service === undefined || service.takesPolicy === false || settings.exceptServices.includes(service.name)) {
            return;
        }
        if (endpoint.policy?.isFullAccess ?? true) {
            const on = endpoint.policyFrom;
            const message = `Through ${endpoint.toString()} anyone may call any action of ${service.name} on any resource: its policy is AWS's default, full access.`;
            yield service.takesPolicy === undefined
                ? probable(`${message} Whether ${service.serviceName} takes endpoint policies is not known.`, on)
                : { message, on };
        }
    },
});
