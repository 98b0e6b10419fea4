import type { Addresses } from "./addresses";
import { Connection } from "./connection";
import { attempt, both, type Fact, Outside, Pending, see, Unseen } from "./knowledge";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { type References, Several } from "./several";
import type { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

/** https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html */
export class TransitGateway extends Resource {
    readonly noun = "transit gateway";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: {
            /** Whether attachments are associated with its default route table unless they say otherwise. */
            readonly associates: Fact<boolean>;
            /** Whether attachments propagate to its default route table unless they say otherwise. */
            readonly propagates: Fact<boolean>;
            /** The table that comes with it. */
            readonly routeTable: TransitRouteTable;
        },
    ) {
        super(source);
    }

    get attachments(): Several<TransitAttachment> {
        return this.network.transitAttachments.of(this);
    }

    get routeTable(): TransitRouteTable {
        return this.facts.routeTable;
    }

    /** The table that attachments are associated with, or propagate to, by default; undefined if there is none. */
    defaultTable(of: TransitDefault["of"]): TransitRouteTable | undefined {
        if (!see(of === "association" ? this.facts.associates : this.facts.propagates)) {
            return undefined;
        }
        const chosen = this.network.transitDefaults.of(this).filter(other => other.of === of);
        return chosen.only?.table.one ?? this.routeTable;
    }

    /**
     * Where it takes what a VPC sends to addresses.
     * @throws {Unseen} if the VPC is not attached to it by this stack.
     */
    carry(from: Vpc, addresses: Addresses): Several<Carried> {
        const attachments = this.attachments.filter(attachment => attachment.vpcs.all.includes(from));
        if (attachments.isEmpty) {
            throw new Unseen(new Outside(`the attachment of ${from.toString()} to ${this.toString()}`));
        }
        return attachments.flatMap(attachment => attachment.routeTable.carry(addresses));
    }
}

/** What a transit gateway takes to an attachment. */
export interface Carried {
    readonly to: TransitAttachment;
    readonly addresses: Addresses;
}

/** Another default route table of a transit gateway. */
export interface TransitDefault {
    readonly gateway: References<TransitGateway>;
    readonly of: "association" | "propagation";
    readonly table: References<TransitRouteTable>;
}

/** What is attached to a transit gateway: a VPC, or something whose far side the stack does not show. */
export class TransitAttachment extends Connection {
    constructor(
        source: Source,
        noun: string,
        private readonly network: Network,
        private readonly facts: {
            readonly gateway: References<TransitGateway>;
            readonly vpcs: References<Vpc>;
            /** Where what enters the VPC goes on by the routes of the subnet. */
            readonly subnets: References<Subnet>;
            readonly associates: Fact<boolean>;
            readonly propagates: Fact<boolean>;
            /** What it propagates: the addresses of its VPC, what the other side announces, or nothing. */
            readonly announces: "VPC" | "unseen" | "nothing";
        },
    ) {
        super(source, noun, facts.vpcs);
    }

    get gateways(): Several<TransitGateway> {
        return this.facts.gateway.all;
    }

    get subnets(): Several<Subnet> {
        return this.facts.subnets.all;
    }

    get leadsToVpc(): boolean {
        return this.facts.announces === "VPC";
    }

    /** The table whose routes what comes from it takes. */
    get routeTable(): TransitRouteTable {
        const own = this.network.transitAssociations.of(this).only?.table.one;
        const table =
            own ?? (see(this.facts.associates) ? this.facts.gateway.one.defaultTable("association") : undefined);
        if (table === undefined) {
            throw new Unseen(new Outside(`the transit gateway route table of ${this.toString()}`));
        }
        return table;
    }

    /** Whether it propagates to a table because its transit gateway says so. */
    propagatesByDefaultTo(table: TransitRouteTable): boolean {
        return both(
            () => see(this.facts.propagates),
            () => this.facts.gateway.one.defaultTable("propagation") === table,
        );
    }

    /** The routes that it propagates. */
    get announced(): Several<TransitRoute> {
        const of = (destination: () => Addresses): TransitRoute =>
            new TransitRoute({
                destination,
                isStatic: false,
                isBlackhole: false,
                to: Several.of<TransitAttachment>(this),
            });
        switch (this.facts.announces) {
            case "VPC":
                return this.vpcs.all.flatMap(vpc => vpc.blocks).map(block => of(() => block));
            case "unseen":
                return Several.of(
                    of(() => {
                        throw new Unseen(new Outside(`what ${this.toString()} announces`));
                    }),
                );
            case "nothing":
                return Several.none;
        }
    }
}

/** A route of a transit gateway route table. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html */
export class TransitRoute {
    constructor(
        private readonly facts: {
            /** May throw {@link Unseen}. */
            readonly destination: () => Addresses;
            readonly isStatic: boolean;
            readonly isBlackhole: Fact<boolean>;
            readonly to: Several<TransitAttachment> | References<TransitAttachment>;
        },
    ) {}

    /** @throws {Unseen} if it cannot be seen. */
    get destination(): Addresses {
        return this.facts.destination();
    }

    /** Where it leads; nowhere if it is a blackhole. */
    get attachments(): Several<TransitAttachment> {
        const { isBlackhole, to } = this.facts;
        return see(isBlackhole) ? Several.none : to instanceof Several ? to : to.all;
    }

    /** Whether it takes what both cover: the more specific route does, and of two alike the static one. What is announced outside is not counted on. */
    isBefore(other: TransitRoute): boolean {
        const answer = attempt(() => {
            const [own, theirs] = [this.destination, other.destination];
            return theirs.includes(own) && (!own.includes(theirs) || (this.facts.isStatic && !other.facts.isStatic));
        });
        return answer instanceof Outside ? false : see(answer);
    }
}

export class TransitRouteTable extends Resource {
    readonly noun = "transit gateway route table";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly gateway: References<TransitGateway>,
    ) {
        super(source);
    }

    get gateways(): Several<TransitGateway> {
        return this.gateway.all;
    }

    private get routes(): Several<TransitRoute> {
        const byName = this.network.transitPropagations.of(this).flatMap(link => link.attachment.all);
        const byDefault = this.gateways.flatMap(gateway =>
            gateway.attachments.filter(attachment => attachment.propagatesByDefaultTo(this)),
        );
        return this.network.transitRoutes
            .of(this)
            .map(({ route }) => route)
            .concat(byName.concat(byDefault).flatMap(attachment => attachment.announced));
    }

    /** Where packets to addresses are taken, each by the most specific route. */
    carry(addresses: Addresses): Several<Carried> {
        const routes = this.routes;
        const before = (route: TransitRoute): readonly TransitRoute[] =>
            routes.members.filter(other => other !== route && other.isBefore(route));
        return routes.flatMap(route => {
            const rest = before(route).reduce(
                (left, other) => left.subtract(other.destination),
                route.destination.intersect(addresses),
            );
            if (rest.isEmpty) {
                return Several.none;
            }
            const doubt = routes.doubts.find(
                ({ because, candidate }) =>
                    because instanceof Pending &&
                    (candidate === undefined ||
                        (candidate !== route && attempt(() => candidate.isBefore(route)) !== false)),
            );
            const carried = route.attachments.map(to => ({ to, addresses: rest }));
            return carried.onlyIf(doubt?.because ?? true);
        });
    }
}

/** A route of a transit gateway route table, always a resource of its own. */
export interface StandAloneTransitRoute {
    readonly table: References<TransitRouteTable>;
    readonly route: TransitRoute;
}

/** An attachment's association with a transit gateway route table, or its propagation to one. */
export interface TransitLink {
    readonly attachment: References<TransitAttachment>;
    readonly table: References<TransitRouteTable>;
}
