/** `pulumi-language-nodejs`: starts Node.js programs and policy packs as Pulumi's own language host does. */
import { type ChildProcess, spawn } from "node:child_process";
import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
    AboutResponse,
    GetProgramDependenciesResponse,
    GetRequiredPackagesResponse,
    LanguageHandshakeResponse,
    type RunPluginRequest,
    RunPluginResponse,
    type RunRequest,
    RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { serve } from "./serve";

/** The exit code with which a program says that its error has been reported already. */
const reported = 32;
const engine = process.argv.at(-1) ?? "";

/** A script of the folder's own copy of the SDK. */
function script(name: string, folder: string): string {
    return require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder] });
}

/**
 * Node.js up to 22 needs half a minute and gigabytes to colour an error that has passed through the SDK's source maps;
 * the SDK asks for colours when it reports one.
 */
const plainErrors = `data:text/javascript,${encodeURIComponent(
    `import util from "node:util";
     const { inspect } = util;
     util.inspect = Object.assign((value, options) => inspect(value, { ...options, colors: false }), inspect);`,
)}`;

const run: handleUnaryCall<RunRequest, RunResponse> = ({ request }, done) => {
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const child = spawn(
        process.execPath,
        [
            `--import=${plainErrors}`,
            script("run", folder),
            `--monitor=${request.getMonitorAddress()}`,
            `--engine=${engine}`,
            `--project=${request.getProject()}`,
            `--stack=${request.getStack()}`,
            `--organization=${request.getOrganization()}`,
            `--pwd=${request.getPwd()}`,
            `--dry-run=${String(request.getDryrun())}`,
            `--parallel=${request.getParallel()}`,
            request.getInfo()?.getEntryPoint() ?? ".",
        ],
        {
            cwd: folder,
            env: {
                ...process.env,
                PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
                PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
                PULUMI_NODEJS_TYPESCRIPT: "true",
            },
            stdio: ["ignore", "inherit", "inherit"],
        },
    );
    ended(child, code => {
        const response = new RunResponse();
        response.setBail(code === reported);
        response.setError(code === 0 || code === reported ? "" : `Program exited with non-zero exit code: ${code}`);
        done(null, response);
    });
};

const runPlugin: handleServerStreamingCall<RunPluginRequest, RunPluginResponse> = call => {
    const { request } = call;
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const node = process.env["POLICY_PACK_NODE"] ?? process.execPath;
    const child = spawn(node, [script("run-policy-pack", folder), ...request.getArgsList(), folder], {
        cwd: folder,
        env: { ...process.env, ...variables(request.getEnvList()) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStdout(chunk)));
    child.stderr.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStderr(chunk)));
    call.on("cancelled", () => child.kill());
    ended(child, code => {
        call.write(new RunPluginResponse().setExitcode(code));
        call.end();
    });
};

function variables(list: readonly string[]): Record<string, string> {
    return Object.fromEntries(
        list.map(variable => {
            const [name = "", ...value] = variable.split("=");
            return [name, value.join("=")];
        }),
    );
}

function ended(child: ChildProcess, done: (code: number) => void): void {
    child.on("error", error => {
        console.error(error.message);
        done(1);
    });
    child.on("close", code => {
        done(code ?? 1);
    });
}

function answer<Request, Response>(response: () => Response): handleUnaryCall<Request, Response> {
    return (_, done) => {
        done(null, response());
    };
}

serve(LanguageRuntimeService, {
    about: answer(() => new AboutResponse()),
    getPluginInfo: answer(() => new PluginInfo().setVersion("3.0.0")),
    getProgramDependencies: answer(() => new GetProgramDependenciesResponse()),
    getRequiredPackages: answer(() => new GetRequiredPackagesResponse()),
    handshake: answer(() => new LanguageHandshakeResponse()),
    installDependencies: (call: { end: () => void }) => {
        call.end();
    },
    run,
    runPlugin,
});
