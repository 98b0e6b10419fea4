import { Numbers } from "./numbers";
import { listed } from "./resource";

/** A set of TCP or UDP ports. */
export type Ports = Numbers;

/** @param ranges the first and the last port of each, both included. */
export function portsOf(...ranges: readonly (readonly [number, number])[]): Ports {
    return Numbers.of(
        ...ranges.map(([first, last]) => ({ first: BigInt(Math.trunc(first)), last: BigInt(Math.trunc(last)) })),
    );
}

export const allPorts: Ports = portsOf([0, 65535]);

/** Ports in a sentence, such as "port 443" or "ports 443 and 1024-1064". */
export function portsInWords({ ranges: [only, ...others] }: Ports): string {
    const words = [only, ...others]
        .flatMap(range => range ?? [])
        .map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
    return `port${others.length > 0 || only?.first !== only?.last ? "s" : ""} ${listed(words)}`;
}
