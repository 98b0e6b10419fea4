import { packSettings } from "../engine/pack";

export default packSettings({
    name: "pack-settings",
    displayName: "Settings of the whole pack",
    description: "The configuration of this policy pack has only settings that exist.",
    enforcementLevel: "mandatory",
    severity: "high",
    tags: ["pack"],
    remediationSteps: "Correct the setting that the message names in the configuration of the policy pack.",
    url: "https://www.pulumi.com/docs/insights/policy/policy-packs/",
});
