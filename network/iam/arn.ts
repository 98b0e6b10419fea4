import { common, differAtAnEnd, matches } from "../glob";
import { fill, strangeAccounts, stranger } from "./unnamed";

type Parts = readonly [arn: string, partition: string, service: string, region: string, account: string, name: string];

/**
 * The six parts of an ARN, of which the last has colons of its own; wildcards for those that a pattern lacks.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function partsOf(text: string): Parts {
    const all = text.includes("${") ? splitBesideVariables(text) : text.split(":");
    const [arn = "*", partition = "*", service = "*", region = "*", account = "*", ...name] = all;
    return [arn, partition, service, region, account, name.length === 0 ? "*" : name.join(":")];
}

/** The parts between colons, but for those within variables, which part nothing: behind them comes a closing brace. */
function splitBesideVariables(text: string): readonly string[] {
    const parts: string[] = [];
    let [end, isWithin] = [text.length, false];
    for (let at = text.length - 1; at >= 0; at--) {
        const character = text[at];
        if (character === "{" || character === "}") {
            isWithin = character === "}";
        } else if (character === ":" && !isWithin) {
            parts.push(text.slice(at + 1, end));
            end = at;
        }
    }
    parts.push(text.slice(0, end));
    return parts.reverse();
}

function isComplete(pattern: string): boolean {
    return /^(?:[^:]*:){5}/.test(pattern);
}

/**
 * Whether AWS says what a pattern of ARNs means in every policy. Patterns of fewer than six parts it completes, but in identity policies, and
 * variables it takes in the last part alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function isClear(pattern: string): boolean {
    return (
        isComplete(pattern) &&
        !partsOf(pattern)
            .slice(0, 5)
            .some(part => part.includes("${"))
    );
}

/** The account that an ARN or a pattern of ARNs names, if it names one. */
export function accountIn(arn: string): string | undefined {
    const [, , , , account] = partsOf(arn);
    return /^\d{12}$/.test(account) ? account : undefined;
}

/** The name of the bucket or table that an ARN is of. */
export function nameIn(arn: string): string {
    const [, , , , , name] = partsOf(arn);
    const [first = "", second = ""] = name.split("/");
    return first === "table" ? second : first;
}

/** Whether an ARN matches a pattern, part by part: a wildcard does not reach beyond a colon, but in the last. */
export function matchesArn(pattern: string, arn: string): boolean {
    // What matches by parts matches as a whole, which takes less time to tell.
    if (isComplete(pattern) && !matches(pattern, arn)) {
        return false;
    }
    const given = partsOf(arn);
    return partsOf(pattern).every((part, index) => matches(part, given[index] ?? ""));
}

/** A pattern of ARNs that match both patterns; undefined if there are none. */
export function commonArn(one: string, other: string): string | undefined {
    if (!isComplete(one) || !isComplete(other)) {
        return common(one, other);
    }
    // What has nothing in common as a whole has nothing by parts, which take longer to tell.
    if (differAtAnEnd(one, other)) {
        return undefined;
    }
    const others = partsOf(other);
    const parts = partsOf(one).map((part, index) => common(part, others[index] ?? ""));
    return parts.includes(undefined) ? undefined : parts.join(":");
}

/** The ARN of somebody in an account whom a pattern matches; undefined if it matches nobody there. */
export function principalIn(account: string, pattern: string): string | undefined {
    const whole = isComplete(pattern) ? pattern : common(pattern, `arn:aws:iam::${account}:*`);
    if (whole === undefined) {
        return undefined;
    }
    const [arn, partition, service, region, owner, name] = partsOf(whole);
    const own = within(owner, account);
    const parts = [arn, like(partition, "aws"), like(service, "iam"), fill(region, ""), own, fill(name)];
    return parts.includes(undefined) ? undefined : parts.join(":");
}

/**
 * What tells the ARNs of one format that a pattern matches, with and without something in place of its wildcards.
 * @param format one of those that an action takes.
 * @param account whose the resource is; anybody's if left out.
 */
export function instancesOf(format: string, account: string | undefined): (pattern: string) => readonly string[] {
    const [, , ofService, ofRegion, ofAccount, ofName] = partsOf(format);
    const names = namesOf(ofName);
    return pattern => {
        const [arn, partition, service, region, owner, name] = partsOf(pattern);
        const front = [
            within(arn, "arn"),
            like(partition, "aws"),
            isOpen(ofService) ? like(service, stranger) : within(service, ofService),
            isOpen(ofRegion) ? like(region, "us-east-1") : within(region, ofRegion),
            !isOpen(ofAccount)
                ? within(owner, ofAccount)
                : account === undefined
                  ? like(owner, strangeAccounts[0])
                  : within(owner, account),
        ];
        return front.includes(undefined) ? [] : names(name).map(one => [...front, one].join(":"));
    };
}

/** Whether the ARNs of a format name the account of the resource. */
export function namesAccount(format: string): boolean {
    const [, , , , account] = partsOf(format);
    return isOpen(account);
}

/** The name in an ARN of one format that a pattern for all of them matches. */
export function anyNameOf(format: string): string {
    const [, , , , , name] = partsOf(format);
    return filled(name, stranger);
}

function filled(format: string, text: string): string {
    return format.replace(/\$[PRAX]/g, text);
}

/** What tells the names of one format that a pattern matches. */
function namesOf(format: string): (pattern: string) => readonly string[] {
    const expression = expressionOf(format);
    const anything = filled(format, stranger);
    const open = filled(format, "?*");
    return pattern => {
        const something = common(fill(pattern, "*"), open);
        const fillings = [stranger, `${stranger}/${stranger}`, `/${stranger}`, ""];
        const names = [
            ...(matches(fill(pattern, "*"), anything) ? [anything] : []),
            ...fillings.map(filling => fill(pattern, filling)),
            ...(something === undefined ? [] : [fill(something)]),
        ];
        return [...new Set(names)].filter(name => expression.test(name));
    };
}

/** What matches the names of a format. There is no slash in what one ends, nor in a name that is nothing but what varies, such as a bucket's. */
function expressionOf(format: string): RegExp {
    const pattern = format
        .replace(/[.+?^()[\]{}|\\*]/g, "\\$&")
        .replace(/\$[PRAX]/g, (placeholder, at: number, whole: string) => {
            const next = whole.charAt(at + placeholder.length);
            return next === "/" || whole === placeholder ? "[^/:]+" : next === "" ? ".+" : "[^:]+";
        });
    return new RegExp(`^${pattern}$`);
}

/** Whether a part of a format is not the same in all ARNs of the format. */
function isOpen(part: string): boolean {
    return part.startsWith("$");
}

/** A text, if a pattern matches it. */
function within(pattern: string, text: string): string | undefined {
    return matches(fill(pattern, "*"), text) ? text : undefined;
}

/** A text, if a pattern matches it; otherwise what it matches, with the text for its wildcards; undefined if that is nothing. */
function like(pattern: string, text: string): string | undefined {
    const filled = within(pattern, text) ?? fill(pattern, text);
    return filled === "" ? undefined : filled;
}
