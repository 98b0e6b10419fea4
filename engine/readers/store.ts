import { Outside, Pending } from "../../network/knowledge";
import { BucketPolicy, Store } from "../../network/store";
import { detail, reader, type Readers } from "./reader";

function store(types: readonly string[], noun: "bucket" | "table", key: string): Readers {
    return reader(
        types,
        noun,
        [],
        (p, parts) => {
            const name = p.text(key) ?? new Outside(`the name of ${noun} ${p.source.name}`);
            const arn = p.text("arn") ?? new Pending(`the ARN of ${noun} ${p.source.name}`);
            const made = new Store(p.source, noun, name, arn);
            parts.stores.push(made);
            return made;
        },
        [key],
    );
}

export const storeReaders: Readers = [
    ...store(["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"], "bucket", "bucket"),
    ...store(["aws-native:s3:Bucket"], "bucket", "bucketName"),
    ...store(["aws:dynamodb/table:Table"], "table", "name"),
    ...store(["aws-native:dynamodb:Table", "aws-native:dynamodb:GlobalTable"], "table", "tableName"),
    ...detail(
        ["aws:s3/bucketPolicy:BucketPolicy", "aws-native:s3:BucketPolicy"],
        "bucket policy",
        ["bucket"],
        (p, parts) => {
            const policy = p.anything("policy");
            const document = policy === undefined ? p.anything("policyDocument") : policy;
            const bucket = p.textOr("bucket", "");
            parts.bucketPolicies.push(new BucketPolicy(p.source, { bucket, document }));
        },
    ),
];
