import assert from "node:assert/strict";
import { readExport } from "../../cli/export";

const vpc = "urn:pulumi:prod::app::aws:ec2/vpc:Vpc::main";
const provider = "urn:pulumi:prod::app::pulumi:providers:aws::default_7_0_0";
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

const resources = [
    { urn: "urn:pulumi:prod::app::pulumi:pulumi:Stack::app-prod", type: "pulumi:pulumi:Stack", outputs: { id: vpc } },
    { urn: provider, type: "pulumi:providers:aws", custom: true, id: "some-id", inputs: { region: "eu-west-1" } },
    {
        urn: vpc,
        type: "aws:ec2/vpc:Vpc",
        custom: true,
        id: "vpc-1",
        external: true,
        inputs: { __defaults: [], cidrBlock: "10.0.0.0/16", tags: { __defaults: [], name: "main" } },
        outputs: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
        parent: "urn:pulumi:prod::app::pulumi:pulumi:Stack::app-prod",
        provider: `${provider}::some-id`,
    },
    { urn: vpc, type: "aws:ec2/vpc:Vpc", custom: true, delete: true },
    {
        urn: "urn:pulumi:prod::app::aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::a::b",
        type: "aws:ec2/subnet:Subnet",
        custom: true,
        inputs: {
            plain: { [signature]: secret, plaintext: '{"a":[1]}' },
            text: { [signature]: secret, plaintext: "not JSON" },
            encrypted: [{ [signature]: secret, ciphertext: "AAA" }],
            reference: { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: vpc, id: "vpc-1" },
            component: { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: vpc },
        },
        dependencies: [vpc],
        propertyDependencies: { vpcId: [vpc], cidrBlock: null, tags: [] },
        protect: true,
        ignoreChanges: ["tags"],
        additionalSecretOutputs: ["arn"],
        aliases: [`${vpc}-old`],
        customTimeouts: { create: 60, delete: 1.5 },
    },
];

function exported(root: unknown) {
    return readExport({ name: "export.json", text: JSON.stringify(root) });
}

describe("An export", () => {
    it("is read as it is judged: all in order, but what waits for deletion", () => {
        const { stack, project, preview, resources: read } = exported({ version: 3, deployment: { resources } });
        assert.deepEqual([stack, project, preview], ["prod", "app", false]);
        assert.deepEqual(
            read.map(({ name }) => name),
            ["app-prod", "default_7_0_0", "main", "a::b"],
        );
        assert.deepEqual(read[2], {
            urn: vpc,
            type: "aws:ec2/vpc:Vpc",
            name: "main",
            inputs: { cidrBlock: "10.0.0.0/16", tags: { name: "main" } },
            outputs: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
            options: {
                protect: false,
                ignoreChanges: [],
                additionalSecretOutputs: [],
                aliases: [],
                customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
            },
            provider,
            parent: "urn:pulumi:prod::app::pulumi:pulumi:Stack::app-prod",
            dependencies: [],
            propertyDependencies: {},
        });
    });

    it("keeps options, dependencies and secrets", () => {
        const subnet = exported({ version: 3, deployment: { resources } }).resources.at(-1);
        assert.deepEqual(subnet?.propertyDependencies, { vpcId: [vpc] });
        assert.deepEqual(subnet.dependencies, [vpc]);
        assert.deepEqual(subnet.options, {
            protect: true,
            ignoreChanges: ["tags"],
            additionalSecretOutputs: ["arn"],
            aliases: [`${vpc}-old`],
            customTimeouts: { create: 60, update: 0, delete: 1.5, read: 0 },
        });
        const secretOf = (value: unknown) => ({ [signature]: secret, value });
        assert.deepEqual(subnet.inputs, {
            plain: secretOf({ a: [1] }),
            text: secretOf("not JSON"),
            encrypted: [secretOf("[secret]")],
            reference: "vpc-1",
            component: vpc,
        });
    });

    it("may be a bare deployment, a checkpoint, or empty", () => {
        assert.equal(exported({ manifest: {}, resources }).resources.length, 4);
        assert.equal(exported({ version: 3, checkpoint: { stack: "a", latest: { resources } } }).resources.length, 4);
        assert.equal(exported({ version: 3, checkpoint: { stack: "a" } }).resources.length, 0);
        assert.equal(exported({ version: 3, deployment: null }).resources.length, 0);
        assert.equal(exported({ version: 4, deployment: { resources: [] } }).resources.length, 0);
    });

    const refused: readonly (readonly [what: string, text: string, message: RegExp])[] = [
        ["no JSON", "{", /^export\.json is not JSON/],
        ["empty", "", /^export\.json is not JSON: Unexpected end of JSON input\.$/],
        ["another list", "[]", /^export\.json is not a stack's export: it has no deployment\.resources/],
        ["another object", '{"name":"app"}', /^export\.json is not a stack's export/],
        ["resources that are no list", '{"version":3,"deployment":{"resources":{}}}', /is not a stack's export/],
        [
            "an old version",
            '{"version":1,"deployment":{"resources":[]}}',
            /^export\.json: version 1 of the export is not/,
        ],
        ["no version", '{"deployment":{"resources":[]}}', /^export\.json: version null of the export is not/],
        ["a resource without URN", '{"resources":[{"urn":"x"}]}', /deployment\.resources\[0\] has no valid urn\.$/],
        ["a resource that is none", '{"resources":[1]}', /deployment\.resources\[0\] is not an object\.$/],
    ];
    for (const [what, text, message] of refused) {
        it(`is refused in one line when it is ${what}`, () => {
            assert.throws(() => readExport({ name: "export.json", text }), { message });
        });
    }
});
