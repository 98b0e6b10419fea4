// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module itself, which can be changed, not a copy of its names
import ofSdk = require("@pulumi/policy/deserialize");

const name = "deserializeProperties";

/**
 * Has the SDK read the properties of each resource of a request once, instead of once for each policy, which is most of what a pack
 * of many policies costs on a large stack. What is read is shared, so no policy may change it; none of this pack does.
 * @param sdk the SDK's own module that reads them.
 * @returns whether the SDK does it by the function that is replaced; another one stays as it is, and is slower.
 */
export function deserializeOnce(sdk: object = ofSdk): boolean {
    const deserialize: unknown = Reflect.get(sdk, name);
    const known = new WeakMap<object, unknown>();
    return (
        typeof deserialize === "function" &&
        // A remediation may change what it is given, and keeps its secrets: it gets its own.
        Reflect.set(sdk, name, (struct: object, keepsSecrets: boolean): unknown => {
            const read = (): unknown => Reflect.apply(deserialize, sdk, [struct, keepsSecrets]);
            if (keepsSecrets) {
                return read();
            }
            if (!known.has(struct)) {
                known.set(struct, read());
            }
            return known.get(struct);
        })
    );
}
