import { type Fact, see } from "./knowledge";
import { PolicyDocument } from "./iam/document";
import { Resource, type Source } from "./resource";

/** What holds data of the stack: an S3 bucket or a DynamoDB table. */
export class Store extends Resource {
    constructor(
        source: Source,
        readonly noun: "bucket" | "table",
        private readonly called: Fact<string>,
        private readonly arn: Fact<string>,
    ) {
        super(source);
    }

    /** Whether an ARN is its own, or that of something in it. The names of buckets are the same in every account, those of tables are not. */
    has(arn: string): boolean {
        const [, , service, , , ...rest] = arn.split(":");
        const [first = "", second = ""] = rest.join(":").split("/");
        switch (this.noun) {
            case "bucket":
                return service === "s3" && arn.includes(":::") && see(this.called) === first;
            case "table":
                return (
                    service === "dynamodb" &&
                    first === "table" &&
                    see(this.called) === second &&
                    `${arn}/`.startsWith(`${see(this.arn)}/`)
                );
        }
    }
}

/** The policy of a bucket, inline or as a resource of its own. */
export class BucketPolicy extends Resource {
    readonly noun = "bucket policy";

    constructor(
        source: Source,
        private readonly facts: { readonly bucket: Fact<string>; readonly document: Fact<unknown> },
    ) {
        super(source);
    }

    /** The name of the bucket. */
    get bucket(): string {
        return see(this.facts.bucket);
    }

    get document(): PolicyDocument {
        return PolicyDocument.parse(see(this.facts.document));
    }
}
