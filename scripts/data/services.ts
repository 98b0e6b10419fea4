/** The services that VPC endpoints lead to: aws-cdk-lib's constants, laid under what is known by hand. */
import { App, Stack } from "aws-cdk-lib";
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService } from "aws-cdk-lib/aws-ec2";
import { RegionInfo } from "aws-cdk-lib/region-info";
import { Service } from "../../network/service";
import overrides from "./services.overrides.json";

/** What differs from com.amazonaws.<Region>.<name>, interface endpoints only, TCP port 443, with policy and private DNS. */
export interface Entry {
    /** Left out: interface endpoints only. */
    readonly types?: readonly string[] | undefined;
    /** What stands before the Region in all Regions. */
    readonly prefix?: string | undefined;
    /** The whole service name of a service that has no Region in it. */
    readonly name?: string | undefined;
    /** What stands before the Region in single Regions. */
    readonly alt?: Readonly<Record<string, string>> | undefined;
    /** What follows the name in single Regions. */
    readonly suffix?: Readonly<Record<string, string>> | undefined;
    /** First and last port of the ranges that clients connect to. */
    readonly ports?: readonly (readonly number[])[] | undefined;
    /** More ports, which only few clients need. */
    readonly morePorts?: readonly (readonly number[])[] | undefined;
    /** The prefixes that its actions have in IAM. */
    readonly iam?: readonly string[] | undefined;
    /** False: there is none; "off": AWS says to leave it off. */
    readonly privateDns?: false | "off" | undefined;
    /** What stands before the Region in its private DNS name, where that is not the name read backwards. */
    readonly host?: string | undefined;
    /** False: endpoints take no endpoint policy. */
    readonly policy?: false | undefined;
    /** Whether endpoints in other Regions may lead to it. */
    readonly xregion?: true | undefined;
}

export interface Partition {
    /** What the names of endpoint services of AWS's customers begin with. */
    readonly endpointServicePrefix: string;
    readonly regions: readonly string[];
}

const defaultPrefix = "com.amazonaws";
const httpsPort = 443;

const regions = RegionInfo.regions.map(region => region.name).sort();

function instancesOf<Kind>(kind: abstract new (...args: never[]) => Kind): readonly Kind[] {
    const members: readonly unknown[] = Object.values(kind);
    return members.filter((member): member is Kind => member instanceof kind);
}

/** The name without FIPS suffix, as the reader of the table looks it up. */
function withoutFips(name: string): string {
    return Service.parse(`${defaultPrefix}.us-east-1.${name}`).name;
}

function lists(section: readonly { readonly names: readonly string[] }[], name: string): boolean {
    return section.some(({ names }) => names.includes(name));
}

/** The value that most Regions share. */
function commonest(values: readonly string[]): string {
    const count = (value: string): number => values.filter(other => other === value).length;
    return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

/** The values of single Regions that are not the usual one; undefined where there are none. */
function exceptions(byRegion: ReadonlyMap<string, string>, usual: string): Record<string, string> | undefined {
    const others = [...byRegion].filter(([, value]) => value !== usual);
    return others.length === 0 ? undefined : Object.fromEntries(others);
}

/** How a service is called in every Region. */
function naming(service: InterfaceVpcEndpointAwsService, stacks: ReadonlyMap<string, Stack>): Entry {
    const prefixes = new Map<string, string>();
    const suffixes = new Map<string, string>();
    for (const [region, stack] of stacks) {
        const name = String(stack.resolve(service.name));
        const middle = `.${region}.${service.shortName}`;
        const at = name.indexOf(middle);
        if (at < 0) {
            return { name };
        }
        prefixes.set(region, name.slice(0, at));
        suffixes.set(region, name.slice(at + middle.length));
    }
    const prefix = commonest([...prefixes.values()]);
    return {
        prefix: prefix === defaultPrefix ? undefined : prefix,
        alt: exceptions(prefixes, prefix),
        suffix: exceptions(suffixes, ""),
    };
}

/** Names, types and ports as aws-cdk-lib has them. */
function packaged(): ReadonlyMap<string, Entry> {
    const app = new App();
    const stacks = new Map(regions.map(region => [region, new Stack(app, region, { env: { region } })]));
    const services = new Map<string, Entry>();
    for (const service of instancesOf(InterfaceVpcEndpointAwsService)) {
        const { shortName, port } = service;
        services.set(shortName, {
            ...naming(service, stacks),
            ports: port === httpsPort ? undefined : [[port, port]],
        });
    }
    for (const { name } of instancesOf(GatewayVpcEndpointAwsService)) {
        const shortName = name.slice(name.lastIndexOf(".") + 1);
        const other = services.get(shortName);
        services.set(shortName, { ...other, types: other === undefined ? ["Gateway"] : ["Gateway", "Interface"] });
    }
    return services;
}

/** The IAM prefix that is the name, or the part of it before its first dot. */
function derivedIam(name: string, known: ReadonlySet<string>): string | undefined {
    return [name, name.replace(/\..*$/, "")].find(prefix => known.has(prefix));
}

/** @throws {Error} where nothing is known of the prefix: the overrides must say it, or that it is not known. */
function iamOf(name: string, known: ReadonlySet<string>): readonly string[] | undefined {
    const given = Object.entries<readonly string[]>(overrides.iam).find(([, names]) => names.includes(name));
    const prefix = given?.[0] ?? derivedIam(name, known);
    if (prefix === undefined && !overrides.withoutIam.includes(name)) {
        throw new Error(`services.overrides.json: say the IAM prefix of ${name} in "iam", or list it in "withoutIam".`);
    }
    return prefix === undefined ? undefined : [prefix];
}

function privateDnsOf(name: string): false | "off" | undefined {
    const given = overrides.privateDns.find(({ names }) => names.includes(name));
    return given === undefined ? undefined : given.value === "off" ? "off" : false;
}

/** @throws {Error} naming the overrides that say what is known without them, or speak of services that there are not. */
function checkOverrides(
    services: ReadonlyMap<string, Entry>,
    names: readonly string[],
    known: ReadonlySet<string>,
): void {
    const { names: documented, iam, withoutIam, ports, privateDns, hosts, withoutPolicy, crossRegion } = overrides;
    const plain = new Set(names.map(withoutFips));
    const twice = documented.flatMap(section => section.names.filter(name => services.has(name)));
    const derived = Object.entries<readonly string[]>(iam).flatMap(([prefix, of]) =>
        of.filter(name => derivedIam(name, known) === prefix),
    );
    const unknown = [
        ...[...Object.values(iam), withoutIam].flat().filter(name => !plain.has(name)),
        ...[...ports, ...privateDns, ...withoutPolicy].flatMap(section =>
            section.names.filter(name => !plain.has(name)),
        ),
        ...[...crossRegion, ...hosts].flatMap(section => section.names.filter(name => !names.includes(name))),
        ...Object.keys(iam).filter(prefix => !known.has(prefix)),
    ];
    const complaints = [
        ...twice.map(name => `"names": aws-cdk-lib has ${name} now`),
        ...derived.map(name => `"iam": the prefix of ${name} can be derived`),
        ...unknown.map(name => `there is no ${name}`),
    ];
    if (complaints.length > 0) {
        throw new Error(`services.overrides.json: ${complaints.join("; ")}.`);
    }
}

/**
 * All services by their short names.
 * @throws {Error} where the overrides do not fit the packages.
 */
export function endpointServices(iamPrefixes: readonly string[]): ReadonlyMap<string, Entry> {
    const services = packaged();
    const known = new Set(iamPrefixes);
    const names = [...new Set([...services.keys(), ...overrides.names.flatMap(section => section.names)])].sort();
    checkOverrides(services, names, known);
    return new Map(
        names.map(name => {
            const plain = withoutFips(name);
            const { types, prefix, name: whole, alt, suffix, ports } = services.get(name) ?? {};
            const entry: Entry = {
                types,
                prefix,
                name: whole,
                alt,
                suffix,
                ports: overrides.ports.find(section => section.names.includes(plain))?.ranges ?? ports,
                morePorts: overrides.ports.find(section => section.names.includes(plain))?.also,
                iam: iamOf(plain, known),
                privateDns: privateDnsOf(plain),
                host: overrides.hosts.find(section => section.names.includes(name))?.host,
                policy: lists(overrides.withoutPolicy, plain) ? false : undefined,
                xregion: lists(overrides.crossRegion, name) ? true : undefined,
            };
            return [name, entry];
        }),
    );
}

/** All partitions by their names. */
export function partitions(): Readonly<Record<string, Partition>> {
    const found = new Map<string, { endpointServicePrefix: string; regions: string[] }>();
    for (const region of RegionInfo.regions) {
        const { name, partition, vpcEndpointServiceNamePrefix } = region;
        if (partition === undefined || vpcEndpointServiceNamePrefix === undefined) {
            throw new Error(`aws-cdk-lib knows no partition of Region ${name}.`);
        }
        const { regions: others } = found.get(partition) ?? { regions: [] };
        found.set(partition, {
            endpointServicePrefix: vpcEndpointServiceNamePrefix,
            regions: [...others, name].sort(),
        });
    }
    return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
