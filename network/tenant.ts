import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";
import type { PublicAddress, Subnet } from "./subnet";

/** Why something is in a subnet: as a workload that calls services, only to carry the traffic of others, or for anything else. */
export type Role = "client" | "carrier" | "other";

export interface TenantFacts {
    readonly subnets: References<Subnet>;
    /** Whether it gets a public IPv4 address; undefined where the author leaves that to the subnet. May throw {@link Unseen}. */
    readonly publicAddress: () => boolean | undefined;
    /** The property that gives it the address; undefined for something that is the address. */
    readonly publicBy: string | undefined;
}

/** Something that lives in subnets: an instance, a service, a database, a load balancer. */
export class Tenant extends Resource {
    constructor(
        source: Source,
        readonly noun: string,
        readonly role: Role,
        private readonly facts: TenantFacts,
    ) {
        super(source);
    }

    get subnets(): Several<Subnet> {
        return this.facts.subnets.all;
    }

    /** How it gets a public address by itself, whatever its subnets do; undefined if it does not. */
    get publicAddress(): PublicAddress | undefined {
        if (this.facts.publicAddress() !== true) {
            return undefined;
        }
        const gives =
            this.facts.publicBy === undefined
                ? `${this.toString()} gives what it is bound to`
                : `${this.facts.publicBy} gives ${this.toString()}`;
        return { gives, subnets: this.subnets };
    }
}

/** A list of subnets under one name, such as a DB subnet group. */
export class SubnetGroup extends Resource {
    readonly noun = "subnet group";

    constructor(
        source: Source,
        private readonly members: References<Subnet>,
    ) {
        super(source);
    }

    get subnets(): Several<Subnet> {
        return this.members.all;
    }
}

/** What instances are launched from: a launch template or launch configuration. */
export class LaunchTemplate extends Resource {
    readonly noun = "launch template";

    constructor(
        source: Source,
        private readonly gives: () => boolean | undefined,
    ) {
        super(source);
    }

    /** Whether instances get a public IPv4 address; undefined where that is left to the subnet. */
    get publicAddress(): boolean | undefined {
        return this.gives();
    }
}
