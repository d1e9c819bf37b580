/** `pmucheck mutate` of a model of one's own: mistakes in its driver and in its hardware, noticed by its own properties. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-mutate-"));
const model = join(folder, "my-model.ts");
beforeAll(() => copyFileSync("docs/use/your-own/my-model.ts", model));
afterAll(() => rmSync(folder, { recursive: true }));

const fate = z.object({ kind: z.string(), by: z.array(z.string()).optional() });
const schema = z.object({
  driver: z.string(),
  functions: z.array(z.string()),
  mutants: z.array(z.object({ name: z.string(), of: z.string(), fate })),
});

function mutate(...args: readonly string[]) {
  const { status, stdout, stderr } = pmucheck("mutate", "--scenario", model, "--json", ...args);
  expect(stderr).toBe("");
  const { driver, functions, mutants } = schema.parse(JSON.parse(stdout));
  const fates = Object.fromEntries(
    mutants.map((mutant) => [mutant.name, mutant.fate.by ?? mutant.fate.kind]),
  );
  return { status, driver, functions, fates };
}

test("the driver's mistakes are noticed by properties, not taken for functions that forget", () => {
  const { status, driver, functions, fates } = mutate("--driver", "careful", "--no-hardware");
  expect({ status, driver }).toEqual({ status: 14, driver: "careful" });
  expect(functions).toEqual(["pmu_boot", "pmu_handle_irq"]);
  expect(fates["drop pmu_handle_irq: write_counter"]).toContain("exactly-once");
  expect(fates["drop pmu_handle_irq: clear_status"]).toContain("no-interrupt-storm");
  expect(fates["repeat pmu_handle_irq: report"]).toContain("no-duplicate");
  expect(fates["repeat pmu_boot: write_enable"]).toBe("equivalent");
});

test("registers are what the hardware changes by itself, and the line and the mask are hardware", () => {
  const { fates } = mutate("--driver", "careful");
  expect(fates["drop pmu: count, pmu.STATUS"]).toContain("eventually-delivered");
  expect(fates["drop line.PMI: PMI becomes pending"]).toEqual(["never-stuck"]);
  expect(fates["drop clear_status"]).toContain("no-interrupt-storm");
  expect(fates["drop irq: <PMI taken>, context.masked"]).toBe("survived");
  expect(Object.keys(fates).filter((name) => /truth|budget|since|handling/.test(name))).toEqual([]);
});

test("a model among scenarios of Linux is refused, and a function that it does not have", () => {
  const both = pmucheck("mutate", "--scenario", model, "--scenario", "one-cpu");
  expect(both).toMatchObject({ status: 129 });
  expect(both.stderr).toContain("mutate it without other scenarios");
  const { stderr } = pmucheck("mutate", "--scenario", model, "--function", "pmu_bot");
  expect(stderr).toContain("forgetful has no function 'pmu_bot'; did you mean 'pmu_boot'?");
});
