/**
 * `pmucheck mutate` as users run it: statuses, documents, and that docs/reference/mutants.md is about the reasons as they are.
 */
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { reasonFor, reasons } from "../../../src/mutate/reasons.js";
import { pmucheck } from "../../support/cli/command-line.js";

function mutate(...args: readonly string[]) {
  return pmucheck("mutate", "--scenario", "one-cpu", "--set", "switches=0", "--irq", "irq", ...args);
}

describe("the status of mutate", () => {
  test("is 0 if every mutant is killed, but for those that are shown to be equivalent", () => {
    const { status, stdout } = mutate("--function", "armv8pmu_write_evtype");
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(words).toContain("100% killed: 1 of 1 mutants; 0 survive with a reason, 0 without, 0 undecided;");
    expect(words).toContain("1 more shown to be equivalent");
    expect(status).toBe(0);
  });

  test.each(["cpu_suspend", "armv8pmu_disable_user_access"])(
    "is 14 if no mutant is left to say anything: %s",
    (name) => {
      const { status, stdout } = mutate("--function", name, "--quiet");
      expect(stdout).toContain("no mutants");
      expect(status).toBe(14);
    },
  );

  test("is 125 if a scenario does not fit the bound, and says so", () => {
    const { status, stdout } = mutate("--function", "armpmu_start", "--max-states", "100");
    expect(stdout).toContain("NOT COVERED: one-cpu irq switches=0 (more than 100 states)");
    expect(status).toBe(125);
  });

  test("is 129 for a function that the driver does not have", () => {
    const { status, stdout, stderr } = mutate("--function", "armpmu_strat");
    expect(stderr).toBe(
      "pmucheck: PMC104: linux-6.5 has no function 'armpmu_strat'; did you mean 'armpmu_start'?\n",
    );
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
  });
});

test("--json is one document", () => {
  const { stdout } = mutate("--function", "armv8pmu_disable_user_access", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    tool: "pmucheck",
    driver: "linux-6.5",
    score: { total: 2, killed: 0, equivalent: 2, explained: 0, unexplained: 0, undecided: 0 },
    mutants: [
      { name: "drop armv8pmu_disable_user_access: write_pmuserenr", fate: { kind: "equivalent" } },
      { name: "repeat armv8pmu_disable_user_access: write_pmuserenr" },
    ],
  });
});

describe("docs/reference/mutants.md", () => {
  const page = readFileSync("docs/reference/mutants.md", "utf8");
  const sections = page.split(/^## /m).slice(1);
  const withReasons = sections.filter(
    (section) => !/^(Who notices|Equivalent in|Unexplained|Not decided)/.test(section),
  );
  const named = withReasons.flatMap((section) =>
    [...section.matchAll(/^\* `([^`]+)`: /gm)].map(([, name]) => name ?? ""),
  );

  test("gives every survivor the reason of src/mutate/reasons.ts", () => {
    const words = page.replace(/\s+/g, " ");
    const why = (name: string) => reasonFor(name, reasons)?.why ?? "none is there";
    expect(named.filter((name) => !words.includes(why(name)))).toEqual([]);
  });

  test("needs every reason", () => {
    const unused = reasons.flatMap(({ mutants }) => mutants).filter((name) => !named.includes(name));
    expect(unused).toEqual([]);
  });
});
