/**
 * The parameters of the bench model (bench/model/system.ts); the sizes the bench runs are in bench/model/sizes.ts.
 */
export interface BenchParameters {
  readonly cpus: number;
  /** Counters per CPU; an event takes any one of them. */
  readonly counters: number;
  /** Events: each is on one CPU or on none. */
  readonly events: number;
  /** A counter overflows when it has counted this many. */
  readonly period: number;
  /** How many occurrences there are altogether: counters wrap, so this is what the size grows with. */
  readonly budget: number;
  /** Crossings that wait for their report are counted up to here. */
  readonly cap: number;
}
