import { type Fact, isUnseen, see } from "./knowledge";
import { PolicyDocument } from "./iam/document";
import { Resource, type Source } from "./resource";
import { Several } from "./several";

/** What holds data of the stack: an S3 bucket or a DynamoDB table. */
export class Store extends Resource {
    constructor(
        source: Source,
        readonly noun: "bucket" | "table",
        private readonly called: Fact<string>,
    ) {
        super(source);
    }

    /** The name that AWS knows it by, which is the last part of its ARN. */
    get awsName(): Several<string> {
        return isUnseen(this.called) ? new Several<string>([], [{ because: this.called }]) : Several.of(this.called);
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
