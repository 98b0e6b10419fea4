/** Networks as nobody would build them, for the laws that hold of every network. */
import * as fc from "fast-check";
import { type Blueprint, Ref } from "./blueprint";

const fullAccess = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});
const inDisguise = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" },
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "*", Resource: "*" },
    ],
});
const own = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::app/*" }],
});

const incomplete = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "arn:aws:s3:*",
            Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
        },
        { Effect: "Allow", NotPrincipal: { AWS: "444455556666" }, Action: "sqs:*", Resource: "arn:aws:sqs:*:*:*" },
        { Effect: "Deny", Principal: "*", Action: "*", Resource: "arn:aws:sqs" },
    ],
});
const documents = [fullAccess, own, inDisguise, own, incomplete];

export const wholeNetworks: fc.Arbitrary<readonly Blueprint[]> = fc.gen().map(g => {
    const made: Blueprint[] = [];
    const add = (type: string, name: string, inputs: Blueprint["inputs"]): Blueprint => {
        const blueprint = {
            type,
            name,
            inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)),
        };
        made.push(blueprint);
        return blueprint;
    };
    const chance = (percent: number): boolean => g(fc.integer, { min: 1, max: 100 }) <= percent;
    const pick = <T>(...items: readonly T[]): T => {
        const item = items[g(fc.nat, { max: items.length - 1 })];
        if (item === undefined && items.length === 0) {
            throw new Error("nothing to pick from");
        }
        return item as T;
    };
    const maybe = <T>(percent: number, value: () => T): T | undefined => (chance(percent) ? value() : undefined);
    const times = (min: number, max: number): readonly number[] => [...Array(g(fc.integer, { min, max })).keys()];
    const id = (blueprint: Blueprint): Ref => new Ref(blueprint);

    for (const v of times(1, 2)) {
        const vpc = add("aws:ec2/vpc:Vpc", `vpc-${v}`, {
            cidrBlock: `10.${v}.0.0/16`,
            enableDnsHostnames: maybe(60, () => chance(60)),
            enableDnsSupport: maybe(30, () => chance(60)),
        });
        const vpcId = (): unknown => (chance(92) ? id(vpc) : "vpc-0123456789abcdef0");
        const gateway = maybe(70, () => add("aws:ec2/internetGateway:InternetGateway", `igw-${v}`, { vpcId: id(vpc) }));
        const tables = times(0, 3).map(t =>
            add("aws:ec2/routeTable:RouteTable", `table-${v}-${t}`, {
                vpcId: vpcId(),
                routes:
                    gateway === undefined
                        ? undefined
                        : maybe(30, () => [
                              {
                                  cidrBlock: pick("0.0.0.0/0", "8.8.8.0/24"),
                                  gatewayId: pick<unknown>(id(gateway), "vgw-0aaaaaaaaaaaaaaaa"),
                              },
                          ]),
            }),
        );
        const subnets = times(1, 4).map(s =>
            add("aws:ec2/subnet:Subnet", `subnet-${v}-${s}`, {
                vpcId: vpcId(),
                cidrBlock: `10.${v}.${s}.0/24`,
                ...pick<object>(
                    {},
                    { availabilityZone: pick("us-east-1a", "us-east-1b") },
                    { availabilityZoneId: "use1-az1" },
                ),
                mapPublicIpOnLaunch: maybe(40, () => chance(50)),
                assignIpv6AddressOnCreation: maybe(20, () => true),
                tags: maybe(50, () =>
                    pick<object>(
                        { Tier: "private" },
                        { Tier: "public" },
                        { Name: "app-private-a" },
                        { Tier: "isolated" },
                    ),
                ),
            }),
        );
        const anyTable = (): unknown =>
            pick<unknown>(
                new Ref(vpc, "mainRouteTableId"),
                new Ref(vpc, "defaultRouteTableId"),
                ...tables.map(id),
                ...(chance(10) ? ["rtb-0123456789abcdef0"] : []),
            );
        const anySubnet = (): unknown =>
            pick<unknown>(...subnets.map(id), ...(chance(10) ? ["subnet-0123456789abcdef0"] : []));
        for (const [s, subnet] of subnets.entries()) {
            if (chance(70)) {
                add("aws:ec2/routeTableAssociation:RouteTableAssociation", `association-${v}-${s}`, {
                    subnetId: id(subnet),
                    routeTableId: anyTable(),
                });
            }
        }
        const nat = maybe(50, () =>
            add("aws:ec2/natGateway:NatGateway", `nat-${v}`, {
                subnetId: anySubnet(),
                connectivityType: maybe(40, () => pick("private", "public")),
            }),
        );
        const list = maybe(15, () =>
            add("aws:ec2/managedPrefixList:ManagedPrefixList", `list-${v}`, {
                addressFamily: "IPv4",
                maxEntries: 5,
                entries: maybe(70, () => [{ cidr: pick(`10.${v}.1.0/24`, "203.0.113.0/24") }]),
            }),
        );
        for (const r of times(0, 3)) {
            add("aws:ec2/route:Route", `route-${v}-${r}`, {
                routeTableId: anyTable(),
                ...pick<object>(
                    { destinationCidrBlock: "0.0.0.0/0" },
                    { destinationCidrBlock: "10.99.0.0/16" },
                    { destinationIpv6CidrBlock: "::/0" },
                    chance(30) && list !== undefined
                        ? { destinationPrefixListId: id(list) }
                        : { destinationCidrBlock: "128.0.0.0/1" },
                ),
                ...pick<object>(
                    gateway === undefined ? { transitGatewayId: "tgw-0123456789abcdef0" } : { gatewayId: id(gateway) },
                    nat === undefined ? { transitGatewayId: "tgw-0123456789abcdef0" } : { natGatewayId: id(nat) },
                ),
            });
        }
        if (nat !== undefined && chance(60)) {
            add("aws:ec2/route:Route", `nat-route-${v}`, {
                routeTableId: anyTable(),
                destinationCidrBlock: "0.0.0.0/0",
                natGatewayId: id(nat),
            });
        }
        if (tables[0] !== undefined && chance(25)) {
            add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", `main-${v}`, {
                vpcId: id(vpc),
                routeTableId: id(tables[0]),
            });
        }
        if (gateway !== undefined && chance(25)) {
            add("aws:ec2/defaultRouteTable:DefaultRouteTable", `default-table-${v}`, {
                defaultRouteTableId: new Ref(vpc, "defaultRouteTableId"),
                routes: maybe(50, () => [{ cidrBlock: "0.0.0.0/0", gatewayId: id(gateway) }]),
            });
        }
        const peers = (): object =>
            pick<object>(
                { cidrBlocks: [`10.${v}.0.0/16`] },
                { cidrBlocks: [pick(`10.${v}.1.0/24`, "0.0.0.0/0", "198.51.100.0/24")] },
                { cidrBlocks: [new Ref(vpc, "cidrBlock")], self: chance(50) },
                { prefixListIds: [list === undefined ? "pl-0123456789abcdef0" : id(list)] },
            );
        const rule = (): object => ({
            protocol: "tcp",
            fromPort: pick(443, 443, 0),
            toPort: pick(443, 443, 9142),
            ...peers(),
        });
        const groups = times(1, 2).map(s =>
            add("aws:ec2/securityGroup:SecurityGroup", `group-${v}-${s}`, {
                vpcId: vpcId(),
                ingress: maybe(50, () => times(1, 2).map(rule)),
                egress: maybe(50, () => [rule()]),
            }),
        );
        const defaultGroup = maybe(20, () =>
            add("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", `default-group-${v}`, { vpcId: id(vpc) }),
        );
        const anyGroup = (): unknown =>
            pick<unknown>(
                ...groups.map(id),
                new Ref(vpc, "defaultSecurityGroupId"),
                ...(defaultGroup === undefined ? [] : [id(defaultGroup)]),
                ...(chance(10) ? ["sg-0123456789abcdef0"] : []),
            );

        const aclRule = (): object => ({
            protocol: pick("tcp", "-1"),
            fromPort: pick(0, 443, 1024),
            toPort: pick(443, 65535),
            cidrBlock: pick("0.0.0.0/0", `10.${v}.1.0/24`),
        });
        const numbered = (): object => ({
            ...aclRule(),
            ruleNo: pick(90, 100, 110),
            action: pick("allow", "allow", "deny"),
        });
        const acl = maybe(30, () =>
            add("aws:ec2/networkAcl:NetworkAcl", `acl-${v}`, {
                vpcId: id(vpc),
                subnetIds: maybe(60, () => [anySubnet()]),
                ingress: maybe(60, () => [numbered()]),
                egress: maybe(60, () => [numbered()]),
            }),
        );
        if (acl !== undefined) {
            add("aws:ec2/networkAclRule:NetworkAclRule", `acl-rule-${v}`, {
                networkAclId: pick<unknown>(id(acl), new Ref(vpc, "defaultNetworkAclId")),
                egress: maybe(50, () => true),
                ruleNumber: 95,
                ruleAction: pick("allow", "deny"),
                ...aclRule(),
            });
            add("aws:ec2/networkAclAssociation:NetworkAclAssociation", `acl-association-${v}`, {
                networkAclId: chance(90) ? id(acl) : "acl-0123456789abcdef0",
                subnetId: anySubnet(),
            });
        }
        if (chance(10)) {
            add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", `default-acl-${v}`, {
                defaultNetworkAclId: new Ref(vpc, "defaultNetworkAclId"),
                ingress: maybe(70, () => [numbered()]),
                egress: maybe(70, () => [numbered()]),
            });
        }
        for (const r of times(0, 2)) {
            add("aws:ec2/securityGroupRule:SecurityGroupRule", `rule-${v}-${r}`, {
                type: pick("ingress", "ingress", "egress"),
                securityGroupId: anyGroup(),
                protocol: pick("tcp", "tcp", "udp", "-1"),
                fromPort: 443,
                toPort: 443,
                ...pick<object>({ sourceSecurityGroupId: anyGroup() }, peers()),
            });
        }
        for (const e of times(0, 4)) {
            const type = pick("Gateway", "Interface", "Interface", undefined);
            const others = ["s3", "dynamodb", "sqs", "sts", "s3-fips", "ecr.api", "ecr.dkr", "sqss", "nothing-known"];
            const service = type === "Gateway" && chance(50) ? "s3" : pick("s3", "ecr.api", ...others);
            const endpoint = add("aws:ec2/vpcEndpoint:VpcEndpoint", `endpoint-${v}-${e}`, {
                vpcId: vpcId(),
                serviceName: `com.amazonaws.us-east-1.${service}`,
                vpcEndpointType: type,
                policy: maybe(60, () => pick(...documents)),
                routeTableIds: type === "Interface" ? undefined : maybe(60, () => times(0, 2).map(anyTable)),
                subnetIds: maybe(type === "Interface" ? 70 : 5, () => times(1, 2).map(anySubnet)),
                dnsOptions: maybe(20, () =>
                    pick<object>({ privateDnsOnlyForInboundResolverEndpoint: chance(50) }, { dnsRecordIpType: "ipv4" }),
                ),
                region: maybe(20, () => pick("us-east-1", "us-east-1", "eu-west-1")),
                securityGroupIds:
                    type === "Interface"
                        ? maybe(75, () => (chance(60) ? [id(pick(...groups))] : times(0, 2).map(anyGroup)))
                        : undefined,
                privateDnsEnabled: maybe(60, () => chance(70)),
                serviceRegion: maybe(10, () => pick("us-east-1", "eu-west-1")),
            });
            if (chance(15)) {
                add("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", `policy-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    policy: maybe(70, () => pick(...documents)),
                });
            }
            if (chance(15) && type !== "Interface") {
                add("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", `link-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    routeTableId: anyTable(),
                });
            }
            if (chance(10)) {
                add("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", `subnet-link-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    subnetId: anySubnet(),
                });
            }
            if (chance(15) && type === "Interface") {
                add("aws:ec2/securityGroupAssociation:SecurityGroupAssociation", `group-link-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    securityGroupId: anyGroup(),
                    replaceDefaultAssociation: maybe(50, () => true),
                });
            }
            if (chance(10)) {
                add("aws:vpc/endpointPrivateDns:EndpointPrivateDns", `dns-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    privateDnsEnabled: chance(50),
                });
            }
        }
        const first = made.find(({ name }) => name === `endpoint-${v}-0`);
        if (first !== undefined && chance(25)) {
            add(first.type, `twin-${v}`, first.inputs);
        }
        if (chance(25)) {
            add("aws:ec2/vpcEndpoint:VpcEndpoint", `images-${v}`, {
                vpcId: id(vpc),
                vpcEndpointType: "Interface",
                serviceName: "com.amazonaws.us-east-1.ecr.api",
            });
        }
        if (chance(20)) {
            add("aws:dynamodb/table:Table", `orders-${v}`, { hashKey: "id" });
        }
        const bucket = maybe(70, () => add("aws:s3/bucket:Bucket", `bucket-${v}`, { bucket: `data-of-network-${v}` }));
        const gateways = made.filter(
            ({ type, inputs }) => type.endsWith(":VpcEndpoint") && inputs["vpcEndpointType"] === "Gateway",
        );
        if (bucket !== undefined && gateways.length > 0 && chance(90)) {
            // A document that is put together from an id that is pending is pending as a whole.
            add("aws:s3/bucketPolicy:BucketPolicy", `bucket-policy-${v}`, {
                bucket: `data-of-network-${v}`,
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: "*",
                            Action: "s3:GetObject",
                            Resource: `arn:aws:s3:::data-of-network-${v}/*`,
                            Condition: { StringEquals: { "aws:SourceVpce": id(pick(...gateways)) } },
                        },
                    ],
                },
            });
        }
        const bucketArn = bucket === undefined ? "arn:aws:s3:::app" : new Ref(bucket, "arn");
        const role = maybe(60, () => {
            const trust = { Version: "2012-10-17", Statement: [] };
            const made = add("aws:iam/role:Role", `role-${v}`, {
                assumeRolePolicy: JSON.stringify(trust),
                managedPolicyArns: maybe(40, () => ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]),
            });
            if (chance(60)) {
                add("aws:iam/rolePolicy:RolePolicy", `role-policy-${v}`, {
                    role: id(made),
                    policy: {
                        Version: "2012-10-17",
                        Statement: [
                            {
                                Effect: "Allow",
                                Action: pick("s3:GetObject", "sqs:SendMessage", "ssmmessages:*", "sqs:*", "*"),
                                Resource: pick<unknown>("*", bucketArn),
                            },
                        ],
                    },
                });
            }
            if (chance(25)) {
                add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `attachment-${v}`, {
                    role: new Ref(made, "name"),
                    policyArn: pick(
                        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
                        "arn:aws:iam::111122223333:policy/other",
                    ),
                });
            }
            return made;
        });
        const profile = role && add("aws:iam/instanceProfile:InstanceProfile", `profile-of-${v}`, { role: id(role) });
        for (const service of chance(35) ? ["ssm", "ssmmessages", "ec2messages"].filter(() => chance(60)) : []) {
            add("aws:ec2/vpcEndpoint:VpcEndpoint", `${service}-${v}`, {
                vpcId: id(vpc),
                vpcEndpointType: "Interface",
                serviceName: `com.amazonaws.us-east-1.${service}`,
            });
        }
        const instance = maybe(50, () =>
            add("aws:ec2/instance:Instance", `instance-${v}`, {
                ami: "ami-0123456789abcdef0",
                instanceType: "t3.micro",
                subnetId: maybe(80, anySubnet),
                iamInstanceProfile: profile && maybe(70, () => new Ref(profile, "name")),
                associatePublicIpAddress: maybe(50, () => chance(50)),
                vpcSecurityGroupIds: maybe(50, () => [anyGroup()]),
            }),
        );
        if (instance !== undefined && chance(40)) {
            add("aws:ec2/eip:Eip", `address-${v}`, { instance: maybe(70, () => id(instance)) });
        }
        if (chance(40)) {
            const template = add("aws:ec2/launchTemplate:LaunchTemplate", `template-${v}`, {
                networkInterfaces: maybe(60, () => [{ associatePublicIpAddress: pick("true", "false") }]),
            });
            add("aws:autoscaling/group:Group", `asg-${v}`, {
                maxSize: 1,
                minSize: 1,
                vpcZoneIdentifiers: times(1, 2).map(anySubnet),
                launchTemplate: { id: id(template), version: "$Latest" },
            });
        }
        const container = (): object => ({
            name: "app",
            image: pick<unknown>(
                "nginx:1",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
                new Ref(add("aws:ecr/repository:Repository", `repository-${v}`, {}), "repositoryUrl"),
            ),
            ...(chance(50) && { logConfiguration: { logDriver: pick("awslogs", "splunk") } }),
            ...(chance(30) && { secrets: [{ name: "DB", valueFrom: "arn:aws:secretsmanager:us-east-1:1:secret:db" }] }),
        });
        if (chance(40)) {
            const task = maybe(70, () =>
                add("aws:ecs/taskDefinition:TaskDefinition", `task-${v}`, {
                    family: "app",
                    containerDefinitions: [container()],
                }),
            );
            add("aws:ecs/service:Service", `service-${v}`, {
                launchType: maybe(80, () => pick("FARGATE", "FARGATE", "EC2")),
                taskDefinition: task && new Ref(task, "arn"),
                enableExecuteCommand: maybe(20, () => true),
                networkConfiguration: {
                    subnets: times(1, 2).map(anySubnet),
                    assignPublicIp: maybe(50, () => chance(50)),
                    ...(chance(50) && { securityGroups: [anyGroup()] }),
                },
            });
        }
        if (chance(25)) {
            const queue = add("aws:sqs/queue:Queue", `queue-${v}`, {});
            const called = add("aws:lambda/function:Function", `function-${v}`, {
                role: role === undefined ? "arn:aws:iam::123456789012:role/other" : new Ref(role, "arn"),
                vpcConfig: { subnetIds: times(1, 2).map(anySubnet), securityGroupIds: [anyGroup()] },
                environment: maybe(60, () => ({
                    variables: { TARGET: pick<unknown>(new Ref(queue, "url"), new Ref(vpc, "arn"), "arn:aws:sns:::a") },
                })),
            });
            if (chance(40)) {
                add("aws:lambda/eventSourceMapping:EventSourceMapping", `mapping-${v}`, {
                    functionName: new Ref(called, "arn"),
                    eventSourceArn: new Ref(queue, "arn"),
                });
            }
        }
        if (chance(20)) {
            const cluster = add("aws:eks/cluster:Cluster", `cluster-${v}`, {
                roleArn: "arn:aws:iam::123456789012:role/other",
                vpcConfig: { subnetIds: times(1, 2).map(anySubnet) },
            });
            const clusterName = (): unknown => (chance(90) ? new Ref(cluster, "name") : "other");
            add("aws:eks/nodeGroup:NodeGroup", `nodes-${v}`, {
                clusterName: clusterName(),
                nodeRoleArn: role === undefined ? "arn:aws:iam::123456789012:role/other" : new Ref(role, "arn"),
                subnetIds: times(1, 2).map(anySubnet),
            });
            if (chance(40)) {
                add("aws:iam/openIdConnectProvider:OpenIdConnectProvider", `identities-${v}`, {
                    url: new Ref(cluster, "endpoint"),
                });
            }
            if (chance(40)) {
                add("aws:eks/podIdentityAssociation:PodIdentityAssociation", `pods-${v}`, {
                    clusterName: clusterName(),
                    serviceAccount: pick("app", "aws-load-balancer-controller"),
                });
            }
        }
        const balancer = maybe(35, () =>
            add("aws:lb/loadBalancer:LoadBalancer", `balancer-${v}`, {
                internal: maybe(60, () => chance(50)),
                subnets: times(1, 2).map(anySubnet),
                loadBalancerType: maybe(50, () => pick("application", "network", "gateway")),
                enableCrossZoneLoadBalancing: maybe(30, () => chance(50)),
            }),
        );
        if (balancer !== undefined && chance(30)) {
            const targets = add("aws:lb/targetGroup:TargetGroup", `targets-${v}`, {
                loadBalancingCrossZoneEnabled: maybe(60, () => pick("true", "false")),
            });
            add("aws:lb/listener:Listener", `listener-${v}`, {
                loadBalancerArn: new Ref(balancer, "arn"),
                defaultActions: [{ type: "forward", targetGroupArn: new Ref(targets, "arn") }],
            });
        }
        const principal = (): string =>
            pick("*", "arn:aws:iam::111122223333:root", "444455556666", "arn:aws:iam::123456789012:role/own");
        const offer = maybe(35, () =>
            add("aws:ec2/vpcEndpointService:VpcEndpointService", `offer-${v}`, {
                acceptanceRequired: chance(50),
                allowedPrincipals: maybe(60, () => times(0, 2).map(principal)),
                networkLoadBalancerArns: [
                    balancer === undefined
                        ? "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/other/0a1b2c3d4e5f6071"
                        : new Ref(balancer, "arn"),
                ],
            }),
        );
        if (offer !== undefined && chance(40)) {
            add("aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple", `principal-${v}`, {
                vpcEndpointServiceId: id(offer),
                principalArn: principal(),
            });
        }
        if (chance(30)) {
            add("aws:ec2/vpcEndpoint:VpcEndpoint", `private-link-${v}`, {
                vpcId: vpcId(),
                vpcEndpointType: pick("Interface", "GatewayLoadBalancer"),
                serviceName: pick<unknown>(
                    "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
                    ...(offer === undefined ? [] : [new Ref(offer, "serviceName")]),
                ),
                subnetIds: [anySubnet()],
            });
        }
        if (chance(15)) {
            add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", `peering-${v}`, {
                vpcId: id(vpc),
                peerVpcId: "vpc-0fedcba9876543210",
            });
        }
        if (chance(15)) {
            add("aws:route53/resolverEndpoint:ResolverEndpoint", `resolver-${v}`, {
                direction: pick("INBOUND", "OUTBOUND"),
                securityGroupIds: [anyGroup()],
                ipAddresses: times(1, 2).map(() => ({ subnetId: anySubnet() })),
            });
        }
        if (chance(25)) {
            const zone = add("aws:route53/zone:Zone", `zone-${v}`, {
                name: pick("sqs.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com", "corp.example"),
                vpcs: maybe(70, () => [{ vpcId: id(vpc) }]),
            });
            if (chance(50)) {
                const profile = add("aws:route53/profilesProfile:ProfilesProfile", `profile-${v}`, {});
                add("aws:route53/profilesAssociation:ProfilesAssociation", `profile-link-${v}`, {
                    profileId: chance(90) ? id(profile) : "rp-0123456789abcdef",
                    resourceId: id(vpc),
                });
                add("aws:route53/profilesResourceAssociation:ProfilesResourceAssociation", `shared-${v}`, {
                    profileId: id(profile),
                    resourceArn: new Ref(zone, "arn"),
                });
            }
        }
    }
    if (chance(50)) {
        const cidrs = { spoke: "10.201.0.0/16", hub: "10.202.0.0/16" };
        const [spoke, hub] = [
            add("aws:ec2/vpc:Vpc", "spoke", { cidrBlock: cidrs.spoke }),
            add("aws:ec2/vpc:Vpc", "hub", { cidrBlock: cidrs.hub, enableDnsHostnames: true }),
        ];
        const [app, edge] = [
            add("aws:ec2/subnet:Subnet", "spoke-app", {
                vpcId: id(spoke),
                cidrBlock: "10.201.1.0/24",
                tags: maybe(40, () => ({ Tier: pick("isolated", "private") })),
            }),
            add("aws:ec2/subnet:Subnet", "hub-edge", { vpcId: id(hub), cidrBlock: "10.202.1.0/24" }),
        ];
        const link = (): object => {
            if (chance(45)) {
                const peering = add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "hub-peering", {
                    vpcId: id(spoke),
                    peerVpcId: id(hub),
                });
                return { vpcPeeringConnectionId: id(peering) };
            }
            const on = chance(80) ? undefined : "disable";
            const tgw = chance(10)
                ? "tgw-0123456789abcdef0"
                : id(
                      add("aws:ec2transitgateway/transitGateway:TransitGateway", "hub-gateway", {
                          defaultRouteTableAssociation: on,
                          defaultRouteTablePropagation: on,
                      }),
                  );
            const [from, to] = [
                { of: spoke, in: app },
                { of: hub, in: edge },
            ].map(attached =>
                add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", `attachment-${attached.of.name}`, {
                    vpcId: id(attached.of),
                    transitGatewayId: tgw,
                    subnetIds: [id(attached.in)],
                }),
            );
            if (from !== undefined && to !== undefined && tgw instanceof Ref) {
                const own = on === "disable" && chance(70);
                const table = own
                    ? id(
                          add("aws:ec2transitgateway/routeTable:RouteTable", "spokes", {
                              transitGatewayId: tgw,
                          }),
                      )
                    : new Ref(tgw.to, "associationDefaultRouteTableId");
                if (own) {
                    add("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", "of-spoke", {
                        transitGatewayAttachmentId: id(from),
                        transitGatewayRouteTableId: table,
                    });
                }
                for (const r of times(0, 2)) {
                    add("aws:ec2transitgateway/route:Route", `hub-route-${r}`, {
                        transitGatewayRouteTableId: table,
                        destinationCidrBlock: pick("0.0.0.0/0", "10.0.0.0/8", cidrs.hub),
                        ...(chance(75) ? { transitGatewayAttachmentId: id(to) } : { blackhole: true }),
                    });
                }
            }
            return { transitGatewayId: tgw };
        };
        const table = add("aws:ec2/routeTable:RouteTable", "spoke-table", {
            vpcId: id(spoke),
            routes: [{ cidrBlock: pick("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8"), ...link() }],
        });
        add("aws:ec2/routeTableAssociation:RouteTableAssociation", "spoke-association", {
            subnetId: id(app),
            routeTableId: id(table),
        });
        for (const e of times(1, 2)) {
            const type = pick("Interface", undefined);
            add("aws:ec2/vpcEndpoint:VpcEndpoint", `shared-${e}`, {
                vpcId: id(chance(85) ? hub : spoke),
                serviceName: `com.amazonaws.us-east-1.${type === undefined ? pick("s3", "dynamodb") : pick("sqs", "sqs", "s3")}`,
                vpcEndpointType: type,
                subnetIds: type === undefined ? undefined : [id(edge)],
                privateDnsEnabled: type === undefined ? undefined : maybe(50, () => false),
                policy: own,
            });
        }
        if (chance(35)) {
            const zone = add("aws:route53/zone:Zone", "shared-zone", {
                name: pick("sqs.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com"),
                vpcs: [{ vpcId: id(hub) }],
            });
            if (chance(70)) {
                add("aws:route53/zoneAssociation:ZoneAssociation", "shared-zone", {
                    zoneId: chance(85) ? id(zone) : "Z0123456789ABCDEFGHIJ",
                    vpcId: id(spoke),
                });
            }
        }
        if (chance(15)) {
            const rule = add("aws:route53/resolverRule:ResolverRule", "shared-rule", {
                domainName: pick("amazonaws.com", "corp.example"),
                ruleType: pick("FORWARD", "FORWARD", "SYSTEM"),
            });
            add("aws:route53/resolverRuleAssociation:ResolverRuleAssociation", "shared-rule", {
                resolverRuleId: chance(85) ? id(rule) : "rslvr-rr-0123456789abcdef0",
                vpcId: id(spoke),
            });
        }
    }
    return made;
});

/** Those, and parts of them: what is few is judged soon, and shows what another resource would hide. */
export const networks: fc.Arbitrary<readonly Blueprint[]> = fc
    .tuple(wholeNetworks, fc.constantFrom(4, 16, 100, 100, 100), fc.infiniteStream(fc.nat({ max: 99 })))
    .map(([whole, percent, numbers]) => partOf(whole, () => numbers.next().value < percent));

/** Some of the resources, and all that they refer to. */
function partOf(whole: readonly Blueprint[], isChosen: () => boolean): readonly Blueprint[] {
    const kept = new Set<Blueprint>();
    const keep = (blueprint: Blueprint): void => {
        kept.add(blueprint);
        keepIn(blueprint.inputs);
    };
    const keepIn = (value: unknown): void => {
        if (value instanceof Ref) {
            keep(value.to);
        } else if (typeof value === "object" && value !== null) {
            Object.values(value).forEach(keepIn);
        }
    };
    whole.filter(isChosen).forEach(keep);
    return whole.filter(blueprint => kept.has(blueprint));
}
