/**
 * Questions to the worker, and its answers. Plain data: states stay where they are, and paths say which one is meant.
 */
import type { KeptBy, Outlook } from "../play/outlook.js";
import type { NamedStep } from "../play/page-document.js";
import type { Subject } from "../../trace/document.js";

export interface Question {
  readonly id: number;
  readonly subject: Subject;
  /** The path to the state that is asked about. */
  readonly steps: readonly NamedStep[];
  /** A path that ends in the violation that counts as the same one; null if any does. */
  readonly violating: readonly NamedStep[] | null;
  /** What counts as keeping the rule. */
  readonly keptBy: KeptBy;
  readonly maxStates: number;
}

export interface Answer {
  readonly id: number;
  readonly outlook: Outlook | null;
  /** What went wrong, if there is no outlook. */
  readonly error: string | null;
}
