import type {
    EnforcementLevel,
    Policy as Metadata,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidation,
    StackValidation,
} from "@pulumi/policy";
import { Unseen } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { checkConfiguration } from "./configuration";
import { exempt, Exemptions } from "./exemptions";
import { report } from "./report";
import { type Run, runOf } from "./run";
import { failClosed, schemasOf, type Settings, strict, valueOf, type Values } from "./settings";
import { valuesOf } from "./untyped";

export { flag, texts, tierTags } from "./settings";

/** What a check may yield: a sentence about the subject, or a finding that says more. */
export interface Finding {
    readonly message: string;
    /** Blamed instead of the subject. */
    readonly on?: Resource;
    /** True of most such stacks, but not of all: advisory unless `strict` makes it count. */
    readonly probable?: true;
}

export function probable(message: string, on?: Resource): Finding {
    return { message, probable: true, ...(on && { on }) };
}

/** What every policy tells of itself. */
export interface Description extends Metadata {
    readonly displayName: string;
    readonly enforcementLevel: EnforcementLevel;
    readonly severity: NonNullable<Metadata["severity"]>;
    readonly tags: string[];
    readonly remediationSteps: string;
    readonly url: string;
}

export interface Rule<T extends Resource, S extends Settings> extends Description {
    readonly settings?: S;
    /** Whether the check has findings that are only probable. */
    readonly hasProbable?: true;
    /** What is judged, one at a time. */
    readonly subjects: (network: Network) => readonly T[];
    /** Yields what is wrong with the subject. What it reads and cannot see makes the subject undecided, or not judged. */
    readonly check: (subject: T, settings: Values<S>) => Iterable<string | Finding>;
}

/** One policy of the pack: it checks its configuration before anything exists, and judges the whole stack. */
export interface Policy extends Description {
    readonly configSchema: PolicyConfigSchema;
    readonly validateResource: ResourceValidation;
    readonly validateStack: StackValidation;
}

/** Makes a policy that Pulumi can run of a rule about the network. */
export function policy<T extends Resource, const S extends Settings>(rule: Rule<T, S>): Policy {
    const { settings: own, hasProbable, subjects, check, ...description } = rule;
    const settings: Settings = { ...own, exempt, ...(hasProbable && { strict }) };

    return {
        ...description,
        configSchema: { properties: schemasOf(settings) },
        validateResource: checkConfiguration(rule.name, Object.keys(settings)),
        validateStack: (args, reportViolation) => {
            const run = runOf(args);
            const config = args.getConfig();
            const values = valuesOf<S>(own, (setting, key) => valueOf(setting, key, config, run.settings));
            const exemptions = new Exemptions(
                valueOf(exempt, "exempt", config, {}),
                new Date().toISOString().slice(0, 10),
            );
            const isStrict = valueOf(strict, "strict", config, run.settings);

            for (const subject of subjects(run.network).filter(({ source }) => source.inThisRun)) {
                guarded(rule.name, subject, run, reportViolation, () => {
                    if (exemptions.cover(subject)) {
                        return;
                    }
                    for (const finding of check(subject, values)) {
                        const {
                            message,
                            on = subject,
                            probable,
                        }: Finding = typeof finding === "string" ? { message: finding } : finding;
                        if (probable && hasProbable === undefined) {
                            throw new Error("a probable finding of a policy that does not say that it has some");
                        }
                        if (on === subject || !exemptions.cover(on)) {
                            report(reportViolation, {
                                message: probable ? `Probable: ${message}` : message,
                                urn: on.urn,
                                ...(probable && !isStrict && { enforcementLevel: "advisory" }),
                            });
                        }
                    }
                });
            }
            for (const message of exemptions.stale(args.resources)) {
                report(reportViolation, { message, enforcementLevel: "advisory" });
            }
        },
    };
}

/** Judges one subject. What cannot be seen is noted; a fault of our own is reported, and never ends a deployment by itself. */
function guarded(
    policy: string,
    subject: Resource,
    run: Run,
    reportViolation: ReportViolation,
    judge: () => void,
): void {
    try {
        judge();
    } catch (e) {
        if (e instanceof Unseen) {
            run.notes.push({ policy, resource: subject, because: e.because });
        } else {
            report(reportViolation, {
                message: `Internal error of ${policy} on ${subject.toString()}: ${e instanceof Error ? e.message : String(e)}. Please report it.`,
                urn: subject.urn,
                enforcementLevel: valueOf(failClosed, "failClosed", run.settings, {}) ? "mandatory" : "advisory",
            });
        }
    }
}
