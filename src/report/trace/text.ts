/**
 * A verdict as text: the verdict in one line, then everything it rests on.
 *
 * Byte-identical for equal verdicts: no durations, no memory, nothing that depends on the machine.
 */
import { whereChecked } from "../subject.js";
import type {
  AuditDocument,
  CheckDocument,
  CheckpointDocument,
  TraceDocument,
  WalksDocument,
} from "../../trace/document.js";
import { columns, WIDTH, type ColumnsView } from "./columns.js";
import { diagnosisText } from "../estimate-text.js";
import { grouped } from "../numbers.js";
import { encodePath } from "./path.js";
import { kernelLines } from "../kernel.js";
import { shellQuoted } from "./replay-command.js";
import { shortestText } from "./shortest.js";
import { PLAIN, type Screen } from "../screen.js";
import { colouredVerdict } from "../verdict-colour.js";
import { hanging, headline, paragraph } from "../wrap.js";

/** The first line: it says everything and is stable. */
export function verdictLine(check: CheckDocument): string {
  const where = whereChecked(check);
  switch (check.verdict) {
    case "violated":
      return `pmucheck: ${[check.property, "VIOLATED", ...violation(check.trace)].join(" ")}: ${where}`;
    case "holds":
      return `pmucheck: ${check.property} HOLDS: ${where}`;
    case "inconclusive":
    case "vacuous":
    case "error":
      return `pmucheck: ${check.property} ${check.verdict.toUpperCase()}, ${check.reason}: ${where}`;
  }
}

/** The line that a screen begins with. It is broken to the width; a single line for programs is {@link verdictLine}. */
export function verdictHead(check: CheckDocument, { width, style }: Screen): string {
  const lines = headline(verdictLine(check), width).join("\n");
  return colouredVerdict(lines, check.verdict, style);
}

function violation(trace: TraceDocument | undefined): readonly string[] {
  return trace === undefined ? [] : [whereBroken(trace)];
}

/** Which rule of the property breaks, if it has several, and where. */
export function whereBroken({ rule, property, steps, loop }: TraceDocument): string {
  if (rule === "none") return "not broken along this path";
  const name = rule === property ? "" : `(${rule}) `;
  return loop === null
    ? `${name}at step ${steps.length}`
    : `${name}by repeating steps ${loop + 1} to ${steps.length}`;
}

/** The verdict on a trace in a line, for the formats of traces. */
export function traceLine(trace: TraceDocument): string {
  return `pmucheck: ${titleOf(trace)}: ${whereChecked(trace)}`;
}

/** What a trace is about, in a line. */
export function titleOf(trace: TraceDocument): string {
  return `${trace.property}: ${trace.rule === "none" ? "" : "violated "}${whereBroken(trace)}`;
}

/** The whole report, without a final newline: for a screen, or for a file, in which each line begins with what it says. */
export function verdictText(check: CheckDocument, screen?: Screen): string {
  const width = screen?.width ?? WIDTH;
  const broken = (text: string): string[] => (screen === undefined ? [text] : searchedLines(text, width));
  return [
    screen === undefined ? verdictLine(check) : verdictHead(check, screen),
    "",
    paragraph(check.sentence, width, "  "),
    ...(check.trace === undefined ? [] : ["", traceText(check.trace, screen)]),
    "",
    ...(check.kernel === undefined
      ? []
      : kernelLines(check.kernel).flatMap(([head, text]) => hanging(`${head} `, text, width))),
    assumptionsText(check, width),
    ...broken(explored(check)),
    ...(check.audit === undefined ? [] : broken(auditText(check.audit))),
    ...shortestText(check, width),
    ...(check.diagnosis === undefined ? [] : [diagnosisText(check.diagnosis, screen && width)]),
    ...(check.checkpoint === undefined ? [] : [checkpointText(check.checkpoint, screen && width)]),
    check.trace === undefined ? `Hash=${check.hash}` : replayLine(check.trace),
  ].join("\n");
}

/** What was searched, in lines for a screen. What random walks did is said in several, one of which is to be pasted. */
export function searchedLines(text: string, width: number): string[] {
  return text
    .split("\n")
    .flatMap((line) =>
      line.startsWith("fast-check:") ? [line] : hanging(/^ */.exec(line)?.[0] ?? "", line.trimStart(), width),
    );
}

/** What the verdict rests on, in words. */
export function assumptionsText(check: CheckDocument, width: number): string {
  return [
    ...headed(
      "Assumptions:",
      check.assumptions.flatMap(({ name, value, meaning }) => item(`${name}=${value}`, meaning, width)),
    ),
    ...headed(
      "Witnesses:",
      Object.entries(check.witnesses).map(
        ([name, reached]) => `  ${name.padEnd(22)}${reached ? "reached" : missing(check)}`,
      ),
    ),
    ...headed(
      "Not modelled:",
      check.notModelled.flatMap((text) => hanging("  - ", text, width)),
    ),
    ...(check.deviations.length === 0
      ? []
      : ["Deviations (pmucheck list deviations):", paragraph(check.deviations.join(", "), width, "  ")]),
  ].join("\n");
}

/** A heading and what is below it; nothing if there is nothing. */
function headed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}

export function checkpointText(
  { file, states, depth, resume }: CheckpointDocument,
  width = Infinity,
): string {
  const what = `${file} (${grouped(states)} states, depth ${depth}); go on with:`;
  return [...hanging("Checkpoint: ", what, width), `  ${resume}`].join("\n");
}

/** The trace and how it ends. */
export function traceText(trace: TraceDocument, view: ColumnsView = {}): string {
  const { width = WIDTH, style = PLAIN } = view;
  return [
    paragraph(trace.start, width, ""),
    "",
    columns(trace, view),
    "",
    ...hanging("", ending(trace), width).map(trace.rule === "none" ? style.strong : style.bad),
    ...(trace.epilogue === null ? [] : [trace.epilogue]),
  ].join("\n");
}

/** The command that shows the trace again, fit for pasting into a shell. */
export function replayLine(trace: TraceDocument): string {
  const { irq, ...settings } = trace.config;
  const sets = Object.entries(settings).map(([name, value]) => `--set ${name}=${value}`);
  return [
    `replay: pmucheck replay --scenario ${shellQuoted(trace.scenario)} --driver ${shellQuoted(trace.driver)} --property ${trace.property}`,
    ...(trace.fix === undefined ? [] : [`--fix ${shellQuoted(trace.fix)}`]),
    ...(irq === undefined ? [] : [`--irq ${irq}`]),
    ...sets,
    `--hash ${trace.hash}`,
    `--path ${encodePath(trace.steps.map(({ index }) => index))}`,
    ...(trace.loop === null ? [] : [`--loop ${trace.loop}`]),
    `# Hash=${trace.hash}`,
  ].join(" ");
}

/** The last line of a trace: what is wrong. */
export function ending({ rule, loop, steps }: TraceDocument): string {
  if (rule === "none") return "No rule is broken along this path.";
  if (loop === null) return ENDINGS[rule] ?? `*** ${rule} is broken ***`;
  const never = NEVERS[rule] ?? `${rule} is broken`;
  return `*** ${never}: steps ${loop + 1} to ${steps.length} can repeat for ever ***`;
}

const NEVERS: Readonly<Record<string, string>> = {
  "eventually-delivered": "OVERFLOW NEVER REPORTED",
  "line-eventually-low": "LINE NEVER LOW",
  "no-interrupt-storm": "INTERRUPT STORM",
  "signal-follows": "SIGNAL NEVER SENT",
};

const ENDINGS: Readonly<Record<string, string>> = {
  "no-loss": "*** OVERFLOW LOST: the event crossed again, its last crossing unreported ***",
  "no-duplicate": "*** FALSE OVERFLOW: a report, and no crossing that was waiting for it ***",
  "count-conservation": "*** COUNT LOST: the event is stopped, and its count is not what was counted ***",
  "never-stuck": "*** STUCK: nothing can happen any more ***",
};

/** How much was searched. */
export function explored(check: CheckDocument): string {
  const { states, transitions, depth, complete, walks, reductions = [] } = check;
  if (walks !== undefined) return walked(check, walks);
  const how = complete ? "complete" : check.verdict === "violated" ? "up to the violation" : "not complete";
  return `Explored: ${grouped(states)} states, ${grouped(transitions)} transitions, depth ${depth}, ${[how, ...(reductions.length > 0 ? ["reduced"] : [])].join(", ")}`;
}

/** What was made again to check the search. */
export function auditText({ mode, states, transitions }: AuditDocument): string {
  if (mode === "off") return "Audited: nothing";
  const counts = `${grouped(states)} states and ${grouped(transitions)} transitions`;
  return `Audited: ${mode === "full" ? "all, " : ""}${counts} again by the reference runtime`;
}

function walked(
  { transitions, trace }: CheckDocument,
  { walks, maxSteps, seed, path, found }: WalksDocument,
) {
  const lines = [
    `Random walks: ${grouped(walks)} of at most ${grouped(maxSteps)} steps, ${grouped(transitions)} steps in all`,
    "  (visits of states, which may be the same ones again and again)",
    ...(trace === undefined
      ? []
      : [`Shrunk: from ${found} steps to ${trace.steps.length}; not always the shortest`]),
    `fast-check: --simulate --steps ${maxSteps} --seed ${seed}${path === null ? "" : ` --walk-path ${path}`}`,
  ];
  return lines.join("\n");
}

function missing(check: CheckDocument): string {
  return check.complete ? "NOT REACHED" : "not reached so far";
}

function item(name: string, text: string, width: number): string[] {
  return hanging(`  ${name.padEnd(18)}`, text, width);
}
