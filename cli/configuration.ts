import Ajv, { type ErrorObject } from "ajv";
import addFormats from "ajv-formats";
import { suggestion } from "../engine/suggestion";
import { parseDocument, readDocument, type Document } from "./documents";
import { Failure } from "./failure";
import type { Level } from "./judgement";
import type { PackInfo, PolicyInfo } from "./pack";
import { asJson, isList, isObject, objectOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";
import { parseUrn } from "./urn";

/** What a configuration says about one policy. */
export interface PolicySettings {
    readonly level?: Level;
    readonly properties: Properties;
}

/** Excuses the violations of any of some policies on any of some resources. */
export interface Exception {
    readonly id: string;
    readonly reason: string;
    readonly match: readonly { readonly policies: readonly string[]; readonly targets: readonly string[] }[];
}

/** A policy pack's configuration file. */
export interface Configuration {
    /** The file's name, for messages. */
    readonly file: string;
    readonly policies: ReadonlyMap<string, PolicySettings>;
    /** What lies under the file: the levels of a preset. */
    readonly preset: ReadonlyMap<string, PolicySettings>;
    readonly exceptions: readonly Exception[];
    /** Names that the file gives to Pulumi ESC environments, which are not resolved here. */
    readonly environments: readonly string[];
}

/** The configuration of a pack that nobody configured. */
export const emptyConfiguration: Configuration = {
    file: "the policy pack's own configuration",
    policies: new Map(),
    preset: new Map(),
    exceptions: [],
    environments: [],
};

/** Reads a configuration file. Throws a {@link Failure} with a line for each mistake. */
export async function readConfiguration(file: string): Promise<Configuration> {
    return parseConfiguration(await readDocument(file));
}

/**
 * Reads the two formats of `pulumi preview --policy-pack-config`: the plain one, an object from policy name to level or
 * settings, and version 2, which has `policies` and `exceptions`. Throws a {@link Failure} with a line for each mistake.
 */
export function parseConfiguration(document: Document): Configuration {
    const file = document.name;
    const root = document.text.trim() === "" ? {} : parseDocument(document);
    if (!isObject(root)) throw new Failure(`${file}: the file must be an object from policy name to settings.`);
    const mistakes: string[] = [];
    const mistake = (key: string, what: string) => void mistakes.push(`${file}: ${key}: ${what}.`);
    const version = typeof root["version"] === "number" ? root["version"] : undefined;
    if (version !== undefined && version !== 2) {
        throw new Failure(`${file}: version: ${version} is not supported; the versioned format is version 2.`);
    }
    const { environments, ...unversioned } = root;
    const policies = version === 2 ? (root["policies"] ?? {}) : unversioned;
    if (!isObject(policies)) mistake("policies", "must be an object from policy name to settings");
    const configuration: Configuration = {
        file,
        policies: new Map(
            Object.entries(objectOf(policies)).map(([name, value]) => [name, settingsOf(name, value, mistake)]),
        ),
        preset: new Map(),
        exceptions: version === 2 ? exceptionsOf(root["exceptions"] ?? null, mistake) : [],
        environments: stringsOf(environments),
    };
    if (mistakes.length > 0) throw new Failure(mistakes.join("\n"));
    return configuration;
}

type Mistake = (key: string, what: string) => void;

function isLevel(value: Json | undefined): value is Level {
    return value === "advisory" || value === "mandatory" || value === "remediate" || value === "disabled";
}

function settingsOf(name: string, value: Json, mistake: Mistake): PolicySettings {
    const settings = typeof value === "string" ? { enforcementLevel: value } : value;
    if (!isObject(settings)) {
        mistake(name, `${JSON.stringify(value)} is neither an enforcement level nor an object of settings`);
        return { properties: {} };
    }
    const { enforcementLevel, ...properties } = settings;
    if (enforcementLevel === undefined) return { properties };
    if (isLevel(enforcementLevel)) return { level: enforcementLevel, properties };
    mistake(
        name,
        `${JSON.stringify(enforcementLevel)} is not an enforcement level; use advisory, mandatory, remediate or disabled`,
    );
    return { properties };
}

function exceptionsOf(value: Json, mistake: Mistake): readonly Exception[] {
    if (value === null) return [];
    if (!isObject(value)) {
        mistake("exceptions", "must be an object from the exception's id to the exception");
        return [];
    }
    return Object.entries(value)
        .map(([id, exception]) => exceptionOf(id, exception, mistake))
        .sort((left, right) => left.id.localeCompare(right.id, "en", { numeric: true }));
}

function exceptionOf(id: string, value: Json, mistake: Mistake): Exception {
    const key = `exceptions.${id}`;
    if (!/^[\w.-]+$/.test(id)) mistake(key, "an exception's id has only letters, digits, dashes, dots and underscores");
    if (!isObject(value)) {
        mistake(key, "must be an object with reason and match");
        return { id, reason: "", match: [] };
    }
    const reason = stringOf(value["reason"]);
    if (reason.trim() === "") mistake(`${key}.reason`, "is required: say why the violation is accepted");
    const entries = isList(value["match"]) ? value["match"] : [];
    if (entries.length === 0) mistake(`${key}.match`, "must list at least one object with policies and targets");
    entries.forEach((entry, index) => {
        const at = `${key}.match[${index}]`;
        const { policies, targets } = matchOf(entry);
        if (policies.length === 0) mistake(`${at}.policies`, "must list at least one policy");
        if (policies.includes("all")) mistake(`${at}.policies`, "must name policies; all is not allowed");
        if (targets.length === 0) mistake(`${at}.targets`, "must list at least one URN");
        for (const target of targets) {
            if (parseUrn(target) === undefined) mistake(`${at}.targets`, `"${target}" is not a URN`);
        }
    });
    return { id, reason, match: entries.map(matchOf) };
}

function matchOf(entry: Json): Exception["match"][number] {
    const { policies, targets } = objectOf(entry);
    return { policies: stringsOf(policies), targets: stringsOf(targets) };
}

/** The first exception that excuses a violation of a policy on a resource. */
export function exceptionFor(exceptions: readonly Exception[], policy: string, urn: string): Exception | undefined {
    return exceptions.find(({ match }) =>
        match.some(({ policies, targets }) => policies.includes(policy) && targets.includes(urn)),
    );
}

/** A warning for each policy that an exception names and the pack does not have. */
export function exceptionWarnings({ file, exceptions }: Configuration, info: PackInfo): readonly string[] {
    const known = new Set(info.policies.map(policy => policy.name));
    return exceptions.flatMap(({ id, match }) =>
        [...new Set(match.flatMap(({ policies }) => policies))]
            .filter(policy => !known.has(policy))
            .map(policy => `${file}: exceptions.${id} names ${policy}, which policy pack ${info.name} does not have.`),
    );
}

/**
 * The settings of every policy of a pack as Pulumi works them out: the defaults of its schema, under the pack's initial
 * configuration, under the preset, under the file, each property as a whole; `all` sets only the level. Throws a {@link Failure} with a
 * line for each mistake: an unknown policy, a property that the policy's schema refuses.
 */
export function reconcile(info: PackInfo, configuration: Configuration): ReadonlyMap<string, Required<PolicySettings>> {
    const { file } = configuration;
    const names = info.policies.map(policy => policy.name);
    const mistakes = [...configuration.policies.keys()]
        .filter(name => name !== "all" && !names.includes(name))
        .map(
            name =>
                `${file}: ${name}: policy pack ${info.name} has no such policy${suggestion(name, names) ?? `; its policies are ${names.join(", ")}.`}`,
        );
    const [allProperty] = Object.keys(configuration.policies.get("all")?.properties ?? {});
    if (allProperty !== undefined) {
        mistakes.push(`${file}: all: ${allProperty} cannot be set here; all takes only an enforcementLevel.`);
    }
    const ajv = validator();
    const settings = new Map<string, Required<PolicySettings>>();
    for (const policy of info.policies) {
        const layers = [info.initialConfig, configuration.preset, configuration.policies];
        const level = layers.reduce(
            (level, layer) => layer.get(policy.name)?.level ?? layer.get("all")?.level ?? level,
            policy.level,
        );
        const set = layers.reduce<Properties>((set, layer) => ({ ...set, ...layer.get(policy.name)?.properties }), {});
        const properties = { ...defaultsOf(policy), ...set };
        settings.set(policy.name, { level, properties });
        // To make a validator of a schema takes longer than all else here, and what is a default is as the schema wants it.
        if (Object.keys(set).length > 0 || policy.configSchema.required.some(key => !(key in properties))) {
            mistakes.push(...refusals(ajv, policy, properties).map(what => `${file}: ${policy.name}: ${what}.`));
        }
    }
    if (mistakes.length > 0) throw new Failure(mistakes.sort().join("\n"));
    return settings;
}

function defaultsOf({ configSchema }: PolicyInfo): Properties {
    return Object.fromEntries(
        Object.entries(configSchema.properties).flatMap(([name, schema]) =>
            isObject(schema) && schema["default"] !== undefined ? [[name, schema["default"]]] : [],
        ),
    );
}

/** A validator that judges formats as Pulumi's engine does. */
function validator(): Ajv {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    // The engine has RE2: no looking around, no references back.
    ajv.addFormat("regex", text => !/\(\?<?[=!]|\\[1-9]/.test(text) && isRegularExpression(text));
    return ajv;
}

/** What a policy's schema refuses, each with the key that it is about. */
function refusals(ajv: Ajv, { configSchema }: PolicyInfo, properties: Properties): readonly string[] {
    const validate = ajv.compile({
        type: "object",
        properties: configSchema.properties,
        required: configSchema.required,
    });
    validate(properties);
    return (validate.errors ?? []).map(describe);
}

function isRegularExpression(text: string): boolean {
    try {
        return new RegExp(text, "u") instanceof RegExp;
    } catch {
        return false;
    }
}

function describe(error: ErrorObject): string {
    const path = error.instancePath.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
    const at = (key: string) => [path, key].filter(part => part !== "").join(".");
    switch (error.keyword) {
        case "required":
            return `${at(String(error.params["missingProperty"]))} is required`;
        case "additionalProperties":
            return `${at(String(error.params["additionalProperty"]))} is not a known setting`;
        case "enum":
            return `${path} must be one of ${stringsOf(asJson(error.params["allowedValues"])).join(", ")}`;
        default:
            return [path, error.message].join(" ");
    }
}
