import table from "./endpoint-services.json";

interface Entry {
    /** The prefixes that its actions have in IAM. */
    readonly iam?: readonly string[];
    /** False where endpoints for the service take no endpoint policy. */
    readonly policy?: boolean;
    /** Where the name was found, if not in the usual place. */
    readonly src?: string;
}

const services: ReadonlyMap<string, Entry> = new Map([
    ...Object.entries<Entry>(table.services).map(([name, entry]) => [withoutFips(name), entry] as const),
    ...Object.entries<Entry>(table.services),
]);

/** Every Region of every partition. */
export const regions: readonly string[] = Object.values(table.partitions).flatMap(partition => partition.regions);

/** FIPS twins serve the same service: kms-fips, iot-fips.api, mail-manager-smtp.auth.fips. */
function withoutFips(name: string): string {
    return name.replace(/-fips(?=\.|$)|\.fips$/, "");
}

const prefixes =
    "com\\.amazonaws|cn\\.com\\.amazonaws|eu\\.amazonaws|gov\\.ic\\.c2s|gov\\.sgov\\.sc2s|gov\\.ic\\.hci\\.csp|uk\\.adc-e\\.cloud|aws\\.api|api\\.aws|aws\\.sagemaker";
const regional = new RegExp(`^(?:${prefixes})\\.([a-z]{2,4}(?:-[a-z]+)+-\\d+)\\.(.+)$`);
const global = new RegExp(`^(?:${prefixes})\\.(.+)$`);

/**
 * The service that an endpoint leads to, taken from its service name.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class Service {
    private constructor(
        /** The whole service name, such as com.amazonaws.eu-west-1.s3. */
        readonly serviceName: string,
        /** The name without prefix, Region and FIPS suffix, such as s3; the whole name of a service that is not AWS's. */
        readonly name: string,
        /** The Region within the name; undefined where the name has none. */
        readonly region: string | undefined,
        /** Whether AWS runs it; the others are endpoint services of AWS's customers and partners. */
        readonly isAws: boolean,
    ) {}

    static parse(serviceName: string): Service {
        const [, region, name] = regional.exec(serviceName) ?? [];
        const short = name ?? global.exec(serviceName)?.[1];
        return short === undefined || /^vpce(-svc-|\.)/.test(short)
            ? new Service(serviceName, serviceName, region, false)
            : new Service(serviceName, withoutFips(short.replace(/\.cn$/, "")), region, true);
    }

    /** A service of AWS's customers whose name is not known yet. */
    static unnamed(what: string): Service {
        return new Service(what, what, undefined, false);
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
        return this.isAws ? (this.entry?.iam ?? [this.name.split(".")[0] ?? this.name]) : undefined;
    }

    private get entry(): Entry | undefined {
        return services.get(this.name);
    }
}

/**
 * Whether a DNS name is one that AWS services are reached by, such as s3.eu-west-1.amazonaws.com.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function isServiceDomain(name: string): boolean {
    return /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|sagemaker\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)\.?$/.test(
        name,
    );
}
