/** Starts a policy and its table: `npm run new NAME`. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kebabCase, root } from "./names";

const policy = (name: string, title: string): string => `import { policy } from "../engine/policy";

export default policy({
    name: "${name}",
    displayName: "${title}",
    description: "Every gateway endpoint is in a route table.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["gateway-endpoint"],
    remediationSteps: "Associate the endpoint with a route table.",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    subjects: network => network.endpoints,

    *check(endpoint) {
        if (endpoint.type === "Gateway" && endpoint.routeTables.isEmpty) {
            yield \`\${endpoint.toString()} is in no route table.\`;
        }
    },
});
`;

const table = (name: string): string => `import policy from "../../policies/${name}";
import { table } from "../table";
import { endpoint, gateway, routeTable, vpc } from "./network";

table(policy, {
    why: "A gateway endpoint works by routes: in no route table it carries nothing.",
    accepts: {
        "an endpoint in a route table": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [routeTable(v).id] });
        },
        "an endpoint in the main route table": () => {
            const v = vpc();
            gateway(v, { routeTableIds: [v.mainRouteTableId] });
        },
        "an interface endpoint": () => endpoint(vpc()),
    },
    rejects: {
        "an endpoint in no route table": {
            program: () => gateway(vpc()),
            because: { s3: /^endpoint s3 is in no route table\\.$/ },
        },
    },
});
`;

/** Why a name cannot be that of a new policy. */
function objection(name: string | undefined, files: readonly string[]): string | undefined {
    if (name === undefined) {
        return "usage: npm run new NAME, such as gateway-endpoint-routed";
    }
    if (!kebabCase.test(name) || !name.includes("-")) {
        return `"${name}" is no name for a policy: use two or more words of lower case, joined by dashes, such as gateway-endpoint-routed.`;
    }
    const existing = files.find(file => existsSync(join(root, file)));
    return existing === undefined ? undefined : `${existing} exists already: choose another name.`;
}

function main([name, ...others]: readonly string[]): number {
    const [policyFile, tableFile] = [`policies/${name ?? ""}.ts`, `test/policies/${name ?? ""}.test.ts`];
    const refusal = objection(others.length > 0 ? undefined : name, [policyFile, tableFile]);
    if (name === undefined || refusal !== undefined) {
        console.error(refusal);
        return 2;
    }
    const title = name.replaceAll("-", " ").replace(/^./, letter => letter.toUpperCase());
    writeFileSync(join(root, policyFile), policy(name, title));
    writeFileSync(join(root, tableFile), table(name));
    console.log(
        `wrote ${policyFile} and ${tableFile}, which hold an example: make it yours, then run npm run generate.`,
    );
    return 0;
}

process.exitCode = main(process.argv.slice(2));
