/**
 * Why was the interrupt not taken? From where the event crossed up to where the hardware forgot it, what kept the CPU from
 * taking one, as "why not here?" says it of each step, and where the PMU's own interrupt was meanwhile.
 */
import { whyNot } from "../../explain/why-not.js";
import type { Strip } from "../picture/strips.js";
import type { Decided } from "../play/page-document.js";
import type { Session } from "./session.js";

/** For so many steps from the first on. */
export interface NotTaken {
  readonly after: number;
  readonly why: string;
}

/** More steps than this are not asked about one by one. */
const MOST_STEPS = 400;
const MOST_REASONS = 6;

/** Empty if the page cannot run the model, or if the system has no such process. */
export function reasonsNotTaken({ player, entry, scene }: Session, { origin, erased }: Decided): NotTaken[] {
  const cpu = entry.trace.steps[(erased?.step ?? 0) - 1]?.cpu ?? null;
  const process = `irq${cpu}`;
  if (player === undefined || origin === null || erased === null) return [];
  if (!player.machine.processes.includes(process) || erased.step - origin > MOST_STEPS) return [];
  const strips = scene.strips.filter((strip) => strip.cpu === cpu);
  const found: NotTaken[] = [];
  for (let after = origin; after < erased.step; after++) {
    const states = [player.stateAfter(entry, after)];
    const [answer] = whyNot(player.machine, { steps: [{ process, choice: "" }], states }, `${process}@1`);
    const own = ofPmu(strips, after);
    const others = (answer?.reasons ?? []).filter((reason) => !reason.startsWith("no interrupt is pending"));
    const reasons = [...(answer?.enabled === true ? [taken(own)] : others), ...(own === null ? [] : [own])];
    const why = reasons.join(", and ") || "no interrupt is pending";
    if (found.at(-1)?.why !== why) found.push({ after, why });
  }
  return found.slice(0, MOST_REASONS);
}

/** An interrupt is enabled; which one, the state does not say, but whether it can be the PMU's. */
function taken(own: string | null): string {
  return own === null ? "one can be taken" : "another interrupt can be taken";
}

/** Why the PMU's own interrupt is not pending, by the wire's and the GIC's signals; null if it is, or if there are none. */
function ofPmu(strips: readonly Strip[], column: number): string | null {
  const valueOf = (name: RegExp) =>
    strips
      .find((strip) => name.test(strip.name))
      ?.segments.find(({ from, to }) => from <= column && column <= to)?.value;
  const [wire, interrupt] = [valueOf(/^PMUIRQ$/), valueOf(/^PPI \d+$/)];
  if (wire === undefined || interrupt !== "inactive") return null;
  return wire === "high" ? "the GIC has not seen yet that PMUIRQ is high" : "PMUIRQ is low again";
}
