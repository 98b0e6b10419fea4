import * as aws from "@pulumi/aws";
import * as native from "@pulumi/aws-native/elasticloadbalancingv2";
import policy from "../../policies/endpoint-service-principals-restricted";
import { table } from "../table";
import { allow, endpointService, nativeAllow, nativeEndpointService } from "./network";

const consumer = "arn:aws:iam::111122223333:root";
const role = "arn:aws:iam::111122223333:role/orders";
const stranger = "arn:aws:iam::444455556666:user/someone";
const trusted = { accounts: ["111122223333"] };
/** The account of the stack, as the ARNs of its resources tell. */
const own = "arn:aws:iam::123456789012:role/orders";
const automatic = { acceptanceRequired: false };

const balancer = (account: string) => ({
    networkLoadBalancerArns: [
        `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/net/api/0a1b2c3d4e5f6071`,
    ],
});

const anyone = {
    api: /^Probable: Endpoint service api allows everyone in any account \(\*\), so that only its owner's/,
};
const outside = {
    api: /^Endpoint service api allows arn:aws:iam::444455556666:user\/someone, outside the trusted accounts\.$/,
};
const everyone = { api: /^Endpoint service api allows \*, outside the trusted accounts\.$/ };
const pending = { config: trusted, late: ["api"] };

table(policy, {
    why: "Each principal that is named may ask for a connection from its own VPC. One of an account that nobody knows is one confirmation away from the service.",
    page: { rejects: "a principal of another account", accepts: "principals of trusted accounts" },
    accepts: {
        "a service without principals": () => endpointService(),
        "principals that are named, where no accounts are trusted": () =>
            endpointService({ allowedPrincipals: [consumer, stranger] }),
        "automatic acceptance of principals that are named, where no accounts are trusted": () =>
            endpointService({ ...automatic, allowedPrincipals: [stranger] }),
        "principals of trusted accounts": {
            config: trusted,
            program: () => endpointService({ allowedPrincipals: [consumer, role, "111122223333"] }),
        },
        "principals of accounts that the whole pack trusts": {
            pack: trusted,
            program: () => endpointService({ allowedPrincipals: [consumer] }),
        },
        "a principal of a trusted account in a resource of its own": {
            config: trusted,
            program: () => allow(role, endpointService()),
        },
        "its own account, once that is known": {
            ...pending,
            program: () => endpointService({ allowedPrincipals: [own] }),
        },
        "its own account, which the ARN of its load balancer tells": {
            config: trusted,
            program: () => endpointService({ ...balancer("123456789012"), allowedPrincipals: [own] }),
        },
        "its own account by its number": {
            config: trusted,
            program: () => endpointService({ ...balancer("123456789012"), allowedPrincipals: ["123456789012"] }),
        },
        "principals of trusted accounts in aws-native permissions": {
            config: trusted,
            program: () => nativeAllow([consumer], nativeEndpointService()),
        },
        "its own account in aws-native permissions, once that is known": {
            ...pending,
            program: () => {
                const made = new native.LoadBalancer("api", { type: "network" });
                nativeAllow([own], nativeEndpointService({ networkLoadBalancerArns: [made.loadBalancerArn] }));
            },
        },
    },
    rejects: {
        "everyone, though the owner accepts each connection": {
            program: () => endpointService({ allowedPrincipals: ["*"] }),
            because: anyone,
            probable: true,
        },
        "everyone in a resource of its own, though the owner accepts each connection": {
            program: () => allow("*", endpointService({ allowedPrincipals: [consumer] })),
            because: anyone,
            probable: true,
        },
        "everyone where connections are accepted automatically": {
            program: () => endpointService({ ...automatic, allowedPrincipals: ["*"] }),
            because: { api: /^Endpoint service api allows everyone in any account \(\*\) to connect\.$/ },
        },
        "everyone, where accounts are trusted, though the owner accepts each connection": {
            config: trusted,
            program: () => endpointService({ allowedPrincipals: ["*"] }),
            because: everyone,
        },
        "every account, by an asterisk in an ARN": {
            program: () => endpointService({ allowedPrincipals: ["arn:aws:iam::*:root"] }),
            because: { api: /allows everyone in any account \(arn:aws:iam::\*:root\), so that/ },
            probable: true,
        },
        "a principal of another account": {
            config: trusted,
            program: () => endpointService({ ...balancer("123456789012"), allowedPrincipals: [stranger] }),
            because: outside,
        },
        "a principal of another account, once its own is known": {
            ...pending,
            program: () => endpointService({ allowedPrincipals: [consumer, stranger] }),
            because: outside,
        },
        "a principal of another account than the whole pack trusts": {
            pack: trusted,
            program: () => endpointService({ ...balancer("123456789012"), allowedPrincipals: [stranger] }),
            because: outside,
        },
        "a principal of another account in a resource of its own": {
            config: trusted,
            program: () => allow(stranger, endpointService(balancer("123456789012"))),
            because: outside,
        },
        "several principals of other accounts, all of which it names": {
            config: trusted,
            program: () => {
                const api = endpointService({ ...balancer("123456789012"), allowedPrincipals: [stranger, consumer] });
                allow("777788889999", api);
            },
            because: { api: /allows 777788889999 and arn:aws:iam::444455556666:user\/someone, outside/ },
        },
        "an account whose number only begins alike": {
            config: { accounts: ["111122223333"] },
            program: () => endpointService({ ...balancer("123456789012"), allowedPrincipals: ["1111222233330"] }),
            because: { api: /allows 1111222233330, outside the trusted accounts/ },
        },
        "everyone in aws-native permissions": {
            program: () => nativeAllow(["*"], nativeEndpointService()),
            because: anyone,
            probable: true,
        },
        "a principal of another account in aws-native permissions": {
            config: trusted,
            program: () => nativeAllow([stranger], nativeEndpointService(balancer("123456789012"))),
            because: outside,
        },
    },
    waitsFor: {
        "a principal that is not created yet": {
            config: trusted,
            program: () => {
                const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
                const made = new aws.iam.Role("orders", { assumeRolePolicy });
                endpointService({ allowedPrincipals: [made.arn] });
            },
            on: ["api"],
            then: {},
        },
        "a list of principals that is computed": {
            program: () => endpointService({ allowedPrincipals: new aws.s3.Bucket("b").id.apply(() => ["*"]) }),
            on: ["api"],
            then: anyone,
        },
        "whether the owner accepts connections of everyone": {
            program: () =>
                endpointService({
                    acceptanceRequired: new aws.s3.Bucket("b").id.apply(() => true),
                    allowedPrincipals: ["*"],
                }),
            on: ["api"],
            then: anyone,
        },
    },
    doesNotJudge: {
        "what the stack allows on a service of another one": {
            config: trusted,
            program: () => allow(stranger, { id: "vpce-svc-0a1b2c3d4e5f60718" }),
        },
        "a principal of an aws-native service whose account nothing tells": {
            config: trusted,
            program: () => nativeAllow([stranger], nativeEndpointService()),
        },
    },
});
