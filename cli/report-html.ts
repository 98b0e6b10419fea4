import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { byResource, count, plural, policyNamed, summary, type Judgement, type Policy } from "./judgement";
import type { NetworkMap, VpcMap } from "./map";
import { figure, others, rules, type Concern } from "./page/figure";
import { html, Html } from "./page/html";
import { layoutOf, type Layout } from "./page/layout";
import { tables } from "./page/tables";
import {
    badge,
    concernedBy,
    countsOf,
    marks,
    severities,
    sign,
    violationList,
    wordOf,
    type Concerned,
} from "./page/violations";

/** What the parts of the page have in common. */
interface Page {
    readonly map: NetworkMap | undefined;
    readonly policyOf: (name: string) => Policy;
    readonly concerned: readonly Concerned[];
    readonly concern: Concern;
    /** The id of the box that shows a resource. */
    readonly boxOf: (one: Concerned) => string | undefined;
}

/**
 * The judgement as a page of HTML, for people: one file that needs nothing else and asks nothing of the network.
 *
 * @param map the network; undefined where it is not known: then the page shows the violations alone, and says so
 */
export async function reportHtml(judgement: Judgement, map: NetworkMap | undefined): Promise<string> {
    const [style, script] = await Promise.all([asset("page.css"), asset("page.js")]);
    const layouts = (map?.vpcs ?? []).map(vpc => [vpc, layoutOf(vpc)] as const);
    const concerned = concernedBy(byResource(judgement), map);
    const byUrn = new Map(concerned.map(one => [one.resource.urn, one]));
    const boxes = boxesOf(map);
    const page: Page = {
        map,
        policyOf: policyNamed(judgement),
        concerned,
        concern: urn => byUrn.get(urn ?? ""),
        boxOf: ({ id, resource, vpc }) => boxes.get(resource.urn) ?? (vpc && `o-${id}`),
    };
    const placed = layouts.map(([vpc, layout]) => rules(vpc, layout)).join("\n");
    const whole = `${style}\n${placed}`;
    const title = `${judgement.pack.name}${map === undefined ? "" : `: ${map.title}`}`;
    const document = html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(whole, script)}" />
                <meta name="color-scheme" content="light dark" />
                <title>${title}</title>
                ${raw("style", whole)}
            </head>
            <body>
                ${marks}
                <a class="skip" href="#content">Skip to the violations and maps</a>
                ${header(judgement, page, title)}
                <main id="content" tabindex="-1">
                    ${page.concerned.length === 0 ? html`<p class="note good">No policy holds anything against this stack.</p>` : undefined}
                    ${
                        map === undefined
                            ? html`<p class="note">
                                  No map: the engine's log of events does not tell how resources refer to each other.
                                  The commands preview and analyze draw one.
                              </p>`
                            : legend(map)
                    }
                    ${layouts.map(([vpc, layout]) => section(vpc, layout, page))} ${remaining(page)}
                    <p class="note" id="nothing" hidden>Nothing matches these filters.</p>
                </main>
                <footer><p>${judgement.pack.name} ${judgement.pack.version}</p></footer>
                ${raw("script", script)}
            </body>
        </html>`;
    return `${document.text.trim()}\n`;
}

/** The page's own style and script, which stand beside this module. */
function asset(file: string): Promise<string> {
    return readFile(join(__dirname, "page", "browser", file), "utf8");
}

/** Nothing is loaded and nothing sent; of scripts and styles only the page's own count, whatever gets into it. */
function contentSecurityPolicy(style: string, script: string): string {
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

/** Our own style or script, in which nothing of the stack stands. */
function raw(element: "style" | "script", text: string): Html {
    return new Html(`<${element}>${text}</${element}>`);
}

function boxesOf(map: NetworkMap | undefined): ReadonlyMap<string, string> {
    const boxes = new Map<string, string>();
    const places = (map?.vpcs ?? []).flatMap(vpc => [vpc, ...placesOf(vpc)]);
    // Of a VPC that others lead to, its own part of the page counts.
    for (const { urn, id } of [...(map?.vpcs ?? []), ...places]) {
        if (urn !== undefined && !boxes.has(urn)) boxes.set(urn, id);
    }
    return boxes;
}

function placesOf({ subnets, tables, gateways, endpoints }: VpcMap) {
    return [...subnets, ...tables, ...gateways, ...endpoints];
}

function header(judgement: Judgement, { map, concerned }: Page, title: string): Html {
    const counts = countsOf(judgement.violations);
    const tile = (number: number, words: string) => html`<li><b>${number}</b> ${words}</li>`;
    const endpoints = map?.vpcs.reduce((sum, vpc) => sum + vpc.endpoints.length, 0) ?? 0;
    return html`<header class="page">
        <h1>${title}</h1>
        <p class="summary">${summary(judgement)}</p>
        <ul class="tiles">
            ${tile(count(judgement, "mandatory"), "mandatory")} ${tile(count(judgement, "advisory"), "advisory")}
            ${judgement.exempted.length === 0 ? undefined : tile(judgement.exempted.length, "exempted")}
            ${counts.map(
                ([severity, number]) =>
                    html`<li class="mark ${severity}">
                        ${sign(`mark-${severity}`)}<b>${number}</b> ${wordOf(severity)}
                    </li>`,
            )}
            ${map === undefined ? undefined : tile(map.vpcs.length, map.vpcs.length === 1 ? "VPC" : "VPCs")}
            ${map === undefined ? undefined : tile(endpoints, endpoints === 1 ? "endpoint" : "endpoints")}
        </ul>
        ${concerned.length === 0 ? undefined : filters(map, concerned)} ${overview(map, concerned)}
    </header>`;
}

function filters(map: NetworkMap | undefined, concerned: readonly Concerned[]): Html {
    const violations = concerned.flatMap(one => one.violations);
    const number = (policy: string) => violations.filter(violation => violation.policy === policy).length;
    const speaking = [...new Set(violations.map(({ policy }) => policy))].sort();
    const vpcs = map?.vpcs ?? [];
    const found = severities.filter(severity => violations.some(violation => violation.severity === severity));
    const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;
    return html`<form id="filters" aria-label="Filters" hidden>
        <label
            >Policy
            <select name="policy">
                ${option("", "all policies")}${speaking.map(policy => option(policy, `${policy} (${number(policy)})`))}
            </select></label
        >
        <fieldset>
            <legend>Severity</legend>
            ${found.map(
                severity =>
                    html`<label class="check"
                        ><input type="checkbox" name="severity" value="${severity}" checked />
                        ${wordOf(severity)}</label
                    >`,
            )}
        </fieldset>
        ${
            vpcs.length < 2
                ? undefined
                : html`<label
                      >VPC
                      <select name="vpc">
                          ${option("", "all VPCs")}${vpcs.map(vpc => option(vpc.id, vpc.name))}${option("none", "in none of them")}
                      </select></label
                  >`
        }
        <button type="reset">Show all</button>
        <p role="status" id="shown"></p>
    </form>`;
}

/** The VPCs at a glance, where there are several. */
function overview(map: NetworkMap | undefined, concerned: readonly Concerned[]): Html {
    const vpcs = map?.vpcs ?? [];
    if (vpcs.length < 2) return html``;
    const card = (vpc: VpcMap) => {
        const violations = concerned.filter(one => one.vpc === vpc).flatMap(one => one.violations);
        const beyond = vpc.gateways.filter(({ noun }) => noun === "VPC").map(({ name }) => name);
        return html`<li>
            <a href="#${vpc.id}-section">
                <span class="name">${vpc.name}</span>
                <span class="line">${vpc.facts[0]}</span>
                <span class="line"
                    >${plural(vpc.subnets.length, "subnet")},
                    ${plural(vpc.endpoints.length, "endpoint")}${beyond.length === 0 ? "" : `; leads to ${beyond.join(", ")}`}</span
                >
                <span class="counts"
                    >${
                        violations.length === 0
                            ? "no violations"
                            : countsOf(violations).map(
                                  ([severity, number]) =>
                                      html`<span class="mark ${severity}"
                                          >${sign(`mark-${severity}`)}${number}<span class="aside">
                                              ${severity}
                                          </span></span
                                      >`,
                              )
                    }</span
                >
            </a>
        </li>`;
    };
    return html`<nav aria-label="VPCs">
        <ul class="overview">
            ${vpcs.map(card)}
        </ul>
    </nav>`;
}

function legend({ vpcs }: NetworkMap): Html {
    if (vpcs.length === 0) return html`<p class="note">No map: the stack has no VPC, subnet or endpoint.</p>`;
    const icon = (name: string, text: string) => html`<li>${sign(`icon-${name}`)}${text}</li>`;
    const line = (kind: string, text: string) =>
        html`<li>
            <svg class="sample lines" viewBox="0 0 34 16" aria-hidden="true">
                <path class="${kind}" d="M1 8L28 8M28 4L33 8L28 12" /></svg
            >${text}
        </li>`;
    return html`<section class="legend" aria-label="How to read the maps">
        <ul>
            ${icon("public", "public subnet")} ${icon("private", "private subnet")}
            ${icon("isolated", "isolated subnet")} ${icon("unknown", "role not known")}
            ${line("route", "takes the routes of, leads to")} ${line("endpoint", "is served by")}
            ${vpcs.some(vpc => vpc.subnets.some(({ escape }) => escape !== undefined)) ? line("route escape", "way out of an isolated subnet") : undefined}
        </ul>
        <p class="hint" hidden>In a map the arrow keys go from box to box, Enter opens what is held against it.</p>
    </section>`;
}

function section(vpc: VpcMap, layout: Layout, page: Page): Html {
    const { concern } = page;
    const concerned = page.concerned.filter(one => one.vpc === vpc);
    const drawn = new Set([vpc, ...placesOf(vpc)].map(({ urn }) => urn));
    const own = concern(vpc.urn);
    const escapes = vpc.subnets.flatMap(({ name, isolatedBy, escape }) =>
        (escape?.ways ?? []).map(way => ({ name, isolatedBy, way })),
    );
    const isEmpty = placesOf(vpc).length === 0;
    return html`<section
        class="vpc ${vpc.state}"
        id="${vpc.id}-section"
        data-vpc="${vpc.id}"
        aria-labelledby="${vpc.id}-title"
    >
        <header>
            <h2 id="${vpc.id}-title">${vpc.noun} <span class="name">${vpc.name}</span></h2>
            ${own === undefined ? undefined : html`<a class="box concerned own" id="${vpc.id}" href="#${own.id}"><span class="aside">Violations of ${vpc.noun} ${vpc.name}</span><span aria-hidden="true">of the VPC itself</span>${badge(own)}</a>`}
            <p class="facts">${vpc.facts.join(" · ")}</p>
        </header>
        ${isEmpty ? html`<p class="note">Nothing in it is in this stack.</p>` : figure(vpc, layout, concern)}
        ${
            escapes.length === 0
                ? undefined
                : html`<div class="escapes">
                      <h3>${sign("icon-out")}Ways out of isolated subnets</h3>
                      <ul>
                          ${escapes.map(
                              ({ name, isolatedBy, way }) =>
                                  html`<li>
                                      <b class="name">${name}</b> (${isolatedBy}):
                                      ${way.split(" → ").map((hop, index) => html`${index === 0 ? undefined : html` <span class="arrow">→</span> `}<span class="hop">${hop}</span>`)}
                                  </li>`,
                          )}
                      </ul>
                  </div>`
        }
        ${others(
            concerned.filter(({ resource }) => !drawn.has(resource.urn)),
            nounOf,
        )}
        ${
            concerned.length === 0
                ? html`<p class="note good">Nothing is held against this VPC and what is in it.</p>`
                : html`<h3>Violations</h3>
                      ${violationList(concerned, page.policyOf, page.boxOf)}`
        }
        ${
            isEmpty
                ? undefined
                : html`<details>
                      <summary>All of VPC ${vpc.name} as tables</summary>
                      ${tables(vpc, concern)}
                  </details>`
        }
    </section>`;
}

/** What is held against resources in no VPC, and against the stack as a whole. */
function remaining({ map, policyOf, concerned, boxOf }: Page): Html {
    const rest = concerned.filter(({ vpc }) => vpc === undefined);
    if (rest.length === 0) return html``;
    return html`<section class="vpc" data-vpc="none" aria-labelledby="rest-title">
        <header><h2 id="rest-title">${map === undefined ? "Violations" : "In none of the VPCs"}</h2></header>
        <h3>${map === undefined ? "By resource" : "Violations"}</h3>
        ${violationList(rest, policyOf, boxOf)}
    </section>`;
}

/** What a type is called, as far as its name tells: "aws:ec2/securityGroup:SecurityGroup" becomes "security group". */
function nounOf(type: string): string {
    return type
        .replace(/^.*:/s, "")
        .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
        .toLowerCase();
}
