/** Makes one file of a policy pack and the SDK, which starts in a third of the time that the two of them take. */
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "./names";

const load = createRequire(join(root, "package.json"));

/** What the SDK takes from `@pulumi/pulumi`, by name, from the parts that have it. */
export const taken: Readonly<Record<string, string>> = {
    asset: 'require("@pulumi/pulumi/asset")',
    Output: 'require("@pulumi/pulumi/output").Output',
};

/** What a module exports by a name, to be worked out when it is asked for. */
function getter([name, value]: readonly [name: string, value: string]): string {
    return `Object.defineProperty(exports, "${name}", { get: () => ${value} });`;
}

/**
 * Takes the SDK in. It loads the whole of `@pulumi/pulumi`, which takes longer than all else together, for two names that it
 * needs for assets and remediation only; here each is loaded when it is asked for.
 */
const withSdk: Plugin = {
    name: "with the SDK",
    setup(bundler) {
        const namespace = "lazy";
        bundler.onResolve({ filter: /^@pulumi\/policy(?:$|\/)/ }, ({ path }) => ({ path: require.resolve(path) }));
        bundler.onResolve({ filter: /^@pulumi\/pulumi$/ }, ({ path }) => ({ path, namespace }));
        bundler.onLoad({ filter: /.*/, namespace }, () => ({
            contents: Object.entries(taken).map(getter).join("\n"),
            resolveDir: __dirname,
        }));
    },
};

/** The package that reads CIDR blocks, which the host has not loaded, and the tables of AWS. */
const rarelyAtStart = /^ipaddr\.js$|\.json$/;

/** Leaves tables in files of their own. They, and packages that are not needed at start, are loaded when something is first asked of them. */
const withoutHaste: Plugin = {
    name: "without haste",
    setup(bundler) {
        const namespace = "later";
        bundler.onResolve({ filter: rarelyAtStart }, ({ path, resolveDir, namespace: of }) => {
            const asked = path.startsWith(".") ? `./${relative(root, join(resolveDir, path))}` : path;
            return of === namespace ? undefined : { path: asked, namespace };
        });
        bundler.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
            contents: [
                `let loaded; const whole = () => (loaded ??= require("${path}"));`,
                ...Object.keys(load(path) as object).map(key => getter([key, `whole().${key}`])),
            ].join("\n"),
            resolveDir: root,
        }));
    },
};

/**
 * Bundles a policy pack: its own files and the SDK. Other packages stay what they are, and those that Pulumi's host has
 * loaded are not loaded again. Nothing is renamed or made shorter, so that the stack of an error can be read.
 *
 * @param main the pack's main file
 * @param alias the files that stand for packages, by the names of these
 * @throws {Error} after having said on standard error what cannot be bundled
 */
export async function bundle(
    main: string,
    outfile: string,
    alias: Readonly<Record<string, string>> = {},
): Promise<void> {
    await build({
        entryPoints: [main],
        outfile,
        alias: { ...alias },
        bundle: true,
        platform: "node",
        target: "node20",
        packages: "external",
        plugins: [withSdk, withoutHaste],
        loader: { ".json": "copy" },
        assetNames: "[dir]/[name]",
        banner: { js: "/* Contains @pulumi/policy, Copyright Pulumi Corporation, under the Apache License 2.0. */" },
        logLevel: "warning",
    });
}
