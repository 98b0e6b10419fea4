/** The same network written in another way: with other names, or with resources of their own for what can stand in another one. */
import { type Blueprint, Ref } from "./blueprint";
import type { Recorded } from "./record";

/** The same resources under other names. */
export function renamed(resources: readonly Recorded[], nameOf: (name: string) => string): readonly Recorded[] {
    const urns = new Map(resources.map(({ urn, name }) => [urn, urn.replace(/[^:]*$/, nameOf(name))]));
    const other = (urn: string): string => urns.get(urn) ?? urn;
    return resources.map(resource => ({
        ...resource,
        urn: other(resource.urn),
        name: nameOf(resource.name),
        parent: other(resource.parent),
        dependencies: resource.dependencies.map(other),
        propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([key, of]) => [key, of.map(other)]),
        ),
    }));
}

/** Adds a resource, whose references are to resources that were added before. */
type Add = (type: string, name: string, inputs: Blueprint["inputs"]) => Blueprint;

/** Writes each resource anew, by a function that adds what stands for it, itself first; references follow. */
function rewrite(
    blueprints: readonly Blueprint[],
    write: (one: Blueprint, add: Add) => Blueprint,
): readonly Blueprint[] {
    const made: Blueprint[] = [];
    const instead = new Map<Blueprint, Blueprint>();
    const follow = (value: unknown): unknown => {
        if (value instanceof Ref) {
            return new Ref(instead.get(value.to) ?? value.to, value.attribute);
        }
        if (Array.isArray(value)) {
            return value.map(follow);
        }
        return typeof value === "object" && value !== null ? followAll(value) : value;
    };
    const followAll = (inputs: object): Blueprint["inputs"] =>
        Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, follow(value)]));
    for (const one of blueprints) {
        const written = write({ ...one, inputs: followAll(one.inputs) }, (type, name, inputs) => {
            const blueprint = { type, name, inputs };
            made.push(blueprint);
            return blueprint;
        });
        instead.set(one, written);
    }
    return made;
}

/** How what stands in one property of a resource is written as resources of their own. */
type Split = (owner: Blueprint, value: unknown, add: (type: string, inputs: Blueprint["inputs"]) => void) => void;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const object = (value: unknown): Blueprint["inputs"] => value as Blueprint["inputs"];
const id = (owner: Blueprint): Ref => new Ref(owner);

const routes: Split = (owner, value, add) => {
    for (const route of list(value)) {
        const { cidrBlock, ...target } = object(route);
        add("aws:ec2/route:Route", { routeTableId: id(owner), destinationCidrBlock: cidrBlock, ...target });
    }
};

const rules =
    (type: "ingress" | "egress"): Split =>
    (owner, value, add) => {
        for (const rule of list(value)) {
            const { self, ...rest } = object(rule);
            const shared = { type, securityGroupId: id(owner) };
            add("aws:ec2/securityGroupRule:SecurityGroupRule", { ...shared, ...rest });
            if (self === true) {
                const { protocol, fromPort, toPort } = rest;
                add("aws:ec2/securityGroupRule:SecurityGroupRule", { ...shared, protocol, fromPort, toPort, self });
            }
        }
    };

const eachOf =
    (type: string, property: string, more: object = {}): Split =>
    (owner, value, add) => {
        for (const item of list(value)) {
            add(type, { vpcEndpointId: id(owner), [property]: item, ...more });
        }
    };

const splits: Readonly<Record<string, Readonly<Record<string, Split>>>> = {
    "aws:ec2/routeTable:RouteTable": { routes },
    "aws:ec2/securityGroup:SecurityGroup": { ingress: rules("ingress"), egress: rules("egress") },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        routeTableIds: eachOf(
            "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
            "routeTableId",
        ),
        subnetIds: eachOf("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "subnetId"),
        securityGroupIds: eachOf("aws:ec2/securityGroupAssociation:SecurityGroupAssociation", "securityGroupId", {
            replaceDefaultAssociation: true,
        }),
        policy: (owner, policy, add) => {
            add("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", { vpcEndpointId: id(owner), policy });
        },
        privateDnsEnabled: (owner, privateDnsEnabled, add) => {
            add("aws:vpc/endpointPrivateDns:EndpointPrivateDns", { vpcEndpointId: id(owner), privateDnsEnabled });
        },
    },
};

/** What a part is called, and whose part a resource of such a name is. */
const part = {
    of: (owner: string, count: number) => `${owner}.${count}`,
    owner: (name: string) => name.replace(/\.\d+$/, ""),
};

/** The name of the resource that had in one of its properties what is now a resource of its own. */
export function ownerOf(name: string): string {
    return part.owner(name);
}

/**
 * The same network with resources of their own for routes, rules of security groups, and all that an endpoint is associated
 * with. An endpoint that has such resources already is left as it is: both at once overwrite each other.
 */
export function split(blueprints: readonly Blueprint[]): readonly Blueprint[] {
    const own = new Set(
        blueprints.flatMap(({ inputs }) =>
            Object.values(inputs).flatMap(value => (value instanceof Ref ? [value.to.name] : [])),
        ),
    );
    return rewrite(blueprints, ({ type, name, inputs }, add) => {
        const parts = splits[type] ?? {};
        // When an endpoint for S3 is made, AWS chooses its DNS options by whether it has private DNS.
        const isForS3 = String(inputs["serviceName"]).endsWith(".s3");
        const isSplit = ([key, value]: readonly [string, unknown]): boolean =>
            parts[key] !== undefined &&
            !(Array.isArray(value) && value.length === 0) &&
            !(key === "privateDnsEnabled" && isForS3);
        const entries = Object.entries(inputs);
        if (type.endsWith(":VpcEndpoint") && own.has(name)) {
            return add(type, name, inputs);
        }
        let count = 0;
        const owner = add(type, name, Object.fromEntries(entries.filter(entry => !isSplit(entry))));
        for (const [key, value] of entries.filter(isSplit)) {
            parts[key]?.(owner, value, (partType, given) => add(partType, part.of(name, count++), given));
        }
        return owner;
    });
}

/** Types that both providers have, and whose properties have the same names, with what a property is in the other one. */
const natives: Readonly<
    Record<
        string,
        { readonly type: string; readonly properties?: Readonly<Record<string, string>>; readonly defaults?: object }
    >
> = {
    "aws:ec2/subnet:Subnet": { type: "aws-native:ec2:Subnet" },
    "aws:ec2/routeTable:RouteTable": { type: "aws-native:ec2:RouteTable" },
    "aws:ec2/route:Route": { type: "aws-native:ec2:Route" },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": { type: "aws-native:ec2:SubnetRouteTableAssociation" },
    // What is left out is off in the one provider, and on in AWS, which the other one leaves it to.
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        type: "aws-native:ec2:VpcEndpoint",
        properties: { policy: "policyDocument" },
        defaults: { privateDnsEnabled: false },
    },
};

/** What the other provider does not take, takes in another form, or cannot compare with the Region, which it does not tell. */
const ofAwsOnly = ["region", "serviceRegion", "routes", "dnsOptions"];

/** The same network with resources of the aws-native provider, where it has them. */
export function native(blueprints: readonly Blueprint[]): readonly Blueprint[] {
    return rewrite(blueprints, ({ type, name, inputs }, add) => {
        const other = natives[type];
        if (other === undefined || ofAwsOnly.some(key => key in inputs)) {
            return add(type, name, inputs);
        }
        const entries = Object.entries({ ...other.defaults, ...inputs }).map(([key, value]) => {
            const tags = Object.entries(key === "tags" ? object(value) : {});
            return [
                other.properties?.[key] ?? key,
                key === "tags" ? tags.map(([tag, text]) => ({ key: tag, value: text })) : value,
            ] as const;
        });
        return add(other.type, name, Object.fromEntries(entries));
    });
}
