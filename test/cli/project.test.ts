import assert from "node:assert/strict";
import { Failure } from "../../cli/failure";
import { readProject, type Project } from "../../cli/project";
import { written } from "./command";

let count = 0;

/** A directory with the files of a project; Pulumi.yaml has name and runtime unless it is given. */
function project(files: Readonly<Record<string, string>>): string {
    return written(`projects/${++count}`, { "Pulumi.yaml": "name: app\nruntime: nodejs\n", ...files });
}

function read(files: Readonly<Record<string, string>>, stack?: string, values: readonly string[] = []) {
    return readProject(project(files), stack, values);
}

function configOf({ config }: Project): Readonly<Record<string, string>> {
    return Object.fromEntries(config);
}

/** Why a project is refused, without the path of its directory. */
async function refusal(files: Readonly<Record<string, string>>, values: readonly string[] = []): Promise<string> {
    const directory = project(files);
    try {
        await readProject(directory, undefined, values);
    } catch (thrown) {
        assert.ok(thrown instanceof Failure);
        return thrown.message.replaceAll(`${directory}/`, "");
    }
    return "nothing was refused";
}

describe("The project of a program", () => {
    const plain = "name: app\nruntime: nodejs\n";

    it("is of the only stack that has a file, wherever the project keeps them, and else of dev", async () => {
        const kept = `${plain}stackConfigDir: stacks\n`;
        assert.equal((await read({ "Pulumi.yaml": kept, "stacks/Pulumi.prod.yml": "" })).stack, "prod");
        assert.equal((await read({ "Pulumi.yaml": kept })).stack, "dev");
        assert.equal((await read({ "Pulumi.prod.yaml": "", "Pulumi.test.yaml": "" })).stack, "dev");
    });

    it("is of the stack that is named, with or without organization and project", async () => {
        const of = async (name: string) => {
            const { stack, organization, notes } = await read({ "Pulumi.prod.yaml": "" }, name);
            assert.deepEqual(notes, []);
            return [stack, organization];
        };
        assert.deepEqual(await of("prod"), ["prod", "organization"]);
        assert.deepEqual(await of("acme/prod"), ["prod", "acme"]);
        assert.deepEqual(await of("acme/app/prod"), ["prod", "acme"]);
        const { notes } = await read({}, "prod");
        assert.match(notes.join(), /^stack prod has no configuration: there is no Pulumi\.prod\.yaml in /);
    });

    it("may have a stack file that is empty, or whose configuration is", async () => {
        for (const text of ["", "# nothing yet\n", "config:\n", "encryptionsalt: v1:abc\n", "config: {}\n"]) {
            assert.deepEqual(configOf(await read({ "Pulumi.dev.yaml": text })), {}, text);
        }
    });

    it("keeps the values that are declared as secrets for themselves", async () => {
        const { config, secretKeys } = await read({
            "Pulumi.yaml": `${plain}config:\n    token:\n        value: abc\n        secret: true\n    aws:region: eu-west-1\n`,
        });
        assert.deepEqual(Object.fromEntries(config), { "app:token": "abc", "aws:region": "eu-west-1" });
        assert.deepEqual(secretKeys, ["app:token"]);
    });

    it("keeps as secret a list with an encrypted value in it", async () => {
        const { config, secretKeys } = await read({
            "Pulumi.dev.yaml": "config:\n    app:users:\n        - ann\n        - secure: v1:abc\n",
        });
        assert.deepEqual(Object.fromEntries(config), { "app:users": '["ann","[secret]"]' });
        assert.deepEqual(secretKeys, ["app:users"]);
    });

    it("says which environments are not opened, and takes the stack's own configuration before theirs", async () => {
        const listed = await read({ "Pulumi.dev.yaml": "environment:\n    - network/prod\n    - shared\n" });
        assert.match(listed.notes.join(), /^.*Pulumi\.dev\.yaml: environment network\/prod, shared is not opened;/);
        const inline = await read({
            "Pulumi.dev.yaml":
                "config:\n    app:zone: own\n" +
                "environment:\n    values:\n        pulumiConfig:\n            zone: theirs\n            size: 3\n",
        });
        assert.deepEqual(configOf(inline), { "app:zone": "own", "app:size": "3" });
        assert.match(inline.notes.join(), /^.*Pulumi\.dev\.yaml: environment is not opened;/);
    });

    it("runs in the directory that main names, or in that of the file", async () => {
        const of = async (main: string) => {
            const directory = project({ "Pulumi.yaml": `${plain}main: ${main}\n`, "src/program.js": "" });
            const read = await readProject(directory, undefined, []);
            return [read.directory.slice(directory.length), read.entry];
        };
        assert.deepEqual(await of("src"), ["/src", "."]);
        assert.deepEqual(await of("src/program.js"), ["/src", "program.js"]);
    });

    it("is refused in one line that names the file and the key", async () => {
        const wrong: readonly (readonly [files: Readonly<Record<string, string>>, message: string | RegExp])[] = [
            [{ "Pulumi.yaml": "- app\n" }, "Pulumi.yaml: name: is required."],
            [{ "Pulumi.yaml": "runtime: nodejs\n" }, "Pulumi.yaml: name: is required."],
            [{ "Pulumi.yaml": "name: app\n" }, /^Pulumi\.yaml: runtime: preview runs .* runtime nodejs, not of none;/],
            [{ "Pulumi.yaml": `${plain}config: [1]\n` }, "Pulumi.yaml: config: must be an object."],
            [{ "Pulumi.dev.yaml": "- 1\n" }, "Pulumi.dev.yaml: the file must be an object."],
            [{ "Pulumi.dev.yaml": "config: [1]\n" }, "Pulumi.dev.yaml: config: must be an object."],
            [
                { "Pulumi.dev.yaml": "config: &all\n    app:all: *all\n" },
                "Pulumi.dev.yaml cannot be read: it holds itself, or is nested too deeply.",
            ],
            [
                { "Pulumi.yaml": `${plain}stackConfigDir: settings.yaml\n`, "settings.yaml": "" },
                "Pulumi.yaml: stackConfigDir: settings.yaml is not a directory.",
            ],
            [{ "Pulumi.yaml": `${plain}main: src/index.ts\n` }, /^Pulumi\.yaml: main: there is no directory .*src\.$/],
        ];
        for (const [files, message] of wrong) {
            const said = await refusal(files);
            if (typeof message === "string") assert.equal(said, message);
            else assert.match(said, message);
        }
        assert.equal(await refusal({}, ["=3"]), "--config-value =3: write KEY=VALUE.");
    });
});
