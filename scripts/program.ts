import { isDeepStrictEqual } from "node:util";
import { check, type Properties } from "../test/aws";
import { isObject } from "../test/aws-ids";
import type { Recorded } from "../test/record";

/** A value that a resource has once it is made, and how a program names it. */
interface Attribute {
    readonly value: string;
    readonly property: string;
    readonly source: string;
}

/**
 * A TypeScript program that makes what another program was seen to make. What the author left out is left out, an id of a
 * resource becomes a reference to it, and a JSON document becomes an object.
 * @param recorded as at an update, where every id is known
 * @throws {Error} if a resource is not of AWS, belongs to a component or has a secret
 */
export function programOf(recorded: readonly Recorded[]): string {
    const [stack, ...unordered] = recorded;
    const resources = inOrder(unordered);
    const isShown = ({ type, parent, inputs }: Recorded): boolean =>
        /^aws(-native)?:/.test(type) && parent === stack?.urn && !JSON.stringify(inputs).includes(signature);
    const unshown = resources.find(resource => !isShown(resource));
    if (unshown !== undefined) {
        throw new Error(
            `${unshown.type} ${unshown.name} cannot be shown: it is not of AWS, or belongs to a component, or has a secret.`,
        );
    }
    const constants = constantsOf(resources);
    const used = new Set<string>();
    let references = 0;
    const attributes = new Map(
        resources.map(resource => [resource.urn, attributesOf(resource, constants.get(resource.urn) ?? "")]),
    );

    /** The resources that a list of URNs names, as constants. */
    const named = (urns: readonly string[]): readonly string[] =>
        [...constants].filter(([urn]) => urns.includes(urn)).map(([, constant]) => constant);

    const refer = ({ source }: Attribute): string => {
        used.add(source.split(/[.[]/)[0] ?? "");
        references += 1;
        return source;
    };

    function text(value: string, property: string, known: readonly Attribute[]): string {
        const equal = known.filter(attribute => attribute.value === value);
        const attribute = equal.find(one => one.property === property) ?? equal[0];
        if (attribute !== undefined) {
            return refer(attribute);
        }
        const document = documentOf(value);
        if (document !== undefined) {
            const before = references;
            const json = source(document, property, known);
            return `${references === before ? "JSON.stringify" : "pulumi.jsonStringify"}(${json})`;
        }
        const [part, ...parts] = partsOf(value, known);
        return part === undefined || parts.length === 0
            ? JSON.stringify(value)
            : `pulumi.interpolate\`${[part, ...parts].map(one => (typeof one === "string" ? escaped(one) : `\${${refer(one)}}`)).join("")}\``;
    }

    function source(value: unknown, property: string, known: readonly Attribute[]): string {
        if (typeof value === "string") {
            return text(value, property, known);
        }
        if (Array.isArray(value)) {
            return `[${value.map(item => source(item, property, known)).join(", ")}]`;
        }
        if (isObject(value)) {
            const entries = Object.entries(value).map(
                ([key, item]) => `${JSON.stringify(key)}: ${source(item, key, known)}`,
            );
            return `{ ${entries.join(", ")} }`;
        }
        return JSON.stringify(value);
    }

    function made(resource: Recorded): string {
        const { type, name, external, outputs, propertyDependencies, dependencies, ignoreChanges } = resource;
        if (external) {
            return `${classOf(type)}.get(${JSON.stringify(name)}, ${JSON.stringify(outputs["id"])})`;
        }
        const args = Object.entries(authored(resource)).map(([property, value]) => {
            const known = (propertyDependencies[property] ?? []).flatMap(urn => attributes.get(urn) ?? []);
            return `${JSON.stringify(property)}: ${source(value, property, known)}`;
        });
        const inProperties = Object.values(propertyDependencies).flat();
        const apart = named(dependencies.filter(urn => !inProperties.includes(urn)));
        apart.forEach(constant => used.add(constant));
        const options = [
            ...(apart.length > 0 ? [`dependsOn: [${apart.join(", ")}]`] : []),
            ...(ignoreChanges.length > 0 ? [`ignoreChanges: ${JSON.stringify(ignoreChanges)}`] : []),
        ];
        const given = [
            JSON.stringify(name),
            ...(args.length > 0 || options.length > 0 ? [`{ ${args.join(", ")} }`] : []),
        ];
        return `new ${classOf(type)}(${[...given, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])].join(", ")})`;
    }

    const expressions = resources.map(resource => [constants.get(resource.urn) ?? "", made(resource)] as const);
    const body = expressions.map(([constant, made]) => `${used.has(constant) ? `const ${constant} = ` : ""}${made};`);
    const imports = [
        ["aws", "@pulumi/aws", resources.some(({ type }) => type.startsWith("aws:"))],
        ["awsNative", "@pulumi/aws-native", resources.some(({ type }) => type.startsWith("aws-native:"))],
        ["pulumi", "@pulumi/pulumi", body.some(line => /\bpulumi\.(interpolate|jsonStringify)\b/.test(line))],
    ] as const;
    return [
        ...imports.filter(([, , needed]) => needed).map(([as, module]) => `import * as ${as} from "${module}";`),
        "",
        ...body,
    ].join("\n");
}

/** Each resource right after what it needs, as far as that is not there yet. */
function inOrder(resources: readonly Recorded[]): readonly Recorded[] {
    const isNeeded = ({ urn }: Recorded): boolean => resources.some(({ dependencies }) => dependencies.includes(urn));
    const ordered = new Set<Recorded>();
    const place = (resource: Recorded): void => {
        if (!ordered.has(resource)) {
            resources.filter(({ urn }) => resource.dependencies.includes(urn)).forEach(place);
            ordered.add(resource);
        }
    };
    resources.filter(resource => !isNeeded(resource)).forEach(place);
    return [...ordered];
}

/** What marks secrets and other special values on the wire. */
const signature = "4dabf18193072939515e22adb298388d";

/** Words that no constant can have for a name, as far as resources are called so. */
const reserved = new Set([
    "aws",
    "awsNative",
    "pulumi",
    "default",
    "export",
    "function",
    "import",
    "in",
    "new",
    "package",
    "private",
    "protected",
    "public",
    "static",
]);

/** A constant for each resource: its name, with that of its class where the name alone is taken or cannot be one. */
function constantsOf(resources: readonly Recorded[]): ReadonlyMap<string, string> {
    const camel = (name: string): string =>
        name.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? "");
    const short = resources.map(({ name }) => camel(name));
    return new Map(
        resources.map(({ urn, type, name }) => {
            const constant = camel(name);
            const isFree = /^[A-Za-z]/.test(constant) && !reserved.has(constant);
            const isAlone = short.filter(other => other === constant).length === 1;
            return [urn, isFree && isAlone ? constant : `${constant}${type.split(":").at(-1) ?? ""}`];
        }),
    );
}

/** `aws:ec2/vpc:Vpc` is `aws.ec2.Vpc`, and `aws-native:ec2:Vpc` is `awsNative.ec2.Vpc`. */
function classOf(type: string): string {
    const [provider, module = "", name = ""] = type.split(":");
    return `${provider === "aws" ? "aws" : "awsNative"}.${module.split("/")[0] ?? ""}.${name}`;
}

/** What the SDK gives for a description or comment that the author left out. */
const comment = "Managed by Pulumi";

/** The inputs without what the provider or the SDK has added, the VPC before all else. */
function authored({ type, name, inputs }: Recorded): Properties {
    const given = withoutDefaults(inputs);
    const isGenerated = (key: string): boolean => {
        const others = Object.fromEntries(Object.entries(given).filter(([other]) => other !== key));
        return type.startsWith("aws-native:") && isDeepStrictEqual(check(type, others, name)[key], given[key]);
    };
    const entries = Object.entries(given).filter(([key, value]) => value !== comment && !isGenerated(key));
    return Object.fromEntries([...entries.filter(([key]) => key === "vpcId"), ...entries]);
}

function withoutDefaults(inputs: Properties): Properties {
    const added: readonly unknown[] = Array.isArray(inputs["__defaults"]) ? inputs["__defaults"] : [];
    const clean = (value: unknown): unknown =>
        Array.isArray(value) ? value.map(clean) : isObject(value) ? withoutDefaults(value) : value;
    return Object.fromEntries(
        Object.entries(inputs)
            .filter(([key]) => key !== "__defaults" && !added.includes(key))
            .map(([key, value]) => [key, clean(value)]),
    );
}

/** What other resources may refer to, the likeliest first: the id, the ARN, what AWS gives, what the author gave. */
function attributesOf({ outputs, inputs }: Recorded, constant: string): readonly Attribute[] {
    const rank = ({ property }: Attribute): number =>
        property === "id" ? 0 : property === "arn" ? 1 : property in inputs ? 3 : 2;
    const within = (value: unknown, property: string, source: string): readonly Attribute[] =>
        typeof value === "string" && value.length > 3
            ? [{ value, property, source }]
            : Array.isArray(value)
              ? value.flatMap((item, index) => within(item, property, `${source}[${index}]`))
              : isObject(value)
                ? Object.entries(value).flatMap(([key, item]) => within(item, key, `${source}.${key}`))
                : [];
    const all = Object.entries(outputs).flatMap(([key, value]) => within(value, key, `${constant}.${key}`));
    return [...all].sort((one, other) => rank(one) - rank(other));
}

/** A text that is the compact JSON of a list or an object, as that. */
function documentOf(text: string): unknown {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null && JSON.stringify(value) === text ? value : undefined;
    } catch {
        return undefined;
    }
}

/** A text cut at the ids, ARNs and names that stand in it: the longest, since an ARN has an id or a name in it. */
function partsOf(text: string, known: readonly Attribute[]): readonly (string | Attribute)[] {
    const [inside] = known
        .filter(({ value, property }) => /^(id|arn)$|(Id|Arn|Name)$/.test(property) && text.includes(value))
        .sort((one, other) => other.value.length - one.value.length);
    if (inside === undefined) {
        return text === "" ? [] : [text];
    }
    const at = text.indexOf(inside.value);
    return [...partsOf(text.slice(0, at), known), inside, ...partsOf(text.slice(at + inside.value.length), known)];
}

function escaped(text: string): string {
    return text.replaceAll(/[\\`]|\$\{/g, "\\$&");
}
