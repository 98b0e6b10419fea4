import * as native from "@pulumi/aws-native";

const vpc = new native.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const gateway = new native.ec2.InternetGateway("main");
const attachment = new native.ec2.VpcGatewayAttachment("main", { vpcId: vpc.id, internetGatewayId: gateway.id });
const table = new native.ec2.RouteTable("public", { vpcId: vpc.id });
new native.ec2.Route(
    "out",
    { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    { dependsOn: attachment },
);
const subnet = (name: string, index: number) =>
    new native.ec2.Subnet(name, { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, mapPublicIpOnLaunch: true });
new native.ec2.SubnetRouteTableAssociation("public", { subnetId: subnet("public", 0).id, routeTableId: table.id });
const inside = subnet("private", 1);
new native.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    vpcEndpointType: "Gateway",
});
new native.ec2.VpcEndpoint("sqs", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.sqs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [inside.id],
});
