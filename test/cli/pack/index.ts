/** A small policy pack, served as any other: what the command line is tried with. */
import { PolicyPack, type PolicyResource, type ResourceValidationArgs } from "@pulumi/policy";

/** What a value is to a policy: the SDK throws when one that is not known is looked at. */
function plain(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const at = (key: string): unknown => {
        try {
            return plain(Reflect.get(value, key));
        } catch {
            return "unknown";
        }
    };
    return Array.isArray(value)
        ? value.map((_, index) => at(String(index)))
        : Object.fromEntries(Object.keys(value).map(key => [key, at(key)]));
}

/** All that a policy is sent of a resource. */
function sent(resource: ResourceValidationArgs | PolicyResource): object {
    const { urn, type, name, props, opts, provider } = resource;
    return {
        urn,
        type,
        name,
        props: plain(props),
        opts,
        ...(provider && { provider: { urn: provider.urn, type: provider.type, props: plain(provider.props) } }),
        ...("dependencies" in resource && {
            parent: resource.parent?.urn,
            dependencies: resource.dependencies.map(dependency => dependency.urn),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([key, list]) => [key, list.map(each => each.urn)]),
            ),
        }),
    };
}

const echo = "Shows what the pack is sent.";

new PolicyPack(
    "toy",
    {
        policies: [
            {
                name: "endpoint-has-policy",
                description: "An endpoint without a policy of its own lets any principal reach any resource.",
                enforcementLevel: "mandatory",
                severity: "high",
                remediationSteps: "Give the endpoint a policy that names the resources it is for.",
                url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
                tags: ["data-perimeter"],
                framework: { name: "Controls", version: "1", reference: "EC2.0", specification: "Have a policy" },
                validateResource: ({ type, props }, reportViolation) => {
                    if (type === "aws:ec2/vpcEndpoint:VpcEndpoint" && !("policy" in props)) {
                        reportViolation("This endpoint has no policy.");
                    }
                },
            },
            {
                name: "vpc-has-endpoint",
                description: "A VPC without endpoints sends its traffic to AWS through the internet.",
                enforcementLevel: "advisory",
                severity: "low",
                validateStack: ({ resources }, reportViolation) => {
                    const endpoints = resources.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
                    for (const vpc of resources.filter(({ type }) => type === "aws:ec2/vpc:Vpc")) {
                        const has = endpoints.some(({ propertyDependencies }) =>
                            (propertyDependencies["vpcId"] ?? []).some(({ urn }) => urn === vpc.urn),
                        );
                        if (!has) reportViolation(`VPC ${vpc.name} has no endpoint.`, vpc.urn);
                    }
                },
            },
            {
                name: "count-at-most",
                description: "A stack has at most so many resources.",
                enforcementLevel: "mandatory",
                configSchema: {
                    properties: {
                        most: { type: "integer", minimum: 1, default: 1000 },
                        mode: { type: "string", enum: ["strict", "loose"], default: "strict" },
                        since: { type: "string", format: "date" },
                        pattern: { type: "string", format: "regex" },
                        exempt: {
                            type: "array",
                            items: {
                                type: "object",
                                properties: { reason: { type: "string" } },
                                required: ["reason"],
                                additionalProperties: false,
                            },
                        },
                    },
                },
                validateStack: (stack, reportViolation) => {
                    const { most, mode } = stack.getConfig<{ most: number; mode: string }>();
                    if (stack.resources.length > most) {
                        reportViolation(`${stack.resources.length} resources, and ${most} may be (${mode}).`);
                    }
                },
            },
            {
                name: "echo",
                description: echo,
                enforcementLevel: "disabled",
                validateResource: (resource, reportViolation) => {
                    reportViolation(JSON.stringify(sent(resource)));
                },
            },
            {
                name: "echo-stack",
                description: echo,
                enforcementLevel: "disabled",
                validateStack: ({ resources }, reportViolation) => {
                    for (const resource of resources) reportViolation(JSON.stringify(sent(resource)), resource.urn);
                },
            },
            {
                name: "borrows-a-name",
                description: "Speaks under the name of a policy that there is not.",
                enforcementLevel: "disabled",
                validateStack: (_, reportViolation) => {
                    // The SDK takes an object, too, though its types do not say so.
                    Reflect.apply(reportViolation, undefined, [{ message: "It is borrowed.", name: "nobody" }]);
                },
            },
            {
                name: "exits",
                description: "Ends its process.",
                enforcementLevel: "disabled",
                validateStack: () => process.exit(9),
            },
            {
                name: "throws",
                description: "Fails.",
                enforcementLevel: "disabled",
                validateStack: () => {
                    throw new Error("the policy is broken");
                },
            },
        ],
    },
    { "count-at-most": { most: 500, enforcementLevel: "mandatory" } },
);
