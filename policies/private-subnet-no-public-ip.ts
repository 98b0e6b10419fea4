import { policy, probable, securityHub, texts, tierTags } from "../engine/policy";
import { Declaration } from "../network/declaration";
import { matchesAny } from "../network/glob";
import { either } from "../network/knowledge";
import { listed, named } from "../network/resource";
import { Subnet } from "../network/subnet";

/** Does not see: addresses that are given by hand or by programs while they run, nor what launch templates of other stacks give. */
export default policy({
    name: "private-subnet-no-public-ip",
    displayName: "No public IP addresses in private subnets",
    description: "Nothing in a private subnet has or gets a public IP address.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["private-subnet", "public-ip"],
    framework: securityHub("EC2.15"),
    remediationSteps: "Turn off the property that the message names, or move the resource to a public subnet.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
    settings: {
        tags: tierTags,
        exceptSubnets: texts(
            "Patterns on the names of subnets that may have public addresses though they are private.",
        ),
    },
    hasProbable: true,
    subjects: network => [...network.subnets, ...network.tenants],
    remedy: {
        properties: { mapPublicIpOnLaunch: false, associatePublicIpAddress: false },
        isWrong: (subject, settings) =>
            new Declaration(settings.tags).of(subject.tags)?.by === "tag" &&
            (subject instanceof Subnet
                ? !matchesAny(settings.exceptSubnets, subject.name)
                : settings.exceptSubnets.length === 0),
    },

    *check(subject, settings) {
        const address = subject.publicAddress;
        const tags = new Declaration(settings.tags);
        const subnets = address?.subnets.filter(subnet => !matchesAny(settings.exceptSubnets, subnet.name));
        const certain =
            subnets?.filter(subnet =>
                either(
                    () => subnet.declared(tags)?.by === "tag",
                    () => !subnet.isPublic,
                ),
            ).found ?? [];
        const hinted =
            certain.length > 0 ? [] : (subnets?.filter(subnet => subnet.declared(tags) !== undefined).found ?? []);
        const found = [...certain, ...hinted];
        if (address !== undefined && found.length > 0) {
            const why = listed(found.map(subnet => subnet.declared(tags)?.tag ?? "no route to an internet gateway"));
            const message = `${address.gives} a public IP address in ${named("private subnet", found)} (${why}).`;
            yield certain.length > 0 ? message : probable(message);
        }
    },
});
