import { PolicyPack } from "@pulumi/policy";
import { deserializeOnce } from "./engine/deserialize-once";
import { showStackOnce } from "./engine/show-stack-once";
import { pack } from "./library";

deserializeOnce();
showStackOnce();
new PolicyPack("aws-vpc-endpoints", pack());
