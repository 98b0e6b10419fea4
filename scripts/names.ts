import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ofPack as namesOfPack } from "../engine/composition";

export const root = join(__dirname, "..");

/** How policies are called: words of lower case, joined by dashes. */
export const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The policies about the pack itself, which have no table: they judge no network. */
export const ofPack: readonly string[] = namesOfPack;

/** The names of the examples that are programs. */
export function programNames(): readonly string[] {
    const directory = join(root, "examples");
    return readdirSync(directory).filter(name => existsSync(join(directory, name, "Pulumi.yaml")));
}

/** The names of all policies, from the names of their files, in the order of the pack. */
export function policyNames(): readonly string[] {
    const names = readdirSync(join(root, "policies"))
        .filter(file => file.endsWith(".ts") && file !== "index.ts")
        .map(file => file.slice(0, -".ts".length))
        .sort();
    const inPlace = (name: string): readonly string[] => names.filter(other => other === name);
    return [...inPlace(namesOfPack[0]), ...names.filter(name => !ofPack.includes(name)), ...inPlace(namesOfPack[1])];
}

/** What the comment above a policy says that it does not see, as one sentence; undefined where nothing is said. */
export function blindSpotOf(name: string): string | undefined {
    const source = readFileSync(join(root, "policies", `${name}.ts`), "utf8");
    const [, text] = /\/\*\* Does not see: ([^]*?)\s*\*\//.exec(source) ?? [];
    const line = text?.replaceAll(/\s*\n \* ?/g, " ");
    return line === undefined ? undefined : line.charAt(0).toUpperCase() + line.slice(1);
}
