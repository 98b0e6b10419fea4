import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import policy from "../../policies/endpoint-service-acceptance-required";
import { table } from "../table";
import { allow, endpointService, nativeAllow, nativeEndpointService } from "./network";

const consumer = "arn:aws:iam::111122223333:root";
const role = "arn:aws:iam::444455556666:role/orders";
const automatic = { acceptanceRequired: false };

const unseen = {
    api: /^Endpoint service api accepts connections automatically and names no principals: whoever is allowed later gets in/,
};
const open = {
    api: /^Endpoint service api accepts connections automatically and allows everyone \(\*\), so that its load balancer is public/,
};
const closed = {
    api: /^Endpoint service api accepts connections automatically from arn:aws:iam::111122223333:root\.$/,
};

table(policy, {
    why: "With automatic acceptance nobody looks at who connects. Offered to everyone, the load balancer behind the service is public, even if it has no public address.",
    page: {
        rejects: "automatic acceptance of everyone",
        accepts: "a service whose owner accepts each connection, whoever asks",
    },
    accepts: {
        "a service whose owner accepts each connection": () => endpointService(),
        "a service whose owner accepts each connection, whoever asks": () =>
            endpointService({ allowedPrincipals: ["*"] }),
        "automatic acceptance of principals that are named": () =>
            endpointService({ ...automatic, allowedPrincipals: [consumer, role] }),
        "automatic acceptance of a principal that is named in a resource of its own": () =>
            allow(consumer, endpointService(automatic)),
        "automatic acceptance of an account by its number": () =>
            endpointService({ ...automatic, allowedPrincipals: ["111122223333"] }),
        "automatic acceptance of a role that has an asterisk in its name alone": () =>
            endpointService({ ...automatic, allowedPrincipals: ["arn:aws:iam::111122223333:role/*"] }),
        "acceptance by the owner where a closed list is not enough": {
            config: { allowAutoAccept: false },
            program: () => endpointService({ allowedPrincipals: [consumer] }),
        },
        "a secret flag that is on": () => endpointService({ acceptanceRequired: pulumi.secret(true) }),
        "an aws-native service whose owner accepts each connection": () => nativeEndpointService(),
        "automatic acceptance of principals in aws-native permissions": () =>
            nativeAllow([consumer], nativeEndpointService(automatic)),
    },
    rejects: {
        "automatic acceptance where principals are left out": {
            program: () => endpointService(automatic),
            because: unseen,
        },
        "automatic acceptance where the list of principals is empty": {
            program: () => endpointService({ ...automatic, allowedPrincipals: [] }),
            because: unseen,
        },
        "automatic acceptance where a principal is named for another service": {
            program: () => {
                endpointService(automatic);
                allow(consumer, new aws.ec2.VpcEndpointService("other", { acceptanceRequired: true }));
            },
            because: unseen,
        },
        "automatic acceptance of everyone": {
            program: () => endpointService({ ...automatic, allowedPrincipals: ["*"] }),
            because: open,
        },
        "automatic acceptance of everyone beside a principal that is named": {
            program: () => endpointService({ ...automatic, allowedPrincipals: [consumer, "*"] }),
            because: open,
        },
        "automatic acceptance of every account": {
            program: () => endpointService({ ...automatic, allowedPrincipals: ["arn:aws:iam::*:root"] }),
            because: open,
        },
        "automatic acceptance of everyone in a resource of its own": {
            program: () => allow("*", endpointService({ ...automatic, allowedPrincipals: [consumer] })),
            because: open,
        },
        "automatic acceptance of a closed list, where that is not enough": {
            config: { allowAutoAccept: false },
            program: () => endpointService({ ...automatic, allowedPrincipals: [consumer] }),
            because: closed,
        },
        "a secret flag that is off": {
            program: () => endpointService({ acceptanceRequired: pulumi.secret(false) }),
            because: unseen,
        },
        "an aws-native service that accepts automatically without permissions": {
            program: () => nativeEndpointService(automatic),
            because: unseen,
        },
        "an aws-native service that accepts automatically with empty permissions": {
            program: () => nativeAllow([], nativeEndpointService(automatic)),
            because: unseen,
        },
        "an aws-native service that accepts everyone automatically": {
            program: () => nativeAllow(["*"], nativeEndpointService(automatic)),
            because: open,
        },
        "an aws-native service that accepts a closed list automatically, where that is not enough": {
            config: { allowAutoAccept: false },
            program: () => nativeAllow([consumer], nativeEndpointService(automatic)),
            because: closed,
        },
    },
    waitsFor: {
        "a flag that is computed": {
            program: () => endpointService({ acceptanceRequired: new aws.s3.Bucket("b").id.apply(() => false) }),
            on: ["api"],
            then: unseen,
        },
        "a principal that is not created yet": {
            program: () => {
                const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
                const made = new aws.iam.Role("orders", { assumeRolePolicy });
                endpointService({ ...automatic, allowedPrincipals: [made.arn] });
            },
            on: ["api"],
            then: {},
        },
        "a list of principals that is computed, since it may be empty": {
            program: () =>
                endpointService({ ...automatic, allowedPrincipals: new aws.s3.Bucket("b").id.apply(() => []) }),
            on: ["api"],
            then: unseen,
        },
        "which of two services a principal is named for": {
            program: () => {
                const other = new aws.ec2.VpcEndpointService("other", { acceptanceRequired: true });
                const id = pulumi.all([endpointService(automatic).id, other.id]).apply(([first]) => first);
                allow(consumer, { id });
            },
            on: ["api"],
            then: {},
        },
    },
    doesNotJudge: {
        "a service of another stack": {
            program: () => {
                const elsewhere = aws.ec2.VpcEndpointService.get("elsewhere", "vpce-svc-0a1b2c3d4e5f60718", automatic);
                allow("*", elsewhere);
            },
            inExport: {
                elsewhere: /^Endpoint service elsewhere accepts connections automatically and allows everyone/,
            },
        },
        "an aws-native service that leaves acceptance to AWS": () =>
            nativeAllow([], nativeEndpointService({ acceptanceRequired: undefined })),
    },
});
