import type { PolicyResource } from "@pulumi/policy";
import type { Resource } from "../network/resource";
import { Several } from "../network/several";

/** A kind of thing that a property may refer to. */
export interface Kind<T extends Resource> {
    /** What messages call it. */
    readonly label: string;
    readonly is: (resource: Resource) => T | undefined;
    /** What an attribute of another resource may be: the main route table of a VPC, the subnet of an instance. */
    readonly standsFor: (resource: Resource) => Several<T>;
    /** What an id means by itself, whether or not the stack has it. */
    readonly known?: (id: string) => T | undefined;
}

/** The things of the network, by the ids and URNs of their resources. */
export class Index {
    private readonly ids = new Map<string, Resource[]>();
    private readonly urns = new Map<string, Resource[]>();
    private readonly identified = new Set<Resource>();
    private children: ReadonlyMap<string, readonly PolicyResource[]> | undefined;

    constructor(private readonly resources: readonly PolicyResource[]) {}

    /** @param ids whatever other resources may know it by. */
    add(resource: Resource, ids: readonly string[]): void {
        append(this.urns, resource.urn, resource);
        for (const id of ids) {
            this.identified.add(resource);
            append(this.ids, id, resource);
        }
    }

    hasId(resource: Resource): boolean {
        return this.identified.has(resource);
    }

    /**
     * Undefined where nothing in the stack has the id.
     * @param likely what a name means that several have, as roles of different accounts may.
     */
    byId<T extends Resource>(kind: Kind<T>, id: string, likely: () => readonly T[]): Several<T> | undefined {
        const known = kind.known?.(id);
        if (known !== undefined) {
            return Several.of(known);
        }
        const found = this.ids.get(id);
        if (found === undefined) {
            return undefined;
        }
        const direct = found.flatMap(resource => kind.is(resource) ?? []);
        const [first, ...others] = direct;
        if (first !== undefined) {
            return Several.of((others.length > 0 && likely().find(one => direct.includes(one))) || first);
        }
        const indirect = Several.union(...found.map(resource => kind.standsFor(resource)));
        return indirect.members.length + indirect.doubts.length > 0 ? indirect : undefined;
    }

    /** The things that a dependency may mean: the resource itself, or whatever a component is made of. */
    reachedFrom(dependencies: readonly PolicyResource[]): readonly Resource[] {
        const reached = new Set<Resource>();
        const passed = new Set<string>();
        const visit = ({ urn }: PolicyResource): void => {
            if (passed.has(urn)) {
                return;
            }
            passed.add(urn);
            const made = this.urns.get(urn);
            made?.forEach(resource => reached.add(resource));
            if (made === undefined) {
                this.childrenOf(urn).forEach(visit);
            }
        };
        dependencies.forEach(visit);
        return [...reached];
    }

    private childrenOf(urn: string): readonly PolicyResource[] {
        this.children ??= childrenByParent(this.resources);
        return this.children.get(urn) ?? [];
    }
}

function childrenByParent(resources: readonly PolicyResource[]): ReadonlyMap<string, readonly PolicyResource[]> {
    const children = new Map<string, PolicyResource[]>();
    for (const resource of resources) {
        const parent = resource.parent?.urn ?? resource.opts.parent;
        if (parent !== undefined) {
            append(children, parent, resource);
        }
    }
    return children;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
    const list = lists.get(key);
    if (list === undefined) {
        lists.set(key, [item]);
    } else {
        list.push(item);
    }
}
