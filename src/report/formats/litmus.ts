/**
 * A trace as a litmus test with its result, in the shape that users of herd7, litmus7 and the kernel's memory
 * model know, and that their scripts read: a table of one column per CPU, a histogram, a closing `Observation` line.
 *
 * Source of the format: the litmus7 and herd7 manual (diy.inria.fr); tools/memory-model/litmus-tests in the kernel.
 *
 * What the words mean here. A state is one along the trace, N + 1 for N steps; the condition is that the property is
 * broken there, and Positive and Negative count the states in which it is and is not. So a violation closes with
 * `Sometimes 1 N`, and a path that breaks nothing with `Never 0 N+1`. It says nothing about other executions: that is
 * what `pmucheck check` is for. A loop breaks its property as a whole; that counts for the state that closes it. The
 * block is for reading and for scripts that judge; herd7 cannot run it, because rows are steps in their order.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { titleOf } from "../trace/text.js";
import { Truth } from "../trace/truth.js";
import { signalLines } from "./signals.js";

export function litmus(trace: TraceDocument): string {
  const { scenario, property, rule, config, loop } = trace;
  // A name of a test has no blanks.
  const driver = driverText(trace).replaceAll(" ", "");
  const name = [scenario, driver, config["irq"], property].filter((of) => of !== undefined).join("+");
  const broken = rule === "none" ? property : rule;
  const condition = `exists (${broken}=broken)`;
  const { histogram, positive, negative } = results(trace, broken);
  return [
    `pmucheck ${name}`,
    `"${titleOf(trace)}. ${trace.start}"`,
    "",
    ...initially(trace),
    "",
    ...table(trace),
    "",
    ...(loop === null ? [] : [`(* steps ${loop + 1} to ${trace.steps.length} repeat for ever *)`]),
    condition,
    "",
    `Test ${name} Allowed`,
    `Histogram (${histogram.length} states)`,
    ...histogram,
    positive > 0 ? "Ok" : "No",
    "",
    "Witnesses",
    `Positive: ${positive}, Negative: ${negative}`,
    `Condition ${condition} is ${positive > 0 ? "" : "NOT "}validated`,
    `Hash=${trace.hash}`,
    `Observation ${name} ${positive > 0 ? "Sometimes" : "Never"} ${positive} ${negative}`,
  ].join("\n");
}

function initially(trace: TraceDocument): string[] {
  const values = signalLines(trace).map(
    ({ name, cpu, values: [value] }) => `${cpu === null ? "" : `${cpu}:`}${name}=${value};`,
  );
  return ["{", ...values.map((value) => ` ${value}`), "}"];
}

function table({ cpus, steps, loop }: TraceDocument): string[] {
  const cells = steps.map((step, i) => ({ column: step.cpu ?? 0, text: ` ${i + 1} ${whatOf(step)} ` }));
  const width = (column: number) =>
    Math.max(6, ...cells.filter((of) => of.column === column).map(({ text }) => text.length));
  const row = (texts: readonly string[]) =>
    `${texts.map((text, column) => text.padEnd(width(column))).join("|")};`;
  return [
    row(Array.from({ length: cpus }, (_, cpu) => ` P${cpu}`)),
    ...cells.flatMap(({ column, text }, i) => [
      ...(i === loop ? ["(* from here on for ever *)"] : []),
      row(Array.from({ length: cpus }, (_, cpu) => (cpu === column ? text : ""))),
    ]),
  ];
}

/** What a step does, without the characters that end a cell or a row. */
function whatOf({ events, choice, process }: TraceStep): string {
  const done = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
  );
  const text = done.length > 0 ? done.join(", ") : choice === "" ? process : choice;
  return text.replaceAll("|", "/").replaceAll(";", ",");
}

/** The distinct states of the truth along the trace, how often each occurs, and in which the property is broken. */
function results({ rule, steps }: TraceDocument, broken: string) {
  const truth = new Truth();
  const concerned = steps.flatMap(({ observations }) =>
    observations.flatMap((of) => (of.kind === "crossing" || of.kind === "report" ? [of.event] : [])),
  );
  const events = [...new Set(concerned)].sort();
  const counts = new Map<string, number>();
  for (let at = 0; at <= steps.length; at++) {
    const step = steps[at - 1];
    if (step !== undefined) truth.take(step);
    const isBroken = rule !== "none" && at === steps.length;
    const tallies = events.map((event) => {
      const { crossings, reports } = truth.tallyOf(event);
      return `${event}:due=${crossings}; ${event}:reported=${reports}; `;
    });
    const state = `${isBroken ? "*>" : ":>"}${tallies.join("")}${broken}=${isBroken ? "broken" : "kept"};`;
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const positive = rule === "none" ? 0 : 1;
  const histogram = [...counts].map(([state, count]) => `${String(count).padEnd(6)}${state}`);
  return { histogram, positive, negative: steps.length + 1 - positive };
}
