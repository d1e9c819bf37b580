/**
 * Paths on the command line: the position of each step among the enabled ones, runs shortened.
 * `0x57.1.2x3` is 57 times 0, then 1, then three times 2.
 */
import { PmucheckError } from "../../spec/errors.js";

export function encodePath(indices: readonly number[]): string {
  const runs: { index: number; times: number }[] = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last?.index === index) last.times++;
    else runs.push({ index, times: 1 });
  }
  return runs.map(({ index, times }) => (times === 1 ? String(index) : `${index}x${times}`)).join(".");
}

/** Throws PMC114 if the text is no path. */
export function decodePath(text: string): number[] {
  if (text === "") return [];
  return text.split(".").flatMap((run) => {
    const match = /^(\d{1,6})(?:x(\d{1,6}))?$/.exec(run);
    if (match === null) {
      throw new PmucheckError("PMC114", `'${run}' in --path is neither INDEX nor INDEXxTIMES`);
    }
    return Array.from({ length: Number(match[2] ?? 1) }, () => Number(match[1]));
  });
}
