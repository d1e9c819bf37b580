/**
 * A trace as a Mermaid sequence diagram: for GitHub and GitLab comments, slides, and the Mermaid live editor.
 *
 * Source of the format: Mermaid's documentation of sequenceDiagram (participant, messages, Note over, loop). A CPU and
 * every other process that moves is a participant. A step is a message: of a CPU to itself, with the function it is in;
 * of the hardware or the world to the CPU it is about. A note is what the step changed, or the truth about an event. Functions
 * entered and left have no place in it. A trace that ends in a loop ends in Mermaid's `loop`.
 *
 * Mermaid refuses more than 50,000 characters (its maxTextSize) unless it is configured otherwise; a trace of more than
 * a few hundred steps is better shown in another format.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { ending, titleOf } from "../trace/text.js";
import { Truth } from "../trace/truth.js";
import { spansOf, type SpanEvent } from "./spans.js";

export function mermaid(trace: TraceDocument): string {
  const { scenario, cpus, steps, loop } = trace;
  const driver = driverText(trace);
  const cpuNames = Array.from({ length: cpus }, (_, cpu) => `cpu${cpu}`);
  const others = [...new Set(steps.map(({ process }) => process))].filter((name) => !cpuNames.includes(name));
  const everybody = cpus === 1 ? "cpu0" : `cpu0,cpu${cpus - 1}`;
  const spans = spansOf(trace);
  const truth = new Truth();
  return [
    "sequenceDiagram",
    `  %% pmucheck ${scenario}, ${driver}, Hash=${trace.hash}`,
    ...cpuNames.map((name, cpu) => `  participant ${name} as CPU${cpu}`),
    ...others.map((name) => `  participant ${idOf(name)} as ${textOf(name)}`),
    `  Note over ${everybody}: ${textOf(`${scenario}, ${driver}: ${titleOf(trace)}`)}`,
    `  Note over ${everybody}: ${textOf(trace.start)}`,
    ...steps.flatMap((step, i) => [
      ...(i === loop ? ["  loop for ever"] : []),
      ...messages(step, i + 1, spans.steps[i] ?? []),
      ...truth.take(step).map(({ text, wrong }) => note(everybody, wrong ? `*** ${text} ***` : text)),
    ]),
    ...(loop === null ? [] : ["  end"]),
    note(everybody, ending(trace)),
    ...(trace.epilogue === null ? [] : [note(everybody, trace.epilogue)]),
  ].join("\n");
}

function messages(step: TraceStep, number: number, events: readonly SpanEvent[]): string[] {
  const from = idOf(step.process);
  const to = step.cpu === null ? from : `cpu${step.cpu}`;
  const level = step.level === "irq" ? "h" : step.level === "nmi" ? "n" : "";
  const done = events.flatMap((event) => {
    if (event.kind === "open" || event.kind === "close" || event.local) return [];
    return [
      event.within === null || event.kind === "hardware" ? event.text : `${event.text} (${event.within})`,
    ];
  });
  const text = done.length === 0 ? step.choice : done.join(", ");
  const changes = step.changes.filter(({ headline }) => headline);
  return [
    `  ${from}->>${to}: ${textOf(`${number}${level} ${text}`)}`,
    ...changes.map((change) =>
      note(change.cpu === null ? to : `cpu${change.cpu}`, `${change.signal} ${change.from} -> ${change.to}`),
    ),
  ];
}

function note(over: string, text: string): string {
  return `  Note over ${over}: ${textOf(text)}`;
}

/** A participant's name: Mermaid takes letters, digits and underscores without quoting; `end` is a word of its own. */
function idOf(process: string): string {
  return /^[A-Za-z]\w*$/.test(process) && process !== "end"
    ? process
    : `p_${process.replace(/\W/g, (of) => `_${of.codePointAt(0)}_`)}`;
}

/** Text on one line, with the characters that Mermaid would read as its own as entities. */
function textOf(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[#;<]/g, (of) => `#${of.codePointAt(0)};`);
}
