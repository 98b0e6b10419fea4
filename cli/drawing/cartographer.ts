import type { Declaration } from "../../network/declaration";
import type { Endpoint } from "../../network/endpoint";
import { attempt, isUnseen, Outside, type Pending } from "../../network/knowledge";
import type { Resource } from "../../network/resource";
import type { Route, RouteTable } from "../../network/route-table";
import { seen } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import type { Vpc } from "../../network/vpc";
import type { EndpointPlace, Place, SubnetPlace, TablePlace, VpcMap } from "../map";
import { Gateways } from "./gateways";
import { Reaches } from "./reach";
import { shown, shownOr } from "./shown";

/** What the configuration says that the map has to know. */
export interface Words {
    readonly declaration: Declaration;
    /** What isolated subnets may be routed to all the same. */
    readonly allowed: readonly string[];
}

/** Draws VPCs, one at a time. */
export class Cartographer {
    private count = 0;
    private readonly reaches = new Reaches();

    constructor(private readonly words: Words) {}

    draw(of: Vpc | Pending | Outside, subnets: readonly Subnet[], endpoints: readonly Endpoint[]): VpcMap {
        const head = isUnseen<Vpc>(of) ? this.unseenVpc(of) : this.vpc(of);
        const gateways = new Gateways(() => this.next());
        const tables = new Map<RouteTable, string>();
        const tableId = (table: RouteTable) => {
            const id = tables.get(table) ?? this.next();
            tables.set(table, id);
            return id;
        };
        const subnetIds = new Map(subnets.map(subnet => [subnet, this.next()]));
        const users = new Map<RouteTable, Subnet>();
        const drawnSubnets = [...subnetIds].map(([subnet, id]) => {
            const table = attempt(() => subnet.routeTable);
            if (!isUnseen(table)) users.set(table, subnet);
            return this.subnet(subnet, id, isUnseen(table) ? undefined : tableId(table), gateways);
        });
        const drawnEndpoints = endpoints.map(endpoint =>
            this.endpoint(
                endpoint,
                idsOf(endpoint.subnets.members, subnet => subnetIds.get(subnet)),
                endpoint.routeTables.members.map(tableId),
            ),
        );
        const drawnTables = [...tables].map(([table, id]) => tableOf(table, id, gateways, users.get(table)));
        // An endpoint that routes lead to, as to a firewall, is drawn where they lead.
        const routed = new Set(gateways.all.map(({ urn }) => urn));
        return {
            ...head,
            subnets: drawnSubnets,
            tables: drawnTables,
            gateways: gateways.all,
            endpoints: drawnEndpoints.filter(({ urn }) => !routed.has(urn)),
        };
    }

    private next(): string {
        return `n${++this.count}`;
    }

    private vpc(vpc: Vpc): Pick<VpcMap, keyof Place | "state" | "facts"> {
        const cidrs = vpc.blocks.members.flatMap(block => block.cidrs);
        const region = attempt(() => vpc.region);
        const isOn = (what: string, find: () => boolean) => {
            const on = attempt(find);
            return `${what} ${isUnseen(on) ? "not known" : on ? "on" : "off"}`;
        };
        return {
            ...placeOf(vpc, this.next()),
            state: "known",
            facts: [
                ...cidrs,
                ...(typeof region === "string" ? [region] : []),
                `${isOn("DNS support", () => vpc.dnsSupport)}, ${isOn("hostnames", () => vpc.dnsHostnames)}`,
            ],
        };
    }

    private unseenVpc(because: Pending | Outside): Pick<VpcMap, keyof Place | "state" | "facts"> {
        const { state, what } = because;
        const name = because instanceof Outside ? (because.vpc ?? "outside of the stack") : "not known yet";
        const fact = state === "outside" ? `${what} is not in this stack` : `${what} is not known yet`;
        return { id: this.next(), urn: undefined, noun: "VPC", name, state, facts: [fact] };
    }

    private subnet(subnet: Subnet, id: string, table: string | undefined, gateways: Gateways): SubnetPlace {
        const declared = attempt(() => subnet.declared(this.words.declaration));
        const isolatedBy = declared !== undefined && !isUnseen(declared) && declared.as === "isolated";
        const routes = seen(() => subnet.egress);
        routes.forEach(route => {
            gateways.follow(route, subnet);
        });
        const forbidden = isolatedBy ? seen(() => subnet.egressBeside(this.words.allowed)) : [];
        const waysBy = (by: readonly Route[]) => [...new Set(by.map(route => subnet.pathBy(route)))];
        return {
            ...placeOf(subnet, id),
            zone: shown(() => subnet.zone),
            cidrs: shownOr(() => subnet.addresses("ipv4", "ipv6").cidrs, []),
            role: shown(() => (subnet.isPublic ? "public" : subnet.isIsolated ? "isolated" : "private")),
            isolatedBy: isolatedBy ? declared.tag : undefined,
            table,
            ways: waysBy(routes),
            escape:
                forbidden.length > 0
                    ? { ways: waysBy(forbidden), to: forbidden.map(route => gateways.at(route, subnet)) }
                    : undefined,
            workloads: subnet.tenants.members.filter(({ role }) => role === "client").map(String),
        };
    }

    private endpoint(endpoint: Endpoint, subnets: readonly string[], tables: readonly string[]): EndpointPlace {
        const type = shownOr<string>(() => endpoint.type, "not known");
        const privateDns = shown(() => endpoint.privateDns);
        return {
            ...placeOf(endpoint, this.next()),
            type,
            service: shownOr(() => endpoint.service.name, "not known"),
            reach: this.reaches.of(endpoint),
            privateDns:
                type !== "Interface"
                    ? undefined
                    : privateDns.state !== "known"
                      ? "not known"
                      : privateDns.value
                        ? "on"
                        : "off",
            subnets,
            tables,
            isPartly:
                endpoint.subnets.members.length > subnets.length ||
                (type === "Gateway" ? endpoint.routeTables : endpoint.subnets).doubts.length > 0,
        };
    }
}

function tableOf(table: RouteTable, id: string, gateways: Gateways, user: Subnet | undefined): TablePlace {
    // The table that comes with a VPC is no resource of its own.
    const isOfVpc = table.vpcs.members.some(({ urn }) => urn === table.urn);
    return {
        ...placeOf(table, id),
        ...(isOfVpc && { urn: undefined, name: "main table" }),
        routes: seen(() => table.routes).map(route => ({
            destination: shownOr(() => route.destination.cidrs.join(", "), "addresses not known yet"),
            target: route.targetName,
            to: shownOr(() => route.leadsOut, true) ? gateways.at(route, user) : undefined,
        })),
    };
}

function placeOf(resource: Resource, id: string): Place {
    return { id, urn: resource.urn, noun: resource.noun, name: resource.name };
}

function idsOf<T>(things: readonly T[], id: (thing: T) => string | undefined): readonly string[] {
    return things.flatMap(thing => id(thing) ?? []);
}
