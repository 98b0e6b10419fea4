import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { replace } from "./replace";
import { isRead } from "./run";

/**
 * Has the SDK make the resources of a stack for the first policy alone, instead of for each one anew, which is most of what a pack of many
 * policies costs once properties are read. From when the stack is read, the SDK finds only the first resource in the request, by which the
 * policies know whose turn it is; the others are given back to memory. An SDK that does not go through them one by one finds all of them.
 */
export function showStackOnce(): void {
    replace(
        AnalyzeStackRequest.prototype,
        "getResourcesList",
        sound =>
            function (this: AnalyzeStackRequest) {
                const resources = [...sound.call(this)];
                const oneByOne = (): Iterator<unknown> => {
                    const list = resources[0]?.getOptions()?.getIgnorechangesList();
                    if (list !== undefined && isRead(list)) {
                        resources.length = 1;
                        this.setResourcesList(resources);
                    }
                    return resources.values();
                };
                return Object.defineProperty(resources, Symbol.iterator, { value: oneByOne });
            },
    );
}
