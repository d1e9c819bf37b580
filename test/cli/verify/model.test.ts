/** `pmucheck verify` of a fix for a model of one's own: the guide's model, and a fix of its driver beside it. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-verify-"));
const model = join(folder, "my-model.ts");
const fix = join(folder, "counts-on.ts");
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  copyFileSync("docs/use/your-own/my-model.ts", model);
  // Its state counts the handler's runs, modulo two: a component of its own in somebody else's model.
  writeFileSync(
    fix,
    `import { changing, operation, performs, perName, replacing } from "pmucheck";
import { pmu_handle_irq, read_counter, write_counter } from "./my-model.ts";

const runs = perName<{ readonly odd: boolean }>("runs");
const note = operation<[], void>({
  name: "note",
  perform: (view) => view.update(runs("A"), (of) => void (of.odd = !of.odd)),
});
export const fix = {
  name: "counts-on",
  summary: "writes what was counted since the overflow, and a period",
  idea: "the counter is not where it overflowed",
  proposedBy: "this test",
  hazards: [],
  assumes: [],
  claims: ["exactly-once"],
  state: [{ component: runs, initial: { odd: false } }],
  changes: [
    changing(pmu_handle_irq, function* (base) {
      yield* note();
      return yield* replacing(base(), performs("write_counter"), function* () {
        yield* write_counter((yield* read_counter()) + 12);
      });
    }),
  ],
};
`,
  );
});

test("a fix of a model is compared with the model's first driver, in cells without an interrupt mode", () => {
  const { status, stdout, stderr } = pmucheck("verify", fix, "--scenario", model, "--jobs", "1");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const words = stdout.replaceAll(/\s+/g, " ");
  expect(words).toContain(`verify ${fix} PASSES: on forgetful it closes 3 cells`);
  expect(words).toContain("7 cells: 3 fixed, 1 still broken, 0 newly broken.");
  expect(words).toContain(`no-loss: ${model} bounded-skid`);
});

test("or with another driver of it", () => {
  const { stdout } = pmucheck("verify", fix, "--scenario", model, "--driver", "careful", "--quiet");
  expect(stdout).toContain("PASSES: careful, 7 cells: 0 fixed");
});

test.each([
  [["no-clear"], "PMC134: fix 'no-clear' changes 'armv8pmu_disable_intens', which forgetful does not have"],
  [["--all"], "PMC104: --all ranks the fixes that pmucheck ships, which change Linux: name a fix of"],
  [[fix, "--irq", "nmi"], "PMC105: unknown parameter 'irq'"],
  [[fix, "--driver", "linux-6.5"], "has no driver 'linux-6.5'; known: forgetful, careful"],
  [[fix, "--scenario", "one-cpu"], "has drivers and properties of its own: check all of it without other"],
])("verify %j of it is refused by name", (args, words) => {
  const { status, stderr } = pmucheck("verify", ...args, "--scenario", model);
  expect(stderr).toContain(words);
  expect(status).toBe(129);
});
