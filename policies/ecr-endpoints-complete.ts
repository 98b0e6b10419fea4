import { policy, probable, securityHub } from "../engine/policy";
import { imagesOf } from "../network/ecr";
import { listed, opening } from "../network/resource";

/** Does not see: images in the registry of another Region, which these endpoints do not serve; images of Batch jobs and CodeBuild projects. */
export default policy({
    name: "ecr-endpoints-complete",
    displayName: "ECR endpoints complete",
    description: "Workloads pull images from ECR by a way out, or by the endpoints of ECR and one for S3.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["interface-endpoint", "gateway-endpoint", "ecr"],
    framework: securityHub("EC2.55"),
    remediationSteps:
        "Add interface endpoints for ecr.api and ecr.dkr, and associate an S3 gateway endpoint with the workloads' route tables.",
    url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    hasProbable: true,
    subjects: network => network.vpcs,

    *check(vpc) {
        const images = imagesOf(vpc);
        const missing = images.missing.found;
        if (missing.length > 0) {
            const workloads = listed(images.stranded.members.map(String));
            yield `${opening(workloads)} of ${vpc.toString()} cannot pull images from ECR: there is no way out, and no endpoint for ${listed(missing)}.`;
            return;
        }
        // Those who come from beyond the VPC may have gateway endpoints for S3 of their own.
        const left = images.leftOut.filter(service => service !== "s3" || vpc.connections.isEmpty).found;
        if (left.length > 0) {
            yield probable(`${vpc.toString()} has an endpoint for ECR, but none for ${listed(left)}.`);
        }
    },
});
