/**
 * What a search answers.
 */
import type { AuditReport } from "./audited.js";

/** One step of a path: which process moved, and which of its outcomes it was. */
export interface PathStep {
  readonly process: number;
  readonly outcome: number;
}

/** How a goal was broken first: which rule (those on transitions before those on states), and the path to it. */
export interface Break {
  readonly rule: number;
  readonly path: readonly PathStep[];
}

/** A path to a cycle, and the cycle. */
export interface Lasso {
  readonly path: readonly PathStep[];
  readonly cycle: readonly PathStep[];
}

/**
 * Paths that are least in cost and, among those as cheap, in steps; undefined where there is nothing to look for, or
 * where the search ran out of something.
 */
export interface Cheapest {
  /** By goal. */
  readonly breaks: readonly (Break | undefined)[];
  /** To a state from which nothing can happen; it breaks no goal on its way. */
  readonly stuck: readonly PathStep[] | undefined;
  /** What the search ran out of, or why it was stopped; undefined if it ended. */
  readonly bound: string | undefined;
  /** States it visited. */
  readonly states: number;
}

/** Why the search ended. */
export type End =
  | { readonly kind: "complete" }
  /** All goals are broken. */
  | { readonly kind: "decided" }
  /** A state from which nothing can happen. */
  | { readonly kind: "stuck"; readonly path: readonly PathStep[] }
  | { readonly kind: "bound"; readonly bound: string };

export interface Exploration {
  readonly end: End;
  /** For every goal the shortest path that breaks it; undefined for those not broken by what was explored. */
  readonly breaks: readonly (Break | undefined)[];
  /** If there are costs. */
  readonly cheapest: Cheapest | undefined;
  /** For every cycle goal a fair cycle; undefined where there is none, or where not everything was explored. */
  readonly lassos: readonly (Lasso | undefined)[];
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest state that was expanded. */
  readonly depth: number;
  /** How much of it was done again, and found to be as the search has it. */
  readonly audit: AuditReport;
  /** Which witnesses were reached. */
  readonly witnesses: readonly boolean[];
  /** Processes that never moved. */
  readonly idle: readonly string[];
  /** Bytes of states: visited set, rows, interned parts and the tree, with their free space. */
  readonly bytes: number;
  /** Bytes of all the memory that the limit is about, at most: the graph in which cycles were looked for is among them. */
  readonly bytesInUse: number;
  /** Distinct values per component. */
  readonly values: Readonly<Record<string, number>>;
  /** How often the system had to be asked. */
  readonly asked: number;
}
