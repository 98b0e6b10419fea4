import { existsSync, realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Server, ServerCredentials, status, type ServiceError } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import { complete, exactDataSources, placeOf, plausibleDataSources, type GivenAnswers } from "./data-sources";
import { messageOf } from "./failure";
import { channelOptions } from "./pack";
import type { Project } from "./project";
import { usualOptions, withoutEmpty, type Resource } from "./resource";
import { ownSource, type Source } from "./source";
import { fromStruct, serve, stringOf, toStruct, type Properties } from "./untyped";
import { parseUrn, providerTypePrefix, stackType } from "./urn";
import { propertiesForPolicies, secret, unknownValue } from "./values";

/** What a program does while it runs. */
export interface Listener {
    /** The program logs something. */
    log(severity: "info" | "warning", text: string): void;
    /** Something is not as it would be with a cloud behind it. */
    note(text: string): void;
    /** The program cannot go on, for a reason in its own words or ours. */
    fail(problem: Problem): void;
    /** The program registered so many resources. */
    progress(resources: number): void;
}

/** Why a program cannot go on. */
export interface Problem {
    /** Whether it is a limit of ours, and not the program's own error. */
    readonly ours: boolean;
    readonly message: string;
}

/** Whether Pulumi's engine supports a feature, and we with it. The features that call back into the program we do not. */
const features: Readonly<Record<string, boolean>> = {
    secrets: true,
    resourceReferences: true,
    outputValues: true,
    registerResourceOutputValues: true,
    aliasSpecs: true,
    replacementTrigger: true,
    deletedWith: true,
    replaceWith: true,
    parameterization: true,
    resourceHooks: true,
    errorHooks: true,
    transforms: false,
    invokeTransforms: false,
};

/** A package that a program uses, at a version; a parameterized one has its own name. */
interface Package {
    readonly name: string;
    readonly version: string;
}

/** A registered resource, and what its children inherit. */
interface Registered {
    resource: Resource;
    readonly id: string;
    readonly providers: ReadonlyMap<string, string>;
}

/**
 * Plays the engine to a program at its first preview: nothing exists, so every id is unknown, and so is every property
 * that the program does not set. It serves Pulumi's ResourceMonitor and Engine services over gRPC.
 */
export class Monitor {
    private readonly server = new Server(channelOptions);
    private readonly registered = new Map<string, Registered>();
    private readonly packages = new Map<string, Package>();
    private readonly told = new Set<string>();
    private rootUrn = "";
    /** The project's directory, as Node.js names the files in it. */
    private readonly root: string;

    constructor(
        private readonly project: Project,
        private readonly answers: GivenAnswers,
        private readonly environmentRegion: string | undefined,
        private readonly listener: Listener,
    ) {
        this.root = realpathSync(project.root);
    }

    /** Starts to serve, and returns the address. */
    async start(): Promise<string> {
        this.serveResources();
        this.serveEngine();
        const bind = promisify(this.server.bindAsync.bind(this.server));
        return `127.0.0.1:${await bind("127.0.0.1:0", ServerCredentials.createInsecure())}`;
    }

    stop(): void {
        this.server.forceShutdown();
    }

    /** The resources that the program registered, in order. */
    get resources(): readonly Resource[] {
        return [...this.registered.values()].map(({ resource }) => resource);
    }

    private serveResources(): void {
        const service = ResourceMonitorService;
        this.server.addService(service, {
            // Without it a program asks for the features one by one.
            getDeploymentInfo: serve(service.getDeploymentInfo, () => unsupported("GetDeploymentInfo")),
            supportsFeature: serve(service.supportsFeature, (request, response) =>
                response.setHassupport(features[request.getId()] ?? false),
            ),
            registerPackage: serve(service.registerPackage, (request, response) => {
                const parameterization = request.getParameterization();
                const name = parameterization?.getName() ?? request.getName();
                const version = parameterization?.getVersion() ?? request.getVersion();
                const reference = `${name}@${version}`;
                this.packages.set(reference, { name, version });
                return response.setRef(reference);
            }),
            registerResource: serve(service.registerResource, (request, response) => {
                const { resource, id } = this.register(request);
                return response.setUrn(resource.urn).setId(id).setObject(toStruct(resource.outputs));
            }),
            registerResourceOutputs: serve(service.registerResourceOutputs, (request, response) => {
                const registered = this.registered.get(request.getUrn());
                const outputs = propertiesForPolicies(fromStruct(request.getOutputs()));
                if (registered) registered.resource = { ...registered.resource, outputs };
                return response;
            }),
            readResource: serve(service.readResource, (request, response) =>
                response
                    .setUrn(this.read(request))
                    .setProperties(toStruct(propertiesForPolicies(fromStruct(request.getProperties())))),
            ),
            invoke: serve(service.invoke, (request, response) => {
                const token = request.getTok();
                const args = fromStruct(request.getArgs());
                if (token === "pulumi:pulumi:getResource") return response.setReturn(toStruct(this.stateOf(args)));
                const provider = request.getProvider();
                if (provider === "") {
                    this.defaultProvider(this.packageOf(request.getPackageref(), token, request.getVersion()));
                }
                try {
                    return response.setReturn(toStruct(this.answer(token, args, this.regionOf(provider, args))));
                } catch (thrown) {
                    if (isServiceError(thrown)) throw thrown;
                    return response.setFailuresList([new CheckFailure().setReason(messageOf(thrown))]);
                }
            }),
            call: serve(service.call, (request, response) => {
                const args = fromStruct(request.getArgs());
                return response.setReturn(toStruct(this.given(request.getTok(), args)));
            }),
            registerStackTransform: serve(service.registerStackTransform, () => this.refuse("transforms")),
            registerStackInvokeTransform: serve(service.registerStackInvokeTransform, () => this.refuse("transforms")),
            // No hook runs at a preview unless it asks for it.
            registerResourceHook: serve(service.registerResourceHook, (request, response) => {
                if (request.getOnDryRun()) this.noteOnce(`hook ${request.getName()} is not run.`);
                return response;
            }),
            registerErrorHook: serve(service.registerErrorHook, (_, response) => response),
            signalAndWaitForShutdown: serve(service.signalAndWaitForShutdown, (_, response) => response),
        });
    }

    private serveEngine(): void {
        const service = EngineService;
        this.server.addService(service, {
            log: serve(service.log, (request, response) => {
                const message = request.getMessage();
                switch (request.getSeverity()) {
                    case LogSeverity.ERROR:
                        this.listener.fail({ ours: false, message });
                        break;
                    case LogSeverity.WARNING:
                        this.listener.log("warning", message);
                        break;
                    case LogSeverity.INFO:
                        if (!request.getEphemeral()) this.listener.log("info", message);
                        break;
                    case LogSeverity.DEBUG:
                        break;
                }
                return response;
            }),
            getRootResource: serve(service.getRootResource, (_, response) => response.setUrn(this.rootUrn)),
            setRootResource: serve(service.setRootResource, (request, response) => {
                this.rootUrn = request.getUrn();
                return response;
            }),
            startDebugging: serve(service.startDebugging, (_, response) => response),
            requirePulumiVersion: serve(service.requirePulumiVersion, (_, response) => response),
        });
    }

    private register(request: RegisterResourceRequest): Registered {
        const type = request.getType();
        const name = request.getName();
        const isProvider = type.startsWith(providerTypePrefix);
        const inherited = this.registered.get(request.getParent());
        const providers = new Map([...(inherited?.providers ?? []), ...request.getProvidersMap().entries()]);
        const urn = this.urnOf(type, name, request.getParent());
        if (this.registered.has(urn)) {
            return this.fail(false, `Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        let provider = "";
        if ((request.getCustom() && !isProvider) || request.getRemote()) {
            const needed = this.packageOf(request.getPackageref(), type, request.getVersion());
            const named = stringOf(request.getProvider(), providers.get(needed.name));
            provider = named === "" ? this.defaultProvider(needed) : urnOfReference(named);
        }
        if (request.getRemote()) {
            this.noteOnce(`component ${type} comes from its provider; its resources are not among the judged.`);
        }
        const inputs = propertiesForPolicies({
            ...fromStruct(request.getObject()),
            ...(isProvider && request.getVersion() !== "" && { version: request.getVersion() }),
        });
        const secretOutputs = request.getAdditionalsecretoutputsList();
        const timeouts = request.getCustomtimeouts();
        const dependencies = request.getPropertydependenciesMap();
        const resource: Resource = {
            urn,
            type,
            name,
            inputs,
            // What a component has to say it says at its end.
            outputs: request.getCustom() ? withSecrets(planned(inputs), secretOutputs) : {},
            options: {
                protect: (request.hasProtect() ? request.getProtect() : inherited?.resource.options.protect) ?? false,
                ignoreChanges: request.getIgnorechangesList(),
                ...((request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) && {
                    deleteBeforeReplace: request.getDeletebeforereplace(),
                }),
                additionalSecretOutputs: secretOutputs,
                // The engine sends the alias by which it found a resource's past, and here there is none.
                aliases: [],
                customTimeouts: {
                    create: secondsOf(timeouts?.getCreate()),
                    update: secondsOf(timeouts?.getUpdate()),
                    delete: secondsOf(timeouts?.getDelete()),
                    read: secondsOf(timeouts?.getRead()),
                },
            },
            provider,
            parent: request.getParent(),
            ...this.sourceOf(request),
            dependencies: request.getDependenciesList(),
            propertyDependencies: withoutEmpty(
                [...dependencies.entries()].map(([property, urns]) => [property, urns.getUrnsList()]),
            ),
        };
        return this.add({ resource, id: request.getCustom() ? request.getImportid() : "", providers });
    }

    private sourceOf(request: RegisterResourceRequest): Pick<Resource, "source"> {
        const frames = request.getStacktrace()?.getFramesList() ?? [];
        const positions = [request.getSourceposition(), ...frames.map(frame => frame.getPc())];
        const source = ownSource(
            positions.flatMap(position => (position === undefined ? [] : this.positionOf(position))),
        );
        return source === undefined ? {} : { source };
    }

    private positionOf(position: SourcePosition): readonly Source[] {
        const path = pathOf(position.getUri());
        if (!existsSync(path)) return [];
        const file = relative(this.root, path).replaceAll(sep, "/");
        return [{ file, line: position.getLine(), column: position.getColumn() }];
    }

    private add(registered: Registered): Registered {
        this.registered.set(registered.resource.urn, registered);
        this.listener.progress(this.registered.size);
        return registered;
    }

    /** Resources that exist are no part of the preview; only the provider that would read them is. */
    private read(request: ReadResourceRequest): string {
        const type = request.getType();
        if (request.getProvider() === "" && !type.startsWith(providerTypePrefix)) {
            this.defaultProvider(this.packageOf(request.getPackageref(), type, request.getVersion()));
        }
        const what = type === "pulumi:pulumi:StackReference" ? "stack reference" : type;
        this.noteOnce(`${what} ${request.getName()} is not read; what it would say is unknown.`);
        return this.urnOf(type, request.getName(), request.getParent());
    }

    private urnOf(type: string, name: string, parent: string): string {
        const parentType = parseUrn(parent)?.qualifiedType ?? stackType;
        const qualifiedType = parentType === stackType ? type : `${parentType}$${type}`;
        return `urn:pulumi:${this.project.stack}::${this.project.name}::${qualifiedType}::${name}`;
    }

    private packageOf(reference: string, token: string, version: string): Package {
        return this.packages.get(reference) ?? { name: token.replace(/:.*/s, ""), version };
    }

    /** The URN of the provider that the engine makes for a package when the program names none. */
    private defaultProvider({ name, version }: Package): string {
        const type = `${providerTypePrefix}${name}`;
        const providerName = version === "" ? "default" : `default_${version.replaceAll(/[.+-]/g, "_")}`;
        const urn = this.urnOf(type, providerName, "");
        if (!this.registered.has(urn)) {
            const config = [...this.project.config]
                .filter(([key]) => key.startsWith(`${name}:`))
                .map(([key, value]): [string, Properties[string]] => [
                    key.slice(name.length + 1),
                    this.project.secretKeys.includes(key) ? secret(value) : value,
                ]);
            const inputs = { ...Object.fromEntries(config), ...(version !== "" && { version }) };
            this.add({
                resource: {
                    urn,
                    type,
                    name: providerName,
                    inputs,
                    outputs: inputs,
                    options: usualOptions,
                    provider: "",
                    parent: "",
                    dependencies: [],
                    propertyDependencies: {},
                },
                id: "",
                providers: new Map(),
            });
        }
        return urn;
    }

    /** The region that a data source looks at: its own, its provider's, the configured one, the environment's. */
    private regionOf(provider: string, args: Properties): string {
        const inputs = this.registered.get(urnOfReference(provider))?.resource.inputs;
        const { config } = this.project;
        const candidates = [
            stringOf(args["region"]),
            stringOf(inputs?.["region"]),
            config.get("aws:region"),
            config.get("aws-native:region"),
            this.environmentRegion,
        ];
        return (
            candidates.find(region => region !== undefined && region !== "" && region !== unknownValue) ?? "us-east-1"
        );
    }

    private answer(token: string, args: Properties, region: string): Properties {
        const given = this.answers.find(token, args);
        if (given !== undefined) return given;
        const place = placeOf(region);
        const exact = exactDataSources[token];
        if (exact !== undefined) return complete(args, exact(args, place), place);
        const plausible = plausibleDataSources[token];
        if (plausible === undefined) return this.given(token, args);
        this.noteOnce(`data source ${token} is not asked; it gets a made-up answer (--answers FILE gives others).`);
        return complete(args, plausible(args, place), place);
    }

    private given(token: string, args: Properties): Properties {
        return (
            this.answers.find(token, args) ??
            this.fail(true, `it asks ${token}, which has no answer here; give one with --answers FILE`)
        );
    }

    private stateOf(args: Properties): Properties {
        const urn = stringOf(args["urn"]);
        const registered = this.registered.get(urn);
        if (registered === undefined) return this.fail(true, `it looks for ${urn}, which it did not register`);
        return { urn, id: stringOf(registered.id, unknownValue), state: registered.resource.outputs };
    }

    private refuse(feature: string): never {
        return this.fail(true, `it uses ${feature}, which preview does not run; use pulumi preview --policy-pack`);
    }

    /** Ends the program: the error of the call would only come back through it, in other words. */
    private fail(ours: boolean, message: string): never {
        this.listener.fail({ ours, message });
        throw Object.assign(new Error(message), { code: status.CANCELLED });
    }

    private noteOnce(text: string): void {
        if (this.told.has(text)) return;
        this.told.add(text);
        this.listener.note(text);
    }
}

/** The path of a file that a program names as a URL; of an ES module the SDK makes a URL of a URL. "" when it is none. */
function pathOf(url: string): string {
    try {
        const path = fileURLToPath(url);
        const inner = path.indexOf("file:");
        return inner < 0 ? path : fileURLToPath(path.slice(inner));
    } catch {
        return "";
    }
}

function unsupported(method: string): never {
    throw Object.assign(new Error(`${method} is not implemented`), { code: status.UNIMPLEMENTED });
}

/** Policies take a resource without any property for one that is not part of the run. A provider always adds some, which are not known yet. */
function planned(inputs: Properties): Properties {
    return Object.keys(inputs).length === 0 ? { arn: unknownValue } : inputs;
}

function isServiceError(thrown: unknown): thrown is ServiceError {
    return thrown instanceof Error && "code" in thrown;
}

/** A reference to a provider is the provider's URN, two colons and its id. */
function urnOfReference(reference: string): string {
    return reference.replace(/::[^:]*$/, "");
}

function withSecrets(properties: Properties, keys: readonly string[]): Properties {
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, keys.includes(key) ? secret(value) : value]),
    );
}

/** The seconds of a duration as Go writes it: `1h30m`, `90s`, `500ms`; none of one that is not given. */
function secondsOf(duration = ""): number {
    const units = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };
    return Object.entries(units).reduce((seconds, [unit, length]) => {
        const given = new RegExp(`([\\d.]+)${unit}(?![a-z])`).exec(duration);
        return given === null ? seconds : seconds + Number(given[1]) * length;
    }, 0);
}
