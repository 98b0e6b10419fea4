import type { Endpoint } from "./endpoint";
import { either } from "./knowledge";
import type { Need } from "./need";
import type { Network } from "./network";
import { opening, Resource, type Source } from "./resource";
import type { InstanceProfile } from "./role";
import type { SecurityGroup } from "./security-group";
import { type References, Several } from "./several";
import type { PublicAddress, Subnet } from "./subnet";
import { once } from "./memo";

/** Why something is in a subnet: as a workload that calls services, only to carry the traffic of others, or for anything else. */
export type TenantRole = "client" | "carrier" | "other";

export interface TenantFacts {
    readonly network: Network;
    readonly subnets: References<Subnet>;
    /** The security groups that the author names. */
    readonly securityGroups: References<SecurityGroup>;
    /** Whether it gets a public IPv4 address; undefined where the author leaves that to the subnet. May throw {@link Unseen}. */
    readonly publicAddress: () => boolean | undefined;
    /** The property that gives it the address; undefined for something that is the address. */
    readonly publicBy: string | undefined;
}

/** Something that lives in subnets: an instance, a service, a database, a load balancer. */
export class Tenant extends Resource {
    /** Whether its subnets give it a public IPv4 address where the author does not say. */
    protected readonly takesAddressOfSubnet: boolean = false;

    constructor(
        source: Source,
        readonly noun: string,
        readonly role: TenantRole,
        protected readonly facts: TenantFacts,
    ) {
        super(source);
    }

    get subnets(): Several<Subnet> {
        return this.facts.subnets.all;
    }

    /** Where none is named AWS takes the default one of the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
    @once
    get securityGroups(): Several<SecurityGroup> {
        const named = this.facts.securityGroups.all;
        const own = named.isEmpty
            ? this.subnets.flatMap(subnet => subnet.vpcs).map(vpc => vpc.defaultSecurityGroup)
            : named;
        return own.concat(this.facts.network.groupAttachments.of(this).flatMap(link => link.securityGroup.all));
    }

    /** The endpoints that serve it, wherever it lives. */
    @once
    get endpoints(): Several<Endpoint> {
        return this.subnets.flatMap(subnet => subnet.endpoints);
    }

    /**
     * The subnets from which it reaches no public address, such as those of AWS's services.
     * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
     */
    @once
    get strandedIn(): Several<Subnet> {
        return this.subnets.filter(subnet => !subnet.letsOut(() => this.hasPublicAddress(subnet)));
    }

    /** Whether it pulls an image from ECR over its own network. */
    get pullsFromEcr(): boolean {
        return false;
    }

    /** What else it calls, as far as the stack tells. */
    get needs(): Several<Need> {
        return Several.none;
    }

    private hasPublicAddress(subnet: Subnet): boolean {
        return either(
            () => this.facts.publicAddress() ?? (this.takesAddressOfSubnet && subnet.givesPublicIpv4),
            () => !this.facts.network.elasticAddresses.of(this).isEmpty,
        );
    }

    /** How it gets a public address by itself, whatever its subnets do; undefined if it does not. */
    get publicAddress(): PublicAddress | undefined {
        if (this.facts.publicAddress() !== true) {
            return undefined;
        }
        const gives =
            this.facts.publicBy === undefined
                ? `${opening(this.toString())} gives what it is bound to`
                : `${this.facts.publicBy} gives ${this.toString()}`;
        return { gives, subnets: this.subnets };
    }
}

/** A service whose resources are put into groups of subnets. */
export type GroupedService = "rds" | "redshift" | "elasticache" | "dms";

/** A list of subnets under one name, such as a DB subnet group. */
export class SubnetGroup extends Resource {
    readonly noun = "subnet group";

    /** @param service whose it is: each has names of its own. */
    constructor(
        source: Source,
        readonly service: GroupedService,
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
        private readonly facts: {
            readonly publicAddress: () => boolean | undefined;
            readonly subnets: References<Subnet>;
            readonly securityGroups: References<SecurityGroup>;
            readonly profile: References<InstanceProfile>;
        },
    ) {
        super(source);
    }

    /** The subnets of the network interfaces that it describes, if it names any. */
    get subnets(): Several<Subnet> {
        return this.facts.subnets.all;
    }

    /** The groups that it gives to instances, if it names any. */
    get securityGroups(): Several<SecurityGroup> {
        return this.facts.securityGroups.all;
    }

    /** The instance profile that it gives to instances, if it names one. */
    get profile(): Several<InstanceProfile> {
        return this.facts.profile.all;
    }

    /** Whether instances get a public IPv4 address; undefined where that is left to the subnet. */
    get publicAddress(): boolean | undefined {
        return this.facts.publicAddress();
    }
}

/** An Elastic IP address of something. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html */
export interface ElasticAddress {
    readonly tenant: References<Tenant>;
}

/** A security group of a network interface as a resource of its own. */
export interface GroupAttachment {
    readonly tenant: References<Tenant>;
    readonly securityGroup: References<SecurityGroup>;
}
