/** The report as a page, in a real browser: Debian's Chromium, or the one that the variable CHROMIUM names. */
import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type Axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { reportHtml } from "../../cli/report-html";
import { build } from "../blueprint";
import { example, largeNetwork, pageOf } from "./sample";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const directory = mkdtempSync(join(tmpdir(), "page-test-"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
const files = { small: "", large: "", hostile: "", withoutMap: "" };

function written(name: string, page: string): string {
    const file = join(directory, `${name}.html`);
    writeFileSync(file, page);
    return pathToFileURL(file).href;
}

/** What a stack may call its resources to take over the page. */
const hostile = `</script></style>"><img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;

before(async () => {
    if (!existsSync(executablePath)) {
        throw new Error(`There is no Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM to one.`);
    }
    // A container's root has no namespaces for the sandbox; the pages are our own.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const small = await pageOf(await example("private-app"), "preview");
    const [first, ...others] = small.judgement.violations;
    assert.ok(first !== undefined);
    const exempted = [{ ...first, exception: { id: "EXC-1", reason: "A migration." } }];
    const judgement = { ...small.judgement, violations: others, exempted };
    files.small = written("small", await reportHtml(judgement, small.map));
    files.withoutMap = written("without-map", await reportHtml(judgement, undefined));
    files.large = written("large", (await pageOf(build(largeNetwork(), "update"))).page);
    const renamed = largeNetwork().slice(0, 30);
    const named = renamed.map(blueprint => Object.assign(blueprint, { name: `${blueprint.name}${hostile}` }));
    files.hostile = written("hostile", (await pageOf(build(named, "update"))).page);
});

after(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
});

/** Opens a page, and holds it to asking nothing of anyone and breaking no rule of its own. */
async function open(
    file: string,
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
): Promise<void> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", request => asked.push(request.url().replace(/#.*/, "")));
    page.on("console", message => said.push(message.text()));
    page.on("pageerror", error => said.push(error.message));
    try {
        await page.goto(file);
        await use(page);
        assert.deepEqual([...new Set(asked)], [file]);
        assert.deepEqual(said, []);
    } finally {
        await page.close();
    }
}

declare global {
    interface Window {
        readonly axe: typeof Axe;
    }
}

/** What axe finds wrong with a page as it is. */
async function faults(page: Page): Promise<readonly string[]> {
    // As a debugger does it: the page's own policy lets no script in.
    await page.evaluate(axe);
    return page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
        );
    });
}

/** The violations that can be seen, as policy and severity. */
function shown(page: Page): Promise<readonly (readonly [policy: string, severity: string])[]> {
    return page
        .locator("li.violation:visible")
        .evaluateAll(items =>
            items.map(
                item => [item.getAttribute("data-policy") ?? "", item.getAttribute("data-severity") ?? ""] as const,
            ),
        );
}

const status = (page: Page) => page.locator("#shown").textContent();
const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");

describe("The filters of the page", () => {
    it("show the violations of one policy, count them, and keep nothing else on the boxes", () =>
        open(files.small, async page => {
            const all = await shown(page);
            assert.equal(await status(page), `All ${all.length} violations shown`);
            await page.getByLabel("Policy").selectOption("endpoint-policy-required");
            assert.deepEqual(await shown(page), [["endpoint-policy-required", "high"]]);
            assert.equal(await status(page), `1 of ${all.length} violations shown`);
            assert.deepEqual(await page.locator(".map .badge:visible .count").allTextContents(), ["1"]);
            assert.equal(await page.locator("article.concerned:visible").count(), 1);
            await page.getByRole("button", { name: "Show all" }).click();
            await page.waitForFunction(() => document.querySelector("#shown")?.textContent.startsWith("All"));
            assert.deepEqual(await shown(page), all);
        }));

    it("show the violations of some severities, and mark each box by the gravest that is left", () =>
        open(files.small, async page => {
            const box = page.locator(".map").getByRole("link", { name: /^endpoint s3\b(?!-)/ });
            assert.match((await box.locator(".badge").getAttribute("class")) ?? "", /\bhigh\b/);
            await page.getByLabel("high", { exact: true }).uncheck();
            assert.ok((await shown(page)).every(([, severity]) => severity !== "high"));
            assert.match((await box.locator(".badge").getAttribute("class")) ?? "", /\bmedium\b/);
            assert.match((await box.textContent()) ?? "", /1 violation, at worst medium/);
            for (const severity of ["critical", "medium"]) await page.getByLabel(severity, { exact: true }).uncheck();
            assert.deepEqual(await shown(page), []);
            assert.equal(await page.locator("#nothing").isVisible(), true);
        }));

    it("show one VPC alone, with its map", () =>
        open(files.large, async page => {
            assert.equal(await page.locator("section.vpc:visible").count(), 10);
            await page.locator('select[name="vpc"]').selectOption({ label: "workloads-5" });
            assert.deepEqual(await page.locator("section.vpc:visible h2 .name").allTextContents(), ["workloads-5"]);
            assert.ok((await shown(page)).some(([policy]) => policy === "isolated-subnet-no-egress"));
            await page.getByLabel("Policy").selectOption("interface-endpoint-private-dns-enabled");
            assert.equal(await page.locator("section.vpc:visible .map").count(), 1);
            assert.deepEqual(await shown(page), []);
        }));

    it("leave only the VPCs in which something matches", () =>
        open(files.large, async page => {
            await page.getByLabel("Policy").selectOption("isolated-subnet-no-egress");
            assert.deepEqual(await page.locator("section.vpc:visible h2 .name").allTextContents(), ["workloads-5"]);
        }));

    it("are not there without a script, and everything else is", () =>
        open(
            files.small,
            async page => {
                assert.equal(await page.locator("form").isVisible(), false);
                assert.ok((await shown(page)).length > 10);
                await page.locator(".box.endpoint.concerned").first().click();
                assert.match(page.url(), /#r\d+$/);
            },
            { javaScriptEnabled: false },
        ));
});

describe("The keyboard", () => {
    it("takes one tab stop for a map, goes on by arrows, into the violations by Enter, and back", () =>
        open(files.small, async page => {
            const first = page.locator(".map a.box").first();
            assert.equal(await page.locator('.map a.box[tabindex="0"]').count(), 1);
            for (let stop = 0; stop < 30 && (await focusedId(page)) !== (await first.getAttribute("id")); stop++) {
                await page.keyboard.press("Tab");
            }
            const name = async () => (await page.locator(":focus .name").textContent()) ?? "";
            assert.equal(await name(), "public-a");
            await page.keyboard.press("ArrowDown");
            assert.equal(await name(), "private-a");
            await page.keyboard.press("ArrowDown");
            assert.equal(await name(), "isolated-a");
            await page.keyboard.press("ArrowRight");
            assert.equal(await page.locator(":focus").evaluate(box => box.classList.contains("table")), true);
            await page.keyboard.press("ArrowLeft");
            await page.locator(".box.subnet", { hasText: "isolated-a" }).focus();
            const box = await focusedId(page);
            await page.keyboard.press("Enter");
            await page.waitForFunction(() => document.activeElement?.matches("article.concerned"));
            assert.equal(await page.locator(":focus h4 .name").textContent(), "isolated-a");
            await page.keyboard.press("Tab");
            assert.match((await page.locator(":focus").textContent()) ?? "", /Show on the map/);
            await page.keyboard.press("Enter");
            await page.waitForFunction(id => document.activeElement?.id === id, box);
        }));

    it("goes on from where it is, though the page is slow to see that it has come there", () =>
        open(files.small, async page => {
            await page.locator(".box.subnet", { hasText: "isolated-a" }).focus();
            await page.keyboard.press("Enter");
            await page.waitForFunction(() => document.activeElement?.matches("article.concerned"));
            await page.keyboard.press("Tab");
            await page.evaluate(async () => {
                dispatchEvent(new HashChangeEvent("hashchange"));
                await new Promise(resolve => setTimeout(resolve, 100));
            });
            assert.equal(await page.locator(":focus").evaluate(focused => focused.localName), "a");
        }));

    it("reaches every box of a map by arrows alone", () =>
        open(files.small, async page => {
            const reached = new Set<string>();
            const open = [(await page.locator(".map a.box").first().getAttribute("id")) ?? ""];
            for (let id = open.pop(); id !== undefined; id = open.pop()) {
                if (reached.has(id)) continue;
                reached.add(id);
                for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
                    await page.locator(`#${id}`).focus();
                    await page.keyboard.press(key);
                    open.push(await focusedId(page));
                }
            }
            assert.equal(reached.size, await page.locator(".map a.box").count());
        }));

    it("lights up the whole way from the box that has the focus", () =>
        open(files.small, async page => {
            await page.locator(".box.subnet", { hasText: "isolated-b" }).focus();
            const names = await page.locator(".map .box.lit .name").allTextContents();
            assert.deepEqual(names.sort(), ["internet", "isolated", "isolated-b", "main", "nat-a"]);
        }));

    it("opens the tables for a box that nothing is held against", () =>
        open(files.small, async page => {
            const box = page.locator(".box.endpoint:not(.concerned)").first();
            const name = await box.locator(".name").textContent();
            await box.focus();
            await page.keyboard.press("Enter");
            await page.waitForFunction(() => document.activeElement?.matches("th"));
            assert.equal(await page.locator(":focus .name").textContent(), name);
        }));

    it("shows where the focus is", () =>
        open(files.small, async page => {
            for (let stop = 0; stop < 25; stop++) {
                await page.keyboard.press("Tab");
                const outline = await page.evaluate(() => {
                    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
                    return outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth);
                });
                assert.ok(outline >= 2, `stop ${stop}`);
            }
        }));
});

describe("Axe finds nothing wrong with the page", () => {
    for (const colorScheme of ["light", "dark"] as const) {
        for (const name of ["small", "large", "withoutMap"] as const) {
            it(`${name}, ${colorScheme}`, () =>
                open(
                    files[name],
                    async page => {
                        await page.evaluate(() => {
                            document.querySelectorAll("details").forEach(details => (details.open = true));
                        });
                        assert.deepEqual(await faults(page), []);
                    },
                    { colorScheme },
                ));
        }
    }

    it("while it is filtered and a box has the focus", () =>
        open(files.small, async page => {
            await page.getByLabel("high", { exact: true }).uncheck();
            await page.locator(".box.subnet").first().focus();
            assert.deepEqual(await faults(page), []);
        }));
});

describe("The maps", () => {
    for (const name of ["small", "large"] as const) {
        it(`have no boxes that overlap, and none whose text runs out of it: ${name}`, () =>
            open(files[name], async page => {
                const found = await page.evaluate(() => {
                    const faults: string[] = [];
                    for (const map of document.querySelectorAll(".map")) {
                        const boxes = [...map.querySelectorAll<HTMLElement>(".box")];
                        for (const [index, box] of boxes.entries()) {
                            const area = box.getBoundingClientRect();
                            if (box.scrollHeight > box.clientHeight + 1) faults.push(`${box.innerText} is cut`);
                            for (const other of boxes.slice(index + 1)) {
                                const next = other.getBoundingClientRect();
                                const isApart =
                                    area.right <= next.left ||
                                    next.right <= area.left ||
                                    area.bottom <= next.top ||
                                    next.bottom <= area.top;
                                if (!isApart) faults.push(`${box.innerText} overlaps ${other.innerText}`);
                            }
                        }
                    }
                    return faults;
                });
                assert.deepEqual(found, []);
            }));
    }

    it("fit on a screen across, and scroll by themselves on a small one", async () => {
        for (const [width, fits] of [
            [1920, true],
            [1440, true],
            [1280, true],
            [1100, true],
            [400, false],
        ] as const) {
            const check = async (page: Page) => {
                const [overflows, scrolls] = await page.evaluate(() => {
                    const { scrollWidth, clientWidth } = document.documentElement;
                    const maps = [...document.querySelectorAll(".scroll:has(.map)")];
                    return [scrollWidth > clientWidth, maps.some(map => map.scrollWidth > map.clientWidth)];
                });
                assert.deepEqual([overflows, scrolls], [false, !fits], `${width} wide`);
            };
            await open(files.large, check, { viewport: { width, height: 900 } });
        }
    });
});

describe("What is printed", () => {
    it("is every violation, whatever the filters, without the filters, and each map on the sheet", () =>
        open(files.large, async page => {
            const all = await page.locator("li.violation").count();
            await page.getByLabel("Policy").selectOption("isolated-subnet-no-egress");
            await page.emulateMedia({ media: "print" });
            assert.equal(await page.locator("li.violation:visible").count(), all);
            assert.equal(await page.locator("form").isVisible(), false);
            // A landscape sheet of A4 or of US Letter within margins of 12 mm.
            const widths = await page.locator(".map").evaluateAll(maps => maps.map(map => map.clientWidth));
            assert.ok(Math.max(...widths) <= 964, `${widths.join(", ")} wide`);
        }));
});

describe("A stack that tries to take over the page", () => {
    it("shows as the text that it is", () =>
        open(files.hostile, async page => {
            assert.match(await page.title(), /^aws-vpc-endpoints/);
            assert.equal(await page.locator("img").count(), 0);
            assert.equal(await page.locator("script").count(), 1);
            assert.match(
                (await page.locator("h2 .name").first().textContent()) ?? "",
                /<\/script><\/style>"><img src=x/,
            );
        }));
});
