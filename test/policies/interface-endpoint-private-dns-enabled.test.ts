import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/interface-endpoint-private-dns-enabled";
import { table } from "../table";
import { endpoint, gateway, nativeEndpoint, nativeVpc, privateZone, subnet, vpc, vpcElsewhere } from "./network";

const { ec2, route53 } = aws;

const on = { privateDnsEnabled: true };
const off = { privateDnsEnabled: false };

/** A VPC with an endpoint that has private DNS off, and what else the case gives it. */
const without = (more: (of: aws.ec2.Vpc) => unknown) => () => {
    const v = vpc();
    endpoint(v, off);
    more(v);
};

/** A Route 53 Profile that a VPC has. */
const profile = (of: aws.ec2.Vpc, profileId: pulumi.Input<string> = new route53.ProfilesProfile("shared").id) => {
    new route53.ProfilesAssociation("shared", { profileId, resourceId: of.id });
    return profileId;
};

const share = (profileId: pulumi.Input<string>, resourceArn: pulumi.Input<string>) =>
    new route53.ProfilesResourceAssociation("shared", { profileId, resourceArn });

const forward = (of: aws.ec2.Vpc, domainName: string) =>
    new route53.ResolverRuleAssociation("hub", {
        resolverRuleId: new route53.ResolverRule("hub", {
            domainName,
            ruleType: "FORWARD",
            resolverEndpointId: "rslvr-out-0123456789abcdef0",
        }).id,
        vpcId: of.id,
    });

const nativeShared = (of: native.ec2.Vpc, resourceArn: pulumi.Input<string>) => {
    const profileId = new native.route53profiles.Profile("shared").awsId;
    new native.route53profiles.ProfileAssociation("shared", { profileId, resourceId: of.vpcId });
    new native.route53profiles.ProfileResourceAssociation("shared", { profileId, resourceArn });
};

const logsName = "logs.us-east-1.amazonaws.com";
const outside = "vpc-0a1b2c3d4e5f60718";
const isPublic = {
    logs: /^Interface endpoint logs has private DNS off, so logs\.us-east-1\.amazonaws\.com leads to public addresses in VPC main\.$/,
};

table(policy, {
    why: "Without private DNS, the name that SDKs and the AWS CLI use still leads to the public addresses of the service. The endpoint is paid for, and nobody uses it.",
    page: { config: { exceptServices: ["kms"] } },
    accepts: {
        "private DNS on": () => endpoint(vpc(), on),
        "private DNS that a resource of its own turns on": () =>
            new aws.vpc.EndpointPrivateDns("dns", { vpcEndpointId: endpoint(vpc()).id, privateDnsEnabled: true }),
        "a gateway endpoint": () => gateway(vpc()),
        "a gateway endpoint for a service that has private DNS, which AWS refuses for other reasons": () =>
            gateway(vpc(), {}, "logs"),
        "a service without private DNS": () => endpoint(vpc(), off, "dynamodb"),
        "S3, for which it is a matter of its own": () => endpoint(vpc(), off, "s3"),
        "services for which AWS says to leave it off": () => {
            const v = vpc();
            ["storagegateway", "iot.data", "iot.credentials", "execute-api"].map(service =>
                endpoint(v, off, service, service.replace(".", "-")),
            );
        },
        "a service that the table does not know": () => endpoint(vpc(), off, "clairvoyance"),
        "a service of a partner": () =>
            endpoint(vpc(), { ...off, serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718" }),
        "a service of the stack itself": () => {
            const serviceName = new ec2.VpcEndpointService("own", { acceptanceRequired: true }).serviceName;
            endpoint(vpc(), { ...off, serviceName });
        },
        "a service in another Region": () =>
            endpoint(vpc(), { ...off, serviceName: "com.amazonaws.eu-west-1.kms", serviceRegion: "eu-west-1" }),
        "a service that the setting leaves out": {
            program: () => endpoint(vpc(), off),
            config: { exceptServices: ["log*"] },
        },
        "another endpoint for the service that has it on": without(v => endpoint(v, on, "logs", "other")),
        "its FIPS twin that has it on": () => {
            const v = vpc();
            endpoint(v, off, "kms-fips", "logs");
            endpoint(v, on, "kms");
        },
        "a private zone for the service": without(v => privateZone(logsName, v)),
        "a private zone for the service by an association of its own": without(v => {
            const { zoneId } = privateZone(logsName, vpc({}, "other"));
            new route53.ZoneAssociation("zone", { zoneId, vpcId: v.id });
        }),
        "a private zone for all services of the Region": without(v => privateZone("us-east-1.amazonaws.com", v)),
        "a private zone for a part of the service": () => {
            const v = vpc();
            endpoint(v, off, "ecr.dkr", "ecr");
            privateZone("123456789012.dkr.ecr.us-east-1.amazonaws.com", v);
        },
        "a private zone whose name is not the service's read backwards": () => {
            const v = vpc();
            endpoint(v, off, "kinesis-streams");
            privateZone("kinesis.us-east-1.amazonaws.com", v);
        },
        "a Profile that has a zone for the service": without(v =>
            share(profile(v), privateZone(logsName, vpc({}, "other")).arn),
        ),
        "a Profile that has another endpoint for the service": without(v =>
            share(profile(v), endpoint(vpc({}, "other"), on, "logs", "other").arn),
        ),
        "a Resolver rule that forwards the names of AWS": without(v => forward(v, "amazonaws.com")),
        "a VPC with a peering connection": without(
            v => new ec2.VpcPeeringConnection("peer", { vpcId: v.id, peerVpcId: outside }),
        ),
        "a VPC attached to a transit gateway": without(
            v =>
                new aws.ec2transitgateway.VpcAttachment("hub", {
                    vpcId: v.id,
                    transitGatewayId: "tgw-0123456789abcdef0",
                    subnetIds: [subnet(v).id],
                }),
        ),
        "an aws-native endpoint with private DNS on": () => nativeEndpoint(nativeVpc(), on),
        "an aws-native zone for the service": () => {
            const v = nativeVpc();
            nativeEndpoint(v, off);
            new native.route53.HostedZone("zone", {
                name: logsName,
                vpcs: [{ vpcId: v.vpcId, vpcRegion: "us-east-1" }],
            });
        },
        "an aws-native Profile that has a zone for the service": () => {
            const v = nativeVpc();
            nativeEndpoint(v, off);
            nativeShared(v, privateZone(logsName, vpc({}, "other")).arn);
        },
    },
    rejects: {
        "private DNS off": { program: () => endpoint(vpc(), off), because: isPublic },
        "private DNS left out": { program: () => endpoint(vpc()), because: isPublic },
        "private DNS that a resource of its own turns off": {
            program: () =>
                new aws.vpc.EndpointPrivateDns("dns", {
                    vpcEndpointId: endpoint(vpc(), on).id,
                    privateDnsEnabled: false,
                }),
            because: isPublic,
        },
        "a name in two parts": {
            program: () => endpoint(vpc(), off, "ecr.api", "logs"),
            because: { logs: /so api\.ecr\.us-east-1\.amazonaws\.com leads to public addresses/ },
        },
        "a service that the setting does not leave out": {
            program: () => endpoint(vpc(), off),
            config: { exceptServices: ["sqs"] },
            because: isPublic,
        },
        "two endpoints for the service that both have it off": {
            program: without(v => endpoint(v, off, "logs", "other")),
            because: { ...isPublic, other: /^Interface endpoint other has private DNS off/ },
        },
        "an endpoint for another service that has it on": {
            program: without(v => endpoint(v, on, "sqs")),
            because: isPublic,
        },
        "another endpoint for the service that has it on in another VPC": {
            program: without(() => endpoint(vpc({}, "other"), on, "logs", "other")),
            because: isPublic,
        },
        "a private zone for another service": {
            program: without(v => privateZone("sqs.us-east-1.amazonaws.com", v)),
            because: isPublic,
        },
        "a private zone for the service in another Region": {
            program: without(v => privateZone("logs.eu-west-1.amazonaws.com", v)),
            because: isPublic,
        },
        "a private zone of another VPC": {
            program: without(() => privateZone(logsName, vpc({}, "other"))),
            because: isPublic,
        },
        "a Profile that has nothing for the service": {
            program: without(v => share(profile(v), privateZone("corp.example", vpc({}, "other")).arn)),
            because: isPublic,
        },
        "a Resolver rule that forwards other names": {
            program: without(v => forward(v, "corp.example")),
            because: isPublic,
        },
        "a Profile that another VPC has": {
            program: without(() => share(profile(vpc({}, "other")), privateZone(logsName, vpc({}, "third")).arn)),
            because: isPublic,
        },
        "an aws-native endpoint with private DNS off": {
            program: () => nativeEndpoint(nativeVpc(), off),
            because: isPublic,
        },
        "an aws-native Profile that has nothing for the service": {
            program: () => {
                const v = nativeVpc();
                nativeEndpoint(v, off);
                nativeShared(v, privateZone("corp.example", vpc({}, "other")).arn);
            },
            because: isPublic,
        },
    },
    waitsFor: {
        "whether private DNS is on": {
            program: () => {
                const v = vpc();
                endpoint(v, { privateDnsEnabled: v.arn.apply(() => false) });
            },
            on: ["logs"],
            then: isPublic,
        },
        "which VPCs a zone answers in": {
            program: without(v => {
                const ids = pulumi.all([v.id, vpc({}, "other").id]);
                privateZone(logsName, { id: ids.apply(([, id]) => id) });
            }),
            on: ["logs"],
            then: isPublic,
        },
        "what a Profile has": {
            program: without(v => {
                const arns = pulumi.all([
                    privateZone(logsName, vpc({}, "other")).arn,
                    endpoint(vpc({}, "third"), on, "sqs").arn,
                ]);
                share(
                    profile(v),
                    arns.apply(([, arn]) => arn),
                );
            }),
            on: ["logs"],
            then: isPublic,
        },
        "which VPC a transit gateway is attached to": {
            program: without(v => {
                const ids = pulumi.all([v.id, vpc({}, "other").id]);
                new aws.ec2transitgateway.VpcAttachment("hub", {
                    vpcId: ids.apply(([, id]) => id),
                    transitGatewayId: "tgw-0123456789abcdef0",
                    subnetIds: ["subnet-0123456789abcdef0"],
                });
            }),
            on: ["logs"],
            then: isPublic,
        },
    },
    doesNotJudge: {
        "a VPC outside": () => endpoint({ id: outside }, off),
        "a VPC that another stack has made": {
            program: () => endpoint(vpcElsewhere(), off),
            inExport: { logs: /leads to public addresses in VPC elsewhere\.$/ },
        },
        "a VPC with a zone outside": without(
            v => new route53.ZoneAssociation("zone", { zoneId: "Z0123456789ABCDEFGHIJ", vpcId: v.id }),
        ),
        "a VPC with a Resolver rule outside": without(
            v =>
                new route53.ResolverRuleAssociation("hub", {
                    resolverRuleId: "rslvr-rr-0123456789abcdef0",
                    vpcId: v.id,
                }),
        ),
        "a VPC with a Profile outside": without(v => profile(v, "rp-0123456789abcdef")),
        "a Profile that has a zone outside": without(v =>
            share(profile(v), "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"),
        ),
    },
});
