/** `pulumi-resource-aws` and `pulumi-resource-aws-native`: the providers' answers (../aws.ts), as the engine asks for them. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type handleUnaryCall, status } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
    type CheckRequest,
    CheckResponse,
    type ConfigureRequest,
    ConfigureResponse,
    type CreateRequest,
    CreateResponse,
    type DiffRequest,
    DiffResponse,
    GetSchemaResponse,
    type InvokeRequest,
    InvokeResponse,
    ProviderHandshakeResponse,
    type ReadRequest,
    ReadResponse,
    type UpdateRequest,
    UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { complete, exactDataSources, placeOf, plausibleDataSources } from "../../cli/data-sources";
import { fromStruct } from "../../cli/untyped";
import { check, create, defaultProvider, type Properties, type Provider, read, unknownValue, update } from "../aws";
import { serve } from "./serve";

const sdk = require.resolve(`@pulumi/${process.argv[2] ?? ""}/package.json`);
let provider: Provider = defaultProvider;

function versionOf(manifest: string): string {
    return /"version": "([^"]+)"/.exec(readFileSync(manifest, "utf8"))?.[1] ?? "0.0.0";
}

function struct(values: Properties): Struct {
    return Struct.fromJavaScript(structOf(values));
}

/** The value as the wire has it, without what is undefined. */
function wire(value: unknown): JavaScriptValue {
    if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(wire);
    }
    return typeof value === "object" && value !== null ? structOf(value) : null;
}

function structOf(values: object): Record<string, JavaScriptValue> {
    const given = Object.entries(values).filter(([, item]) => item !== undefined);
    return Object.fromEntries(given.map(([name, item]) => [name, wire(item)]));
}

/** The resource's type, which only newer engines send, and its name. */
function resourceOf(request: { getUrn(): string }): readonly [type: string, name: string] {
    const [, , types = "", name = ""] = request.getUrn().split(/::/);
    return [types.split("$").at(-1) ?? "", name];
}

const checkResource: handleUnaryCall<CheckRequest, CheckResponse> = ({ request }, done) => {
    const [type, name] = resourceOf(request);
    done(null, new CheckResponse().setInputs(struct(check(type, fromStruct(request.getNews()), name))));
};

const checkConfig: handleUnaryCall<CheckRequest, CheckResponse> = ({ request }, done) => {
    done(null, new CheckResponse().setInputs(request.getNews()));
};

const configure: handleUnaryCall<ConfigureRequest, ConfigureResponse> = ({ request }, done) => {
    const { region, version } = fromStruct(request.getArgs());
    provider = {
        version: typeof version === "string" && version.startsWith("6.") ? 6 : 7,
        region:
            typeof region === "string" && region !== unknownValue
                ? region
                : (process.env["AWS_REGION"] ?? defaultProvider.region),
    };
    done(null, new ConfigureResponse().setSupportspreview(true).setAcceptresources(true));
};

const diff: handleUnaryCall<DiffRequest, DiffResponse> = ({ request }, done) => {
    const before = fromStruct(request.getOldInputs());
    const after = fromStruct(request.getNews());
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        property => property !== "__defaults" && !isDeepStrictEqual(before[property], after[property]),
    );
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    done(null, new DiffResponse().setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME).setDiffsList(changed));
};

const createResource: handleUnaryCall<CreateRequest, CreateResponse> = ({ request }, done) => {
    const [type, name] = resourceOf(request);
    const { id, outputs } = create(type, name, fromStruct(request.getProperties()), request.getPreview(), provider);
    done(null, new CreateResponse().setId(id ?? "").setProperties(struct(outputs)));
};

const updateResource: handleUnaryCall<UpdateRequest, UpdateResponse> = ({ request }, done) => {
    const [type, name] = resourceOf(request);
    const before = fromStruct(request.getOlds());
    const inputs = fromStruct(request.getNews());
    const outputs = update(type, name, request.getId(), before, inputs, request.getPreview(), provider);
    done(null, new UpdateResponse().setProperties(struct(outputs)));
};

const readResource: handleUnaryCall<ReadRequest, ReadResponse> = ({ request }, done) => {
    const [type, name] = resourceOf(request);
    const state = fromStruct(request.getProperties());
    const outputs = read(type, name, request.getId(), state, provider);
    done(null, new ReadResponse().setId(request.getId()).setProperties(struct(outputs)).setInputs(struct(state)));
};

const invoke: handleUnaryCall<InvokeRequest, InvokeResponse> = ({ request }, done) => {
    const token = request.getTok();
    const answer = exactDataSources[token] ?? plausibleDataSources[token];
    if (answer === undefined) {
        done({ code: status.UNIMPLEMENTED, message: `cli/data-sources.ts has no answer for ${token}` });
        return;
    }
    const args = fromStruct(request.getArgs());
    const place = placeOf(provider.region);
    done(null, new InvokeResponse().setReturn(struct(complete(args, answer(args, place), place))));
};

function answer<Request, Response>(response: () => Response): handleUnaryCall<Request, Response> {
    return (_, done) => {
        done(null, response());
    };
}

serve(ResourceProviderService, {
    cancel: answer(() => new Empty()),
    check: checkResource,
    checkConfig,
    configure,
    create: createResource,
    delete: answer(() => new Empty()),
    diff,
    diffConfig: answer(() => new DiffResponse()),
    getPluginInfo: answer(() => new PluginInfo().setVersion(versionOf(sdk))),
    getSchema: answer(() => new GetSchemaResponse().setSchema("{}")),
    handshake: answer(() => new ProviderHandshakeResponse().setAcceptResources(true)),
    invoke,
    read: readResource,
    update: updateResource,
});
