import { exceptionFor, type Configuration, type PolicySettings } from "./configuration";
import { withExemption } from "./exempted";
import { isExempted, sorted, withoutDescription, type Judgement, type Policy, type Violation } from "./judgement";
import type { Diagnostic, Pack } from "./pack";
import { isOwn, type Resource, type Stack } from "./resource";
import { stackResource, stackType } from "./urn";

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

    const root =
        resources.find(({ type, parent }) => type === stackType && parent === "") ??
        stackResource(stack.stack, stack.project);
    const policies = pack.info.policies.flatMap(policy => {
        const level = settings.get(policy.name)?.level;
        return level === undefined || level === "disabled" ? [] : [{ ...policy, level }];
    });
    const byName = new Map(policies.map(policy => [policy.name, policy]));
    const found = diagnostics.map((diagnostic): Violation => {
        const { urn, type, name, source }: Violation["resource"] = byUrn.get(diagnostic.urn) ?? root;
        return violationOf(diagnostic, { urn, type, name, ...(source && { source }) }, byName.get(diagnostic.policy));
    });
    return {
        pack: { name: pack.info.name, version: pack.info.version },
        policies,
        resources: resources.filter(isOwn).length,
        ...sorted(
            found.map(violation => {
                const excuse = exceptionFor(exceptions, violation.policy, violation.resource.urn);
                return excuse === undefined || isExempted(violation)
                    ? violation
                    : { ...violation, exception: { id: excuse.id, reason: excuse.reason } };
            }),
        ),
    };
}

function violationOf(diagnostic: Diagnostic, resource: Violation["resource"], policy: Policy | undefined): Violation {
    const violation: Violation = {
        policy: diagnostic.policy,
        level: diagnostic.level === "advisory" ? "advisory" : "mandatory",
        severity: diagnostic.severity === "unspecified" ? (policy?.severity ?? "unspecified") : diagnostic.severity,
        message: withoutDescription(diagnostic.message, diagnostic.description),
        resource,
    };
    return withExemption(violation, policy);
}
