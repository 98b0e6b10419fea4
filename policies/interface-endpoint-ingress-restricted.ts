import { cidrs, policy, probable, wellArchitected } from "../engine/policy";
import { Addresses, privateRanges } from "../network/addresses";
import { both } from "../network/knowledge";
import { portsInWords } from "../network/ports";
import { listed, named } from "../network/resource";

/** Does not see: endpoints of resources and service networks of VPC Lattice; sources that a prefix list names; what other networks of one's own, behind a transit gateway or VPN, have of public addresses. */
export default policy({
    name: "interface-endpoint-ingress-restricted",
    displayName: "Ingress of interface endpoints restricted",
    description: "The security groups of interface endpoints admit private sources only, on the service's ports.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "security-group"],
    framework: wellArchitected("SEC05-BP02"),
    remediationSteps: "Let the rule name the CIDR blocks or security groups of the clients, and the service's port.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    settings: {
        allowCidrs: cidrs("CIDR blocks that may be admitted besides, such as public ones of one's own network."),
    },
    hasProbable: true,
    subjects: network => network.securityGroups,

    *check(group, settings) {
        const endpoints = group.interfaceEndpoints;
        const isOpen = both(
            () => !group.ingress.isEmpty,
            () => !endpoints.isEmpty,
        );
        if (!isOpen) {
            return;
        }
        const admit = (what: readonly string[]) =>
            `Rules of ${group.toString()} admit ${listed(what)} to ${named("interface endpoint", endpoints.found)}`;
        const strangers = group.strangers(privateRanges().union(Addresses.of(...settings.allowCidrs)));
        if (!strangers.isEmpty) {
            yield `${admit(strangers.found)}: neither private addresses nor blocks of the VPC and its peers.`;
        }
        const ports = group.isDefault ? undefined : group.endpointPorts;
        const beyond = ports && group.ingress.filter(rule => rule.isBeyond(ports));
        if (ports !== undefined && beyond?.isEmpty === false && group.tenants.isEmpty) {
            yield probable(`${admit(beyond.found.map(rule => rule.traffic))}, on more than ${portsInWords(ports)}.`);
        }
    },
});
