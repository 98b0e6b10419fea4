import { type Fact, see } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { isServiceDomain } from "./service";
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

    /** Whether it answers for a name that AWS services are reached by. */
    get isForService(): boolean {
        return isServiceDomain(see(this.facts.domain));
    }

    get vpcs(): Several<Vpc> {
        return this.facts.vpcs.all.concat(
            this.network.zoneAssociations.of(this).flatMap(association => association.vpc.all),
        );
    }
}

/** A VPC that a zone answers in, as a resource of its own. */
export interface ZoneAssociation {
    readonly zone: References<PrivateZone>;
    readonly vpc: References<Vpc>;
}
