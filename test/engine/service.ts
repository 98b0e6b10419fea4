/** A stand-in for Pulumi Cloud that takes policy packs which `pulumi policy publish` sends. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class Service {
    /** What was published: what Pulumi says of the pack, and the archive. */
    readonly published: { readonly about: unknown; archive?: Buffer }[] = [];

    private constructor(private readonly server: Server) {}

    static async open(): Promise<Service> {
        const server = createServer((request, response) => {
            void bodyOf(request).then(body => {
                const answer = service.answer(request.method ?? "", request.url ?? "", body);
                response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
                response.end(JSON.stringify(answer ?? { code: 404, message: "not found" }));
            });
        });
        const service = new Service(server);
        await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
        return service;
    }

    get url(): string {
        const address = this.server.address() as AddressInfo;
        return `http://127.0.0.1:${address.port}`;
    }

    close(): void {
        this.server.closeAllConnections();
        this.server.close();
    }

    private answer(method: string, path: string, body: Buffer): object | undefined {
        const last = this.published.at(-1);
        if (method === "GET" && path === "/api/user") {
            return { githubLogin: "acme", name: "Acme", organizations: [{ githubLogin: "acme", name: "Acme" }] };
        }
        if (method === "POST" && path === "/api/orgs/acme/policypacks") {
            this.published.push({ about: JSON.parse(body.toString()) });
            return { version: 1, uploadURI: `${this.url}/upload`, requiredHeaders: {} };
        }
        if (method === "PUT" && path === "/upload" && last !== undefined) {
            last.archive = body;
            return {};
        }
        return path.startsWith("/api/orgs/acme/policypacks/") ? (last?.about as object) : undefined;
    }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
}
