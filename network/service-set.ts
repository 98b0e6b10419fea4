import { both } from "./knowledge";
import { isServed } from "./need";
import type { Several } from "./several";
import type { Tenant } from "./tenant";
import type { Vpc } from "./vpc";

/** Services that are of use only together, in one VPC. */
export class ServiceSet<Service extends string> {
    constructor(
        private readonly vpc: Vpc,
        private readonly services: Several<Service>,
        /** The workloads that call them and have no way out. */
        readonly stranded: Several<Tenant>,
        /** Whether some of its endpoints are there for the sake of the set. May throw {@link Unseen}. */
        private readonly isBegun: () => boolean,
    ) {}

    /** What is not served where those workloads have no way out. */
    get missing(): Several<Service> {
        return this.services.filter(service =>
            this.stranded.some(workload => workload.strandedIn.some(subnet => !isServed(subnet, service))),
        );
    }

    /** What no endpoint serves the VPC for, though the set is begun. */
    get leftOut(): Several<Service> {
        return this.services.filter(service =>
            both(
                () => this.isBegun(),
                () => !isServed(this.vpc, service),
            ),
        );
    }
}
