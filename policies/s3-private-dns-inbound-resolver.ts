import { policy, probable } from "../engine/policy";

/** Does not see: endpoints for S3 in another Region. */
export default policy({
    name: "s3-private-dns-inbound-resolver",
    displayName: "Private DNS for S3 fits the gateway endpoint",
    description:
        "Private DNS for S3 is for inbound resolvers only exactly where the VPC has a gateway endpoint for S3.",
    enforcementLevel: "mandatory",
    severity: "medium",
    tags: ["interface-endpoint", "gateway-endpoint", "dns", "s3"],
    remediationSteps:
        "Add a gateway endpoint for S3, or set dnsOptions.privateDnsOnlyForInboundResolverEndpoint to false where there is none and to true beside one.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
    hasProbable: true,
    subjects: network => network.endpoints,

    *check(endpoint) {
        const isInterface = endpoint.type === "Interface" && endpoint.leadsTo("s3");
        if (!isInterface || !endpoint.privateDns || endpoint.isCrossRegion) {
            return;
        }
        if (!endpoint.isForInboundResolverOnly && endpoint.hasGateway) {
            yield probable(
                `Private DNS of ${endpoint.toString()} is for all of ${endpoint.vpc.toString()}, so that traffic which the gateway endpoint for S3 would carry for nothing is paid for.`,
            );
        } else if (endpoint.isForInboundResolverOnly && !endpoint.hasGateway) {
            yield `Private DNS of ${endpoint.toString()} is for inbound resolvers only, as it is where dnsOptions are left out: AWS refuses that, since ${endpoint.vpc.toString()} has no gateway endpoint for S3.`;
        }
    },
});
