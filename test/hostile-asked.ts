/** Which properties the readers ask for, nested ones included: told by the readers themselves, so that no list goes stale. */
import { read } from "../engine/read";
import { Properties } from "../engine/properties";
import { Index } from "../engine/references";
import { replace } from "../engine/replace";
import type { Network } from "../network/network";
import { References } from "../network/several";
import { single } from "./blueprint";

/** The names that lead to a property, such as vpcConfig, subnetIds. Lists count for nothing. */
export type Path = readonly string[];

/** In which ids are looked for, wherever they are. */
const searched = ["syncStates", "attachments", "endpointId", "clusterSecurityGroupId"];

const known = new Map<string, readonly Path[]>();

/** The properties that are asked for of a type, in the order in which they are first asked for. */
export function asked(type: string): readonly Path[] {
    const paths = known.get(type) ?? askedOf(type);
    known.set(type, paths);
    return paths;
}

function askedOf(type: string): readonly Path[] {
    const found = new Map<string, Path>();
    // What is nested is asked for only where there is something, and other things only where that is missing. The first is often required.
    for (let [round, isNew] = [0, true]; isNew || round % 4 !== 0; round++) {
        const before = found.size;
        const there = new Set(
            [...found.keys()].filter((_, index) => index === 0 || round % 2 === 1 || (index * 7 + round) % 16 < 4),
        );
        const props = recorder(there, [], path => found.set(path.join("."), path));
        resolveAll(made(() => read([single(type, props)], () => undefined)));
        isNew = found.size > before;
    }
    return [...found.values()];
}

/** A network, and the things in it that only references lead to. */
function made(read: () => Network): readonly object[] {
    const things: object[] = [];
    const restore = replace(
        Index.prototype,
        "add",
        sound =>
            function (this: Index, resource, ids) {
                things.push(resource);
                sound.call(this, resource, ids);
            },
    );
    try {
        return [read(), ...things];
    } finally {
        restore();
    }
}

/** An object that tells what it is asked for. It has what is there: lists of such objects. */
function recorder(there: ReadonlySet<string>, at: Path, tell: (path: Path) => void): Record<string, unknown> {
    return new Proxy(
        { "": true },
        {
            getOwnPropertyDescriptor: (target, key) => {
                const path = [...at, String(key)];
                if (key === "") {
                    return Object.getOwnPropertyDescriptor(target, key);
                }
                tell(path);
                return there.has(path.join("."))
                    ? {
                          value: isSearched(path) ? "text" : [recorder(there, path, tell)],
                          configurable: true,
                          enumerable: true,
                          writable: true,
                      }
                    : undefined;
            },
        },
    );
}

/** Whether a property is an id, or one of those in which ids are looked for, however deep: what is within them is the same again. */
function isSearched(path: Path): boolean {
    const last = path.at(-1) ?? "";
    return ["id", "arn"].includes(last) || (path.length > 1 && searched.includes(last));
}

/** Asks for whatever is asked for late: references, and what functions work out. */
function resolveAll(things: readonly object[]): void {
    const waiting: unknown[] = [...things];
    const passed = new Set<unknown>();
    const ask = (question: () => unknown): void => {
        try {
            waiting.push(question());
        } catch {
            // Unseen: nothing more is asked for.
        }
    };
    for (let one = waiting.pop(); waiting.length > 0 || one !== undefined; one = waiting.pop()) {
        if (passed.has(one) || one instanceof Properties) {
            continue;
        }
        passed.add(one);
        if (typeof one === "function") {
            const asking = one;
            for (const feature of ["Pod Identity", "service account roles", "load balancer controller"]) {
                ask((): unknown => Reflect.apply(asking, undefined, [feature]));
            }
        } else if (one instanceof References) {
            ask(() => one.all);
        } else if (typeof one === "object" && one !== null) {
            const held: readonly unknown[] =
                one instanceof Map || one instanceof Set ? [...one.values()] : Object.values(one);
            waiting.push(...held);
        }
    }
}
