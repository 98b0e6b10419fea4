import tseslint from "typescript-eslint";

/** What a room must not import: the law of the rooms (docs/how-it-works.md). A pattern that begins with "!" makes an exception. */
const closed = (room, ...group) => ({
    files: [`${room}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message: `${room}/ must not know it.` }] }] },
});

export default tseslint.config(
    { ignores: ["dist/", "node_modules/", "coverage/", "reports/", "*.mjs", "examples/**/node_modules/"] },
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/no-non-null-assertion": "error",
            "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "file", name: "Unseen" }] }],
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/strict-boolean-expressions": ["error", { allowString: false, allowNumber: false }],
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "no-console": "error",
        },
    },
    // What ships is read without the tests and with that without the types of @pulumi/aws, which take longer than all else.
    {
        files: ["{network,policies,engine,cli}/**/*.ts", "index.ts", "library.ts", "presets.ts"],
        languageOptions: { parserOptions: { projectService: false, project: "tsconfig.build.json" } },
    },
    // Each example has a project of its own, and would have all types read again.
    {
        files: ["examples/**/*.ts"],
        languageOptions: { parserOptions: { projectService: false, project: "tsconfig.json" } },
    },
    closed("network", "@pulumi/*", "**/engine/*", "**/policies/*", "**/cli/*"),
    closed("policies", "@pulumi/*", "**/cli/*", "**/engine/*", "!**/engine/policy", "!**/engine/pack"),
    closed("engine", "**/policies/*", "**/cli/*"),
    closed("cli", "**/policies/*", "**/network/*"),
    // What draws the network has to know it.
    {
        files: ["cli/map.ts", "cli/drawing/*.ts"],
        rules: { "no-restricted-imports": ["error", { patterns: ["**/policies/*"] }] },
    },
    {
        files: ["policies/*.ts"],
        rules: {
            "no-restricted-syntax": [
                "error",
                {
                    selector: "VariableDeclarator > ObjectPattern",
                    message:
                        "Reading every property at once makes the verdict wait for all of them: read each where it is needed.",
                },
            ],
        },
    },
    // A casts-free code base meets untyped data in one place only.
    {
        files: ["policies/**/*.ts", "network/**/*.ts", "engine/**/*.ts", "cli/**/*.ts"],
        ignores: ["engine/untyped.ts", "cli/untyped.ts"],
        rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }] },
    },
    { files: ["test/**/*.ts", "examples/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts"], rules: { "no-console": "off" } },
);
