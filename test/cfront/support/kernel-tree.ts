/** The drivers of a kernel tree, which PMUCHECK_KERNEL names, with stand-ins for the headers that are not the PMU's. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { IncludeProvider, ReadPlan, SourceFile } from "../../../src/cfront/index.js";

export const KERNEL = process.env["PMUCHECK_KERNEL"];

const STAND_INS = join(import.meta.dirname, "..", "..", "..", "models", "linux", "c");

/** Of these, one is in every tree: the driver moved. */
const DRIVERS = ["drivers/perf/arm_pmuv3.c", "arch/arm64/kernel/perf_event.c"];

/** The tree's own headers that are read; all others are in the prelude. */
const HEADERS = new Set([
  "linux/perf/arm_pmu.h",
  "linux/perf/arm_pmuv3.h",
  "asm/arm_pmuv3.h",
  "asm/perf_event.h",
]);

export function planOf(tree: string): ReadPlan {
  const source = (file: string): SourceFile => ({ file, text: readFileSync(join(tree, file), "utf8") });
  const standIn = (name: string): SourceFile => ({
    file: name,
    text: readFileSync(join(STAND_INS, name), "utf8"),
  });
  const include: IncludeProvider = ({ name }) => {
    if (name === "linux/perf_event.h") return standIn("perf_event.h");
    if (!HEADERS.has(name)) return "nothing";
    const found = ["include", "arch/arm64/include"]
      .map((folder) => `${folder}/${name}`)
      .find((file) => existsSync(join(tree, file)));
    return found === undefined ? undefined : source(found);
  };
  const driver = DRIVERS.find((file) => existsSync(join(tree, file)));
  if (driver === undefined) throw new Error(`no PMUv3 driver in ${tree}: ${DRIVERS.join(", ")}`);
  return {
    prelude: [standIn("prelude.h")],
    units: [source("drivers/perf/arm_pmu.c"), source(driver)],
    include,
  };
}
