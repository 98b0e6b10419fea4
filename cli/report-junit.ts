import {
    acceptance,
    byResource,
    isExempted,
    policiesOf,
    type Judgement,
    type Policy,
    type Violation,
} from "./judgement";
import { parseUrn } from "./urn";

/** One test of the report: what a policy says of one resource, or of all when it has nothing to say. */
interface TestCase {
    readonly name: string;
    readonly failures: readonly Violation[];
    /** What is told of a test that passes, or beside its failures: advisory and exempted violations. */
    readonly others: readonly Violation[];
}

/**
 * The judgement as JUnit XML, for the test reports of CI systems: a suite for each policy, with a test for each resource
 * that it blames. A mandatory violation is a failure, an advisory one is told in the output of a test that passes, and
 * where everything is exempted the test is skipped.
 */
export function reportJunit(judgement: Judgement): string {
    const suites = policiesOf(judgement).map(policy => ({ policy, cases: casesOf(policy, judgement) }));
    const lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="${xml(judgement.pack.name)}" ${totalsOf(suites.flatMap(({ cases }) => cases))}>`,
        ...suites.flatMap(({ policy, cases }) => [
            `    <testsuite name="${xml(policy.name)}" ${totalsOf(cases)}>`,
            ...cases.map(one => testCase(policy, one)),
            "    </testsuite>",
        ]),
        "</testsuites>",
    ];
    return `${lines.join("\n")}\n`;
}

function casesOf({ name, description }: Policy, { violations, exempted }: Judgement): readonly TestCase[] {
    const own = ({ policy }: Violation) => policy === name;
    const blamed = byResource({ violations: violations.filter(own), exempted: exempted.filter(own) });
    if (blamed.length === 0) return [{ name: description === "" ? name : description, failures: [], others: [] }];
    return blamed.map(([{ urn }, found]) => {
        const fails = (violation: Violation) => violation.level === "mandatory" && !isExempted(violation);
        return {
            name: titleOf(urn),
            failures: found.filter(fails),
            others: found.filter(violation => !fails(violation)),
        };
    });
}

/** Type and name of a resource; the types of its parents tell apart what would have the same title. */
function titleOf(urn: string): string {
    const parts = parseUrn(urn);
    return parts === undefined ? urn : `${parts.qualifiedType} ${parts.name}`;
}

function testCase(policy: Policy, one: TestCase): string {
    const { name, failures, others } = one;
    const source = [...failures, ...others][0]?.resource.source;
    const place = source === undefined ? "" : ` file="${xml(source.file)}" line="${source.line}"`;
    const start = `        <testcase classname="${xml(policy.name)}" name="${xml(name)}"${place}`;
    const help = [policy.remediationSteps, policy.url].filter(text => text !== "");
    const [failure] = failures;
    const [skipped] = isSkipped(one) ? others.filter(isExempted) : [];
    const messages = failures.map(({ message }) => message);
    const lines = [
        ...(failure === undefined
            ? []
            : [
                  `<failure message="${xml(messages.join(" "))}" type="${failure.severity}">` +
                      `${xml([...messages, ...help].join("\n"))}</failure>`,
              ]),
        ...(skipped === undefined ? [] : [`<skipped message="${xml(acceptance(skipped.exception))}"/>`]),
        ...(others.length === 0 ? [] : [`<system-out>${xml(others.map(told).join("\n\n"))}</system-out>`]),
    ];
    return lines.length === 0
        ? `${start}/>`
        : [`${start}>`, ...lines.map(line => `            ${line}`), "        </testcase>"].join("\n");
}

function told(violation: Violation): string {
    return isExempted(violation)
        ? `Exempted: ${violation.message}\nAccepted: ${acceptance(violation.exception)}`
        : `Advisory: ${violation.message}`;
}

/** Whether everything that is said of a resource is exempted. */
function isSkipped({ failures, others }: TestCase): boolean {
    return failures.length === 0 && others.length > 0 && others.every(isExempted);
}

function totalsOf(cases: readonly TestCase[]): string {
    const failures = cases.filter(one => one.failures.length > 0).length;
    return `tests="${cases.length}" failures="${failures}" errors="0" skipped="${cases.filter(isSkipped).length}"`;
}

/** A text as XML may hold it, in an element or an attribute; characters that XML has no place for are left out. */
function xml(text: string): string {
    return text
        .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;");
}
