/**
 * The end of a trace in the words of the mail's reproducer, which prints after how many events it was interrupted.
 */
import type { Observation } from "../../src/spec/observation.js";
import { valueOf } from "../../src/spec/parameter.js";
import type { TraceSummary } from "../../src/spec/scenario.js";
import type { EventPlan } from "../linux/world/inventory.js";
import { period } from "../parameters.js";

/** `Interrupted after 8 events, period 4`: what was counted between the last two reports that can still come. */
export function interruptedAfter(
  { configuration, observations }: TraceSummary,
  events: readonly EventPlan[],
): string | undefined {
  const end = observations.findLast(isInterruption);
  if (end === undefined) return undefined;
  const before = observations.slice(0, observations.lastIndexOf(end));
  const previous = before.findLastIndex(({ kind }) => kind === "report");
  const counted = before
    .slice(previous + 1)
    .filter((past) => past.kind === "counted" && past.event === end.event);
  const own = events.find(({ name }) => name === end.event)?.period;
  return `Interrupted after ${counted.length} events, period ${own ?? valueOf(configuration, period)}`;
}

function isInterruption(of: Observation): of is Extract<Observation, { kind: "crossing" | "report" }> {
  return (of.kind === "crossing" && of.overtakes) || (of.kind === "report" && of.unmatched);
}
