import { Connection } from "../../network/connection";
import { isUnseen, Outside, Pending } from "../../network/knowledge";
import type { Network } from "../../network/network";
import { References, Several } from "../../network/several";
import { TransitAttachment, TransitGateway, TransitRoute, TransitRouteTable } from "../../network/transit-gateway";
import type { Vpc } from "../../network/vpc";
import { attachable, peerings, subnets, transitAttachments, transitGateways, transitRouteTables, vpcs } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";
import { destination } from "./routing";

function connection(
    types: readonly string[],
    noun: string,
    required: string,
    vpcsOf: (p: Properties) => References<Vpc>,
    ids: readonly string[] = [],
): Readers {
    return reader(
        types,
        noun,
        [required],
        (p, parts) => {
            const connection = new Connection(p.source, noun, vpcsOf(p));
            parts.connections.push(connection);
            return connection;
        },
        ids,
    );
}

function between(...keys: readonly string[]): (p: Properties) => References<Vpc> {
    return p => p.references(vpcs, ...keys);
}

/** Whom an accepter connects: what the peering connection of the stack says, else what AWS tells once the connection is accepted. */
function accepted(p: Properties): References<Vpc> {
    const peering = p.references(peerings, "vpcPeeringConnectionId");
    const told = p.references(vpcs, "vpcId", "peerVpcId");
    const untold = Several.unseen<Vpc>(new Pending(`the VPC of peering connection ${p.source.name}`));
    return new References(peering.what, () =>
        peering.all.doubts.some(({ because }) => because instanceof Outside)
            ? p.has("vpcId")
                ? told.all
                : untold
            : peering.all.flatMap(connection => connection.vpcs.all),
    );
}

/** Something attached to a transit gateway. */
function transitAttachment(
    types: readonly string[],
    noun: string,
    announces: "VPC" | "unseen" | "nothing",
    required: string,
    ids: readonly string[],
    gatewayProperty = required,
): Readers {
    return reader(
        types,
        noun,
        [required],
        (p, parts, network) => {
            const gateways = p.references(attachable, gatewayProperty);
            const attachment = new TransitAttachment(p.source, noun, network, {
                gateway: new References(gateways.what, () =>
                    gateways.all.flatMap(gateway =>
                        gateway instanceof TransitGateway ? Several.of(gateway) : Several.none,
                    ),
                ),
                vpcs: p.references(vpcs, "vpcId"),
                subnets: p.references(subnets, "subnetIds"),
                associates: p.authoredFlag("transitGatewayDefaultRouteTableAssociation") ?? true,
                propagates: p.authoredFlag("transitGatewayDefaultRouteTablePropagation") ?? true,
                announces,
            });
            parts.transitAttachments.push(attachment);
            if (announces === "VPC") {
                parts.connections.push(attachment);
            }
            return attachment;
        },
        ids,
    );
}

/** Not known to be off: the providers write "enable" and "disable". */
function isOn(p: Properties, key: string): ReturnType<Properties["flagOr"]> {
    const text = p.textOr(key, "enable");
    return isUnseen(text) ? text : text !== "disable";
}

function transitGateway(p: Properties, network: Network): TransitGateway {
    const self = new References<TransitGateway>(`transit gateway ${p.source.name}`, () => Several.of(gateway));
    const gateway: TransitGateway = new TransitGateway(p.source, network, {
        associates: isOn(p, "defaultRouteTableAssociation"),
        propagates: isOn(p, "defaultRouteTablePropagation"),
        routeTable: new TransitRouteTable(p.source, network, self),
    });
    return gateway;
}

function transitRoute(p: Properties): TransitRoute {
    return new TransitRoute({
        destination: destination(p),
        isStatic: true,
        isBlackhole: p.flagOr("blackhole", false),
        to: p.references(transitAttachments, "transitGatewayAttachmentId"),
    });
}

export const connectionReaders: Readers = [
    ...connection(
        ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "aws-native:ec2:VpcPeeringConnection"],
        "peering connection",
        "vpcId",
        between("vpcId", "peerVpcId"),
        ["awsId"],
    ),
    ...connection(
        ["aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"],
        "peering connection",
        "vpcPeeringConnectionId",
        accepted,
    ),
    ...connection(
        ["aws:networkmanager/vpcAttachment:VpcAttachment", "aws-native:networkmanager:VpcAttachment"],
        "core network attachment",
        "vpcArn",
        between("vpcArn"),
    ),
    ...connection(["aws:ec2/vpnGateway:VpnGateway"], "VPN gateway", "arn", between("vpcId")),
    ...connection(
        ["aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment"],
        "VPN gateway attachment",
        "vpcId",
        between("vpcId"),
    ),
    ...detail(["aws-native:ec2:VpcGatewayAttachment"], "VPN gateway attachment", ["vpcId"], (p, parts) => {
        if (p.has("vpnGatewayId")) {
            parts.connections.push(new Connection(p.source, "VPN gateway attachment", p.references(vpcs, "vpcId")));
        }
    }),
    ...reader(
        ["aws:ec2transitgateway/transitGateway:TransitGateway", "aws-native:ec2:TransitGateway"],
        "transit gateway",
        [],
        (p, _, network) => transitGateway(p, network),
        ["awsId", "associationDefaultRouteTableId", "propagationDefaultRouteTableId"],
    ),
    ...transitAttachment(
        [
            "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
            "aws-native:ec2:TransitGatewayAttachment",
            "aws-native:ec2:TransitGatewayVpcAttachment",
        ],
        "transit gateway attachment",
        "VPC",
        "transitGatewayId",
        ["awsId"],
    ),
    ...transitAttachment(
        ["aws:ec2/vpnConnection:VpnConnection"],
        "VPN connection",
        "unseen",
        "customerGatewayId",
        ["transitGatewayAttachmentId"],
        "transitGatewayId",
    ),
    ...transitAttachment(
        ["aws:directconnect/gatewayAssociation:GatewayAssociation"],
        "Direct Connect gateway association",
        "unseen",
        "dxGatewayId",
        ["transitGatewayAttachmentId"],
        "associatedGatewayId",
    ),
    ...transitAttachment(
        ["aws:ec2transitgateway/connect:Connect"],
        "transit gateway Connect attachment",
        "unseen",
        "transitGatewayId",
        [],
    ),
    ...transitAttachment(
        ["aws:ec2transitgateway/peeringAttachment:PeeringAttachment", "aws-native:ec2:TransitGatewayPeeringAttachment"],
        "transit gateway peering attachment",
        "nothing",
        "transitGatewayId",
        ["transitGatewayAttachmentId"],
    ),
    ...reader(
        ["aws:ec2transitgateway/routeTable:RouteTable", "aws-native:ec2:TransitGatewayRouteTable"],
        "transit gateway route table",
        ["transitGatewayId"],
        (p, _, network) => new TransitRouteTable(p.source, network, p.references(transitGateways, "transitGatewayId")),
        ["transitGatewayRouteTableId"],
    ),
    ...detail(
        [
            "aws:ec2transitgateway/route:Route",
            "aws:ec2transitgateway/prefixListReference:PrefixListReference",
            "aws-native:ec2:TransitGatewayRoute",
        ],
        "transit gateway route",
        ["transitGatewayRouteTableId"],
        (p, parts) => {
            parts.transitRoutes.push({
                table: p.references(transitRouteTables, "transitGatewayRouteTableId"),
                route: transitRoute(p),
            });
        },
    ),
    ...(["association", "propagation"] as const).flatMap(of => [
        ...detail(
            of === "association"
                ? [
                      "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
                      "aws-native:ec2:TransitGatewayRouteTableAssociation",
                  ]
                : [
                      "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
                      "aws-native:ec2:TransitGatewayRouteTablePropagation",
                  ],
            `transit gateway route table ${of}`,
            ["transitGatewayRouteTableId"],
            (p, parts) => {
                (of === "association" ? parts.transitAssociations : parts.transitPropagations).push({
                    attachment: p.references(transitAttachments, "transitGatewayAttachmentId"),
                    table: p.references(transitRouteTables, "transitGatewayRouteTableId"),
                });
            },
        ),
        ...detail(
            of === "association"
                ? ["aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation"]
                : ["aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation"],
            `default transit gateway route table ${of}`,
            ["transitGatewayRouteTableId"],
            (p, parts) => {
                parts.transitDefaults.push({
                    gateway: p.references(transitGateways, "transitGatewayId"),
                    of,
                    table: p.references(transitRouteTables, "transitGatewayRouteTableId"),
                });
            },
        ),
    ]),
];
