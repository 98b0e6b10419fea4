import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";

// The program waits for ever, and so does a process that it starts.
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
if (process.env["HANGS_PIDS"] !== undefined) {
    writeFileSync(process.env["HANGS_PIDS"], `${process.pid} ${child.pid ?? 0}`);
}
setInterval(() => undefined, 1000);
