import { PolicyPack } from "@pulumi/policy";
import { deserializeOnce } from "./engine/deserialize-once";
import { pack } from "./library";

deserializeOnce();
new PolicyPack("aws-vpc-endpoints", pack());
