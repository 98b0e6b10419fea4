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

export const networks: fc.Arbitrary<readonly Blueprint[]> = fc.gen().map(g => {
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
                availabilityZone: maybe(50, () => pick("us-east-1a", "us-east-1b")),
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
        for (const r of times(0, 3)) {
            add("aws:ec2/route:Route", `route-${v}-${r}`, {
                routeTableId: anyTable(),
                ...pick<object>(
                    { destinationCidrBlock: "0.0.0.0/0" },
                    { destinationCidrBlock: "10.99.0.0/16" },
                    { destinationIpv6CidrBlock: "::/0" },
                ),
                ...pick<object>(
                    gateway === undefined ? { transitGatewayId: "tgw-0123456789abcdef0" } : { gatewayId: id(gateway) },
                    nat === undefined ? { transitGatewayId: "tgw-0123456789abcdef0" } : { natGatewayId: id(nat) },
                ),
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
        const groups = times(1, 2).map(s =>
            add("aws:ec2/securityGroup:SecurityGroup", `group-${v}-${s}`, {
                vpcId: vpcId(),
                ingress: maybe(50, () => [
                    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [`10.${v}.0.0/16`] },
                ]),
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

        for (const e of times(0, 4)) {
            const type = pick("Gateway", "Interface", "Interface", undefined);
            const service = pick(
                "s3",
                "s3",
                "dynamodb",
                "sqs",
                "sts",
                "s3-fips",
                "ecr.api",
                "ecr.dkr",
                "nothing-known",
            );
            const endpoint = add("aws:ec2/vpcEndpoint:VpcEndpoint", `endpoint-${v}-${e}`, {
                vpcId: vpcId(),
                serviceName: `com.amazonaws.us-east-1.${service}`,
                vpcEndpointType: type,
                policy: maybe(60, () => pick(fullAccess, own, inDisguise)),
                routeTableIds: type === "Interface" ? undefined : maybe(60, () => times(0, 2).map(anyTable)),
                subnetIds: type === "Interface" ? maybe(70, () => times(1, 2).map(anySubnet)) : undefined,
                securityGroupIds: type === "Interface" ? maybe(60, () => times(0, 2).map(anyGroup)) : undefined,
                privateDnsEnabled: maybe(60, () => chance(70)),
                serviceRegion: maybe(10, () => pick("us-east-1", "eu-west-1")),
            });
            if (chance(15)) {
                add("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", `policy-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    policy: maybe(70, () => pick(fullAccess, own, inDisguise)),
                });
            }
            if (chance(15) && type !== "Interface") {
                add("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", `link-${v}-${e}`, {
                    vpcEndpointId: id(endpoint),
                    routeTableId: anyTable(),
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
        const bucket = maybe(40, () => add("aws:s3/bucket:Bucket", `bucket-${v}`, { bucket: `data-of-network-${v}` }));
        const gateways = made.filter(
            ({ type, inputs }) => type.endsWith(":VpcEndpoint") && inputs["vpcEndpointType"] === "Gateway",
        );
        if (bucket !== undefined && gateways.length > 0 && chance(70)) {
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
        const instance = maybe(50, () =>
            add("aws:ec2/instance:Instance", `instance-${v}`, {
                ami: "ami-0123456789abcdef0",
                instanceType: "t3.micro",
                subnetId: maybe(80, anySubnet),
                associatePublicIpAddress: maybe(50, () => chance(50)),
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
        if (chance(40)) {
            add("aws:ecs/service:Service", `service-${v}`, {
                networkConfiguration: {
                    subnets: times(1, 2).map(anySubnet),
                    assignPublicIp: maybe(50, () => chance(50)),
                },
            });
        }
        if (chance(30)) {
            add("aws:lb/loadBalancer:LoadBalancer", `balancer-${v}`, {
                internal: maybe(60, () => chance(50)),
                subnets: times(1, 2).map(anySubnet),
                loadBalancerType: maybe(50, () => pick("application", "network", "gateway")),
            });
        }
        if (chance(15)) {
            add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", `peering-${v}`, {
                vpcId: id(vpc),
                peerVpcId: "vpc-0fedcba9876543210",
            });
        }
        if (chance(15)) {
            add("aws:route53/zone:Zone", `zone-${v}`, {
                name: pick("sqs.us-east-1.amazonaws.com", "corp.example"),
                vpcs: [{ vpcId: id(vpc) }],
            });
        }
    }
    return made;
});
