/**
 * A system: what a scenario, a driver and a configuration make together, ready to be run or searched.
 */
import type { Activation } from "./activation.js";
import type { Component, ReadView, View } from "./component.js";
import type { FunctionTable } from "./kernel-function.js";
import type { Configuration } from "./parameter.js";
import type { Permutation } from "./symmetry.js";

/** Who is executing on a CPU, least urgent first (Linux: process context, hard IRQ, pseudo-NMI). */
export type Level = "task" | "irq" | "nmi";

/** One thing a process can do next. */
export interface Alternative {
  /** The name of the hardware's or the scheduler's choice, as a trace shows it. */
  readonly name: string;
  /** Does it; may return words that say more than the name in a trace. */
  readonly perform: (view: View) => string | void;
}

/** A source of steps that is not kernel code: a device, a wire, a user, another part of the machine. */
export interface Process {
  /** Names the process in paths and traces: `pmu0`, `gic0`, `taskset`. */
  readonly name: string;
  readonly cpu?: number;
  /** Weakly fair: if it can go ahead all the time, it does. Worlds outside the machine owe nothing. */
  readonly fair?: boolean;
  /** What it can do in this state, in an order that depends on nothing else; empty if nothing. */
  readonly alternatives: (view: ReadView) => readonly Alternative[];
  /** Why it can do nothing in this state, in phrases that each say one condition that is not met; empty if it can. */
  readonly whyNot?: (view: ReadView) => readonly string[];
}

/** Any component value that holds the kernel stack of a CPU. */
export interface Execution {
  /** Activations, innermost last. */
  readonly stack: readonly Activation[];
}

/** A CPU as a runner of kernel functions. */
export interface Processor {
  readonly cpu: number;
  /** The component that holds its stack. */
  readonly execution: Component<Execution>;
  /**
   * What the CPU starts when its stack is empty: the body of the current kernel thread.
   * Undefined if it runs user code or waits.
   */
  readonly body: (view: ReadView) => Activation | undefined;
  /** False while the next thing the CPU does is not an instruction (it must take an interrupt first). */
  readonly mayExecute: (view: ReadView) => boolean;
  /** What else happens when the CPU has executed a step (time passes for the hardware around it). */
  readonly afterStep?: (view: View) => void;
  /** The level the CPU executes at. */
  readonly level: (view: ReadView) => Level;
}

/** A value of the machine worth following through a trace: `PMOVS`, `PMUIRQ`, `PPI 23`. */
export interface Signal {
  readonly name: string;
  readonly cpu?: number;
  /** Shown in the text of a trace whenever a step changes it; the others are only in the document. */
  readonly headline: boolean;
  readonly value: (view: ReadView) => string;
}

/** What can be exchanged in a system (symmetry.ts). */
export interface SystemSymmetry {
  readonly generators: readonly Permutation[];
  /** What the name of a component or a process becomes. */
  readonly name: (name: string, permutation: Permutation) => string;
  /** What the value of a component is called in the component that this becomes. */
  readonly value: (component: string, value: unknown, permutation: Permutation) => unknown;
}

/** The immutable state of a system: a value per component name. */
export type State = Readonly<Record<string, unknown>>;

export interface System {
  readonly configuration: Configuration;
  /** The value of every component before boot. */
  readonly reset: State;
  readonly functions: FunctionTable;
  readonly processors: readonly Processor[];
  readonly processes: readonly Process[];
  readonly signals: readonly Signal[];
  /** The perf events of the system: what properties speak about. */
  readonly events: readonly string[];
  /** Undefined if nothing is known to be the same. */
  readonly symmetry?: SystemSymmetry | undefined;
}
