import { accountIn } from "./arn";
import { both, either, type Fact, see } from "./knowledge";
import type { LoadBalancer } from "./load-balancer";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { type References, Several } from "./several";

export interface EndpointServiceFacts {
    readonly acceptanceRequired: Fact<boolean>;
    /** The principals that are named with the service. */
    readonly principals: Several<string>;
    readonly loadBalancers: References<LoadBalancer>;
    /** The account that owns the service. */
    readonly account: Fact<string>;
}

/** A service that the stack offers to others by PrivateLink. https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html */
export class EndpointService extends Resource {
    readonly noun = "endpoint service";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: EndpointServiceFacts,
    ) {
        super(source);
    }

    /** Whether the owner of the service accepts each connection; otherwise AWS does. https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html */
    get acceptanceRequired(): boolean {
        return see(this.facts.acceptanceRequired);
    }

    /**
     * Who may ask for a connection: `*`, ARNs of accounts, roles and users. Nobody may where there are none.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
     */
    get principals(): Several<string> {
        return this.facts.principals.concat(
            this.network.endpointServiceGrants.of(this).flatMap(grant => grant.principals),
        );
    }

    /** Whether it has a service name, which ends in its id. */
    isCalled(serviceName: string): boolean {
        return this.source.ids.some(id => serviceName.endsWith(`.${id}`));
    }

    get loadBalancers(): Several<LoadBalancer> {
        return this.facts.loadBalancers.all;
    }

    /**
     * Whether its load balancers together are in fewer Availability Zones than a number.
     * @throws {Unseen} if that hangs on zones that cannot be seen.
     */
    isInFewerZonesThan(count: number): boolean {
        const balancers = this.loadBalancers;
        const subnets = balancers.flatMap(balancer => balancer.subnets);
        // Several load balancers may share zones: of subnets that do, the first one counts.
        const apart = subnets.filter(subnet => {
            const before = subnets.members.slice(0, subnets.members.indexOf(subnet));
            return !new Several(before).some(other => other.sharesZoneWith(subnet));
        });
        return both(
            () => !balancers.isEmpty,
            () => balancers.every(balancer => balancer.isInFewerZonesThan(count)),
            () =>
                either(
                    () => balancers.isFewerThan(2),
                    () => apart.isFewerThan(count),
                ),
        );
    }

    /** Those principals that are neither of the service's own account nor of one that is trusted. */
    strangers(trusted: readonly string[]): Several<string> {
        return this.principals.filter(
            principal =>
                isAnyone(principal) ||
                (!trusted.includes(accountIn(principal)) && accountIn(principal) !== see(this.facts.account)),
        );
    }
}

/**
 * A resource configuration or service network of VPC Lattice, to which endpoints lead as to a service.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-resources.html
 */
export class SharedResource extends Resource {
    constructor(
        source: Source,
        readonly noun: "resource configuration" | "service network",
    ) {
        super(source);
    }
}

/** Principals of an endpoint service as a resource of its own. */
export interface EndpointServiceGrant {
    readonly service: References<EndpointService>;
    readonly principals: Several<string>;
}

/** Whether a principal is everyone, whatever the account. */
export function isAnyone(principal: string): boolean {
    return accountIn(principal).includes("*");
}
