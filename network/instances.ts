import type { Source } from "./resource";
import type { Role } from "./role";
import type { References } from "./several";
import { Tenant, type TenantFacts } from "./tenant";

/** Virtual machines: one, or those of a group. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Instances.html */
export class Instances extends Tenant {
    protected override readonly takesAddressOfSubnet = true;

    constructor(
        source: Source,
        noun: string,
        facts: TenantFacts,
        private readonly hold: References<Role>,
    ) {
        super(source, noun, "client", facts);
    }

    /** Whether a role of theirs is meant for Systems Manager. */
    get areForSystemsManager(): boolean {
        return this.hold.all.some(role => role.isForSystemsManager);
    }

    /** Whether they get patches, and are not replaced by newer ones. https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html */
    get arePatched(): boolean {
        return this.noun !== "EKS node group";
    }
}
