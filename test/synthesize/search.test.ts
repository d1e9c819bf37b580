/**
 * The search against what every set comes to when it is checked by itself: a small lattice in small cells.
 */
import { beforeAll, describe, expect, test } from "vitest";

import { edits as all } from "../../models/edits/catalogue.js";
import { linux_6_5 } from "../../models/linux/versions/linux-6.5.js";
import { checkAll } from "../../src/check/verdict/check.js";
import { editsNamed, fixOfEdit, type Edit } from "../../src/spec/edit.js";
import { withFixes } from "../../src/spec/fix.js";
import type { SafetyProperty } from "../../src/spec/property.js";
import type { Cell } from "../../src/synthesize/cell.js";
import { forbids } from "../../src/synthesize/clause.js";
import { Lattice, type EditSet } from "../../src/synthesize/lattice.js";
import { Search, type Fate, type Killed } from "../../src/synthesize/search.js";
import { witnesses } from "../../properties/catalogue.js";
import { resolve } from "../support/models/checks.js";

const NAMES = ["stop-call", "start-taskwork", "start-call", "tw-requeue", "whole-in-kvm", "handler-keeps-E"];

/** Only what is among them is excluded or needed. */
function among(edits: readonly Edit[], names: readonly string[]): readonly Edit[] {
  return edits.map((edit) => ({
    ...edit,
    excludes: (edit.excludes ?? []).filter((name) => names.includes(name)),
    needs: (edit.needs ?? []).map((any) => any.filter((name) => names.includes(name))),
  }));
}

const lattice = new Lattice(among(editsNamed(all, NAMES), NAMES));

function cellOf(name: string, properties: readonly string[]): Cell {
  const { scenario, configuration } = resolve({ scenario: name });
  const requirements = properties.map((property) => ({
    property: resolve({ scenario: name, property }).property as SafetyProperty,
    why: "required" as const,
  }));
  return { name: `${name}/irq`, scenario, irq: "irq", configuration, requirements, states: 1_000 };
}

const cells = [cellOf("kvm-overflow", ["exactly-once", "no-overflow-recursion"])];

/** By a check of its own, on a driver that has no other edit's state. */
function passes(set: EditSet): boolean {
  const driver = withFixes(linux_6_5, "set", lattice.editsOf(set).map(fixOfEdit));
  return cells.every(({ scenario, configuration, requirements }) => {
    const properties = requirements.map(({ property }) => property);
    const asked = { scenario, driver, configuration, witnesses, maxStates: 20_000 };
    return checkAll({ ...asked, properties, shortest: "steps" }).every(({ verdict }) => verdict === "holds");
  });
}

const sets = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  NAMES.flatMap((_name, at) => ((bits & (1 << at)) === 0 ? [] : [at])),
).filter((set) => !lattice.rules.some((rule) => forbids(rule, set)));

describe("over a lattice of six edits, in kvm-overflow", () => {
  let search: Search;
  let fates: readonly Fate[];
  const passing = new Map<string, boolean>();

  beforeAll(() => {
    search = new Search({ lattice, driver: linux_6_5, cells, largest: NAMES.length });
    fates = [...search.fates()];
    for (const set of sets) passing.set(String(set), passes(set));
  }, 120_000);

  test("it decides all of it", () => {
    expect(search.complete).toBe(true);
    expect(sets.length).toBeGreaterThan(20);
    expect(fates.length).toBeLessThan(sets.length);
    expect(fates.filter(({ kind }) => kind === "open")).toEqual([]);
  });

  test("it finds the minimal sets that pass, and no other", () => {
    const good = sets.filter((set) => passing.get(String(set)) === true);
    const minimal = good.filter(
      (set) => !good.some((other) => other.length < set.length && other.every((at) => set.includes(at))),
    );
    const found = fates.filter(({ kind }) => kind === "passed").map(({ set }) => String(set));
    expect(found.toSorted()).toEqual(minimal.map(String).toSorted());
    expect(found.length).toBeGreaterThan(0);
  });

  test("no clause forbids a set that passes", () => {
    const killed = fates.filter((fate): fate is Killed => fate.kind === "killed");
    const wrong = killed.flatMap((kill) =>
      sets.filter((set) => forbids(search.clauseOf(kill), set) && passing.get(String(set)) === true),
    );
    expect(wrong).toEqual([]);
  });

  test("what a clause forbids is refuted along its execution, step by step", () => {
    const killed = fates.filter((fate): fate is Killed => fate.kind === "killed");
    const unrefuted = killed.flatMap((kill) =>
      sets.filter((set) => forbids(search.clauseOf(kill), set) && search.stepsAlong(kill, set) === undefined),
    );
    expect(unrefuted).toEqual([]);
  });

  test("it goes the same way again by what it has learnt, and makes no search", () => {
    const asked: string[] = [];
    const again = new Search({
      lattice,
      driver: linux_6_5,
      cells: [],
      largest: NAMES.length,
      recall: (set) => {
        asked.push(String(set));
        return fates.find((fate) => String(fate.set) === String(set));
      },
    });
    expect([...again.fates()]).toEqual(fates);
    expect(asked).toEqual(fates.map(({ set }) => String(set)));
  });
});
