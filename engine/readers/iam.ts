import { type Fact } from "../../network/knowledge";
import { References, Several } from "../../network/several";
import { InstanceProfile, ManagedPolicy, Role } from "../../network/role";
import { eksClusters, managedPolicies, roles } from "../kinds";
import type { Properties } from "../properties";
import { detail, reader, type Readers } from "./reader";

/** A document that the providers have under different names. */
function document(p: Properties, ...keys: readonly string[]): Fact<unknown> {
    return p.anything(keys.find(key => p.has(key)) ?? "");
}

function inline(p: Properties): Several<Fact<unknown>> {
    return Several.union(p.authoredItems("inlinePolicies"), p.items("policies")).map(item =>
        document(item, "policy", "policyDocument"),
    );
}

export const iamReaders: Readers = [
    ...reader(
        ["aws:iam/role:Role", "aws-native:iam:Role"],
        "role",
        [],
        (p, parts, network) => {
            const trust = p.has("assumeRolePolicy") ? "assumeRolePolicy" : "assumeRolePolicyDocument";
            const role = new Role(p.source, network, {
                managed: p.authoredReferences(managedPolicies, "managedPolicyArns"),
                inline: inline(p),
                trust: p.anything(trust),
            });
            parts.clusterParts.push({
                clusters: p.mentions(eksClusters, trust),
                gives: feature => role.gives(feature),
            });
            return role;
        },
        ["name", "roleName"],
    ),
    ...reader(
        ["aws:iam/instanceProfile:InstanceProfile", "aws-native:iam:InstanceProfile"],
        "instance profile",
        [],
        p => new InstanceProfile(p.source, p.references(roles, "role", "roles")),
        ["name", "instanceProfileName"],
    ),
    ...reader(["aws:iam/policy:Policy"], "policy", ["policy"], p => new ManagedPolicy(p.source, p.anything("policy"))),
    ...reader(
        ["aws-native:iam:ManagedPolicy"],
        "policy",
        ["policyDocument"],
        (p, parts) => {
            parts.policyAttachments.push({
                roles: p.references(roles, "roles"),
                policies: new References(`policy ${p.source.name}`, () => p.itself(managedPolicies)),
            });
            return new ManagedPolicy(p.source, p.anything("policyDocument"));
        },
        ["policyArn"],
    ),
    ...detail(["aws:iam/rolePolicy:RolePolicy", "aws-native:iam:RolePolicy"], "role policy", [], (p, parts) => {
        parts.rolePolicies.push({
            role: p.references(roles, "role", "roleName"),
            document: document(p, "policy", "policyDocument"),
        });
    }),
    ...detail(
        [
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            "aws:iam/policyAttachment:PolicyAttachment",
            "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        ],
        "policy attachment",
        [],
        (p, parts) => {
            parts.policyAttachments.push({
                roles: p.references(roles, "role", "roles", "roleName"),
                policies: p.references(managedPolicies, "policyArn", "policyArns"),
            });
        },
    ),
];
