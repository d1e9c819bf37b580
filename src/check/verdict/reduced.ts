/**
 * Checking with reductions: used to prove that something holds, and for nothing else.
 *
 * Where the reduced search finds something broken, or nothing that can happen any more, the whole system is searched as
 * ever, so that traces are shortest and counts are those of the system. So are liveness properties: a chain of steps is no
 * cycle's step.
 */
import type { Exploration, Limits, Watch } from "../../engine/explore.js";
import { Machine } from "../../runtime/machine.js";
import { audit, auditSymmetry, type Audit } from "../../reduce/audit.js";
import { exploreReduced } from "../../reduce/reduced-exploration.js";
import { exploreSymmetric } from "../../reduce/symmetric-exploration.js";
import { PmucheckError } from "../../spec/errors.js";
import type { Symmetry } from "../../spec/symmetry.js";
import { systemOf } from "../target.js";
import { expectedWitnesses, goalOf } from "./watch.js";
import type { CheckRequest, ReductionName } from "../request.js";

/** How far to search, and in what. */
type Asked = Limits & Pick<CheckRequest, "scenario">;

/**
 * What the reduced search found, if it broke nothing; undefined if the whole system has to be searched.
 * Throws PMC104 if a machine says nothing of symmetry, PMC206 if what it says is wrong.
 */
export function provenReduced(
  reduction: ReductionName,
  machine: Machine,
  watch: Watch,
  request: Asked,
): Exploration | undefined {
  if (watch.cycles.length > 0) return undefined;
  const exploration = reducedOf(reduction, machine, watch, request);
  if (exploration === undefined || exploration.end.kind === "stuck") return undefined;
  return exploration.breaks.every((found) => found === undefined) ? exploration : undefined;
}

/** Undefined if the model is faulty: whether that comes before a violation, a search of all states has to say. */
function reducedOf(
  reduction: ReductionName,
  machine: Machine,
  watch: Watch,
  request: Asked,
): Exploration | undefined {
  const symmetry = reduction === "symmetry" ? symmetryOf(machine, request) : undefined;
  try {
    return symmetry === undefined
      ? exploreReduced(machine, watch, request).exploration
      : exploreSymmetric(machine, symmetry, watch, request);
  } catch (error) {
    if (error instanceof PmucheckError && error.code !== "PMC206") return undefined;
    throw error;
  }
}

function symmetryOf({ symmetry }: Machine, { scenario }: Asked): Symmetry {
  if (symmetry !== undefined) return symmetry;
  throw new PmucheckError(
    "PMC104",
    `--symmetry is for scenarios that say which names can be exchanged; ${scenario.name} does not (docs/internals/reductions.md)`,
  );
}

/** Explores with and without a reduction, and compares. Of a liveness property, what it does not need a cycle for. */
export function auditReductions(request: CheckRequest): Audit {
  const { scenario, configuration, property, witnesses } = request;
  const machine = new Machine(systemOf(request));
  const watch = {
    goals: [goalOf(machine, property)],
    cycles: [],
    witnesses: expectedWitnesses(scenario, configuration, witnesses).map(({ reachedBy }) => reachedBy),
  };
  return request.reduction === "symmetry"
    ? auditSymmetry(machine, symmetryOf(machine, request), watch, request)
    : audit(machine, watch, request);
}
