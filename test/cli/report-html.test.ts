/** The report as a page of HTML. What it does in a browser, test/page tries in one. */
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unknownPolicy, type ExemptedViolation, type Judgement, type Violation } from "../../cli/judgement";
import { mapOf, type VpcMap } from "../../cli/map";
import { layoutOf, type Layout } from "../../cli/page/layout";
import type { Area } from "../../cli/page/lines";
import { reportAs } from "../../cli/report";
import { reportHtml } from "../../cli/report-html";
import type { Properties } from "../../cli/untyped";
import { type Blueprint, build, Ref, urnOf } from "../blueprint";
import { example, largeNetwork, pageOf, type Sample, stackOf } from "../page/sample";
import { command, written } from "./command";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** The tags of a page with the names of their attributes: all that a text in it must not change. */
function skeleton(page: string): readonly string[] {
    const body = page.replace(/<style>[^]*?<\/style>/, "<style></style>");
    return [...body.matchAll(/<[!/a-z](?:"[^"]*"|[^">])*>/gi)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ""));
}

function mapOfBlueprints(blueprints: readonly Blueprint[], mode: "preview" | "update" = "update"): readonly VpcMap[] {
    return mapOf(stackOf(build(blueprints, mode), mode), new Map()).vpcs;
}

function only<T>(things: readonly T[]): T {
    const [thing, ...others] = things;
    assert.ok(thing !== undefined && others.length === 0);
    return thing;
}

function named<T extends { readonly name: string }>(things: readonly T[], name: string): T {
    return only(things.filter(thing => thing.name === name));
}

function overlap(one: Area, other: Area): boolean {
    return (
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height
    );
}

/** The pairs of boxes of a map that overlap, though neither is the group of the other. */
function overlaps({ areas, groups }: Layout): readonly string[] {
    const groupOf = new Map(
        groups.flatMap(({ id, endpoints }) => endpoints.map(endpoint => [endpoint.id, id] as const)),
    );
    const all = [...areas];
    return all.flatMap(([id, area], index) =>
        all
            .slice(index + 1)
            .filter(
                ([other, otherArea]) =>
                    groupOf.get(id) !== other && groupOf.get(other) !== id && overlap(area, otherArea),
            )
            .map(([other]) => `${id} and ${other}`),
    );
}

describe("The HTML report of private-app at its first preview", () => {
    let sample: Sample;
    let vpc: VpcMap;
    before(async () => {
        sample = await pageOf(await example("private-app"), "preview");
        vpc = only(sample.map.vpcs);
    });

    it("shows the VPC with its addresses and its DNS", () => {
        assert.equal(vpc.name, "main");
        assert.ok(vpc.facts.includes("10.20.0.0/16"));
        assert.ok(vpc.facts.includes("DNS support on, hostnames off"));
    });

    it("shows every subnet with its zone, its role by its routes, its table and its workloads, though no id is known", () => {
        const tables = new Map(vpc.tables.map(({ id, name }) => [id, name]));
        assert.deepEqual(
            vpc.subnets
                .map(({ name, zone, role, table, workloads }) =>
                    [
                        name,
                        zone.state === "known" ? zone.value : zone.what,
                        role.state === "known" ? role.value : role.what,
                        tables.get(table ?? ""),
                        ...workloads,
                    ].join(" "),
                )
                .sort(),
            [
                "isolated-a us-east-1a private isolated",
                "isolated-b us-east-1b private isolated",
                "private-a us-east-1a private private-a instance operations ECS service app",
                "private-b us-east-1b private private-b ECS service app",
                "public-a us-east-1a public public",
                "public-b us-east-1b public public",
            ],
        );
    });

    it("shows every endpoint with its service, what its policy lets through, and where it is", () => {
        const names = new Map([...vpc.subnets, ...vpc.tables].map(({ id, name }) => [id, name]));
        const said = (name: string) => {
            const { type, service, reach, privateDns, subnets, tables } = named(vpc.endpoints, name);
            return [type, service, reach.text, privateDns, ...[...subnets, ...tables].map(id => names.get(id))];
        };
        assert.equal(vpc.endpoints.length, 11);
        assert.deepEqual(said("s3"), ["Gateway", "s3", "anyone → anything (no policy)", undefined, "private-a"]);
        assert.deepEqual(said("s3-isolated"), ["Gateway", "s3", "named callers → named resources", undefined]);
        assert.deepEqual(said("secretsmanager"), [
            "Interface",
            "secretsmanager",
            "named callers → named resources",
            "off",
            "private-a",
            "private-b",
        ]);
    });

    it("draws the way out of the isolated subnets as one line from each to the internet", () => {
        const { lines } = layoutOf(vpc);
        const next = new Map(lines.filter(({ isEscape }) => isEscape).map(({ from, to }) => [from, to]));
        const names = new Map([...vpc.subnets, ...vpc.tables, ...vpc.gateways].map(({ id, name }) => [id, name]));
        for (const name of ["isolated-a", "isolated-b"]) {
            const way: (string | undefined)[] = [];
            for (let id: string | undefined = named(vpc.subnets, name).id; id !== undefined; id = next.get(id)) {
                way.push(names.get(id));
            }
            assert.deepEqual(way, [name, "isolated", "nat-a", "main", "internet"]);
        }
        assert.ok(lines.every(({ isEscape, from }) => !isEscape || next.has(from)));
        assert.match(sample.page, /Ways out of isolated subnets/);
    });

    it("leads from the box of each resource to what is held against it, and back", () => {
        const { page, judgement } = sample;
        for (const { resource } of judgement.violations) {
            const articles = [...page.matchAll(/<article class="concerned" id="(\w+)"[^]*?<\/article>/g)];
            const [article = "", id = ""] = only(
                articles.filter(([text]) =>
                    text.includes(`<span class="name">${resource.name}</span> <code>${resource.type}`),
                ),
            );
            const back = /class="back"\s+href="#([\w-]+)"/.exec(article)?.[1] ?? "";
            const [box = ""] = new RegExp(`<a\\s[^>]*id="${back}"[^>]*>`).exec(page) ?? [];
            assert.ok(box.includes(`href="#${id}"`), `${resource.type} ${resource.name}: ${box}`);
        }
    });

    it("has no link within the page that leads nowhere, and no two things by one id", () => {
        const ids = [...sample.page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
        assert.equal(new Set(ids).size, ids.length);
        const targets = [...sample.page.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id);
        assert.deepEqual(
            targets.filter(id => !ids.includes(id)),
            [],
        );
        const labels = [...sample.page.matchAll(/\saria-labelledby="([^"]*)"/g)].map(([, id]) => id);
        assert.deepEqual(
            labels.filter(id => !ids.includes(id)),
            [],
        );
    });

    it("says each violation, its severity, its level and what to do about it", () => {
        const items = [...sample.page.matchAll(/<li\s+class="violation[^]*?<\/li>/g)].map(([text]) => text);
        assert.equal(items.length, sample.judgement.violations.length);
        const item = only(items.filter(text => text.includes('data-policy="gateway-endpoint-routed"')));
        for (const text of [
            "high",
            "mandatory",
            "Gateway endpoint s3-isolated for s3 is in no route table",
            "To do:",
        ]) {
            assert.ok(item.includes(text), text);
        }
    });

    it("loads nothing, and lets nothing be loaded", () => {
        const { page } = sample;
        const [style, script] = [/<style>([^]*?)<\/style>/, /<script>([^]*?)<\/script>/].map(
            of => of.exec(page)?.[1] ?? "",
        );
        assert.doesNotMatch(page, /<(link|img|iframe|object|embed|base)\b|\ssrc=|\son\w+=|\sstyle=/i);
        assert.doesNotMatch(style ?? "", /url\(|@import/);
        assert.doesNotMatch(script ?? "", /https?:|fetch|import|XMLHttpRequest|innerHTML/);
        const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? "";
        const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
        assert.equal(
            policy.replaceAll("&#39;", "'"),
            `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
        );
        const addresses = new Set([...page.matchAll(/https?:\/\/[^/"\s]*/g)].map(([address]) => address));
        assert.deepEqual([...addresses], ["https://docs.aws.amazon.com"]);
    });

    it("has no policy document in it", () => {
        for (const word of ["aws:PrincipalOrgID", "Condition", "o-exampleorgid"]) {
            assert.ok(!sample.page.includes(word), word);
        }
    });

    it("is the same page for the same stack", async () => {
        assert.equal(await reportHtml(sample.judgement, sample.map), sample.page);
    });
});

describe("The HTML report", () => {
    const vpc = { type: "aws:ec2/vpc:Vpc", name: "main", inputs: { cidrBlock: "10.0.0.0/16" } };
    const subnet = (name: string, inputs: Blueprint["inputs"] = {}) => ({
        type: "aws:ec2/subnet:Subnet",
        name,
        inputs: { vpcId: new Ref(vpc), cidrBlock: "10.0.1.0/24", ...inputs },
    });
    const endpoint = (name: string, inputs: Blueprint["inputs"]) => ({
        type: endpointType,
        name,
        inputs: { vpcId: new Ref(vpc), serviceName: "com.amazonaws.us-east-1.s3", ...inputs },
    });

    /** A page in which a text stands wherever a stack, a configuration or another pack may put one. */
    async function saying(text: string): Promise<string> {
        const own = { ...vpc, name: text };
        const inVpc = { vpcId: new Ref(own), tags: { Tier: "isolated", Name: text } };
        const inSubnet = subnet(`${text}2`, { ...inVpc, availabilityZone: text });
        const made = [own, inSubnet, endpoint(`${text}3`, inVpc)];
        const blame = (name: string, type: string): Violation => ({
            policy: text,
            level: "mandatory",
            severity: "high",
            message: text,
            resource: { urn: urnOf({ type, name }), type, name, source: { file: text, line: 1, column: 1 } },
        });
        const violations = [...made.map(({ name, type }) => blame(name, type)), blame(text, text)];
        const exempted: ExemptedViolation = { ...blame(text, own.type), exception: { id: text, reason: text } };
        const judgement: Judgement = {
            pack: { name: text, version: text },
            policies: [
                {
                    name: text,
                    displayName: text,
                    description: text,
                    level: "mandatory",
                    severity: "high",
                    remediationSteps: text,
                    url: `https://example.com/${text}`,
                    tags: [text],
                },
            ],
            violations,
            exempted: [exempted],
        };
        const stack = { ...stackOf(build(made, "update")), project: text, stack: text };
        return reportHtml(judgement, mapOf(stack, new Map()));
    }

    it("shows what a stack says as text, whatever that is", async () => {
        const harmless = skeleton(await saying("harmless"));
        assert.ok(harmless.length > 100);
        for (const text of [
            "</script><img src=x onerror=alert(1)>",
            "</style><script>alert(1)</script>",
            '" onfocus="alert(1)" autofocus="',
            "' onfocus='alert(1)",
            "<!--",
            "-->]]>",
            "&lt;script&gt;",
            "a\u0000b\u202e\ud800<b>",
        ]) {
            assert.deepEqual(skeleton(await saying(text)), harmless, text);
        }
    });

    it("links to addresses of the web alone", async () => {
        const page = await saying("harmless");
        assert.match(page, /<a\s+href="https:\/\/example\.com\/harmless"/);
        const policy = { name: "own", displayName: "", description: "", level: "mandatory", severity: "low" } as const;
        const judgement: Judgement = {
            pack: { name: "own", version: "1" },
            policies: [{ ...policy, remediationSteps: "", tags: [], url: "javascript://example.com/%0aalert(1)" }],
            violations: [{ ...policy, policy: "own", message: "", resource: { urn: "", type: "", name: "" } }],
            exempted: [],
        };
        assert.doesNotMatch(await reportHtml(judgement, undefined), /javascript:/);
    });

    it("shows no value that is secret", async () => {
        const marked = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "topsecret" };
        const tags = { Name: marked, Tier: "isolated" };
        const resources = build([vpc, subnet("app", { tags, cidrBlock: "10.0.1.0/24" })], "update");
        const { page, map } = await pageOf(resources);
        assert.equal(only(only(map.vpcs).subnets).isolatedBy, "Tier=isolated");
        assert.ok(!page.includes("topsecret"));
    });

    it("says that there is no map where none can be drawn", async () => {
        const { judgement } = await pageOf(build([vpc, endpoint("s3", {})], "update"));
        const page = await reportHtml(judgement, undefined);
        assert.match(page, /No map: the engine's log of events does not tell/);
        assert.ok(!page.includes(`class="map"`));
        for (const { policy } of judgement.violations) assert.ok(page.includes(`data-policy="${policy}"`));
    });

    it("says that nothing is wrong, and that there is no network", async () => {
        const page = await reportHtml(
            { pack: { name: "own", version: "1" }, policies: [], resources: 0, violations: [], exempted: [] },
            { title: "own", vpcs: [], homes: new Map() },
        );
        assert.match(page, /No policy holds anything against this stack/);
        assert.match(page, /No map: the stack has no VPC, subnet or endpoint/);
    });

    it("shows as not known what is pending, and as not seen what is outside of the stack", () => {
        const elsewhere = { vpcId: "vpc-0123456789abcdef0" };
        const queue = { type: "aws:sqs/queue:Queue", name: "queue", inputs: {} };
        const vpcs = mapOfBlueprints(
            [
                vpc,
                queue,
                subnet("zoneless"),
                subnet("far", elsewhere),
                endpoint("near", { policy: new Ref(queue, "arn") }),
                endpoint("away", elsewhere),
            ],
            "preview",
        );
        assert.deepEqual(
            vpcs.map(({ name, state }) => `${name} ${state}`),
            ["main known", "vpc-0123456789abcdef0 outside"],
        );
        const [main, outside] = vpcs;
        assert.ok(main !== undefined && outside !== undefined);
        assert.equal(only(main.subnets).zone.state, "pending");
        assert.equal(only(main.endpoints).reach.text, "not known yet");
        assert.equal(only(outside.subnets).role.state, "outside");
        assert.equal(only(outside.endpoints).name, "away");
        assert.deepEqual(overlaps(layoutOf(outside)), []);
    });

    describe("of a network of which not all is seen", () => {
        const queue = { type: "aws:sqs/queue:Queue", name: "queue", inputs: {} };
        const later = new Ref(queue, "arn");
        /** What the program reads of another stack: a preview does not show it. */
        const read = { type: "aws:ec2/vpc:Vpc", name: "read", inputs: {} };
        const own = { ...vpc, inputs: { ...vpc.inputs, enableDnsSupport: later } };
        const inOwn = { vpcId: new Ref(own) };
        const table = { type: "aws:ec2/routeTable:RouteTable", name: "table", inputs: inOwn };
        const route = (name: string, inputs: Blueprint["inputs"]) => ({
            type: "aws:ec2/route:Route",
            name,
            inputs: { routeTableId: new Ref(table), ...inputs },
        });
        const associated = (of: Blueprint, routeTableId: unknown) => ({
            type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
            name: of.name,
            inputs: { subnetId: new Ref(of), routeTableId },
        });
        const [near, far] = [subnet("near", inOwn), subnet("far", inOwn)];
        const interfaceEndpoint = (name: string, inputs: Blueprint["inputs"]) =>
            endpoint(name, { serviceName: "com.amazonaws.us-east-1.logs", vpcEndpointType: "Interface", ...inputs });
        const made = [
            queue,
            own,
            table,
            near,
            associated(near, new Ref(table)),
            far,
            associated(far, "rtb-0123456789abcdef0"),
            route("local", { destinationCidrBlock: "10.0.0.0/16", gatewayId: "local" }),
            route("outside", { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123456789abcdef0" }),
            route("pending", { destinationPrefixListId: later, natGatewayId: later }),
            interfaceEndpoint("partly", {
                ...inOwn,
                privateDnsEnabled: later,
                subnetIds: [new Ref(near), "subnet-0123456789abcdef0"],
            }),
            endpoint("untyped", { ...inOwn, vpcEndpointType: later }),
            endpoint("unnamed", { ...inOwn, serviceName: later, policy: '{"Statement":[]}' }),
            interfaceEndpoint("elsewhere", { vpcId: "vpc-0123456789abcdef0", subnetIds: [new Ref(near)] }),
            endpoint("held", { ...inOwn, policy: new Ref(read, "policy") }),
            subnet("somewhere", { vpcId: later }),
            subnet("beyond", { vpcId: new Ref(read) }),
            { ...vpc, name: "nowhere", inputs: { cidrBlock: "10.3.0.0/16", region: later } },
        ];
        let vpcs: readonly VpcMap[];
        let page: string;
        before(async () => {
            const map = mapOf(stackOf(build(made, "preview"), "preview"), new Map());
            vpcs = map.vpcs;
            const nothing = { pack: { name: "own", version: "1" }, policies: [], violations: [], exempted: [] };
            page = (await reportHtml(nothing, map)).replaceAll(/\s+/g, " ");
        });

        it("draws what is in a VPC that is not known yet, and in one outside, as such", () => {
            assert.deepEqual(
                vpcs.map(({ name, state }) => [name, state]),
                [
                    ["main", "known"],
                    ["nowhere", "known"],
                    ["outside of the stack", "outside"],
                    ["not known yet", "pending"],
                    ["vpc-0123456789abcdef0", "outside"],
                ],
            );
            assert.deepEqual(named(vpcs, "nowhere").facts, ["10.3.0.0/16", "DNS support on, hostnames off"]);
            assert.match(page, /vpcId of subnet somewhere, which waits for Queue queue, is not known yet/);
            assert.match(page, /VPC vpc-0123456789abcdef0 is not in this stack/);
            assert.match(page, /in subnets not seen here/);
            for (const one of vpcs) assert.deepEqual(overlaps(layoutOf(one)), [], one.name);
        });

        it("says of a subnet that its role or its route table is not known", () => {
            assert.match(page, /role not known yet · 10\.0\.1\.0\/24/);
            assert.match(page, /role not seen here · 10\.0\.1\.0\/24/);
            assert.match(page, /<td> not seen <\/td>/);
            assert.match(page, /DNS support not known, hostnames off/);
        });

        it("tells a gateway that is not known yet from one that is not in the stack", () => {
            const gateways = named(vpcs, "main").gateways.map(({ noun, name }) => `${noun} ${name}`);
            assert.ok(gateways.includes("NAT gateway not known yet"));
            assert.ok(gateways.includes("NAT gateway not in this stack"));
            const { routes } = only(named(vpcs, "main").tables);
            assert.equal(routes.find(({ target }) => target === "local")?.to, undefined);
        });

        it("says of an endpoint that it is in more subnets, or of a type, of a service or with DNS that is not known", () => {
            assert.match(page, /in subnet near and others/);
            assert.match(page, /near and what is not seen here/);
            assert.match(page, /Endpoints of a type not known yet/);
            assert.match(page, /to not known/);
            assert.match(page, /private DNS not known/);
            assert.equal(named(named(vpcs, "main").endpoints, "unnamed").reach.text, "not known yet");
            assert.equal(named(named(vpcs, "main").endpoints, "held").reach.text, "not in this stack");
        });
    });

    it("says which VPCs lead to others, and that nothing in one is in the stack", async () => {
        const other = { ...vpc, name: "other", inputs: { cidrBlock: "10.1.0.0/16" } };
        const peering = {
            type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
            name: "peering",
            inputs: { vpcId: new Ref(vpc), peerVpcId: new Ref(other), autoAccept: true },
        };
        const app = subnet("app");
        const table = { type: "aws:ec2/routeTable:RouteTable", name: "table", inputs: { vpcId: new Ref(vpc) } };
        const unused = { ...table, name: "unused" };
        const toOther = (of: Blueprint) => ({
            type: "aws:ec2/route:Route",
            name: of.name,
            inputs: {
                routeTableId: new Ref(of),
                destinationCidrBlock: "10.1.0.0/16",
                vpcPeeringConnectionId: new Ref(peering),
            },
        });
        const associated = {
            type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
            name: "app",
            inputs: { subnetId: new Ref(app), routeTableId: new Ref(table) },
        };
        const served = endpoint("s3", { routeTableIds: [new Ref(unused)] });
        const made = [vpc, other, peering, app, table, unused, toOther(table), toOther(unused), associated, served];
        const { page, map } = await pageOf(build(made, "update"));
        const words = page.replaceAll(/\s+/g, " ");
        assert.deepEqual(
            named(map.vpcs, "main").gateways.map(({ noun, name }) => `${noun} ${name}`),
            ["peering connection peering", "VPC other"],
        );
        assert.match(words, /1 subnet, 1 endpoint; leads to other/);
        assert.match(words, /0 subnets, 0 endpoints<\/span > <span class="counts" >no violations/);
        assert.match(words, /Nothing in it is in this stack\./);
    });

    it("knows the Region of a VPC by the provider that makes it", () => {
        const [made] = stackOf(build([vpc], "preview"), "preview").resources;
        assert.ok(made !== undefined);
        const type = "pulumi:providers:aws";
        const provider = { ...made, type, urn: urnOf({ type, name: "far" }), inputs: { region: "eu-west-3" } };
        const ofProvider = { ...made, outputs: { cidrBlock: "10.0.0.0/16" }, provider: provider.urn };
        const { vpcs } = mapOf({ ...stackOf([], "preview"), resources: [provider, ofProvider] }, new Map());
        assert.deepEqual(only(vpcs).facts.slice(0, 2), ["10.0.0.0/16", "eu-west-3"]);
    });

    it("takes for isolated what the configuration says is", () => {
        const tagged = [vpc, subnet("app", { tags: { zone: "sealed" } })];
        const settings = { tags: { keys: ["zone"], private: ["inner"], isolated: ["sealed"] } };
        const isolatedBy = (configured: ReadonlyMap<string, { readonly properties: Properties }>) =>
            only(only(mapOf(stackOf(build(tagged, "update")), configured).vpcs).subnets).isolatedBy;
        assert.equal(isolatedBy(new Map()), undefined);
        assert.equal(isolatedBy(new Map([["pack-settings", { properties: settings }]])), "zone=sealed");
    });

    it("draws what depends on a resource that the stack only reads, and leaves out the policy of an endpoint outside", () => {
        const read = { type: "aws:ec2/vpc:Vpc", name: "read", inputs: {} };
        const made = [
            vpc,
            { ...subnet("app"), inputs: { ...subnet("app").inputs, tags: { of: new Ref(read, "arn") } } },
            {
                type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
                name: "policy",
                inputs: { vpcEndpointId: "vpce-0123456789abcdef0", policy: "{}" },
            },
        ];
        const { vpcs, homes } = mapOf(stackOf(build(made, "preview"), "preview"), new Map());
        assert.equal(only(only(vpcs).subnets).name, "app");
        assert.equal(homes.size, 2);
    });

    it("has the subnets of a zone in the order of their roles and names", () => {
        const inZone = { availabilityZone: "us-east-1a" };
        const subnets = ["b", "c", "a"].map(name => subnet(name, inZone));
        const map = only(mapOfBlueprints([vpc, ...subnets]));
        const { areas } = layoutOf(map);
        const topOf = (name: string) => areas.get(named(map.subnets, name).id)?.y ?? 0;
        assert.ok(topOf("a") < topOf("b") && topOf("b") < topOf("c"));
    });

    it("says what is known of a policy, and no more", async () => {
        const policy = { ...unknownPolicy("own", "mandatory"), remediationSteps: "Mend it." };
        const judgement: Judgement = {
            pack: { name: "own", version: "1" },
            policies: [policy],
            violations: ["own", "other"].map(name => ({
                policy: name,
                level: "mandatory",
                severity: "unspecified",
                message: `${name} says so`,
                resource: { urn: "", type: "", name: "" },
            })),
            exempted: [],
        };
        const page = (await reportHtml(judgement, undefined)).replaceAll(/\s+/g, " ");
        assert.match(page, /no severity/);
        assert.equal(page.split("To do:").length, 2);
        assert.doesNotMatch(page, /Read more/);
    });

    it("calls the reach of an endpoint policy by who reaches what", () => {
        const documents: Readonly<Record<string, object>> = {
            "anyone → anything": {},
            "anyone → named resources": { Action: "s3:GetObject", Resource: "arn:aws:s3:::own/*" },
            "named callers → anything": { Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } },
            "named callers → named resources": {
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::own/*",
                Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
            },
            "nobody → nothing": { Effect: "Deny" },
        };
        const oneWayEach = ["anyone → named resources", "named callers → anything"];
        const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
        const endpoints = Object.entries(documents).map(([name, parts]) =>
            endpoint(name, {
                policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...parts }] }),
            }),
        );
        endpoints.push(
            endpoint(oneWayEach.join(", "), {
                policy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: oneWayEach.map(name => ({ ...statement, ...documents[name] })),
                }),
            }),
        );
        for (const { name, reach } of only(mapOfBlueprints([vpc, ...endpoints])).endpoints) {
            assert.equal(reach.text, name);
        }
    });

    it("does not take the way of another VPC behind a transit gateway for the way out", async () => {
        const { map } = await pageOf(await example("hub-and-spoke"), "preview");
        const { gateways } = named(map.vpcs, "billing");
        const internet = gateways.find(({ noun }) => noun === "internet")?.id ?? "";
        const behind = gateways.filter(({ to }) => to.includes(internet)).map(({ noun, name }) => `${noun} ${name}`);
        assert.deepEqual(behind, ["VPC hub"]);
        assert.ok(gateways.some(({ noun, name }) => noun === "VPC" && name === "orders"));
    });

    it("draws an endpoint that routes lead to once, where they lead", () => {
        const vpc = { type: "aws:ec2/vpc:Vpc", name: "main", inputs: { cidrBlock: "10.0.0.0/16" } };
        const vpcId = new Ref(vpc);
        const subnet = (name: string, cidrBlock: string): Blueprint => ({
            type: "aws:ec2/subnet:Subnet",
            name,
            inputs: { vpcId, cidrBlock },
        });
        const [app, inspection] = [subnet("app", "10.0.1.0/24"), subnet("inspection", "10.0.2.0/24")];
        const inspect = {
            type: endpointType,
            name: "inspect",
            inputs: {
                vpcId,
                vpcEndpointType: "GatewayLoadBalancer",
                serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
                subnetIds: [new Ref(inspection)],
            },
        };
        const routes = [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: new Ref(inspect) }];
        const table = { type: "aws:ec2/routeTable:RouteTable", name: "app", inputs: { vpcId, routes } };
        const association = {
            type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
            name: "app",
            inputs: { subnetId: new Ref(app), routeTableId: new Ref(table) },
        };
        const map = only(mapOfBlueprints([vpc, app, inspection, inspect, table, association]));
        assert.deepEqual(map.endpoints, []);
        assert.deepEqual(only(map.gateways.filter(({ urn }) => urn === urnOf(inspect))).within, ["inspection"]);
    });

    it("lays out ten VPCs with two hundred endpoints so that no boxes overlap, and that all fit on a screen across", () => {
        const vpcs = mapOfBlueprints(largeNetwork());
        assert.equal(vpcs.length, 10);
        assert.equal(vpcs.flatMap(({ endpoints }) => endpoints).length, 200);
        for (const one of vpcs) {
            const layout = layoutOf(one);
            assert.deepEqual(overlaps(layout), [], one.name);
            assert.ok(layout.width <= 1254, `${one.name} is ${layout.width} wide`);
            for (const { x, y, width, height } of [...layout.areas.values(), ...layout.zones]) {
                assert.ok(x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height);
            }
        }
    });

    it("is drawn only for those who ask for it", async () => {
        const judgement = { pack: { name: "own", version: "1" }, policies: [], violations: [], exempted: [] };
        const draw = () => assert.fail("the network was drawn");
        for (const format of ["text", "json", "sarif", "junit", "markdown"] as const) {
            await reportAs(format, judgement, { width: 80, colours: false }, draw);
        }
        await assert.rejects(reportAs("html", judgement, { width: 80, colours: false }, draw), /was drawn/);
    });
});

describe("The command line", () => {
    it("writes the HTML report beside others, with the network that it judged", async () => {
        const vpc = "urn:pulumi:dev::app::aws:ec2/vpc:Vpc::main";
        const resources = [
            {
                urn: vpc,
                type: "aws:ec2/vpc:Vpc",
                id: "vpc-1",
                inputs: {},
                outputs: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
            },
            {
                urn: `urn:pulumi:dev::app::${endpointType}::s3`,
                type: endpointType,
                id: "vpce-1",
                inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3" },
                outputs: { id: "vpce-1", vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3" },
            },
        ];
        const directory = written("html", {
            "export.json": JSON.stringify({ version: 3, deployment: { resources } }),
        });
        const formats = ["-f", "html", "-o", "page.html", "-f", "sarif", "-o", "report.sarif", "-f", "json"];
        const { code, stdout, stderr } = await command(["analyze", "export.json", ...formats], { directory });
        assert.deepEqual([code, stderr], [1, ""]);
        assert.match(stdout, /endpoint-has-policy/);
        assert.match(readFileSync(join(directory, "report.sarif"), "utf8"), /endpoint-has-policy/);
        const page = readFileSync(join(directory, "page.html"), "utf8");
        assert.match(page, /<h1>toy: app \(dev\)<\/h1>/);
        assert.match(page, /id="n1-map"/);
        assert.match(page, /This endpoint has no policy\./);
    });

    it("writes the HTML report of a log of events without a map", async () => {
        const events = join(__dirname, "events", "analyze.jsonl");
        const { code, stdout } = await command(["report", events, "--format", "html"]);
        assert.equal(code, 1);
        assert.match(stdout, /No map:/);
        assert.match(stdout, /Accepted:/);
    });
});
