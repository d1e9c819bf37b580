/** Patches over a tree: without fuzz, at whatever line the context is found. */
import { applyPatch, structuredPatch, type StructuredPatch } from "diff";

import { PmucheckError } from "../spec/errors.js";
import type { Patch } from "./mail.js";
import type { Tree } from "./tree.js";

/** The tree with the patch over it. Throws PMC174 with the file and the hunk that does not fit. */
export function patched(tree: Tree, { subject, files }: Patch): Tree {
  const over = new Map<string, string | undefined>();
  for (const file of files) {
    const from = nameOf(file.oldFileName);
    const to = nameOf(file.newFileName);
    const name = to ?? from;
    if (name === undefined) throw new PmucheckError("PMC174", `'${subject}' changes a file without a name`);
    const path = pathIn(tree, from ?? name);
    const before = from === undefined ? "" : (over.get(path) ?? tree.read(path));
    if (before === undefined) {
      throw new PmucheckError(
        "PMC174",
        `'${subject}' changes ${name}, which is not in ${tree.folder}: give the tree that it was made for`,
      );
    }
    const after = applyPatch(before, file);
    if (after === false) throw unfit(subject, name, before, file);
    if (from !== undefined && from !== to) over.set(path, undefined);
    if (to !== undefined) over.set(from === to ? path : to, after);
  }
  return tree.with(over);
}

/** `a/drivers/perf/arm_pmu.c` is `drivers/perf/arm_pmu.c`; /dev/null is no file. */
function nameOf(name: string | undefined): string | undefined {
  if (name === undefined || name === "/dev/null") return undefined;
  return name.replace(/^[ab]\//, "");
}

/** In a folder of a few files, they lie side by side. */
function pathIn(tree: Tree, name: string): string {
  const base = name.split("/").at(-1) ?? name;
  return tree.read(name) === undefined && tree.read(base) !== undefined ? base : name;
}

function unfit(subject: string, name: string, before: string, file: StructuredPatch): PmucheckError {
  const fits = (count: number) =>
    applyPatch(before, { ...file, hunks: file.hunks.slice(0, count) }) !== false;
  const first = file.hunks.find((_, i) => !fits(i + 1)) ?? file.hunks[0];
  const { oldStart = 0, oldLines = 0, newStart = 0, newLines = 0 } = first ?? {};
  return new PmucheckError(
    "PMC174",
    `'${subject}' does not fit ${name}: hunk @@ -${oldStart},${oldLines} +${newStart},${newLines} @@ is not found ` +
      "there; rebase it on this tree",
  );
}

/** The lines of `after` that `before` has not, by number. */
export function addedLines(before: string, after: string): readonly number[] {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 0 });
  return hunks.flatMap(({ newStart, lines }) => {
    const kept = lines.filter((line) => !line.startsWith("-") && !line.startsWith("\\"));
    return kept.flatMap((line, i) => (line.startsWith("+") ? [newStart + i] : []));
  });
}
