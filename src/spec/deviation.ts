/**
 * Deviations: where a model knowingly does less or more than the manual or the kernel.
 *
 * A register of them, not a comment here and there: each says what it does to verdicts, and is named in every verdict
 * that it touches.
 */
import type { Configuration } from "./parameter.js";

export interface Deviation {
  /** Short and stable: what a verdict and a reader's note call it. */
  readonly name: string;
  /** Where it is: a model file, or several. */
  readonly where: string;
  /** What the model does less, or more, than what it models. */
  readonly what: string;
  /** less: it leaves out behaviour that exists. more: it allows behaviour that does not. same: neither can be told. */
  readonly does: "less" | "more" | "same";
  /** Why that is sound, or what verdicts do not say because of it. */
  readonly because: string;
  /** Which checks it touches; all if there is no such function. */
  readonly touches?: (configuration: Configuration) => boolean;
}

/** What a deviation means for a verdict, in a few words. */
export const MEANING: Readonly<Record<Deviation["does"], string>> = {
  less: "a violation is real; 'holds' says nothing of what is left out",
  more: "'holds' is safe; a violation may need what real machines do not do",
  same: "no verdict depends on it",
};
