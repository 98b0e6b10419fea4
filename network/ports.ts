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
export function portsInWords({ ranges }: Ports): string {
    const words = ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
    return `port${words.length > 1 || words.some(word => word.includes("-")) ? "s" : ""} ${listed(words)}`;
}
