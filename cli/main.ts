#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command";
import { messageOf } from "./failure";

/** The directory of the package that a directory belongs to. */
function packageOf(directory: string): string {
    return existsSync(join(directory, "package.json")) ? directory : packageOf(dirname(directory));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Leaving by the front door ends the children, too.
    process.once(signal, () => process.exit(130));
}

// Whoever reads the report may have had enough of it: `… | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
});

void run(process.argv.slice(2), {
    packDirectory: packageOf(__dirname),
    directory: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
}).then(
    code => {
        process.exitCode = code;
    },
    (thrown: unknown) => {
        // Nothing that a user can give should lead here. It must not pass for a verdict either.
        process.stderr.write(`error: a fault of this command, which please report: ${messageOf(thrown)}\n`);
        process.exitCode = 2;
    },
);
