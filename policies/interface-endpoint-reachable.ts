import { policy, probable, texts } from "../engine/policy";
import { Access } from "../network/access";
import { matchesAny } from "../network/glob";

/**
 * Does not see: network ACLs that drop only a part of what is exchanged, or that stand before some of the endpoint's subnets; for a service of
 * several ports, those that are closed beside an open one.
 */
export default policy({
    name: "interface-endpoint-reachable",
    displayName: "Interface endpoint reachable",
    description:
        "Interface endpoints admit the workloads of their VPC on the service's port, and network ACLs let them.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "security-group", "network-acl"],
    remediationSteps:
        "Admit the clients that the message names in a security group of the endpoint, or in the network ACL.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    settings: {
        clients: texts("Patterns on the names of the workloads that use the endpoints.", ["*"]),
    },
    hasProbable: true,
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        const ports = endpoint.type === "Interface" ? endpoint.service.ports : undefined;
        if (ports === undefined || endpoint.securityGroups.some(group => group.isDefault)) {
            return;
        }
        const access = new Access(endpoint, ports);
        if (access.isOpenAnyway) {
            return;
        }
        const clients = access.clients.filter(
            ({ workload }) => workload === undefined || matchesAny(settings.clients, workload.name),
        );
        const isCertain = access.leavesOut(clients);
        const left = clients.filter(client =>
            isCertain ? access.isClosedTo(client) : access.isPartlyClosedTo(client),
        ).found;
        if (left.length > 0) {
            const message = access.explain(left);
            yield isCertain ? message : probable(message);
        }
    },
});
