/**
 * Observations: what a step tells the properties.
 *
 * An observation belongs to a transition, not to a state, so watching costs no state. The vocabulary is closed:
 * properties and witnesses are sentences over these.
 */
export type Observation =
  /** Hardware counted one occurrence for the perf event. */
  | { readonly kind: "counted"; readonly event: string }
  /**
   * The counted event completed a sample period. `overtakes`: the crossing before it was still unreported.
   */
  | { readonly kind: "crossing"; readonly event: string; readonly overtakes: boolean }
  /** `perf_event_overflow` was called. `unmatched`: no crossing was waiting for a report. */
  | { readonly kind: "report"; readonly event: string; readonly unmatched: boolean }
  /** A CPU switched tasks. `pending`: an event of `prev` had an unreported crossing. */
  | {
      readonly kind: "switch";
      readonly cpu: number;
      readonly prev: string;
      readonly next: string;
      readonly pending: boolean;
    }
  /** A task was moved to another CPU's run queue. */
  | { readonly kind: "migration"; readonly task: string; readonly to: number }
  /** A signal was sent for the event (`kill_fasync`). */
  | { readonly kind: "signal"; readonly event: string }
  /** The kernel warned (`WARN_ON_ONCE`). */
  | { readonly kind: "warning"; readonly cpu: number; readonly text: string }
  /** The GIC answered an acknowledge with the special INTID 1023. */
  | { readonly kind: "spurious"; readonly cpu: number };
