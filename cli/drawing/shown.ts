import { attempt, isUnseen } from "../../network/knowledge";
import type { Shown } from "../map";

export function shown<T>(find: () => T): Shown<T> {
    const value = attempt(find);
    return isUnseen(value) ? { state: value.state, what: value.what } : { state: "known", value };
}

export function shownOr<T>(find: () => T, otherwise: T): T {
    const value = attempt(find);
    return isUnseen(value) ? otherwise : value;
}
