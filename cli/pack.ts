import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { credentials, status } from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    type AnalyzeDiagnostic,
    type AnalyzeResponse,
    type AnalyzerInfo,
    AnalyzeRequest,
    AnalyzeStackRequest,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzerStackConfigureRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    PolicySeverity,
    type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { tellExempted } from "../engine/exempted";
import { endOf, startNode } from "./child";
import type { PolicySettings } from "./configuration";
import { Failure, messageOf } from "./failure";
import type { Level, Policy, Severity } from "./judgement";
import type { Resource, Stack } from "./resource";
import { call, fromStruct, newRequest, toStruct, type Properties } from "./untyped";

/** What a policy accepts as its configuration. */
interface ConfigSchema {
    readonly properties: Properties;
    readonly required: readonly string[];
}

/** A policy before its configuration. */
export interface PolicyInfo extends Policy {
    readonly configSchema: ConfigSchema;
}

/** What a policy pack says about itself. */
export interface PackInfo {
    readonly name: string;
    readonly version: string;
    readonly policies: readonly PolicyInfo[];
    /** The configuration that the pack's author gave. */
    readonly initialConfig: ReadonlyMap<string, PolicySettings>;
}

/** What a policy says about a resource, or about the whole stack when `urn` is "". */
export interface Diagnostic {
    readonly policy: string;
    readonly level: Level;
    readonly severity: Severity;
    readonly description: string;
    readonly message: string;
    readonly urn: string;
}

/** What one policy has made of a resource's inputs. */
export interface Remediation {
    readonly policy: string;
    readonly inputs: Properties;
}

/** A policy pack that runs and answers as it answers Pulumi. */
export interface Pack {
    readonly info: PackInfo;
    configure(settings: ReadonlyMap<string, Required<PolicySettings>>): Promise<void>;
    configureStack(stack: Stack): Promise<void>;
    /** What the policies at the level `remediate` make of a resource's inputs, one after the other. */
    remediate(resource: Resource, provider: Resource | undefined): Promise<readonly Remediation[]>;
    analyze(resource: Resource, provider: Resource | undefined): Promise<readonly Diagnostic[]>;
    analyzeStack(
        stack: Stack,
        providerOf: (resource: Resource) => Resource | undefined,
    ): Promise<readonly Diagnostic[]>;
    /** Ends the pack's process. */
    stop(): void;
}

/** The largest message in bytes, as Pulumi and its SDK have it. */
const maxMessageLength = 400 * 1024 * 1024;

export const channelOptions = {
    "grpc.max_receive_message_length": maxMessageLength,
    "grpc.max_send_message_length": maxMessageLength,
};

/**
 * Starts the policy pack of a directory: its `main` in a process of its own, which prints the port of its server as the
 * first line. What else it prints goes to `print`. Throws a {@link Failure} when it does not start.
 */
export async function startPack(directory: string, print: (text: string) => void, abort: AbortSignal): Promise<Pack> {
    const child = startNode([directory], directory, { ...process.env, [tellExempted]: "true" }, abort);
    const said: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said.push(text);
        print(text);
    });
    const lines = createInterface({ input: child.stdout });
    const port = new Promise<string>(resolve => {
        let first = true;
        lines.on("line", line => {
            if (first) resolve(line.trim());
            else print(`${line}\n`);
            first = false;
        });
    });
    const ended = child.ended.then(end => {
        const lines = said.join("").split("\n");
        const reason = lines.find(line => /error/i.test(line))?.trim();
        throw new Failure(
            `the policy pack in ${directory} ended with ${endOf(end)}${reason === undefined ? "" : `: ${reason}`}.`,
        );
    });
    ended.catch(() => undefined);
    const orEnded = async <Value>(value: Promise<Value>): Promise<Value> => {
        try {
            return await Promise.race([value, ended]);
        } catch (thrown) {
            // The connection to a process that ends may break before its end is known.
            const isLost = thrown instanceof Error && "code" in thrown && thrown.code === status.UNAVAILABLE;
            await Promise.race([ended, isLost ? wait(1000) : undefined]);
            throw thrown;
        }
    };
    try {
        const address = await orEnded(port);
        if (!/^\d+$/.test(address)) {
            throw new Failure(`the policy pack in ${directory} printed "${address}" where its port should stand.`);
        }
        const client = new AnalyzerClient(`127.0.0.1:${address}`, credentials.createInsecure(), channelOptions);
        const stop = () => {
            client.close();
            child.stop();
        };
        return { ...packOf(client, await orEnded(infoOf(client)), orEnded), stop };
    } catch (thrown) {
        child.stop();
        throw thrown;
    }
}

function packOf(
    client: AnalyzerClient,
    info: PackInfo,
    orEnded: <Value>(value: Promise<Value>) => Promise<Value>,
): Omit<Pack, "stop"> {
    const ask = async <Value>(what: string, start: Parameters<typeof call<Value>>[0]): Promise<Value> => {
        try {
            return await orEnded(call(start));
        } catch (thrown) {
            if (thrown instanceof Failure) throw thrown;
            const lines = messageOf(thrown)
                .split("\n")
                .filter(line => !/^\s*at /.test(line));
            throw new Failure(`policy pack ${info.name} failed ${what}: ${lines.slice(0, 2).join(" ").trim()}`);
        }
    };
    return {
        info,
        configure: async settings => {
            const request = new ConfigureAnalyzerRequest();
            for (const [name, { level, properties }] of settings) {
                request
                    .getPolicyconfigMap()
                    .set(
                        name,
                        new PolicyConfig().setEnforcementlevel(levels[level]).setProperties(toStruct(properties)),
                    );
            }
            await ask("to take its configuration", done => client.configure(request, done));
        },
        configureStack: async ({ stack, project, organization, preview }) => {
            const request = new AnalyzerStackConfigureRequest()
                .setStack(stack)
                .setProject(project)
                .setOrganization(organization)
                .setDryRun(preview);
            await ask("to take the stack", done => client.configureStack(request, done));
        },
        remediate: async (resource, provider) => {
            const request = inputsMessage(resource, provider);
            const response = await ask<RemediateResponse>(`on ${resource.urn}`, done =>
                client.remediate(request, done),
            );
            return response.getRemediationsList().flatMap(remediation => {
                const properties = remediation.getProperties();
                return properties === undefined
                    ? []
                    : [{ policy: remediation.getPolicyname(), inputs: fromStruct(properties) }];
            });
        },
        analyze: async (resource, provider) => {
            const request = inputsMessage(resource, provider);
            const response = await ask<AnalyzeResponse>(`on ${resource.urn}`, done => client.analyze(request, done));
            // A resource policy can speak of no other resource.
            return response.getDiagnosticsList().map(message => ({ ...diagnosticOf(message), urn: resource.urn }));
        },
        analyzeStack: async ({ resources }, providerOf) => {
            const request = new AnalyzeStackRequest().setResourcesList(
                resources.map(resource => resourceMessage(resource, providerOf(resource))),
            );
            const response = await ask<AnalyzeResponse>("on the stack", done => client.analyzeStack(request, done));
            return response.getDiagnosticsList().map(diagnosticOf);
        },
    };
}

const levels = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    remediate: EnforcementLevel.REMEDIATE,
    disabled: EnforcementLevel.DISABLED,
} as const;

function levelOf(level: EnforcementLevel): Level {
    switch (level) {
        case EnforcementLevel.ADVISORY:
            return "advisory";
        case EnforcementLevel.MANDATORY:
            return "mandatory";
        case EnforcementLevel.REMEDIATE:
            return "remediate";
        case EnforcementLevel.DISABLED:
            return "disabled";
    }
}

function severityOf(severity: PolicySeverity): Severity {
    switch (severity) {
        case PolicySeverity.POLICY_SEVERITY_LOW:
            return "low";
        case PolicySeverity.POLICY_SEVERITY_MEDIUM:
            return "medium";
        case PolicySeverity.POLICY_SEVERITY_HIGH:
            return "high";
        case PolicySeverity.POLICY_SEVERITY_CRITICAL:
            return "critical";
        case PolicySeverity.POLICY_SEVERITY_UNSPECIFIED:
            return "unspecified";
    }
}

async function infoOf(client: AnalyzerClient): Promise<PackInfo> {
    const info = await call<AnalyzerInfo>(done =>
        client.getAnalyzerInfo(newRequest(AnalyzerService.getAnalyzerInfo), done),
    );
    return {
        name: info.getName(),
        version: info.getVersion(),
        policies: info.getPoliciesList().map(policy => ({
            name: policy.getName(),
            displayName: policy.getDisplayname(),
            description: policy.getDescription(),
            level: levelOf(policy.getEnforcementlevel()),
            severity: severityOf(policy.getSeverity()),
            remediationSteps: policy.getRemediationSteps(),
            url: policy.getUrl(),
            tags: [...policy.getTagsList(), policy.getFramework()?.getReference() ?? ""].filter(tag => tag !== ""),
            configSchema: {
                properties: fromStruct(policy.getConfigschema()?.getProperties()),
                required: policy.getConfigschema()?.getRequiredList() ?? [],
            },
        })),
        initialConfig: new Map(
            [...info.getInitialconfigMap().entries()].map(([name, settings]) => [
                name,
                { level: levelOf(settings.getEnforcementlevel()), properties: fromStruct(settings.getProperties()) },
            ]),
        ),
    };
}

function diagnosticOf(message: AnalyzeDiagnostic): Diagnostic {
    return {
        policy: message.getPolicyname(),
        level: levelOf(message.getEnforcementlevel()),
        severity: severityOf(message.getSeverity()),
        description: message.getDescription(),
        message: message.getMessage(),
        urn: message.getUrn(),
    };
}

function inputsMessage(resource: Resource, provider: Resource | undefined): AnalyzeRequest {
    return new AnalyzeRequest()
        .setType(resource.type)
        .setUrn(resource.urn)
        .setName(resource.name)
        .setProperties(toStruct(resource.inputs))
        .setOptions(optionsMessage(resource))
        .setProvider(provider && providerMessage(provider));
}

function resourceMessage(resource: Resource, provider: Resource | undefined): AnalyzerResource {
    const message = new AnalyzerResource()
        .setType(resource.type)
        .setUrn(resource.urn)
        .setName(resource.name)
        .setProperties(toStruct(resource.outputs))
        .setOptions(optionsMessage(resource))
        .setProvider(provider && providerMessage(provider))
        .setParent(resource.parent)
        .setDependenciesList([...resource.dependencies]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        message.getPropertydependenciesMap().set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
    }
    return message;
}

function providerMessage(provider: Resource): AnalyzerProviderResource {
    return new AnalyzerProviderResource()
        .setType(provider.type)
        .setUrn(provider.urn)
        .setName(provider.name)
        .setProperties(toStruct(provider.inputs));
}

function optionsMessage({ options, parent }: Resource): AnalyzerResourceOptions {
    const { customTimeouts } = options;
    return new AnalyzerResourceOptions()
        .setProtect(options.protect)
        .setIgnorechangesList([...options.ignoreChanges])
        .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
        .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
        .setAdditionalsecretoutputsList([...options.additionalSecretOutputs])
        .setAliasesList([...options.aliases])
        .setCustomtimeouts(
            new AnalyzerResourceOptions.CustomTimeouts()
                .setCreate(customTimeouts.create)
                .setUpdate(customTimeouts.update)
                .setDelete(customTimeouts.delete)
                .setRead(customTimeouts.read),
        )
        .setParent(parent);
}
