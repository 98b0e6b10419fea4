import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";

/** Serves a plugin as the engine expects it: on a free port, which is the first line of standard output. */
export function serve(service: ServiceDefinition, implementation: UntypedServiceImplementation): void {
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(service, implementation);
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) {
            throw error;
        }
        console.log(port);
    });
}
