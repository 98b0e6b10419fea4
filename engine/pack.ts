import type { PolicyConfigSchema } from "@pulumi/policy";
import { Outside, Pending } from "../network/knowledge";
import { listed } from "../network/resource";
import { checkConfiguration, stackType } from "./configuration";
import { handConfiguration, note } from "./ledger";
import type { Description, Policy } from "./policy";
import { report } from "./report";
import { runOf } from "./run";
import { accounts, failClosed, flag, organizations, prices, schemasOf, strict, tierTags, valueOf } from "./settings";

/** The settings of the whole pack. */
const packWide = { tags: tierTags, organizations, accounts, prices, strict, failClosed };

/**
 * The policy that is first in the pack: it hands its settings to the others, and notes which properties the author set. It speaks only of a
 * configuration that is wrong.
 */
export function packSettings<const Name extends string>(description: Description<Name>): Policy<Name> {
    const check = checkConfiguration(description.name, Object.keys(packWide));
    return {
        ...description,
        configSchema: schema(packWide),
        validateResource: (args, reportViolation) => {
            note(args.urn, args.props);
            handConfiguration(args.getConfig());
            return args.type === stackType ? check(args, reportViolation) : undefined;
        },
        validateStack: args => {
            handConfiguration(args.getConfig());
        },
    };
}

const outside = flag("Whether VPCs outside the stack are listed, of which nothing is judged.", true);

/** The policy that is last in the pack: it says in one line for each resource what the others could not tell, and why. */
export function undecided<const Name extends string>(description: Description<Name>): Policy<Name> {
    return {
        ...description,
        configSchema: schema({ outside }),
        validateResource: checkConfiguration(description.name, ["outside"]),
        validateStack: (args, reportViolation) => {
            const notes = runOf(args).notes;
            const pending = notes.filter(({ because }) => because instanceof Pending);
            for (const [urn, ofResource] of group(pending, ({ resource }) => resource.urn)) {
                const waiting = [...group(ofResource, ({ because }) => because.what)].map(
                    ([what, all]) => `${what.replace(/,$/, "")} (for ${listed(all.map(({ policy }) => policy))})`,
                );
                report(reportViolation, { message: `Undecided, since it is not known: ${waiting.join("; ")}.`, urn });
            }
            if (valueOf(outside, "outside", args.getConfig(), {})) {
                const beyond = notes.flatMap(one =>
                    one.because instanceof Outside && one.because.vpc !== undefined
                        ? [{ ...one, vpc: one.because.vpc }]
                        : [],
                );
                for (const [vpc, of] of group(beyond, one => one.vpc)) {
                    const [resources, policies] = [
                        of.map(({ resource }) => resource.toString()),
                        of.map(({ policy }) => policy),
                    ];
                    report(reportViolation, {
                        message: `VPC ${vpc} is not in this stack: ${listed(resources)} cannot be judged by ${listed(policies)}.`,
                    });
                }
            }
        },
    };
}

function schema(settings: Parameters<typeof schemasOf>[0]): PolicyConfigSchema {
    return { properties: schemasOf(settings) };
}

function group<T>(items: readonly T[], by: (item: T) => string): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const item of items) {
        groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
    }
    return groups;
}
