/**
 * Systems: a scenario builds a system from a driver and a configuration. The machine (src/runtime) runs it.
 */
import type { Activation } from "./activation.js";
import type { Component, ReadView, View } from "./component.js";
import type { FunctionTable } from "./kernel-function.js";
import type { Observation } from "./observation.js";
import type { Configuration } from "./parameter.js";
import type { Permutation } from "./symmetry.js";

/** The level at which a CPU executes, least urgent first. In Linux: process context, hard IRQ, pseudo-NMI. */
export type Level = "task" | "irq" | "nmi";

/** One thing a process can do next. */
export interface Alternative {
  /** The name of the hardware's or the scheduler's choice, as a trace shows it. */
  readonly name: string;
  /** Takes the step. May return a text that a trace shows instead of the name. */
  readonly perform: (view: View) => string | void;
}

/** A process that is not kernel code: a device, a wire, a user, or another part of the machine. */
export interface Process {
  /** The name in paths and traces: `pmu0`, `gic0`, `taskset`. */
  readonly name: string;
  readonly cpu?: number;
  /** Weakly fair: a process that is enabled all the time takes a step. Processes outside the machine are not fair. */
  readonly fair?: boolean;
  /** The alternatives in this state, in an order that depends only on the state; empty if there are none. */
  readonly alternatives: (view: ReadView) => readonly Alternative[];
  /** The conditions for a step that are not met in this state, one phrase each; empty if there are alternatives. */
  readonly whyNot?: (view: ReadView) => readonly string[];
}

/** The part of a component's value that is the kernel stack of a CPU. */
export interface Execution {
  /** Activations, innermost last. */
  readonly stack: readonly Activation[];
}

/** A CPU as a runner of kernel functions. */
export interface Processor {
  readonly cpu: number;
  /** The component with the stack. */
  readonly execution: Component<Execution>;
  /**
   * The activation that the CPU starts when its stack is empty: the body of the current kernel thread.
   * Undefined if the CPU runs user code or waits.
   */
  readonly body: (view: ReadView) => Activation | undefined;
  /** False if the CPU must do something else before its next instruction, such as take an interrupt. */
  readonly mayExecute: (view: ReadView) => boolean;
  /** What else happens after each step of the CPU: for example, time passes for the hardware around it. */
  readonly afterStep?: (view: View) => void;
  /** The level the CPU executes at. */
  readonly level: (view: ReadView) => Level;
}

/** A value of the machine that traces follow: `PMOVS`, `PMUIRQ`, `PPI 23`. */
export interface Signal {
  readonly name: string;
  readonly cpu?: number;
  /** True if the text of a trace shows each change of it; the document has all signals. */
  readonly headline: boolean;
  readonly value: (view: ReadView) => string;
}

/** The symmetry of a system, by names (symmetry.ts). */
export interface SystemSymmetry {
  readonly generators: readonly Permutation[];
  /** The image of the name of a component or a process. */
  readonly name: (name: string, permutation: Permutation) => string;
  /** The image of a value of a component: a value of the component's image. */
  readonly value: (component: string, value: unknown, permutation: Permutation) => unknown;
}

/** The immutable state of a system: values by component name. */
export type State = Readonly<Record<string, unknown>>;

/** Hears an observation at the step that makes it. */
export type Listener = (view: View, observation: Observation) => void;

export interface System {
  readonly configuration: Configuration;
  /** The value of each component before boot. */
  readonly reset: State;
  readonly functions: FunctionTable;
  /** The same functions, of modules that have remembered nothing; undefined if there is no second copy of them. */
  readonly anew?: (() => FunctionTable) | undefined;
  readonly processors: readonly Processor[];
  readonly processes: readonly Process[];
  readonly signals: readonly Signal[];
  /** What hears every observation of a step, and may change the state by it: the memories of properties. */
  readonly listeners?: readonly Listener[];
  /** The names of the perf events of the system: the subjects of properties. */
  readonly events: readonly string[];
  /** Undefined if no names can be exchanged. */
  readonly symmetry?: SystemSymmetry | undefined;
}
