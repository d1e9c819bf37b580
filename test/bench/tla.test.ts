/**
 * The TLA+ text and TLC's words, as far as they can be judged without TLC (test/bench/model.test.ts runs it).
 */
import { describe, expect, test } from "vitest";

import { tla } from "../../bench/model/tla.js";
import { tlcCounts } from "../../bench/peers/tlc.js";

const { module, configuration } = tla({ cpus: 2, counters: 3, events: 4, period: 5, budget: 6, cap: 7 });

describe("the module", () => {
  test("has every rule of the model, and tries each", () => {
    const defined = [...module.matchAll(/^(\w+)\(.*\) ==$/gm)].map(([, name]) => name);
    expect(defined).toEqual(["Program", "SwitchOut", "TakeUp", "Interrupt", "Count", "Line", "Pending"]);
    const [, next = ""] = module.split("Next ==\n");
    for (const rule of defined) expect(next).toContain(`${rule}(c`);
  });

  test("has every location of the program", () => {
    const locations = [...module.matchAll(/pc\[c\] = (\d+) ->$/gm)].map(([, pc]) => Number(pc));
    expect(locations).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
  });

  test("says of every variable what becomes of it, once, in every rule", () => {
    const inOrder = (names: readonly string[]) => names.toSorted((a, b) => (a < b ? -1 : 1));
    const variables = /^VARIABLES (.*)$/m.exec(module)?.[1]?.split(", ") ?? [];
    const effects = [...module.matchAll(/((?:^ +\/\\ \w+' = .*\n)+) +\/\\ UNCHANGED <<(.*)>>$/gm)];
    // 17 locations; "Count" has two effects, the other five rules one.
    expect(effects).toHaveLength(24);
    for (const [, assigned = "", kept = ""] of effects) {
      const changed = [...assigned.matchAll(/(\w+)' =/g)].map(([, name = ""]) => name);
      expect(inOrder([...changed, ...kept.split(", ")])).toEqual(inOrder(variables));
    }
  });

  test("has the parameters", () => {
    for (const text of [
      "Cpu == 0..1\n",
      "Ctr == 0..2\n",
      "Event == 1..4\n",
      "cnt[c][n] < 4 ",
      "budget = 6\n",
      "@ < 7 ",
    ]) {
      expect(module).toContain(text);
    }
  });

  test("is explored to the end where nothing can happen any more", () => {
    expect(configuration).toContain("CHECK_DEADLOCK FALSE");
  });
});

describe("what TLC says", () => {
  const progress =
    "Progress(23) at 2026-11-24 00:47:23: 31,603 states generated (31,603 s/min), 11,836 distinct states found (11,836 ds/min), 2,436 states left on queue.";
  const success = "Model checking completed. No error has been found.";

  test("is counts, without the initial state among the transitions", () => {
    const end = "334081 states generated, 101930 distinct states found, 0 states left on queue.";
    expect(tlcCounts([progress, success, end].join("\n"))).toEqual({ states: 101_930, transitions: 334_080 });
  });

  test.each([
    [progress],
    [
      `Error: Deadlock reached.\n334081 states generated, 101930 distinct states found, 0 states left on queue.`,
    ],
    [`${success}\n31603 states generated, 11836 distinct states found, 2436 states left on queue.`],
  ])("is an error if the search did not end well: %s", (stdout) => {
    expect(() => tlcCounts(stdout)).toThrow("TLC did not finish");
  });
});
