import { isList, isObject, jsonIn, stringOf, type Json, type Properties } from "./untyped";

/** How Pulumi writes a value that is not known yet, wherever a value may stand. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object which stands for something else: a secret, a resource, an asset. */
const signature = "4dabf18193072939515e22adb298388d";

const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A value marked as a secret. */
export function secret(value: Json): Properties {
    return isObject(value) && value[signature] === secretSignature ? value : { [signature]: secretSignature, value };
}

/**
 * The value that a policy pack is sent for one that a program registered or a state holds: a resource becomes its id
 * (or its URN when it has none), an output its value, a secret of a state its plain value, or "[secret]" when it is
 * encrypted; keys that start with two underscores are Pulumi's own and left out.
 */
function forPolicies(value: Json): Json {
    if (isList(value)) return value.map(forPolicies);
    if (!isObject(value)) return value;
    if (value[signature] === secretSignature) return secret(forPolicies(secretOf(value)));
    if (value[signature] === resourceSignature) {
        return value["id"] === undefined ? stringOf(value["urn"]) : stringOf(value["id"], unknownValue);
    }
    if (value[signature] === outputSignature) {
        const inner = value["value"] === undefined ? unknownValue : forPolicies(value["value"]);
        return value["secret"] === true && inner !== unknownValue ? secret(inner) : inner;
    }
    return propertiesForPolicies(value);
}

/** The properties that a policy pack is sent: see {@link forPolicies}. */
export function propertiesForPolicies(properties: Properties): Properties {
    return Object.fromEntries(
        Object.entries(properties)
            .filter(([key]) => !key.startsWith("__"))
            .map(([key, value]) => [key, forPolicies(value)]),
    );
}

/** A value without the marks of the secrets in it, as the SDK shows it to policies. */
export function plain(value: Json): Json {
    if (isList(value)) return value.map(plain);
    if (!isObject(value)) return value;
    if (value[signature] === secretSignature) return plain(secretOf(value));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function secretOf(marked: Properties): Json {
    if (marked["value"] !== undefined) return marked["value"];
    const plain = marked["plaintext"];
    if (typeof plain !== "string") return "[secret]";
    const value = jsonIn(plain);
    return value === undefined ? plain : value;
}
