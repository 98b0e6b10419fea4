/** A private network that data can leave: its endpoint policies look closed, and are not. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

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

const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    vpcId: vpc.id,
    description: "Interface endpoints",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidrBlock] }],
});

function interfaceEndpoint(service: string, policy?: string) {
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

const objectActions = ["s3:GetObject", "s3:PutObject"];
gatewayEndpoint(
    "s3",
    policyOf(
        // Mistake: these two statements together are full access: anyone may write to any bucket of any account.
        allow("Objects", { Action: objectActions }),
        allow("EverythingElse", { NotAction: objectActions, Action: undefined }),
        // Mistake: data leaves by writing, which this does not deny, and reading ECR's image layers, which AWS owns, it does.
        {
            Sid: "NoReadingElsewhere",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "*",
            Condition: { StringNotEquals: ownResources },
        },
    ),
);
gatewayEndpoint(
    "dynamodb",
    // Mistake: a gateway endpoint takes no principal but "*".
    policyOf(
        allow("App", {
            Principal: { AWS: `arn:aws:iam::${account}:role/claims-app` },
            Resource: `arn:aws:dynamodb:${region}:${account}:table/${tableName}`,
        }),
    ),
);

// Mistake: the keys are one's own, but anyone may use them: a stranger's credentials pass, too.
const kms = interfaceEndpoint("kms", policyOf(allow("OwnKeys", { Condition: { StringEquals: ownResources } })));
interfaceEndpoint(
    "secretsmanager",
    // Mistake: with IfExists those pass who are in no organization at all, as a stranger's own account may be.
    policyOf(
        allow("OwnIdentities", {
            Condition: { StringEqualsIfExists: ownIdentities, StringEquals: ownResources },
        }),
    ),
);
interfaceEndpoint(
    "sts",
    // Mistake: a role of this name can be made in any account.
    policyOf(
        allow("ClaimsRoles", {
            Condition: {
                ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/claims-*" },
                StringEquals: ownResources,
            },
        }),
    ),
);
interfaceEndpoint(
    "ecr.api",
    // Mistake: a repository of this name can be made in any account, and images carry data out.
    policyOf(
        allow("Repositories", {
            Resource: `arn:aws:ecr:${region}:*:repository/claims/*`,
            Condition: { StringEquals: ownIdentities },
        }),
    ),
);
// Mistake: no endpoint policy, which is full access.
interfaceEndpoint("ecr.dkr");

// The bucket's own side

new aws.s3.BucketPolicy("documents", {
    bucket: documents.bucket,
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "OnlyThroughTheEndpoint",
                Effect: "Deny",
                Principal: "*",
                Action: objectActions,
                Resource: `arn:aws:s3:::${bucketName}/*`,
                // Mistake: the endpoint for KMS, by which no request for a bucket ever comes: nobody can read anything.
                Condition: { StringNotEquals: { "aws:SourceVpce": kms.id } },
            },
        ],
    }),
});
