/**
 * Comparisons: what a path can be compared with, and how the two are aligned.
 *
 * An address names them: `2` is the third trace of the page, `good` the execution that goes well, `best` the cheapest way of a lesson, `with-FIX` the
 * decisions of the trace in the driver with a fix, as far as they can be taken there.
 */
import { driverText } from "../../report/subject.js";
import { titleOf } from "../../report/trace/text.js";
import { alignmentOf, type Alignment } from "../play/alignment.js";
import { sceneOf, type Scene } from "../picture/scene.js";
import type { Models } from "../own/models.js";
import type { PageDocument, PageEntry } from "../play/page-document.js";
import { Player, type Line } from "./player.js";

export interface Comparison {
  /** As an address names it. */
  readonly name: string;
  readonly title: string;
  readonly scene: Scene;
  readonly alignment: Alignment;
}

/** What is on the screen, to be compared with something else. */
export interface Compared {
  readonly page: PageDocument;
  readonly models: Models;
  readonly entry: PageEntry;
  readonly entryIndex: number;
  readonly line: Line;
  readonly isFork: boolean;
  readonly player: Player | undefined;
}

/** The names and titles of what it can be compared with, fixes not among them. */
export function comparable({ page, entry, entryIndex, line, isFork, player }: Compared): [string, string][] {
  const traces = page.entries.flatMap(({ trace }, i): [string, string][] =>
    (i === entryIndex && !isFork) || trace.steps.length === 0 ? [] : [[String(i), nameOf(page, i)]],
  );
  const passing = entry.decided?.passing ?? null;
  const canPass = passing !== null && player !== undefined;
  // In an assignment the best way is what the reader looks for, so a comparison does not show it.
  const isDone = entry.lesson !== null && entry.lesson.best !== null && line.trace.rule !== "none";
  return [
    ...traces,
    ...(canPass ? [["good", GOOD] satisfies [string, string]] : []),
    ...(isDone ? [["best", BEST] satisfies [string, string]] : []),
  ];
}

const GOOD = "the nearest execution that goes well";
const BEST = "the cheapest way there is";
const FIX = /^with-(.+)$/;

/** Undefined if there is no such thing, or if it cannot be run here. */
export function comparisonOf(name: string, compared: Compared): Comparison | undefined {
  const other = otherOf(name, compared);
  if (other === undefined) return undefined;
  const { title, line, decided } = other;
  const alignment = alignmentOf(compared.line.trace.steps, line.trace.steps);
  return { name, title, scene: sceneOf(line.trace, decided), alignment };
}

interface Other extends Pick<PageEntry, "decided"> {
  readonly title: string;
  readonly line: Line;
}

function otherOf(name: string, { page, models, entry, player }: Compared): Other | undefined {
  const { decided, trace } = entry;
  if (name === "good") {
    const passing = decided?.passing ?? null;
    if (passing === null || player === undefined) return undefined;
    const names = [...trace.steps.slice(0, passing.after), ...passing.names];
    const line = player.fork(entry, passing.after, player.follow(entry, passing.after, names));
    return { title: GOOD, line, decided: null };
  }
  if (name === "best") {
    const best = entry.lesson?.best ?? null;
    if (best === null || player === undefined) return undefined;
    const line = player.fork(player.start, 0, player.follow(player.start, 0, best.names));
    return { title: BEST, line, decided: null };
  }
  const [, fix] = FIX.exec(name) ?? [];
  if (fix !== undefined) return player === undefined ? undefined : withFix(entry, fix, models);
  const given = /^\d+$/.test(name) ? page.entries[Number(name)] : undefined;
  return given && { title: nameOf(page, Number(name)), line: given, decided: given.decided };
}

/** What comes of the trace's decisions with a fix. */
function withFix(entry: PageEntry, fix: string, models: Models): Other | undefined {
  try {
    const player = new Player(
      { ...entry, trace: { ...entry.trace, ...models.withFix(entry.trace, fix) } },
      models,
    );
    const { indices, stopped } = player.imitate(entry.trace.steps);
    const line = player.fork(player.start, 0, indices);
    const { rule, steps } = line.trace;
    const end =
      rule !== "none"
        ? `${rule} is broken at step ${steps.length}`
        : stopped === null
          ? "the rule is not broken by them"
          : `what the trace does at step ${stopped} cannot happen`;
    return { title: `the same decisions with ${fix}: ${end}`, line, decided: null };
  } catch {
    // A fix that does not fit this driver or scenario cannot be compared; "Does a fix close it?" says why.
    return undefined;
  }
}

function nameOf({ entries }: PageDocument, index: number): string {
  const trace = entries[index]?.trace;
  return trace === undefined
    ? ""
    : `trace ${index + 1}: ${trace.scenario}, ${driverText(trace)}: ${titleOf(trace)}, ${trace.steps.length} steps`;
}
