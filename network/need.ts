import { both, either } from "./knowledge";
import { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

/** What a workload calls, beside ECR and S3 for its image. */
export class Need {
    constructor(
        /** Services by name, of which any will do. */
        readonly services: readonly string[],
        /** What of the workload calls it, as "awslogs" or "ECS Exec". */
        readonly by: string,
        /** How messages name the services. */
        readonly name = services.join(" or "),
    ) {}

    isMetIn(subnet: Subnet): boolean {
        return either(...this.services.map(service => () => isServed(subnet, service)));
    }

    toString(): string {
        return `${this.name} (${this.by})`;
    }
}

/**
 * Whether an endpoint serves what lives in a subnet, or anything in a VPC, for a service by its usual name: that of S3 leads to an
 * interface endpoint only where its private DNS answers to the VPC itself. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export function isServed(place: Subnet | Vpc, service: string): boolean {
    return place.endpointsThatServe(service).some(endpoint =>
        either(
            () => service !== "s3" || endpoint.type === "Gateway",
            () =>
                both(
                    () => endpoint.privateDns,
                    () => !endpoint.isForInboundResolverOnly,
                ),
            () => (place instanceof Subnet ? place.vpc : place).answersFor(endpoint.service),
        ),
    );
}
