import { policy, probable, texts, tierTags, wellArchitected } from "../engine/policy";
import { Declaration } from "../network/declaration";
import { both } from "../network/knowledge";

/** Does not see: whether a network beyond the VPC leads on to the internet; a route there counts as a way out. */
export default policy({
    name: "isolated-subnet-no-egress",
    displayName: "No way out of isolated subnets",
    description: "A subnet that is declared isolated has no way out that covers public addresses.",
    enforcementLevel: "mandatory",
    severity: "critical",
    tags: ["private-subnet", "routing", "exfiltration"],
    framework: wellArchitected("SEC05-BP01"),
    remediationSteps:
        "Take the route that the message names out of the table, or associate the subnet with a table that has only routes within the VPC.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    settings: {
        tags: tierTags,
        allowTargets: texts(
            "Patterns on what isolated subnets may be routed to all the same: its kind, or its kind and name, such as `transit gateway hub`.",
        ),
    },
    hasProbable: true,
    subjects: network => network.subnets,

    *check(subnet, settings) {
        const tags = new Declaration(settings.tags);
        const isWrong = both(
            () => subnet.declared(tags)?.as === "isolated",
            () => !subnet.egressBeside(settings.allowTargets).isEmpty,
        );
        const declared = isWrong ? subnet.declared(tags) : undefined;
        if (declared !== undefined) {
            const ways = subnet.egressBeside(settings.allowTargets).found.map(route => subnet.pathBy(route));
            const message = `Isolated ${subnet.toString()} (${declared.tag}) has a way out: ${[...new Set(ways)].join("; ")}.`;
            yield declared.by === "tag" ? message : probable(message);
        }
    },
});
