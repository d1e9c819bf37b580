/**
 * What verifying a fix came to, as one page: what it closes, breaks, leaves and assumes, and what was not looked at.
 *
 * The page is a list of sections, so that text and Markdown say the same. Traces follow the page: they are long.
 */
import { modeOf } from "../subject.js";
import type { CheckDocument } from "../../trace/document.js";
import {
  cellKey,
  cellOf,
  type Cell,
  type CellName,
  type Change,
  type Judged,
  type Outcome,
} from "../../trace/comparison.js";
import { causeText, storiesOf, type Story } from "../causes.js";
import { WIDTH } from "../trace/columns.js";
import { kernelLines, togetherOf } from "../kernel.js";
import { markdownOfTrace } from "../formats/markdown.js";
import { replayLine, titleOf, traceText } from "../trace/text.js";
import { storedLine } from "../stored.js";
import type { Screen } from "../screen.js";
import { hanging, headline, wrap } from "../wrap.js";

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
export function storiesWith({ cells, checks }: Pick<VerifiedFix, "cells" | "checks">, change: Change) {
  const keys = new Set(cells.filter((cell) => cell.change === change).map(cellKey));
  return storiesOf(checks.filter((check) => keys.has(cellKey(cellOf(check)))));
}

interface Section {
  readonly title: string;
  readonly items: readonly string[];
}

/** Everything in a line, in a stable format: for programs, and for the head of a page. */
export function verifiedLine({ fix, driver, cells, judged }: VerifiedFix): string {
  const counts = (["fixed", "still broken", "newly broken", "vacuous", "inconclusive"] as const).map(
    (change) => `${count(cells, change)} ${change}`,
  );
  return `pmucheck: verify ${fix} ${OUTCOMES[judged.outcome]}: ${driver}, ${cells.length} cells: ${counts.join(", ")}`;
}

/** How much of the page is printed. */
export interface VerifiedDetail {
  /** {@link verifiedLine} only. */
  readonly quiet: boolean;
  /** A trace of each cause of what is newly broken. */
  readonly traces: boolean;
  /** The cells that are broken with and without the fix, by name. */
  readonly allCells: boolean;
  /** Fixes to be tried next, by name. */
  readonly next: readonly string[];
}

/** For a terminal. Without a final newline. */
export function verifiedText(verified: VerifiedFix, detail: VerifiedDetail, screen: Screen): string {
  const { width, style } = screen;
  const { outcome } = verified.judged;
  const paint =
    outcome === "passes" ? style.good : outcome === "open" || outcome === "vacuous" ? style.open : style.bad;
  const painted = (text: string) => text.replace(OUTCOMES[outcome], (word) => style.strong(paint(word)));
  if (detail.quiet) return painted(verifiedLine(verified));
  const stories = storiesWith(verified, "newly broken");
  return [
    painted(headline(sentenceOf(verified), width).join("\n")),
    ...hanging("  ", countsOf(verified.cells), width),
    ...sectionsOf(verified, stories, detail.allCells).flatMap(({ title, items }) => [
      "",
      style.strong(`${title}:`),
      ...items.flatMap((item) => wrap(item.split(" "), width - 2, "  ").map((text) => `  ${text}`)),
    ]),
    ...(detail.traces
      ? stories.flatMap(({ trace }, at) => [
          "",
          `[${at + 1}] ${titleOf(trace)}`,
          "",
          traceText(trace, screen),
          replayLine(trace),
        ])
      : []),
    ...nextLines(verified, stories, detail),
  ].join("\n");
}

/** What the fix comes to, in a sentence to be quoted: cells are a scenario, an interrupt mode and a property. */
function sentenceOf({ fix, driver, cells, judged }: VerifiedFix): string {
  const of = (change: Change) => cells.filter((cell) => cell.change === change);
  const closed = of("fixed");
  const fresh = of("newly broken");
  const left = judged.unkept.filter(({ change }) => change !== "newly broken");
  const parts = [
    closed.length === 0 ? "closes nothing" : `closes ${counted(closed)}`,
    left.length === 0
      ? "leaves nothing open that it promises"
      : `leaves ${counted(left)} that it promises to close`,
    fresh.length === 0 ? "breaks nothing that held" : `newly breaks ${counted(fresh)}`,
  ];
  const open = of("inconclusive").length + of("vacuous").length;
  const rest = open === 0 ? "" : `; ${open} of ${cells.length} cells are not decided`;
  const what = `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}${rest}`;
  return `pmucheck: verify ${fix} ${OUTCOMES[judged.outcome]}: on ${driver} it ${what}.`;
}

/** `32 cells: 14 fixed, 0 still broken, 0 newly broken.` */
function countsOf(cells: readonly Cell[]): string {
  const always = ["fixed", "still broken", "newly broken"] as const;
  const some = (["vacuous", "inconclusive"] as const).filter((change) => count(cells, change) > 0);
  const counts = [...always, ...some].map((change) => `${count(cells, change)} ${change}`);
  return `${cells.length} ${cells.length === 1 ? "cell" : "cells"}: ${counts.join(", ")}.`;
}

/** `3 cells (one-cpu, hotplug)` */
function counted(cells: readonly CellName[]): string {
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  const named = scenarios.length > NAMED ? `in ${scenarios.length} scenarios` : `in ${scenarios.join(", ")}`;
  return `${cells.length} ${cells.length === 1 ? "cell" : "cells"} ${named}`;
}

/** More scenarios are counted. */
const NAMED = 4;

function nextLines(
  { fix, judged }: VerifiedFix,
  stories: readonly Story[],
  detail: VerifiedDetail,
): string[] {
  const tries = judged.outcome === "passes" ? [] : detail.next.map((name) => `pmucheck verify ${name}`);
  const more = stories.length > 0 && !detail.traces ? [`pmucheck verify ${fix} --traces`] : [];
  return [
    ...(tries.length === 0
      ? []
      : ["", "Next, with what is known to help:", ...tries.map((text) => `  ${text}`)]),
    ...(more.length === 0 ? [] : ["", "The traces of what it breaks:", ...more.map((text) => `  ${text}`)]),
  ];
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
    ...sectionsOf(verified, stories, true).flatMap(({ title, items }) => [
      "",
      `## ${title}`,
      "",
      ...items.flatMap((item) => wrap(`- ${item}`.split(" "), WIDTH, "  ")),
    ]),
    ...stories.flatMap(({ trace }) => ["", markdownOfTrace(trace)]),
  ].join("\n");
}

function sectionsOf(verified: VerifiedFix, broken: readonly Story[], allCells: boolean): readonly Section[] {
  const { cells, judged, claims, assumes, notCovered, checks } = verified;
  const { unkept, excused } = judged;
  const kernel = togetherOf(checks);
  const stored = storedLine(checks);
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
    { title: "Promises", items: orNone([claims.join(", ")]) },
    { title: "Closes", items: orNone(lists(cells.filter(({ change }) => change === "fixed"))) },
    {
      title: "Breaks",
      items: orNone([...faulty, ...broken.map((story, at) => `[${at + 1}] ${storyText(story)}`)]),
    },
    {
      title: "Promised but broken",
      items: orNone(lists(unkept.filter(({ change }) => change !== "newly broken"))),
    },
    {
      title: "Already broken, not this fix's job",
      items: orNone(allCells ? lists(others) : [othersText(others)]),
    },
    ...(excused.length === 0
      ? []
      : [
          {
            title: "Broken before and after (not held against the fix)",
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
    ...(stored === undefined ? [] : [{ title: "Explored before", items: [stored] }]),
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

function othersText(cells: readonly CellName[]): string {
  return cells.length === 0 ? "" : `${counted(cells)} (--all-cells names them)`;
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
    `Shortest: ${trace.steps.length} steps in ${[trace.scenario, ...modeOf(trace)].join(", ")}`
  );
}

/**
 * `exactly-once: one-cpu, ping-pong (nmi)`, a line per property; both modes where none is named, or there is none.
 */
function lists(cells: readonly CellName[]): readonly string[] {
  const properties = [...new Set(cells.map(({ property }) => property))];
  return properties.map((property) => {
    const modes = new Map<string, string[]>();
    for (const { scenario, irq } of cells.filter((cell) => cell.property === property)) {
      modes.set(scenario, [...(modes.get(scenario) ?? []), irq]);
    }
    const named = [...modes].map(([scenario, of]) =>
      of.length > 1 || of[0] === "" ? scenario : `${scenario} (${of.join()})`,
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
