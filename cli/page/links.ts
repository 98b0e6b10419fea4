import type { EndpointPlace, VpcMap } from "../map";

/** Endpoints that are in the same places, and so share one box. */
export interface EndpointGroup {
    readonly id: string;
    readonly title: string;
    /** The places that they are in. */
    readonly where: string;
    readonly from: readonly string[];
    readonly endpoints: readonly EndpointPlace[];
}

/** What leads to what. */
export interface Link {
    readonly from: string;
    readonly to: string;
    /** Whether it ends at a box, and not where it joins others. */
    readonly hasHead: boolean;
    readonly kind: "route" | "endpoint";
    /** Whether it is a part of the way out of an isolated subnet. */
    readonly isEscape: boolean;
}

export function groupsOf({ subnets, tables, endpoints }: VpcMap): readonly EndpointGroup[] {
    const groups = new Map<string, EndpointGroup & { readonly endpoints: EndpointPlace[] }>();
    for (const endpoint of endpoints) {
        const from = [...(endpoint.type === "Gateway" ? endpoint.tables : endpoint.subnets)].sort();
        const key = JSON.stringify([endpoint.type, from, endpoint.isPartly]);
        const group = groups.get(key) ?? {
            id: `g${endpoint.id}`,
            title: titles.get(endpoint.type) ?? "Endpoints of a type not known yet",
            where: whereOf(
                endpoint,
                [...subnets, ...tables].filter(({ id }) => from.includes(id)).map(({ name }) => name),
            ),
            from,
            endpoints: [],
        };
        groups.set(key, group);
        group.endpoints.push(endpoint);
    }
    return [...groups.values()];
}

const titles: ReadonlyMap<string, string> = new Map([
    ["Gateway", "Gateway endpoints"],
    ["Interface", "Interface endpoints"],
    ["GatewayLoadBalancer", "Gateway Load Balancer endpoints"],
    ["Resource", "Resource endpoints"],
    ["ServiceNetwork", "Service network endpoints"],
]);

function whereOf({ type, isPartly }: EndpointPlace, names: readonly string[]): string {
    const of = type === "Gateway" ? "route table" : "subnet";
    if (names.length === 0) return isPartly ? `in ${of}s not seen here` : `in no ${of}`;
    return `in ${of}${names.length > 1 ? "s" : ""} ${names.join(", ")}${isPartly ? " and others" : ""}`;
}

/** The id of where the lines to a group of endpoints come together. */
export function junctionOf({ id }: EndpointGroup): string {
    return `j${id}`;
}

/** What leads to what. */
export function linksOf(vpc: VpcMap, groups: readonly EndpointGroup[]): readonly Link[] {
    const routes = [
        ...vpc.subnets.flatMap(({ id, table }) => (table === undefined ? [] : [{ from: id, to: table }])),
        ...vpc.tables.flatMap(({ id, routes }) =>
            routes.flatMap(({ to }) => (to === undefined ? [] : [{ from: id, to }])),
        ),
        ...vpc.gateways.flatMap(({ id, to }) => to.map(further => ({ from: id, to: further }))),
    ];
    const escapes = escapesOf(vpc);
    const unique = new Map(routes.map(route => [keyOf(route.from, route.to), route]));
    return [
        ...[...unique].map(([key, route]) => ({
            ...route,
            kind: "route" as const,
            isEscape: escapes.has(key),
            hasHead: true,
        })),
        ...groups.flatMap(group => {
            const line = { kind: "endpoint", isEscape: false } as const;
            const [junction, isJoint] = [junctionOf(group), group.from.length > 1];
            return [
                ...group.from.map(from => ({ ...line, from, to: isJoint ? junction : group.id, hasHead: !isJoint })),
                ...(isJoint ? [{ ...line, from: junction, to: group.id, hasHead: true }] : []),
            ];
        }),
    ];
}

function keyOf(from: string, to: string): string {
    return `${from}>${to}`;
}

/** The links that the ways out of isolated subnets take. */
function escapesOf({ subnets, gateways }: VpcMap): ReadonlySet<string> {
    const taken = new Set<string>();
    const go = (from: string, to: string) => {
        const key = keyOf(from, to);
        if (taken.has(key)) return;
        taken.add(key);
        for (const further of gateways.filter(({ id }) => id === to).flatMap(gateway => gateway.to)) go(to, further);
    };
    for (const { id, table, escape } of subnets) {
        if (table === undefined || escape === undefined) continue;
        taken.add(keyOf(id, table));
        for (const to of escape.to) go(table, to);
    }
    return taken;
}
