import { flag, policy } from "../engine/policy";
import { listed, type Resource } from "../network/resource";
import { Several } from "../network/several";

/** Does not see: private hosted zones that other stacks associate with the VPC. */
export default policy({
    name: "vpc-dns-enabled-for-endpoints",
    displayName: "VPC DNS enabled for endpoints",
    description: "A VPC whose endpoints are found by private DNS has DNS support and DNS hostnames on.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["dns", "interface-endpoint", "gateway-endpoint"],
    remediationSteps: "Set enableDnsSupport and enableDnsHostnames of the VPC to true; hostnames are off by default.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
    settings: {
        gatewayHostnames: flag(
            "Whether a VPC with gateway endpoints needs DNS hostnames, too: AWS's text asks for both attributes.",
            false,
        ),
    },
    subjects: network => network.vpcs,

    *check(vpc, settings) {
        const off = vpc.dnsAttributesOff;
        const gateways = vpc.endpoints.filter(endpoint => endpoint.type === "Gateway");
        const byName = Several.union<Resource>(
            vpc.endpoints.filter(endpoint => endpoint.privateDns),
            vpc.zones.filter(zone => zone.isForService),
        );
        const needHostnames = settings.gatewayHostnames ? byName.concat(gateways) : byName;
        const suffering = off.flatMap(attribute =>
            attribute === "enableDnsSupport" ? byName.concat(gateways) : needHostnames,
        ).found;
        if (suffering.length > 0) {
            yield `${vpc.toString()} has ${listed(off.members)} off, so the DNS names of ${listed(suffering.map(String))} do not resolve to private addresses in it.`;
        }
    },
});
