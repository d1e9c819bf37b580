/**
 * Kinds of steps: what makes a step of one execution the same as a step of another.
 *
 * A CPU's step is the access it makes and the function that makes it, on whatever CPU and with whatever values:
 * `armv8pmu_disable_intens: PMOVSCLR = #`. Any other step is its process and its choice: `irq0: <interrupt taken at EL0>`.
 */
import type { StepEvent } from "../runtime/execute.js";
import type { Machine, StepLabel } from "../runtime/machine.js";
import type { Place } from "../trace/explanation.js";

type Read = (component: number) => unknown;

/** Where a step is taken: `read` reads the state before it. */
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

/** The kind by name. */
export function kindOf(machine: Machine, process: number, read: Read, label: StepLabel): string {
  const place = placeOf(machine, process, read, label);
  return place.function === null ? nameOf(label) : `${place.function}: ${withoutValues(place.text)}`;
}

/** A process and its choice, as an error message or a path shows it. */
export function nameOf({ process, choice }: { readonly process: string; readonly choice: string }): string {
  return choice === "" ? process : `${process}: ${choice}`;
}

/**
 * The function on top of the stack after calls and returns. A function that another took the place of (`become`) is
 * left with the frame it became, so it is dropped when its caller is next heard of.
 */
function innermost(stack: readonly string[], events: readonly StepEvent[]): string | undefined {
  let frames = [...stack];
  for (const event of events) {
    if (event.kind === "enter") frames.push(event.function);
    if (event.kind === "leave") frames = frames.slice(0, Math.max(0, frames.lastIndexOf(event.function)));
  }
  return frames.at(-1);
}

/** Numbers, and what is read (`A->hw.state is 3`), are values; names are not. */
function withoutValues(text: string): string {
  return text.replace(/ is .*$/, " read").replace(/-?\b(0x[0-9a-f]+|\d+)\b/g, "#");
}
