import { EndpointService, SharedResource } from "../../network/endpoint-service";
import { type Fact, Outside } from "../../network/knowledge";
import { endpointServices, loadBalancers } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";

const balancers = ["networkLoadBalancerArns", "gatewayLoadBalancerArns"] as const;

function service(
    type: string,
    required: readonly string[],
    acceptanceRequired: (p: Properties) => Fact<boolean | undefined>,
): Readers {
    return reader(
        [type],
        "endpoint service",
        required,
        (p, parts, network) => {
            const made = new EndpointService(p.source, network, {
                acceptanceRequired:
                    acceptanceRequired(p) ?? new Outside(`acceptanceRequired of ${p.source.name}, left out,`),
                principals: p.authoredTexts("allowedPrincipals"),
                loadBalancers: p.references(loadBalancers, ...balancers),
                // A service and its load balancers are in one account.
                account: p.account(...balancers),
            });
            parts.endpointServices.push(made);
            return made;
        },
        ["serviceName", "serviceId"],
    );
}

function grant(type: string, noun: string, id: string, principals: string): Readers {
    return detail([type], noun, [id], (p, parts) => {
        parts.endpointServiceGrants.push({
            service: p.references(endpointServices, id),
            principals: p.authoredTexts(principals),
        });
    });
}

function shared(noun: SharedResource["noun"], ...types: readonly string[]): Readers {
    return reader(types, noun, [], p => new SharedResource(p.source, noun), ["awsId"]);
}

export const endpointServiceReaders: Readers = [
    ...service("aws:ec2/vpcEndpointService:VpcEndpointService", ["acceptanceRequired"], p =>
        p.flag("acceptanceRequired"),
    ),
    // What AWS makes of acceptance that is left out is not documented.
    ...service("aws-native:ec2:VpcEndpointService", [], p => p.authoredFlag("acceptanceRequired")),
    ...grant(
        "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
        "allowed principal",
        "vpcEndpointServiceId",
        "principalArn",
    ),
    ...grant(
        "aws-native:ec2:VpcEndpointServicePermissions",
        "endpoint service permissions",
        "serviceId",
        "allowedPrincipals",
    ),
    ...shared(
        "resource configuration",
        "aws:vpclattice/resourceConfiguration:ResourceConfiguration",
        "aws-native:vpclattice:ResourceConfiguration",
    ),
    ...shared(
        "service network",
        "aws:vpclattice/serviceNetwork:ServiceNetwork",
        "aws-native:vpclattice:ServiceNetwork",
    ),
];
