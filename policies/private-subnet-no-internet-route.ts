import { policy, probable, tierTags, wellArchitected } from "../engine/policy";
import { Declaration } from "../network/declaration";
import { both } from "../network/knowledge";

/** Does not see: that what is declared private is public by way of a firewall or Gateway Load Balancer endpoint. */
export default policy({
    name: "private-subnet-no-internet-route",
    displayName: "No internet route in private subnets",
    description: "A subnet that is declared private has no route to an internet gateway.",
    enforcementLevel: "mandatory",
    severity: "critical",
    tags: ["private-subnet", "routing"],
    framework: wellArchitected("SEC05-BP01"),
    remediationSteps:
        "Associate the subnet with a route table that leads to no internet gateway. If the subnet is public, correct its tag.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    settings: {
        tags: tierTags,
    },
    hasProbable: true,
    subjects: network => network.subnets,

    *check(subnet, settings) {
        const tags = new Declaration(settings.tags);
        const isWrong = both(
            () => subnet.declared(tags)?.as === "private",
            () => subnet.internetRoute !== undefined,
        );
        const [declared, route] = isWrong ? [subnet.declared(tags), subnet.internetRoute] : [];
        if (declared !== undefined && route !== undefined) {
            const message = `Private ${subnet.toString()} (${declared.tag}) has a route to the internet: ${subnet.pathBy(route)}.`;
            yield declared.by === "tag" ? message : probable(message);
        }
    },
});
