/**
 * The sizes of the bench model: its parameters, and the exact counts every tool has to arrive at.
 *
 * One transition is one rule instance that fires, self-loops included; one state is one assignment to the
 * variables of bench/model/system.ts. The counts were first made by SPIN, Rumur and pmucheck independently.
 */
export interface BenchParameters {
  readonly cpus: number;
  /** Counters per CPU; an event takes any one of them. */
  readonly counters: number;
  /** Events: each is on one CPU or on none. */
  readonly events: number;
  /** A counter overflows when it has counted this many. */
  readonly period: number;
  /** How many occurrences there are altogether; what makes the model finite is wrap-around, this makes it small. */
  readonly budget: number;
  /** Crossings that wait for their report are counted up to here. */
  readonly cap: number;
}
