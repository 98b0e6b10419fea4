/** An EKS cluster whose nodes have no way out of their VPC: what they need comes through endpoints. */
import * as aws from "@pulumi/aws";

const region = "us-east-1";
const zones = ["a", "b"];
const account = "123456789012";
const cidrBlock = "10.40.0.0/16";

const vpc = new aws.ec2.Vpc("main", { cidrBlock, enableDnsHostnames: true, tags: { Name: "eks-private" } });
const routeTable = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
const subnets = zones.map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`private-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `${region}${zone}`,
        cidrBlock: `10.40.${index}.0/24`,
        tags: { Tier: "isolated", "kubernetes.io/role/internal-elb": "1" },
    });
    new aws.ec2.RouteTableAssociation(`private-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
    return subnet;
});
const subnetIds = subnets.map(subnet => subnet.id);

// Endpoints: what nodes need to join, to pull images, and to act with roles of their own

const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Sid: "OwnAccount",
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": account } },
        },
        {
            // The service hands out links to the layers of images: requests for these carry no principal of the account.
            Sid: "ImageLayers",
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        },
    ],
});
new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: [routeTable.id],
    policy,
});
const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidrBlock] }],
});
for (const service of ["ec2", "ecr.api", "ecr.dkr", "elasticloadbalancing", "logs", "sts"]) {
    new aws.ec2.VpcEndpoint(service.replace(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds,
        securityGroupIds: [endpointGroup.id],
        privateDnsEnabled: true,
        policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: "*",
                    Action: "*",
                    Resource: "*",
                    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
                },
            ],
        }),
    });
}

// The cluster and its nodes

function roleOf(name: string, service: string, ...managedPolicies: string[]) {
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: service }),
    });
    for (const managedPolicy of managedPolicies) {
        new aws.iam.RolePolicyAttachment(`${name}-${managedPolicy}`, {
            role: role.name,
            policyArn: `arn:aws:iam::aws:policy/${managedPolicy}`,
        });
    }
    return role;
}

const cluster = new aws.eks.Cluster("main", {
    roleArn: roleOf("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy").arn,
    vpcConfig: { subnetIds, endpointPrivateAccess: true, endpointPublicAccess: false },
});
new aws.eks.NodeGroup("main", {
    clusterName: cluster.name,
    nodeRoleArn: roleOf(
        "node",
        "ec2.amazonaws.com",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonEC2ContainerRegistryReadOnly",
    ).arn,
    subnetIds,
    scalingConfig: { desiredSize: 2, minSize: 2, maxSize: 4 },
});

// The load balancer controller takes a role by the cluster's OpenID Connect provider, which asks STS for it.
const identityProvider = new aws.iam.OpenIdConnectProvider("cluster", {
    url: cluster.identities.apply(identities =>
        identities.flatMap(({ oidcs }) => oidcs.map(({ issuer }) => issuer)).join(),
    ),
    clientIdLists: ["sts.amazonaws.com"],
});
new aws.iam.Role("load-balancer-controller", {
    assumeRolePolicy: identityProvider.arn.apply(Federated =>
        JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated } }],
        }),
    ),
});
