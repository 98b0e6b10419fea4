/** Where in its program a resource is made. */
export interface Source {
    /** The file's path, with slashes: from the project's directory, and in a report from the repository's. */
    readonly file: string;
    /** From 1. */
    readonly line: number;
    /** From 1. */
    readonly column: number;
}

/** Of the positions of the calls that made a resource, the innermost first, the one in the program itself. */
export function ownSource(positions: readonly Source[]): Source | undefined {
    return positions.find(({ file }) => !file.startsWith("../") && !file.split("/").includes("node_modules"));
}

/** A position as the engine writes it into a stack's state: `project:///network/vpc.ts#12,5`. */
export function parseSource(position: string): Source | undefined {
    const [, file, line, column = "1"] = /^project:\/\/\/(.+)#(\d+)(?:,(\d+))?$/.exec(position) ?? [];
    return file === undefined ? undefined : { file: decoded(file), line: Number(line), column: Number(column) };
}

/** A path as it is called on disk, where it is written as a part of an address. */
function decoded(path: string): string {
    try {
        return decodeURI(path);
    } catch {
        return path;
    }
}
