/**
 * What text is laid out for: how wide a line may be, and how words stand out.
 *
 * Colour is never the only sign: every word that is coloured says by itself what the colour says.
 */

/** How words stand out. Each takes a text and gives it back, perhaps between control sequences. */
export interface Style {
  /** What is wrong: a verdict of violated, a rule that breaks. */
  readonly bad: (text: string) => string;
  /** What is as it should be. */
  readonly good: (text: string) => string;
  /** What is open or says nothing. */
  readonly open: (text: string) => string;
  /** What a reader looks for first. */
  readonly strong: (text: string) => string;
  /** What a reader looks for last. */
  readonly faint: (text: string) => string;
}

export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly style: Style;
}

const same = (text: string) => text;

export const PLAIN: Style = { bad: same, good: same, open: same, strong: same, faint: same };

/** ECMA-48 control sequences: Select Graphic Rendition. */
const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

export const COLOURED: Style = {
  bad: sgr(31, 39),
  good: sgr(32, 39),
  open: sgr(33, 39),
  strong: sgr(1, 22),
  faint: sgr(2, 22),
};

/** What a text in a file is laid out for: neither coloured nor as wide as the terminal of the day. */
export const ON_PAPER: Screen = { width: 80, style: PLAIN };

/** Prose is hard to read in longer lines. */
export const WIDEST = 100;
/** In narrower ones nothing can be laid out: they are overrun. */
export const NARROWEST = 40;

/** How wide lines are on a terminal of so many columns. */
export function usableWidth(columns: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}
