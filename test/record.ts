/** Runs a Pulumi program in this process and records what the engine would have sent to a policy pack. */
import * as pulumi from "@pulumi/pulumi";
import type {
    ReadResourceRequest,
    RegisterResourceRequest,
    ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { complete, exactDataSources, placeOf, plausibleDataSources } from "../cli/data-sources";
import { check, create, defaultProvider, type Properties, read } from "./aws";
import { related } from "./aws-related";

export type Program = () => unknown;
export type Mode = "preview" | "update";

/** A resource as a policy pack gets to see it. */
export interface Recorded {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly parent: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly ignoreChanges: readonly string[];
    /** Read by `.get`: shown in an export only. */
    readonly external: boolean;
}

type Callback<T> = (error: unknown, response?: T) => void;

export async function record(program: Program, mode: Mode): Promise<readonly Recorded[]> {
    const recorded: Recorded[] = [];
    const preview = mode === "preview";
    const urnOf = (type: string, name: string): string => `urn:pulumi:test::pack::${type}::${name}`;

    const monitor = {
        registerResource(request: RegisterResourceRequest, done: Callback<resource.RegisterResourceResponse>) {
            const [type, name] = [request.getType(), request.getName()];
            const given = withoutReferences(request.getObject()?.toJavaScript() ?? {}) as Properties;
            const inputs = request.getCustom() ? check(type, given, name) : given;
            const made = request.getCustom() ? create(type, name, inputs, preview) : { id: undefined, outputs: given };
            const outputs = { ...made.outputs, ...(preview ? {} : related(type, inputs, recorded)) };
            recorded.push({
                urn: urnOf(type, name),
                type,
                name,
                parent: request.getParent(),
                inputs,
                outputs,
                dependencies: request.getDependenciesList(),
                propertyDependencies: dependenciesOf(request),
                ignoreChanges: request.getIgnorechangesList(),
                external: false,
            });
            const response = new resource.RegisterResourceResponse();
            response.setUrn(urnOf(type, name));
            response.setId(made.id ?? "");
            response.setObject(Struct.fromJavaScript(outputs as never));
            done(null, response);
        },
        readResource(request: ReadResourceRequest, done: Callback<resource.ReadResourceResponse>) {
            const [type, name, id] = [request.getType(), request.getName(), request.getId()];
            const outputs = read(type, name, id, request.getProperties()?.toJavaScript() ?? {});
            recorded.push({
                urn: urnOf(type, name),
                type,
                name,
                parent: request.getParent(),
                inputs: {},
                outputs,
                dependencies: [],
                propertyDependencies: {},
                ignoreChanges: [],
                external: true,
            });
            const response = new resource.ReadResourceResponse();
            response.setUrn(urnOf(type, name));
            response.setProperties(Struct.fromJavaScript(outputs as never));
            done(null, response);
        },
        invoke(request: ResourceInvokeRequest, done: Callback<provider.InvokeResponse>) {
            const response = new provider.InvokeResponse();
            response.setReturn(Struct.fromJavaScript(answer(request) as never));
            done(null, response);
        },
        registerResourceOutputs: (_: unknown, done: Callback<object>) => {
            done(null, {});
        },
        supportsFeature: (request: { getId(): string }, done: Callback<object>) => {
            const has = ["secrets", "resourceReferences", "outputValues"].includes(request.getId());
            done(null, { getHassupport: () => has });
        },
        getDeploymentInfo: (_: unknown, done: Callback<object>) => {
            done({ code: 12 });
        },
        registerPackage: (_: unknown, done: Callback<object>) => {
            done(null, { getRef: () => "" });
        },
        signalAndWaitForShutdown: (_: unknown, done: Callback<object>) => {
            done(null, {});
        },
    };
    // The SDK keeps a stack trace of every promise and of every resource, which takes longer than all else.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    Reflect.set(pulumi.Resource, "callsites", () => []);
    pulumi.runtime.setMockOptions(monitor, "pack", "test", preview);
    try {
        await pulumi.runtime.runInPulumiStack(async () => {
            await program();
        });
        await pulumi.runtime.disconnect();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
    return recorded;
}

/** The engine shows a resource that stands in a property by its id. */
function withoutReferences(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutReferences);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const of = new Map<string, unknown>(Object.entries(value));
    return of.get("4dabf18193072939515e22adb298388d") === "5cf8f73096256a8f31e491e813e4eb8e"
        ? of.get("id")
        : Object.fromEntries([...of].map(([key, item]) => [key, withoutReferences(item)]));
}

function answer(request: ResourceInvokeRequest): object {
    const token = request.getTok();
    const args = (request.getArgs()?.toJavaScript() ?? {}) as Parameters<typeof complete>[0];
    const place = placeOf(defaultProvider.region);
    const source = exactDataSources[token] ?? plausibleDataSources[token];
    if (source === undefined) {
        throw new Error(`cli/data-sources.ts has no answer for ${token}`);
    }
    return complete(args, source(args, place), place);
}

/** The engine drops what depends on nothing. */
function dependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
    return Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()]
            .map(([key, value]) => [key, value.getUrnsList()] as const)
            .filter(([, urns]) => urns.length > 0),
    );
}
