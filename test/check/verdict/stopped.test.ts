/**
 * Checks that are stopped after their verdict is known: it stays, and by what its trace is shortest is said.
 */
import { expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { shortestText } from "../../../src/report/trace/shortest.js";
import { check } from "../../../src/check/verdict/check.js";
import { resolve } from "../../support/models/checks.js";

const LATE = { ...resolve({ scenario: "late-writes" }), witnesses, maxStates: 1e7 };

test("violated stays violated, and the trace is the shortest one, if there is no time for a cheaper one", () => {
  let asked = 0;
  const count = () => {
    asked++;
    return undefined;
  };
  const steps = check({ ...LATE, shortest: "steps", stop: count });
  const search = asked;
  const stop = () => (asked++ < 2 * search ? undefined : "more than 1s of time");
  const kept: unknown[] = [];
  const stopped = check({ ...LATE, stop, keep: (image) => kept.push(image) });
  expect(stopped).toMatchObject({ verdict: "violated", depth: 102, states: steps.states });
  expect(stopped.trace).toEqual(steps.trace);
  expect(stopped.shortest).toEqual({ by: "steps", reason: "more than 1s of time" });
  expect(shortestText(stopped, 75)).toEqual([
    "Shortest by steps, not by cost (more than 1s of time): 6 interrupts",
  ]);
  expect(kept).toEqual([]);
});
