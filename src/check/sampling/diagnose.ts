/**
 * Diagnosing an explosion: what the state space is made of, and which one parameter to reduce first.
 */
import { systemOf } from "../target.js";
import { Machine } from "../../runtime/machine.js";
import { census } from "../../simulate/census.js";
import { growth } from "../../simulate/growth.js";
import { PmucheckError } from "../../spec/errors.js";
import type { DiagnosisDocument } from "../../trace/document.js";
import { QUICK, sizeOf, type EstimateTarget } from "./estimate.js";

/** Enough for what is common on every shipped scenario, in less than a second. */
const SAMPLED_STEPS = 200_000;
const SEED = 1;

type Reduction = DiagnosisDocument["reductions"][number];

/** Deterministic. Throws what `mustGoOn` throws, which is called all the time. */
export function diagnose(target: EstimateTarget, mustGoOn?: () => void): DiagnosisDocument {
  const machine = new Machine(systemOf(target));
  return {
    sampledSteps: SAMPLED_STEPS,
    components: census(machine, SAMPLED_STEPS, SEED, mustGoOn),
    grows: growth(machine, mustGoOn),
    now: sizeOf(target, QUICK, mustGoOn).states,
    reductions: reductionsOf(target, mustGoOn),
  };
}

/**
 * Every numeric parameter reduced by half of what it is above its minimum, one at a time. Flags (0 or 1) are choices of
 * another world, and so is a bound of `any`.
 */
function reductionsOf(target: EstimateTarget, mustGoOn: (() => void) | undefined): readonly Reduction[] {
  const { scenario, configuration } = target;
  return scenario.parameters
    .flatMap((parameter): Reduction[] => {
      const from = configuration[parameter.name];
      if (parameter.kind === "choice" || typeof from !== "number") return [];
      const { name, minimum, maximum } = parameter;
      if (from <= minimum || maximum - minimum < 2) return [];
      const to = minimum + Math.floor((from - minimum) / 2);
      const { method, states } =
        trial({ ...target, configuration: { ...configuration, [name]: to } }, mustGoOn) ?? {};
      return method === undefined || states === undefined
        ? []
        : [{ parameter: name, from, to, method, states }];
    })
    .sort((a, b) => (a.states?.middle ?? Infinity) - (b.states?.middle ?? Infinity));
}

/** Undefined if the scenario refuses the configuration. */
function trial(target: EstimateTarget, mustGoOn: (() => void) | undefined) {
  if (target.scenario.refuses?.(target.driver, target.configuration) !== undefined) return undefined;
  try {
    return sizeOf(target, QUICK, mustGoOn);
  } catch (error) {
    if (error instanceof PmucheckError && error.code.startsWith("PMC1")) return undefined;
    throw error;
  }
}
