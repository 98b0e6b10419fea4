import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { CORE_SCHEMA, FAILSAFE_SCHEMA, YAMLException, load } from "js-yaml";
import { Failure, messageOf } from "./failure";
import { asJson, parseJson, type Json } from "./untyped";

/** A text and the name by which messages speak of it. */
export interface Document {
    readonly name: string;
    readonly text: string;
}

/** Reads a file, or standard input for `-`. Throws a {@link Failure}. */
export async function readDocument(file: string): Promise<Document> {
    if (file === "-") return { name: "standard input", text: await textOf(process.stdin) };
    try {
        return { name: file, text: await readFile(file, "utf8") };
    } catch (thrown) {
        throw new Failure(`${file} cannot be read: ${reasonOf(thrown)}.`);
    }
}

function reasonOf(thrown: unknown): string {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    switch (code) {
        case "ENOENT":
            return "there is no such file";
        case "EACCES":
            return "permission denied";
        case "EISDIR":
            return "it is a directory";
        default:
            return messageOf(thrown);
    }
}

/** Parses a document of JSON. Throws a {@link Failure} that names document and line. */
export function parseJsonDocument({ name, text }: Document): Json {
    try {
        return parseJson(text);
    } catch (thrown) {
        const [, position] = /at position (\d+)/.exec(messageOf(thrown)) ?? [];
        const line = position === undefined ? "" : `, line ${text.slice(0, Number(position)).split("\n").length}`;
        throw new Failure(`${name} is not JSON${line}: ${messageOf(thrown).split("\n")[0] ?? ""}.`);
    }
}

/** Parses a document of YAML, or of JSON when its name says so. Throws a {@link Failure} that names document and line. */
export function parseDocument(document: Document): Json {
    return document.name.endsWith(".json") ? parseJsonDocument(document) : parseYaml(document, CORE_SCHEMA);
}

/** Parses YAML and leaves every scalar the text that it is. Throws a {@link Failure} that names document and line. */
export function parseYamlTexts(document: Document): Json {
    return parseYaml(document, FAILSAFE_SCHEMA);
}

function parseYaml({ name, text }: Document, schema: typeof CORE_SCHEMA): Json {
    try {
        return asJson(load(text, { schema, json: true }) ?? null);
    } catch (thrown) {
        if (!(thrown instanceof YAMLException)) throw thrown;
        throw new Failure(`${name} is not YAML, line ${thrown.mark.line + 1}: ${thrown.reason}.`);
    }
}
