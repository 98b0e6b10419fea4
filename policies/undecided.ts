import { undecided } from "../engine/pack";

export default undecided({
    name: "undecided",
    displayName: "What could not be judged",
    description: "Everything that the policies of this pack need is known at preview.",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["pack"],
    remediationSteps:
        "Nothing needs to be done where a value is pending: the update decides. To know at preview, give the value directly instead of computing it: in an endpoint policy name buckets explicitly, or bound it by aws:ResourceAccount.",
    url: "https://www.pulumi.com/docs/insights/policy/policy-packs/",
});
