import { policy, texts } from "../engine/policy";
import { matchesAny } from "../network/glob";
import { either } from "../network/knowledge";

/** Does not see: endpoints for S3, for services that are not AWS's, or that are in another Region. */
export default policy({
    name: "interface-endpoint-private-dns-enabled",
    displayName: "Private DNS enabled on interface endpoints",
    description: "The normal DNS name of a service leads to the interface endpoint that its VPC has for it.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["interface-endpoint", "dns"],
    remediationSteps:
        "Set privateDnsEnabled to true, or associate a private hosted zone or Route 53 Profile for the service with the VPC.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
    settings: {
        exceptServices: texts("Patterns on the names of services whose endpoints may have private DNS off."),
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        if (endpoint.type !== "Interface") {
            return;
        }
        const service = endpoint.service;
        const dnsName = service.privateDnsName;
        // S3 is cheaper by a gateway endpoint, beside which private DNS would lead everybody to this one.
        const isExcepted = service.name === "s3" || matchesAny(settings.exceptServices, service.name);
        if (isExcepted || dnsName === undefined || endpoint.privateDns || endpoint.isCrossRegion) {
            return;
        }
        const vpc = endpoint.vpc;
        const isOtherwise = either(
            () => endpoint.isNamedOtherwise,
            // Where others reach the VPC, private DNS may be off for the sake of a zone that they share.
            () => !vpc.connections.isEmpty,
        );
        if (!isOtherwise) {
            yield `Interface ${endpoint.toString()} has private DNS off, so ${dnsName} leads to public addresses in ${vpc.toString()}.`;
        }
    },
});
