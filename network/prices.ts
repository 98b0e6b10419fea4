/** What traffic costs, in US dollars. */
export interface Prices {
    /** A gigabyte through a NAT gateway, in either direction. */
    readonly natGigabyte: number;
    /** Where and when that holds, as messages say it. */
    readonly basis: string;
}

/** AWS's prices, but for taxes: https://aws.amazon.com/vpc/pricing/ */
export const listPrices: Prices = { natGigabyte: 0.045, basis: "us-east-1, November 2026" };

/** How messages say what a NAT gateway takes. */
export function natPrice({ natGigabyte, basis }: Prices): string {
    return `${natGigabyte} USD a gigabyte (${basis})`;
}

/** What a NAT gateway takes in a year for 100 gigabytes a day. */
export function natYear({ natGigabyte }: Prices): string {
    return `${Math.round(100 * 365 * natGigabyte).toLocaleString("en-US")} USD a year for each 100 GB a day`;
}
