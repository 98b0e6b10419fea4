/**
 * What the map uses of the library that lays it out. Its own types name their files without extensions, which TypeScript
 * does not follow in a module of ES, so that all of them are `any`.
 */
declare module "@dagrejs/dagre" {
    interface Size {
        readonly width: number;
        readonly height: number;
    }

    interface Point {
        readonly x: number;
        readonly y: number;
    }

    export class Graph {
        constructor(options: { readonly compound: boolean });
        setGraph(label: {
            readonly rankdir: "LR" | "TB";
            /** The distance between the columns, and in a column between boxes and between lines. */
            readonly ranksep: number;
            readonly nodesep: number;
            readonly edgesep: number;
        }): this;
        /** @param label the library writes the center of the box into it. */
        setNode(id: string, label: Partial<Size>): this;
        setParent(id: string, parent: string): this;
        setEdge(from: string, to: string, label: { readonly minlen: number; readonly weight?: number }): this;
        node(id: string): Size & Point;
        parent(id: string): string | undefined;
        inEdges(id: string): readonly object[] | undefined;
        /** The corners of a line are there once the graph is laid out. */
        edge(from: string, to: string): { readonly points: readonly Point[] };
    }

    /** @param options of the things in one column, which are to be before which. */
    export function layout(
        graph: Graph,
        options: { readonly constraints: readonly { readonly left: string; readonly right: string }[] },
    ): void;
}
