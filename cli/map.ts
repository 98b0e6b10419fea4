import { tierTags, valueOf } from "../engine/settings";
import { Declaration, type DeclarationWords } from "../network/declaration";
import { Endpoint } from "../network/endpoint";
import { attempt, isUnseen, Outside, type Pending } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { seen, type Several } from "../network/several";
import type { Subnet } from "../network/subnet";
import type { Vpc } from "../network/vpc";
import type { PolicySettings } from "./configuration";
import { Cartographer, type Words } from "./drawing/cartographer";
import { networkOf } from "./drawing/network";
import type { Stack } from "./resource";
import { stringsOf, type Properties } from "./untyped";

/** A value, or why it cannot be shown: it is not known yet, or it belongs to something that is not in the stack. */
export type Shown<T> =
    { readonly state: "known"; readonly value: T } | { readonly state: "pending" | "outside"; readonly what: string };

/** Something on the map. */
export interface Place {
    /** Unique on the map. */
    readonly id: string;
    /** The resource that makes it; undefined for what is no resource of the stack. */
    readonly urn: string | undefined;
    /** What AWS calls such a thing, in lower case. */
    readonly noun: string;
    readonly name: string;
}

export interface SubnetPlace extends Place {
    readonly zone: Shown<string>;
    readonly cidrs: readonly string[];
    /** What its routes make it. */
    readonly role: Shown<"public" | "private" | "isolated">;
    /** The tag by which its author declares it isolated, as "Tier=isolated". */
    readonly isolatedBy: string | undefined;
    /** The ids of its route table, if that is seen. */
    readonly table: string | undefined;
    /** Its ways to public addresses, each as far as it is seen: "subnet app → route table private → …". */
    readonly ways: readonly string[];
    /** Those of them that it has though it is declared isolated, and the ids of what their routes lead to. */
    readonly escape: { readonly ways: readonly string[]; readonly to: readonly string[] } | undefined;
    /** What lives in it and calls services. */
    readonly workloads: readonly string[];
}

export interface TablePlace extends Place {
    readonly routes: readonly {
        readonly destination: string;
        readonly target: string;
        /** The id of what it leads to, if that is on the map. */
        readonly to: string | undefined;
    }[];
}

/** What routes lead to: a gateway, a VPC behind one, the internet. */
export interface GatewayPlace extends Place {
    /** The subnets that it is in, by name. */
    readonly within: readonly string[];
    /** The ids of what traffic meets behind it. */
    readonly to: readonly string[];
}

/** How much the policy of an endpoint lets through. */
export interface Reach {
    readonly grade: "open" | "half" | "bounded" | "closed" | "unseen";
    /** Who reaches what: "anyone → anything". */
    readonly text: string;
    /** The same in a few words. */
    readonly brief: string;
}

export interface EndpointPlace extends Place {
    readonly type: string;
    readonly service: string;
    readonly reach: Reach;
    /** Undefined where it has no private DNS. */
    readonly privateDns: string | undefined;
    /** The ids of the subnets and route tables that it is in, as far as they are seen. */
    readonly subnets: readonly string[];
    readonly tables: readonly string[];
    /** Whether there may be more of them. */
    readonly isPartly: boolean;
}

export interface VpcMap extends Place {
    readonly state: "known" | "pending" | "outside";
    /** What is known of the VPC as a whole: its addresses, its Region, its DNS. */
    readonly facts: readonly string[];
    readonly subnets: readonly SubnetPlace[];
    readonly tables: readonly TablePlace[];
    readonly gateways: readonly GatewayPlace[];
    readonly endpoints: readonly EndpointPlace[];
}

/** The network of a stack as plain data: what there is to draw. No documents, no secrets. */
export interface NetworkMap {
    /** The project and the stack. */
    readonly title: string;
    readonly vpcs: readonly VpcMap[];
    /** The ids of the VPCs of resources, by URN: of security groups, workloads and policies, too. */
    readonly homes: ReadonlyMap<string, string>;
}

/** @param settings those of the policies, by name: what declares a subnet isolated is configured. */
export function mapOf(stack: Stack, settings: ReadonlyMap<string, PolicySettings>): NetworkMap {
    const network = networkOf(stack);
    const cartographer = new Cartographer(wordsOf(settings));
    const strays = strayOf([...network.subnets, ...network.endpoints]);
    const vpcs = [
        ...network.vpcs.map(vpc => ({
            vpc,
            map: cartographer.draw(vpc, vpc.subnets.members, vpc.endpoints.members),
        })),
        ...strays.map(({ because, subnets, endpoints }) => ({
            vpc: undefined,
            map: cartographer.draw(because, subnets, endpoints),
        })),
    ].filter(({ map }) => map.urn !== undefined || map.subnets.length + map.endpoints.length > 0);
    return {
        title: `${stack.project} (${stack.stack})`,
        vpcs: vpcs.map(({ map }) => map),
        homes: homesOf(network, vpcs),
    };
}

function wordsOf(settings: ReadonlyMap<string, PolicySettings>): Words {
    const of = (policy: string): Properties => settings.get(policy)?.properties ?? {};
    const own = of("isolated-subnet-no-egress");
    const words: DeclarationWords = valueOf(tierTags, "tags", own, of("pack-settings"));
    return { declaration: new Declaration(words), allowed: stringsOf(own["allowTargets"]) };
}

interface Stray {
    readonly because: Pending | Outside;
    readonly subnets: Subnet[];
    readonly endpoints: Endpoint[];
}

/** What is in no VPC of the stack, by the VPC that is named or waited for. */
function strayOf(things: readonly (Subnet | Endpoint)[]): readonly Stray[] {
    const strays = new Map<string, Stray>();
    for (const thing of things.filter(({ vpcs }) => vpcs.members.length === 0)) {
        const vpc = attempt(() => thing.vpc);
        if (isUnseen(vpc)) {
            const key = vpc instanceof Outside ? (vpc.vpc ?? "") : "pending";
            const stray = strays.get(key) ?? { because: vpc, subnets: [], endpoints: [] };
            strays.set(key, stray);
            if (thing instanceof Endpoint) stray.endpoints.push(thing);
            else stray.subnets.push(thing);
        }
    }
    return [...strays.values()];
}

/** Where resources are at home that are no places of their own, or may be. */
function homesOf(
    network: Network,
    vpcs: readonly { readonly vpc: Vpc | undefined; readonly map: VpcMap }[],
): ReadonlyMap<string, string> {
    const homes = new Map<string, string>();
    const ids = new Map<Vpc, string>();
    const settle = (urn: string | undefined, id: string | undefined) => {
        if (urn !== undefined && id !== undefined && !homes.has(urn)) homes.set(urn, id);
    };
    for (const { vpc, map } of vpcs) {
        if (vpc !== undefined) ids.set(vpc, map.id);
        for (const { urn } of [map, ...map.subnets, ...map.tables, ...map.endpoints]) settle(urn, map.id);
    }
    const settleIn = (resource: Resource, find: () => Several<Vpc>) => {
        const [vpc] = seen(find);
        settle(resource.urn, vpc && ids.get(vpc));
    };
    for (const group of network.securityGroups) settleIn(group, () => group.vpcs);
    for (const tenant of network.tenants) settleIn(tenant, () => tenant.subnets.flatMap(subnet => subnet.vpcs));
    for (const holder of network.policyHolders) {
        const endpoint = attempt(() => holder.policyEndpoint);
        settle(holder.urn, endpoint === undefined || isUnseen(endpoint) ? undefined : homes.get(endpoint.urn));
    }
    // A gateway may be behind the routes of several VPCs, but its own is where it lives.
    for (const { map } of vpcs) {
        for (const { urn } of map.gateways) settle(urn, map.id);
    }
    return homes;
}
