/** What a program may ask that this repository's SDK does not: other versions of the SDK do. */
import assert from "node:assert/strict";
import { credentials, status } from "@grpc/grpc-js";
import { ResourceMonitorClient, ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    RegisterResourceRequest,
    SupportsFeatureRequest,
    type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import { GivenAnswers } from "../../cli/data-sources";
import { Monitor } from "../../cli/monitor";
import { readProject } from "../../cli/project";
import { usualOptions } from "../../cli/resource";
import { call, newRequest } from "../../cli/untyped";
import { written } from "./command";

describe("The engine that preview plays", () => {
    let monitor: Monitor;
    let client: ResourceMonitorClient;
    before(async () => {
        const directory = written("monitor", { "Pulumi.yaml": "name: monitor\nruntime: nodejs\n" });
        const project = await readProject(directory, undefined, []);
        const silent = () => undefined;
        const listener = { log: silent, note: silent, fail: silent, progress: silent };
        monitor = new Monitor(project, new GivenAnswers({}), undefined, listener);
        client = new ResourceMonitorClient(await monitor.start(), credentials.createInsecure());
    });
    after(() => {
        client.close();
        monitor.stop();
    });

    it("takes a resource of which an older SDK says no more than type and name, and places it nowhere", async () => {
        const request = new RegisterResourceRequest()
            .setType("test:index:Component")
            .setName("component")
            .setSourceposition(new SourcePosition().setUri("project:///index.ts").setLine(3));
        const registered = await call<RegisterResourceResponse>(done => client.registerResource(request, done));
        const urn = "urn:pulumi:dev::monitor::test:index:Component::component";
        assert.equal(registered.getUrn(), urn);
        assert.deepEqual(monitor.resources, [
            {
                urn,
                type: "test:index:Component",
                name: "component",
                inputs: {},
                outputs: {},
                options: usualOptions,
                provider: "",
                parent: "",
                dependencies: [],
                propertyDependencies: {},
            },
        ]);
    });

    it("has no feature that it has never heard of", async () => {
        const has = async (feature: string) => {
            const request = new SupportsFeatureRequest().setId(feature);
            const response = await call<{ getHassupport(): boolean }>(done => client.supportsFeature(request, done));
            return response.getHassupport();
        };
        assert.deepEqual([await has("outputValues"), await has("telepathy")], [true, false]);
    });

    it("tells a newer SDK that it must ask for features one by one", async () => {
        const request = newRequest(ResourceMonitorService.getDeploymentInfo);
        await assert.rejects(
            call(done => client.getDeploymentInfo(request, done)),
            { code: status.UNIMPLEMENTED },
        );
    });
});
