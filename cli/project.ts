import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseDocument, parseYamlTexts, readDocument } from "./documents";
import { Failure } from "./failure";
import { isList, isObject, objectOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";

/** A Pulumi program and all that Pulumi's project and stack files say about how it runs. */
export interface Project {
    readonly name: string;
    /** The name of the stack, without organization and project. */
    readonly stack: string;
    readonly organization: string;
    /** The directory of Pulumi.yaml. */
    readonly root: string;
    /** The directory that the program runs in. */
    readonly directory: string;
    /** The program: a file of {@link directory}, or "." for what its package.json says. */
    readonly entry: string;
    /** Arguments for Node.js itself. */
    readonly nodeArguments: readonly string[];
    readonly typescript: boolean;
    /** The path of a tsconfig.json to use instead of the one in {@link directory}; "" when there is none. */
    readonly tsconfig: string;
    /** Every configuration value, by its full name (`aws:region`). */
    readonly config: ReadonlyMap<string, string>;
    /** The names of those which are secrets. */
    readonly secretKeys: readonly string[];
    /** What must be told about the configuration: what was replaced, what is missing. */
    readonly notes: readonly string[];
}

/** What stands where a secret or a value of an environment would. */
const placeholder = "[secret]";

/** The name of a directory's project file; undefined when it has none. */
export function projectFile(directory: string): string | undefined {
    return ["Pulumi.yaml", "Pulumi.yml"].map(name => join(directory, name)).find(existsSync);
}

/**
 * Reads the project of a directory as Pulumi does before it runs the program: Pulumi.yaml, the file of the stack, and
 * the values given on the command line over both. Throws a {@link Failure} that names the file and the key.
 *
 * @param stackName the stack, as `pulumi --stack` takes it; by default the only one that has a file, else `dev`
 * @param values `KEY=VALUE` each; a key without a colon is the project's own
 */
export async function readProject(
    directory: string,
    stackName: string | undefined,
    values: readonly string[],
): Promise<Project> {
    const file = projectFile(directory);
    if (file === undefined) {
        throw new Failure(`${directory} has no Pulumi.yaml: name the directory of a Pulumi program.`);
    }
    const document = await readDocument(file);
    const project = parseDocument(document);
    const texts = parseYamlTexts(document);
    const name = isObject(project) ? stringOf(project["name"]) : "";
    if (!isObject(project) || !isObject(texts) || name === "") throw new Failure(`${file}: name: is required.`);
    const runtime = isObject(project["runtime"]) ? project["runtime"] : { name: project["runtime"] ?? "" };
    const options = objectOf(runtime["options"]);
    if (runtime["name"] !== "nodejs") {
        throw new Failure(
            `${file}: runtime: preview runs programs of runtime nodejs, not ${stringOf(runtime["name"], "of none")}; ` +
                "judge this one with pulumi preview --policy-pack, or its export with the command analyze.",
        );
    }
    const stackConfig = stringOf(project["stackConfigDir"], stringOf(project["config"]));
    const stackDirectory = join(directory, stackConfig);
    if (existsSync(stackDirectory) && !statSync(stackDirectory).isDirectory()) {
        throw new Failure(`${file}: stackConfigDir: ${stackConfig} is not a directory.`);
    }
    const [stack, organization] = stackOf(stackName ?? onlyStack(stackDirectory) ?? "dev");
    const reader = new ConfigReader(name, file);
    reader.readProject(project["config"] ?? null, texts["config"] ?? null);
    const stackFile = ["yaml", "yml"].map(end => join(stackDirectory, `Pulumi.${stack}.${end}`)).find(existsSync);
    if (stackFile !== undefined) {
        const stackDocument = await readDocument(stackFile);
        reader.readStack(stackFile, parseDocument(stackDocument), parseYamlTexts(stackDocument));
    } else if (stackName !== undefined) {
        reader.notes.push(
            `stack ${stack} has no configuration: there is no Pulumi.${stack}.yaml in ${stackDirectory}.`,
        );
    }
    reader.readValues(values);
    const missing = reader.missing();
    if (missing !== undefined) {
        const key = missing.replace(`${name}:`, "");
        throw new Failure(
            `${file}: config.${key}: stack ${stack} has no value for it; ` +
                `pass --config-value ${key}=VALUE or set it in Pulumi.${stack}.yaml.`,
        );
    }
    return {
        name,
        stack,
        organization,
        root: directory,
        ...programOf(file, directory, stringOf(project["main"])),
        nodeArguments: argumentsOf(options["nodeargs"]),
        typescript: options["typescript"] !== false && options["typescript"] !== "false",
        tsconfig: stringOf(options["tsconfig"]),
        config: reader.config,
        secretKeys: [...reader.secrets],
        notes: reader.notes,
    };
}

/** `organization/project/stack`, `organization/stack` or `stack`. */
function stackOf(name: string): [stack: string, organization: string] {
    return [name.replace(/^.*\//, ""), /^(.*?)\//.exec(name)?.[1] ?? "organization"];
}

function onlyStack(directory: string): string | undefined {
    if (!existsSync(directory)) return undefined;
    const names = readdirSync(directory).flatMap(file => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []);
    return names.length === 1 ? names[0] : undefined;
}

function programOf(file: string, root: string, main: string): Pick<Project, "directory" | "entry"> {
    if (main === "") return { directory: root, entry: "." };
    const path = resolve(root, main);
    if (relative(root, path).startsWith("..")) {
        throw new Failure(`${file}: main: ${main} is outside the project's directory.`);
    }
    const isDirectory = existsSync(path) && statSync(path).isDirectory();
    const directory = isDirectory ? path : dirname(path);
    if (!existsSync(directory)) throw new Failure(`${file}: main: there is no directory ${directory}.`);
    return { directory, entry: isDirectory ? "." : basename(path) };
}

function argumentsOf(value: Json | undefined): readonly string[] {
    return typeof value === "string" ? value.split(/\s+/).filter(argument => argument !== "") : stringsOf(value);
}

/** Gathers the configuration of a stack from its sources, the weakest first. */
class ConfigReader {
    readonly config = new Map<string, string>();
    readonly secrets = new Set<string>();
    readonly notes: string[] = [];
    private readonly declared = new Set<string>();

    constructor(
        private readonly project: string,
        private readonly file: string,
    ) {}

    /** Pulumi.yaml: `key: value`, `key: {value: …}`, `key: {default: …}`, or a type alone, which a stack must fill in. */
    readProject(config: Json, texts: Json): void {
        if (config === null || typeof config === "string") return;
        if (!isObject(config) || !isObject(texts)) throw new Failure(`${this.file}: config: must be an object.`);
        for (const [key, value] of Object.entries(config)) {
            const name = this.fullName(key);
            const text = texts[key];
            if (!isObject(value) || !isObject(text)) {
                this.set(name, value, text);
                continue;
            }
            if (value["secret"] === true) this.secrets.add(name);
            this.declared.add(name);
            const field = ["value", "default"].find(candidate => value[candidate] !== undefined);
            if (field !== undefined) this.set(name, value[field], text[field]);
        }
    }

    /** Pulumi.STACK.yaml. */
    readStack(file: string, stack: Json, texts: Json): void {
        if (stack === null) return;
        if (!isObject(stack) || !isObject(texts)) throw new Failure(`${file}: the file must be an object.`);
        const config = stack["config"] ?? {};
        const configTexts = objectOf(texts["config"]);
        if (!isObject(config)) throw new Failure(`${file}: config: must be an object.`);
        for (const [key, value] of Object.entries(config)) {
            const name = this.fullName(key);
            const [plain, encrypted] = withoutEncrypted(value);
            if (encrypted) {
                this.secrets.add(name);
                this.notes.push(`${file}: config.${key} is encrypted; the program is given "${placeholder}".`);
            }
            this.set(name, plain, encrypted ? plain : configTexts[key]);
        }
        this.readEnvironment(file, stack["environment"] ?? null);
    }

    private readEnvironment(file: string, environment: Json): void {
        if (environment === null) return;
        const imports = stringsOf(isList(environment) ? environment : objectOf(environment)["imports"]);
        const config = objectOf(objectOf(objectOf(environment)["values"])["pulumiConfig"]);
        for (const [key, value] of Object.entries(config)) {
            const name = this.fullName(key);
            if (this.config.has(name)) continue;
            // An environment works out objects (`fn::secret`) and `${references}`; what is left stands for itself.
            const computed = typeof value === "object" || stringOf(value).includes("${");
            this.set(name, computed ? placeholder : value, computed ? placeholder : value);
            if (computed) {
                this.notes.push(`${file}: environment gives ${key}; the program is given "${placeholder}".`);
            }
        }
        this.notes.push(
            `${file}: environment${imports.length > 0 ? ` ${imports.join(", ")}` : ""} is not opened; ` +
                "pass what the program needs of it with --config-value.",
        );
    }

    /** The command line. */
    readValues(values: readonly string[]): void {
        for (const value of values) {
            const at = value.indexOf("=");
            if (at < 1) throw new Failure(`--config-value ${value}: write KEY=VALUE.`);
            const name = this.fullName(value.slice(0, at));
            this.config.set(name, value.slice(at + 1));
        }
    }

    /** The first key that Pulumi.yaml declares and nothing gives a value. */
    missing(): string | undefined {
        return [...this.declared].find(name => !this.config.has(name));
    }

    private fullName(key: string): string {
        return key.includes(":") ? key.replace(/^([^:]+):config:/, "$1:") : `${this.project}:${key}`;
    }

    /** A scalar keeps its text, so that an account's leading zeros survive; anything else is handed over as JSON. */
    private set(name: string, value: Json | undefined, text: Json | undefined): void {
        this.config.set(name, typeof text === "string" ? text : JSON.stringify(value));
    }
}

/** Replaces every `secure:` in a value, and says whether there was one. */
function withoutEncrypted(value: Json): [plain: Json, encrypted: boolean] {
    if (isObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string") {
        return [placeholder, true];
    }
    if (isList(value)) {
        const items = value.map(withoutEncrypted);
        return [items.map(([plain]) => plain), items.some(([, encrypted]) => encrypted)];
    }
    if (isObject(value)) {
        const entries = Object.entries(value).map(([key, inner]) => [key, withoutEncrypted(inner)] as const);
        const plain: Properties = Object.fromEntries(entries.map(([key, [inner]]) => [key, inner]));
        return [plain, entries.some(([, [, encrypted]]) => encrypted)];
    }
    return [value, false];
}
