import { plural } from "../judgement";
import type { EndpointPlace, GatewayPlace, Place, Shown, SubnetPlace, TablePlace, VpcMap } from "../map";
import { html, type Html } from "./html";
import type { Layout } from "./layout";
import type { Area } from "./lines";
import type { EndpointGroup } from "./links";
import { badge, sign, type Concerned } from "./violations";

/** Of a resource: what is held against it, if anything is. */
export type Concern = (urn: string | undefined) => Concerned | undefined;

/** Things in the order in which the map shows them, from the top. */
function inOrder<T extends { readonly id: string }>(things: readonly T[], { areas }: Layout): readonly T[] {
    const fromTop = [...areas].sort(([, one], [, other]) => one.y - other.y).map(([id]) => id);
    return [...things].sort((one, other) => fromTop.indexOf(one.id) - fromTop.indexOf(other.id));
}

/** The map of a VPC: boxes that are links, and lines between them. */
export function figure(vpc: VpcMap, layout: Layout, concern: Concern): Html {
    const group = (endpoints: EndpointGroup) =>
        html`<div class="group" id="${endpoints.id}" role="group" aria-labelledby="${endpoints.id}-title">
                <p id="${endpoints.id}-title">
                    <b>${endpoints.title}</b><span class="where" title="${endpoints.where}">${endpoints.where}</span>
                </p>
            </div>
            ${endpoints.endpoints.map(endpoint => endpointBox(endpoint, endpoints.id, concern))}`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Map of ${vpc.noun} ${vpc.name}">
        <div class="map" id="${vpc.id}-map" data-map>
            ${layout.zones.map(({ name }, index) => html`<div class="zone" id="${vpc.id}-zone-${index}"><span>${name}</span></div>`)}
            <svg class="lines" viewBox="0 0 ${layout.width} ${layout.height}" aria-hidden="true">
                ${layout.lines.map(
                    ({ from, to, path, kind, isEscape }) =>
                        html`<path
                            class="${kind}${isEscape ? " escape" : ""}"
                            data-from="${from}"
                            data-to="${to}"
                            d="${path}"
                        />`,
                )}
            </svg>
            ${inOrder(vpc.subnets, layout).map(subnet => subnetBox(subnet, concern))}
            ${inOrder(vpc.tables, layout).map(table => tableBox(table, concern))}
            ${inOrder(vpc.gateways, layout).map(gateway => gatewayBox(gateway, concern))}
            ${inOrder(layout.groups, layout).map(group)}
        </div>
    </div>`;
}

/** The style rules that put everything in its place: a page whose style is known by its hash can have no style attributes. */
export function rules(vpc: VpcMap, layout: Layout): string {
    const length = (units: number) => `calc(${Math.round((units / 16) * 1000) / 1000}*var(--u))`;
    const rule = (id: string, { x, y, width, height }: Area) =>
        `#${id}{left:${length(x)};top:${length(y)};width:${length(width)};height:${length(height)}}`;
    return [
        `#${vpc.id}-map{width:${length(layout.width)};height:${length(layout.height)}}`,
        `@media print{#${vpc.id}-map{--u:${unitOnPaper(layout)}px}}`,
        ...[...layout.areas].map(([id, area]) => rule(id, area)),
        ...layout.zones.map((area, index) => rule(`${vpc.id}-zone-${index}`, area)),
    ].join("\n");
}

/** The unit, in pixels of CSS, by which a map fits on a sheet of paper across; a tall one that would be too small to read does not. */
function unitOnPaper({ width, height }: Layout): number {
    const [sheet, largest, smallest] = [{ width: 960, height: 620 }, 13, 8];
    const fitting = Math.min(sheet.width / width, sheet.height / height) * 16;
    return Math.round(Math.max(smallest, Math.min(largest, fitting)) * 100) / 100;
}

/** Where a box leads: to what is held against its resource, or else to what the tables say of it. */
function targetOf({ id, urn }: Place, concern: Concern): string {
    return concern(urn)?.id ?? `t-${id}`;
}

function box(place: Place, kinds: string, icon: string, concern: Concern, lines: Html, group?: string): Html {
    const concerned = concern(place.urn);
    return html`<a
        class="box ${kinds}${concerned === undefined ? "" : " concerned"}"
        id="${place.id}"
        href="#${targetOf(place, concern)}"
        ${group === undefined ? undefined : html` data-group="${group}"`}
    >
        <span class="title"
            >${sign(`icon-${icon}`)}<span class="aside">${place.noun} </span
            ><span class="name" title="${place.name}">${place.name}</span>${concerned && badge(concerned)}</span
        >
        ${lines}
    </a>`;
}

/** @param title the whole of what the line says in few words. */
function line(kind: string, text: string, title = text): Html {
    return html`<span class="line ${kind}" title="${title}"><span class="aside">, </span>${text}</span>`;
}

function subnetBox(subnet: SubnetPlace, concern: Concern): Html {
    const role = subnet.role.state === "known" ? subnet.role.value : "unknown";
    const { escape, workloads } = subnet;
    return box(
        subnet,
        `subnet ${role}${escape === undefined ? "" : " escapes"}`,
        escape === undefined ? role : "isolated",
        concern,
        html`${line("facts", [roleOf(subnet.role), ...subnet.cidrs].join(" · "))}${
            escape === undefined ? undefined : line("warning", "way out though isolated")
        }${workloads.length === 0 ? undefined : line("workloads", workloads.join(", "))}`,
    );
}

/** What the routes of a subnet make it, in words. */
export function roleOf(role: Shown<string>): string {
    switch (role.state) {
        case "known":
            return role.value;
        case "pending":
            return "role not known yet";
        case "outside":
            return "role not seen here";
    }
}

function tableBox(table: TablePlace, concern: Concern): Html {
    const { length } = table.routes;
    const title = table.routes.map(({ destination, target }) => `${destination} → ${target}`).join("\n");
    const text = length === 0 ? "no routes out" : plural(length, "route");
    return box(table, "table", "table", concern, line("facts", text, title));
}

function gatewayBox(gateway: GatewayPlace, concern: Concern): Html {
    if (gateway.noun === "internet") {
        return html`<span class="box internet" id="${gateway.id}"
            ><span class="title">${sign("icon-internet")}<span class="name">internet</span></span></span
        >`;
    }
    const { noun, within } = gateway;
    const where = within.length === 0 ? undefined : line("facts", `in ${within.join(", ")}`);
    return box(gateway, "gateway", noun === "VPC" ? "vpc" : "gateway", concern, html`${line("facts", noun)}${where}`);
}

function endpointBox(endpoint: EndpointPlace, group: string, concern: Concern): Html {
    const { service, privateDns, reach } = endpoint;
    const dns = privateDns === undefined ? "" : ` · DNS ${privateDns}`;
    const title = privateDns === undefined ? `to ${service}` : `to ${service}, private DNS ${privateDns}`;
    return box(
        endpoint,
        "endpoint",
        "endpoint",
        concern,
        html`${line("facts", `to ${service}${dns}`, title)}${line(`reach ${reach.grade}`, reach.brief, reach.text)}`,
        group,
    );
}

/** Resources of the VPC that have no box on the map, but violations. */
export function others(concerned: readonly Concerned[], nounOf: (type: string) => string): Html {
    return concerned.length === 0
        ? html``
        : html`<div class="others">
              <h3>Also concerned</h3>
              <ul>
                  ${concerned.map(
                      one =>
                          html`<li>
                              <a class="box other concerned" id="o-${one.id}" href="#${one.id}"
                                  ><span class="title"
                                      >${sign("icon-other")}<span class="name" title="${one.resource.name}"
                                          >${one.resource.name}</span
                                      >${badge(one)}</span
                                  ><span class="line facts"
                                      ><span class="aside">, </span>${nounOf(one.resource.type)}</span
                                  ></a
                              >
                          </li>`,
                  )}
              </ul>
          </div>`;
}
