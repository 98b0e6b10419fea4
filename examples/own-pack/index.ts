/** The policy pack of a platform team: the policies of the library that fit its network, and one of its own. */
import { PolicyPack } from "@pulumi/policy";
import { pack } from "pulumi-policy-aws-vpc-endpoints";
import interfaceEndpointInHub from "./interface-endpoint-in-hub";

const policies = pack({
    // The data centre reaches S3 through interface endpoints, on purpose; and endpoint services are another team's.
    drop: ["gateway-endpoint-preferred", "endpoint-service-multi-az", "endpoint-service-acceptance-required"],
    // Here what goes to S3 through NAT gateways costs more than anything else.
    levels: { "gateway-endpoint-covers-private-subnets": "mandatory" },
    settings: {
        "pack-settings": { organizations: ["o-exampleorgid"], accounts: ["123456789012"] },
    },
    add: [interfaceEndpointInHub],
});

new PolicyPack("example-network", {
    ...policies,
    displayName: "Example's networks",
    description: "What the platform team expects of VPCs, their endpoints and their private subnets.",
    repository: "https://git.example.com/platform/network-policies",
});
