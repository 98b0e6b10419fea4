import { policy, probable, texts } from "../engine/policy";
import { matchesAny } from "../network/glob";
import { listed } from "../network/resource";

/** Does not see: a Region that comes from the environment alone, with neither the endpoint nor its provider naming one. */
export default policy({
    name: "endpoint-service-name-valid",
    displayName: "Endpoint service name valid",
    description: "Every endpoint leads to a service that exists in its Region and takes endpoints of its type.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["service-name"],
    remediationSteps:
        "Correct serviceName, vpcEndpointType or serviceRegion as the message says; for a service that is newer than this pack, set extraServices.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    settings: {
        extraServices: texts("Patterns on the names of services that are known besides, without prefix and Region."),
    },
    hasProbable: true,
    subjects: network => network.endpoints,
    alone: () => true,

    *check(endpoint, settings) {
        const service = endpoint.service;
        if (service.isEndpointService) {
            return;
        }
        const name = `Service name ${service.serviceName} of ${endpoint.toString()}`;
        if (!service.isKnown && !matchesAny(settings.extraServices, service.name)) {
            const mistake = service.misspelt;
            yield mistake === undefined
                ? probable(`${name} is none that this pack knows.`)
                : `${name} is none of AWS's: ${mistake.meant} is ${mistake.letters === 1 ? "one letter" : "two letters"} away.`;
        }
        const stray = endpoint.strayRegion;
        if (stray !== undefined) {
            yield `${name} has Region ${stray.named}, but the endpoint is in ${stray.own} and no serviceRegion says otherwise.`;
        }
        const proper = service.properName(endpoint.type);
        if (proper !== undefined) {
            yield `${name} has the wrong prefix: AWS calls the service ${proper}.`;
        }
        const types = service.endpointTypes ?? [endpoint.type];
        if (!types.includes(endpoint.type)) {
            yield `${name} goes with endpoints of type ${listed(types)} only, not with ${endpoint.type}.`;
        }
    },
});
