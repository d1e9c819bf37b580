/** The solver against all sets of a few edits. */
import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";

import { clause, forbids, type Clause } from "../../src/synthesize/clause.js";
import { Solver } from "../../src/synthesize/solver.js";

const EDITS = 8;

/** Edits on both sides of the border between a clause's words. */
const position = (at: number): number => at * 7;

const row = array(constantFrom<"yes" | "no" | "any">("yes", "no", "any"), {
  minLength: EDITS,
  maxLength: EDITS,
});

const clauses = array(row, { maxLength: 14 }).map((rows) =>
  rows.map((of) => {
    const where = (what: string): number[] => of.flatMap((one, at) => (one === what ? [position(at)] : []));
    return clause(where("yes"), where("no"));
  }),
);

function allSets(): number[][] {
  return Array.from({ length: 2 ** EDITS }, (_, bits) =>
    Array.from({ length: EDITS }, (_of, at) => at)
      .filter((at) => (bits & (1 << at)) !== 0)
      .map(position),
  );
}

function allowed(rules: readonly Clause[]): number[][] {
  return allSets().filter((set) => !rules.some((rule) => forbids(rule, set)));
}

test("it finds a smallest set that no clause forbids, or that there is none", () => {
  let none = 0;
  assert(
    property(clauses, (rules) => {
      const sizes = allowed(rules).map((set) => set.length);
      const smallest = Math.min(...sizes);
      const solver = new Solver(EDITS * 7, rules);
      if (sizes.length === 0) none++;
      for (let size = 0; size <= EDITS; size++) {
        const found = solver.next(size);
        expect(found !== undefined).toBe(size >= smallest);
        expect(rules.some((rule) => found !== undefined && forbids(rule, found))).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
  expect(none).toBeLessThan(300);
});

test("with what it found forbidden in turn, it comes to every minimal set", () => {
  assert(
    property(clauses, (rules) => {
      const all = allowed(rules);
      const minimal = all.filter(
        (set) => !all.some((other) => other.length < set.length && other.every((at) => set.includes(at))),
      );
      const solver = new Solver(EDITS * 7, rules);
      const found: number[][] = [];
      for (let size = 0; size <= EDITS; size++) {
        for (const set of solver.sets(size)) {
          found.push(set);
          solver.add(clause(set, []));
        }
        expect(solver.next(size)).toBeUndefined();
      }
      expect(found.map(String).toSorted()).toEqual(minimal.map(String).toSorted());
    }),
    { numRuns: 200 },
  );
});
