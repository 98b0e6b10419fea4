import { policy, texts } from "../engine/policy";
import { snapshotBucketOf } from "../network/iam/patch-buckets";
import { listed } from "../network/resource";
import { patchesInstances } from "../network/systems-manager";

/** Does not see: that instances are patched, which takes the buckets of Patch Manager's documents, too: `require` can name them. */
export default policy({
    name: "s3-endpoint-policy-admits-dependencies",
    displayName: "S3 endpoint policy admits what the VPC needs",
    description: "The policy of an S3 gateway endpoint admits AWS's buckets that ECR and Systems Manager read from.",
    enforcementLevel: "advisory",
    severity: "high",
    tags: ["endpoint-policy", "gateway-endpoint", "ecr", "systems-manager"],
    remediationSteps:
        "Allow s3:GetObject on the buckets that the message names, without a condition on principals or on the resource's organization.",
    url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    settings: {
        require: texts("Buckets that S3 endpoint policies must let anyone read, beside those of AWS."),
    },
    subjects: network => network.endpoints,

    *check(endpoint, settings) {
        if (endpoint.type !== "Gateway" || !endpoint.leadsTo("s3") || endpoint.policy === undefined) {
            return;
        }
        const vpc = endpoint.vpc;
        const region = endpoint.service.region ?? vpc.region;
        const has = (service: string): boolean => vpc.endpoints.some(other => other.leadsTo(service));
        const buckets = [
            ...settings.require,
            ...(has("ecr.api") || has("ecr.dkr") ? [`prod-${region}-starport-layer-bucket`] : []),
            ...(patchesInstances(vpc) ? [`aws-ssm-${region}`, snapshotBucketOf(region)] : []),
        ];
        const missing = buckets.filter(
            bucket => !endpoint.letsAnyoneRead(bucket) && !endpoint.twins.some(twin => twin.letsAnyoneRead(bucket)),
        );
        if (missing.length > 0) {
            const message = `The policy of ${endpoint.toString()} locks out ${listed(missing)}, which ${vpc.toString()} needs: those requests are presigned or unsigned, so no bound on principals holds for them, nor for AWS's buckets one on accounts or organizations.`;
            yield { message, on: endpoint.policyFrom };
        }
    },
});
