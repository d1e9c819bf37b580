/**
 * The step that is looked at: what it does, in which functions, and what it changes.
 */
import type { TraceStep } from "../../trace/document.js";
import { Lines } from "../play/lines.js";
import type { Decided, StepSource } from "../play/page-document.js";
import { button, fill, make, panel, type Child } from "./dom.js";
import type { Session } from "./session.js";

const LEVELS = { task: "task", irq: "IRQ", nmi: "NMI" } as const;

export class StepView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #body = make("div");
  readonly #why: (name: string) => void;
  readonly #lines = new Lines();

  /** `why`: shows who wrote a value. */
  constructor(session: Session, why: (name: string) => void) {
    this.#session = session;
    this.#why = why;
    for (const entry of session.page.entries) this.#lines.learnEntry(entry);
    this.element = panel("This step", "step", [this.#body]);
  }

  show(): void {
    const { column, line } = this.#session;
    const step = line.trace.steps[column - 1];
    fill(this.#body, step === undefined ? [make("p", {}, [line.trace.start])] : this.#about(step, column));
  }

  #about(step: TraceStep, number: number): Child[] {
    const { scene, line, length } = this.#session;
    const who =
      step.cpu === null
        ? step.process
        : `CPU${step.cpu} ${step.level === null ? step.process : LEVELS[step.level]}`;
    const stack = scene.lanes
      .filter(({ cpu, ticks }) => cpu === step.cpu && ticks.some((tick) => tick.step === number))
      .flatMap(({ spans }) => spans.filter(({ from, to }) => from <= number && number <= to));
    const facts = line.facts?.steps[number - 1];
    const needed = needOf(scene.decided, number);
    return [
      make("p", { class: "place" }, [
        `Step ${number} of ${length} · ${who}`,
        needed === null ? null : make("span", { class: "tag" }, [needed]),
      ]),
      ...textsOf(step).map((text) => make("p", { class: "access" }, [text])),
      stack.length === 0
        ? null
        : make("p", { class: "stack", title: "the functions it is in, outermost first" }, [
            stack.map((span) => span.function).join(" › "),
          ]),
      sourceOf(step, facts && this.#lines.of(facts, facts.offers[step.index])),
      this.#changes(number),
      ...step.events.flatMap((event) =>
        event.kind === "leave" && event.ignored
          ? [
              make("p", { class: "marked" }, [
                `${event.function}() returns ${event.value}, and its caller ignores it`,
              ]),
            ]
          : [],
      ),
    ];
  }

  /** Signals too: they are what the picture shows. */
  #changes(number: number): HTMLElement {
    const { line } = this.#session;
    const signals = (line.trace.steps[number - 1]?.changes ?? []).map(({ signal, cpu, from, to }) =>
      row(cpu === null ? signal : `cpu${cpu} ${signal}`, from, to, null),
    );
    const writes = (line.facts?.steps[number - 1]?.writes ?? []).map(({ name, from, to }) =>
      row(
        name,
        from,
        to,
        button("why?", () => this.#why(name), { label: `why? who wrote ${name} last`, class: "link" }),
      ),
    );
    if (signals.length + writes.length === 0)
      return make("p", { class: "quiet" }, ["It changes nothing that can be seen."]);
    const head = make(
      "tr",
      {},
      ["value", "before", "after", "last writer"].map((text) => make("th", {}, [text])),
    );
    return make("table", {}, [make("thead", {}, [head]), make("tbody", {}, [...signals, ...writes])]);
  }
}

/** Whether the violation needs the step, as far as that is decided. */
function needOf(decided: Decided | null, number: number): string | null {
  if (decided?.needed.includes(number) === true) return "the violation needs this";
  return decided?.spare.includes(number) === true ? "it can happen without this" : null;
}

function row(name: string, from: string, to: string, ask: HTMLElement | null): HTMLElement {
  return make("tr", {}, [
    make("td", { class: "name" }, [name]),
    make("td", {}, [from]),
    make("td", {}, [to]),
    make("td", {}, [ask]),
  ]);
}

/** What anybody could see of it. */
function textsOf({ events, choice, process }: TraceStep): string[] {
  const texts = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
  );
  return texts.length > 0 ? texts : [choice === "" ? process : choice];
}

/** The line that makes the step: of the model, of the C, or of a C that the page does not have. */
function sourceOf({ events }: TraceStep, source: StepSource | undefined): HTMLElement | null {
  if (source !== undefined) {
    const { file, line, text } = source;
    return make("p", { class: "source", title: "the line that makes the step" }, [
      `${file}:${line}`,
      make("code", {}, [text]),
    ]);
  }
  const access = events.find((event) => event.kind === "access" && !event.local);
  if (access === undefined || !("at" in access) || access.at === undefined) return null;
  return make("p", { class: "source" }, [`${access.at.file}:${access.at.line}`]);
}
