/**
 * Our counts against tools that share nothing with us but the exported tables.
 */
import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { defaultDriver, scenarios } from "../../models/catalogue.js";
import { explore } from "../../src/engine/explore.js";
import { isLeaf, learn, type LocalTables } from "../../src/export/local-tables.js";
import { toMurphi } from "../../src/export/murphi.js";
import { toPromela } from "../../src/export/promela.js";
import { Machine } from "../../src/runtime/machine.js";
import { configure } from "../../src/spec/parameter.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { pmucheck } from "../support/cli/command-line.js";
import { canRun, countByRumur, countBySpin } from "../support/cli/peers.js";
import { randomSystem } from "../support/systems/random-system.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";

const ORIGIN = { title: "a test" };
const ALL = 1e5;
const NOTHING = { goals: [], cycles: [], witnesses: [] };
const PEERS = [
  { tool: "spin", language: "promela", write: toPromela, count: countBySpin },
  { tool: "rumur", language: "murphi", write: toMurphi, count: countByRumur },
] as const;

/** Systems in which something happens; some come to a standstill. The same ones every time. */
const systems: readonly TransitionSystem[] = fc
  .sample(randomSystem, { numRuns: 2000, seed: 20231117 })
  .filter((system) => referenceExplore(system).states >= 24)
  .slice(0, 4);

const small = scenarios.find(({ name }) => name === "late-fall") ?? expect.fail("no such scenario");

test("the tables' own search counts what the reference explorer counts", () => {
  expect(systems).toHaveLength(4);
  for (const system of systems) {
    const { states, transitions } = referenceExplore(system);
    expect(learn(system, ALL)).toMatchObject({ states, transitions });
  }
});

describe.each(PEERS)("$tool", ({ tool, language, write, count }) => {
  const available = canRun(tool);

  test.skipIf(!available).each(systems.map((system, i) => ({ i: i + 1, system })))(
    "counts the states and transitions of random system $i",
    ({ system }) => {
      const { states, transitions } = referenceExplore(system);
      expect(count(write(learn(system, ALL), ORIGIN))).toEqual({ states, transitions });
    },
  );

  test.skipIf(!available)(`counts what the engine counts on the scenario ${small.name}`, () => {
    const machine = new Machine(small.build(defaultDriver, configure(small.parameters, {})));
    const { end, states, transitions } = explore(machine, NOTHING, { maxStates: ALL });
    expect(end).toEqual({ kind: "complete" });
    const { status, stdout } = pmucheck("export", small.name, "--to", language);
    expect(status).toBe(0);
    expect(count(stdout)).toEqual({ states, transitions });
  });

  test.skipIf(!available)("refuses an export whose search has missed a state", () => {
    const tables = learn(twoBits, ALL);
    expect(count(write(tables, ORIGIN))).toEqual({ states: 4, transitions: 6 });
    for (const process of [0, 2]) {
      expect(() => count(write(withoutAnswer(tables, process), ORIGIN))).toThrow("did not finish");
    }
  });
});

/** Two bits; each may be set and the second cleared. The third process never moves, and its table guards too. */
const twoBits: TransitionSystem = {
  components: ["a", "b"],
  initial: [0, 0],
  processes: ["set a", "flip b", "look at a"],
  fair: [],
  run: (process, read) => {
    if (process === 2) return read(0) === 2 ? [{ writes: new Map(), observations: [] }] : [];
    if (process === 0) return read(0) === 0 ? [{ writes: new Map([[0, 1]]), observations: [] }] : [];
    return [{ writes: new Map([[1, 1 - Number(read(1))]]), observations: [] }];
  },
};

/** As if the search had never asked a process about a state in which `a` is set. */
function withoutAnswer(tables: LocalTables, process: number): LocalTables {
  const processes = tables.processes.map(({ name, table }, i) => {
    if (i !== process || table === undefined || isLeaf(table)) return { name, table };
    return { name, table: { ...table, children: new Map([...table.children].filter(([a]) => a !== 1)) } };
  });
  return { ...tables, processes };
}

test("the largest system to be exported is the one with as many states as allowed", () => {
  expect(learn(twoBits, 4).states).toBe(4);
  expect(() => learn(twoBits, 3)).toThrow("more than 3 states");
});
