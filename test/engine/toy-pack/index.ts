/** Policies that show what the engine sends to a pack, and that fail on demand. */
import { appendFileSync } from "node:fs";
import { PolicyPack, type PolicyConfigSchema } from "@pulumi/policy";

const dumpSchema: PolicyConfigSchema = { properties: { file: { type: "string" } } };

/** Each value, with "?" for what is not known: reading that throws. */
function shown(value: unknown): unknown {
    if (Array.isArray(value)) {
        return Array.from({ length: value.length }, (_, index) => tried((): unknown => value[index]));
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.keys(value).map(key => [key, tried((): unknown => Reflect.get(value, key))]));
    }
    return value;
}

function tried(read: () => unknown): unknown {
    try {
        return shown(read());
    } catch {
        return "?";
    }
}

function dump({ file }: { file?: string }, line: unknown): void {
    if (file !== undefined) {
        appendFileSync(file, `${JSON.stringify(line)}\n`);
    }
}

/** The value of the tag by which a resource asks to be blamed. */
function blame(properties: Record<string, unknown>): unknown {
    const tags = tried(() => properties["tags"]);
    return typeof tags === "object" && tags !== null && "blame" in tags ? tags.blame : undefined;
}

new PolicyPack("toy", {
    policies: [
        {
            name: "resource-blamed",
            description: "A resource asks to be blamed alone.",
            enforcementLevel: "mandatory",
            validateResource: ({ props }, report) => {
                if (blame(props) === "alone") {
                    report("blamed alone");
                }
            },
        },
        {
            name: "stack-blamed",
            description: "A resource asks to be blamed among the others.",
            enforcementLevel: "mandatory",
            validateStack: ({ resources }, report) => {
                for (const { props, urn } of resources) {
                    if (blame(props) === "together") {
                        report("blamed together", urn);
                    }
                }
            },
        },
        {
            name: "stack-advised",
            description: "A resource asks for advice.",
            enforcementLevel: "mandatory",
            validateStack: ({ resources }, report) => {
                for (const { props, urn } of resources) {
                    if (blame(props) === "mildly") {
                        // An object is accepted, though not declared.
                        Reflect.apply(report, undefined, [
                            { message: "blamed mildly", urn, enforcementLevel: "advisory" },
                        ]);
                    }
                }
            },
        },
        {
            name: "dump",
            description: "Writes down what it is given.",
            enforcementLevel: "advisory",
            configSchema: dumpSchema,
            validateResource: args => {
                const { name, props, type, urn } = args;
                dump(args.getConfig(), { kind: "resource", name, type, urn, properties: shown(props) });
            },
            validateStack: args => {
                for (const { name, props, propertyDependencies, type, urn } of args.resources) {
                    const dependencies = Object.entries(propertyDependencies).map(
                        ([property, on]): readonly [string, readonly string[]] => [
                            property,
                            on.map(resource => resource.name),
                        ],
                    );
                    dump(args.getConfig(), {
                        kind: "stack",
                        name,
                        type,
                        urn,
                        properties: shown(props),
                        dependencies: Object.fromEntries(dependencies),
                    });
                }
            },
        },
    ],
});
