import { ServiceSet } from "./service-set";
import { Several } from "./several";
import type { Vpc } from "./vpc";

/** ECR keeps the layers of images in S3. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export type ImageService = "ecr.api" | "ecr.dkr" | "s3";

/** What pulling images from ECR calls from a VPC. */
export function imagesOf(vpc: Vpc): ServiceSet<ImageService> {
    return new ServiceSet(
        vpc,
        Several.of<ImageService>("ecr.api", "ecr.dkr", "s3"),
        vpc.stranded.filter(workload => workload.pullsFromEcr),
        () => !vpc.ownEndpoints("ecr.api").concat(vpc.ownEndpoints("ecr.dkr")).isEmpty,
    );
}
