/**
 * Deviations: known differences between a model and the manual or the kernel.
 *
 * Each driver lists its deviations. A deviation says what it means for verdicts, and every verdict that it touches names
 * it.
 */
import type { Configuration } from "./parameter.js";

export interface Deviation {
  /** A short and stable name, which verdicts use. */
  readonly name: string;
  /** The model file or files. */
  readonly where: string;
  /** The difference, in words. */
  readonly what: string;
  /** less: the model lacks behaviour that exists. more: it allows behaviour that does not exist. same: no verdict differs. */
  readonly does: "less" | "more" | "same";
  /** Why the deviation is sound, or what verdicts do not cover because of it. */
  readonly because: string;
  /** True for the checks that it touches; absent if it touches all. */
  readonly touches?: (configuration: Configuration) => boolean;
}

/** What a deviation means for a verdict, as verdicts print it. */
export const MEANING: Readonly<Record<Deviation["does"], string>> = {
  less: "a violation is real; 'holds' says nothing of what is left out",
  more: "'holds' is safe; a violation may need what real machines do not do",
  same: "no verdict depends on it",
};
