/** The one place that trusts a value to have a type: what is built key by key from settings has the type that the settings say. */
export function assume<T>(value: unknown): T {
    return value as T;
}
