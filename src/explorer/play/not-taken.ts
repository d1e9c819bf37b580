/**
 * Why was the interrupt not taken? From where the event crossed up to where the hardware forgot it, what kept the CPU from
 * taking one, as "why not here?" says it of each step, and where the PMU's own interrupt was meanwhile.
 */
import { whyNot } from "../../explain/why-not.js";
import { signalLines, type SignalLine } from "../../report/formats/signals.js";
import type { Machine } from "../../runtime/machine.js";
import type { State } from "../../spec/system.js";
import type { TraceDocument } from "../../trace/document.js";
import type { NotTaken } from "./page-document.js";

/** From the first of these steps to the last one but one: how the trouble began, and where the hardware forgot it. */
export interface Wait {
  readonly origin: number;
  readonly erased: number;
}

/** More steps than this are not asked about one by one. */
const MOST_STEPS = 400;

/** `states`: before each step and after the last one. Empty if the system has no such process. */
export function reasonsNotTaken(
  machine: Machine,
  states: readonly State[],
  trace: TraceDocument,
  { origin, erased }: Wait,
): NotTaken[] {
  const cpu = trace.steps[erased - 1]?.cpu ?? null;
  const process = `irq${cpu}`;
  if (!machine.processes.includes(process) || erased - origin > MOST_STEPS) return [];
  const signals = signalLines(trace).filter((line) => line.cpu === cpu);
  const found = new Map<string, [number, number][]>();
  for (let after = origin; after < erased; after++) {
    const steps = [{ process, choice: "" }];
    const [answer] = whyNot(machine, { steps, states: states.slice(after, after + 1) }, `${process}@1`);
    const own = ofPmu(signals, after);
    const others = (answer?.reasons ?? []).filter((reason) => !reason.startsWith("no interrupt is pending"));
    const reasons = [...(answer?.enabled === true ? [taken(own)] : others), ...(own === null ? [] : [own])];
    for (const why of reasons.length === 0 ? ["no interrupt is pending"] : reasons) add(found, why, after);
  }
  return Array.from(found, ([why, spans]) => ({ why, spans }));
}

function add(found: Map<string, [number, number][]>, why: string, after: number): void {
  const spans = found.get(why) ?? [];
  found.set(why, spans);
  const last = spans.at(-1);
  if (last?.[1] === after - 1) last[1] = after;
  else spans.push([after, after]);
}

/** In a sentence, for readers who cannot go to the steps by a click. */
export function notTakenText(reasons: readonly NotTaken[]): string {
  const spanText = ([first, last]: NotTaken["spans"][number]) =>
    first === last ? `at step ${first}` : `from step ${first} to step ${last}`;
  return reasons.map(({ why, spans }) => `${capital(why)}: ${spans.map(spanText).join(" and ")}.`).join(" ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An interrupt is enabled; which one, the state does not say, but whether it can be the PMU's. */
function taken(own: string | null): string {
  return own === null ? "one can be taken" : "another interrupt can be taken";
}

/** Why the PMU's own interrupt is not pending, by the wire's and the GIC's signals; null if it is, or if there are none. */
function ofPmu(signals: readonly SignalLine[], column: number): string | null {
  const valueOf = (name: RegExp) => signals.find((line) => name.test(line.name))?.values[column];
  const [wire, interrupt] = [valueOf(/^PMUIRQ$/), valueOf(/^PPI \d+$/)];
  if (wire === undefined || interrupt !== "inactive") return null;
  return wire === "high" ? "the GIC has not seen yet that PMUIRQ is high" : "PMUIRQ is low again";
}
