import type { PolicyConfigSchema, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { Outside, Pending } from "../network/knowledge";
import { listed } from "../network/resource";
import { checkConfiguration, stackType } from "./configuration";
import { guarded } from "./faults";
import { group } from "./group";
import { handConfiguration, note } from "./ledger";
import type { Description, Policy } from "./policy";
import { report } from "./report";
import { readingAlone, runOf, tellUnread } from "./run";
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
        validateResource: guarded(description.name, (args: ResourceValidationArgs, reportViolation) => {
            note(args.urn, args.props);
            handConfiguration(args.getConfig());
            if (args.type === stackType) {
                void check(args, reportViolation);
            } else {
                tellUnread(description.name, readingAlone(args), reportViolation);
            }
        }),
        validateStack: guarded(description.name, (args: StackValidationArgs, reportViolation) => {
            handConfiguration(args.getConfig());
            tellUnread(description.name, runOf(args), reportViolation);
        }),
    };
}

const outside = flag("Whether VPCs outside the stack are listed, of which nothing is judged.", true);

/** The policy that is last in the pack: it says in one line for each resource what the others could not tell, and why. */
export function undecided<const Name extends string>(description: Description<Name>): Policy<Name> {
    return {
        ...description,
        configSchema: schema({ outside }),
        validateResource: checkConfiguration(description.name, ["outside"]),
        validateStack: guarded(description.name, (args: StackValidationArgs, reportViolation) => {
            const run = runOf(args);
            tellUnread(description.name, run, reportViolation);
            const notes = run.notes;
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
        }),
    };
}

function schema(settings: Parameters<typeof schemasOf>[0]): PolicyConfigSchema {
    return { properties: schemasOf(settings) };
}
