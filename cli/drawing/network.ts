import type { PolicyResource } from "@pulumi/policy";
import { authoredAmong } from "../../engine/ledger";
import { read } from "../../engine/read";
import type { Network } from "../../network/network";
import type { Resource, Stack } from "../resource";
import type { Properties } from "../untyped";
import { plain } from "../values";

/** The network that a stack makes, read as the policy pack reads it. It is there to be drawn: the pack alone judges. */
export function networkOf({ resources }: Stack): Network {
    const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
    const drawn = resources.map(resource => ({ resource, own: shownOf(resource, byUrn.get(resource.provider)) }));
    const shown = new Map(drawn.map(({ own }) => [own.urn, own]));
    const find = (urns: readonly string[]) => urns.flatMap(urn => shown.get(urn) ?? []);
    for (const { resource, own } of drawn) {
        const parent = shown.get(resource.parent);
        own.dependencies = find(resource.dependencies);
        own.propertyDependencies = Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([property, urns]) => [property, find(urns)]),
        );
        if (parent !== undefined) own.parent = parent;
    }
    return read(
        drawn.map(({ own }) => own),
        urn => {
            const inputs = byUrn.get(urn)?.inputs;
            return inputs && authoredAmong(inputs);
        },
    );
}

/** A resource in the form in which the SDK shows it to policies, of which the others are still to come. */
function shownOf({ type, urn, name, outputs, options, parent }: Resource, provider?: Resource): PolicyResource {
    return {
        type,
        urn,
        name,
        props: withoutSecrets(outputs),
        opts: {
            protect: options.protect,
            ignoreChanges: [...options.ignoreChanges],
            aliases: [...options.aliases],
            additionalSecretOutputs: [...options.additionalSecretOutputs],
            customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
            ...(parent !== "" && { parent }),
        },
        ...(provider && {
            provider: {
                type: provider.type,
                urn: provider.urn,
                name: provider.name,
                props: withoutSecrets(provider.inputs),
            },
        }),
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
    };
}

function withoutSecrets(properties: Properties): Record<string, unknown> {
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, plain(value)]));
}
