import { type Addresses, everywhere, publicAddresses } from "./addresses";
import { Connection } from "./connection";
import { attempt, both, either, Outside, Pending, Unseen } from "./knowledge";
import type { Resource } from "./resource";
import type { Route, TargetKind } from "./route-table";
import { seen, Several } from "./several";
import type { Subnet } from "./subnet";
import { type TransitAttachment, TransitGateway } from "./transit-gateway";
import type { Vpc } from "./vpc";

/** What packets meet when they take a route, one step further. */
interface Step {
    /** Those that take it. */
    readonly addresses: Addresses;
    /** The VPCs that they enter. */
    readonly vpcs: Several<Vpc>;
    /** Where they go on, by the routes of a subnet. */
    readonly subnets: Several<Subnet>;
    /** Whether they have a public address from here on; undefined if it is the one that they had before. */
    readonly isPublic: boolean | undefined;
    /** Whether this is the internet. Packets without a public address are dropped by an internet gateway. */
    readonly isInternet: (isPublic: () => boolean) => boolean;
    /** How messages name what is met, on the way to a subnet if there is one. */
    readonly name: (subnet: Subnet | undefined) => readonly string[];
}

/**
 * What a route of a subnet leads to. https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
 * @throws {Unseen} if that cannot be seen.
 */
function stepsBy(route: Route, from: Subnet, among: Addresses): Several<Step> {
    const addresses = route.destination.intersect(among);
    const step: Step = {
        addresses,
        vpcs: Several.none,
        subnets: Several.none,
        isPublic: false,
        isInternet: () => false,
        name: subnet => [subnet === undefined ? route.targetName : `${route.targetName} in ${subnet.name}`],
    };
    const unseen = new Outside(`what ${route.targetName} leads to`);
    if (addresses.isEmpty) {
        return Several.none;
    }
    switch (route.targetKind) {
        case "local":
        case "gateway endpoint":
            return Several.none;
        case "internet gateway":
            // The IPv6 addresses of a VPC are public ones.
            return Several.of({
                ...step,
                isInternet: isPublic =>
                    either(isPublic, () =>
                        both(
                            () => !addresses.only("ipv6").isEmpty,
                            () => from.givesIpv6,
                        ),
                    ),
            });
        case "egress-only internet gateway":
        case "carrier gateway":
            return Several.of({ ...step, isInternet: () => true });
        case "NAT gateway":
            return Several.of({
                ...step,
                subnets: inStack(route.targetSubnets),
                isInternet: () => !route.isToPrivateNatGateway,
            });
        case "VPC endpoint":
            return Several.of({ ...step, subnets: route.targetSubnets, isPublic: undefined });
        case "network interface":
        case "NAT instance":
            return Several.of({ ...step, subnets: route.targetSubnets, isPublic: true });
        case "peering connection":
            // Nobody passes through a peered VPC: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
            return route.target.all
                .instancesOf(Connection)
                .flatMap(peering => peering.beyond(from.vpc))
                .map(vpc => ({ ...step, vpcs: Several.of(vpc), name: () => [route.targetName, vpc.toString()] }));
        case "transit gateway":
            return route.target.all
                .instancesOf(TransitGateway)
                .flatMap(gateway => gateway.carry(from.vpc, addresses))
                .map(({ to, addresses }) => ({
                    ...step,
                    addresses,
                    ...(to.leadsToVpc
                        ? { vpcs: to.vpcs.all, subnets: to.subnets }
                        : { subnets: Several.unseen(unseen) }),
                    name: subnet => [route.targetName, within(to, subnet)],
                }));
        case "core network":
            return Several.of({ ...step, vpcs: Several.unseen<Vpc>(unseen), subnets: Several.unseen<Subnet>(unseen) });
        case "virtual private gateway":
        case "local gateway":
        case "ODB network":
            // What lies beyond may have a way to the internet.
            return Several.of({
                ...step,
                isInternet: () => {
                    throw new Unseen(unseen);
                },
            });
    }
}

/** How messages name where a transit gateway takes packets. */
function within(attachment: TransitAttachment, subnet: Subnet | undefined): string {
    const far: Resource = attachment.vpcs.all.members[0] ?? attachment;
    return subnet === undefined ? far.toString() : `${subnet.toString()} of ${far.toString()}`;
}

/** What is outside leads to the internet, if anywhere. */
function inStack(subnets: Several<Subnet>): Several<Subnet> {
    return new Several(
        subnets.members,
        subnets.doubts.filter(({ because }) => because instanceof Pending),
    );
}

/** Beyond these there are no VPCs. */
const ends: ReadonlySet<TargetKind> = new Set<TargetKind>([
    "internet gateway",
    "egress-only internet gateway",
    "carrier gateway",
    "virtual private gateway",
    "local gateway",
    "ODB network",
]);

/** @param passed the subnets on the way here, so that a circle comes to an end. */
export function letsOut(from: Subnet, isPublic: () => boolean, passed: ReadonlySet<Subnet> = new Set()): boolean {
    const here = new Set([...passed, from]);
    return from.waysOut
        .flatMap(route => stepsBy(route, from, publicAddresses()))
        .some(step =>
            either(
                () => step.isInternet(isPublic),
                () =>
                    step.subnets.some(
                        subnet => !here.has(subnet) && letsOut(subnet, () => step.isPublic ?? isPublic(), here),
                    ),
            ),
        );
}

/** A VPC that packets enter, and which ones. */
export interface Entry {
    readonly vpc: Vpc;
    readonly addresses: Addresses;
}

/**
 * The VPCs that packets from a subnet enter by some of its routes.
 * @param to where they are sent.
 * @param passed the subnets on the way here, so that a circle comes to an end.
 */
export function entries(
    from: Subnet,
    by: Several<Route>,
    to: Addresses = everywhere(),
    passed: ReadonlySet<Subnet> = new Set(),
): Several<Entry> {
    const here = new Set([...passed, from]);
    return by
        .filter(route => !ends.has(route.targetKind))
        .flatMap(route => stepsBy(route, from, to))
        .flatMap(step =>
            step.vpcs
                .map((vpc): Entry => ({ vpc, addresses: step.addresses }))
                .concat(
                    step.subnets
                        .filter(subnet => !here.has(subnet))
                        .flatMap(subnet => entries(subnet, subnet.waysOut, step.addresses, here)),
                ),
        );
}

/** The way that packets for the internet take by a route, as far as it is seen: "subnet app → route table private → …". */
export function path(from: Subnet, route: Route): string {
    return [from.toString(), ...hops(from, route, new Set())].join(" → ");
}

/** Never throws {@link Unseen}: a message that says less is still right. */
function hops(from: Subnet, route: Route, passed: ReadonlySet<Subnet>): readonly string[] {
    const here = new Set([...passed, from]);
    const [step] = seen(() => stepsBy(route, from, publicAddresses()));
    const start = seen(() => Several.of(from.routeTable.toString()));
    if (step === undefined) {
        return [...start, route.targetName];
    }
    const subnet = step.subnets.members.find(member => !here.has(member));
    const way = [...start, ...step.name(subnet)];
    if (attempt(() => step.isInternet(() => true)) === true) {
        return [...way, "internet"];
    }
    const [next] = seen(() => subnet?.egress ?? Several.none);
    return subnet === undefined || next === undefined ? way : [...way, ...hops(subnet, next, here)];
}
