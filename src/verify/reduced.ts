/**
 * Checking with reductions: used to prove that something holds, and for nothing else.
 *
 * Where the reduced search finds something broken, or nothing that can happen any more, the whole system is searched as
 * ever, so that traces are shortest and counts are those of the system. So are liveness properties: a chain of steps is no
 * cycle's step.
 */
import type { Exploration, Watch } from "../engine/explore.js";
import { Machine } from "../runtime/machine.js";
import { audit, type Audit } from "../reduce/audit.js";
import { exploreReduced } from "../reduce/reduced-exploration.js";
import { PmucheckError } from "../spec/errors.js";
import type { CheckRequest } from "./check.js";
import { systemOf } from "./target.js";
import { expectedWitnesses, goalOf } from "./watch.js";

/** The reductions there are, as a verdict names them. */
export const REDUCTIONS: readonly string[] = ["safe-steps"];

/** What the reduced search found, if it broke nothing; undefined if the whole system has to be searched. */
export function provenReduced(
  machine: Machine,
  watch: Watch,
  limits: Pick<CheckRequest, "maxStates" | "maxBytes" | "engine" | "onProgress">,
): Exploration | undefined {
  if (watch.cycles.length > 0) return undefined;
  const exploration = reducedOf(machine, watch, limits);
  if (exploration === undefined || exploration.end.kind === "stuck") return undefined;
  return exploration.breaks.every((found) => found === undefined) ? exploration : undefined;
}

/** Undefined if the model is faulty: whether that comes before a violation, a search of all states has to say. */
function reducedOf(...asked: Parameters<typeof exploreReduced>): Exploration | undefined {
  try {
    return exploreReduced(...asked).exploration;
  } catch (error) {
    if (error instanceof PmucheckError) return undefined;
    throw error;
  }
}

/** Explores with and without reductions, and compares. Of a liveness property, what it does not need a cycle for. */
export function auditReductions(request: CheckRequest): Audit {
  const { scenario, configuration, property, witnesses } = request;
  const machine = new Machine(systemOf(request));
  const watch = {
    goals: [goalOf(machine, property)],
    cycles: [],
    witnesses: expectedWitnesses(scenario, configuration, witnesses).map(({ reachedBy }) => reachedBy),
  };
  return audit(machine, watch, request);
}
