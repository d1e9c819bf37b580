/** `list --kernel`: what is taken of a tree, with its lines, and what is not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { run } from "../../../src/cli/command-line.js";
import type { KernelContents } from "../../../src/spec/scenario.js";
import { pmucheck } from "../../support/cli/command-line.js";
import { ARM_PMU, diffOf, PatchFolder } from "../../support/models/edited-fixture.js";
import { FIXTURE } from "../../support/models/fixture-tree.js";

const patches = new PatchFolder();
afterAll(() => patches.remove());

const lineIn = (file: string, line: number) =>
  readFileSync(join(FIXTURE, file), "utf8").split("\n")[line - 1];

describe("a tree", () => {
  const { kernel } = JSON.parse(pmucheck("list", "--kernel", FIXTURE, "--json").stdout) as {
    kernel: KernelContents;
  };

  test("every function has the line that it begins on", () => {
    expect(kernel.functions.length).toBeGreaterThan(60);
    // The accessors of registers are made by a macro.
    const written = kernel.functions.filter(({ name }) => !/^(read|write)_pm/.test(name));
    for (const { name, at } of written) expect(lineIn(at.file, at.line)).toContain(`${name}(`);
  });

  test("a function that the model has not is told from one whose place is taken", () => {
    const isModelled = (name: string) => kernel.functions.find((of) => of.name === name)?.isModelled;
    expect(isModelled("armpmu_start")).toBe(true);
    expect(isModelled("next_period")).toBe(false);
  });

  test("every callback has the line that sets it, whichever way the C does so", () => {
    for (const { member, function: to, at } of kernel.callbacks) {
      const line = lineIn(at.file, at.line);
      expect(line).toContain(to);
      expect(line).toContain(member.split(".").at(-1));
    }
    expect(kernel.callbacks.map(({ member }) => member)).toEqual(
      expect.arrayContaining(["pmu.add", "arm_pmu.enable", "notifier_block.notifier_call"]),
    );
    expect(kernel.callbacks.map(({ function: to }) => to)).not.toContain("armpmu_event_init");
  });
});

test("a patch: what it adds has its line, and what is not read of it is said", () => {
  const text = diffOf([
    ARM_PMU,
    "static void armpmu_read(struct perf_event *event)\n{\n",
    "static void count(void)\n{\n}\n\nstatic void armpmu_read(struct perf_event *event)\n{\n	count();\n",
  ]).concat("--- /dev/null\n+++ b/drivers/perf/other.c\n@@ -0,0 +1,1 @@\n+int other;\n");
  const patch = patches.write("count.patch", text);
  const { status, stdout } = pmucheck("list", "--kernel", FIXTURE, "--patch", patch);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}arm_pmu\.c:67 +count \(\+\)$/m);
  expect(stdout).toMatch(/^NOT VERIFIED: patched, but not read:\n {2}drivers\/perf\/other\.c$/m);
});

test.each([
  [
    ["list", "scenarios", "--kernel", FIXTURE],
    "list takes --kernel DIR (and --driver with it) in the place of",
  ],
  [["list", "--driver", "linux-6.1"], "list takes --kernel DIR (and --driver with it) in the place of"],
  [["list", "--kernel", "/no/tree"], "no such folder; give a kernel tree"],
])("%j is refused", async (argv, message) => {
  await expect(run(argv)).rejects.toThrow(message);
});
