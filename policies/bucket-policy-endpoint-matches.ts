import { policy } from "../engine/policy";

export default policy({
    name: "bucket-policy-endpoint-matches",
    displayName: "Bucket policies name endpoints that lead there",
    description: "Every endpoint of the stack that a bucket policy names leads to S3 and lets the bucket be reached.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["endpoint-policy", "s3"],
    remediationSteps:
        "Name the S3 endpoint in aws:SourceVpce, or admit the bucket in the endpoint's own policy: both sides must agree.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
    subjects: network => network.bucketPolicies,

    *check(bucketPolicy, _, network) {
        // Who is to come through an endpoint: allowed if so, or denied if not.
        const conditions = bucketPolicy.document.statements.flatMap(({ effect, conditions }) =>
            conditions.filter(({ operator }) => operator.includes("not") === (effect === "Deny")),
        );
        const ids = conditions.filter(({ key }) => key === "aws:sourcevpce").flatMap(({ values }) => values);
        for (const endpoint of network.endpoints.filter(({ source }) => source.ids.some(id => ids.includes(id)))) {
            if (endpoint.actionPrefixes?.includes("s3") !== true) {
                yield `The policy of bucket ${bucketPolicy.bucket} names ${endpoint.toString()}, which leads to ${endpoint.service.name}: no request for the bucket comes through it.`;
            } else if (!endpoint.reaches(bucketPolicy.bucket)) {
                yield `The policy of bucket ${bucketPolicy.bucket} names ${endpoint.toString()}, whose own policy does not let the bucket be reached.`;
            }
        }
    },
});
