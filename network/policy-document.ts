/** An IAM policy document, as far as it can be read. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export class PolicyDocument {
    private constructor(private readonly statements: readonly Readonly<Record<string, unknown>>[]) {}

    /** @param document the document, or its JSON; anything else is a document without statements. */
    static parse(document: unknown): PolicyDocument {
        const { Statement: statements } = record(typeof document === "string" ? json(document) : document);
        return new PolicyDocument(list(statements).map(record));
    }

    /**
     * Whether it is what AWS gives an endpoint for which no policy is named: one statement that lets anyone do anything to everything.
     * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
     */
    get isFullAccess(): boolean {
        const [statement, ...others] = this.statements;
        if (statement === undefined || others.length > 0) {
            return false;
        }
        const principal = statement["Principal"];
        const isAnyone =
            isStar(principal) ||
            (isRecord(principal) && isStar(principal["AWS"]) && Object.keys(principal).length === 1);
        const isConditional = Object.keys(record(statement["Condition"])).length > 0;
        return (
            statement["Effect"] === "Allow" &&
            isAnyone &&
            isStar(statement["Action"]) &&
            isStar(statement["Resource"]) &&
            !isConditional
        );
    }
}

function isStar(value: unknown): boolean {
    const [only, ...others] = list(value);
    return only === "*" && others.length === 0;
}

function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
    return isRecord(value) ? value : {};
}

function json(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
