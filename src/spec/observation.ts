/**
 * Observations: what properties and witnesses see of a step.
 *
 * An observation belongs to a transition and is no part of the state. So observations do not enlarge the state space.
 * Properties and witnesses use the kinds in this file and no others.
 */
export type Observation =
  /** Hardware counted one occurrence for the event. `late`: a crossing has waited longer than the skid allows. */
  | { readonly kind: "counted"; readonly event: string; readonly late: boolean }
  /**
   * The event completed a sample period. `overtakes`: the crossing before this one is still unreported. `moved`: since
   * then, the event's task was moved to another CPU.
   */
  | {
      readonly kind: "crossing";
      readonly event: string;
      readonly overtakes: boolean;
      readonly moved: boolean;
    }
  /** A counter was overwritten before software had read all that it had counted. */
  | { readonly kind: "miscounted"; readonly event: string }
  /** A crossing was unreported at the end of the user's teardown, and the policy does not excuse it. */
  | { readonly kind: "unreported"; readonly event: string }
  | Report
  /** The kernel wrote a sample. `dropped`: the ring buffer was full, so the sample was lost. */
  | { readonly kind: "sample"; readonly event: string; readonly dropped: boolean }
  /** A CPU took an interrupt. */
  | { readonly kind: "interrupt"; readonly cpu: number }
  /** A CPU switched tasks. `pending`: an event of `prev` had an unreported crossing. */
  | {
      readonly kind: "switch";
      readonly cpu: number;
      readonly prev: string;
      readonly next: string;
      readonly pending: boolean;
    }
  /** The scheduler decided that the task leaves its CPU. `pending`: one of the task's events has an unreported crossing. */
  | { readonly kind: "leaving"; readonly cpu: number; readonly task: string; readonly pending: boolean }
  /** A task was moved to another CPU's run queue. */
  | { readonly kind: "migration"; readonly task: string; readonly to: number }
  /**
   * A signal was sent for the event (`kill_fasync`). `hangup`: POLL_HUP. `early`: POLL_HUP before the limit of the event
   * was reached. `elsewhere`: another task than the event's was current when the work that sends the signal ran.
   */
  | {
      readonly kind: "signal";
      readonly event: string;
      readonly hangup: boolean;
      readonly early: boolean;
      readonly elsewhere: boolean;
    }
  /** A SIGTRAP was sent to `task` for the event. */
  | { readonly kind: "sigtrap"; readonly event: string; readonly task: string }
  /** The handler of the PMU ran. `handled`: it found an overflow flag. */
  | { readonly kind: "handler"; readonly cpu: number; readonly handled: boolean }
  /** PMCR.E was set between perf_pmu_disable and perf_pmu_enable. */
  | { readonly kind: "enabled-in-section"; readonly cpu: number }
  /** Software read, or the PMU acts on, a register that is UNKNOWN since the reset of the PE. */
  | { readonly kind: "unknown"; readonly cpu: number; readonly register: string }
  /** The event was throttled. */
  | { readonly kind: "throttled"; readonly event: string }
  /** The CPU lost power and got it back. */
  | { readonly kind: "power-down"; readonly cpu: number }
  /** The PMU interrupt of the CPU was disabled because the CPU goes offline. */
  | { readonly kind: "unplugged"; readonly cpu: number }
  /** The user began to enable the event, has disabled it, has closed it or reads it while it counts; or a new period of it began. */
  | {
      readonly kind: "user";
      readonly event: string;
      readonly did: "enabled" | "disabled" | "closed" | "read" | "new-period";
    }
  /** The kernel handled a timer interrupt: the tick, or a rotation of events. */
  | { readonly kind: "timer"; readonly cpu: number; readonly did: "tick" | "rotation" }
  /** The task of a debugger stopped. */
  | { readonly kind: "stopped"; readonly task: string }
  /** The kernel warned (`WARN_ON_ONCE`). */
  | { readonly kind: "warning"; readonly cpu: number; readonly text: string }
  /** Something that only the models or properties of a user know: an operation or a process of theirs says it. */
  | { readonly kind: "own"; readonly what: string; readonly subject: string }
  /** The GIC answered an acknowledge with the special INTID 1023: no interrupt was pending. */
  | { readonly kind: "spurious"; readonly cpu: number };

/** The kernel called `perf_event_overflow`. */
export interface Report {
  readonly kind: "report";
  readonly event: string;
  /** No crossing of the event was unreported. */
  readonly unmatched: boolean;
  /** If unmatched: another event with an unreported crossing; null if there is none. */
  readonly insteadOf: string | null;
  /** If unmatched: a new period had dropped the crossing. */
  readonly stale: boolean;
  /** Another task than the current one made the crossing. */
  readonly wrongTask: boolean;
  /** The mode that the interrupt came from, which the sample shows; `none` outside of interrupts. */
  readonly regs: "user" | "kernel" | "none";
  /** The event excludes the kernel. */
  readonly excludesKernel: boolean;
  /** The user had disabled or closed the event. */
  readonly tornDown: boolean;
  /** The limit of IOC_REFRESH was already reached. */
  readonly excess: boolean;
  /** The kernel was already handling an overflow of the event. */
  readonly nested: boolean;
}
