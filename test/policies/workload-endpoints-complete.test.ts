import * as aws from "@pulumi/aws";
import * as nativeEks from "@pulumi/aws-native/eks";
import * as nativeLambda from "@pulumi/aws-native/lambda";
import type * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/workload-endpoints-complete";
import { table } from "../table";
import {
    endpoint,
    gateway,
    type HasId,
    nativeSubnet,
    nativeVpc,
    routed,
    routeTable,
    subnet,
    toInternet,
    vpc,
    vpcElsewhere,
} from "./network";
import {
    allowing,
    ecsService,
    eksCluster,
    eksFargate,
    eksNodes,
    endpoints,
    fromEcr,
    hosts,
    lambdaFunction,
    nativeEcsService,
    role,
    spokeOf,
    taskDefinition,
    withNat,
} from "./workloads";

const { ec2, ecs, eks, iam, lambda } = aws;

const awslogs = { logConfiguration: { logDriver: "awslogs", options: {} } };
const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3";
const parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/db";
const secrets = (...from: readonly pulumi.Input<string>[]) => ({
    secrets: from.map((valueFrom, index) => ({ name: `SECRET_${index}`, valueFrom })),
});
/** What a case has in the place of a property that the parts give. */
const none: undefined = undefined;

/** What turns out to be nothing once a queue exists. */
const nothing = (queue: string) => new aws.sqs.Queue(queue).arn.apply(() => undefined);

/** A service in a subnet without a way out, in a VPC with these interface endpoints. */
const service =
    (container: pulumi.Inputs, services: readonly string[] = [], args: Partial<aws.ecs.ServiceArgs> = {}) =>
    () => {
        const v = vpc();
        endpoints(v, ...services);
        ecsService(subnet(v), taskDefinition(container), args);
    };
/** A function in such a subnet. */
const isolated =
    (args: () => Partial<aws.lambda.FunctionArgs>, ...services: readonly string[]) =>
    () => {
        const v = vpc();
        endpoints(v, ...services);
        return lambdaFunction(subnet(v), args());
    };
const withRole = (...actions: readonly string[]) => {
    const made = role();
    new iam.RolePolicy("app", { role: made.id, policy: allowing(...actions) });
    return { role: made.arn };
};
const onHosts = (of: aws.ec2.Vpc, inside: HasId, container: pulumi.Inputs = {}) => {
    const capacityProviderStrategies = [{ capacityProvider: hosts(inside).name, weight: 1 }];
    ecsService(subnet(of, {}, "tasks"), taskDefinition(container), { launchType: none, capacityProviderStrategies });
};
const identityProvider = (of: aws.eks.Cluster) =>
    new iam.OpenIdConnectProvider("eks", {
        url: of.identities.apply(([identity]) => identity?.oidcs[0]?.issuer ?? ""),
        clientIdLists: ["sts.amazonaws.com"],
    });
/** EKS nodes in a VPC with these interface endpoints, and what else their cluster has. */
const nodesOf =
    (more: (cluster: aws.eks.Cluster) => unknown, ...services: readonly string[]) =>
    () => {
        const v = vpc();
        endpoints(v, ...services);
        const of = subnet(v);
        const cluster = eksCluster(of);
        more(cluster);
        eksNodes(of, cluster.name);
    };
const addOn = (of: aws.eks.Cluster, podIdentityAssociations: aws.eks.AddonArgs["podIdentityAssociations"]) =>
    new eks.Addon("network", { clusterName: of.name, addonName: "vpc-cni", podIdentityAssociations });
/** A role that whom a provider vouches for may assume. */
const assumedBy = (provider: pulumi.Output<string | undefined>, Condition?: object) =>
    new iam.Role("pod", {
        assumeRolePolicy: provider.apply(Federated =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Federated },
                        Action: "sts:AssumeRoleWithWebIdentity",
                        Condition,
                    },
                ],
            }),
        ),
    });
const agent = (of: aws.eks.Cluster) =>
    new eks.Addon("agent", { clusterName: of.name, addonName: "eks-pod-identity-agent" });
const controller = "aws-load-balancer-controller";
const associate = (clusterName: pulumi.Input<string>, serviceAccount: string) =>
    new eks.PodIdentityAssociation("app", {
        clusterName,
        namespace: "app",
        serviceAccount,
        roleArn: "arn:aws:iam::123456789012:role/pod",
    });

const lacks = (workload: string, ...needs: readonly string[]) => ({
    app: new RegExp(
        `^${workload} app has no way out of subnet (app|hosts), and no endpoint serves it for ${needs
            .join(" and ")
            .replaceAll(/[()]/g, "\\$&")}\\.$`,
    ),
});

table(policy, {
    why: "A workload without a way out reaches only what has an endpoint. What is missing shows at run time: tasks that do not start, logs that never arrive.",
    page: { config: { exceptServices: ["ssmmessages"] } },
    accepts: {
        "awslogs with an endpoint for logs": service(awslogs, ["logs"]),
        "awslogs with an endpoint for logs in a hub": () =>
            ecsService(spokeOf(vpc(), ["logs"]), taskDefinition(awslogs)),
        "awslogs with a NAT gateway": () => ecsService(withNat(vpc()), taskDefinition(awslogs)),
        "logs that go elsewhere": service({ logConfiguration: { logDriver: "splunk" } }),
        "a container without logs and secrets": service({}),
        "an image of ECR, which is the matter of another policy": service({ image: fromEcr }),
        "secrets that endpoints serve": service(secrets(secret, parameter), ["secretsmanager", "ssm"]),
        "ECS Exec with an endpoint for ssmmessages": service({}, ["ssmmessages"], { enableExecuteCommand: true }),
        "a service outside AWS": service(awslogs, [], { launchType: "EXTERNAL" }),
        "a service that the setting leaves out": { program: service(awslogs), config: { exceptServices: ["log*"] } },
        "a service on instances that all of ECS's endpoints serve": () => {
            const v = vpc();
            endpoints(v, "ecs", "ecs-agent", "ecs-telemetry");
            onHosts(v, subnet(v, {}, "hosts"));
        },
        "a service on instances that have a way out": () => {
            const v = vpc();
            onHosts(v, withNat(v), awslogs);
        },
        "a database, which calls nothing": () => {
            const { id } = subnet(vpc());
            const dbSubnetGroupName = new aws.rds.SubnetGroup("app", { subnetIds: [id] }).name;
            new aws.rds.Instance("app", { instanceClass: "db.t3.micro", dbSubnetGroupName });
        },
        "EKS nodes with an endpoint for ec2": () => {
            const v = vpc();
            endpoints(v, "ec2");
            eksNodes(subnet(v));
        },
        "EKS nodes with all that their cluster uses": nodesOf(
            cluster => {
                identityProvider(cluster);
                agent(cluster);
                associate(cluster.name, controller);
            },
            "ec2",
            "sts",
            "eks-auth",
            "elasticloadbalancing",
        ),
        "EKS nodes beside another cluster's identity provider": () => {
            const v = vpc();
            endpoints(v, "ec2");
            const of = subnet(v);
            const other = new eks.Cluster("other", {
                roleArn: "arn:aws:iam::123456789012:role/eks",
                vpcConfig: { subnetIds: [of.id] },
            });
            identityProvider(other);
            eksNodes(of);
        },
        "EKS nodes beside the identity provider of something else": () => {
            const v = vpc();
            endpoints(v, "ec2");
            eksNodes(subnet(v));
            new iam.OpenIdConnectProvider("ci", {
                url: "https://token.actions.githubusercontent.com",
                clientIdLists: ["sts.amazonaws.com"],
            });
        },
        "EKS pods on Fargate without roles of their own": () => eksFargate(subnet(vpc())),
        "EKS pods on Fargate beside Pod Identity, which does not serve them": () => {
            const of = subnet(vpc());
            const cluster = eksCluster(of);
            agent(cluster);
            eksFargate(of, cluster.name);
        },
        "a function without a VPC": () => new lambda.Function("app", withRole("sqs:SendMessage")),
        "a function whose role lets it log only": isolated(() =>
            withRole("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
        ),
        "a function whose role has AWS's policy for VPCs": isolated(() => ({
            role: role({
                managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"],
            }).arn,
        })),
        "a function whose role may do what Lambda does around it": isolated(() =>
            withRole("ec2:*NetworkInterface*", "xray:*", "logs:*", "kms:Decrypt", "iam:PassRole"),
        ),
        "a function whose role may do everything": isolated(() => withRole("*")),
        "a function whose role is denied something": isolated(() => {
            const made = role();
            const Statement = [{ Effect: "Deny", Action: "sqs:SendMessage", Resource: "*" }];
            new iam.RolePolicy("app", { role: made.id, policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
            return { role: made.arn };
        }),
        "a function whose role may use a service without endpoints": isolated(() => withRole("es:ESHttpGet")),
        "a function with an endpoint for what its role allows": isolated(
            () => withRole("sqs:SendMessage", "sns:Publish"),
            "sqs",
            "sns",
        ),
        "a function with one of several endpoints for what its role allows": isolated(
            () => withRole("bedrock:InvokeModel"),
            "bedrock-runtime",
        ),
        "a function that Lambda polls a queue for": () => {
            const functionName = isolated(() => withRole("sqs:ReceiveMessage", "sqs:DeleteMessage"))().name;
            const eventSourceArn = new aws.sqs.Queue("app").arn;
            new lambda.EventSourceMapping("app", { functionName, eventSourceArn });
        },
        "a function whose failures Lambda sends to a queue": isolated(() => ({
            ...withRole("sqs:SendMessage"),
            deadLetterConfig: { targetArn: "arn:aws:sqs:us-east-1:123456789012:failures" },
        })),
        "a function whose results Lambda sends to a topic": () => {
            const functionName = isolated(() => withRole("sns:Publish"))().name;
            const destination = "arn:aws:sns:us-east-1:123456789012:results";
            const destinationConfig = { onSuccess: { destination } };
            new lambda.FunctionEventInvokeConfig("app", { functionName, destinationConfig });
        },
        "a function with a gateway endpoint for its bucket and its table": () => {
            const v = vpc();
            const { id } = routeTable(v, [], "app");
            gateway(v, { routeTableIds: [id] });
            gateway(v, { routeTableIds: [id] }, "dynamodb");
            const of = subnet(v);
            new ec2.RouteTableAssociation("app", { subnetId: of.id, routeTableId: id });
            const [BUCKET, TABLE] = [new aws.s3.Bucket("app").bucket, new aws.dynamodb.Table("app").name];
            lambdaFunction(of, { ...withRole("s3:*", "dynamodb:*"), environment: { variables: { BUCKET, TABLE } } });
        },
        "a function whose environment names a database": isolated(() => ({
            ...withRole("logs:*"),
            environment: { variables: { HOST: "db.example.com", USER: "app" } },
        })),
        "an aws-native function that an endpoint serves": () => {
            const v = nativeVpc();
            endpoint({ id: v.vpcId }, {}, "sqs");
            nativeFunction(nativeSubnet(v).subnetId, role({ inlinePolicies: [{ policy: allowing("sqs:*") }] }).arn);
        },
    },
    rejects: {
        "awslogs without an endpoint": { program: service(awslogs), because: lacks("ECS service", "logs (awslogs)") },
        "awslogs in a spoke to which no zone for logs reaches": {
            program: () => ecsService(spokeOf(vpc(), ["logs"], []), taskDefinition(awslogs)),
            because: lacks("ECS service", "logs (awslogs)"),
        },
        "secrets without endpoints": {
            program: service(secrets(secret, parameter)),
            because: lacks("ECS service", "secretsmanager (secrets)", "ssm (secrets)"),
        },
        "a parameter by name": {
            program: service(secrets("db-password")),
            because: lacks("ECS service", "ssm (secrets)"),
        },
        "secrets of the log driver": {
            program: service({
                logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "token", valueFrom: secret }] },
            }),
            because: lacks("ECS service", "secretsmanager (secrets)"),
        },
        "credentials for a registry": {
            program: service({ repositoryCredentials: { credentialsParameter: secret } }),
            because: lacks("ECS service", "secretsmanager (secrets)"),
        },
        "ECS Exec without an endpoint": {
            program: service({}, ["ssm"], { enableExecuteCommand: true }),
            because: lacks("ECS service", "ssmmessages (ECS Exec)"),
        },
        "a log group and a secret of the stack": {
            program: () => {
                const group = new aws.cloudwatch.LogGroup("app").name;
                const { arn } = new aws.secretsmanager.Secret("app");
                const logConfiguration = { logDriver: "awslogs", options: { "awslogs-group": group } };
                ecsService(subnet(vpc()), taskDefinition({ logConfiguration, ...secrets(arn) }));
            },
            because: lacks("ECS service", "logs (awslogs)", "secretsmanager (secrets)"),
        },
        "one of two subnets without a way out": {
            program: () => {
                const v = vpc();
                const subnets = [subnet(v, {}, "hosts").id, withNat(v).id];
                ecsService({ id: "" }, taskDefinition(awslogs), { networkConfiguration: { subnets } });
            },
            because: lacks("ECS service", "logs (awslogs)"),
        },
        "a service on instances without a way out": {
            program: () => {
                const v = vpc();
                endpoints(v, "ecs");
                onHosts(v, subnet(v, {}, "hosts"), awslogs);
            },
            because: {
                app: /^ECS service app has no way out of subnet hosts, and no endpoint serves it for ecs-agent \(container agent\), ecs-telemetry \(container agent\) and logs \(awslogs\)\.$/,
            },
        },
        "a service on instances without a way out, and on Fargate": {
            program: () => {
                const v = vpc();
                const capacityProviders = ["FARGATE", hosts(subnet(v, {}, "hosts")).name];
                ecsService(withNat(v), taskDefinition({}), {
                    launchType: none,
                    capacityProviderStrategies: capacityProviders.map(capacityProvider => ({
                        capacityProvider,
                        weight: 1,
                    })),
                });
            },
            because: {
                app: /^ECS service app has no way out of subnet hosts, and no endpoint serves it for ecs \(container agent\), /,
            },
        },
        "EKS nodes without an endpoint for ec2": {
            program: () => eksNodes(subnet(vpc())),
            because: lacks("EKS node group", "ec2 (bootstrap of nodes)"),
        },
        "EKS nodes with IAM roles for service accounts": {
            program: nodesOf(cluster => identityProvider(cluster), "ec2"),
            because: lacks("EKS node group", "sts (IAM roles for service accounts)"),
        },
        "EKS nodes with Pod Identity": {
            program: nodesOf(cluster => associate(cluster.name, "app"), "ec2"),
            because: lacks("EKS node group", "eks-auth (Pod Identity)"),
        },
        "EKS nodes with the add-on of Pod Identity": {
            program: nodesOf(cluster => agent(cluster), "ec2"),
            because: lacks("EKS node group", "eks-auth (Pod Identity)"),
        },
        "EKS nodes with an add-on that has its role by Pod Identity": {
            program: nodesOf(
                cluster =>
                    addOn(cluster, [{ roleArn: "arn:aws:iam::123456789012:role/network", serviceAccount: "aws-node" }]),
                "ec2",
            ),
            because: lacks("EKS node group", "eks-auth (Pod Identity)"),
        },
        "EKS nodes with the load balancer controller": {
            program: nodesOf(cluster => associate(cluster.name, controller), "ec2", "eks-auth"),
            because: lacks("EKS node group", "elasticloadbalancing (load balancer controller)"),
        },
        "EKS pods on Fargate with IAM roles for service accounts": {
            program: () => {
                const of = subnet(vpc());
                const cluster = eksCluster(of);
                identityProvider(cluster);
                eksFargate(of, cluster.name);
            },
            because: lacks("EKS Fargate profile", "sts (IAM roles for service accounts)"),
        },
        "a function whose role may send messages": {
            program: isolated(() => withRole("sqs:SendMessage")),
            because: lacks("Lambda function", "sqs (role)"),
        },
        "a function in a public subnet that gives public addresses, though not to functions": {
            program: () => {
                const v = vpc();
                lambdaFunction(routed(v, toInternet(v), { mapPublicIpOnLaunch: true }), withRole("sqs:SendMessage"));
            },
            because: lacks("Lambda function", "sqs (role)"),
        },
        "a function whose role may use models": {
            program: isolated(() => withRole("bedrock:InvokeModel")),
            because: lacks("Lambda function", "bedrock (role)"),
        },
        "a function whose role may read a stream that Lambda does not poll": {
            program: isolated(() => withRole("kinesis:GetRecords")),
            because: lacks("Lambda function", "kinesis-streams (role)"),
        },
        "a function whose role has a policy of the stack": {
            program: isolated(() => {
                const made = role();
                const policyArn = new iam.Policy("app", { policy: allowing("secretsmanager:GetSecretValue") }).arn;
                new iam.RolePolicyAttachment("app", { role: made.name, policyArn });
                return { role: made.arn };
            }),
            because: lacks("Lambda function", "secretsmanager (role)"),
        },
        "a function whose environment names a queue of the stack": {
            program: isolated(() => ({
                role: role().arn,
                environment: { variables: { QUEUE: new aws.sqs.Queue("app").url } },
            })),
            because: lacks("Lambda function", "sqs (environment)"),
        },
        "a function whose environment names an ARN and an address": {
            program: isolated(() => ({
                environment: {
                    variables: {
                        TOPIC: "arn:aws:sns:us-east-1:123456789012:app",
                        QUEUE: "https://sqs.us-east-1.amazonaws.com/123456789012/app",
                    },
                },
            })),
            because: lacks("Lambda function", "sns (environment)", "sqs (environment)"),
        },
        "a function with a gateway endpoint in another route table": {
            program: () => {
                const v = vpc();
                gateway(v, { routeTableIds: [routeTable(v).id] });
                lambdaFunction(subnet(v), withRole("s3:GetObject"));
            },
            because: lacks("Lambda function", "s3 (role)"),
        },
        "an aws-native function without an endpoint": {
            program: () =>
                nativeFunction(
                    nativeSubnet(nativeVpc()).subnetId,
                    role({ inlinePolicies: [{ policy: allowing("sqs:*") }] }).arn,
                ),
            because: lacks("Lambda function", "sqs (role)"),
        },
        "an aws-native service without endpoints": {
            program: () =>
                nativeEcsService({ id: nativeSubnet(nativeVpc()).subnetId }, awslogs, { enableExecuteCommand: true }),
            because: lacks("ECS service", "logs (awslogs)", "ssmmessages (ECS Exec)"),
        },
        "aws-native EKS nodes without an endpoint": {
            program: () => {
                const subnets = [nativeSubnet(nativeVpc()).subnetId];
                const { id } = new nativeEks.Cluster("eks", {
                    roleArn: "r",
                    resourcesVpcConfig: { subnetIds: subnets },
                });
                new nativeEks.Nodegroup("app", { clusterName: id, nodeRole: "r", subnets });
            },
            because: lacks("EKS node group", "ec2 (bootstrap of nodes)"),
        },
        "a function in two subnets, of which a gateway endpoint serves one": {
            program: () => {
                const v = vpc();
                const table = routeTable(v);
                gateway(v, { routeTableIds: [table.id] }, "dynamodb");
                const [one, other] = [subnet(v), subnet(v, { cidrBlock: "10.0.2.0/24" }, "other")];
                new ec2.RouteTableAssociation("app", { subnetId: one.id, routeTableId: table.id });
                new lambda.Function("app", {
                    ...withRole("dynamodb:PutItem"),
                    vpcConfig: { subnetIds: [one.id, other.id], securityGroupIds: [] },
                });
            },
            because: {
                app: /^Lambda function app has no way out of subnets app and other, and no endpoint serves it for dynamodb/,
            },
        },
    },
    waitsFor: {
        "a policy that is made of an ARN": {
            program: isolated(() => {
                const made = role();
                const policy = new aws.sqs.Queue("jobs").arn.apply(Resource =>
                    JSON.stringify({
                        Version: "2012-10-17",
                        Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource }],
                    }),
                );
                new iam.RolePolicy("app", { role: made.id, policy });
                return { role: made.arn };
            }),
            on: ["app"],
            naming: /which waits for Queue jobs/,
            then: lacks("Lambda function", "sqs (role)"),
        },
        "a role that pods of a cluster may assume": {
            program: nodesOf(
                cluster => assumedBy(cluster.identities.apply(([identity]) => identity?.oidcs[0]?.issuer)),
                "ec2",
            ),
            on: ["app"],
            naming: /which waits for Cluster eks/,
            then: lacks("EKS node group", "sts (IAM roles for service accounts)"),
        },
        "a role of the load balancer controller": {
            program: nodesOf(
                cluster =>
                    assumedBy(identityProvider(cluster).arn, {
                        StringEquals: { "oidc:sub": `system:serviceaccount:kube-system:${controller}` },
                    }),
                "ec2",
                "sts",
            ),
            on: ["app"],
            naming: /which waits for OpenIdConnectProvider eks/,
            then: lacks("EKS node group", "elasticloadbalancing (load balancer controller)"),
        },
        "a role of other pods than the load balancer controller": {
            program: nodesOf(
                cluster =>
                    assumedBy(identityProvider(cluster).arn, {
                        StringEquals: { "oidc:sub": "system:serviceaccount:app:reader" },
                    }),
                "ec2",
                "sts",
            ),
            on: ["app"],
            naming: /which waits for OpenIdConnectProvider eks/,
            then: {},
        },
        "credentials for a registry that may be none": {
            program: () => {
                const of = nativeSubnet(nativeVpc());
                nativeEcsService({ id: of.subnetId }, { repositoryCredentials: nothing("credentials") });
            },
            on: ["app"],
            naming: /, where containerDefinitions depends on Queue credentials \(/,
            then: {},
        },
        "a queue for failures that may be none": {
            program: isolated(() => ({ ...withRole("sqs:SendMessage"), deadLetterConfig: nothing("failures") })),
            on: ["app"],
            naming: /which waits for Queue failures/,
            then: lacks("Lambda function", "sqs (role)"),
        },
        "a destination of results that may be none": {
            program: () => {
                const functionName = isolated(() => withRole("sqs:SendMessage"))().name;
                new lambda.FunctionEventInvokeConfig("app", { functionName, destinationConfig: nothing("results") });
            },
            on: ["app"],
            naming: /which waits for Queue results/,
            then: lacks("Lambda function", "sqs (role)"),
        },
        "roles of an add-on that may be none": {
            program: nodesOf(cluster => addOn(cluster, nothing("roles")), "ec2"),
            on: ["app"],
            naming: /which waits for Queue roles/,
            then: {},
        },
        "a parameter of the stack, which may also be a plain value": {
            program: () => {
                const { arn } = new aws.ssm.Parameter("db", { type: "String", value: "1" });
                ecsService(subnet(vpc()), taskDefinition(secrets(arn)));
            },
            on: ["app"],
            naming: /which waits for Parameter db/,
            then: lacks("ECS service", "ssm (secrets)"),
        },
    },
    doesNotJudge: {
        "a function whose role is outside": isolated(() => ({})),
        "a function whose role has a policy outside": isolated(() => ({
            role: role({ managedPolicyArns: ["arn:aws:iam::123456789012:policy/app"] }).arn,
        })),
        "a service whose task definition is outside": () =>
            new ecs.Service("app", {
                taskDefinition: "other:3",
                launchType: "FARGATE",
                networkConfiguration: { subnets: [subnet(vpc()).id] },
            }),
        "a function whose default route leads to a transit gateway outside": () =>
            lambdaFunction(
                routed(vpc(), [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-0a1b2c3d4e5f60718" }]),
                withRole("sqs:SendMessage"),
            ),
        "a function in a subnet outside": () =>
            lambdaFunction({ id: "subnet-0a1b2c3d4e5f60718" }, withRole("sqs:SendMessage")),
        "a function in a VPC outside": {
            program: () => lambdaFunction(subnet(vpcElsewhere()), withRole("sqs:SendMessage")),
            inExport: lacks("Lambda function", "sqs (role)"),
        },
    },
});

/** An aws-native function called "app". */
function nativeFunction(subnetId: pulumi.Input<string>, roleArn: pulumi.Input<string>): nativeLambda.Function {
    return new nativeLambda.Function("app", {
        code: {},
        role: roleArn,
        vpcConfig: { subnetIds: [subnetId], securityGroupIds: ["sg-0a1b2c3d4e5f60718"] },
    });
}
