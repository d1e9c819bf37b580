/**
 * What verifying a fix came to, as one page: what it closes, breaks, leaves and assumes, and what was not looked at.
 *
 * The page is a list of sections, so that text and Markdown say the same. Traces follow the page: they are long.
 */
import type { CheckDocument } from "../trace/document.js";
import {
  cellKey,
  cellOf,
  type Cell,
  type CellName,
  type Change,
  type Judged,
  type Outcome,
} from "../trace/comparison.js";
import { causeText, storiesOf, type Story } from "./causes.js";
import { WIDTH } from "./columns.js";
import { kernelLines, togetherOf } from "./kernel.js";
import { markdownOfTrace } from "./formats/markdown.js";
import { replayLine, titleOf, traceText } from "./text.js";
import { wrap } from "./wrap.js";

/** Everything the page is made of. */
export interface VerifiedFix {
  /** As the user named it. */
  readonly fix: string;
  readonly driver: string;
  readonly claims: readonly string[];
  readonly assumes: readonly string[];
  readonly cells: readonly Cell[];
  readonly judged: Judged;
  /** The verdicts with the fix. */
  readonly checks: readonly CheckDocument[];
  /** What was not looked at, and why: a line each. */
  readonly notCovered: readonly string[];
}

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passes: "PASSES",
  fails: "FAILS",
  vacuous: "VACUOUS",
  open: "INCONCLUSIVE",
  error: "ERROR",
};

/** Stories of the cells with this change. */
function storiesWith({ cells, checks }: Pick<VerifiedFix, "cells" | "checks">, change: Change) {
  const keys = new Set(cells.filter((cell) => cell.change === change).map(cellKey));
  return storiesOf(checks.filter((check) => keys.has(cellKey(cellOf(check)))));
}

/** What `verify --json` prints. */
export function verifiedDocument(verified: VerifiedFix) {
  const { fix, driver, cells } = verified;
  const traces = (["newly broken", "still broken"] as const).flatMap((change) =>
    storiesWith(verified, change).map(({ cause, checks, trace }) => ({
      change,
      cause,
      cells: checks.map(cellOf),
      trace,
    })),
  );
  const kernel = togetherOf(verified.checks);
  return {
    fix,
    driver,
    ...(kernel === undefined ? {} : { kernel }),
    cells,
    closes: cells.filter(({ change }) => change === "fixed").map(nameOf),
    breaks: cells.filter(({ change }) => change === "newly broken").map(nameOf),
    traces,
  };
}

function nameOf({ scenario, irq, property }: Cell): CellName {
  return { scenario, irq, property };
}

interface Section {
  readonly title: string;
  readonly items: readonly string[];
}

/** The first line: it says everything. */
export function verifiedLine({ fix, driver, cells, judged }: VerifiedFix): string {
  const counts = (["fixed", "still broken", "newly broken", "vacuous", "inconclusive"] as const).map(
    (change) => `${count(cells, change)} ${change}`,
  );
  return `pmucheck: verify ${fix} ${OUTCOMES[judged.outcome]}: ${driver}, ${cells.length} cells: ${counts.join(", ")}`;
}

export function verifiedText(verified: VerifiedFix, traces: boolean): string {
  const stories = storiesWith(verified, "newly broken");
  return [
    verifiedLine(verified),
    ...sectionsOf(verified, stories).flatMap(({ title, items }) => [
      "",
      `${title}:`,
      ...items.flatMap((item) => textItem(item)),
    ]),
    ...(traces
      ? stories.flatMap(({ trace }, at) => [
          "",
          `[${at + 1}] ${titleOf(trace)}`,
          "",
          traceText(trace),
          replayLine(trace),
        ])
      : []),
  ].join("\n");
}

/** For a mail: the page, then the shortest trace of each cause of what is newly broken. */
export function verifiedMarkdown(verified: VerifiedFix): string {
  const stories = storiesWith(verified, "newly broken");
  const head = wrap(
    verifiedLine(verified)
      .replace(/^pmucheck: /, "")
      .split(" "),
    WIDTH,
  );
  return [
    ...head,
    "=".repeat(Math.max(...head.map(({ length }) => length))),
    ...sectionsOf(verified, stories).flatMap(({ title, items }) => [
      "",
      `## ${title}`,
      "",
      ...items.flatMap((item) => wrap(`- ${item}`.split(" "), WIDTH, "  ")),
    ]),
    ...stories.flatMap(({ trace }) => ["", markdownOfTrace(trace)]),
  ].join("\n");
}

function textItem(item: string): string[] {
  return wrap(item.split(" "), WIDTH - 2, "  ").map((line) => `  ${line}`);
}

function sectionsOf(verified: VerifiedFix, broken: readonly Story[]): readonly Section[] {
  const { cells, judged, claims, assumes, notCovered, checks } = verified;
  const { unkept, excused } = judged;
  const kernel = togetherOf(checks);
  const others = cells.filter(
    (cell) =>
      cell.change === "still broken" && !unkept.includes(cell) && !excused.some((one) => one.cell === cell),
  );
  const reasons = [...new Set(excused.map(({ reason }) => reason))];
  const deviations = [...new Set(checks.flatMap((check) => check.deviations))];
  const undecided = (["inconclusive", "vacuous"] as const).flatMap((change) =>
    reasonsOf(verified, change).map((line) => `${change.toUpperCase()}: ${line}`),
  );
  const faulty = reasonsOf(verified, "newly broken").map((line) => `ERROR: ${line}`);
  return [
    { title: "Claims to keep", items: orNone([claims.join(", ")]) },
    { title: "Closes", items: orNone(lists(cells.filter(({ change }) => change === "fixed"))) },
    {
      title: "Breaks",
      items: orNone([...faulty, ...broken.map((story, at) => `[${at + 1}] ${storyText(story)}`)]),
    },
    {
      title: "Claims to keep, and does not",
      items: orNone(lists(unkept.filter(({ change }) => change !== "newly broken"))),
    },
    { title: "Still broken, and not claimed", items: orNone(lists(others)) },
    ...(excused.length === 0
      ? []
      : [
          {
            title: "Claimed, broken without the fix too, and excused",
            items: reasons.map((reason) => {
              const of = excused.filter((one) => one.reason === reason).map(({ cell }) => cell);
              return `${lists(of).join("; ")}: ${reason}`;
            }),
          },
        ]),
    ...(kernel === undefined
      ? []
      : [{ title: "From the kernel tree", items: kernelLines(kernel).map((line) => line.join(" ")) }]),
    { title: "Assumes", items: orNone(assumes) },
    {
      title: "Not covered",
      items: orNone([
        ...undecided,
        ...notCovered,
        ...(deviations.length === 0
          ? []
          : [`deviations of the models (pmucheck list deviations): ${deviations.join(", ")}`]),
      ]),
    },
  ];
}

/** Cells that were not decided, or whose model is faulty, with the reasons of their verdicts. */
function reasonsOf({ cells, checks }: VerifiedFix, change: Change): readonly string[] {
  const of = cells.filter((cell) => cell.change === change);
  const byReason = new Map<string, Cell[]>();
  for (const cell of of) {
    const check = checks.find((one) => cellKey(cellOf(one)) === cellKey(cell));
    if (change === "newly broken" && check?.verdict !== "error") continue;
    const reason = check?.reason ?? `without the fix it is ${cell.before}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), cell]);
  }
  return [...byReason].map(([reason, some]) => `${lists(some).join("; ")}: ${reason}`);
}

function storyText({ cause, checks, trace }: Story): string {
  return (
    `${causeText(cause)}. ${lists(checks.map(cellOf)).join("; ")}. ` +
    `Shortest: ${trace.steps.length} steps in ${trace.scenario}, ${String(trace.config["irq"])}`
  );
}

/** `exactly-once: one-cpu, ping-pong (nmi)`, a line per property; both modes where none is named. */
function lists(cells: readonly CellName[]): readonly string[] {
  const properties = [...new Set(cells.map(({ property }) => property))];
  return properties.map((property) => {
    const modes = new Map<string, string[]>();
    for (const { scenario, irq } of cells.filter((cell) => cell.property === property)) {
      modes.set(scenario, [...(modes.get(scenario) ?? []), irq]);
    }
    const named = [...modes].map(([scenario, of]) =>
      of.length > 1 ? scenario : `${scenario} (${of.join()})`,
    );
    return `${property}: ${named.join(", ")}`;
  });
}

function orNone(items: readonly string[]): readonly string[] {
  const some = items.filter((item) => item !== "");
  return some.length === 0 ? ["nothing"] : some;
}

export function count(cells: readonly Cell[], change: Change): number {
  return cells.filter((cell) => cell.change === change).length;
}
