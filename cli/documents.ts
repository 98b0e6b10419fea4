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
    // Node.js begins its messages with the code.
    const message = messageOf(thrown);
    return reasons[message.replace(/:.*/s, "")] ?? message;
}

const reasons: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "permission denied",
    EISDIR: "it is a directory",
};

/** Parses a document of JSON. Throws a {@link Failure} that names document and line. */
export function parseJsonDocument({ name, text }: Document): Json {
    try {
        return parseJson(text);
    } catch (thrown) {
        const position = /at position (\d+)/.exec(messageOf(thrown))?.[1];
        const line = position === undefined ? "" : `, line ${text.slice(0, Number(position)).split("\n").length}`;
        throw new Failure(`${name} is not JSON${line}: ${messageOf(thrown).replace(/\n.*/s, "")}.`);
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
        if (thrown instanceof YAMLException) {
            throw new Failure(`${name} is not YAML${lineOf(thrown.mark)}: ${thrown.reason}.`);
        }
        // An alias may stand within its own anchor.
        throw new Failure(`${name} cannot be read: it holds itself, or is nested too deeply.`);
    }
}

/** @param mark undefined where it is the document as a whole that is wrong. */
function lineOf(mark: { readonly line: number } | undefined): string {
    return mark === undefined ? "" : `, line ${mark.line + 1}`;
}
