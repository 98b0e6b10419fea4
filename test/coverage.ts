/**
 * Has what is shipped compiled by TypeScript where coverage is measured (`npm run coverage`). What esbuild makes of it has
 * helpers and getters in every file, whose branches would count, and a map too coarse to tell one branch from another.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import { relative, resolve, sep } from "node:path";
import ts from "typescript";

type Load = (module: object, file: string) => unknown;

const rooms = ["network", "policies", "engine", "cli"];
const root = resolve(__dirname, "..");
// What Node.js calls for a file by its ending has no public name any more.
const loaders = Reflect.get(Module, "_extensions") as Record<string, Load>;
const otherwise = loaders[".ts"];

loaders[".ts"] = (module, file) => {
    const [room = ""] = relative(root, file).split(sep);
    if (!rooms.includes(room)) return otherwise?.(module, file);
    const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
        fileName: file,
        compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.CommonJS,
            esModuleInterop: true,
            importHelpers: true,
            inlineSourceMap: true,
        },
    });
    return Reflect.apply(Reflect.get(module, "_compile") as Load, module, [outputText, file]);
};

// What tests start in processes of its own is compiled otherwise, and two maps of one file cannot be added up.
process.setSourceMapsEnabled(true);
Reflect.deleteProperty(process.env, "NODE_V8_COVERAGE");
