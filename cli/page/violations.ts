import { acceptance, isExempted, plural, type Policy, type Severity, type Violation } from "../judgement";
import type { NetworkMap, VpcMap } from "../map";
import { html, link, type Html } from "./html";

/** The severities, the gravest first. */
export const severities: readonly Severity[] = ["critical", "high", "medium", "low", "unspecified"];

/** A severity as people read it. */
export function wordOf(severity: Severity): string {
    return severity === "unspecified" ? "no severity" : severity;
}

/** A sign of {@link marks}, which only shows what words say beside it. */
export function sign(name: string): Html {
    return html`<svg aria-hidden="true"><use href="#${name}"></use></svg>`;
}

/** A resource that violations concern. */
export interface Concerned {
    /** The id of its part of the list. */
    readonly id: string;
    readonly resource: Violation["resource"];
    readonly violations: readonly Violation[];
    /** The VPC that it is at home in; undefined for what is in none. */
    readonly vpc: VpcMap | undefined;
}

/** The resources that violations concern, the gravest first. */
export function concernedBy(
    groups: readonly (readonly [Violation["resource"], readonly Violation[]])[],
    map: NetworkMap | undefined,
): readonly Concerned[] {
    const vpcs = new Map(map?.vpcs.map(vpc => [vpc.id, vpc]));
    return groups
        .map(([resource, violations], index) => ({
            id: `r${index + 1}`,
            resource,
            violations: [...violations].sort((left, right) => rank(left) - rank(right)),
            vpc: vpcs.get(map?.homes.get(resource.urn) ?? ""),
        }))
        .sort((left, right) => worst(left.violations) - worst(right.violations));
}

function rank(violation: Violation): number {
    const byLevel = isExempted(violation) ? 2 : violation.level === "mandatory" ? 0 : 1;
    return byLevel * severities.length + severities.indexOf(violation.severity);
}

function worst(violations: readonly Violation[]): number {
    return Math.min(...violations.map(rank));
}

/** How a violation is marked: exempted ones count for nothing. */
function markOf(violation: Violation): string {
    return isExempted(violation) ? "exempted" : violation.severity;
}

/** A sign of how many violations a resource has, and of the gravest of them. The page's script keeps it up to date. */
export function badge({ id, violations }: Pick<Concerned, "id" | "violations">): Html {
    // The gravest comes first.
    const mark = markOf(violations.reduce(first => first));
    const words = plural(violations.length, "violation");
    return html`<span class="badge ${mark}" data-for="${id}"
        >${sign(`mark-${mark}`)}<span class="count" aria-hidden="true">${violations.length}</span
        ><span class="aside">, ${words}, at worst ${mark}</span></span
    >`;
}

/** What is held against some resources, resource by resource. */
export function violationList(
    concerned: readonly Concerned[],
    policyOf: (name: string) => Policy,
    backTo: (one: Concerned) => string | undefined,
): Html {
    return html`${concerned.map(one => {
        const { id, resource, violations } = one;
        const back = backTo(one);
        const place = resource.source === undefined ? "" : `${resource.source.file}:${resource.source.line}`;
        return html`<article class="concerned" id="${id}" tabindex="-1" aria-labelledby="${id}-name">
            <header>
                <h4 id="${id}-name"><span class="name">${resource.name}</span> <code>${resource.type}</code></h4>
                ${place === "" ? undefined : html`<span class="source">${place}</span>`}
                ${
                    back === undefined
                        ? undefined
                        : html`<a class="back" href="#${back}"
                              >Show on the map<span class="aside">: ${resource.name}</span></a
                          >`
                }
            </header>
            <ul>
                ${violations.map(violation => violationItem(violation, policyOf(violation.policy)))}
            </ul>
        </article>`;
    })}`;
}

function violationItem(violation: Violation, { remediationSteps: remedy, url }: Policy): Html {
    const mark = markOf(violation);
    const label = isExempted(violation) ? "exempted" : violation.level;
    return html`<li
        class="violation ${mark}"
        data-policy="${violation.policy}"
        data-severity="${violation.severity}"
        data-mark="${mark}"
    >
        <p class="head">
            <span class="mark ${mark}">${sign(`mark-${mark}`)}${wordOf(violation.severity)}</span>
            <span class="level ${label}">${label}</span>
            <span class="policy">${violation.policy}</span>
        </p>
        <p class="message">${violation.message}</p>
        ${
            isExempted(violation)
                ? html`<p class="remedy"><b>Accepted:</b> ${acceptance(violation.exception)}</p>`
                : remedy === "" && url === ""
                  ? undefined
                  : html`<p class="remedy">
                        ${remedy === "" ? undefined : html`<b>To do:</b> ${remedy}`}
                        ${url === "" ? undefined : link(url, "Read more")}
                    </p>`
        }
    </li>`;
}

/** The signs that stand for severities: a shape for each, so that nobody has to tell colours apart. */
export const marks = html`<svg class="aside" aria-hidden="true">
    <symbol id="mark-critical" viewBox="0 0 16 16">
        <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
        <path class="ink" d="M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6" />
    </symbol>
    <symbol id="mark-high" viewBox="0 0 16 16">
        <path d="M8 1.5L15.5 15H.5z" />
        <path class="ink" d="M8 6.5v4m0 1.6v.9" />
    </symbol>
    <symbol id="mark-medium" viewBox="0 0 16 16"><path d="M8 .8L15.2 8 8 15.2.8 8z" /></symbol>
    <symbol id="mark-low" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" /></symbol>
    <symbol id="mark-unspecified" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" rx="2" /></symbol>
    <symbol id="mark-exempted" viewBox="0 0 16 16"><circle class="hollow" cx="8" cy="8" r="6" /></symbol>
    <symbol id="icon-public" viewBox="0 0 16 16">
        <g class="stroke">
            <circle cx="8" cy="8" r="6.3" />
            <path d="M1.7 8h12.6M8 1.7c4 3.6 4 9 0 12.6M8 1.7c-4 3.6-4 9 0 12.6" />
        </g>
    </symbol>
    <symbol id="icon-private" viewBox="0 0 16 16">
        <g class="stroke"><path d="M8 1.5l5.5 2v4.3c0 3.3-2.3 5.6-5.5 6.7-3.2-1.1-5.5-3.4-5.5-6.7V3.5z" /></g>
    </symbol>
    <symbol id="icon-isolated" viewBox="0 0 16 16">
        <g class="stroke">
            <rect x="3" y="7" width="10" height="7" rx="1.5" />
            <path d="M5 7V5a3 3 0 0 1 6 0v2" />
        </g>
    </symbol>
    <symbol id="icon-unknown" viewBox="0 0 16 16">
        <g class="stroke"><path d="M5.5 5.8a2.6 2.6 0 1 1 3.9 2.3c-.9.5-1.4 1-1.4 2.1M8 12.6v.9" /></g>
    </symbol>
    <symbol id="icon-table" viewBox="0 0 16 16">
        <g class="stroke">
            <rect x="1.8" y="2.5" width="12.4" height="11" rx="1.5" />
            <path d="M1.8 6.3h12.4M1.8 9.9h12.4M6.3 6.3v7.2" />
        </g>
    </symbol>
    <symbol id="icon-gateway" viewBox="0 0 16 16">
        <g class="stroke"><path d="M1.8 8h9.4M8 4.5L11.5 8 8 11.5M14.2 2.5v11" /></g>
    </symbol>
    <symbol id="icon-internet" viewBox="0 0 16 16">
        <g class="stroke"><path d="M4.5 12.5a3 3 0 0 1-.3-6 4.2 4.2 0 0 1 8.1.7 2.7 2.7 0 0 1-.3 5.3z" /></g>
    </symbol>
    <symbol id="icon-vpc" viewBox="0 0 16 16">
        <g class="stroke"><rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" stroke-dasharray="3 2" /></g>
    </symbol>
    <symbol id="icon-endpoint" viewBox="0 0 16 16">
        <g class="stroke">
            <circle cx="4.2" cy="8" r="2.4" />
            <path d="M6.6 8h4" />
            <path d="M10.6 4.6h3.6v6.8h-3.6z" />
        </g>
    </symbol>
    <symbol id="icon-other" viewBox="0 0 16 16">
        <g class="stroke"><rect x="2.5" y="2.5" width="11" height="11" rx="2" /></g>
    </symbol>
    <symbol id="icon-out" viewBox="0 0 16 16">
        <g class="stroke">
            <path d="M9 2.5h4.5V7M13.3 2.7L7 9M6.5 3.5h-3a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3" />
        </g>
    </symbol>
</svg>`;

/** The counts of violations by severity, the gravest first. */
export function countsOf(violations: readonly Violation[]): readonly (readonly [Severity, number])[] {
    return severities
        .map(severity => [severity, violations.filter(violation => violation.severity === severity).length] as const)
        .filter(([, count]) => count > 0);
}
