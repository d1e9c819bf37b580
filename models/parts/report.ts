/**
 * Reports: where a driver says that an event has overflowed, which Linux does by perf_event_overflow().
 */
import { operation } from "../../src/spec/kernel-function.js";
import { context, type Context } from "./context.js";
import { truthOf } from "./truth.js";

/** The driver reports an overflow of the event: one step. */
export const report = operation<[event: string], void>({
  name: "report",
  perform: (view, cpu, [event]) => {
    const { due } = view.read(truthOf(event));
    const other = view.events.find((one) => view.read(truthOf(one)).due) ?? null;
    view.observe({
      kind: "report",
      event,
      unmatched: !due,
      insteadOf: due ? null : other,
      regs: interruptedMode(view.read(context(cpu))),
      ...UNKNOWN_HERE,
    });
    view.update(truthOf(event), (of) => {
      of.due = false;
    });
  },
  show: ([event]) => `overflow of ${event} reported`,
});

/** A model without tasks, ioctls and limits knows nothing of these: no property of models asks for them. */
const UNKNOWN_HERE = {
  stale: false,
  wrongTask: false,
  excludesKernel: false,
  tornDown: false,
  excess: false,
  nested: false,
} as const;

/** Where the innermost interrupt came from. */
function interruptedMode({ handling }: Context): "user" | "kernel" | "none" {
  if (handling.length === 0) return "none";
  return handling.length === 1 ? "user" : "kernel";
}
