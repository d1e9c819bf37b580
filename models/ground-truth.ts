/**
 * Ground truth: what really happened to an event, whatever the kernel believes.
 *
 * Source: the mail "armv8pmu: Pending overflow interrupt is discarded when perf event is disabled" (20 Nov 2023)
 * and its answers: an overflow is one completed sample period of counted events.
 *
 * Crossings are moved by the hardware's counting, so a driver cannot lie about them. The other half of each
 * difference is moved where its owner acts: the kernel by calling perf_event_overflow and by adding to event->count,
 * the user by ioctls. A wrap of a hardware counter is not a crossing: the half-period clamp of
 * armpmu_event_set_period makes the two differ.
 *
 * Numbers that only grow are kept as differences, so that runs of any length have finitely many states.
 */
import { component, perName, type ReadView, type View } from "../src/spec/component.js";
import { operation } from "../src/spec/kernel-function.js";
import { showValue } from "../src/spec/value.js";
import { pe, type PE } from "./arm/pe.js";
import { advance, observeOccurrence, type Truth } from "./parts/truth.js";
import { closing, counterBits, disabling, excludeKernel, kernelCounts, skid } from "./parameters.js";

/** `progress` is counted from a fresh start too. */
export interface GroundTruth extends Truth {
  /** The task whose occurrence made the crossing that is due; null if none is, or the event is a CPU's. */
  readonly by: string | null;
  /** That task was moved to another CPU since. */
  readonly moved: boolean;
  /** A crossing was written off by a new period: a report of it would be stale. */
  readonly stale: boolean;
  /** Counted events minus event->count. */
  readonly behind: bigint;
  /**
   * The part of them that an armpmu_event_update has in hand: the exchange of prev_count is done, the addition to
   * event->count is not. An interrupt may come in between.
   */
  readonly inHand: bigint;
  /** Reports that IOC_REFRESH still allows; null if the event has no limit. */
  readonly limit: number | null;
  /** What the user made of the event. */
  readonly life: "on" | "off" | "dead";
}

export const truth = perName<GroundTruth>("truth");

/** Of every event; its period is its own. */
export const resetTruth: Omit<GroundTruth, "period"> = {
  progress: 0,
  due: false,
  by: null,
  moved: false,
  stale: false,
  behind: 0n,
  inHand: 0n,
  limit: null,
  life: "on",
};

/**
 * The hardware counted one occurrence of `task` (null: of whatever runs) for the event; words for the trace.
 *
 * @param el the Exception level it was counted at. At EL0 no update of the event is running: what one still has in hand is
 *   never added to event->count.
 */
export function count(view: View, event: string, task: string | null, el: 0 | 1): string {
  const before = view.read(truth(event));
  const forgotten = el === 0 ? before.inHand : 0n;
  if (forgotten !== 0n) view.observe({ kind: "miscounted", event });
  view.update(truth(event), (of) => {
    of.behind += 1n - forgotten;
    of.inHand -= forgotten;
    if (!advance(of)) return;
    of.by = task;
    of.moved = false;
  });
  return observeOccurrence(view, { event, before, latest: latest(view), moved: before.moved });
}

/** How many events may be counted between a crossing and its report if nothing goes wrong. */
function latest(view: ReadView): number {
  return view.parameter(skid) + (view.parameter(excludeKernel) === 1 ? 0 : view.parameter(kernelCounts));
}

/**
 * A report: perf_event_overflow was called for the event. The registers are those of the interrupt, unless the caller
 * has others: "user" are the task's own at its return to user mode (task_pt_regs).
 */
export const report = operation<[event: string, regs?: "user"], void>({
  name: "report",
  perform: (view, cpu, [event, regs]) => {
    const { due, by, stale, limit, life } = view.read(truth(event));
    const here = view.read(pe(cpu));
    view.observe({
      kind: "report",
      event,
      unmatched: !due,
      insteadOf: due ? null : (view.events.find((other) => view.read(truth(other)).due) ?? null),
      stale: !due && stale,
      wrongTask: by !== null && by !== here.current,
      regs: regs ?? interruptedMode(here),
      excludesKernel: view.parameter(excludeKernel) === 1,
      tornDown: life !== "on",
      excess: limit === 0,
      nested: isNested(here, event),
    });
    view.update(truth(event), (of) => {
      of.due = false;
      of.by = null;
      of.moved = false;
      of.stale = false;
      if (limit !== null) of.limit = Math.max(0, limit - 1);
    });
  },
  show: ([event]) => `overflow of ${event} reported`,
});

/** get_irq_regs(): the mode that the innermost interrupt came from; none outside of interrupts. */
function interruptedMode({ stack, preempt_count }: PE): "user" | "kernel" | "none" {
  if (preempt_count.hardirq + preempt_count.nmi === 0) return "none";
  const entry = stack.findLast(
    (frame) => frame.function === "el0t_64_irq" || frame.function === "el1h_64_irq",
  );
  return entry?.function === "el0t_64_irq" ? "user" : "kernel";
}

/** Is the event's overflow being handled already, further out on this stack? */
function isNested({ stack }: PE, event: string): boolean {
  return (
    stack.filter((frame) => frame.function === "perf_event_overflow" && frame.arguments[0] === event).length >
    1
  );
}

/** ARMPMU_EVT_64BIT in hw.flags. */
const EVT_64BIT = 0x1;

/**
 * `local64_cmpxchg(&hwc->prev_count, ...)` succeeded: its caller has what was counted in between in hand.
 *
 * @param perfEvent the name of the event's component, `event.A`
 * @param difference of the two values, whatever bits are above the counter's
 */
export function takenFromCounter(view: View, perfEvent: string, difference: bigint): void {
  const { flags } = view.read(component<{ hw: { flags: number } }>(perfEvent)).hw;
  const width = (flags & EVT_64BIT) !== 0 ? 64 : view.parameter(counterBits);
  view.update(truth(perfEvent.replace(/^event\./, "")), (of) => {
    of.inHand += BigInt.asUintN(width, difference);
  });
}

/** `local64_add(delta, &event->count)`: event->count itself only grows, so its lag behind the truth is kept. */
export const addToCount = operation<[bigint, string], void>({
  name: "addToCount",
  perform: (view, _cpu, [delta, event]) => {
    view.update(truth(event), (of) => {
      of.behind -= delta;
      // Counts that were added without an exchange of prev_count were never in a local variable.
      of.inHand = of.inHand > delta ? of.inHand - delta : 0n;
    });
  },
  show: ([delta, event]) => `${event}->count += ${showValue(delta)}`,
});

/**
 * The counter of these events is overwritten: what it counted since the driver last read it is lost for ever. It is written off here, or
 * the difference would grow without bound. What an interrupted update has in hand is not lost.
 */
export function overwritten(view: View, events: readonly string[]): void {
  for (const event of events) {
    const { behind, inHand } = view.read(truth(event));
    if (behind === inHand) continue;
    view.observe({ kind: "miscounted", event });
    view.update(truth(event), (of) => {
      of.behind = inHand;
    });
  }
}

/**
 * `local64_set(&event->hw.period_left, 0)`: the next start begins a whole period. If the user asked for it
 * (IOC_PERIOD), a crossing of the old period is not to be reported any more.
 */
export const startAfresh = operation<[string, "user" | "rate"], void>({
  name: "startAfresh",
  perform: (view, _cpu, [event, asked]) => {
    const own = component<{ hw: { period_left: bigint; sample_period: bigint } }>(`event.${event}`);
    view.update(own, (of) => {
      of.hw.period_left = 0n;
    });
    const { sample_period } = view.read(own).hw;
    view.observe({ kind: "user", event, did: "new-period" });
    view.update(truth(event), (of) => {
      of.progress = 0;
      if (asked === "rate") return;
      of.period = Number(sample_period);
      if (of.due) of.stale = true;
      of.due = false;
      of.by = null;
      of.moved = false;
    });
  },
  show: ([event]) => `${event}->hw.period_left = 0`,
});

/** Somebody reads the event (read(2), IOC_RESET) while it counts. */
export const readWhileActive = operation<[string], void>({
  name: "readWhileActive",
  local: true,
  perform: (view, _cpu, [event]) => view.observe({ kind: "user", event, did: "read" }),
  show: ([event]) => `${event} is read while it counts`,
});

/** The user begins to enable the event. */
export const userEnabled = operation<[string], void>({
  name: "userEnabled",
  perform: (view, _cpu, [event]) => {
    view.observe({ kind: "user", event, did: "enabled" });
    view.update(truth(event), (of) => {
      of.life = "on";
    });
  },
  show: ([event]) => `ioctl(${event}, ENABLE) begins`,
});

/** The user allows so many overflows more. */
export const userRefreshed = operation<[string, number], void>({
  name: "userRefreshed",
  perform: (view, _cpu, [event, more]) =>
    view.update(truth(event), (of) => {
      of.life = "on";
      of.limit = (of.limit ?? 0) + more;
    }),
  show: ([event, more]) => `ioctl(${event}, REFRESH, ${more}) begins`,
});

/** The user's DISABLE returns; what of a crossing that is still due is the policy `disabling`. */
export const userDisabled = operation<[string], void>({
  name: "userDisabled",
  perform: (view, _cpu, [event]) => {
    tearDown(view, event, "off", view.parameter(disabling));
  },
  show: ([event]) => `ioctl(${event}, DISABLE) returns`,
});

/** The event is closed, or its task has exited; what of a crossing that is still due is the policy `closing`. */
export const userClosed = operation<[string], void>({
  name: "userClosed",
  perform: (view, _cpu, [event]) => {
    tearDown(view, event, "dead", view.parameter(closing));
  },
  show: ([event]) => `${event} is closed`,
});

function tearDown(view: View, event: string, life: "off" | "dead", policy: string): void {
  const { due } = view.read(truth(event));
  view.observe({ kind: "user", event, did: life === "off" ? "disabled" : "closed" });
  if (due && policy === "reported") view.observe({ kind: "unreported", event });
  view.update(truth(event), (of) => {
    of.life = life;
    if (policy === "kept") return;
    of.due = false;
    of.by = null;
    of.moved = false;
  });
}

/** The task of these events was moved to another CPU. */
export function noteMigration(view: View, events: readonly string[]): void {
  for (const event of events) {
    view.update(truth(event), (of) => {
      of.moved = of.due;
    });
  }
}

/** Is a crossing that this task made waiting for its report? */
export function isPending(view: ReadView, task: string): boolean {
  return view.events.some((event) => view.read(truth(event)).by === task);
}
