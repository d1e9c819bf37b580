/**
 * A trace as the lines of /sys/kernel/tracing/trace: for kernel developers, who read those all day, and for diffing against a
 * capture with function_graph and trace_printk.
 *
 *        TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
 *           T-1       [000] d..1.  0.000034: funcgraph_entry:  |  armv8pmu_disable_intens(1) {
 *           T-1       [000] d..1.  0.000034: armv8pmu_disable_intens: PMINTENCLR = 0x1
 *
 * Source of the format: Documentation/trace/ftrace.rst; function_graph events as `trace-cmd report` spells them.
 * Read by people, grep and awk; trace viewers that take ftrace text show the lines as plain events.
 *
 * A timestamp is a step number, in microseconds. A PID is a task's order of appearance. Of the flags irqs-off (`d`),
 * hard IRQ (`h`) and NMI (`z`) are known; the others are always `.`: they are not modelled. A loop is in comments.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { ending, traceLine } from "../trace/text.js";
import { Truth } from "../trace/truth.js";
import { numberIn, signalLines, type SignalLine } from "./signals.js";
import { currentTasks, shownArguments, spansOf, switchedTo, type SpanEvent } from "./spans.js";

const HEADER = [
  "#                                _-----=> irqs-off",
  "#                               / _----=> need-resched (not modelled)",
  "#                              | / _---=> hardirq/softirq",
  "#                              || / _--=> preempt-depth (not modelled)",
  "#                              ||| / _-=> migrate-disable (not modelled)",
  "#           TASK-PID     CPU#  |||||  STEP        FUNCTION",
];

/** An ICC_PMR of this and below masks ordinary interrupts (GIC_PRIO_IRQOFF, arch/arm64/include/asm/ptrace.h). */
const PMR_MASKS_IRQS = 0x60n;

export function ftrace(trace: TraceDocument): string {
  const lines = new Lines(trace);
  const spans = spansOf(trace);
  const truth = new Truth();
  for (const { cpu, function: name } of spans.before) {
    lines.add(
      0,
      cpu,
      undefined,
      `funcgraph_entry:                   |  ${name}() { /* on the stack before */`,
    );
  }
  trace.steps.forEach((step, i) => {
    if (i === trace.loop) lines.comment("from here on for ever:");
    lines.takeStep(step, i + 1, spans.steps[i] ?? []);
    for (const { wrong, text } of truth.take(step)) {
      lines.add(i + 1, step.cpu, step, `truth: ${text}${wrong ? " ***" : ""}`);
    }
  });
  const end =
    trace.loop === null
      ? []
      : [`# and again from step ${trace.loop + 1}: the trace shows one turn of the loop`];
  return [
    "# tracer: nop",
    "#",
    `# ${traceLine(trace)}, Hash=${trace.hash}`,
    `# entries-in-buffer/entries-written: ${lines.entries}/${lines.entries}   #P:${trace.cpus}`,
    "#",
    ...HEADER,
    ...lines.text,
    ...end,
    `# ${ending(trace)}`,
  ].join("\n");
}

class Lines {
  readonly text: string[] = [];
  entries = 0;
  readonly #current: string[];
  readonly #pids = new Map<string, number>();
  readonly #signals: readonly SignalLine[];
  readonly #depth: number[];
  /** The task that runs once the functions of the task before are closed. */
  #next: { readonly cpu: number; readonly task: string } | undefined;

  constructor(trace: TraceDocument) {
    this.#current = currentTasks(trace);
    this.#signals = signalLines(trace);
    this.#depth = this.#current.map(() => 0);
  }

  takeStep(step: TraceStep, number: number, all: readonly SpanEvent[]): void {
    const events = all.filter((event) => !("local" in event && event.local));
    events.forEach((event, i) => {
      if (this.#next !== undefined && !(event.kind === "close" && event.how === "suspended")) {
        this.#current[this.#next.cpu] = this.#next.task;
        this.#next = undefined;
      }
      switch (event.kind) {
        case "open": {
          const call = `${event.function}(${shownArguments(event).join(", ")})`;
          const after = events[i + 1];
          const isLeaf = after?.kind === "close" && after.function === event.function;
          const note = event.resumed ? " /* resumed */" : "";
          if (!isLeaf) this.#graph(number, step, "funcgraph_entry", `${call} {${note}`);
          this.#depth[event.cpu] = (this.#depth[event.cpu] ?? 0) + 1;
          break;
        }
        case "close": {
          this.#depth[event.cpu] = Math.max(0, (this.#depth[event.cpu] ?? 0) - 1);
          const before = events[i - 1];
          const result = event.value === null ? "" : ` = ${event.value}${event.ignored ? " (ignored)" : ""}`;
          if (before?.kind === "open" && before.function === event.function) {
            const args = shownArguments(before).join(", ");
            this.#graph(number, step, "funcgraph_entry", `${event.function}(${args});${comment(result)}`);
            break;
          }
          const how = event.how === "returns" ? result : ` ${event.how}`;
          this.#graph(number, step, "funcgraph_exit", `} /* ${event.function}${how} */`);
          break;
        }
        default: {
          const by = event.kind === "access" ? event.within : null;
          this.add(number, step.cpu, step, `${by ?? step.process}: ${event.text}`);
          const task = event.kind === "access" ? switchedTo(step) : undefined;
          if (task !== undefined && step.cpu !== null) this.#next = { cpu: step.cpu, task };
          break;
        }
      }
    });
    for (const { signal, cpu, headline, from, to } of step.changes) {
      if (headline) this.add(number, cpu ?? step.cpu, step, `signal: ${signal} ${from} -> ${to}`);
    }
  }

  /** A line at a step, in the context that the CPU was in before it. */
  add(number: number, cpu: number | null, step: TraceStep | undefined, text: string): void {
    const task = this.#current[cpu ?? 0] ?? "<...>";
    const pid = this.#pids.get(task) ?? this.#pids.size + 1;
    this.#pids.set(task, pid);
    const name = `${task.replaceAll(" ", "_")}-${pid}`.padStart(16);
    const where = `[${String(cpu ?? 0).padStart(3, "0")}]`;
    const time = (number / 1e6).toFixed(6).padStart(12);
    this.text.push(`${name.padEnd(24)} ${where} ${this.#flags(number, cpu ?? 0, step)} ${time}: ${text}`);
    this.entries++;
  }

  comment(text: string): void {
    this.text.push(`# ${text}`);
  }

  #graph(number: number, step: TraceStep, event: string, text: string): void {
    const indent = "  ".repeat(this.#depth[step.cpu ?? 0] ?? 0);
    this.add(number, step.cpu, step, `${`${event}:`.padEnd(35)}|  ${indent}${text}`);
  }

  #flags(number: number, cpu: number, step: TraceStep | undefined): string {
    const valueOf = (name: string) =>
      this.#signals.find((of) => of.name === name && of.cpu === cpu)?.values[Math.max(0, number - 1)];
    const mask = numberIn(valueOf("ICC_PMR") ?? "");
    const masked = valueOf("PSTATE.I") === "1" || (mask !== undefined && mask <= PMR_MASKS_IRQS);
    const level = step?.cpu === cpu ? step.level : null;
    return `${masked ? "d" : "."}.${level === "irq" ? "h" : level === "nmi" ? "z" : "."}..`;
  }
}

function comment(result: string): string {
  return result === "" ? "" : ` /*${result} */`;
}
