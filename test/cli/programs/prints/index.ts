import * as pulumi from "@pulumi/pulumi";

console.log("on standard output");
console.error("on standard error");
void pulumi.log.info("a word");
void pulumi.log.info("a passing word", undefined, undefined, true);
void pulumi.log.warn("a warning");
process.stdout.write("x".repeat(200_000) + "\n");
process.stdout.write("no newline at the end");
