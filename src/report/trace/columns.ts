/**
 * A trace in CPU columns, the way lockdep and lore mails show interleavings: one column per CPU, at most 75 wide if nothing
 * else is said.
 *
 *   step  CPU0                              CPU1
 *   ----  ----                              ----
 *         arm_pmu.c: > armpmu_stop(A,PERF_EF_UPDATE)        functions entered, and their file
 *     63  PMOVSCLR = 0x1                                    an access: one step
 *     64  PMINTENCLR = 0x1   arm_pmuv3.c:724                if it is C: the line that makes it
 *         ~ PMOVS 0x1 -> 0x0                                what it changed in the hardware
 *         < armv8pmu_disable_intens                         functions left, with what they return
 *         <- point of no return: ...                        why the step matters, where that is known
 *    71h  ICC_EOIR1 = 0                                     h: in a hard IRQ, n: in an NMI
 *         == A: overflow 1 is due, 0 reported ==            the truth about the event
 *
 * Functions that make no access are left out. Knows trace documents only.
 */
import type { SourceLine } from "../../spec/kernel-function.js";
import type { TraceDocument, TraceEvent, TraceLandmarks, TraceStep } from "../../trace/document.js";
import { FunctionFiles } from "./files.js";
import { PLAIN, type Style } from "../screen.js";
import { marksOf } from "./marks.js";
import { Truth } from "./truth.js";
import { hanging, wrap } from "../wrap.js";

export const WIDTH = 75;
const MARGIN = 6;
const INDENT = " ";
const LEVEL_MARKS = { task: " ", irq: "h", nmi: "n" } as const;

/** Which steps are shown, by number (1 is the first); the others are folded into a line that counts them. */
export type IsShown = (step: TraceStep, number: number) => boolean;

/** What of a trace is shown, and how wide. */
export interface ColumnsView {
  /** All steps if absent. */
  readonly isShown?: IsShown | undefined;
  /** {@link WIDTH} if absent. */
  readonly width?: number;
  /** The steps that are marked with why they matter. */
  readonly landmarks?: TraceLandmarks | undefined;
  /** Plain if absent. */
  readonly style?: Style;
}

/** The lines of a trace, without a final newline. */
export function columns(
  trace: TraceDocument,
  { isShown = () => true, width: whole = WIDTH, landmarks, style = PLAIN }: ColumnsView = {},
): string {
  const width = Math.floor((whole - MARGIN) / trace.cpus);
  const cpus = Array.from({ length: trace.cpus }, (_, cpu) => `CPU${cpu}`);
  const header = (margin: string, cells: readonly string[]) =>
    `${margin}  ${cells.map((text) => text.padEnd(width)).join("")}`.trimEnd();
  const aside = (text: string) => hanging(banner(""), text, whole);
  const truth = new Truth();
  const files = new FunctionFiles(trace);
  return [
    header("step", cpus),
    header(
      "----",
      cpus.map((name) => "-".repeat(name.length)),
    ),
    ...runs(trace.steps, isShown).flatMap(({ steps, first, shown }) =>
      shown
        ? steps.flatMap((step, i) => [
            ...(first + i - 1 === trace.loop ? aside("== from here on for ever ==").map(style.strong) : []),
            ...stepLines(step, first + i, width, files),
            ...truth.take(step).flatMap(({ wrong, text }) => {
              const mark = wrong ? "***" : "==";
              return aside(`${mark} ${text} ${mark}`).map(wrong ? style.bad : style.strong);
            }),
            ...marksOf(trace, landmarks, first + i).flatMap((mark) =>
              hanging(`${banner("")}<- `, mark, whole).map(style.open),
            ),
          ])
        : [style.faint(foldLine(steps, first, truth))],
    ),
    ...(trace.loop === null ? [] : aside(`== and again from step ${trace.loop + 1} ==`).map(style.strong)),
  ].join("\n");
}

/** Steps one after the other that are all shown, or all folded. */
interface Run {
  readonly steps: TraceStep[];
  /** The number of the first of them. */
  readonly first: number;
  readonly shown: boolean;
}

function runs(steps: readonly TraceStep[], isShown: IsShown): readonly Run[] {
  const made: Run[] = [];
  for (const [i, step] of steps.entries()) {
    const shown = isShown(step, i + 1);
    const last = made.at(-1);
    if (last?.shown === shown) last.steps.push(step);
    else made.push({ steps: [step], first: i + 1, shown });
  }
  return made;
}

/** What is due and reported counts on in steps that are not shown. */
function foldLine(steps: readonly TraceStep[], first: number, truth: Truth): string {
  for (const step of steps) truth.take(step);
  const last = first + steps.length - 1;
  const cpus = [...new Set(steps.flatMap(({ cpu }) => (cpu === null ? [] : [`CPU${cpu}`])))].sort();
  const on = cpus.length === 0 ? "" : ` of ${cpus.join(" and ")}`;
  const range = first === last ? String(first) : `${first}-${last}`;
  return banner(`... ${steps.length} ${steps.length === 1 ? "step" : "steps"}${on} (--steps ${range})`);
}

function stepLines(step: TraceStep, number: number, width: number, files: FunctionFiles): string[] {
  const room = width - 1;
  const lines = (words: readonly string[], margin = "") =>
    wrap(words, room, INDENT).map((line, i) => cell(i === 0 ? margin : "", step.cpu, line, width));
  const margin = `${number}${LEVEL_MARKS[step.level ?? "task"]}`;
  const headlines = step.changes.filter(({ headline }) => headline);
  const changes = headlines.map(({ signal, from, to }) => `${signal} ${from} -> ${to}`).join(", ");
  return groups(withoutPrivateCalls(step.events), room - INDENT.length, files).flatMap(({ words, joins }) =>
    joins === undefined
      ? [...lines(words, margin), ...(changes === "" ? [] : lines(["~", ...changes.split(" ")]))]
      : lines(words),
  );
}

/**
 * Leaves out what no other context can see: private accesses, and functions that made no others; and the vector that an
 * exception enters, because its own line says it.
 */
function withoutPrivateCalls(events: readonly TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  for (const event of events) {
    if (event.kind === "access" && event.local) continue;
    if (event.kind === "enter" && kept.some(({ kind }) => kind === "hardware")) continue;
    if (event.kind === "leave" && kept.at(-1)?.kind === "enter") kept.pop();
    else kept.push(event);
  }
  return kept;
}

interface Group {
  /** What may not be broken over two lines, unless it is longer than a line. */
  readonly words: string[];
  /** Functions of one file entered one after another share a line, and so do functions left; an access has its own. */
  readonly joins: string | undefined;
}

function groups(events: readonly TraceEvent[], room: number, files: FunctionFiles): Group[] {
  const made: Group[] = [];
  for (const event of events) {
    const file = event.kind === "enter" ? files.of(event.function) : undefined;
    const joins = event.kind === "enter" || event.kind === "leave" ? `${event.kind} ${file}` : undefined;
    const last = made.at(-1);
    if (joins !== undefined && last?.joins === joins) last.words.push(...wordsOf(event, room));
    else made.push({ words: [...(file === undefined ? [] : [`${file}:`]), ...wordsOf(event, room)], joins });
  }
  return made;
}

function wordsOf(event: TraceEvent, room: number): string[] {
  switch (event.kind) {
    case "enter": {
      // Registers saved by an exception are data for the machine, not for the reader.
      const args = event.arguments.filter((argument) => !argument.startsWith("{")).join(",");
      const spellings = args === "" ? [] : [`(${args})`, "(..)"];
      return [
        `> ${event.function}${spellings.find((text) => `> ${event.function}${text}`.length <= room) ?? ""}`,
      ];
    }
    case "leave":
      if (event.value === null) return [`< ${event.function}`];
      return [`< ${event.function}`, `= ${event.value}`, ...(event.ignored ? ["(ignored)"] : [])];
    case "access":
      return [...event.text.split(" "), ...(event.at === undefined ? [] : [`  ${shortPlace(event.at)}`])];
    case "hardware":
      return event.text.split(" ");
  }
}

/** `arm_pmuv3.c:724`: the folder is in the document. */
function shortPlace({ file, line }: SourceLine): string {
  return `${file.split("/").at(-1)}:${line}`;
}

/** A line that is about no CPU. */
function banner(text: string): string {
  return `${" ".repeat(MARGIN)}${text}`;
}

/** One line of one CPU's column; steps of no CPU stand in the first. */
function cell(margin: string, cpu: number | null, text: string, width: number): string {
  return `${margin.padStart(MARGIN - 1)} ${" ".repeat((cpu ?? 0) * width)}${text}`.trimEnd();
}
