import type {
    EnforcementLevel,
    Policy as Metadata,
    PolicyConfigSchema,
    ReportViolation,
    ResourceRemediation,
    ResourceValidation,
    ResourceValidationArgs,
    StackValidation,
    StackValidationArgs,
} from "@pulumi/policy";
import { type Outside, type Pending, see, Unseen } from "../network/knowledge";
import type { Network } from "../network/network";
import type { Resource } from "../network/resource";
import { checkConfiguration, stackType } from "./configuration";
import { excuseOf, exempt, type Exemption, Exemptions } from "./exemptions";
import { fault, guarded } from "./faults";
import { packConfiguration } from "./ledger";
import { type Remedy, remediation } from "./remedy";
import { report, tellsExempted, type Violation } from "./report";
import { readingAlone, runOf, tellUnread } from "./run";
import { schemasOf, type Settings, strict, valueOf, type Values } from "./settings";
import { valuesOf } from "./untyped";

export { securityHub, wellArchitected } from "./frameworks";
export { accounts, choice, cidrs, count, flag, organizations, prices, texts, tierTags } from "./settings";

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

/** What a policy may be by default: it changes resources only where somebody asks for that. */
export type Level = Exclude<EnforcementLevel, "remediate">;

/** What every policy tells of itself. */
export interface Description<Name extends string = string> extends Metadata {
    readonly name: Name;
    readonly displayName: string;
    readonly enforcementLevel: Level;
    readonly severity: NonNullable<Metadata["severity"]>;
    readonly tags: string[];
    readonly remediationSteps: string;
    readonly url: string;
}

export interface Rule<T extends Resource, S extends Settings, Name extends string = string> extends Description<Name> {
    readonly settings?: S;
    /** Whether the check has findings that are only probable. */
    readonly hasProbable?: true;
    /** Which subjects show all by themselves: those are judged before they are created, by their inputs, and in account scans. */
    readonly alone?: (subject: NoInfer<T>) => boolean;
    /** What is changed at the level `remediate`. */
    readonly remedy?: Remedy<NoInfer<T>, Values<S>>;
    /** What is judged, one at a time. */
    readonly subjects: (network: Network) => readonly T[];
    /** Yields what is wrong with the subject. What it reads and cannot see makes the subject undecided, or not judged. */
    readonly check: (subject: T, settings: Values<S>, network: Network) => Iterable<string | Finding>;
}

/** One policy of the pack: it checks its configuration before anything exists, and judges the whole stack. */
export interface Policy<Name extends string = string> extends Description<Name> {
    readonly configSchema: PolicyConfigSchema;
    readonly validateResource: ResourceValidation;
    readonly remediateResource?: ResourceRemediation;
    /** What the level `remediate` sets, by property. */
    readonly remedies?: Readonly<Record<string, boolean>>;
    readonly validateStack: StackValidation;
}

/** Makes a policy that Pulumi can run of a rule about the network. */
export function policy<T extends Resource, const S extends Settings, const Name extends string>(
    rule: Rule<T, S, Name>,
): Policy<Name> {
    const { settings: own, hasProbable, alone, remedy, subjects, check, ...description } = rule;
    const settings: Settings = { ...own, exempt, ...(hasProbable && { strict }) };
    const checkSettings = checkConfiguration(rule.name, Object.keys(settings));

    const given = (config: object): { readonly values: Values<S>; readonly exemptions: Exemptions } => ({
        values: valuesOf<S>(own, (setting, key) => valueOf(setting, key, config, packConfiguration())),
        exemptions: new Exemptions(valueOf(exempt, "exempt", config, {}), new Date().toISOString().slice(0, 10)),
    });

    /** Judges every subject of a network, and says of each of them what is wrong, or what cannot be seen. */
    function judge({ network, lost }: Judged, config: object, say: Say<T>): Exemptions {
        const { values, exemptions } = given(config);
        const isStrict = valueOf(strict, "strict", config, packConfiguration());

        function* findings(subject: T): Iterable<Violation & { readonly on: Resource }> {
            for (const finding of check(subject, values, network)) {
                const {
                    message,
                    on = subject,
                    probable,
                }: Finding = typeof finding === "string" ? { message: finding } : finding;
                if (probable && hasProbable === undefined) {
                    throw new Error("a probable finding of a policy that does not say that it has some");
                }
                yield {
                    on,
                    message: probable ? `Probable: ${message}` : message,
                    urn: on.urn,
                    ...(probable && !isStrict && { enforcementLevel: "advisory" }),
                };
            }
        }

        function* unlessExempt(subject: T): Iterable<Violation> {
            const exemption = exemptions.covering(subject);
            if (exemption !== undefined) {
                yield* excused(subject, exemption);
                return;
            }
            for (const { on, ...violation } of findings(subject)) {
                const ofBlamed = on === subject ? undefined : exemptions.covering(on);
                yield { ...violation, ...(ofBlamed && { excuse: excuseOf(ofBlamed) }) };
            }
        }

        /** What an exempt subject would be blamed for. What cannot be seen of it matters to nobody. */
        function* excused(subject: T, exemption: Exemption): Iterable<Violation> {
            try {
                for (const { on, ...violation } of tellsExempted() ? findings(subject) : []) {
                    yield { ...violation, urn: on.urn, excuse: excuseOf(exemption) };
                }
            } catch {
                return;
            }
        }

        for (const subject of subjects(network).filter(({ source }) => source.inThisRun)) {
            try {
                see(lost);
                for (const violation of unlessExempt(subject)) {
                    say.violation(violation, subject);
                }
            } catch (e) {
                if (e instanceof Unseen) {
                    say.unseen(subject, e.because);
                } else {
                    say.violation(fault(rule.name, subject, e), subject);
                }
            }
        }
        return exemptions;
    }

    /** Where that cannot be told, because it is unseen or a fault, the subject is judged with the whole stack. */
    function speaksAlone(subject: T): boolean {
        try {
            return alone?.(subject) === true;
        } catch {
            return false;
        }
    }

    function judgeStack(args: StackValidationArgs, reportViolation: ReportViolation): void {
        const run = runOf(args);
        tellUnread(rule.name, run, reportViolation);
        const exemptions = judge(run, args.getConfig(), {
            violation: (violation, subject) => {
                if (!speaksAlone(subject)) {
                    report(reportViolation, violation);
                }
            },
            unseen: (resource, because) => run.notes.push({ policy: rule.name, resource, because }),
        });
        for (const message of exemptions.stale(run.resources)) {
            report(reportViolation, { message, enforcementLevel: "advisory" });
        }
    }

    function judgeAlone(args: ResourceValidationArgs, reportViolation: ReportViolation): void {
        const reading = readingAlone(args);
        tellUnread(rule.name, reading, reportViolation);
        judge(reading, args.getConfig(), {
            violation: (violation, subject) => {
                if (speaksAlone(subject)) {
                    report(reportViolation, violation);
                }
            },
            // What a resource by itself does not show is said when the whole stack is analysed.
            unseen: () => undefined,
        });
    }

    return {
        ...description,
        ...(remedy && {
            remedies: remedy.properties,
            remediateResource: remediation(remedy, subjects, given),
        }),
        configSchema: { properties: schemasOf(settings) },
        validateResource: alone
            ? (args, reportViolation) => {
                  const validate = args.type === stackType ? checkSettings : guarded(rule.name, judgeAlone);
                  return validate(args, reportViolation);
              }
            : checkSettings,
        validateStack: guarded(rule.name, judgeStack),
    };
}

/** A network, and why nothing can be told of it for certain, if there is a reason. */
interface Judged {
    readonly network: Network;
    readonly lost?: Pending | undefined;
}

interface Say<T> {
    readonly violation: (violation: Violation, subject: T) => void;
    readonly unseen: (subject: T, because: Pending | Outside) => void;
}
