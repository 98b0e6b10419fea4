/** The account that an ARN names; a text that is no ARN, such as `*` or the number of an account, is taken as it is. */
export function accountIn(arn: string): string {
    return arn.split(":")[4] ?? arn;
}
