/**
 * linux-6.5: the kernel as it was when the mail was written (November 2023), and the base of the other versions.
 */
import { functionsOf } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { shippedDeviations } from "../../deviations.js";
import { files, modelledFiles } from "../files.js";
import { release } from "./version.js";

export const linux_6_5: Driver = {
  name: "linux-6.5",
  summary: "arm_pmu.c and arm_pmuv3.c as of November 2023, when the mail was written",
  kernels: release("6.5"),
  functions: functionsOf(...modelledFiles.flatMap(({ modules }) => modules)),
  files,
  base: null,
  differences: [],
  lacks: {},
  deviations: shippedDeviations,
};
