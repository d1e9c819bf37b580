/**
 * Interrupt lines: how a device's wish for attention reaches a CPU.
 *
 *   level   pending while the device says so: a handler that does not silence the device is called again
 *   edge    pending from the device's signal on, until the interrupt is taken, or until software clears it
 *
 * Either can be non-maskable. With the parameter lag=any a line takes any time to become pending (and, if it is of level, to
 * be pending no longer); two signals that come before that are one.
 */
import { perCpu, type Component, type ReadView, type View } from "../../src/spec/component.js";
import { kernelFunction, operation, prototype, type KernelFunction } from "../../src/spec/kernel-function.js";
import type { Process } from "../../src/spec/system.js";
import { atRest, context, enter, isMasked, return_from_interrupt, type Handling } from "./context.js";
import { lag } from "./parameters.js";

/** A handler returns false if it found nothing to do. */
export type Handler = KernelFunction<[], boolean> | KernelFunction<[], void>;

interface Wire {
  /** As traces show it. */
  readonly name: string;
  readonly handler: Handler;
  readonly level: Handling["level"];
}

export interface LevelLine extends Wire {
  readonly kind: "level";
  /** Does the device of the CPU ask for attention? */
  readonly high: (view: ReadView, cpu: number) => boolean;
}

export interface EdgeLine extends Wire {
  readonly kind: "edge";
  readonly clearedBy: "taking" | "software";
}

export type Line = LevelLine | EdgeLine;

export interface LineState {
  /** An edge that is on its way. */
  readonly arriving: boolean;
  readonly pending: boolean;
  /** Occurrences counted at rest since the PMU asked for attention: what `skid` bounds. */
  readonly since: number;
}

export const resetLine: LineState = { arriving: false, pending: false, since: 0 };

/** The component of a line at a CPU: `cpu0.line.PMI`. */
export function lineOf({ name }: Pick<Line, "name">): (cpu: number) => Component<LineState> {
  return perCpu<LineState>(`line.${name}`);
}

/** What the makers of lines take besides the kind. */
interface Wiring {
  /** As traces show it; PMI if not said. */
  readonly name?: string;
  readonly handler: Handler;
  /** Not masked by anything but another of its kind; false if not said. */
  readonly nmi?: boolean;
}

export function levelLine(of: Wiring & { readonly high: LevelLine["high"] }): LevelLine {
  return { kind: "level", ...wire(of), high: of.high };
}

/** `clearedBy`: what ends that it is pending; the CPU's taking it if not said. */
export function edgeLine(of: Wiring & { readonly clearedBy?: EdgeLine["clearedBy"] }): EdgeLine {
  return { kind: "edge", ...wire(of), clearedBy: of.clearedBy ?? "taking" };
}

function wire({ name = "PMI", handler, nmi = false }: Wiring): Wire {
  return { name, handler, level: nmi ? "nmi" : "irq" };
}

/** The device signals an edge. */
export function signal(view: View, cpu: number, line: EdgeLine): void {
  const arrives = view.parameter(lag) === "none";
  view.update(lineOf(line)(cpu), (of) => {
    if (arrives) of.pending = true;
    else of.arriving = true;
  });
}

/** Software clears the pending bit of an edge. What is still on its way comes later. */
export function clearPending(view: View, cpu: number, line: EdgeLine): void {
  view.update(lineOf(line)(cpu), (of) => {
    of.pending = false;
  });
}

/** Loses what is on its way, as faulty hardware may. */
export function loseSignal(view: View, cpu: number, line: EdgeLine): void {
  view.update(lineOf(line)(cpu), (of) => {
    of.arriving = false;
  });
}

/** Is the interrupt pending at the CPU? */
export function isPending(view: ReadView, cpu: number, line: Line): boolean {
  if (line.kind === "level" && view.parameter(lag) === "none") return line.high(view, cpu);
  return view.read(lineOf(line)(cpu)).pending;
}

/** Has the device asked for attention that it has not got? */
export function isOutstanding(view: ReadView, cpu: number, line: Line): boolean {
  if (line.kind === "level") return line.high(view, cpu);
  const { arriving, pending } = view.read(lineOf(line)(cpu));
  return arriving || pending;
}

/** The lines whose interrupt the CPU takes before its next instruction; non-maskable ones go first. */
export function taken(view: ReadView, cpu: number, lines: readonly Line[]): readonly Line[] {
  const here = view.read(context(cpu));
  const open = lines.filter((line) => !isMasked(here, line.level) && isPending(view, cpu, line));
  const nmis = open.filter(({ level }) => level === "nmi");
  return nmis.length > 0 ? nmis : open;
}

/** A line on its way to the CPU; nothing to do if lag is none. */
export function propagation(cpu: number, line: Line): Process {
  const state = lineOf(line)(cpu);
  return {
    name: `line.${line.name}${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) => {
      if (view.parameter(lag) === "none") return [];
      const { arriving, pending } = view.read(state);
      const next = line.kind === "level" ? line.high(view, cpu) : arriving;
      if (line.kind === "level" ? next === pending : !next) return [];
      const perform = (step: View) =>
        step.update(state, (of) => {
          of.pending = next;
          of.arriving = false;
        });
      return [{ name: `${line.name} ${next ? "becomes pending" : "is pending no longer"}`, perform }];
    },
  };
}

/** What an interrupt calls: the handler, and the way back. `isPmu`: properties are told that the PMU's handler ran. */
export const interrupt_vector = kernelFunction(
  "interrupt_vector",
  function* (handler: string, isPmu: boolean) {
    const found = yield* prototype<[], boolean | undefined>(handler)();
    if (isPmu) yield* handler_ran(found !== false);
    yield* return_from_interrupt();
  },
);

const handler_ran = operation<[handled: boolean], void>({
  name: "handler_ran",
  local: true,
  perform: (view, cpu, [handled]) => view.observe({ kind: "handler", cpu, handled }),
});

/** Taking interrupts: nothing else of the CPU goes on while there is one to be taken. Of several, any may be the first. */
export function interruptEntry(cpu: number, pmuLine: Line, lines: readonly Line[]): Process {
  return {
    name: `irq${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) =>
      taken(view, cpu, lines).map((line) => ({
        name: `<${line.name} taken${atRest(view, cpu) ? "" : " within the kernel"}>`,
        perform: (step) => takeInterrupt(step, cpu, line, line === pmuLine),
      })),
    whyNot: (view) => {
      if (taken(view, cpu, lines).length > 0) return [];
      return lines.map((line) =>
        isPending(view, cpu, line) ? `${line.name} is masked` : `${line.name} is not pending`,
      );
    },
  };
}

function takeInterrupt(view: View, cpu: number, line: Line, isPmu: boolean): void {
  enter(view, cpu, interrupt_vector, line.handler.functionName, isPmu);
  view.update(context(cpu), (of) => {
    of.handling.push({ level: line.level, masked: of.masked });
    of.masked = true;
  });
  view.update(lineOf(line)(cpu), (of) => {
    if (line.kind === "edge" && line.clearedBy === "taking") of.pending = false;
    of.since = 0;
  });
  view.observe({ kind: "interrupt", cpu });
}

/** Something outside of the model that signals an edge whenever the CPU rests and nothing is outstanding: a timer, an IPI. */
export function arrivals(cpu: number, line: EdgeLine, what: string): Process {
  return {
    name: `${line.name}${cpu}`,
    cpu,
    alternatives: (view) =>
      atRest(view, cpu) && !isOutstanding(view, cpu, line)
        ? [{ name: what, perform: (step) => signal(step, cpu, line) }]
        : [],
  };
}
