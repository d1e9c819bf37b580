/**
 * The edits as a catalogue: each applies to every version, alone and with what it needs, and the shipped fixes are made of
 * them.
 */
import { describe, expect, test } from "vitest";

import { releases } from "../../../models/catalogue.js";
import { edits } from "../../../models/edits/catalogue.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { editsNamed, fixOfEdit, totalCost } from "../../../src/spec/edit.js";
import { withFixes } from "../../../src/spec/fix.js";
import { forbids } from "../../../src/synthesize/clause.js";
import { Lattice } from "../../../src/synthesize/lattice.js";
import { checkedFix } from "../../support/models/fixes.js";

const lattice = new Lattice(edits);

describe("an edit", () => {
  test.each(edits.map(({ name }) => name))("%s applies to every release", (name) => {
    const fixes = editsNamed(edits, [name]).map(fixOfEdit);
    for (const driver of releases) {
      const changed = withFixes(driver, name, fixes).functions;
      for (const { functionName } of fixes[0]?.changes ?? []) {
        expect(changed.get(functionName)).not.toBe(driver.functions.get(functionName));
      }
    }
  });

  test("has a name of its own, a cost, and names only edits that there are", () => {
    expect(new Set(edits.map(({ name }) => name)).size).toBe(edits.length);
    expect(edits.filter(({ cost }) => cost.lines < 1)).toEqual([]);
    expect(lattice.rules.length).toBeGreaterThan(edits.length / 2);
  });
});

describe("edits together", () => {
  const position = (name: string): number => edits.findIndex((edit) => edit.name === name);
  const allowed = (...names: readonly string[]): boolean => {
    const set = names.map(position).toSorted((a, b) => a - b);
    return !lattice.rules.some((rule) => forbids(rule, set));
  };

  test("exclude each other, and need each other", () => {
    expect(allowed("start-call")).toBe(true);
    expect(allowed("start-call", "start-taskwork")).toBe(false);
    expect(allowed("stop-taskwork", "stop-call")).toBe(true);
    expect(allowed("tw-requeue")).toBe(false);
    expect(allowed("tw-requeue", "del-taskwork")).toBe(true);
  });

  test("that share a function make it once", () => {
    const both = editsNamed(edits, ["stop-taskwork", "start-taskwork"]).map(fixOfEdit);
    const { functions } = withFixes(linux_6_5, "both", both);
    expect(functions.has("armpmu_report_overflow")).toBe(true);
  });

  test("are toggled without what they exclude", () => {
    const start = [position("start-taskwork")];
    expect(lattice.toggled(start, position("start-call"))).toEqual([position("start-call")]);
    expect(lattice.toggled(start, start[0] ?? -1)).toEqual([]);
  });

  test("cost what they cost one by one", () => {
    const { lines } = totalCost(editsNamed(edits, ["tw-requeue", "tw-irqs-off"]));
    expect(lines).toBe(5);
  });

  test("are the shipped fixes", () => {
    const parts = "stop-taskwork+tw-requeue+tw-hold-ctx+tw-irqs-off";
    const [whole, made] = ["task-work", parts].map((names) => checkedFix(names, { scenario: "one-cpu" }));
    expect(made?.verdict).toBe("holds");
    expect(made?.states).toBe(whole?.states);
  });
});

test("sets are counted by size as they are when each is looked at", () => {
  const few = new Lattice(
    editsNamed(edits, ["start-call", "start-taskwork", "tw-requeue", "tw-irqs-off", "veto-power-down"]).map(
      (edit) => ({
        ...edit,
        excludes: (edit.excludes ?? []).filter((name) => ["start-call", "start-taskwork"].includes(name)),
        needs: (edit.needs ?? []).map(() => ["start-taskwork"]),
      }),
    ),
  );
  const counts = [0, 0, 0, 0, 0, 0];
  for (let bits = 0; bits < 32; bits++) {
    const set = [0, 1, 2, 3, 4].filter((at) => (bits & (1 << at)) !== 0);
    if (!few.rules.some((rule) => forbids(rule, set))) counts[set.length] = (counts[set.length] ?? 0) + 1;
  }
  expect(few.countBySize(5)).toEqual(counts);
});
