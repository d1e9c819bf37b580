/**
 * A series of patches, to be judged patch by patch: a mailbox with several, `--patch` given several times, or both.
 */
import { patchesOf } from "../../../kernel-tree/driver.js";
import type { SeriesStep } from "../../../report/verify/series.js";
import { isPatchFile, patchFileIn } from "../../arguments/kernel.js";

/**
 * The fix after the first patch, after the second, and so on; the last is the whole. Empty if there are fewer than two patches.
 * `a.mbox#2` is a's first two patches. Throws PMC111 and PMC174 for what is no patch.
 */
export function seriesOf(named: string): readonly SeriesStep[] {
  const steps: SeriesStep[] = [];
  let before: readonly string[] = [];
  for (const part of named.split("+")) {
    if (isPatchFile(part)) {
      const file = part.replace(/#\d+$/, "");
      const patches = patchesOf(patchFileIn(part));
      patches.forEach(({ subject }, i) => {
        const isWhole = i === patches.length - 1;
        steps.push({ fix: [...before, isWhole ? part : `${file}#${i + 1}`].join("+"), subject });
      });
    } else steps.push({ fix: [...before, part].join("+"), subject: part });
    before = [...before, part];
  }
  return steps.length > 1 && named.split("+").some(isPatchFile) ? steps : [];
}
