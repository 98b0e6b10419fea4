import type { Endpoint } from "../../network/endpoint";
import type { PolicyDocument } from "../../network/iam/document";
import { openings } from "../../network/iam/reach";
import { isAnybody, isAnyOwner, isAnything } from "../../network/iam/trust";
import { attempt, isUnseen, Outside } from "../../network/knowledge";
import type { Reach } from "../map";
import { shownOr } from "./shown";

/** How much the policies of endpoints let through. */
export class Reaches {
    private readonly found = new Map<string, Reach>();

    of(endpoint: Endpoint): Reach {
        const takesPolicy = attempt(() => endpoint.type !== "GatewayLoadBalancer" && endpoint.service.takesPolicy);
        if (takesPolicy === false) return open("takes no policy");
        const document = attempt(() => endpoint.policy);
        if (isUnseen(document)) {
            return unseen(document instanceof Outside ? "not in this stack" : "not known yet");
        }
        if (document === undefined) return open("no policy");
        const services = attempt(() => endpoint.actionPrefixes);
        if (isUnseen(services)) return unseen("not known yet");
        // Many endpoints share one document, and to search it takes time.
        const key = JSON.stringify([services, document.statements]);
        const reach = this.found.get(key) ?? shownOr(() => reachOf(document, services), unseen("cannot be told"));
        this.found.set(key, reach);
        return reach;
    }
}

function open(why: string): Reach {
    return { grade: "open", text: `anyone → anything (${why})`, brief: `${why}: anyone → anything` };
}

function unseen(why: string): Reach {
    return { grade: "unseen", text: why, brief: `policy ${why}` };
}

function reachOf(document: PolicyDocument, services: readonly string[] | undefined): Reach {
    const lets = (bounds: Omit<Parameters<typeof openings>[1], "services">): boolean =>
        openings(document, { services, ...bounds })
            [Symbol.iterator]()
            .next().done !== true;
    const half = (text: string): Reach => ({ grade: "half", text, brief: `policy: ${text}` });
    if (lets({ who: isAnybody, whose: isAnyOwner, what: isAnything })) {
        return { grade: "open", text: "anyone → anything", brief: "policy: anyone → anything" };
    }
    const who = lets({ who: isAnybody });
    const what = lets({ whose: isAnyOwner, what: resource => resource !== "*" && isAnything(resource) });
    if (who && what) {
        const text = "anyone → named resources, named callers → anything";
        return { ...half(text), brief: "policy: bounded one way only" };
    }
    if (who) return half("anyone → named resources");
    if (what) return half("named callers → anything");
    return lets({})
        ? { grade: "bounded", text: "named callers → named resources", brief: "policy: bounded both ways" }
        : { grade: "closed", text: "nobody → nothing", brief: "policy: nobody → nothing" };
}
