/**
 * What the AWS providers answer, as pure functions of type, name and inputs: no state, no network.
 *
 * Which properties a provider computes is read from the typings of the installed SDKs: an output that is no argument,
 * or that is an optional argument and yet always there, is computed. Which values AWS then gives stands in aws-values.ts.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
    blankAfterCreation,
    type Kind,
    nestedComputed,
    nestedDefaults,
    nameProperties,
    nativeNameProperties,
    providerDefaults,
    valuesOf,
} from "./aws-values";
import { digits, idOf, isObject, type Properties, type Resource, text, vpcDigits, vpcId } from "./aws-ids";

export { ofVpc, type Properties } from "./aws-ids";
export { fullAccess } from "./aws-values";

export interface Created {
    /** Absent at preview. */
    readonly id: string | undefined;
    readonly outputs: Properties;
}

/** The provider that answers: the major version of its SDK (from 7 on, `region` is on every resource) and its Region. */
export interface Provider {
    readonly version: 6 | 7;
    readonly region: string;
}

/** What stands on the wire for a value that is not known yet (`unknownValue` of `@pulumi/pulumi`). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const defaultProvider: Provider = { version: 7, region: "us-east-1" };

/**
 * What the provider says when it creates a resource.
 *
 * Preview: the inputs, plus every computed property that the author left out as {@link unknownValue}; no id.
 * Update: plausible values, and an id, which is among the outputs as `id`, too.
 */
export function create(
    type: string,
    name: string,
    inputs: Properties,
    preview: boolean,
    provider: Provider = defaultProvider,
): Created {
    const schema = schemaOf(type, provider.version);
    const kind = kindOf(type);
    const checked = withoutDefaults(check(type, inputs, name));
    const known: Properties = isObject(checked) ? { ...checked } : {};
    const region = text(known["region"]) ?? provider.region;
    // The bridged provider plans these two itself.
    if (schema.computed.has("region")) {
        known["region"] ??= region;
    }
    if (schema.computed.has("tagsAll")) {
        known["tagsAll"] = known["tags"] ?? {};
    }
    if (preview) {
        for (const [property, nested] of Object.entries(nestedComputed[kind] ?? {})) {
            known[property] = fill(known[property], Object.fromEntries(nested.map(key => [key, unknownValue])));
        }
        const pending = [...schema.computed.keys()].filter(property => known[property] === undefined);
        return {
            id: undefined,
            outputs: { ...withoutUndefined(known), ...Object.fromEntries(pending.map(key => [key, unknownValue])) },
        };
    }
    const unidentified = { kind, native: isNative(type), name, inputs: known, region };
    const vpc = vpcDigits(unidentified);
    const id = idOf({ ...unidentified, vpc });
    return { id, outputs: computedOutputs({ ...unidentified, vpc, id }, schema) };
}

/**
 * What the provider says when it updates a resource: what the author left out stays as it was.
 * At preview, what the provider has never computed stays open.
 */
export function update(
    type: string,
    name: string,
    id: string,
    before: Properties,
    inputs: Properties,
    preview: boolean,
    provider: Provider = defaultProvider,
): Properties {
    const planned = create(type, name, inputs, true, provider).outputs;
    const fresh = preview ? planned : create(type, name, inputs, false, provider).outputs;
    const kept = Object.keys(fresh).filter(
        property =>
            inputs[property] === undefined && planned[property] === unknownValue && before[property] !== undefined,
    );
    return { ...fresh, ...Object.fromEntries(kept.map(property => [property, before[property]])), id };
}

/** What the provider reads of a resource that exists (`.get`), as far as its id and the given properties tell. */
export function read(
    type: string,
    name: string,
    id: string,
    state: Properties,
    provider: Provider = defaultProvider,
): Properties {
    const schema = schemaOf(type, provider.version);
    const kind = kindOf(type);
    const region = text(state["region"]) ?? provider.region;
    const unidentified = { kind, native: isNative(type), name, inputs: state, region };
    // The ids in a VPC end alike, and so do those of its parts.
    const vpc = /^[a-z-]+-[0-9a-f]{8,}$/.test(id) ? id.slice(-8) : vpcDigits(unidentified);
    const whole = kind === "ec2:Vpc" || !schema.outputs.has("vpcId") ? {} : { vpcId: vpcId(vpc) };
    const regional = schema.computed.has("region") ? { region } : {};
    return computedOutputs({ ...unidentified, inputs: { ...whole, ...regional, ...state }, vpc, id }, schema);
}

function computedOutputs(resource: Resource, schema: Schema): Properties {
    const { kind, inputs } = resource;
    const { nested, values } = valuesOf(resource);
    const outputs: Properties = { ...inputs };
    for (const [property, value] of Object.entries(nested)) {
        outputs[property] = fill(outputs[property], value);
    }
    for (const [property, value] of Object.entries(values)) {
        if (schema.outputs.has(property)) {
            outputs[property] ??= value;
        }
    }
    for (const [property, declared] of schema.computed) {
        outputs[property] ??= plausible(property, declared, schema.optional.has(property), resource);
    }
    if (!resource.native && blankAfterCreation.has(kind)) {
        for (const [property, declared] of schema.outputs) {
            outputs[property] ??= { "string | undefined": "", "boolean | undefined": false }[declared];
        }
    }
    return { ...withoutUndefined(outputs), id: resource.id };
}

/**
 * The inputs as the provider's Check returns them. The bridged provider adds its defaults and generated names and lists
 * them under `__defaults`, in nested objects, too; the native provider adds a name only.
 */
export function check(type: string, inputs: Properties, name = "resource"): Properties {
    const kind = kindOf(type);
    const native = isNative(type);
    const defaults = { ...generatedName(type, kind, name, inputs), ...(native ? {} : providerDefaults[kind]) };
    const added = Object.keys(defaults).filter(property => inputs[property] === undefined);
    const checked: Properties = { ...withoutUndefined(inputs) };
    for (const property of added) {
        checked[property] = defaults[property];
    }
    if (native) {
        return checked;
    }
    const nested = nestedDefaults[kind] ?? {};
    for (const [property, value] of Object.entries(checked)) {
        if (property !== "__defaults") {
            checked[property] = marked(value, nested[property] ?? {});
        }
    }
    const before = Array.isArray(inputs["__defaults"]) ? inputs["__defaults"].map(String) : [];
    return { ...checked, __defaults: [...new Set([...before, ...added])].sort() };
}

interface Schema {
    /** Declared type by output. */
    readonly outputs: ReadonlyMap<string, string>;
    readonly computed: ReadonlyMap<string, string>;
    readonly optional: ReadonlySet<string>;
}

const schemas = new Map<string, Schema>();

function schemaOf(type: string, version: 6 | 7): Schema {
    const key = `${version} ${type}`;
    const schema = schemas.get(key) ?? readSchema(type, version);
    schemas.set(key, schema);
    return schema;
}

function readSchema(type: string, version: 6 | 7): Schema {
    const [, path = "", name = ""] = type.split(":");
    const native = isNative(type);
    const sdk = native ? "@pulumi/aws-native" : version === 7 ? "@pulumi/aws" : "aws-sdk-v6";
    const file = native ? join(path, lowerFirst(name)) : path;
    const declaration = declarationOf(join(dirname(require.resolve(`${sdk}/package.json`)), `${file}.d.ts`));
    if (declaration === undefined) {
        const outputs = new Map([["arn", "string"]]);
        return { outputs, computed: outputs, optional: new Set() };
    }
    const [members = "", args = ""] = declaration.split(/^export interface \w+Args \{$/m);
    const outputs = new Map<string, string>();
    for (const [, output = "", declared = ""] of members.matchAll(
        /readonly (\w+): pulumi\.Output<((?:\{[^}]*\}|[^;])*)>;/g,
    )) {
        outputs.set(output, declared);
    }
    const optional = new Set<string>();
    const required = new Set<string>();
    for (const [, argument = "", mark] of args.matchAll(/^ {4}(\w+)(\??):/gm)) {
        (mark === "?" ? optional : required).add(argument);
    }
    const computed = [...outputs].filter(
        ([output, declared]) =>
            !required.has(output) && (!optional.has(output) || (!native && !declared.endsWith("| undefined"))),
    );
    return { outputs, computed: new Map(computed), optional };
}

function declarationOf(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8").replaceAll(/\/\*\*.*?\*\/\s*/gs, "");
    } catch {
        return undefined;
    }
}

function kindOf(type: string): Kind {
    const [, path = "", name = ""] = type.split(":");
    return `${path.split("/")[0] ?? ""}:${name}`;
}

function isNative(type: string): boolean {
    return type.startsWith("aws-native:");
}

function lowerFirst(name: string): string {
    return name.charAt(0).toLowerCase() + name.slice(1);
}

function generatedName(type: string, kind: Kind, name: string, inputs: Properties): Properties {
    const property = (isNative(type) ? nativeNameProperties : nameProperties)[kind] ?? "name";
    const schema = schemaOf(type, 7);
    const named = inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined;
    if (named || !schema.optional.has(property) || (!isNative(type) && !schema.computed.has(property))) {
        return {};
    }
    return { [property]: `${name}-${digits(`${type} ${name}`, 7)}` };
}

/** The value with `__defaults` in each of its objects, and the defaults of those objects. */
function marked(value: unknown, defaults: Properties): unknown {
    if (Array.isArray(value)) {
        return value.map(item => marked(item, defaults));
    }
    if (!isObject(value) || "__defaults" in value || isSpecial(value)) {
        return value;
    }
    const added = Object.keys(defaults).filter(property => value[property] === undefined);
    const nested = Object.fromEntries(Object.entries(value).map(([property, item]) => [property, marked(item, {})]));
    return { ...nested, ...Object.fromEntries(added.map(key => [key, defaults[key]])), __defaults: added.sort() };
}

/** Secrets, assets and other values that the wire carries as objects with a signature. */
function isSpecial(value: Properties): boolean {
    return "4dabf18193072939515e22adb298388d" in value;
}

function withoutDefaults(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutDefaults);
    }
    if (!isObject(value)) {
        return value;
    }
    const kept = Object.entries(value).filter(([property]) => property !== "__defaults");
    return Object.fromEntries(kept.map(([property, item]) => [property, withoutDefaults(item)]));
}

function withoutUndefined(properties: Properties): Properties {
    return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** The object, or each object of the list, with the values that it lacks; anything else as it is. */
function fill(value: unknown, values: Properties): unknown {
    if (Array.isArray(value)) {
        return value.map(item => fill(item, values));
    }
    return isObject(value) && !isSpecial(value) ? { ...values, ...withoutUndefined(value) } : value;
}

/** A computed value that no table knows; where the author could have set it, AWS has mostly nothing of its own. */
function plausible(property: string, declared: string, optional: boolean, resource: Resource): unknown {
    if (declared.endsWith("[]")) {
        return [];
    }
    switch (declared) {
        case "boolean":
            return false;
        case "number":
            return 0;
        case "string":
            return optional ? "" : `${property}-${digits(`${resource.id} ${property}`, 8)}`;
        default:
            return {};
    }
}
