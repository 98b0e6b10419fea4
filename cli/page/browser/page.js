// What the page of a report does by itself. Without it everything is there, and every box and violation can be reached.
(() => {
    /** @type {HTMLFormElement | null} */
    const form = document.querySelector("#filters");
    const violations = [...document.querySelectorAll("li.violation")].filter(item => item instanceof HTMLElement);
    const sections = [...document.querySelectorAll("section[data-vpc]")].filter(item => item instanceof HTMLElement);
    const graveness = ["critical", "high", "medium", "low", "unspecified", "exempted"];

    /**
     * Shows the violations that pass, and counts them on the boxes of their resources.
     * @param {(violation: HTMLElement, vpc: string) => boolean} passes
     * @param {string} only the VPC that alone is shown, or ""
     */
    function show(passes, only) {
        /** @type {Map<string, HTMLElement[]>} */
        const kept = new Map();
        for (const violation of violations) {
            const vpc = violation.closest("section")?.dataset["vpc"] ?? "";
            const isKept = passes(violation, vpc);
            violation.classList.toggle("out", !isKept);
            const id = violation.closest("article")?.id ?? "";
            if (isKept) kept.set(id, [...(kept.get(id) ?? []), violation]);
        }
        for (const article of document.querySelectorAll("article.concerned")) {
            article.classList.toggle("out", !kept.has(article.id));
        }
        const isFiltered = violations.some(violation => violation.classList.contains("out")) || only !== "";
        for (const section of sections) {
            const isKept = section.querySelector("li.violation:not(.out)") !== null;
            const isOther = only !== "" && section.dataset["vpc"] !== only;
            // A map with nothing to show on it is in the way, unless it is what was asked for.
            section.classList.toggle("out", isOther || (isFiltered && !isKept && only === ""));
        }
        for (const badge of document.querySelectorAll(".badge")) {
            if (badge instanceof HTMLElement) update(badge, kept.get(badge.dataset["for"] ?? "") ?? []);
        }
        const number = violations.filter(violation => !violation.classList.contains("out")).length;
        const status = document.querySelector("#shown");
        if (status !== null) {
            status.textContent = isFiltered
                ? `${number} of ${violations.length} violations shown`
                : `All ${number} violations shown`;
        }
        const nothing = document.querySelector("#nothing");
        if (nothing instanceof HTMLElement)
            nothing.hidden = sections.some(section => !section.classList.contains("out"));
    }

    /**
     * @param {HTMLElement} badge
     * @param {readonly HTMLElement[]} shown the violations of its resource that are shown
     */
    function update(badge, shown) {
        const places = shown.map(violation => graveness.indexOf(violation.dataset["mark"] ?? ""));
        // The list is in order: what counts stands before what is exempted.
        const mark = graveness[places[0] ?? -1];
        badge.classList.toggle("out", mark === undefined);
        badge.closest(".box")?.classList.toggle("quiet", mark === undefined);
        if (mark === undefined) return;
        badge.classList.remove(...graveness);
        badge.classList.add(mark);
        badge.querySelector("use")?.setAttribute("href", `#mark-${mark}`);
        const [count, words] = [badge.querySelector(".count"), badge.querySelector(".aside")];
        if (count !== null) count.textContent = String(shown.length);
        const many = shown.length === 1 ? "1 violation" : `${shown.length} violations`;
        if (words !== null) words.textContent = `, ${many}, at worst ${mark}`;
    }

    function filter() {
        if (form === null) return;
        const data = new FormData(form);
        const [policy = "", vpc = ""] = ["policy", "vpc"].map(name =>
            data.getAll(name).find(value => typeof value === "string"),
        );
        const severities = new Set(data.getAll("severity"));
        show(
            (violation, of) =>
                (policy === "" || violation.dataset["policy"] === policy) &&
                severities.has(violation.dataset["severity"] ?? "") &&
                (vpc === "" || of === vpc),
            vpc,
        );
    }

    if (form !== null) {
        form.hidden = false;
        form.addEventListener("change", filter);
        // The fields have their old values until the event is over.
        form.addEventListener("reset", () => {
            setTimeout(filter);
        });
        form.addEventListener("submit", event => {
            event.preventDefault();
        });
        addEventListener("beforeprint", () => {
            show(() => true, "");
        });
        addEventListener("afterprint", filter);
        filter();
    }

    /** @param {Element} map */
    function lightUp(map) {
        const lines = [...map.querySelectorAll("path[data-from]")].filter(path => path instanceof SVGElement);
        const boxes = [...map.querySelectorAll(".box")].filter(box => box instanceof HTMLElement);

        /** @param {HTMLElement | undefined} box */
        function light(box) {
            const lit = new Set(box === undefined ? [] : [box.id]);
            const start = box?.dataset["group"] ?? box?.id ?? "";
            for (const [here, there] of [
                ["from", "to"],
                ["to", "from"],
            ]) {
                const next = [start];
                const passed = new Set();
                for (let id = next.pop(); id !== undefined; id = next.pop()) {
                    if (passed.has(id)) continue;
                    passed.add(id);
                    lit.add(id);
                    for (const line of lines.filter(one => one.dataset[here ?? ""] === id)) {
                        lit.add(`${line.dataset["from"]}>${line.dataset["to"]}`);
                        next.push(line.dataset[there ?? ""] ?? "");
                    }
                }
            }
            map.classList.toggle("lighted", box !== undefined);
            for (const one of [...boxes, ...map.querySelectorAll(".group")]) {
                const group = one instanceof HTMLElement ? (one.dataset["group"] ?? one.id) : one.id;
                one.classList.toggle("lit", lit.has(one.id) || (group !== start && lit.has(group)));
            }
            for (const line of lines) {
                line.classList.toggle("lit", lit.has(`${line.dataset["from"]}>${line.dataset["to"]}`));
            }
        }

        /** @param {Event} event */
        function boxOf(event) {
            const box = event.target instanceof Element ? event.target.closest(".box") : null;
            return box instanceof HTMLElement ? box : undefined;
        }
        const focused = () => boxes.find(box => box === document.activeElement);
        map.addEventListener("pointerover", event => {
            light(boxOf(event) ?? focused());
        });
        map.addEventListener("pointerleave", () => {
            light(focused());
        });
        map.addEventListener("focusin", event => {
            light(boxOf(event));
        });
        map.addEventListener("focusout", () => {
            light(undefined);
        });
        return boxes;
    }

    /**
     * One box of the map takes the tab key, the arrow keys go on from it.
     * @param {Element} map
     * @param {readonly HTMLElement[]} boxes
     */
    function walk(map, boxes) {
        const stops = boxes.filter(box => box instanceof HTMLAnchorElement);
        /** @param {HTMLElement | undefined} stop */
        function settle(stop) {
            for (const one of stops) one.tabIndex = one === stop ? 0 : -1;
        }
        settle(stops[0]);
        map.addEventListener("focusin", event => {
            const stop = stops.find(one => one === event.target);
            if (stop !== undefined) settle(stop);
        });
        map.addEventListener("keydown", event => {
            if (!(event instanceof KeyboardEvent)) return;
            const from = stops.find(one => one === event.target);
            const step = steps.get(event.key);
            if (from === undefined || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            nearest(from, stops, step)?.focus();
        });
    }

    /** @type {ReadonlyMap<string, readonly [number, number]>} */
    const steps = new Map([
        ["ArrowLeft", [-1, 0]],
        ["ArrowRight", [1, 0]],
        ["ArrowUp", [0, -1]],
        ["ArrowDown", [0, 1]],
    ]);

    /**
     * The nearest box in a direction: what lies straight ahead comes before what lies to the side.
     * @param {HTMLElement} from
     * @param {readonly HTMLElement[]} stops
     * @param {readonly [number, number]} step
     */
    function nearest(from, stops, [stepX, stepY]) {
        const start = from.getBoundingClientRect();
        /** @type {{ stop: HTMLElement, far: number } | undefined} */
        let best;
        for (const stop of stops) {
            const area = stop.getBoundingClientRect();
            const [x, y] = [
                area.x + area.width / 2 - start.x - start.width / 2,
                area.y + area.height / 2 - start.y - start.height / 2,
            ];
            const isAhead =
                stepX === 0 ? y * stepY > 2 : stepX > 0 ? area.left >= start.right : area.right <= start.left;
            const aside =
                stepX === 0
                    ? Math.max(0, area.left - start.right, start.left - area.right) * 4 + Math.abs(x) / 4
                    : Math.abs(y) * 2;
            const far = Math.abs(stepX === 0 ? y : x) + aside;
            if (stop !== from && isAhead && (best === undefined || far < best.far)) best = { stop, far };
        }
        return best?.stop;
    }

    for (const map of document.querySelectorAll("[data-map]")) walk(map, lightUp(map));
    for (const hint of document.querySelectorAll(".hint")) if (hint instanceof HTMLElement) hint.hidden = false;

    /** Goes to what the address names, though it be folded away or filtered out. */
    function arrive() {
        const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (target === null) return;
        target.closest("details")?.setAttribute("open", "");
        if (target.closest(".out") !== null) form?.reset();
        setTimeout(() => {
            // The browser itself may have come there before, and the user may have gone on.
            if (!target.contains(document.activeElement)) target.focus();
            target.scrollIntoView({ block: target.matches(".box") ? "center" : "start", inline: "nearest" });
        });
    }
    document.addEventListener("click", event => {
        const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
        // The same address twice is no change of the address.
        if (link instanceof HTMLAnchorElement && link.hash === location.hash) arrive();
    });
    addEventListener("hashchange", arrive);
    if (location.hash !== "") arrive();
})();
