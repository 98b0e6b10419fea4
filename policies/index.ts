// Written by `npm run generate`.
import bucketPolicyEndpointMatches from "./bucket-policy-endpoint-matches";
import ecrEndpointsComplete from "./ecr-endpoints-complete";
import endpointNotDuplicated from "./endpoint-not-duplicated";
import endpointPolicyRequired from "./endpoint-policy-required";
import endpointPolicyRestricted from "./endpoint-policy-restricted";
import endpointPolicyTrustedPrincipals from "./endpoint-policy-trusted-principals";
import endpointPolicyTrustedResources from "./endpoint-policy-trusted-resources";
import endpointPolicyValid from "./endpoint-policy-valid";
import endpointServiceAcceptanceRequired from "./endpoint-service-acceptance-required";
import endpointServiceMultiAz from "./endpoint-service-multi-az";
import endpointServiceNameValid from "./endpoint-service-name-valid";
import endpointServicePrincipalsRestricted from "./endpoint-service-principals-restricted";
import endpointServiceTrusted from "./endpoint-service-trusted";
import endpointSettingsMatchType from "./endpoint-settings-match-type";
import gatewayEndpointBeforeNat from "./gateway-endpoint-before-nat";
import gatewayEndpointCoversPrivateSubnets from "./gateway-endpoint-covers-private-subnets";
import gatewayEndpointPerVpc from "./gateway-endpoint-per-vpc";
import gatewayEndpointPreferred from "./gateway-endpoint-preferred";
import gatewayEndpointRouted from "./gateway-endpoint-routed";
import interfaceEndpointAvailabilityZones from "./interface-endpoint-availability-zones";
import interfaceEndpointInPrivateSubnets from "./interface-endpoint-in-private-subnets";
import interfaceEndpointIngressRestricted from "./interface-endpoint-ingress-restricted";
import interfaceEndpointPrivateDnsEnabled from "./interface-endpoint-private-dns-enabled";
import interfaceEndpointReachable from "./interface-endpoint-reachable";
import interfaceEndpointSecurityGroupRequired from "./interface-endpoint-security-group-required";
import isolatedSubnetNoEgress from "./isolated-subnet-no-egress";
import packSettings from "./pack-settings";
import privateSubnetNoInternetRoute from "./private-subnet-no-internet-route";
import privateSubnetNoPublicIp from "./private-subnet-no-public-ip";
import requiredEndpointsPresent from "./required-endpoints-present";
import s3EndpointPolicyAdmitsDependencies from "./s3-endpoint-policy-admits-dependencies";
import s3PrivateDnsInboundResolver from "./s3-private-dns-inbound-resolver";
import sharedEndpointDns from "./shared-endpoint-dns";
import ssmEndpointsComplete from "./ssm-endpoints-complete";
import undecided from "./undecided";
import vpcDnsEnabledForEndpoints from "./vpc-dns-enabled-for-endpoints";
import workloadEgressAllowsEndpoints from "./workload-egress-allows-endpoints";
import workloadEndpointsComplete from "./workload-endpoints-complete";

export const policies = [
    packSettings,
    bucketPolicyEndpointMatches,
    ecrEndpointsComplete,
    endpointNotDuplicated,
    endpointPolicyRequired,
    endpointPolicyRestricted,
    endpointPolicyTrustedPrincipals,
    endpointPolicyTrustedResources,
    endpointPolicyValid,
    endpointServiceAcceptanceRequired,
    endpointServiceMultiAz,
    endpointServiceNameValid,
    endpointServicePrincipalsRestricted,
    endpointServiceTrusted,
    endpointSettingsMatchType,
    gatewayEndpointBeforeNat,
    gatewayEndpointCoversPrivateSubnets,
    gatewayEndpointPerVpc,
    gatewayEndpointPreferred,
    gatewayEndpointRouted,
    interfaceEndpointAvailabilityZones,
    interfaceEndpointInPrivateSubnets,
    interfaceEndpointIngressRestricted,
    interfaceEndpointPrivateDnsEnabled,
    interfaceEndpointReachable,
    interfaceEndpointSecurityGroupRequired,
    isolatedSubnetNoEgress,
    privateSubnetNoInternetRoute,
    privateSubnetNoPublicIp,
    requiredEndpointsPresent,
    s3EndpointPolicyAdmitsDependencies,
    s3PrivateDnsInboundResolver,
    sharedEndpointDns,
    ssmEndpointsComplete,
    vpcDnsEnabledForEndpoints,
    workloadEgressAllowsEndpoints,
    workloadEndpointsComplete,
    undecided,
];
