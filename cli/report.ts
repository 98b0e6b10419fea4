import type { Judgement } from "./judgement";
import { reportJson } from "./report-json";
import { reportJunit } from "./report-junit";
import { reportMarkdown } from "./report-markdown";
import { reportSarif } from "./report-sarif";
import { reportText, type TextStyle } from "./report-text";
import type { NetworkMap } from "./map";

/** The formats of reports, by the names that the command line has for them. */
export const formats = ["text", "json", "sarif", "junit", "markdown", "html"] as const;
export type Format = (typeof formats)[number];

/** Whether there is a format of this name. */
export function isFormat(name: string): name is Format {
    return formats.some(format => format === name);
}

/**
 * A judgement in a format.
 *
 * @param map the network, for the formats that draw it; it is asked for by no other
 */
export async function reportAs(
    format: Format,
    judgement: Judgement,
    style: TextStyle,
    map: () => Promise<NetworkMap | undefined>,
): Promise<string> {
    switch (format) {
        case "text":
            return reportText(judgement, style);
        case "json":
            return reportJson(judgement);
        case "sarif":
            return reportSarif(judgement);
        case "junit":
            return reportJunit(judgement);
        case "markdown":
            return reportMarkdown(judgement);
        case "html": {
            const { reportHtml } = await import("./report-html.js");
            return reportHtml(judgement, await map());
        }
    }
}
