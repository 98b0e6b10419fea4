import { Outside, see } from "../../network/knowledge";
import type { Network } from "../../network/network";
import type { SecurityGroup } from "../../network/security-group";
import { References, Several } from "../../network/several";
import type { Subnet } from "../../network/subnet";
import { Tenant, type TenantFacts, type TenantRole } from "../../network/tenant";
import { securityGroups, subnets } from "../kinds";
import type { Properties } from "../properties";
import { reader, type Readers } from "./reader";

/** Whether something gets a public address; undefined where the author does not say. May throw {@link Unseen}. */
export type Public = (p: Properties) => boolean | undefined;
export type Groups = (p: Properties, network: Network) => Several<SecurityGroup>;

/** What resources say of something that lives in subnets. */
export interface TenantReading {
    readonly subnets: (p: Properties) => References<Subnet>;
    /** The groups that the author names; not to be seen if left out. */
    readonly groups?: Groups;
    readonly publicBy?: string;
    readonly publicAddress?: Public;
    /** See {@link Reader.ids}. */
    readonly ids?: readonly string[];
}

export function tenant(types: readonly string[], noun: string, role: TenantRole, reading: TenantReading): Readers {
    return tenants(types, noun, reading, (p, facts) => new Tenant(p.source, noun, role, facts));
}

/** @param make what the resource becomes. */
export function tenants(
    types: readonly string[],
    noun: string,
    reading: TenantReading,
    make: (p: Properties, facts: TenantFacts) => Tenant,
): Readers {
    return reader(
        types,
        noun,
        [],
        (p, parts, network) => {
            const made = make(p, tenantFacts(p, network, reading));
            parts.tenants.push(made);
            return made;
        },
        reading.ids,
    );
}

export function tenantFacts(p: Properties, network: Network, reading: TenantReading): TenantFacts {
    const what = `the security groups of ${p.source.name}`;
    return {
        network,
        subnets: reading.subnets(p),
        securityGroups: new References(what, () => reading.groups?.(p, network) ?? Several.unseen(new Outside(what))),
        publicAddress: () => reading.publicAddress?.(p),
        publicBy: reading.publicBy,
    };
}

/** The subnets that several properties name together. */
export function together(p: Properties, ...parts: readonly (() => Several<Subnet>)[]): References<Subnet> {
    return new References(`the subnets of ${p.source.name}`, () => Several.union(...parts.map(part => part())));
}

/** The subnets that a property names, given by the names that lead to it. */
export function at(...path: readonly string[]): (p: Properties) => References<Subnet> {
    return p => nested(p, path).references(subnets, ...path.slice(-1));
}

/** The security groups that a property names, given by the names that lead to it. */
export function groupsAt(...path: readonly string[]): Groups {
    return p => nested(p, path).authoredReferences(securityGroups, ...path.slice(-1)).all;
}

/** What the first of several ways names. */
export function firstOf<Found, Given extends readonly unknown[]>(
    ...ways: readonly ((...given: Given) => Several<Found>)[]
): (...given: Given) => Several<Found> {
    return (...given) => {
        for (const way of ways) {
            const found = way(...given);
            if (!found.isEmpty) {
                return found;
            }
        }
        return Several.none;
    };
}

/** The first of several ways that says anything. */
export function oneOf(...ways: readonly Public[]): Public {
    return p => ways.reduce<boolean | undefined>((answer, way) => answer ?? way(p), undefined);
}

export function flag(...path: readonly string[]): Public {
    return p => see(nested(p, path).authoredFlag(path.at(-1) ?? ""));
}

/** What holds the last of the names. */
function nested(p: Properties, path: readonly string[]): Properties {
    return path.slice(0, -1).reduce((outer, name) => outer.item(name), p);
}
