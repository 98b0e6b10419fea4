import { Graph, layout } from "@dagrejs/dagre";
import type { GatewayPlace, SubnetPlace, VpcMap } from "../map";
import { pathOf, way, type Area, type Point, type Way } from "./lines";
import { groupsOf, junctionOf, linksOf, type EndpointGroup, type Link } from "./links";

interface Line extends Link {
    /** The path of an SVG. */
    readonly path: string;
}

/** The map of a VPC with a place for everything. */
export interface Layout {
    readonly width: number;
    readonly height: number;
    readonly groups: readonly EndpointGroup[];
    readonly zones: readonly (Area & { readonly name: string })[];
    /** By the ids of places and groups. */
    readonly areas: ReadonlyMap<string, Area>;
    readonly lines: readonly Line[];
}

type Size = Pick<Area, "width" | "height">;

const sizes = {
    table: { width: 136, height: 42 },
    gateway: { width: 160, height: 42 },
    internet: { width: 92, height: 42 },
    endpoint: { width: 228, height: 60 },
    // Where the lines to a group come together.
    junction: { width: 1, height: 1 },
} as const;

const gap = 8;
const groupHeader = 44;

/** The columns of the map, from the left: subnets, route tables, gateways, what lies behind them, and the internet. */
const column = { subnet: 1, table: 2, gateway: 3, endpoints: 4 } as const;

function sizeOfSubnet({ escape, workloads }: SubnetPlace): Size {
    return { width: 188, height: 44 + (escape === undefined ? 0 : 18) + (workloads.length === 0 ? 0 : 16) };
}

function sizeOfGateway({ noun, within }: GatewayPlace): Size {
    const { width, height } = sizes[noun === "internet" ? "internet" : "gateway"];
    return { width, height: height + (within.length === 0 ? 0 : 16) };
}

function columnsOf({ endpoints }: EndpointGroup): number {
    return endpoints.length > 3 ? 2 : 1;
}

function sizeOfGroup(group: EndpointGroup): Size {
    const columns = columnsOf(group);
    const rows = Math.ceil(group.endpoints.length / columns);
    return {
        width: columns * (sizes.endpoint.width + gap) + gap,
        height: groupHeader + rows * (sizes.endpoint.height + gap),
    };
}

/** Lays out the map of a VPC, so that nothing overlaps and few lines cross. */
export function layoutOf(vpc: VpcMap): Layout {
    const groups = groupsOf(vpc);
    const graph = new Graph({ compound: true });
    graph.setGraph({ rankdir: "LR", ranksep: 30, nodesep: 10, edgesep: 6 });
    const add = (id: string, size: Size) => graph.setNode(id, { ...size });
    const zones = new Map<string, string>();
    for (const subnet of vpc.subnets) {
        const name = subnet.zone.state === "known" ? subnet.zone.value : unknownZone;
        const zone = zones.get(name) ?? `z${zones.size}`;
        zones.set(name, zone);
        graph.setNode(zone, {});
        add(subnet.id, sizeOfSubnet(subnet));
        graph.setParent(subnet.id, zone);
    }
    for (const table of vpc.tables) add(table.id, sizes.table);
    for (const gateway of vpc.gateways) add(gateway.id, sizeOfGateway(gateway));
    for (const group of groups) {
        add(group.id, sizeOfGroup(group));
        if (group.from.length > 1) add(junctionOf(group), sizes.junction);
    }

    const links = linksOf(vpc, groups);
    const starts = new Map<string, number>([
        ...vpc.subnets.map(({ id }) => [id, column.subnet] as const),
        ...vpc.tables.map(({ id }) => [id, column.table] as const),
        ...groups.map(group => [junctionOf(group), startOf(group, vpc) + 1] as const),
    ]);
    for (const { from, to, kind, hasHead } of links) {
        // What leads to a group alone goes all the way; what comes together does so in the next column.
        const isWhole = kind === "endpoint" && hasHead;
        const start = starts.get(from) ?? column.gateway;
        graph.setEdge(from, to, { minlen: isWhole ? column.endpoints - start : 1 });
    }
    align(graph, vpc, groups);
    layout(graph, { constraints: orderOf(vpc, zones) });

    const areas = new Map<string, Area>();
    const ids = [
        ...[...vpc.subnets, ...vpc.tables, ...vpc.gateways, ...groups].map(({ id }) => id),
        ...groups.filter(({ from }) => from.length > 1).map(junctionOf),
    ];
    const nodes = ids.map(id => ({ id, ...graph.node(id) }));
    const columnAt = (center: number) => {
        const widths = nodes.filter(({ x }) => x === center).map(({ width }) => width);
        const half = Math.max(...widths) / 2;
        return { left: center - half, right: center + half };
    };
    for (const { id, x, y, width, height } of nodes) {
        // In a column of wide and narrow boxes all begin at the left.
        areas.set(id, { x: columnAt(x).left, y: y - height / 2, width, height });
    }
    for (const group of groups) {
        const area = areas.get(group.id);
        if (area !== undefined) placeEndpoints(group, area, areas);
    }
    gather(vpc, id => graph.parent(id), areas);
    const zoneAreas = [...zones].map(([name, zone]) => {
        const subnets = [...areas].filter(([id]) => graph.parent(id) === zone).map(([, area]) => area);
        return { name, ...around(subnets, zoneMargin) };
    });
    const columns = [...new Set(nodes.map(({ x }) => x))].map(columnAt);
    const lines: (Link & Way)[] = [];
    for (const link of links) {
        const [from, to] = [areas.get(link.from), areas.get(link.to)];
        const { points } = graph.edge(link.from, link.to);
        if (from !== undefined && to !== undefined) lines.push({ ...link, ...way(from, to, points, columns) });
    }
    const points = lines
        .flatMap(({ corners, end }) => [...corners, end])
        .map(point => ({ ...point, width: 0, height: 0 }));
    const whole = around([...areas.values(), ...zoneAreas, ...points], margin);
    const moved = <Moved extends Point>(thing: Moved) => ({ ...thing, x: thing.x - whole.x, y: thing.y - whole.y });
    return {
        width: Math.ceil(whole.width),
        height: Math.ceil(whole.height),
        groups,
        zones: zoneAreas.map(moved),
        areas: new Map([...areas].map(([id, area]) => [id, moved(area)])),
        lines: lines.map(({ corners, end, ...link }) => ({
            ...link,
            path: pathOf({ corners: corners.map(moved), end: moved(end) }, link.hasHead),
        })),
    };
}

/**
 * Moves the subnets together, as nothing passes between them. They keep their order, so no line crosses another for that,
 * and the middle of all of them stays where it was.
 */
function gather({ subnets }: VpcMap, zoneOf: (id: string) => string | undefined, areas: Map<string, Area>): void {
    const ids = new Set(subnets.map(({ id }) => id));
    const inOrder = [...areas]
        .flatMap(([id, area]) => (ids.has(id) ? [{ id, area }] : []))
        .sort((one, other) => one.area.y - other.area.y);
    const whole = around(
        inOrder.map(({ area }) => area),
        0,
    );
    let next = 0;
    const moved = inOrder.map(({ id, area }, index) => {
        const before = inOrder[index - 1];
        const isNewZone = before !== undefined && zoneOf(before.id) !== zoneOf(id);
        const y = before === undefined ? 0 : next + (isNewZone ? zoneMargin.top + zoneMargin.side + 14 : 10);
        next = y + area.height;
        return { id, area: { ...area, y } };
    });
    for (const { id, area } of moved) areas.set(id, { ...area, y: area.y + whole.y + (whole.height - next) / 2 });
}

const margin = 10;
const zoneMargin = { top: 16, side: 10 };

/** The rectangle around some others. */
function around(areas: readonly Area[], by: number | { readonly top: number; readonly side: number }): Area {
    const { top, side } = typeof by === "number" ? { top: by, side: by } : by;
    const [left, right] = [Math.min(...areas.map(({ x }) => x)), Math.max(...areas.map(({ x, width }) => x + width))];
    const [upper, lower] = [
        Math.min(...areas.map(({ y }) => y)),
        Math.max(...areas.map(({ y, height }) => y + height)),
    ];
    return areas.length === 0
        ? { x: 0, y: 0, width: 0, height: 0 }
        : { x: left - side, y: upper - top, width: right - left + 2 * side, height: lower - upper + top + side };
}

/** The zones by name, and in each the subnets by how far they are from the internet. */
function orderOf({ subnets }: VpcMap, zones: ReadonlyMap<string, string>): { left: string; right: string }[] {
    const rankOf = ({ role, isolatedBy }: SubnetPlace) =>
        role.state !== "known"
            ? 3
            : isolatedBy === undefined
              ? ["public", "private", "isolated"].indexOf(role.value)
              : 2;
    const inZone = (name: string) =>
        subnets
            .filter(({ zone }) => (zone.state === "known" ? zone.value : unknownZone) === name)
            .sort((one, other) =>
                rankOf(one) === rankOf(other) ? (one.name < other.name ? -1 : 1) : rankOf(one) - rankOf(other),
            );
    const inOrder = [...zones].sort(([one], [other]) => (one < other ? -1 : 1));
    return [
        ...pairs(inOrder.map(([, zone]) => zone)),
        ...inOrder.flatMap(([name]) => pairs(inZone(name).map(({ id }) => id))),
    ];
}

function pairs(ids: readonly string[]): { left: string; right: string }[] {
    return ids.flatMap((left, index) => ids.slice(index + 1, index + 2).map(right => ({ left, right })));
}

/** The column that the lines to a group come from. */
function startOf({ from }: EndpointGroup, { tables }: VpcMap): number {
    return tables.some(({ id }) => from.includes(id)) ? column.table : column.subnet;
}

const unknownZone = "zone not known yet";

/** Keeps what nothing leads to in the column of its kind. Links without any weight would keep the library from its order. */
function align(graph: Graph, vpc: VpcMap, groups: readonly EndpointGroup[]): void {
    const root = "root";
    graph.setNode(root, { width: 0, height: 0 });
    const kinds = [
        ["subnet", vpc.subnets],
        ["table", vpc.tables],
        ["gateway", vpc.gateways],
        ["endpoints", groups],
    ] as const;
    for (const [kind, places] of kinds) {
        for (const { id } of places.filter(place => graph.inEdges(place.id)?.length === 0)) {
            graph.setEdge(root, id, { minlen: column[kind], weight: 0.01 });
        }
    }
}

function placeEndpoints(group: EndpointGroup, area: Area, areas: Map<string, Area>): void {
    const { width, height } = sizes.endpoint;
    const columns = columnsOf(group);
    for (const [index, { id }] of group.endpoints.entries()) {
        areas.set(id, {
            x: area.x + gap + (index % columns) * (width + gap),
            y: area.y + groupHeader + Math.floor(index / columns) * (height + gap),
            width,
            height,
        });
    }
}
