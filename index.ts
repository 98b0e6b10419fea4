import { PolicyPack } from "@pulumi/policy";
import { pack } from "./library";

const { name, ...args } = pack;
new PolicyPack(name, args);
