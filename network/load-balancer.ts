import { attempt, both, Pending, see } from "./knowledge";
import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";
import type { Subnet } from "./subnet";
import { Tenant, type TenantFacts } from "./tenant";

export interface LoadBalancerFacts extends TenantFacts {
    /** As many things as it has subnets, which can be counted where the subnets themselves are outside. */
    readonly places: Several<unknown>;
    /** Whether the author turned cross-zone load balancing on. May throw {@link Unseen}. */
    readonly crossZone: () => boolean;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html */
export class LoadBalancer extends Tenant {
    constructor(
        source: Source,
        private readonly balancer: LoadBalancerFacts,
    ) {
        super(source, "load balancer", "carrier", balancer);
    }

    /**
     * Whether it is in fewer Availability Zones than a number: AWS takes one subnet of each zone.
     * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
     * @throws {Unseen} if its subnets cannot be counted.
     */
    isInFewerZonesThan(count: number): boolean {
        const isFewer = attempt(() => this.balancer.places.isFewerThan(count));
        return isFewer instanceof Pending ? this.subnets.isFewerThan(count) : see(isFewer);
    }

    /**
     * Whether it sends all that it balances to targets in every zone: what a target group says goes before its own setting.
     * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html
     */
    get balancesAcrossZones(): boolean {
        const groups = this.balancer.network.listeners.of(this).flatMap(listener => listener.targetGroups.all);
        return groups.isEmpty
            ? this.balancer.crossZone()
            : groups.every(group => group.crossZone ?? this.balancer.crossZone());
    }

    /** The subnets of its VPC in Availability Zones where it has none. */
    get subnetsBeyond(): Several<Subnet> {
        return this.subnets
            .flatMap(subnet => subnet.vpcs)
            .flatMap(vpc => vpc.subnets)
            .filter(subnet =>
                this.subnets.every(own =>
                    both(
                        () => own !== subnet,
                        () => !own.sharesZoneWith(subnet),
                    ),
                ),
            );
    }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html */
export class TargetGroup extends Resource {
    readonly noun = "target group";

    constructor(
        source: Source,
        private readonly facts: { readonly crossZone: () => boolean | undefined },
    ) {
        super(source);
    }

    /** Whether its targets are reached from every zone; undefined where it leaves that to the load balancer. */
    get crossZone(): boolean | undefined {
        return this.facts.crossZone();
    }
}

/** What a load balancer sends to target groups. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html */
export interface Listener {
    readonly balancer: References<LoadBalancer>;
    readonly targetGroups: References<TargetGroup>;
}
