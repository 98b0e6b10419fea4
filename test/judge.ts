/** Has recorded resources judged by the pack's real server: each by itself, then all together, as the engine does. */
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { replace } from "../engine/replace";
import type { Recorded } from "./record";

export interface Violation {
    readonly policy: string;
    readonly level: "advisory" | "mandatory";
    /** The URN of the resource; empty for the stack as a whole. */
    readonly urn: string;
    /** The name of the resource. */
    readonly on: string;
    readonly message: string;
}

/** Levels and settings by policy, as in a configuration file; `all` is for those that have none of their own. */
export type Config = Readonly<Record<string, object>>;

type Method = "getAnalyzerInfo" | "configure" | "analyze" | "analyzeStack" | "remediate";
type Respond = (error: grpc.ServiceError | null, response: never) => void;

/** How requests come to the pack's own server: over the wire, as the engine sends them, or straight to its handlers, which is quicker. */
type Ways = Readonly<Record<"overTheWire" | "straight", (method: Method, request: never, respond: Respond) => unknown>>;

let started: Promise<Ways> | undefined;

/** The pack's own server, within this process so that its coverage is seen. It says its port on standard output. */
async function start(): Promise<Ways> {
    const print = console.log;
    const handlers: Partial<Record<string, unknown>> = {};
    const restore = replace(
        grpc.Server.prototype,
        "addService",
        sound =>
            function (this: grpc.Server, service, implementation) {
                Object.assign(handlers, implementation);
                sound.call(this, service, implementation);
            },
    );
    const port = await new Promise<string>(resolve => {
        console.log = resolve;
        void import("../index.js");
    });
    console.log = print;
    restore();
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
    return {
        overTheWire: (method, request, respond): unknown =>
            Reflect.apply(Reflect.get(client, method) as () => unknown, client, [request, respond]),
        straight: (method, request, respond) => {
            const handler = handlers[method] as (call: object, respond: Respond) => unknown;
            return handler({ request }, respond);
        },
    };
}

async function call<Response>(way: keyof Ways, method: Method, request: object): Promise<Response> {
    const ways = await (started ??= start());
    return new Promise<Response>((resolve, reject) => {
        ways[way](method, request as never, (error, response) => {
            if (error) {
                reject(error);
            } else {
                resolve(response);
            }
        });
    });
}

// Requests share the server's configuration, so one judgement follows another.
let last: Promise<unknown> = Promise.resolve();

export function judge(
    resources: readonly Recorded[],
    config: Config = {},
    way: keyof Ways = "straight",
): Promise<readonly Violation[]> {
    const judged = last.then(() => judgeNow(resources, config, way));
    last = judged.catch(() => undefined);
    return judged;
}

async function judgeNow(
    resources: readonly Recorded[],
    config: Config,
    way: keyof Ways,
): Promise<readonly Violation[]> {
    await configure(config);
    const each = await Promise.all(resources.map(resource => analyze(way, resource)));
    return violationsOf(...each, await call(way, "analyzeStack", stackRequest(resources)));
}

function analyze(way: keyof Ways, resource: Recorded): Promise<proto.AnalyzeResponse> {
    return call(way, "analyze", resourceRequest(resource));
}

/** Has policies at the level `remediate` change the inputs of resources, one resource after the other, as the engine does. */
export function remediate(resources: readonly Recorded[], config: Config): Promise<readonly Recorded[]> {
    const changed = last.then(async () => {
        await configure(config);
        const made: Recorded[] = [];
        for (const resource of resources) {
            const request = resourceRequest(resource);
            const response = await call<proto.RemediateResponse>("overTheWire", "remediate", request);
            const inputs = response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
            const mended = { ...resource, ...(inputs && { inputs: inputs as Recorded["inputs"] }) };
            await analyze("overTheWire", mended);
            made.push(mended);
        }
        return made;
    });
    last = changed.catch(() => undefined);
    return changed;
}

/** Has whole stacks judged all at once, as one server may be asked to, without showing it their resources one by one. */
export async function judgeTogether(
    stacks: readonly (readonly Recorded[])[],
): Promise<readonly (readonly Violation[])[]> {
    await last;
    return Promise.all(
        stacks.map(async stack => violationsOf(await call("overTheWire", "analyzeStack", stackRequest(stack)))),
    );
}

function violationsOf(...responses: readonly proto.AnalyzeResponse[]): readonly Violation[] {
    return responses
        .flatMap(response => response.getDiagnosticsList())
        .map(diagnostic => ({
            policy: diagnostic.getPolicyname(),
            level:
                diagnostic.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY
                    ? ("mandatory" as const)
                    : ("advisory" as const),
            urn: diagnostic.getUrn(),
            on: diagnostic.getUrn().split("::").at(-1) ?? "",
            message: diagnostic.getMessage(),
        }))
        .sort((a, b) => `${a.urn} ${a.policy} ${a.message}`.localeCompare(`${b.urn} ${b.policy} ${b.message}`));
}

const structs = new WeakMap<object, Struct>();

/** What stands for properties in a request, which takes long to make. */
function structOf(properties: Recorded["inputs"]): Struct {
    const struct = structs.get(properties) ?? Struct.fromJavaScript(properties as never);
    structs.set(properties, struct);
    return struct;
}

export function resourceRequest(resource: Recorded): proto.AnalyzeRequest {
    const request = new proto.AnalyzeRequest();
    request.setUrn(resource.urn);
    request.setType(resource.type);
    request.setName(resource.name);
    request.setProperties(structOf(resource.inputs));
    request.setOptions(optionsOf(resource));
    return request;
}

export function stackRequest(resources: readonly Recorded[]): proto.AnalyzeStackRequest {
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(
        resources.map(resource => {
            const message = new proto.AnalyzerResource();
            message.setUrn(resource.urn);
            message.setType(resource.type);
            message.setName(resource.name);
            message.setParent(resource.parent);
            message.setProperties(structOf(resource.outputs));
            message.setOptions(optionsOf(resource));
            message.setDependenciesList([...resource.dependencies]);
            for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
                const dependencies = new proto.AnalyzerPropertyDependencies();
                dependencies.setUrnsList([...urns]);
                message.getPropertydependenciesMap().set(key, dependencies);
            }
            return message;
        }),
    );
    return request;
}

function optionsOf(resource: Recorded): proto.AnalyzerResourceOptions {
    const options = new proto.AnalyzerResourceOptions();
    options.setParent(resource.parent);
    options.setIgnorechangesList([...resource.ignoreChanges]);
    return options;
}

let information: Promise<proto.AnalyzerInfo> | undefined;
/** The configuration that the server has. */
let configured: string | undefined;

/** What every policy has when nothing is configured, with the configuration laid over it, as the engine does. */
async function configure(config: Config): Promise<void> {
    const wanted = JSON.stringify(config);
    if (wanted === configured) {
        return;
    }
    information ??= call<proto.AnalyzerInfo>("overTheWire", "getAnalyzerInfo", new Empty());
    const request = new proto.ConfigureAnalyzerRequest();
    for (const policy of (await information).getPoliciesList()) {
        const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
        const defaults = Object.entries(schema as Record<string, { default?: unknown }>).filter(
            ([, { default: value }]) => value !== undefined,
        );
        const own = config[policy.getName()] ?? config["all"] ?? {};
        const { enforcementLevel, ...properties }: { enforcementLevel?: string } = {
            ...Object.fromEntries(defaults.map(([key, { default: value }]) => [key, value])),
            ...own,
        };
        const message = new proto.PolicyConfig();
        message.setEnforcementlevel(
            enforcementLevel === undefined
                ? policy.getEnforcementlevel()
                : (levels[enforcementLevel] ?? policy.getEnforcementlevel()),
        );
        message.setProperties(Struct.fromJavaScript(properties));
        request.getPolicyconfigMap().set(policy.getName(), message);
    }
    await call<Empty>("overTheWire", "configure", request);
    configured = wanted;
}

const levels: Record<string, proto.EnforcementLevel> = {
    advisory: proto.EnforcementLevel.ADVISORY,
    mandatory: proto.EnforcementLevel.MANDATORY,
    disabled: proto.EnforcementLevel.DISABLED,
    remediate: proto.EnforcementLevel.REMEDIATE,
};
