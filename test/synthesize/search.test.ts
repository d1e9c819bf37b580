/**
 * The search against what every set comes to when it is put to the models by itself: all sets of twelve edits.
 */
import { beforeAll, describe, expect, test } from "vitest";

import { edits as all } from "../../models/edits/catalogue.js";
import { linux_6_5 } from "../../models/linux/versions/linux-6.5.js";
import { systemOf } from "../../src/check/target.js";
import { Machine } from "../../src/runtime/machine.js";
import { editsNamed, fixOfEdit, type Edit } from "../../src/spec/edit.js";
import { withFixes } from "../../src/spec/fix.js";
import type { SafetyProperty } from "../../src/spec/property.js";
import type { Cell } from "../../src/synthesize/cell.js";
import { forbids } from "../../src/synthesize/clause.js";
import { refutationOf } from "../../src/synthesize/document.js";
import { Judge, type Judges } from "../../src/synthesize/judge.js";
import { Lattice, type EditSet } from "../../src/synthesize/lattice.js";
import { checkCell } from "../../src/synthesize/refutation.js";
import { Search, type Fate, type Killed } from "../../src/synthesize/search.js";
import { resolve } from "../support/models/checks.js";

const NAMES = [
  "swap-clear-inten",
  "save-flag",
  "stop-taskwork",
  "stop-call",
  "stop-irqwork",
  "start-taskwork",
  "start-call",
  "start-relatch",
  "marked-relatch",
  "tw-requeue",
  "whole-on-rate",
  "whole-in-kvm",
];

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
  return { name: `${name}/irq`, scenario, irq: "irq", configuration, requirements, states: 2_500 };
}

const cells = [
  cellOf("kvm-overflow", ["exactly-once", "no-overflow-recursion"]),
  cellOf("frequency", ["exactly-once"]),
];

/** By itself: no clause, no known execution, no machine of another set, and no edit's state but its own. */
function passes(set: EditSet): boolean {
  const driver = withFixes(linux_6_5, "set", lattice.editsOf(set).map(fixOfEdit));
  return cells.every((cell) => {
    const { kind } = checkCell(new Machine(systemOf({ ...cell, driver })), cell, 50_000);
    if (kind === "open") throw new Error(`${lattice.nameOf(set)} is not decided in ${cell.name}`);
    return kind === "met";
  });
}

const judge = new Judge({ lattice, driver: linux_6_5, cells });

async function fatesOf(search: Search): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  for await (const { fate } of search.fates()) fates.push(fate);
  return fates;
}

const sets = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  NAMES.flatMap((_name, at) => ((bits & (1 << at)) === 0 ? [] : [at])),
).filter((set) => !lattice.rules.some((rule) => forbids(rule, set)));

describe("over a lattice of twelve edits", () => {
  let search: Search;
  let fates: readonly Fate[];
  let kills: readonly Killed[];
  const passing = new Map<string, boolean>();

  beforeAll(async () => {
    search = new Search({ lattice, judges: alone(judge), cells, largest: NAMES.length });
    fates = await fatesOf(search);
    kills = fates.filter((fate): fate is Killed => fate.kind === "killed");
    for (const set of sets) passing.set(String(set), passes(set));
  }, 600_000);

  test("it decides all of it, and puts few sets to the models", () => {
    expect(search.complete).toBe(true);
    expect(sets.length).toBeGreaterThan(600);
    expect(fates.length).toBeLessThan(sets.length / 20);
    expect(kills.length).toBeGreaterThan(5);
    expect(fates.filter(({ kind }) => kind === "open")).toEqual([]);
  });

  test("it finds the minimal sets that pass, and no other", () => {
    const good = sets.filter((set) => passing.get(String(set)) === true);
    const minimal = good.filter(
      (set) => !good.some((other) => other.length < set.length && other.every((at) => set.includes(at))),
    );
    const found = fates.filter(({ kind }) => kind === "passed").map(({ set }) => String(set));
    expect(found.toSorted()).toEqual(minimal.map(String).toSorted());
    expect(found.length).toBeGreaterThan(3);
    expect(found).not.toContain("");
  });

  test("no clause forbids a set that passes", () => {
    const wrong = kills.flatMap((kill) =>
      sets.filter((set) => forbids(search.clauseOf(kill), set) && passing.get(String(set)) === true),
    );
    expect(wrong).toEqual([]);
  });

  test("what a clause forbids is refuted along its execution, step by step", async () => {
    const unrefuted: string[] = [];
    for (const kill of kills) {
      for (const set of sets.filter((one) => forbids(search.clauseOf(kill), one))) {
        if ((await search.stepsAlong(kill, set)) === undefined) unrefuted.push(lattice.nameOf(set));
      }
    }
    expect(unrefuted).toEqual([]);
  });

  test("a kill that does not refute what its cube contains is an internal error, not an answer", async () => {
    const [kill] = kills;
    if (kill === undefined) throw new Error("nothing was refuted");
    await expect(refutationOf(search, [{ ...kill, guide: [] }], kill.set)).rejects.toThrow(
      `a cube of ${kill.cell} does not refute ${lattice.nameOf(kill.set)}`,
    );
    // A judge for whom no edit matters: its first cube is the whole lattice, and is tried before it is believed.
    const careless = { ...alone(judge), matters: async () => [] };
    const wrong = new Search({ lattice, judges: careless, cells, largest: NAMES.length });
    await expect(fatesOf(wrong)).rejects.toThrow(/^a cube of .* does not refute /);
  });

  test("it goes the same way with several judges", async () => {
    const judges = { ...alone(judge), count: 3 };
    expect(await fatesOf(new Search({ lattice, judges, cells, largest: NAMES.length }))).toEqual(fates);
  });

  test("it goes the same way again by what it has learnt, and makes no search", async () => {
    const asked: string[] = [];
    const nobody = alone(new Judge({ lattice, driver: linux_6_5, cells: [] }));
    const again = new Search({
      lattice,
      judges: nobody,
      cells,
      largest: NAMES.length,
      recall: (set) => {
        asked.push(String(set));
        return fates.find((fate) => String(fate.set) === String(set));
      },
    });
    expect(await fatesOf(again)).toEqual(fates);
    expect(asked).toEqual(fates.map(({ set }) => String(set)));
  });
});

/** The judge alone, in this thread. */
function alone(one: Judge): Judges {
  return {
    count: 1,
    along: async (question) => one.along(question),
    searched: async (question) => one.searched(question),
    matters: async (question) => one.matters(question),
    guide: async (question) => one.guide(question),
  };
}
