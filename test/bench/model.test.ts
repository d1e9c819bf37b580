/**
 * The bench compares speed at one problem, so the four models must be one: equal states and transitions.
 */
import { describe, expect, test } from "vitest";

import { murphi } from "../../bench/model/murphi.js";
import type { BenchParameters } from "../../bench/model/parameters.js";
import { promela } from "../../bench/model/promela.js";
import { SIZES } from "../../bench/model/sizes.js";
import { benchSystem } from "../../bench/model/system.js";
import { tla } from "../../bench/model/tla.js";
import { explore } from "../../src/engine/explore.js";
import { Machine } from "../../src/runtime/machine.js";
import { canRun, countByRumur, countBySpin, countByTlc, givenTlc } from "../support/cli/peers.js";

/** The smallest size, and shapes that take the generators' other turns: one CPU, three counters, a cap of one. */
const CASES: readonly BenchParameters[] = [
  ...SIZES.slice(0, 1).map(({ parameters }) => parameters),
  { cpus: 1, counters: 3, events: 3, period: 3, budget: 5, cap: 1 },
  { cpus: 2, counters: 2, events: 1, period: 2, budget: 3, cap: 3 },
];

const TLC = givenTlc();
/** It takes seconds to start and does a hundred thousand states in ten. */
const TLC_MILLISECONDS = 180_000;

describe.each(CASES)("%o", (parameters) => {
  const { end, states, transitions } = explore(
    new Machine(benchSystem(parameters)),
    { goals: [], cycles: [], witnesses: [] },
    { maxStates: 1e6 },
  );

  test("is explored completely", () => {
    expect(end).toEqual({ kind: "complete" });
  });

  test.skipIf(!canRun("spin"))("SPIN counts the same", () => {
    expect(countBySpin(promela(parameters))).toEqual({ states, transitions });
  });

  test.skipIf(!canRun("rumur"))("Rumur counts the same", () => {
    expect(countByRumur(murphi(parameters))).toEqual({ states, transitions });
  });

  test.skipIf(TLC === undefined)(
    "TLC counts the same",
    () => {
      if (TLC === undefined) return;
      expect(countByTlc(tla(parameters), TLC)).toEqual({ states, transitions });
    },
    TLC_MILLISECONDS,
  );
});

test.each(SIZES.slice(0, 1))(
  "the counts of size $name are pmucheck's",
  ({ parameters, states, transitions }) => {
    const found = explore(
      new Machine(benchSystem(parameters)),
      { goals: [], cycles: [], witnesses: [] },
      { maxStates: 1e6 },
    );
    expect(found).toMatchObject({ states, transitions });
  },
);
