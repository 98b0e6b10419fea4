import { parseJsonDocument, type Document } from "./documents";
import { Failure } from "./failure";
import { withoutEmpty, type Resource, type Stack } from "./resource";
import { ownSource, parseSource } from "./source";
import { isList, isObject, objectOf, objectsOf, stringOf, stringsOf, type Json, type Properties } from "./untyped";
import { parseUrn, stackType } from "./urn";
import { propertiesForPolicies } from "./values";

/** The versions of a deployment's format that `pulumi stack export` has written since Pulumi 1.0. */
const deploymentVersions: readonly Json[] = [3, 4];

/**
 * Reads what `pulumi stack export` wrote (or the deployment in it, or a checkpoint file of a backend) as
 * `pulumi policy analyze --file` does: resource policies see the inputs, stack policies the outputs; resources that wait
 * for deletion are left out; resources of others, which the program only reads, are not. Throws a {@link Failure}.
 */
export function readExport(document: Document): Stack {
    const { name } = document;
    const root = parseJsonDocument(document);
    const deployment = isObject(root) ? deploymentOf(name, root) : undefined;
    if (deployment === undefined || !isList(deployment["resources"] ?? [])) {
        throw new Failure(`${name} is not a stack's export: it has no deployment.resources; use pulumi stack export.`);
    }
    const states = isList(deployment["resources"]) ? deployment["resources"] : [];
    const resources = states.flatMap((state, index) => {
        if (!isObject(state)) throw new Failure(`${name}: deployment.resources[${index}] is not an object.`);
        return state["delete"] === true ? [] : [resourceOf(name, index, state)];
    });
    const first = resources.find(({ type, parent }) => type === stackType && parent === "") ?? resources[0];
    const { stack, project } = parseUrn(first?.urn ?? "") ?? { stack: "stack", project: "project" };
    return { stack, project, organization: "organization", preview: false, resources };
}

function deploymentOf(name: string, root: Properties): Properties | undefined {
    const version = root["version"];
    const deployment = isObject(root["checkpoint"]) ? (root["checkpoint"]["latest"] ?? {}) : root["deployment"];
    if (deployment === undefined) return root["resources"] === undefined ? undefined : root;
    if (version === undefined || !deploymentVersions.includes(version)) {
        throw new Failure(
            `${name}: version ${JSON.stringify(version ?? null)} of the export is not supported; ` +
                "export the stack with Pulumi 1.0 or later (version 3 or 4).",
        );
    }
    // A stack without resources is exported as null.
    return isObject(deployment) ? deployment : { resources: [] };
}

function resourceOf(name: string, index: number, state: Properties): Resource {
    const urn = stringOf(state["urn"]);
    const parts = parseUrn(urn);
    if (parts === undefined) throw new Failure(`${name}: deployment.resources[${index}] has no valid urn.`);
    const dependencies = objectOf(state["propertyDependencies"]);
    return {
        urn,
        type: stringOf(state["type"], parts.type),
        name: parts.name,
        inputs: propertiesOf(state["inputs"]),
        outputs: propertiesOf(state["outputs"]),
        options: {
            protect: state["protect"] === true,
            ignoreChanges: stringsOf(state["ignoreChanges"]),
            additionalSecretOutputs: stringsOf(state["additionalSecretOutputs"]),
            aliases: stringsOf(state["aliases"]),
            customTimeouts: timeoutsOf(state["customTimeouts"]),
        },
        // A reference to a provider is the provider's URN, two colons and its id.
        provider: stringOf(state["provider"]).replace(/::[^:]*$/, ""),
        parent: stringOf(state["parent"]),
        dependencies: stringsOf(state["dependencies"]),
        ...sourceOf(state),
        propertyDependencies: withoutEmpty(
            Object.entries(dependencies).map(([property, urns]) => [property, stringsOf(urns)]),
        ),
    };
}

function sourceOf(state: Properties): Pick<Resource, "source"> {
    const frames = objectsOf(state["stackTrace"]).map(frame => frame["sourcePosition"]);
    const positions = [state["sourcePosition"], ...frames].map(position => parseSource(stringOf(position)));
    const source = ownSource(positions.filter(position => position !== undefined));
    return source === undefined ? {} : { source };
}

function propertiesOf(value: Json | undefined): Properties {
    return propertiesForPolicies(objectOf(value));
}

function timeoutsOf(value: Json | undefined): Resource["options"]["customTimeouts"] {
    const secondsOf = (operation: string) => {
        const seconds = objectOf(value)[operation];
        return typeof seconds === "number" ? seconds : 0;
    };
    return {
        create: secondsOf("create"),
        update: secondsOf("update"),
        delete: secondsOf("delete"),
        read: secondsOf("read"),
    };
}
