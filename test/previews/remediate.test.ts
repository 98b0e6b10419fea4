/** What the level `remediate` changes, seen by the command line as the engine would: the pack as it is. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { command, packFromSources, written } from "../cli/command";

const packDirectory = packFromSources("remediating-pack");
const config = { all: "disabled", "pack-settings": "mandatory", "private-subnet-no-public-ip": "remediate" };

describe("At the level remediate, the command line", () => {
    const directory = written("remediated", {
        "Pulumi.yaml": "name: remediated\nruntime: nodejs\n",
        "package.json": "{}",
        "index.ts": `
            import * as aws from "@pulumi/aws";
            const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
            new aws.ec2.Subnet("app", {
                vpcId: vpc.id, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true, tags: { Tier: "private" },
            });`,
        "remediate.json": JSON.stringify(config),
        "mandatory.json": JSON.stringify({ ...config, "private-subnet-no-public-ip": "mandatory" }),
    });
    const preview = (file: string): ReturnType<typeof command> =>
        command(["preview", directory, "--config", join(directory, file)], { packDirectory });

    it("judges a program by what the pack makes of it, and says what that is", async () => {
        const { code, stdout, stderr } = await preview("remediate.json");
        assert.equal(stderr, "private-subnet-no-public-ip changes mapPublicIpOnLaunch of aws:ec2/subnet:Subnet app.\n");
        assert.match(stdout, /^No violations in 2 resources/);
        assert.equal(code, 0);
    });

    it("lets a pack of another author do so, but for what cannot be told before the update", async () => {
        const another = written("another-remediating-pack", {
            "package.json": '{ "name": "another", "version": "1.0.0", "main": "index.js" }',
            "index.js": `
                const { PolicyPack } = require("@pulumi/policy");
                const policy = { description: "A thing is of size 3.", enforcementLevel: "remediate" };
                new PolicyPack("another", { policies: [
                    { ...policy, name: "sized", remediateResource: ({ type, props }) =>
                        type === "test:index:Thing" ? { ...props, size: 3 } : undefined },
                    { ...policy, name: "tagged", remediateResource: ({ type, props }) =>
                        type === "test:index:Thing" ? { ...props, tag: props.of.name } : undefined },
                ] });`,
        });
        const program = written("things", {
            "Pulumi.yaml": "name: things\nruntime: nodejs\n",
            "package.json": "{}",
            "index.js": `
                const { CustomResource } = require("@pulumi/pulumi");
                const { id } = new CustomResource("test:index:Other", "other", {});
                new CustomResource("test:index:Thing", "thing", { size: 1, of: { name: id } });`,
        });
        const { code, stdout, stderr } = await command(["preview", program], { packDirectory: another });
        assert.equal(stderr, "sized changes size of test:index:Thing thing.\n");
        assert.match(stdout, /^No violations in 2 resources/);
        assert.equal(code, 0);
    });

    it("changes nothing at another level", async () => {
        const { code, stdout, stderr } = await preview("mandatory.json");
        assert.equal(stderr, "");
        assert.match(stdout, /mapPublicIpOnLaunch gives what is launched there a public IP address/);
        assert.equal(code, 1);
    });
});
