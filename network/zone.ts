import { type Fact, see } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import type { Endpoint } from "./endpoint";
import { isServiceDomain, type Service } from "./service";
import type { References, Several } from "./several";
import type { Vpc } from "./vpc";

/** A Route 53 private hosted zone. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html */
export class PrivateZone extends Resource {
    readonly noun = "private hosted zone";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: { readonly domain: Fact<string>; readonly vpcs: References<Vpc> },
    ) {
        super(source);
    }

    /** The name of the zone, in lower case and without a dot at its end. */
    get domain(): string {
        return plain(see(this.facts.domain));
    }

    /** Whether it answers for a name that AWS services are reached by. */
    get isForService(): boolean {
        return isServiceDomain(this.domain);
    }

    /** Whether it may answer for the DNS name of a service. */
    mayAnswerFor(service: Service): boolean {
        return service.mayBeIn(this.domain);
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpcs.all.concat(
            this.network.zoneAssociations.of(this).flatMap(association => association.vpc.all),
        );
    }
}

function plain(domain: string): string {
    return domain.toLowerCase().replace(/\.$/, "");
}

/** A Route 53 Profile: DNS settings that VPCs share. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html */
export class Profile extends Resource {
    readonly noun = "Route 53 Profile";

    constructor(
        source: Source,
        private readonly network: Network,
    ) {
        super(source);
    }

    /** Whether a zone, an endpoint or a rule in it may answer for the DNS name of a service. */
    mayAnswerFor(service: Service): boolean {
        return this.network.profileMembers
            .of(this)
            .flatMap(({ member }) => member.all)
            .some(member => member.mayAnswerFor(service));
    }
}

/** A zone, an endpoint or a rule of a Profile, as a resource of its own. */
export interface ProfileMember {
    readonly profile: References<Profile>;
    readonly member: References<PrivateZone | Endpoint | ResolverRule>;
}

/** A Route 53 Resolver rule: to whom names are forwarded. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-DSN-queries-to-vpc.html */
export class ResolverRule extends Resource {
    readonly noun = "Resolver rule";

    constructor(
        source: Source,
        private readonly facts: { readonly domain: Fact<string>; readonly type: Fact<string> },
    ) {
        super(source);
    }

    /** Whether it forwards the DNS name of a service. */
    mayAnswerFor(service: Service): boolean {
        const domain = plain(see(this.facts.domain));
        return (
            see(this.facts.type) === "FORWARD" &&
            (domain === "" || service.mayBeIn(domain) || service.dnsName?.endsWith(`.${domain}`) === true)
        );
    }
}

/** Which DNS servers a VPC tells its instances to ask. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html */
export class DhcpOptions extends Resource {
    readonly noun = "DHCP options";

    constructor(
        source: Source,
        private readonly servers: Fact<readonly string[]>,
    ) {
        super(source);
    }

    /** Whether they name DNS servers other than Amazon's. */
    get nameOtherServers(): boolean {
        const servers = see(this.servers);
        return servers.length > 0 && !servers.includes("AmazonProvidedDNS");
    }
}
