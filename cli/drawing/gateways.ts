import { Connection } from "../../network/connection";
import { attempt, isUnseen, Pending } from "../../network/knowledge";
import type { Resource } from "../../network/resource";
import type { Route } from "../../network/route-table";
import { seen } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import { TransitGateway } from "../../network/transit-gateway";
import type { Vpc } from "../../network/vpc";
import type { GatewayPlace, Place } from "../map";
import { shownOr } from "./shown";

/** A place of which it is still being found out what is behind it. */
interface Drawn {
    place: GatewayPlace;
    readonly to: Set<string>;
}

/** What routes lead to, and what traffic meets behind it. */
export class Gateways {
    private readonly places = new Map<Resource | string, Drawn>();

    constructor(private readonly next: () => string) {}

    get all(): readonly GatewayPlace[] {
        return [...this.places.values()].map(({ place, to }) => ({ ...place, to: [...to] }));
    }

    /** The id of what a route leads to. */
    at(route: Route, from: Subnet | undefined): string {
        const target = attempt(() => route.target.optional);
        const kind = shownOr<string>(() => route.targetKind, "gateway");
        const name = target instanceof Pending ? "not known yet" : "not in this stack";
        const key = target === undefined || isUnseen(target) ? `${kind} ${name}` : target;
        const found = this.places.get(key);
        if (found !== undefined) return found.place.id;
        const drawn =
            typeof key === "string"
                ? this.add(key, undefined, kind, name)
                : this.behind(key, route, from, this.add(key, key.urn, kind, key.name));
        const { id } = drawn.place;
        drawn.to.delete(id);
        const isPublicNat =
            kind === "NAT gateway" && drawn.to.size === 0 && shownOr(() => !route.isToPrivateNatGateway, true);
        if (isPublicNat || openDoors.has(kind)) drawn.to.add(this.internet());
        return id;
    }

    /** Draws what is behind a target: by the routes of the subnets that it is in, and in other VPCs. */
    private behind(target: Resource, route: Route, from: Subnet | undefined, drawn: Drawn): Drawn {
        const within = seen(() => route.targetSubnets);
        drawn.place = { ...drawn.place, within: within.map(({ name }) => name) };
        for (const subnet of within.filter(subnet => subnet !== from)) {
            for (const further of seen(() => subnet.egress)) drawn.to.add(this.at(further, subnet));
        }
        for (const vpc of from === undefined ? [] : vpcsBehind(target, route, from)) {
            drawn.to.add(this.add(vpc, vpc.urn, "VPC", vpc.name).place.id);
        }
        return drawn;
    }

    /** Draws the way that a route of a subnet begins, to the internet if that is where it ends. */
    follow(route: Route, from: Subnet): void {
        const id = this.at(route, from);
        const hops = from.pathBy(route).split(" → ");
        if (hops.at(-1) !== "internet") return;
        // Of the VPCs behind a transit gateway only the one that the way enters.
        const isOnWay = ({ noun, name }: Place) =>
            noun !== "VPC" || hops.some(hop => hop === `VPC ${name}` || hop.endsWith(` of VPC ${name}`));
        for (const end of this.ends(id, new Set()).filter(({ place }) => isOnWay(place))) end.to.add(this.internet());
    }

    /** The last places that are reached from one. */
    private ends(id: string, passed: Set<string>): readonly Drawn[] {
        const here = [...this.places].find(([, { place }]) => place.id === id);
        if (here === undefined || passed.has(id) || here[0] === "internet") return [];
        passed.add(id);
        return here[1].to.size === 0 ? [here[1]] : [...here[1].to].flatMap(to => this.ends(to, passed));
    }

    private internet(): string {
        return this.add("internet", undefined, "internet", "internet").place.id;
    }

    private add(key: Resource | string, urn: string | undefined, noun: string, name: string): Drawn {
        const found = this.places.get(key);
        if (found !== undefined) return found;
        const made: Drawn = { place: { id: this.next(), urn, noun, name, within: [], to: [] }, to: new Set() };
        this.places.set(key, made);
        return made;
    }
}

/** Behind these lies nothing but the internet. */
const openDoors: ReadonlySet<string> = new Set(["internet gateway", "egress-only internet gateway", "carrier gateway"]);

function vpcsBehind(target: Resource, route: Route, from: Subnet): readonly Vpc[] {
    if (target instanceof TransitGateway) {
        const carried = seen(() => target.carry(from.vpc, route.destination));
        return carried.flatMap(({ to }) => seen(() => to.vpcs.all)).filter(vpc => !from.vpcs.members.includes(vpc));
    }
    return target instanceof Connection ? seen(() => target.beyond(from.vpc)) : [];
}
