import table from "./iam-actions.json";

/** An action that IAM policies allow or deny. */
export interface Action {
    /** Without the prefix of its service, such as PutObject. */
    readonly name: string;
    /** The prefix of its service, such as s3. */
    readonly service: string;
    /** Whether its access level is Read or List: it changes nothing. */
    readonly onlyReads: boolean;
    /**
     * The ARN formats of the resources that it takes, with $P, $R and $A for the partition, Region and account of the
     * resource, and $X for any other part that varies. Empty: the action takes no resource, and statements that allow it
     * have to say "*".
     */
    readonly resources: readonly string[];
}

/** The names of actions, joined by spaces, by the positions of their ARN formats in the list of the service. */
type Group = Readonly<Record<string, string>>;

interface Packed {
    readonly resources: readonly string[];
    readonly reads: Group;
    readonly writes: Group;
}

const unpacked = new Map<string, readonly Action[]>();

/**
 * The actions of an IAM service prefix, such as s3, in whatever case; undefined where the table does not know it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function actionsOf(service: string): readonly Action[] | undefined {
    const prefix = service.toLowerCase();
    const actions = unpacked.get(prefix) ?? unpack(prefix, table.services);
    if (actions !== undefined) {
        unpacked.set(prefix, actions);
    }
    return actions;
}

function unpack(prefix: string, services: Readonly<Record<string, Packed>>): readonly Action[] | undefined {
    const packed = Object.hasOwn(services, prefix) ? services[prefix] : undefined;
    return (
        packed && [
            ...actionsIn(packed.reads, { service: prefix, onlyReads: true }, packed.resources),
            ...actionsIn(packed.writes, { service: prefix, onlyReads: false }, packed.resources),
        ]
    );
}

function actionsIn(
    group: Group,
    shared: Pick<Action, "service" | "onlyReads">,
    formats: readonly string[],
): readonly Action[] {
    return Object.entries(group).flatMap(([positions, names]) => {
        const taken = new Set(positions.split(" "));
        const resources = formats.filter((_, position) => taken.has(String(position)));
        return names.split(" ").map(name => ({ ...shared, name, resources }));
    });
}

/**
 * Whether an action is called with what an identity provider says instead of credentials of AWS. Such a caller has none of the keys of
 * principals; whose role it may assume bounds it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html
 */
export function isFederated({ service, name }: Pick<Action, "service" | "name">): boolean {
    return service === "sts" && /^AssumeRoleWith(?:SAML|WebIdentity)$/i.test(name);
}
