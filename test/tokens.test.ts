/** The types and properties that the network is read from are strings: whether the providers have them, only this tells. */
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { read, types } from "../engine/read";
import { attempt } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { Relation } from "../network/several";
import { single } from "./blueprint";

/** The newest SDK first: version 6 of the aws provider has some types that version 7 has dropped. */
const sdks = { aws: ["@pulumi/aws", "aws-sdk-v6"], "aws-native": ["@pulumi/aws-native"] } as const;

/** The text of the file that has the class of a type: to load the SDKs would take long. */
function sourceOf(type: string, extension: "js" | "d.ts"): string | undefined {
    const [provider = "", path = "", name = ""] = type.split(":");
    const file = path.includes("/") ? path : `${path}/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const candidates = Object.entries(sdks)
        .flatMap(([key, all]) => (key === provider ? all : []))
        .map(sdk => join(dirname(require.resolve(`${sdk}/package.json`)), `${file}.${extension}`));
    const found = candidates.find(candidate => existsSync(candidate));
    return found === undefined ? undefined : readFileSync(found, "utf8");
}

/** Reads a resource without properties, and tells which ones were asked for. */
function propertiesOf(type: string): ReadonlySet<string> {
    const asked = new Set<string>();
    const props = new Proxy(
        {},
        {
            getOwnPropertyDescriptor: (_, key) => {
                asked.add(String(key));
                return undefined;
            },
        },
    );
    askEverything(read([single(type, props)]));
    return asked;
}

/** References are resolved only when something asks for them. */
function askEverything(network: Network): void {
    for (const relation of Object.values(network)) {
        if (relation instanceof Relation) {
            attempt(() => relation.of({}));
        }
    }
    const things: readonly Resource[] = [
        ...network.vpcs,
        ...network.subnets,
        ...network.endpoints,
        ...network.endpointServices,
        ...network.tenants,
    ];
    for (const thing of things) {
        for (const getter of Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(thing)))) {
            attempt((): unknown => Reflect.get(thing, getter));
        }
    }
}

describe("the types that the network is read from", () => {
    for (const type of types) {
        it(`have ${type}, which its SDK knows`, () => {
            assert((sourceOf(type, "js") ?? "").includes(`__pulumiType = '${type}'`));
        });
    }

    it("are of the aws and the aws-native provider alone", () => {
        assert.deepEqual([...new Set(types.map(type => type.split(":")[0]))].sort(), ["aws", "aws-native"]);
    });

    it("are each there once", () => {
        assert.deepEqual([...types].sort(), [...new Set(types)].sort());
    });
});

describe("the properties that the network is read from", () => {
    const readers = new Map<string, string[]>();
    for (const type of types) {
        for (const property of propertiesOf(type)) {
            readers.set(property, [...(readers.get(property) ?? []), type]);
        }
    }

    it("are many", () => {
        for (const property of [
            "vpcId",
            "serviceName",
            "mapPublicIpOnLaunch",
            "vpcEndpointId",
            "securityGroupId",
            "publiclyAccessible",
        ]) {
            assert(readers.has(property), property);
        }
    });

    for (const [property, of] of readers) {
        // Every resource has an id, which no typing says.
        if (property !== "id") {
            it(`have ${property}, which one of the types that it is read of knows`, () => {
                const isDeclared = new RegExp(`\\b${property}\\??:`);
                assert(
                    of.some(type => isDeclared.test(sourceOf(type, "d.ts") ?? "")),
                    of.join(", "),
                );
            });
        }
    }
});
