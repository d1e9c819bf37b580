/**
 * Why was the interrupt not taken? From where the event crossed up to where the hardware forgot it, what kept the CPU from
 * taking one, as "why not here?" says it of each step.
 */
import { whyNot } from "../../explain/why-not.js";
import type { Decided } from "../play/page-document.js";
import type { Session } from "./session.js";

/** For so many steps from the first on. */
export interface NotTaken {
  readonly after: number;
  readonly why: string;
}

/** More steps than this are not asked about one by one. */
const MOST_STEPS = 400;
const MOST_REASONS = 5;

/** Empty if the page cannot run the model, or if the system has no such process. */
export function reasonsNotTaken({ player, entry }: Session, { origin, erased }: Decided): NotTaken[] {
  const cpu = entry.trace.steps[(erased?.step ?? 0) - 1]?.cpu ?? null;
  const process = `irq${cpu}`;
  if (player === undefined || origin === null || erased === null) return [];
  if (!player.machine.processes.includes(process) || erased.step - origin > MOST_STEPS) return [];
  const found: NotTaken[] = [];
  for (let after = origin; after < erased.step; after++) {
    const states = [player.stateAfter(entry, after)];
    const [answer] = whyNot(player.machine, { steps: [{ process, choice: "" }], states }, `${process}@1`);
    const reasons = answer?.reasons.map((reason) => reason.replace(/ \(INTID .*\)$/, "")) ?? [];
    const why = answer?.enabled === true ? "one could be taken" : reasons.join(", and ");
    if (found.at(-1)?.why !== why) found.push({ after, why });
  }
  return found.slice(0, MOST_REASONS);
}
