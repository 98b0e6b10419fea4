import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { parseDocument, readDocument } from "./documents";
import type { Judgement, Violation } from "./judgement";
import { projectFile } from "./project";
import { isObject, stringOf } from "./untyped";

/** What programs start with, in the languages of Pulumi; where there is none of them, the project file stands for all. */
const entries = ["index.ts", "index.js", "__main__.py", "main.go", "Program.cs", "Pulumi.yaml", "Pulumi.yml"];

/**
 * A judgement whose files are named from the root of the repository, or from the current directory where there is none,
 * as code scanning needs them.
 *
 * @param project the directory of the program's Pulumi.yaml; undefined where it is not at hand: then no file is named
 * @param current the current directory
 */
export function placed(judgement: Judgement, project: string | undefined, current: string): Judgement {
    const directory = realpathSync(project ?? current);
    const start = repositoryOf(directory) ?? realpathSync(current);
    const pathOf = (file: string) => relative(start, join(directory, file)).replaceAll(sep, "/");
    const name = <Found extends Violation>(violation: Found): Found => {
        const { source, ...resource } = violation.resource;
        const named = source && project !== undefined && { source: { ...source, file: pathOf(source.file) } };
        return { ...violation, resource: { ...resource, ...named } };
    };
    const program = project === undefined ? undefined : entries.find(file => existsSync(join(directory, file)));
    return {
        ...judgement,
        violations: judgement.violations.map(name),
        exempted: judgement.exempted.map(name),
        ...(program !== undefined && { program: pathOf(program) }),
    };
}

/** The directory, if it is that of a Pulumi project of this name. */
export async function projectNamed(name: string, directory: string): Promise<string | undefined> {
    const file = projectFile(directory);
    if (file === undefined) return undefined;
    const project = parseDocument(await readDocument(file));
    return isObject(project) && stringOf(project["name"]) === name ? directory : undefined;
}

function repositoryOf(directory: string): string | undefined {
    if (existsSync(join(directory, ".git"))) return directory;
    const parent = dirname(directory);
    return parent === directory ? undefined : repositoryOf(parent);
}
