/** A private network that no data leaves: no way to the internet, and endpoints for one's own identities and resources only. */
import * as aws from "@pulumi/aws";
const region = "us-east-1";
const zones = ["a", "b"];
const organization = "o-exampleorgid";
const account = "123456789012";
const cidrBlock = "10.30.0.0/16";
const bucketName = "claims-documents-123456789012";
const tableName = "claims";

// The VPC: private subnets, one route table, no internet gateway and no NAT gateway

const vpc = new aws.ec2.Vpc("main", { cidrBlock, enableDnsHostnames: true, tags: { Name: "claims" } });
const routeTable = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
const subnets = zones.map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`private-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `${region}${zone}`,
        cidrBlock: `10.30.${index}.0/24`,
        tags: { Tier: "private" },
    });
    new aws.ec2.RouteTableAssociation(`private-${zone}`, { subnetId: subnet.id, routeTableId: routeTable.id });
    return subnet;
});

// Data

const documents = new aws.s3.Bucket("documents", { bucket: bucketName });
new aws.dynamodb.Table("claims", {
    name: tableName,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
});

// Endpoint policies: literal texts, known before anything exists, so that they can be judged at preview

function policyOf(...statements: object[]) {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function allow(sid: string, args: object) {
    return { Sid: sid, Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...args };
}

const ownIdentities = { "aws:PrincipalOrgID": organization };
const ownResources = { "aws:ResourceOrgID": organization };
const ownOnly = policyOf(
    allow("OwnIdentitiesToOwnResources", { Condition: { StringEquals: { ...ownIdentities, ...ownResources } } }),
);

// Endpoints

function gatewayEndpoint(service: string, policy: string) {
    return new aws.ec2.VpcEndpoint(service, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: [routeTable.id],
        policy,
    });
}

const objectActions = ["s3:GetObject", "s3:PutObject"];
gatewayEndpoint(
    "s3",
    policyOf(
        // Names of buckets alone would trust whoever takes the name after the bucket is deleted.
        allow("OwnBucket", {
            Action: [...objectActions, "s3:ListBucket"],
            Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
            Condition: { StringEquals: { ...ownIdentities, "aws:ResourceAccount": account } },
        }),
        allow("PartnersBucket", {
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::claims-exchange/*",
            Condition: { StringEquals: { ...ownIdentities, "aws:ResourceAccount": "210987654321" } },
        }),
        // ECR presigns the requests for its layers: no condition on one's own principals or resources ever holds for them.
        allow("ImageLayers", {
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        }),
    ),
);
gatewayEndpoint(
    "dynamodb",
    policyOf(
        allow("App", {
            Resource: `arn:aws:dynamodb:${region}:${account}:table/${tableName}`,
            Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/claims-app` } },
        }),
    ),
);

const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidrBlock] }],
});

function interfaceEndpoint(service: string, policy: string) {
    return new aws.ec2.VpcEndpoint(service.replace(".", "-"), {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: subnets.map(subnet => subnet.id),
        securityGroupIds: [endpointGroup.id],
        privateDnsEnabled: true,
        policy,
    });
}

["kms", "secretsmanager", "sts", "ecr.api", "ecr.dkr"].forEach(service => interfaceEndpoint(service, ownOnly));

// The bucket's own side

new aws.s3.BucketPolicy("documents", {
    bucket: documents.bucket,
    // Ids of endpoints are unknown until they exist, and a policy that is built of one cannot be judged at preview. Whose
    // endpoints they are is known: this admits every endpoint of the organization, and nothing that comes by the internet.
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "OnlyThroughOwnEndpoints",
                Effect: "Deny",
                Principal: "*",
                Action: objectActions,
                Resource: `arn:aws:s3:::${bucketName}/*`,
                Condition: {
                    StringNotEquals: { "aws:VpceOrgID": organization },
                    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
                },
            },
        ],
    }),
});
