/** HTML that is safe to put into a page. */
export class Html {
    constructor(readonly text: string) {}
}

type Part = string | number | undefined | Html | readonly Html[];

/** Makes HTML of a template: whatever is put into it shows as the text that it is, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
    return new Html(strings.map((text, index) => (index === 0 ? text : `${write(parts[index - 1])}${text}`)).join(""));
}

function write(part: Part): string {
    if (part === undefined) return "";
    if (part instanceof Html) return part.text;
    return typeof part === "object" ? part.map(({ text }) => text).join("") : escape(String(part));
}

/** A text as HTML, in an element or an attribute in quotes. What HTML cannot hold shows as the character for that. */
function escape(text: string): string {
    return text
        .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;");
}

/** A link, or the text alone where the address is none of the web. */
export function link(address: string, text: string): Html {
    return /^https?:\/\//i.test(address)
        ? html`<a href="${address}" rel="noreferrer" target="_blank">${text}</a>`
        : html`${text}`;
}

/** Several texts of HTML with another one between them. */
export function joined(parts: readonly Html[], separator: string): Html {
    return new Html(parts.map(({ text }) => text).join(separator));
}
