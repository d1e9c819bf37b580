/**
 * Observations: what a step tells the properties.
 *
 * An observation belongs to a transition, not to a state, so watching costs no state. The vocabulary is closed:
 * properties and witnesses are sentences over these.
 */
export type Observation =
  /** Hardware counted one occurrence for the event. `late`: a crossing has waited longer than the skid explains. */
  | { readonly kind: "counted"; readonly event: string; readonly late: boolean }
  /**
   * The counted event completed a sample period. `overtakes`: the crossing before it was still unreported.
   * `moved`: and its task was moved to another CPU since.
   */
  | {
      readonly kind: "crossing";
      readonly event: string;
      readonly overtakes: boolean;
      readonly moved: boolean;
    }
  /** A counter was overwritten, and with it counted events that nobody had read. */
  | { readonly kind: "miscounted"; readonly event: string }
  /** A crossing was unreported when the user's teardown was over, and the policy does not excuse that. */
  | { readonly kind: "unreported"; readonly event: string }
  | Report
  /** A sample was to be written; `dropped`: the ring buffer was full. */
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
  /** The scheduler has decided that the task leaves its CPU. `pending`: an event of it has an unreported crossing. */
  | { readonly kind: "leaving"; readonly cpu: number; readonly task: string; readonly pending: boolean }
  /** A task was moved to another CPU's run queue. */
  | { readonly kind: "migration"; readonly task: string; readonly to: number }
  /**
   * A signal was sent for the event (`kill_fasync`). `hangup`: POLL_HUP. `early`: and its limit was not reached.
   * `elsewhere`: the work that sent it ran while another task than the event's was the current one.
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
  /** The PMU's handler ran; `handled`: it found an overflow flag. */
  | { readonly kind: "handler"; readonly cpu: number; readonly handled: boolean }
  /** PMCR.E was set while perf_pmu_disable says that the PMU is disabled. */
  | { readonly kind: "enabled-in-section"; readonly cpu: number }
  /** The event was throttled. */
  | { readonly kind: "throttled"; readonly event: string }
  /** The CPU lost its power and got it back. */
  | { readonly kind: "power-down"; readonly cpu: number }
  /** The CPU's PMU interrupt was disabled, because the CPU goes offline. */
  | { readonly kind: "unplugged"; readonly cpu: number }
  /** The user began to enable, or has disabled, or has closed the event, or a new period began. */
  | {
      readonly kind: "user";
      readonly event: string;
      readonly did: "enabled" | "disabled" | "closed" | "new-period";
    }
  /** A timer interrupt was handled: the tick, or a rotation of events. */
  | { readonly kind: "timer"; readonly cpu: number; readonly did: "tick" | "rotation" }
  /** A debugger's task stopped. */
  | { readonly kind: "stopped"; readonly task: string }
  /** The kernel warned (`WARN_ON_ONCE`). */
  | { readonly kind: "warning"; readonly cpu: number; readonly text: string }
  /** The GIC answered an acknowledge with the special INTID 1023. */
  | { readonly kind: "spurious"; readonly cpu: number };

/** `perf_event_overflow` was called. */
export interface Report {
  readonly kind: "report";
  readonly event: string;
  /** No crossing was waiting for a report. */
  readonly unmatched: boolean;
  /** None was, but one of this other event. */
  readonly insteadOf: string | null;
  /** None was, because a new period had written it off. */
  readonly stale: boolean;
  /** The crossing was made by another task than the one that runs now. */
  readonly wrongTask: boolean;
  /** The mode that the interrupt came from, which is the mode a sample shows; none outside of interrupts. */
  readonly regs: "user" | "kernel" | "none";
  /** The event excludes the kernel. */
  readonly excludesKernel: boolean;
  /** The user had disabled or closed the event. */
  readonly tornDown: boolean;
  /** IOC_REFRESH allowed no more. */
  readonly excess: boolean;
  /** An overflow of the event was being handled already. */
  readonly nested: boolean;
}
