/**
 * Checking by random walks: for what cannot be enumerated. It finds violations and proves nothing: the verdict is
 * `violated`, `inconclusive` or, for a faulty model, `error`, and never `holds`.
 */
import { Machine } from "../../runtime/machine.js";
import { goalOf } from "../../simulate/goal.js";
import { InternedSystem } from "../../simulate/interned-system.js";
import { simulate, type Simulation, type SimulationOptions } from "../../simulate/simulate.js";
import { PmucheckError } from "../../spec/errors.js";
import type { Property, SafetyProperty, Witness } from "../../spec/property.js";
import type { CheckDocument } from "../../trace/document.js";
import { faultIn } from "../verdict/check.js";
import { traceOfPath } from "../verdict/counterexample.js";
import { mustBeRequest } from "../input/door.js";
import { preambleOf } from "../verdict/preamble.js";
import { systemOf, type Target } from "../target.js";
import { expectedWitnesses } from "../verdict/watch.js";

export interface SimulationRequest extends Target, SimulationOptions {
  /** Every witness a scenario may ask for. */
  readonly witnesses: readonly Witness[];
}

/** Throws PMC120 for a liveness property. */
export function mustBeSafety(property: Property): asserts property is SafetyProperty {
  if (property.kind === "always") return;
  throw new PmucheckError(
    "PMC120",
    `--simulate cannot check ${property.name}: it is broken by what never happens, and a walk that ends says nothing ` +
      "of what would have happened later; leave out --simulate",
  );
}

/** Checks a safety property by random walks. Throws PMC120 for a liveness property. */
export function checkBySimulation(request: SimulationRequest): CheckDocument {
  const { property, seed, path } = request;
  mustBeRequest({ ...request, properties: [property] });
  mustBeSafety(property);
  const started = process.hrtime.bigint();
  const expected = expectedWitnesses(request.scenario, request.configuration, request.witnesses);
  const { made, outcome } = attempt({ ...request, property }, expected);
  const { steps = 0, walks = 0, longest = 0 } = made ?? {};
  return {
    ...preambleOf(request),
    ...outcome,
    complete: false,
    states: steps + walks,
    transitions: steps,
    depth: outcome.trace?.steps.length ?? longest,
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerState: 0,
    witnesses: Object.fromEntries(expected.map(({ name }, i) => [name, made?.witnessed[i] === true])),
    neverMoved: made?.idle ?? [],
    walks: {
      walks,
      maxSteps: request.steps,
      seed,
      path: made?.failure?.path ?? path ?? null,
      found: made?.failure?.found ?? null,
      distinct: false,
    },
  };
}

interface Attempt {
  readonly made: Simulation | undefined;
  readonly outcome: Pick<CheckDocument, "verdict" | "reason" | "trace">;
}

function attempt(
  request: SimulationRequest & { readonly property: SafetyProperty },
  expected: readonly Witness[],
): Attempt {
  try {
    const machine = new Machine(systemOf(request));
    const system = new InternedSystem(machine);
    const made = simulate(
      system,
      goalOf(machine, system, request.property),
      expected.map(({ reachedBy }) => reachedBy),
      request,
    );
    const { failure } = made;
    if (failure !== undefined) {
      const trace = traceOfPath(request, machine, failure.steps);
      if (trace.rule !== failure.rule) {
        throw new Error(`the walk broke ${failure.rule}, and its replay ${trace.rule}`);
      }
      return { made, outcome: { verdict: "violated", reason: null, trace } };
    }
    const broke = `random walks broke no rule (${made.walks} of at most ${request.steps} steps)`;
    const why = request.stop?.();
    const reason = why === undefined ? broke : `${why}: ${broke}`;
    return { made, outcome: { verdict: "inconclusive", reason } };
  } catch (error) {
    return { made: undefined, outcome: { verdict: "error", reason: faultIn(error) } };
  }
}
