import { both, either } from "./knowledge";
import { ServiceSet } from "./service-set";
import { Several } from "./several";
import type { Vpc } from "./vpc";

/** A service that the agent of an instance calls. https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html */
export type AgentService = "ssm" | "ssmmessages" | "ec2messages";

/** The Regions that AWS has opened since 2024. */
const withoutOldMessages = [
    "ap-east-2",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "eusc-de-east-1",
    "me-west-1",
    "mx-central-1",
];

/**
 * Whether a Region has ec2messages, which agents before 3.3.40.0 need.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
export function hasOldMessages(region: string | undefined): boolean {
    return withoutOldMessages.every(other => other !== region);
}

/** Whether a VPC has endpoints that nothing but managed instances needs: not ssm alone, which Parameter Store needs, nor ssmmessages, as ECS Exec does. */
function isBegun(vpc: Vpc): boolean {
    return either(
        () => has(vpc, "ec2messages"),
        () =>
            both(
                () => has(vpc, "ssm"),
                () => has(vpc, "ssmmessages"),
            ),
    );
}

function has(vpc: Vpc, service: AgentService): boolean {
    return !vpc.ownEndpoints(service).isEmpty;
}

/** Whether instances of a VPC are patched through endpoints of its own. */
export function patchesInstances(vpc: Vpc): boolean {
    return both(
        () => has(vpc, "ssm"),
        () =>
            vpc.instances.some(
                instances =>
                    instances.arePatched &&
                    either(
                        () => instances.areForSystemsManager,
                        () => isBegun(vpc),
                    ),
            ),
    );
}

/**
 * What Systems Manager calls from a VPC.
 * @param needsOldMessages whether agents are to have ec2messages where the Region has it.
 */
export function managementOf(vpc: Vpc, needsOldMessages: boolean): ServiceSet<AgentService> {
    const services = Several.of<AgentService>("ssm", "ssmmessages", "ec2messages").filter(service =>
        both(
            () => service !== "ec2messages" || needsOldMessages,
            () => service !== "ec2messages" || hasOldMessages(vpc.region),
        ),
    );
    const isForAll = (): boolean =>
        both(
            () => has(vpc, "ssm"),
            () => isBegun(vpc),
        );
    const stranded = vpc.instances.filter(instances =>
        both(
            () => !instances.strandedIn.isEmpty,
            () => either(() => instances.areForSystemsManager, isForAll),
        ),
    );
    return new ServiceSet(vpc, services, stranded, () => isBegun(vpc));
}
