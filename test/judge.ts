/** Has recorded resources judged by the pack's real server, over gRPC, as the engine does. */
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
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

let started: Promise<AnalyzerClient> | undefined;

/** The pack's own server, within this process so that its coverage is seen. It says its port on standard output. */
async function analyzer(): Promise<AnalyzerClient> {
    const print = console.log;
    const port = await new Promise<string>(resolve => {
        console.log = resolve;
        void import("../index.js");
    });
    console.log = print;
    return new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
}

function call<Response>(
    send: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
    return new Promise((resolve, reject) => {
        send((error, response) => {
            if (error === null) {
                resolve(response);
            } else {
                reject(error);
            }
        });
    });
}

// Requests share the server's configuration, so one judgement follows another.
let last: Promise<unknown> = Promise.resolve();

export function judge(resources: readonly Recorded[], config: Config = {}): Promise<readonly Violation[]> {
    const judged = last.then(() => judgeNow(resources, config));
    last = judged.catch(() => undefined);
    return judged;
}

async function judgeNow(resources: readonly Recorded[], config: Config): Promise<readonly Violation[]> {
    started ??= analyzer();
    const client = await started;
    await configure(client, config);
    const each = await Promise.all(
        resources.map(resource => {
            const request = new proto.AnalyzeRequest();
            request.setUrn(resource.urn);
            request.setType(resource.type);
            request.setName(resource.name);
            request.setProperties(Struct.fromJavaScript(resource.inputs as never));
            request.setOptions(optionsOf(resource));
            return call<proto.AnalyzeResponse>(done => client.analyze(request, done));
        }),
    );
    return violationsOf(...each, await analyzeStack(client, resources));
}

/** Has whole stacks judged all at once, as one server may be asked to, without showing it their resources one by one. */
export async function judgeTogether(
    stacks: readonly (readonly Recorded[])[],
): Promise<readonly (readonly Violation[])[]> {
    await last;
    started ??= analyzer();
    const client = await started;
    return Promise.all(stacks.map(async stack => violationsOf(await analyzeStack(client, stack))));
}

function analyzeStack(client: AnalyzerClient, resources: readonly Recorded[]): Promise<proto.AnalyzeResponse> {
    return call(done => client.analyzeStack(stackRequest(resources), done));
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

export function stackRequest(resources: readonly Recorded[]): proto.AnalyzeStackRequest {
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(
        resources.map(resource => {
            const message = new proto.AnalyzerResource();
            message.setUrn(resource.urn);
            message.setType(resource.type);
            message.setName(resource.name);
            message.setParent(resource.parent);
            message.setProperties(Struct.fromJavaScript(resource.outputs as never));
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
async function configure(client: AnalyzerClient, config: Config): Promise<void> {
    const wanted = JSON.stringify(config);
    if (wanted === configured) {
        return;
    }
    information ??= call<proto.AnalyzerInfo>(done => client.getAnalyzerInfo(new Empty(), done));
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
    await call<Empty>(done => client.configure(request, done));
    configured = wanted;
}

const levels: Record<string, proto.EnforcementLevel> = {
    advisory: proto.EnforcementLevel.ADVISORY,
    mandatory: proto.EnforcementLevel.MANDATORY,
    disabled: proto.EnforcementLevel.DISABLED,
};
