/** The parts of a resource's URN that the command line speaks of. */
export interface UrnParts {
    readonly stack: string;
    readonly project: string;
    /** The types of the parents, outermost first, and the resource's own, joined by `$`. */
    readonly qualifiedType: string;
    readonly type: string;
    readonly name: string;
}

/** The type of the resource that stands for the stack itself. */
export const stackType = "pulumi:pulumi:Stack";

/** What the type of every provider starts with; the package's name follows. */
export const providerTypePrefix = "pulumi:providers:";

/** Takes a URN apart; undefined when it is none. */
export function parseUrn(urn: string): UrnParts | undefined {
    const match = /^urn:pulumi:([^:]+)::([^:]+)::(.+?)::(.+)$/s.exec(urn);
    const [, stack, project, qualifiedType, name] = match ?? [];
    if (stack === undefined || project === undefined || qualifiedType === undefined || name === undefined) {
        return undefined;
    }
    return { stack, project, qualifiedType, type: qualifiedType.replace(/^.*\$/s, ""), name };
}

/** The resource that stands for a stack. */
export function stackResource(
    stack: string,
    project: string,
): Pick<UrnParts, "type" | "name"> & { readonly urn: string } {
    const name = `${project}-${stack}`;
    return { urn: `urn:pulumi:${stack}::${project}::${stackType}::${name}`, type: stackType, name };
}
