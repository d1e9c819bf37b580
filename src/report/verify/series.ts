/**
 * What a series of patches comes to, patch by patch: a cell that a patch in the middle breaks fails in a bisection, even if a
 * later patch mends it.
 */
import { cellKey, type Cell } from "../../trace/comparison.js";
import type { Screen } from "../screen.js";
import { hanging } from "../wrap.js";
import { closedAndBroken } from "./verified-document.js";
import { count, OUTCOMES, type VerifiedFix } from "./verified.js";

/** One patch of a series. */
export interface SeriesStep {
  /** The fix that this patch and all before it are. */
  readonly fix: string;
  /** What the patch is called. */
  readonly subject: string;
}

export interface JudgedStep {
  readonly subject: string;
  /** This patch and those before it, compared with the driver without any. */
  readonly verified: VerifiedFix;
}

/** A line per patch. Without a final newline. */
export function seriesText(steps: readonly JudgedStep[], { width, style }: Screen): string {
  return [
    style.strong("Patch by patch, each with those before it, against the driver without any:"),
    ...steps.flatMap(({ subject, verified }, i) => [
      ...hanging(`${String(i + 1).padStart(3)}  `, `${subject}: ${countsOf(verified)}`, width),
      ...brokenIn(verified).flatMap((line) => hanging("       ", line, width)),
    ]),
    ...notesOf(steps).flatMap((note) => hanging("  ", note, width)),
  ].join("\n");
}

/** The same for a page. */
export function seriesMarkdown(steps: readonly JudgedStep[]): string {
  return [
    "## Patch by patch",
    "",
    "Each patch with those before it, against the driver without any.",
    "",
    "| | patch | fixed | still broken | newly broken | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...steps.map(({ subject, verified: { cells, judged } }, i) =>
      [
        "",
        i + 1,
        subject.replaceAll("|", "\\|"),
        count(cells, "fixed"),
        count(cells, "still broken"),
        brokenIn({ cells }).join("; ") || 0,
        OUTCOMES[judged.outcome],
        "",
      ]
        .join(" | ")
        .trim(),
    ),
    ...notesOf(steps).flatMap((note) => ["", note]),
  ].join("\n");
}

/** The same for a document. */
export function seriesDocument(steps: readonly JudgedStep[]) {
  return steps.map(({ subject, verified: { fix, cells, judged } }) => ({
    subject,
    fix,
    outcome: judged.outcome,
    ...closedAndBroken(cells),
  }));
}

/** Does a patch before the last break a cell that held without the series? */
export function breaksOnTheWay(steps: readonly JudgedStep[]): boolean {
  return steps.slice(0, -1).some(({ verified }) => count(verified.cells, "newly broken") > 0);
}

function notesOf(steps: readonly JudgedStep[]): readonly string[] {
  const last = new Set(steps.at(-1)?.verified.cells.filter(isBroken).map(cellKey));
  const mended = new Set(
    steps
      .slice(0, -1)
      .flatMap(({ verified }) => verified.cells.filter(isBroken).map(cellKey))
      .filter((key) => !last.has(key)),
  );
  if (mended.size === 0) return [];
  const cells = mended.size === 1 ? "1 cell is" : `${mended.size} cells are`;
  return [
    `${cells} broken on the way and hold again at the end: a bisection that lands in between finds a fault. Put the mending patch first, or join the patches.`,
  ];
}

function countsOf({ cells, judged }: VerifiedFix): string {
  const counts = (["fixed", "still broken", "newly broken"] as const).map(
    (change) => `${count(cells, change)} ${change}`,
  );
  return `${OUTCOMES[judged.outcome]}, ${counts.join(", ")}`;
}

function brokenIn({ cells }: Pick<VerifiedFix, "cells">): readonly string[] {
  return cells
    .filter(isBroken)
    .map(({ scenario, irq, property }) => `breaks ${property} in ${scenario}, ${irq}`);
}

function isBroken({ change }: Cell): boolean {
  return change === "newly broken";
}
