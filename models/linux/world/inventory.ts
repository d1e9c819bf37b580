/**
 * What is in a machine: CPUs, tasks and events, as a scenario describes them.
 */
import type { Permutation } from "../../../src/spec/symmetry.js";
import type { Process } from "../../../src/spec/system.js";
import type { Program } from "./programs.js";

/** A user task. */
export interface TaskPlan {
  readonly name: string;
  /** The CPU on whose run queue it starts, 0 by default. */
  readonly cpu?: number;
  /** A debugger stops it at every signal. */
  readonly traced?: boolean;
  /** The task whose perf context its own was cloned from on fork. */
  readonly clonedFrom?: string;
  /** The system calls it makes. */
  readonly program?: Program;
}

/** A perf event. */
export interface EventPlan {
  readonly name: string;
  /** The task it belongs to, or the CPU. */
  readonly of: string | number;
  /** What it counts and how wide it is; by default what the parameters say. */
  readonly type?: "branches" | "cycles";
  readonly long?: boolean;
  /** Its sample period; the parameter's if not said. */
  readonly period?: number;
  /** Events that can be multiplexed are not pinned. */
  readonly pinned?: boolean;
  readonly freq?: boolean;
  readonly sigtrap?: boolean;
  readonly kvm?: boolean;
  /** Signals at overflow, as rr and the reproducer want them. */
  readonly fasync?: boolean;
  /** The leader of its group, if it is a sibling. */
  readonly leader?: string;
  /** Starts disabled. */
  readonly off?: boolean;
  /** The limit of an IOC_REFRESH before the start. */
  readonly limit?: number;
}

/** What is in the machine. */
export interface Inventory {
  readonly cpus: number;
  readonly tasks: readonly TaskPlan[];
  readonly events: readonly EventPlan[];
  /** Are there timer ticks? */
  readonly ticks?: boolean;
  /** What may happen from outside. */
  readonly environment: readonly Process[];
  /** Exchanges of names of tasks and events that nobody would notice, if there are any. */
  readonly exchanges?: readonly Permutation[];
}
