import { later } from "../memo";
import { regions } from "../service";

/** What AWS puts behind the Region in the names of the buckets of Patch Manager's documents. */
const documentSuffixes: ReadonlyMap<string, string> = new Map([
    ["af-south-1", "bdd5f65a9"],
    ["ap-east-1", "632356271"],
    ["ap-northeast-1", "4849fa78f"],
    ["ap-northeast-2", "10467995c"],
    ["ap-northeast-3", "67373598a"],
    ["ap-south-1", "cb7c62ff9"],
    ["ap-south-2", "32f4b4128"],
    ["ap-southeast-1", "7fdfd9ef7"],
    ["ap-southeast-2", "17283a275"],
    ["ap-southeast-3", "aa48fc462"],
    ["ap-southeast-4", "01e2c40d3"],
    ["ca-central-1", "3148e69e3"],
    ["ca-west-1", "9e3a4b2f9"],
    ["eu-central-1", "9163fdaaf"],
    ["eu-central-2", "184ce43c8"],
    ["eu-north-1", "795879e9b"],
    ["eu-south-1", "c52f3f594"],
    ["eu-south-2", "a4cf248b1"],
    ["eu-west-1", "5522fb710"],
    ["eu-west-2", "902a2bc74"],
    ["eu-west-3", "29bf85721"],
    ["il-central-1", "e221cb57b"],
    ["me-central-1", "2932f2f80"],
    ["me-south-1", "a53fc9dce"],
    ["sa-east-1", "ddf4b6a09"],
    ["us-east-1", "1970c647d"],
    ["us-east-2", "552881074"],
    ["us-west-1", "8badb4304"],
    ["us-west-2", "34d7f99f8"],
]);

/** The same for the snapshots of patch baselines; where there is none, the name ends with the Region. */
const snapshotSuffixes: ReadonlyMap<string, string> = new Map([
    ["af-south-1", "tbxdb5b9"],
    ["ap-south-2", "50209442"],
    ["ap-southeast-3", "be0a3174"],
    ["ap-southeast-4", "dc6f76ce"],
    ["eu-south-2", "df2c9d70"],
    ["me-south-1", "uduvl7q8"],
]);

/** The bucket of the snapshots of patch baselines in a Region. */
export function snapshotBucketOf(region: string): string {
    const suffix = snapshotSuffixes.get(region);
    return `patch-baseline-snapshot-${region}${suffix === undefined ? "" : `-${suffix}`}`;
}

/**
 * The buckets that instances read to patch themselves. Anybody may have one whose name only looks like that.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
 */
export const patchBuckets = later(
    (): ReadonlySet<string> =>
        new Set([
            ...regions().map(snapshotBucketOf),
            ...[...documentSuffixes].flatMap(([region, suffix]) => [
                `aws-patch-manager-${region}-${suffix}`,
                `aws-patchmanager-macos-${region}-${suffix}`,
            ]),
        ]),
);
