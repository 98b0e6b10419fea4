/** The policy packs that this one is measured beside, each in a folder of its own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "..");

const folder = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
});

const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

function install(directory: string, ...options: readonly string[]): void {
    execFileSync("npm", ["ci", ...quiet, ...options], { cwd: directory, stdio: ["ignore", "ignore", "inherit"] });
}

/** @param packages the folder whose packages the pack uses. */
function written(name: string, packages: string, files: Readonly<Record<string, string>>): string {
    const directory = join(folder, name);
    mkdirSync(directory);
    symlinkSync(join(packages, "node_modules"), join(directory, "node_modules"));
    writeFileSync(join(directory, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
    writeFileSync(join(directory, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    for (const [file, text] of Object.entries(files)) {
        writeFileSync(join(directory, file), text);
    }
    return directory;
}

/**
 * This pack as it is published and installed: with the sources and the development packages Pulumi's host would look at the one, and load
 * the compiler among the other, before it starts anything.
 */
export function publishedPack(): string {
    const options = ["--ignore-scripts", "--silent", "--pack-destination", folder];
    const packed = execFileSync("npm", ["pack", ...options], { cwd: root, encoding: "utf8" }).trim();
    execFileSync("tar", ["-xzf", packed], { cwd: folder });
    const directory = join(folder, "package");
    install(directory, "--omit=dev", "--prefer-offline");
    return directory;
}

/**
 * A compiled pack of so many policies, each of resources and of the stack, that do nothing.
 * @param packages a pack that has Pulumi's SDK installed.
 */
export function emptyPack(count: number, packages: string): string {
    return written(`empty-${count}`, packages, {
        "index.js": `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", {
    policies: Array.from({ length: ${count} }, (_, i) => ({
        name: "empty-" + i,
        description: "Nothing is wrong.",
        enforcementLevel: "mandatory",
        validateResource: () => undefined,
        validateStack: () => undefined,
    })),
});
`,
    });
}

/** A pack as Pulumi's template for AWS begins one: TypeScript that is compiled at each start, with the types of all resources. */
export function typedPack(): string {
    return written("typed", root, {
        "tsconfig.json": JSON.stringify({
            compilerOptions: { target: "es2020", module: "commonjs", moduleResolution: "node", strict: true },
            files: ["index.ts"],
        }),
        "index.ts": `import * as aws from "@pulumi/aws";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";

new PolicyPack("typed", {
    policies: [{
        name: "endpoint-has-policy",
        description: "Endpoints have a policy.",
        enforcementLevel: "mandatory",
        validateResource: validateResourceOfType(aws.ec2.VpcEndpoint, (endpoint, args, reportViolation) => {
            if (endpoint.policy === undefined) reportViolation("This one has none.");
        }),
    }],
});
`,
    });
}

/** Pulumi's own pack for AWS, which is installed when it is asked for. */
export function awsGuard(): string {
    const installed = join(root, "bench", "awsguard");
    if (!existsSync(join(installed, "node_modules"))) {
        install(installed);
    }
    return written("awsguard", installed, {
        "index.js": 'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "advisory" });\n',
    });
}
