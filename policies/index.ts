// Written by `npm run generate`.
import bucketPolicyEndpointMatches from "./bucket-policy-endpoint-matches";
import endpointPolicyRequired from "./endpoint-policy-required";
import endpointPolicyRestricted from "./endpoint-policy-restricted";
import endpointPolicyTrustedPrincipals from "./endpoint-policy-trusted-principals";
import endpointPolicyTrustedResources from "./endpoint-policy-trusted-resources";
import endpointPolicyValid from "./endpoint-policy-valid";
import gatewayEndpointCoversPrivateSubnets from "./gateway-endpoint-covers-private-subnets";
import gatewayEndpointPreferred from "./gateway-endpoint-preferred";
import gatewayEndpointRouted from "./gateway-endpoint-routed";
import interfaceEndpointSecurityGroupRequired from "./interface-endpoint-security-group-required";
import packSettings from "./pack-settings";
import privateSubnetNoPublicIp from "./private-subnet-no-public-ip";
import s3EndpointPolicyAdmitsDependencies from "./s3-endpoint-policy-admits-dependencies";
import undecided from "./undecided";
import vpcDnsEnabledForEndpoints from "./vpc-dns-enabled-for-endpoints";

export const policies = [
    packSettings,
    bucketPolicyEndpointMatches,
    endpointPolicyRequired,
    endpointPolicyRestricted,
    endpointPolicyTrustedPrincipals,
    endpointPolicyTrustedResources,
    endpointPolicyValid,
    gatewayEndpointCoversPrivateSubnets,
    gatewayEndpointPreferred,
    gatewayEndpointRouted,
    interfaceEndpointSecurityGroupRequired,
    privateSubnetNoPublicIp,
    s3EndpointPolicyAdmitsDependencies,
    vpcDnsEnabledForEndpoints,
    undecided,
];
