/**
 * Logs of what a kernel did: one line, one entry.
 *
 * Read are the text of tracefs (`trace`), of `trace-cmd report` and of `perf script`; in all of them an entry is
 *
 *   TASK-PID  [CPU]  flags  SECONDS:  EVENT: ...
 *
 * with small differences. Comments say what a log cannot say of itself; `npm run real-kernel -- --record` writes them:
 *
 *   # sampled tasks: 71               the tasks whose events are sampled, in the scenario's order
 *   # functions: armpmu_start ...     what the tracer could see: a function that is inlined is not among them
 *   # returns: armpmu_event_set_period
 *   # inlined: armv8pmu_stop@armv8pmu_handle_irq     in this caller, though not in others
 *   # scenario: one-cpu
 */
import { PmucheckError } from "../spec/errors.js";
import { printable } from "../spec/printable.js";

/** What an entry says. */
export type Happening =
  | { readonly kind: "enter"; readonly function: string }
  /** `value` as a C int; undefined if the log does not tell it. */
  | { readonly kind: "return"; readonly function: string; readonly value: number | undefined }
  | { readonly kind: "switch"; readonly prev: number; readonly next: number }
  /** Anything else that is traced: interrupts by number, IPIs, other events. */
  | { readonly kind: "other"; readonly event: string };

export interface LogEntry {
  /** In the file; 1 is the first. */
  readonly line: number;
  readonly text: string;
  readonly cpu: number;
  readonly pid: number;
  readonly what: Happening;
}

export interface Log {
  readonly entries: readonly LogEntry[];
  /** Of the comments; undefined where there is no such comment. */
  readonly sampled: readonly number[] | undefined;
  readonly functions: readonly string[] | undefined;
  readonly returns: readonly string[] | undefined;
  readonly inlined: readonly string[] | undefined;
  readonly scenario: string | undefined;
}

/** `init-71 [000] d..2. 5.123: rest`; perf script has a space for the hyphen, and trace-cmd no flags. */
const ENTRY =
  /^\s*(?:.*?\S)[-\s]+(\d+)(?:\/\d+)?\s+(?:\([\s\d-]+\)\s+)?\[(\d+)\]\s+(?:\S{4,8}\s+)?\d+\.\d+:\s+(.*)$/;

/** Throws PMC161 if no line is an entry, or if events were lost. */
export function readLog(text: string, file: string): Log {
  const entries: LogEntry[] = [];
  const comments = new Map<string, readonly string[]>();
  for (const [at, written] of text.split(/\r?\n/).entries()) {
    const line = printable(written.replaceAll("\t", " "));
    const comment = /^#\s*(sampled tasks|functions|returns|inlined|scenario):\s*(.*)$/.exec(line);
    if (comment !== null) comments.set(comment[1] ?? "", (comment[2] ?? "").split(/[\s,]+/).filter(Boolean));
    if (/LOST \d+ EVENTS|^CPU:\d+ \[(?:LOST|EVENTS DROPPED)/.test(line)) {
      throw new PmucheckError(
        "PMC161",
        `${file}:${at + 1}: the tracer lost events here: record again with a larger buffer (buffer_size_kb)`,
      );
    }
    const entry = line.startsWith("#") ? undefined : entryOf(line, at + 1);
    if (entry !== undefined) entries.push(entry);
  }
  if (entries.length === 0) {
    throw new PmucheckError(
      "PMC161",
      `${file} has no line like 'TASK-PID [CPU] SECONDS: EVENT': give the text of tracefs, trace-cmd report or perf script`,
    );
  }
  return {
    entries,
    sampled: comments.get("sampled tasks")?.map(Number),
    functions: comments.get("functions"),
    returns: comments.get("returns"),
    inlined: comments.get("inlined"),
    scenario: comments.get("scenario")?.[0],
  };
}

function entryOf(line: string, at: number): LogEntry | undefined {
  const match = ENTRY.exec(line);
  if (match === null) return undefined;
  const [, pid, cpu, rest = ""] = match;
  return { line: at, text: line.trim(), pid: Number(pid), cpu: Number(cpu), what: happeningOf(rest.trim()) };
}

function happeningOf(rest: string): Happening {
  return (
    switchOf(rest) ??
    returnOf(rest) ??
    enterOf(rest) ?? { kind: "other", event: rest.split(/[\s:]/)[0] ?? "" }
  );
}

/** `sched_switch: prev_comm=.. prev_pid=71 .. ==> next_comm=.. next_pid=72 ..`; trace-cmd: `init:71 [120] R ==> b:72 [49]`. */
function switchOf(rest: string): Happening | undefined {
  const match =
    /^(?:sched:)?sched_switch:.*?prev_pid=(\d+).*?next_pid=(\d+)/.exec(rest) ??
    /^(?:sched:)?sched_switch:\s+.*?:(\d+) \[.*?==> .*?:(\d+) \[/.exec(rest);
  return match === null ? undefined : { kind: "switch", prev: Number(match[1]), next: Number(match[2]) };
}

/** A kretprobe: `NAME: (CALLER <- FUNCTION) ret=0x1`; perf: `probe:FUNCTION__return: (.. <- ..) arg1=0x1`. */
function returnOf(rest: string): Happening | undefined {
  const match = /^(?:\w+:)?(\w+?)(?:__return)?: \(\S+ <- ([\w.]+)\)(?:.*?=(0x[\da-f]+|-?\d+))?/.exec(rest);
  if (match === null) return undefined;
  const [, probe = "", address = "", value] = match;
  // perf gives addresses where tracefs gives symbols; then the probe is named after the function.
  const name = /^[\da-f]{8,}$/.test(address) ? probe : address.replace(/\+0x.*$/, "");
  return { kind: "return", function: name, value: value === undefined ? undefined : int(value) };
}

/** `FUNCTION <-CALLER`, `function: FUNCTION <-- CALLER`, `probe:FUNCTION: (address)`. */
function enterOf(rest: string): Happening | undefined {
  const match = /^(?:function:\s+)?([\w.]+) <--?\s*\S+$/.exec(rest) ?? /^probe:(\w+): \(\S+\)/.exec(rest);
  // GCC's copies of a function (`f.isra.0`, `f.part.0`) are the function.
  return match === null ? undefined : { kind: "enter", function: (match[1] ?? "").replace(/\..*$/, "") };
}

/** The low 32 bits, signed: what a C int is in a 64-bit register. */
function int(text: string): number {
  return Number(BigInt.asIntN(32, BigInt(text)));
}
