/**
 * The machine of a target: the last one is kept for the next question about the same target, because it remembers how its
 * functions go on (src/runtime/resume.ts).
 */
import { Machine } from "../runtime/machine.js";
import { systemOf, type Target } from "./target.js";

type SystemTarget = Omit<Target, "property">;

let last: { readonly of: SystemTarget; readonly machine: Machine } | undefined;

/** Throws PMC107 if there can be no such system, and what booting it throws. */
export function machineOf(target: SystemTarget): Machine {
  if (last === undefined || !isSame(last.of, target)) {
    const { scenario, driver, configuration } = target;
    last = { of: { scenario, driver, configuration }, machine: new Machine(systemOf(target)) };
  }
  return last.machine;
}

/** The same objects: another loading of a user's file is another system. */
function isSame(a: SystemTarget, b: SystemTarget): boolean {
  return a.scenario === b.scenario && a.driver === b.driver && a.configuration === b.configuration;
}
