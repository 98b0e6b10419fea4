import type { Setting, Settings, Values } from "./settings";

/** The values of settings, key by key. The one place that trusts a type: what is built of the keys of S has the type that S says. */
export function valuesOf<S extends Settings>(
    settings: S | undefined,
    value: (setting: Setting<unknown>, key: string) => unknown,
): Values<S> {
    return Object.fromEntries(
        Object.entries(settings ?? {}).map(([key, setting]) => [key, value(setting, key)]),
    ) as Values<S>;
}
