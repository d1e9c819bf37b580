/**
 * Kinds of steps: two steps of different executions count as the same if they have the same kind.
 *
 * The kind of a CPU's step is its access and the function that makes the access, on any CPU and with any values:
 * `armv8pmu_disable_intens: PMOVSCLR = #`. The kind of any other step is its process and its choice:
 * `irq0: <interrupt taken at EL0>`.
 */
import type { StepEvent } from "../runtime/execute.js";
import type { Machine, StepLabel } from "../runtime/machine.js";
import type { Place } from "../trace/explanation.js";

type Read = (component: number) => unknown;

/** The place of a step. `read` reads the state before the step. */
export function placeOf(machine: Machine, process: number, read: Read, { choice, events }: StepLabel): Place {
  const at = events.findIndex(
    (event) => event.kind === "hardware" || (event.kind === "access" && !event.local),
  );
  const event = events[at];
  const processor = machine.system.processors[process];
  if (event === undefined || event.kind !== "access" || processor === undefined) {
    return { function: null, text: event?.kind === "hardware" ? event.text : choice };
  }
  const stack = machine
    .view(read)
    .read(processor.execution)
    .stack.map((frame) => frame.function);
  return { function: innermost(stack, events.slice(0, at)) ?? null, text: event.text };
}

/** The kind of a step, as a text. `read` reads the state before the step. */
export function kindOf(machine: Machine, process: number, read: Read, label: StepLabel): string {
  const place = placeOf(machine, process, read, label);
  return place.function === null ? nameOf(label) : `${place.function}: ${withoutValues(place.text)}`;
}

/** A process and its choice, as an error message or a path shows it. */
export function nameOf({ process, choice }: { readonly process: string; readonly choice: string }): string {
  return choice === "" ? process : `${process}: ${choice}`;
}

/**
 * The function on top of the stack after calls and returns. A function that another one replaced (`become`) stays in the
 * list, with no leave event of its own, until a function below it leaves.
 */
function innermost(stack: readonly string[], events: readonly StepEvent[]): string | undefined {
  let frames = [...stack];
  for (const event of events) {
    if (event.kind === "enter") frames.push(event.function);
    if (event.kind === "leave") frames = frames.slice(0, Math.max(0, frames.lastIndexOf(event.function)));
  }
  return frames.at(-1);
}

/**
 * The text with `#` for numbers and constants (`|= PERF_HES_STOPPED`, `= 0x40 (E=0 LC=1)`), and `read` for values that were
 * read (`A->hw.state is 0`). Names of tasks and events stay.
 */
function withoutValues(text: string): string {
  return text
    .replace(/ is .*$/, " read")
    .replace(/(0x[0-9a-f]+|\d+) \([^)]*\)/, "$1")
    .replace(/(= |~)\(?[A-Z][A-Z0-9]*_[A-Z0-9_|]+\)?|-E[A-Z]+\b/, "$1#")
    .replace(/-?\b(0x[0-9a-f]+|\d+)\b/g, "#");
}
