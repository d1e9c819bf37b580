/**
 * A verdict on one screen: the verdict line, the story, what it takes, why to believe it, and how to see the rest.
 */
import type { CheckDocument, TraceDocument, TraceLandmarks } from "../../trace/document.js";
import { auditText, checkpointText, ending, explored, searchedLines, verdictHead } from "../trace/text.js";
import { diagnosisText } from "../estimate-text.js";
import { kernelLines } from "../kernel.js";
import type { Defaults } from "../trace/replay-command.js";
import { replayCommand } from "../trace/replay-command.js";
import type { Screen } from "../screen.js";
import { shortestSentence } from "../trace/shortest.js";
import { storyOf, type StoryStep } from "./story.js";
import { hanging, paragraph } from "../wrap.js";

export interface Finding {
  readonly check: CheckDocument;
  /** Undefined where they are not known. */
  readonly landmarks: TraceLandmarks | undefined;
  readonly defaults: Defaults;
}

/** Steps that a story has at most, and at least if the trace has as many. */
const MOST = 12;
const LEAST = 6;
/** Lines that a story may take, so that the whole fits on a screen. */
const STORY_LINES = 21;

/** Without a final newline. */
export function findingText(finding: Finding, screen: Screen): string {
  const { check } = finding;
  const { width } = screen;
  return [
    verdictHead(check, screen),
    paragraph(check.sentence, width, "  "),
    ...(check.trace === undefined ? [] : ["", ...storyLines(check.trace, finding.landmarks, screen)]),
    "",
    ...(check.trace === undefined ? [] : endLines(check.trace, screen)),
    ...(check.kernel === undefined
      ? []
      : kernelLines(check.kernel).flatMap(([head, text]) => hanging(`${head} `, text, width))),
    ...takesLines(check, width),
    ...believeLines(finding, width),
    ...(check.diagnosis === undefined ? [] : [diagnosisText(check.diagnosis, width)]),
    ...(check.checkpoint === undefined ? [] : [checkpointText(check.checkpoint, width)]),
    "",
    ...moreLines(finding, screen),
  ].join("\n");
}

/** The most steps whose lines there is room for. */
export function storyLines(
  trace: TraceDocument,
  landmarks: TraceLandmarks | undefined,
  screen: Screen,
): string[] {
  for (let most = MOST; ; most--) {
    const story = storyOf(trace, landmarks, most);
    const column = Math.max(...story.map(({ place }) => place.length));
    const lines = story.flatMap((step) => stepLines(step, column, screen));
    if (lines.length <= STORY_LINES || most <= LEAST) return lines;
  }
}

function stepLines(told: StoryStep, column: number, { width, style }: Screen): string[] {
  const { step, place, text, within, file, changes, truth, marks } = told;
  const head = `${String(step).padStart(6)}  ${place.padEnd(column)}  `;
  const indent = " ".repeat(head.length);
  const where = within === null ? [] : [`in ${within}()`, ...(file === undefined ? [] : [file])];
  const what = [text, where.join(", ")].filter((part) => part !== "").join(" ");
  return [
    ...hanging(head, clauses([what, ...changes]), width),
    ...truth.flatMap(({ text: said, wrong }) => {
      const paint = wrong ? style.bad : style.strong;
      const mark = wrong ? "***" : "==";
      return hanging(indent, `${mark} ${said} ${mark}`, width).map(paint);
    }),
    ...marks.flatMap((mark) => hanging(`${indent}<- `, mark, width).map(style.open)),
  ];
}

/** With semicolons between them. The first is broken between words, the others (`PMOVS 0x1 -> 0x0`) stay in one piece. */
function clauses(parts: readonly string[]): string[] {
  return parts.flatMap((part, i) => {
    const said = i < parts.length - 1 ? `${part};` : part;
    return i === 0 ? said.split(" ") : [said];
  });
}

function endLines(trace: TraceDocument, { width, style }: Screen): string[] {
  return [
    ...hanging("", ending(trace), width).map(style.bad),
    ...(trace.epilogue === null ? [] : [trace.epilogue]),
  ];
}

/** What the violation needs, and what was looked at. */
function takesLines(check: CheckDocument, width: number): string[] {
  const takes = shortestSentence(check);
  return [
    ...(takes === undefined ? [] : hanging("", takes, width)),
    ...searchedLines(explored(check), width),
  ];
}

function believeLines({ check, defaults }: Finding, width: number): string[] {
  const { trace, walks, deviations } = check;
  const reached = Object.entries(check.witnesses).filter(([, is]) => is);
  const missing = Object.entries(check.witnesses).filter(([, is]) => !is);
  const changed = check.assumptions.filter(({ name, value }) => defaults.config[name] !== value);
  const others = check.assumptions.length - changed.length;
  const settings = [
    ...changed.map(({ name, value }) => `${name}=${value}`),
    `${others} ${changed.length > 0 ? "other " : ""}parameters at their defaults`,
  ].join(", ");
  const names = (of: typeof reached) => of.map(([name]) => name).join(", ");
  const sane = [
    ...(reached.length === 0 ? [] : [`reached: ${names(reached)}`]),
    ...(missing.length === 0
      ? []
      : [`${check.complete ? "NOT REACHED" : "not reached so far"}: ${names(missing)}`]),
  ];
  return [
    ...(trace === undefined || walks !== undefined
      ? []
      : hanging(
          "Confirmed ",
          `step by step on the reference machine, which breaks ${trace.rule} there.`,
          width,
        )),
    ...(check.audit === undefined ? [] : hanging("", `${auditText(check.audit)}.`, width)),
    ...(sane.length === 0 ? [] : hanging("Sanity checks ", `${sane.join("; ")}.`, width)),
    ...hanging(
      "Assumed: ",
      deviations.length === 0
        ? `${settings}.`
        : `${settings}; ${deviations.length} known deviations of the models.`,
      width,
    ),
  ];
}

/** What to do about a verdict that decides nothing: a command or options, and what they are for. */
function nextLines({ scenario, verdict, walks, diagnosis }: CheckDocument): [string, string][] {
  if (verdict === "vacuous") {
    return [[`pmucheck list scenario ${scenario}`, "what must be reached, and what can be set"]];
  }
  if (verdict !== "inconclusive") return [];
  if (walks !== undefined) {
    return [
      ["--walks N, --seed N", "more walks, or others"],
      [`pmucheck check ${scenario}`, "all executions, not some"],
    ];
  }
  const smaller = diagnosis?.reductions.find(({ states }) => states !== null);
  return [
    ["--max-states, --memory, --time", "more of what ran out"],
    [`pmucheck check ${scenario} --estimate`, "how many states there are"],
    ...(smaller === undefined
      ? []
      : [[`--set ${smaller.parameter}=${smaller.to}`, "a smaller state space"] satisfies [string, string]]),
    ["--simulate", "random walks: may find a violation"],
  ];
}

function moreLines({ check, defaults }: Finding, { width, style }: Screen): string[] {
  const { trace } = check;
  // What cannot go on, or goes on for ever, is not explained.
  const isExplained = trace?.loop === null && trace.rule !== "never-stuck";
  const lines = [
    ...nextLines(check),
    ...(isExplained ? [["pmucheck explain", "why it was inevitable, and what would have helped"]] : []),
    ...(trace === undefined ? [] : [["pmucheck show", "the steps (show --full: all of them)"]]),
    ["--full", trace === undefined ? "assumptions in words" : "every step, and assumptions in words"],
  ];
  const column = Math.max(16, ...lines.map(([command = ""]) => command.length));
  const told = lines.flatMap(([command = "", what = ""]) =>
    hanging(`${command.padEnd(column)}  `, what, width).map(style.faint),
  );
  // In one piece, so that it can be pasted.
  const replay = trace === undefined ? [] : [replayCommand(trace, defaults)];
  return [...told, ...replay];
}
