/**
 * Long random traces that break a property: what `minimize` has to cope with, made to order.
 */
import { Machine } from "../../runtime/machine.js";
import { goalOf } from "../../simulate/goal.js";
import { InternedSystem } from "../../simulate/interned-system.js";
import { longWalk } from "../../simulate/long-walk.js";
import type { TraceDocument } from "../../trace/document.js";
import { traceOfPath } from "../verdict/counterexample.js";
import { mustBeSafety } from "./simulate.js";
import { systemOf, type Target } from "../target.js";

/**
 * A random trace of at least `atLeast` steps whose last step is the first to break the property; undefined if the seed
 * leads to none. Deterministic for a seed (a 32-bit integer). Throws PMC120 for a liveness property.
 */
export function longTrace(target: Target, atLeast: number, seed: number): TraceDocument | undefined {
  const { property } = target;
  mustBeSafety(property);
  const machine = new Machine(systemOf(target));
  const system = new InternedSystem(machine);
  const path = longWalk(system, goalOf(machine, system, property), atLeast, seed);
  return path === undefined ? undefined : traceOfPath(target, machine, path);
}
