import type { MethodDefinition, handleUnaryCall } from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { errorOf } from "./failure";

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object of JSON: the properties of a resource, the arguments of a data source, a document. */
export type Properties = Readonly<Record<string, Json>>;

/** Whether a value is an object of JSON, and not a list. */
export function isObject(value: Json | undefined): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object of JSON that a value is; an empty one when it is none. */
export function objectOf(value: Json | undefined): Properties {
    return isObject(value) ? value : {};
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
    return Array.isArray(value);
}

/** The objects of a list of JSON; none when the value is no list. */
export function objectsOf(value: Json | undefined): readonly Properties[] {
    return isList(value) ? value.filter(isObject) : [];
}

/** The strings of a list of JSON; none when the value is no list. */
export function stringsOf(value: Json | undefined): readonly string[] {
    return isList(value) ? value.filter(item => typeof item === "string") : [];
}

/** The string that a value is, or the other when it is none or empty. */
export function stringOf(value: Json | undefined, otherwise = ""): string {
    return typeof value === "string" && value !== "" ? value : otherwise;
}

/** Whether a value is one that `JSON.parse`, a YAML parser or protobuf's `Struct` can have made. */
function isJson(value: unknown): value is Json {
    if (typeof value !== "object") return ["boolean", "number", "string"].includes(typeof value);
    return value === null || Object.values(value).every(isJson);
}

/** Takes a value of unknown origin for JSON; throws a TypeError when it is anything else. */
export function asJson(value: unknown): Json {
    if (!isJson(value)) throw new TypeError("not a value of JSON");
    return value;
}

/** Parses JSON text; throws a SyntaxError. */
export function parseJson(text: string): Json {
    return asJson(JSON.parse(text));
}

/** The value that a text has as JSON; undefined when it has none. */
export function jsonIn(text: string): Json | undefined {
    try {
        return parseJson(text);
    } catch {
        return undefined;
    }
}

/** The value of a protobuf `Struct`; a missing one is empty. */
export function fromStruct(struct: Struct | undefined): Properties {
    return objectOf(asJson(struct?.toJavaScript() ?? null));
}

/** The protobuf `Struct` of a value. */
export function toStruct(value: Properties): Struct {
    return Struct.fromJavaScript(value);
}

/**
 * An empty request of a gRPC method, of the class that the generated client accepts: two copies of google-protobuf in
 * one tree have two classes `Empty`, and the generated code tests with `instanceof`.
 */
export function newRequest<Request, Response>(method: MethodDefinition<Request, Response>): Request {
    return method.requestDeserialize(Buffer.alloc(0));
}

/** An empty response of a gRPC method, of the class that the generated server accepts. */
function newResponse<Request, Response>(method: MethodDefinition<Request, Response>): Response {
    return method.responseDeserialize(Buffer.alloc(0));
}

/** Serves a gRPC method by a function: what it throws or rejects with becomes the call's error. */
export function serve<Request, Response>(
    method: MethodDefinition<Request, Response>,
    answer: (request: Request, response: Response) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
    return (call, done) => {
        Promise.resolve()
            .then(() => answer(call.request, newResponse(method)))
            .then(
                response => {
                    done(null, response);
                },
                (thrown: unknown) => {
                    done(errorOf(thrown));
                },
            );
    };
}

/** Calls a gRPC method of a client and waits for the response. */
export function call<Response>(
    start: (done: (error: Error | null, response: Response) => void) => unknown,
): Promise<Response> {
    return new Promise((resolve, reject) => {
        start((error, response) => {
            if (error) reject(error);
            else resolve(response);
        });
    });
}
