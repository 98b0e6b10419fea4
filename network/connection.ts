import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";
import type { Vpc } from "./vpc";

/** What connects a VPC with networks beyond it, such as a peering connection or a transit gateway attachment. */
export class Connection extends Resource {
    constructor(
        source: Source,
        readonly noun: string,
        readonly vpcs: References<Vpc>,
    ) {
        super(source);
    }

    /** What it connects a VPC with. */
    beyond(vpc: Vpc): Several<Vpc> {
        return this.vpcs.all.filter(other => other !== vpc);
    }
}
