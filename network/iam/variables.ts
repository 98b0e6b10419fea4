/**
 * A text with something put for each of its policy variables, given what stands between its braces.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function withVariables(text: string, put: (inside: string) => string): string {
    let [made, done] = ["", 0];
    // An expression would try the rest of the text anew for each variable that is not closed.
    for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
        const end = text.indexOf("}", start);
        if (end < 0) {
            break;
        }
        made += text.slice(done, start) + put(text.slice(start + 2, end));
        done = end + 1;
    }
    return made + text.slice(done);
}

/** What stands between the braces of each policy variable of a text. */
export function variablesIn(text: string): readonly string[] {
    const found: string[] = [];
    withVariables(text, inside => {
        found.push(inside);
        return "";
    });
    return found;
}
