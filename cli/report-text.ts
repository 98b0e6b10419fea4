import {
    acceptance,
    byResource,
    gravity,
    isExempted,
    policyNamed,
    summary,
    type Judgement,
    type Policy,
} from "./judgement";

/** How a text is to look. */
export interface TextStyle {
    /** The longest line, in characters. */
    readonly width: number;
    readonly colours: boolean;
}

type Colour = "bold" | "dim" | "red" | "yellow";

const codes: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
    bold: [1, 22],
    dim: [2, 22],
    red: [31, 39],
    yellow: [33, 39],
};

/**
 * The judgement as text, for people: for each resource what is wrong with it, why that matters and what to do about it;
 * last a line that sums up.
 */
export function reportText(judgement: Judgement, { width, colours }: TextStyle): string {
    const paint = (colour: Colour, text: string) => {
        const [on, off] = codes[colour];
        return colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    };
    const policyOf = policyNamed(judgement);
    const lines: string[] = [];
    for (const [{ type, name }, violations] of byResource(judgement)) {
        lines.push(paint("bold", `${type} ${name}`));
        for (const violation of violations) {
            const { level, policy } = violation;
            const colour = isExempted(violation) ? "dim" : level === "mandatory" ? "red" : "yellow";
            lines.push(
                `  ${paint(colour, gravity(violation))}  ${policy}`,
                ...block("", violation.message, width),
                ...(isExempted(violation)
                    ? block("Accepted: ", acceptance(violation.exception), width)
                    : explain(policyOf(policy), violation.message, width).map(line => paint("dim", line))),
                "",
            );
        }
    }
    lines.push(summary(judgement));
    return `${lines.join("\n")}\n`;
}

function explain(policy: Policy, message: string, width: number): readonly string[] {
    const parts: readonly (readonly [label: string, text: string])[] = [
        ["Why: ", policy.description === message ? "" : policy.description],
        ["Do:  ", policy.remediationSteps],
        ["See: ", policy.url],
    ];
    return parts.flatMap(([label, text]) => (text === "" ? [] : block(label, text, width)));
}

const indent = "    ";

/** A text wrapped to a width and indented, with a label before its first line. */
function block(label: string, text: string, width: number): readonly string[] {
    const rest = " ".repeat(label.length);
    return text
        .trim()
        .split("\n")
        .flatMap(paragraph => wrap(paragraph, Math.max(20, width - indent.length - label.length)))
        .map((line, index) => `${indent}${index === 0 ? label : rest}${line}`.trimEnd());
}

/** Breaks a line at spaces; its own indentation and words that are too long stay whole. */
function wrap(line: string, width: number): readonly string[] {
    const start = line.slice(0, line.length - line.trimStart().length);
    const lines: string[] = [];
    let current = start;
    for (const word of line.trim().split(/\s+/)) {
        if (current.trim() !== "" && current.length + 1 + word.length > width) {
            lines.push(current);
            current = start + word;
        } else {
            current += current.trim() === "" ? word : ` ${word}`;
        }
    }
    return [...lines, current];
}
