/**
 * What was found when the fixes were verified: the hand-written part of docs/fixes.md, printed below the generated table.
 *
 * Each is about linux-6.5 and was read off the runs; test/fixes/verdicts.test.ts holds the cells that decide it.
 */

/** What came out of some fixes, in words. */
interface Finding {
  readonly fixes: readonly string[];
  readonly title: string;
  readonly text: string;
}

export const findings: readonly Finding[] = [];
