import { type Fact, isUnseen } from "../../network/knowledge";
import { allPorts, type Ports, portsOf } from "../../network/ports";
import type { Properties } from "../properties";

/** By number: https://www.iana.org/assignments/protocol-numbers */
const protocols: ReadonlyMap<string, string> = new Map([
    ["1", "icmp"],
    ["6", "tcp"],
    ["17", "udp"],
    ["58", "icmpv6"],
    ["all", "-1"],
]);

/** The protocol of a rule by its name; -1 for all. */
export function protocolOf(p: Properties, ...keys: readonly string[]): Fact<string> {
    const given = keys.map(key => p.text(key)).find(protocol => protocol !== undefined);
    if (isUnseen(given)) {
        return given;
    }
    const name = (given ?? "-1").toLowerCase();
    return protocols.get(name) ?? name;
}

/** The ports of a rule: those that it names, unless it is for all protocols. */
export function ports(p: Properties, protocol: Fact<string>): Fact<Ports> {
    const [from, to] = [p.number("fromPort") ?? 0, p.number("toPort") ?? 65535];
    if (isUnseen(protocol)) {
        return protocol;
    }
    return protocol === "-1" ? allPorts : isUnseen(from) ? from : isUnseen(to) ? to : portsOf([from, to]);
}
