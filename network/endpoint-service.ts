import { Resource } from "./resource";

/** A service that the stack offers to others by PrivateLink. https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html */
export class EndpointService extends Resource {
    readonly noun = "endpoint service";
}
