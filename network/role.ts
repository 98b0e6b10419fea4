import type { ClusterFeature } from "./eks";
import { either, type Fact, see } from "./knowledge";
import { PolicyDocument } from "./iam/document";
import { matches } from "./glob";
import type { Network } from "./network";
import { Resource, type Source } from "./resource";
import { type References, Several } from "./several";

/** A policy that can be attached to roles: AWS's own, or one of the stack. */
export class ManagedPolicy extends Resource {
    readonly noun = "policy";

    constructor(
        source: Source,
        /** What it says; undefined for AWS's own, which are known by name. */
        readonly document: Fact<unknown>,
    ) {
        super(source);
    }

    /** AWS's own policy by this ARN; undefined if it is none. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html */
    static ofAws(arn: string): ManagedPolicy | undefined {
        const [, name] = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
        return name === undefined
            ? undefined
            : new ManagedPolicy({ urn: arn, name, ids: [arn], tags: new Map(), inThisRun: true }, undefined);
    }
}

/** A managed policy that is attached to a role by a resource of its own. */
export interface PolicyAttachment {
    readonly roles: References<Role>;
    readonly policies: References<ManagedPolicy>;
}

/** An inline policy of a role as a resource of its own. */
export interface RolePolicy {
    readonly role: References<Role>;
    readonly document: Fact<unknown>;
}

/** What lets the agent of an instance work with Systems Manager: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html */
const agentPolicies = [
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMManagedEC2InstanceDefaultPolicy",
    "AmazonEC2RoleforSSM",
];
const agentActions = ["ssmmessages:CreateControlChannel", "ec2messages:GetMessages"];

/** The service account of what makes load balancers for a cluster: https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html */
export const controller = "aws-load-balancer-controller";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html */
export class Role extends Resource {
    readonly noun = "role";

    constructor(
        source: Source,
        private readonly network: Network,
        private readonly facts: {
            readonly managed: References<ManagedPolicy>;
            readonly inline: Several<Fact<unknown>>;
            readonly trust: Fact<unknown>;
        },
    ) {
        super(source);
    }

    /** The actions that its policies allow, as they name them, such as sqs:Send*. AWS's own policies are not looked into. */
    get actionPatterns(): Several<string> {
        return this.documents.flatMap(
            ({ statements }) =>
                new Several(
                    statements
                        .filter(({ effect, actions }) => effect === "Allow" && !actions.not)
                        .flatMap(({ actions }) => actions.patterns),
                ),
        );
    }

    /** Whether it is meant for instances that Systems Manager manages. A permission for everything is not. */
    get isForSystemsManager(): boolean {
        return either(
            () => this.managedPolicies.some(({ name }) => agentPolicies.includes(name)),
            () => this.actionPatterns.some(pattern => agentActions.some(action => names(pattern, action))),
        );
    }

    /** What it gives a cluster whose pods may assume it. https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
    gives(feature: ClusterFeature): boolean {
        if (feature === "Pod Identity") {
            return false;
        }
        return PolicyDocument.parse(see(this.facts.trust)).statements.some(
            ({ actions, conditions }) =>
                actions.patterns.includes("sts:AssumeRoleWithWebIdentity") &&
                (feature === "service account roles" ||
                    conditions.some(({ values }) => values.some(value => value.endsWith(`:${controller}`)))),
        );
    }

    private get managedPolicies(): Several<ManagedPolicy> {
        const apart = this.network.policyAttachments.of(this).flatMap(attachment => attachment.policies.all);
        return this.facts.managed.all.concat(apart);
    }

    private get documents(): Several<PolicyDocument> {
        return Several.union(
            this.facts.inline,
            this.network.rolePolicies.of(this).map(policy => policy.document),
            this.managedPolicies.map(policy => policy.document),
        ).flatMap(document =>
            document === undefined ? Several.none : Several.of(PolicyDocument.parse(see(document))),
        );
    }
}

/** Whether a pattern in a policy means an action, and not just everything. */
export function names(pattern: string, action: string): boolean {
    return !/^\*+$/.test(pattern) && matches(pattern.toLowerCase(), action.toLowerCase());
}

/** What hands a role to an instance. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
export class InstanceProfile extends Resource {
    readonly noun = "instance profile";

    constructor(
        source: Source,
        private readonly holds: References<Role>,
    ) {
        super(source);
    }

    get roles(): Several<Role> {
        return this.holds.all;
    }
}
