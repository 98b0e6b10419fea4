import { exceptionFor, type Configuration, type PolicySettings } from "./configuration";
import { compareViolations, type Judgement, type Violation } from "./judgement";
import type { Diagnostic, Pack } from "./pack";
import { isOwn, type Resource, type Stack } from "./resource";
import { parseUrn, stackType, stackUrn } from "./urn";

/** How many resources are under way at once: enough to keep the pack busy. */
const underWay = 16;

/**
 * Puts a stack to a configured policy pack as Pulumi's engine does: every resource by itself, in order, then all
 * together. Throws a Failure when the pack fails.
 *
 * @param settings the settings that the pack was configured with
 * @param progress is told what is under way
 */
export async function judge(
    pack: Pack,
    settings: ReadonlyMap<string, Required<PolicySettings>>,
    { exceptions }: Configuration,
    stack: Stack,
    progress: (text: string) => void,
): Promise<Judgement> {
    await pack.configureStack(stack);
    const { resources } = stack;
    const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
    const providerOf = (resource: Resource) => byUrn.get(resource.provider);
    const diagnostics: Diagnostic[] = [];
    let next = 0;
    const work = async () => {
        for (let resource = resources[next++]; resource !== undefined; resource = resources[next++]) {
            progress(`judging resource ${next} of ${resources.length}`);
            diagnostics.push(...(await pack.analyze(resource, providerOf(resource))));
        }
    };
    await Promise.all(Array.from({ length: underWay }, work));
    progress(`judging the stack of ${resources.length} resources`);
    diagnostics.push(...(await pack.analyzeStack(stack, providerOf)));

    const root = resources.find(resource => resource.type === stackType && resource.parent === "")?.urn;
    const rootUrn = root ?? stackUrn(stack.stack, stack.project);
    const policies = pack.info.policies
        .map(policy => ({ ...policy, level: settings.get(policy.name)?.level ?? policy.level }))
        .filter(policy => policy.level !== "disabled");
    const severities = new Map(policies.map(policy => [policy.name, policy.severity]));
    const violations = diagnostics
        .map((diagnostic): Violation => {
            const urn = byUrn.has(diagnostic.urn) ? diagnostic.urn : rootUrn;
            const { type, name } = parseUrn(urn) ?? { type: stackType, name: urn };
            return {
                policy: diagnostic.policy,
                level: diagnostic.level === "advisory" ? "advisory" : "mandatory",
                severity:
                    diagnostic.severity === "unspecified"
                        ? (severities.get(diagnostic.policy) ?? "unspecified")
                        : diagnostic.severity,
                message: withoutDescription(diagnostic),
                resource: { urn, type, name },
            };
        })
        .sort(compareViolations);
    const judged = violations.map(violation => ({
        violation,
        exception: exceptionFor(exceptions, violation.policy, violation.resource.urn),
    }));
    return {
        pack: { name: pack.info.name, version: pack.info.version },
        policies,
        resources: resources.filter(isOwn).length,
        violations: judged.flatMap(({ violation, exception }) => (exception ? [] : [violation])),
        exempted: judged.flatMap(({ violation, exception }) =>
            exception ? [{ ...violation, exception: { id: exception.id, reason: exception.reason } }] : [],
        ),
    };
}

/** The SDK writes the policy's description before most messages; the reports say it once, in its own place. */
function withoutDescription({ description, message }: Diagnostic): string {
    const start = `${description}\n`;
    return message.startsWith(start) ? message.slice(start.length) : message;
}
