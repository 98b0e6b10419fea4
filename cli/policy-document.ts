import { createHash } from "node:crypto";
import { isList, isObject, jsonIn, objectsOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";

/**
 * Works out the IAM policy document of `aws.iam.getPolicyDocument`, as the AWS provider does: the statements of
 * `sourcePolicyDocuments`, over them those of `statements` and of `overridePolicyDocuments`, where a statement takes the
 * place of one with the same sid. Throws an Error that names what is wrong.
 * Source: https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 */
export function policyDocument(args: Properties): Properties {
    const merged: Properties[] = [];
    let version = stringOf(args["version"], "2012-10-17");
    let id = stringOf(args["policyId"]);
    const sources = [...documentsOf(args, "sourceJson"), ...documentsOf(args, "sourcePolicyDocuments")];
    for (const document of sources) merge(merged, statementsOf(document), "sourcePolicyDocuments");
    const own = objectsOf(args["statements"]).map(statement);
    const sids = own.map(({ Sid }) => stringOf(Sid)).filter(sid => sid !== "");
    const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
    if (twice !== undefined) throw new Error(`statements: two statements have the sid ${twice}`);
    merge(merged, own);
    for (const document of [...documentsOf(args, "overridePolicyDocuments"), ...documentsOf(args, "overrideJson")]) {
        merge(merged, statementsOf(document));
        version = stringOf(document["Version"], version);
        id = stringOf(document["Id"], id);
    }
    const document = {
        Version: version,
        ...(id !== "" && { Id: id }),
        ...(merged.length > 0 && { Statement: merged }),
    };
    const json = JSON.stringify(document, undefined, 2);
    return {
        ...args,
        id: createHash("sha256").update(json).digest("hex").slice(0, 10),
        version,
        json,
        minifiedJson: JSON.stringify(document),
    };
}

function documentsOf(args: Properties, key: string): readonly Properties[] {
    return stringsOf(args[key])
        .filter(text => text.trim() !== "")
        .map((text, index) => {
            const document = jsonIn(text);
            if (isObject(document)) return document;
            throw new Error(`${key}[${index}] is not the JSON of a policy document`);
        });
}

function statementsOf(document: Properties): readonly Properties[] {
    const statements = document["Statement"];
    return isObject(statements) ? [statements] : objectsOf(statements);
}

/** Adds statements; one with a sid takes the place of its namesake, which `unique`, the name of a key, forbids. */
function merge(into: Properties[], statements: readonly Properties[], unique?: string): void {
    for (const added of statements) {
        const sid = stringOf(added["Sid"]);
        const at = sid === "" ? -1 : into.findIndex(existing => existing["Sid"] === sid);
        if (at < 0) into.push(added);
        else if (unique === undefined) into[at] = added;
        else throw new Error(`${unique}: two statements have the sid ${sid}`);
    }
}

function statement(args: Properties): Properties {
    const condition = conditions(objectsOf(args["conditions"]));
    const entries: readonly (readonly [string, Json])[] = [
        ["Sid", stringOf(args["sid"])],
        ["Effect", stringOf(args["effect"], "Allow")],
        ["Action", oneOrMany(args["actions"])],
        ["NotAction", oneOrMany(args["notActions"])],
        ["Resource", oneOrMany(args["resources"])],
        ["NotResource", oneOrMany(args["notResources"])],
        ["Principal", principals(objectsOf(args["principals"]))],
        ["NotPrincipal", principals(objectsOf(args["notPrincipals"]))],
        ["Condition", condition],
    ];
    return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: Json): boolean {
    return (
        value === "" || (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
    );
}

/** Many strings are sorted, the last first, as in the provider's own output. */
function oneOrMany(value: Json | undefined): Json {
    return loneOrAll(stringsOf(value).map(withVariables).sort().reverse());
}

/** A lone string stands by itself. */
function loneOrAll(strings: readonly string[]): Json {
    const [first, ...others] = strings;
    return first !== undefined && others.length === 0 ? first : strings;
}

function principals(args: readonly Properties[]): Json {
    const [first] = args;
    if (args.length === 1 && first !== undefined && ["AWS", "*"].includes(stringOf(first["type"]))) {
        if (stringsOf(first["identifiers"]).join() === "*") return "*";
    }
    const byType = new Map<string, string[]>();
    for (const principal of args) {
        const type = stringOf(principal["type"]);
        byType.set(type, [...(byType.get(type) ?? []), ...stringsOf(principal["identifiers"])]);
    }
    return Object.fromEntries([...byType].map(([type, identifiers]) => [type, oneOrMany(identifiers)]));
}

function conditions(args: readonly Properties[]): Properties {
    const byTest: Record<string, Record<string, string[]>> = {};
    for (const condition of args) {
        const variables = (byTest[stringOf(condition["test"])] ??= {});
        (variables[withVariables(stringOf(condition["variable"]))] ??= []).push(
            ...stringsOf(condition["values"]).map(withVariables),
        );
    }
    return Object.fromEntries(
        Object.entries(byTest).map(([test, variables]) => [
            test,
            Object.fromEntries(Object.entries(variables).map(([name, values]) => [name, loneOrAll(values)])),
        ]),
    );
}

/** The provider's language keeps `${…}` to itself, so that a policy variable may be written `&{…}`. */
function withVariables(text: string): string {
    return text.replaceAll("&{", "${");
}
