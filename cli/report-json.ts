import { count, type Judgement, type Violation } from "./judgement";

/** The judgement as JSON, for programs: always the same text for the same judgement. */
export function reportJson(judgement: Judgement): string {
    const { violations, exempted, resources, policies } = judgement;
    const report = {
        violations: violations.map(violationJson),
        ...(exempted.length > 0 && {
            exempted: exempted.map(violation => ({ ...violationJson(violation), exception: violation.exception })),
        }),
        summary: {
            mandatory: count(judgement, "mandatory"),
            advisory: count(judgement, "advisory"),
            ...(resources !== undefined && { resources, policies: policies.length }),
        },
    };
    return `${JSON.stringify(report, undefined, 4)}\n`;
}

function violationJson({ policy, level, severity, message, resource }: Violation): Violation {
    return { policy, level, severity, message, resource };
}
