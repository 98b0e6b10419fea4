/** A point, in units of a sixteenth of the root's font size. */
export interface Point {
    readonly x: number;
    readonly y: number;
}

/** A rectangle. */
export interface Area extends Point {
    readonly width: number;
    readonly height: number;
}

/** The corners of a line, the last of them apart. */
export interface Way {
    readonly corners: readonly Point[];
    readonly end: Point;
}

/** A line that leaves a box on its right, enters the other on its left, and turns only between columns. */
export function way(
    from: Area,
    to: Area,
    points: readonly Point[],
    columns: readonly { readonly left: number; readonly right: number }[],
): Way {
    const start = { x: from.x + from.width, y: from.y + from.height / 2 };
    const own = columns.filter(({ left, right }) => left <= from.x && start.x <= right);
    const edge = Math.max(start.x, ...own.map(({ right }) => right));
    const between = points.slice(1, -1).flatMap(point => {
        const across = columns.find(({ left, right }) => left <= point.x && point.x <= right);
        return across === undefined || across.left <= edge || across.right >= to.x
            ? []
            : [across.left, across.right].map(x => ({ x, y: point.y }));
    });
    const { y } = between.at(-1) ?? start;
    const inset = 20;
    // A tall box is entered where the line comes from.
    const height = to.height > 100 ? Math.min(Math.max(y - to.y, inset), to.height - inset) : to.height / 2;
    const end = { x: to.x, y: to.y + height };
    return { corners: [start, { x: edge, y: start.y }, ...between], end };
}

/** A smooth line through its corners, level in each of them. */
export function pathOf({ corners, end }: Way, hasHead: boolean): string {
    const short = { x: end.x - arrow, y: end.y };
    const steps = [...corners, ...(hasHead ? [short, end] : [end])].map((point, index, all) => {
        const last = all[index - 1];
        if (last === undefined) return `M${at(point)}`;
        const middle = (last.x + point.x) / 2;
        return Math.abs(last.y - point.y) < 0.05
            ? `L${at(point)}`
            : `C${at({ x: middle, y: last.y })} ${at({ x: middle, y: point.y })} ${at(point)}`;
    });
    const head = `M${at({ x: short.x, y: end.y - 4 })}L${at(end)}L${at({ x: short.x, y: end.y + 4 })}`;
    return `${steps.join("")}${hasHead ? head : ""}`;
}

const arrow = 6;

function at({ x, y }: Point): string {
    return `${round(x)} ${round(y)}`;
}

function round(number: number): number {
    return Math.round(number * 10) / 10;
}
