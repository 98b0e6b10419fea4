import table from "./endpoint-services.json";
import { type Fact, isUnseen, Pending, see } from "./knowledge";
import { later } from "./memo";
import { nearest } from "./spelling";
import { type Ports, portsOf } from "./ports";

interface Entry {
    /** The types of endpoints that lead to it; left out where there are interface endpoints only. */
    readonly types?: readonly string[];
    /** What its name begins with in all Regions, where that is not com.amazonaws. */
    readonly prefix?: string;
    /** What its name begins with in single Regions. */
    readonly alt?: Readonly<Partial<Record<string, string>>>;
    /** The whole service name where it has no Region. */
    readonly name?: string;
    /** The prefixes that its actions have in IAM. */
    readonly iam?: readonly string[];
    /** False where endpoints for the service take no endpoint policy. */
    readonly policy?: boolean;
    /** The first and the last port of each range that clients connect to, if that is not 443 alone. */
    readonly ports?: readonly (readonly number[])[];
    /** More ports, which only few clients need. */
    readonly morePorts?: readonly (readonly number[])[];
    /** False where AWS offers no private DNS for the service, "off" where it says to leave it off. */
    readonly privateDns?: boolean | string;
    /** What stands before the Region in its private DNS name, where that is not the name read backwards. */
    readonly host?: string;
    /** Where the name was found, if not in the usual place. */
    readonly src?: string;
}

const services = later(
    (): ReadonlyMap<string, Entry> =>
        new Map([
            ...Object.entries<Entry>(table.services).map(([name, entry]) => [withoutFips(name), entry] as const),
            ...Object.entries<Entry>(table.services),
        ]),
);

const byPrefix = later((): ReadonlyMap<string, ReadonlySet<string>> => {
    const found = new Map<string, Set<string>>();
    for (const [name, entry] of services()) {
        for (const prefix of entry.iam ?? []) {
            found.set(prefix, (found.get(prefix) ?? new Set()).add(withoutFips(name)));
        }
    }
    return found;
});

/** The services, by name (see {@link Service.name}), whose actions have a prefix in IAM, in any case. Empty where none of them has endpoints. */
export function servicesByPrefix(prefix: string): readonly string[] {
    return [...(byPrefix().get(prefix.toLowerCase()) ?? [])];
}

/** Names that IAM has for services without endpoints, as far as the table knows: they may get some. */
const others = later((): ReadonlySet<string> => new Set(table.others));

/** Every Region of every partition. */
export const regions = later((): readonly string[] => partitions().flatMap(partition => partition.regions));

/** What most service names begin with, in every partition. */
const general = "com.amazonaws";

/** What the names of a partition's own services begin with, and read backwards what its DNS names end in. */
const partitions = later(() =>
    Object.entries(table.partitions).map(([name, { endpointServicePrefix, regions: all }]) => ({
        name,
        prefix: endpointServicePrefix.replace(/\.vpce$/, ""),
        regions: all,
    })),
);

function partitionOf(region: string | undefined): ReturnType<typeof partitions>[number] | undefined {
    return partitions().find(partition => region !== undefined && partition.regions.includes(region));
}

function backwards(name: string): string {
    return name.split(".").reverse().join(".");
}

/** FIPS twins serve the same service: kms-fips, iot-fips.api, mail-manager-smtp.auth.fips. */
function withoutFips(name: string): string {
    return name.replace(/-fips(?=\.|$)|\.fips$/, "");
}

const prefixes =
    "com\\.amazonaws|cn\\.com\\.amazonaws|eu\\.amazonaws|gov\\.ic\\.c2s|gov\\.sgov\\.sc2s|gov\\.ic\\.hci\\.csp|uk\\.adc-e\\.cloud|aws\\.api|api\\.aws|aws\\.sagemaker";
const pattern = new RegExp(`^(${prefixes})\\.(?:([a-z]{2,4}(?:-[a-z]+)+-\\d+)\\.)?(.+)$`);

/** A service name of AWS's, taken apart. */
interface Parts {
    readonly prefix: string;
    readonly region: string | undefined;
    /** What is left, such as ecr.api or kms-fips. */
    readonly rest: string;
}

function partsOf(serviceName: string): Parts | undefined {
    const [, prefix, region, rest] = pattern.exec(serviceName) ?? [];
    return prefix === undefined || rest === undefined || /^vpce(-svc-|\.)/.test(rest)
        ? undefined
        : { prefix, region, rest };
}

/**
 * The service that an endpoint leads to, taken from its service name.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class Service {
    private constructor(
        private readonly whole: Fact<string>,
        /** The name without prefix, Region and FIPS suffix, such as s3; the whole name of a service that is not AWS's. */
        readonly name: string,
        private readonly parts: Parts | undefined,
    ) {}

    static parse(serviceName: string): Service {
        const parts = partsOf(serviceName);
        const name = parts && withoutFips(parts.rest.replace(/\.cn$/, "").replace(/(?<=-cell)\d+$/, ""));
        return new Service(serviceName, name ?? serviceName, parts);
    }

    /** A service of AWS's customers whose name is not known yet. */
    static unnamed(what: string): Service {
        return new Service(new Pending(`the name of endpoint service ${what}`), what, undefined);
    }

    /** The whole service name, such as com.amazonaws.eu-west-1.s3. */
    get serviceName(): string {
        return see(this.whole);
    }

    /** The Region within the name; undefined where the name has none. */
    get region(): string | undefined {
        return this.parts?.region;
    }

    /** What ARNs have for the partition of its Region, such as aws-cn; aws where the Region is not known. */
    get partition(): string {
        return partitionOf(this.region)?.name ?? "aws";
    }

    /** Whether AWS runs it; the others are endpoint services of AWS's customers and partners. */
    get isAws(): boolean {
        return this.parts !== undefined;
    }

    /**
     * The DNS name that clients know the service by, which private DNS leads to an endpoint; undefined for what is not AWS's.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
     */
    get dnsName(): string | undefined {
        if (this.parts === undefined) {
            return undefined;
        }
        const { prefix, region } = this.parts;
        const domain = prefix === general ? (partitionOf(region)?.prefix ?? prefix) : prefix;
        return `${hostOf(this.parts)}.${backwards(domain)}`;
    }

    /** Whether it is offered by PrivateLink, by whoever has one: a name that says nothing of what is behind it. */
    get isEndpointService(): boolean {
        return isUnseen(this.whole) || /(^|\.)vpce-svc-/.test(this.whole);
    }

    /** Whether the table knows a service of AWS by this name. One without a Region is known unless the service goes by Region. */
    get isKnown(): boolean {
        return (
            this.parts !== undefined &&
            (this.parts.region === undefined
                ? this.entry === undefined || this.entry.name !== undefined
                : this.entry !== undefined && this.entry.name === undefined)
        );
    }

    /** The types of endpoints that lead to it; undefined where the table does not know it. */
    get endpointTypes(): readonly string[] | undefined {
        return this.isKnown && this.entry !== undefined ? (this.entry.types ?? ["Interface"]) : undefined;
    }

    /**
     * The known service that is meant where a few letters are wrong, and how many they are: one or two, and less than half of the name.
     * Undefined where there is none, and for names that mean something else: other services of AWS, or another version of one.
     */
    get misspelt(): { readonly meant: string; readonly letters: number } | undefined {
        const rest = this.parts?.rest;
        if (rest === undefined || this.entry !== undefined || others().has(this.name)) {
            return undefined;
        }
        const versionless = (text: string): string => text.replace(/\d+/g, "");
        const meaning = versionless(rest);
        const found = nearest(
            rest,
            [...services().keys()].filter(name => versionless(name) !== meaning),
            Math.min(2, (rest.length - 1) / 2),
        );
        return found && { meant: found.word, letters: found.letters };
    }

    /**
     * The name by which AWS calls a known service in its Region where it begins with something else; undefined where the name is right.
     * In China, gateway endpoints keep the general prefix.
     * @param type the type of the endpoint.
     */
    properName(type: string): string | undefined {
        if (this.parts?.region === undefined || !this.isKnown) {
            return undefined;
        }
        const { prefix, region, rest } = this.parts;
        const own = partitionOf(region)?.prefix;
        const special = (type === "Gateway" ? undefined : this.entry?.alt?.[region]) ?? this.entry?.prefix;
        const isForeign =
            own !== undefined &&
            prefix !== general &&
            prefix !== own &&
            partitions().some(partition => partition.prefix === prefix);
        const proper = special ?? (isForeign ? general : prefix);
        return proper === prefix ? undefined : [proper, region, rest].join(".");
    }

    /** The name that private DNS leads to an endpoint; undefined where AWS offers none, says to leave it off, or it is not known whether. */
    get privateDnsName(): string | undefined {
        return this.entry !== undefined && this.entry.privateDns === undefined ? this.dnsName : undefined;
    }

    /**
     * Whether private DNS would lead the same name to the endpoints of both. FIPS twins have names of their own.
     * @throws {Unseen} if that hangs on a name that is not known yet.
     */
    sharesDnsNameWith(other: Service): boolean {
        return (
            this.isAws === other.isAws && (this.dnsName ?? this.serviceName) === (other.dnsName ?? other.serviceName)
        );
    }

    /** Whether a zone of this name may answer for the service: for its DNS name, a part of that, or more. */
    mayBeIn(domain: string): boolean {
        const [zone, own] = [domain.replace(serviceDomain, ""), this.parts && hostOf(this.parts)];
        return (
            own !== undefined &&
            isServiceDomain(domain) &&
            (zone === "" || zone === own || zone.endsWith(`.${own}`) || own.endsWith(`.${zone}`))
        );
    }

    /**
     * The TCP ports that clients connect to; undefined where the table does not know the service, and for what is not AWS's.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
     */
    get ports(): Ports | undefined {
        return this.isAws && this.entry ? rangesOf(this.entry.ports ?? [[443, 443]]) : undefined;
    }

    /** These and the ports that only few clients need. */
    get allPorts(): Ports | undefined {
        return this.ports?.union(rangesOf(this.entry?.morePorts ?? []));
    }

    /**
     * Whether endpoints for the service take an endpoint policy; undefined where the table does not know the service.
     * Where they do not, AWS allows full access through them: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
     */
    get takesPolicy(): boolean | undefined {
        return this.isAws ? this.entry && this.entry.policy !== false : false;
    }

    /** The prefixes that its actions have in IAM, as far as the table knows; undefined for what is not AWS's. */
    get actionPrefixes(): readonly string[] | undefined {
        return this.isAws ? (this.entry?.iam ?? [this.name.replace(/\..*/, "")]) : undefined;
    }

    private get entry(): Entry | undefined {
        return services().get(this.name);
    }
}

/**
 * Whether a DNS name is one that AWS services are reached by, such as s3.eu-west-1.amazonaws.com.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function isServiceDomain(name: string): boolean {
    return serviceDomain.test(name);
}

const serviceDomain =
    /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|sagemaker\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)\.?$/i;

/** What stands before the domain in the DNS name of a service: its name, mostly read backwards, and the Region. */
function hostOf({ rest, region }: Parts): string {
    return [services().get(rest)?.host ?? backwards(rest), ...(region === undefined ? [] : [region])].join(".");
}

function rangesOf(ranges: readonly (readonly number[])[]): Ports {
    return portsOf(...ranges.map(([first = 0, last = first]) => [first, last] as const));
}
