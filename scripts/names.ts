import { readdirSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..");

/** How policies are called: words of lower case, joined by dashes. */
export const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const [first, last] = ["pack-settings", "undecided"];

/** The policies about the pack itself, which have no table: they judge no network. */
export const ofPack: readonly string[] = [first, last];

/** The names of all policies, from the names of their files, in the order of the pack. */
export function policyNames(): readonly string[] {
    const names = readdirSync(join(root, "policies"))
        .filter(file => file.endsWith(".ts") && file !== "index.ts")
        .map(file => file.slice(0, -".ts".length))
        .sort();
    const inPlace = (name: string): readonly string[] => names.filter(other => other === name);
    return [...inPlace(first), ...names.filter(name => !ofPack.includes(name)), ...inPlace(last)];
}
