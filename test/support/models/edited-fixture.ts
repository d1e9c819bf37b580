/** Patches for the driver of our own, made of edits: `git diff` could have made them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createTwoFilesPatch } from "diff";

import { FIXTURE } from "./fixture-tree.js";

export const ARM_PMU = "drivers/perf/arm_pmu.c";
export const ARM_PMUV3 = "drivers/perf/arm_pmuv3.c";
export const ARM_PMU_H = "include/linux/perf/arm_pmu.h";
export const PERF_EVENT_H = "include/linux/perf_event.h";
export const PMUV3_ASM_H = "arch/arm64/include/asm/arm_pmuv3.h";

/** In a file, a text that is in it once, and what takes its place. */
export type FileEdit = readonly [file: string, from: string, to: string];

/** A unified diff of all the edits. */
export function diffOf(...edits: readonly FileEdit[]): string {
  const files = [...new Set(edits.map(([file]) => file))];
  return files
    .map((file) => {
      const before = readFileSync(join(FIXTURE, file), "utf8");
      const after = edits
        .filter(([of]) => of === file)
        .reduce((text, [, from, to]) => replaced(text, from, to), before);
      return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
        context: 3,
      });
    })
    .join("");
}

function replaced(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not once in the fixture: ${from}`);
  return text.replace(from, () => to);
}

/** A folder for patch files, removed by `remove`. */
export class PatchFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "pmucheck-patches-"));

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
