// Written by `npm run generate`.
import endpointPolicyRequired from "./endpoint-policy-required";
import gatewayEndpointCoversPrivateSubnets from "./gateway-endpoint-covers-private-subnets";
import gatewayEndpointPreferred from "./gateway-endpoint-preferred";
import gatewayEndpointRouted from "./gateway-endpoint-routed";
import interfaceEndpointSecurityGroupRequired from "./interface-endpoint-security-group-required";
import packSettings from "./pack-settings";
import privateSubnetNoPublicIp from "./private-subnet-no-public-ip";
import undecided from "./undecided";
import vpcDnsEnabledForEndpoints from "./vpc-dns-enabled-for-endpoints";

export const policies = [
    packSettings,
    endpointPolicyRequired,
    gatewayEndpointCoversPrivateSubnets,
    gatewayEndpointPreferred,
    gatewayEndpointRouted,
    interfaceEndpointSecurityGroupRequired,
    privateSubnetNoPublicIp,
    vpcDnsEnabledForEndpoints,
    undecided,
];
