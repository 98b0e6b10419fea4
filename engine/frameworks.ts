import type { PolicyComplianceFramework } from "@pulumi/policy";

/** Security controls of AWS Security Hub, by their ids: what they ask for, and where AWS says so. */
const controls = {
    "EC2.10": "Amazon EC2 should be configured to use VPC endpoints that are created for the Amazon EC2 service",
    "EC2.15": "Amazon EC2 subnets should not automatically assign public IP addresses",
    "EC2.55": "VPCs should be configured with an interface endpoint for ECR API",
    "EC2.57": "VPCs should be configured with an interface endpoint for Systems Manager",
} as const;
const controlsPage = "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html";

/** Best practices of the Well-Architected Framework, by their ids: what they ask for, and the page that says so. */
const bestPractices = {
    "COST08-BP03": ["Implement services to reduce data transfer costs", "cost_data_transfer_implement_services"],
    "REL10-BP01": ["Deploy the workload to multiple locations", "rel_fault_isolation_multiaz_region_system"],
    "SEC03-BP08": ["Share resources securely within your organization", "sec_permissions_share_securely"],
    "SEC05-BP01": ["Create network layers", "sec_network_protection_create_layers"],
    "SEC05-BP02": ["Control traffic flow within your network layers", "sec_network_protection_layered"],
} as const;
/** The ids may mean something else in another version, and each version keeps its address. */
const frameworkVersion = "2024-06-27";

/** A control of Security Hub's standard "AWS Foundational Security Best Practices". */
export function securityHub(reference: keyof typeof controls): PolicyComplianceFramework {
    return {
        name: "AWS Foundational Security Best Practices",
        version: "1.0.0",
        reference,
        specification: controls[reference],
    };
}

/** A best practice of the AWS Well-Architected Framework. */
export function wellArchitected(reference: keyof typeof bestPractices): PolicyComplianceFramework {
    return {
        name: "AWS Well-Architected Framework",
        version: frameworkVersion,
        reference,
        specification: bestPractices[reference][0],
    };
}

/** The address of AWS's page about a control or a best practice. */
export function addressOf({ reference }: PolicyComplianceFramework): string {
    const [, [, page] = []] = Object.entries(bestPractices).find(([id]) => id === reference) ?? [];
    return page === undefined
        ? `${controlsPage}#${reference.toLowerCase().replace(".", "-")}`
        : `https://docs.aws.amazon.com/wellarchitected/${frameworkVersion}/framework/${page}.html`;
}
