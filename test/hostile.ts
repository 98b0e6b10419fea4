/** What nobody would write into a stack: values that are put in place of others, and where. */
import { unknownValue } from "./aws";
import { type Blueprint, Ref } from "./blueprint";
import { asked, type Path } from "./hostile-asked";
import type { Recorded } from "./record";

const signature = "4dabf18193072939515e22adb298388d";

function secret(value: unknown): unknown {
    return { [signature]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** So many lists or objects within each other. */
export function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
    let value: unknown = "x";
    for (let i = 0; i < depth; i++) {
        value = wrap(value);
    }
    return value;
}

const sentinels = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const texts = [
    "",
    " ",
    "*",
    "text",
    "\u0000",
    "\udc00",
    "\ud800 and no more",
    "constructor",
    "__proto__",
    "toString",
    "-1",
    "1e400",
    "0x10",
    "true",
    "null",
    "[]",
    "{}",
    '{"Statement":[null]}',
    '{"__proto__":{"Statement":[]}}',
    "${".repeat(500),
    "arn:".repeat(500),
    "a".repeat(20_000),
    "*a".repeat(2_000),
    "[".repeat(10_000) + "]".repeat(10_000),
    '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000),
];

const cidrs = [
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.0/1e1",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "010.0.0.0/8",
    "0x0a.0.0.0/8",
    "999.0.0.1/8",
    "1.2.3.4.5/8",
    "/8",
    "::/129",
    "::ffff:10.0.0.1/96",
    "::ffff:999.0.0.1/96",
    "fe80::1%eth0/64",
    "1::2::3/64",
    "fd00::/8\n",
];

const objects: readonly unknown[] = [
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    [],
    {},
    [[]],
    [null],
    [{}],
    { a: null },
    ["a", 1, null, {}, [], unknownValue],
    JSON.parse('{"__proto__":null}'),
    JSON.parse('{"__proto__":{"toString":"none","length":3}}'),
    JSON.parse('[{"__proto__":[1,2,3]}]'),
    { toString: "none", valueOf: "none", toJSON: "none", constructor: "none", then: "none", length: 1e9 },
    { hasOwnProperty: true, Statement: { Effect: "Allow" } },
    { key: null, value: { toString: "none" } },
    unknownValue,
    [unknownValue],
    [[unknownValue], { a: unknownValue }],
    { a: unknownValue, b: [{ c: unknownValue }] },
    secret("text"),
    secret(unknownValue),
    [secret({ a: secret(["text"]) })],
    { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "an asset" },
    { [signature]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "an archive" },
    nested(150, inner => [inner]),
    nested(150, inner => ({ a: inner })),
    nested(150, inner => [{ endpointId: inner, "*": unknownValue }]),
];

/** What is put in place of a value. It may be made of that. */
export const hostile: readonly ((value: unknown) => unknown)[] = [
    ...[...texts, ...cidrs, ...objects, ...sentinels].map(value => () => value),
    value => [value],
    value => [value, value],
    value => [[value]],
    value => ({ 0: value, length: 1 }),
    value => ({ value }),
    value => secret(value),
    value => JSON.stringify(value ?? null),
    value => (Array.isArray(value) ? (value as unknown[])[0] : typeof value),
    value => (typeof value === "string" ? value.toUpperCase() : [value, unknownValue]),
    value => (typeof value === "string" ? `${value}\u0000${value}` : { ...(value as object) }),
    value => (typeof value === "string" ? value.split("").reverse().join("") : -Number(value)),
    value => (typeof value === "string" ? [value, unknownValue, value] : String(Object.is(value, true))),
];

/** A property of a resource, by the names and positions that lead to it, into the JSON of texts, too. */
export type Place = readonly (string | number)[];

/** Every place in a value. */
function placesIn(value: unknown, at: Place): readonly Place[] {
    const inner = typeof value === "string" ? parsed(value) : value;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(inner)
        ? inner.slice(0, 3).map((item: unknown, index) => [index, item] as const)
        : typeof inner === "object" && inner !== null
          ? Object.entries(inner)
          : [];
    return [...(at.length === 0 ? [] : [at]), ...entries.flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

/** What a text is the JSON of, if it is that of an object or a list; the text itself if not, or if it is one of those that are put in place of others. */
function parsed(text: string): unknown {
    try {
        return /^[[{]/.test(text) && text.length < 5_000 ? (JSON.parse(text) as unknown) : text;
    } catch {
        return text;
    }
}

/** The places of a resource in which something is looked for, and those in which a value stands within them. */
export function placesOf({ type, inputs, outputs }: Recorded): readonly Place[] {
    const read = new Set(asked(type).map(([name]) => name));
    const all = [...placesIn(outputs, []), ...placesIn(inputs, [])].filter(([name]) => read.has(String(name)));
    all.push(...asked(type));
    return [...new Map(all.map(place => [place.join("."), place])).values()];
}

/** A value with another one in a place. What is missing on the way there is made. */
export function withValueAt(whole: unknown, place: Place, make: (value: unknown) => unknown): unknown {
    const [first, ...rest] = place;
    if (first === undefined) {
        return make(whole ?? null) ?? null;
    }
    if (typeof whole === "string" && parsed(whole) !== whole) {
        return JSON.stringify(withValueAt(parsed(whole), place, make));
    }
    if (Array.isArray(whole)) {
        const at = typeof first === "number" ? first : 0;
        const inner = typeof first === "number" ? rest : place;
        const items: readonly unknown[] = whole.length === 0 ? [{}] : whole;
        return items.map((item, index) => (index === at ? withValueAt(item, inner, make) : item));
    }
    const object = typeof whole === "object" && whole !== null ? whole : {};
    const made: Record<string, unknown> = { ...object };
    Object.defineProperty(made, first, {
        value: withValueAt(made[first], rest, make),
        configurable: true,
        enumerable: true,
        writable: true,
    });
    return made;
}

/** What the properties of a type are called that refer to a resource of another one. */
const references: readonly (readonly [RegExp, string, string?])[] = [
    [/^defaultRouteTableId$/, "aws:ec2/vpc:Vpc", "defaultRouteTableId"],
    [/^defaultNetworkAclId$/, "aws:ec2/vpc:Vpc", "defaultNetworkAclId"],
    [/^(peerV|v)pcId$|^vpcArn$|^resourceId$/, "aws:ec2/vpc:Vpc"],
    [/subnetGroup(Name|Id)$/i, "aws:rds/subnetGroup:SubnetGroup", "name"],
    [/subnet(Id|Arn|s)?s?$|^vpcZoneIdentifiers?$/i, "aws:ec2/subnet:Subnet"],
    [/(security|^)groups?(Ids?|Lists?|Set|Names)?$|securityGroup/i, "aws:ec2/securityGroup:SecurityGroup"],
    [/^transitGatewayRouteTableId$/, "aws:ec2transitgateway/routeTable:RouteTable"],
    [/routeTableIds?$/i, "aws:ec2/routeTable:RouteTable"],
    [/^natGatewayId$/, "aws:ec2/natGateway:NatGateway"],
    [/^vpnGatewayId$|^propagatingVgws$|^associatedGatewayId$/, "aws:ec2/vpnGateway:VpnGateway"],
    [/^(internetG|g)atewayId$/, "aws:ec2/internetGateway:InternetGateway"],
    [/^transitGatewayAttachmentId$/, "aws:ec2transitgateway/vpcAttachment:VpcAttachment"],
    [/^transitGatewayId$/, "aws:ec2transitgateway/transitGateway:TransitGateway"],
    [/^vpcPeeringConnectionId$/, "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"],
    [/^vpcEndpointId$/, "aws:ec2/vpcEndpoint:VpcEndpoint"],
    [/prefixListIds?$/i, "aws:ec2/managedPrefixList:ManagedPrefixList"],
    [/^networkAclId$/, "aws:ec2/networkAcl:NetworkAcl"],
    [/^zoneId$|^resourceArn$/, "aws:route53/zone:Zone"],
    [/^profileId$/, "aws:route53/profilesProfile:ProfilesProfile"],
    [/^resolverRuleId$/, "aws:route53/resolverRule:ResolverRule"],
    [/^dhcpOptionsId$/, "aws:ec2/vpcDhcpOptions:VpcDhcpOptions"],
    [/^(vpcEndpointS|s)ervice(Id|Name)$/, "aws:ec2/vpcEndpointService:VpcEndpointService", "serviceName"],
    [/^(networkL|l)oadBalancerArns?$/, "aws:lb/loadBalancer:LoadBalancer", "arn"],
    [/^targetGroupArn$/, "aws:lb/targetGroup:TargetGroup", "arn"],
    [/^role(s|Name)?$|roleArn$|^nodeRole$/i, "aws:iam/role:Role", "name"],
    [/^policyArns?$|^managedPolicyArns$/, "aws:iam/policy:Policy", "arn"],
    [/^iamInstanceProfile$/, "aws:iam/instanceProfile:InstanceProfile", "name"],
    [/^functionName$/, "aws:lambda/function:Function", "name"],
    [/^clusterName$/, "aws:eks/cluster:Cluster", "name"],
    [/^cluster$/, "aws:ecs/cluster:Cluster"],
    [/^taskDefinition$/, "aws:ecs/taskDefinition:TaskDefinition", "arn"],
    [/^capacityProviders?$/, "aws:ecs/capacityProvider:CapacityProvider", "name"],
    [/^autoScalingGroupArn$/, "aws:autoscaling/group:Group", "arn"],
    [/^launchTemplate(Id|Name)$|^launchConfiguration(Name)?$/, "aws:ec2/launchTemplate:LaunchTemplate"],
    [/^(networkI|primaryNetworkI|i)n(terface|stance)(Id)?$/, "aws:ec2/networkInterface:NetworkInterface"],
];

const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Sid: "Reads",
            Effect: "Allow",
            Principal: { AWS: ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/*"] },
            Action: ["s3:Get*", "s3:PutObject", "sts:AssumeRoleWithWebIdentity"],
            Resource: ["arn:aws:s3:::app/${aws:PrincipalTag/team}/*", "arn:aws:s3:::app"],
            Condition: {
                StringLike: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5"], "s3:prefix": ["home/*"] },
                "ForAllValues:DateLessThanIfExists": { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
                NumericEquals: { "s3:max-keys": 10 },
                NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8", "fd00::1"] },
                Null: { "aws:TokenIssueTime": "true" },
            },
        },
        { Effect: "Deny", NotPrincipal: { Service: "ec2.amazonaws.com" }, NotAction: "s3:*", NotResource: "*" },
    ],
});

const plain: readonly (readonly [RegExp, unknown])[] = [
    [/^(policy|policyDocument|assumeRolePolicy(Document)?|trust)$/, document],
    [/ipv6CidrBlocks?$|^cidrIpv6$/i, "fd00:1::/64"],
    [/cidr/i, "10.0.1.0/24"],
    [/port$/i, 443],
    [/protocol$/i, "tcp"],
    [/^rule(No|Number)$/, 100],
    [/^(rule)?action$/i, "allow"],
    [/^(is|enable|assign|associate|has|map|private|publicly|acceptance|self|egress|internal|blackhole|replace)/, true],
    [/^addressFamily$/, "IPv4"],
    [/^direction$/, "INBOUND"],
    [/^ruleType$/, "FORWARD"],
    [/^(domainN|n)ame$/, "sqs.us-east-1.amazonaws.com"],
    [/^vpcEndpointType$/, "Interface"],
    [/^serviceRegion$|^region$/, "us-east-1"],
    [/^availabilityZone$/, "us-east-1a"],
    [/^image$/, "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"],
    [/^valueFrom$/, "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"],
    [/^logDriver$/, "awslogs"],
    [/^launchType$/, "EC2"],
    [/^environment$/, { variables: { QUEUE: "https://sqs.us-east-1.amazonaws.com/123456789012/q" } }],
];

/** One resource of each of some types, each with all that is asked for of it, bound to those before it. */
export function oneOfEach(types: readonly string[], before: readonly Blueprint[] = []): readonly Blueprint[] {
    const made = [...before];
    for (const type of types) {
        const top = asked(type).filter(path => !["id", "arn", "tags"].includes(path[0] ?? ""));
        const inputs = Object.fromEntries(
            top.filter(path => path.length === 1).map(([key = ""]) => [key, wholeOf(key, [key], top, type, made)]),
        );
        const name = `one-${type.replace(/[^a-zA-Z]+/g, "-")}`;
        made.push({ type, name, inputs: { ...inputs, tags: { Tier: "private", Name: "one" } } });
    }
    return made;
}

function wholeOf(key: string, path: Path, all: readonly Path[], type: string, made: readonly Blueprint[]): unknown {
    const within = all.filter(
        other => other.length === path.length + 1 && path.every((name, index) => other[index] === name),
    );
    const isOfIds = within.every(other =>
        ["syncStates", "attachments", "endpointId", "clusterSecurityGroupId"].includes(other.at(-1) ?? ""),
    );
    const isPlural = /s$/.test(key) && !/(Address|policy)$/i.test(key);
    if (!isOfIds) {
        const object = Object.fromEntries(
            within.map(other => [other.at(-1) ?? "", wholeOf(other.at(-1) ?? "", other, all, type, made)]),
        );
        return isPlural ? [object] : object;
    }
    const reference = references.find(([names, of]) => names.test(key) && of !== type);
    const target = reference && made.find(one => one.type === reference[1]);
    const value =
        target === undefined
            ? (plain.find(([names]) => names.test(key))?.[1] ?? `${key}-0123456789abcdef0`)
            : new Ref(target, reference?.[2]);
    return isPlural && typeof value !== "number" && value !== true ? [value] : value;
}

/** The types that others refer to. */
export const referred: readonly string[] = [...new Set(references.map(([, type]) => type))];
