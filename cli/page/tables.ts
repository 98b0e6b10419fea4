import { plural } from "../judgement";
import type { VpcMap } from "../map";
import { roleOf, type Concern } from "./figure";
import { html, joined, type Html } from "./html";

/** All that the map of a VPC shows, as tables. */
export function tables(vpc: VpcMap, concern: Concern): Html {
    const places = [...vpc.subnets, ...vpc.tables, ...vpc.gateways, ...vpc.endpoints];
    const names = new Map(places.map(({ id, noun, name }) => [id, noun === name ? name : `${noun} ${name}`]));
    const nameOf = (id: string) => names.get(id) ?? id;
    const head = ({ id, urn, name }: (typeof places)[number]): Html => {
        const concerned = concern(urn);
        return html`<th scope="row" id="t-${id}" tabindex="-1">
            <a href="#${id}" class="name">${name}</a>${
                concerned &&
                html` <a class="count" href="#${concerned.id}">${plural(concerned.violations.length, "violation")}</a>`
            }
        </th>`;
    };
    const list = (texts: readonly string[]): Html =>
        joined(
            texts.map(text => html`<span class="item">${text}</span>`),
            "",
        );
    return html`${table(
        vpc,
        "Subnets",
        ["Subnet", "Zone", "Role by its routes", "Addresses", "Route table", "Ways to public addresses", "Workloads"],
        vpc.subnets.map(
            subnet =>
                html`<tr>
                    ${head(subnet)}
                    <td class="whole">${subnet.zone.state === "known" ? subnet.zone.value : "not known yet"}</td>
                    <td>
                        ${roleOf(subnet.role)}${
                            subnet.isolatedBy === undefined ? "" : `, declared isolated (${subnet.isolatedBy})`
                        }
                    </td>
                    <td class="whole">${list(subnet.cidrs)}</td>
                    <td>
                        ${subnet.table === undefined ? "not seen" : nameOf(subnet.table).replace(/^route table /, "")}
                    </td>
                    <td>${subnet.ways.length === 0 ? "none" : list(subnet.ways)}</td>
                    <td>${list(subnet.workloads)}</td>
                </tr>`,
        ),
    )}
    ${table(
        vpc,
        "Route tables",
        ["Route table", "Routes"],
        vpc.tables.map(
            one =>
                html`<tr>
                    ${head(one)}
                    <td>
                        ${one.routes.length === 0 ? "only within the VPC" : list(one.routes.map(({ destination, target }) => `${destination} → ${target}`))}
                    </td>
                </tr>`,
        ),
    )}
    ${table(
        vpc,
        "Gateways, and what is behind them",
        ["Name", "What it is", "Subnets", "Leads to"],
        vpc.gateways
            .filter(({ noun }) => noun !== "internet")
            .map(
                one =>
                    html`<tr>
                        ${head(one)}
                        <td>${one.noun}</td>
                        <td>${one.within.join(", ")}</td>
                        <td>${one.to.map(nameOf).join(", ")}</td>
                    </tr>`,
            ),
    )}
    ${table(
        vpc,
        "Endpoints",
        ["Endpoint", "Service", "Type", "In", "Policy: who reaches what", "Private DNS"],
        vpc.endpoints.map(
            one =>
                html`<tr>
                    ${head(one)}
                    <td>${one.service}</td>
                    <td>${one.type}</td>
                    <td>
                        ${[...(one.type === "Gateway" ? one.tables : one.subnets)].map(nameOf).join(", ")}${
                            one.isPartly ? " and what is not seen here" : ""
                        }
                    </td>
                    <td>${one.reach.text}</td>
                    <td>${one.privateDns ?? "none"}</td>
                </tr>`,
        ),
    )}`;
}

function table(vpc: VpcMap, title: string, columns: readonly string[], rows: readonly Html[]): Html {
    return rows.length === 0
        ? html``
        : html`<div class="scroll" tabindex="0" role="region" aria-label="${title} of ${vpc.noun} ${vpc.name}">
              <table>
                  <caption>
                      ${title}
                  </caption>
                  <thead>
                      <tr>
                          ${columns.map(column => html`<th scope="col">${column}</th>`)}
                      </tr>
                  </thead>
                  <tbody>
                      ${rows}
                  </tbody>
              </table>
          </div>`;
}
