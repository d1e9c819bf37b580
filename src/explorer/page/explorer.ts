/**
 * The explorer: the picture and the panels below it, and what follows when another step or another path is looked at.
 */
import { driverText } from "../../report/subject.js";
import { titleOf } from "../../report/trace/text.js";
import { CompareView } from "./compare-view.js";
import { button, choice, make } from "./dom.js";
import { FixView } from "./fix-view.js";
import { LessonView } from "./lesson-view.js";
import { listen, type Action } from "./keys.js";
import { Oracle } from "./oracle.js";
import { PictureView } from "./picture-view.js";
import { PlayView } from "./play-view.js";
import type { Shown } from "../picture/scene.js";
import type { Session } from "./session.js";
import { Share } from "./share.js";
import { StepView } from "./step-view.js";
import { StoryView } from "./story-view.js";
import { WhyView } from "./why-view.js";

export class Explorer {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #picture: PictureView;
  readonly #compare: CompareView;
  readonly #story: StoryView;
  readonly #step: StepView;
  readonly #why: WhyView;
  readonly #play: PlayView;
  readonly #fix: FixView;
  readonly #lesson: LessonView;
  readonly #share: Share;
  readonly #header = make("header");
  readonly #signals = make("details", { class: "signals" });
  readonly #help = make("dialog", { label: "keys" });
  readonly #place = make("output", { class: "position" });

  constructor(session: Session) {
    this.#session = session;
    this.#picture = new PictureView(session.scene, "the picture, along its steps", (column) =>
      session.goTo(column),
    );
    this.#compare = new CompareView(session, this.#picture);
    this.#story = new StoryView(session);
    this.#why = new WhyView(session);
    this.#step = new StepView(session, (name) => this.#why.ask(name));
    const oracle = new Oracle();
    this.#play = new PlayView(session, oracle);
    this.#fix = new FixView(session, oracle);
    this.#lesson = new LessonView(session);
    this.#share = new Share(session, () => this.#picture.shown);
    const actions = this.#actions();
    this.#help.append(
      keysTable(actions),
      button("Close", () => this.#help.close()),
    );
    this.element = make("main", {}, [
      this.#header,
      this.#lesson.element,
      this.#toolbar(),
      this.#picture.element,
      this.#compare.element,
      this.#signals,
      this.#compare.table,
      make("div", { class: "panels" }, [
        this.#story.element,
        make("div", { class: "column" }, [this.#step.element, this.#why.element]),
        make("div", { class: "column" }, [this.#play.element, this.#fix.element]),
      ]),
      this.#help,
      this.#share.dialog,
    ]);
    listen(actions);
    addEventListener("beforeprint", () => this.#print(true));
    addEventListener("afterprint", () => this.#print(false));
    session.onChange((change) => {
      if (change === "path") this.showPath();
      else this.#showColumn();
    });
  }

  showPath(): void {
    const { scene, column, comparison, entry } = this.#session;
    this.element.classList.toggle("assignment", entry.lesson !== null);
    this.#showHeader();
    this.#lesson.showPath();
    this.#picture.show(scene, column, comparison?.alignment.one);
    this.#compare.showPath();
    this.#showSignals();
    this.#story.showPath();
    this.#why.showPath();
    this.#fix.showPath();
    this.#showColumn();
  }

  #showColumn(): void {
    const { column, length } = this.#session;
    this.#place.textContent = `step ${column} of ${length}`;
    this.#picture.moveTo(column);
    this.#compare.showColumn();
    this.#story.showColumn();
    this.#step.show();
    this.#why.showColumn();
    this.#play.show();
  }

  #showHeader(): void {
    const { line, entry, page, entryIndex } = this.#session;
    const { trace } = line;
    const { irq, ...config } = trace.config;
    const settings = Object.entries(config).map(([name, value]) => `${name}=${value}`);
    const { lesson } = entry;
    const kept = lesson === null ? "verdict kept" : "verdict";
    const title = lesson === null || trace.rule !== "none" ? titleOf(trace) : lesson.title;
    const { comparable, comparison } = this.#session;
    const isListed = comparable.some(([name]) => name === (comparison?.name ?? name));
    const chosen = comparison === undefined || isListed ? [] : [[comparison.name, comparison.title] as const];
    const others = [["", "nothing"] as const, ...comparable, ...chosen];
    const traces = page.entries.map(
      ({ trace: of, lesson: task }, i) =>
        [String(i), task?.title ?? `${of.scenario}, ${driverText(of)}: ${titleOf(of)}`] as const,
    );
    this.#header.replaceChildren(
      make("h1", { class: trace.rule === "none" ? kept : "verdict broken" }, [title]),
      make("p", { class: "sentence" }, [entry.sentence]),
      make("p", { class: "subject" }, [
        `${trace.scenario} · ${driverText(trace)} · ${String(irq)} · ${trace.steps.length} steps · `,
        make("span", { title: settings.join(" ") }, [`Hash=${trace.hash}`]),
      ]),
      ...(traces.length < 2
        ? []
        : [
            choice(lesson === null ? "Trace:" : "Assignment:", traces, String(entryIndex), (value) =>
              this.#session.choose(Number(value)),
            ),
          ]),
      ...(comparable.length === 0
        ? []
        : [
            choice("Compare with:", others, comparison?.name ?? "", (value) => {
              this.#session.compareWith(value === "" ? null : value);
            }),
          ]),
      ...(page.verdicts.length < 2 ? [] : [verdictList(page.verdicts)]),
      ...page.leftOut.map((text) =>
        make("p", { class: "quiet" }, [`left out, the file would be too large: ${text}`]),
      ),
    );
    document.title = `${title}: ${trace.scenario}`;
  }

  #toolbar(): HTMLElement {
    const session = this.#session;
    const made = make("div", { class: "toolbar", role: "toolbar", label: "steps, picture and sharing" }, [
      make("span", { class: "group" }, [
        button("|◀", () => session.goTo(0), { label: "first step", title: "first step (Home)" }),
        button("◀", () => session.goTo(session.column - 1), { label: "step back", title: "step back (←)" }),
        this.#place,
        button("▶", () => session.goTo(session.column + 1), { label: "step on", title: "step on (→)" }),
        button("▶|", () => session.goTo(session.length), { label: "last step", title: "last step (End)" }),
        button("Next of the story", () => this.#jump(1), { title: "next step of the story (n)" }),
      ]),
      make("span", { class: "group" }, [
        button("−", () => this.#zoom(-1), { label: "zoom out", title: "zoom out (-)" }),
        button("+", () => this.#zoom(1), { label: "zoom in", title: "zoom in (+)" }),
        button("Fit", () => this.#zoom(0), { title: "as wide as there is room for (0)" }),
        button("Calls", () => this.#toggleFold(), { title: "unfold or fold nested calls (f)" }),
      ]),
      this.#share.element,
      button("Keys", () => this.#help.showModal(), { title: "all keys (?)" }),
    ]);
    return made;
  }

  #zoom(by: 1 | -1 | 0): void {
    this.#picture.zoom(by);
    this.#compare.zoom(by);
  }

  #print(onPaper: boolean): void {
    this.#picture.print(onPaper);
    this.#compare.print(onPaper);
  }

  #toggleFold(): void {
    this.#showAs({ ...this.#picture.shown, isFolded: !this.#picture.shown.isFolded });
  }

  #showAs(shown: Shown): void {
    this.#picture.shown = shown;
    this.#compare.showAsFirst();
  }

  #jump(direction: 1 | -1): void {
    this.#session.goTo(this.#story.next(this.#session.column, direction));
  }

  #showSignals(): void {
    const { strips } = this.#session.scene;
    const boxes = strips.map(({ id }) => {
      const box = make("input");
      box.type = "checkbox";
      box.checked = this.#picture.shown.strips.has(id);
      box.addEventListener("change", () => {
        const shown = new Set(this.#picture.shown.strips);
        if (box.checked) shown.add(id);
        else shown.delete(id);
        this.#showAs({ ...this.#picture.shown, strips: shown });
      });
      return make("label", {}, [box, ` ${id}`]);
    });
    this.#signals.replaceChildren(make("summary", {}, ["Signals in the picture"]), ...boxes);
  }

  #actions(): readonly Action[] {
    const session = this.#session;
    const digits = Array.from({ length: 9 }, (_, i) => ({
      keys: [String(i + 1)],
      what: `take the ${i + 1}. of what can happen next`,
      act: () => this.#play.take(i),
    }));
    return [
      { keys: ["ArrowRight", "l", "j"], what: "step on", act: () => session.goTo(session.column + 1) },
      { keys: ["ArrowLeft", "h", "k"], what: "step back", act: () => session.goTo(session.column - 1) },
      { keys: ["n"], what: "next step of the story", act: () => this.#jump(1) },
      { keys: ["p"], what: "step of the story before", act: () => this.#jump(-1) },
      { keys: ["Home"], what: "first step", act: () => session.goTo(0) },
      { keys: ["End"], what: "last step", act: () => session.goTo(session.length) },
      { keys: ["+", "="], what: "zoom in", act: () => this.#zoom(1) },
      { keys: ["-"], what: "zoom out", act: () => this.#zoom(-1) },
      { keys: ["0"], what: "fit the picture", act: () => this.#zoom(0) },
      { keys: ["f"], what: "unfold or fold nested calls", act: () => this.#toggleFold() },
      { keys: ["w"], what: "find a value, and who wrote it", act: () => this.#why.focus() },
      { keys: ["g"], what: "where does each of what can happen lead to?", act: () => this.#play.decideAll() },
      ...digits,
      { keys: ["r"], what: "let the CPU run until something new can happen", act: () => this.#play.run() },
      { keys: ["i"], what: "a hint, in an assignment", act: () => this.#lesson.hint() },
      { keys: ["u"], what: "undo: back to the path before", act: () => history.back() },
      { keys: ["m"], what: "as text for a mail", act: () => this.#share.mail() },
      { keys: ["?"], what: "these keys", act: () => this.#help.showModal() },
    ];
  }
}

function verdictList(verdicts: readonly string[]): HTMLElement {
  return make("details", {}, [
    make("summary", {}, [`All ${verdicts.length} verdicts`]),
    make("pre", {}, [verdicts.join("\n")]),
  ]);
}

function keysTable(actions: readonly Action[]): HTMLElement {
  const rows = actions
    .filter(({ keys }) => !/^[2-9]$/.test(keys[0] ?? ""))
    .map(({ keys, what }) =>
      make("tr", {}, [
        make("td", {}, keys[0] === "1" ? ["1 … 9"] : [keys.join(" ")]),
        make("td", {}, [keys[0] === "1" ? "take that one of what can happen next" : what]),
      ]),
    );
  return make("table", {}, [make("tbody", {}, rows)]);
}
