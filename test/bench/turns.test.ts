/**
 * In which order the sides of the bench run, and when their speed is not compared.
 */
import { expect, test } from "vitest";

import type { Side } from "../../bench/sides.js";
import { measureSize } from "../../bench/turns.js";

const size = { name: "1e3", states: 1000, transitions: 3000 };
const silence = () => {};

/** A side that writes down when it runs, and takes the seconds of the list in turn. */
function side(tool: string, seconds: readonly number[], journal: string[], states = size.states): Side {
  let run = 0;
  return {
    tool,
    jobs: 1,
    compileSeconds: 0,
    run: () => {
      journal.push(tool);
      const cost = { seconds: seconds[run++] ?? NaN, cpuSeconds: 1, peakRssBytes: 1 };
      return { counts: { states, transitions: size.transitions }, cost };
    },
  };
}

test("sides take turns, and a row is the median of its side's runs", () => {
  const journal: string[] = [];
  const sides = [side("a", [9, 1, 2], journal), side("b", [3, 30, 4], journal)];
  const rows = measureSize(size, sides, 3, silence);
  expect(journal).toEqual(["a", "b", "a", "b", "a", "b"]);
  expect(rows.map(({ tool, seconds }) => [tool, seconds])).toEqual([
    ["a", 2],
    ["b", 4],
  ]);
});

test("a side with other counts ends the run", () => {
  const journal: string[] = [];
  const sides = [side("a", [1], journal, 999), side("b", [1], journal)];
  expect(() => measureSize(size, sides, 1, silence)).toThrow(
    "a counts 999 states and 3000 transitions at 1e3, not 1000 and 3000",
  );
  expect(journal).toEqual(["a"]);
});
