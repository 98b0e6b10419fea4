import { type Fact, see } from "./knowledge";
import { Resource, type Source } from "./resource";
import type { References, Several } from "./several";
import type { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
export class InternetGateway extends Resource {
    readonly noun = "internet gateway";

    constructor(
        source: Source,
        readonly vpc: References<Vpc>,
    ) {
        super(source);
    }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html */
export class NatGateway extends Resource {
    readonly noun = "NAT gateway";

    constructor(
        source: Source,
        private readonly facts: { readonly subnet: References<Subnet>; readonly connectivityType: Fact<string> },
    ) {
        super(source);
    }

    get subnets(): Several<Subnet> {
        return this.facts.subnet.all;
    }

    get isPrivate(): boolean {
        return see(this.facts.connectivityType) === "private";
    }
}

/** https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html */
export class VirtualPrivateGateway extends Resource {
    readonly noun = "virtual private gateway";
}

/** Another thing that routes lead to, of which only the name matters: an egress-only internet gateway, a carrier gateway or a core network. */
export class OtherGateway extends Resource {
    constructor(
        source: Source,
        readonly noun: string,
    ) {
        super(source);
    }
}

/** What binds a thing to a VPC and may stand for either, such as the attachment of an internet gateway or a secondary CIDR block. */
export class VpcAttachment extends Resource {
    constructor(
        source: Source,
        readonly noun: string,
        readonly vpc: References<Vpc>,
        readonly gateway: References<Resource>,
    ) {
        super(source);
    }
}
