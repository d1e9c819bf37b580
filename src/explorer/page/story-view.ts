/**
 * The story: the few steps that a reader needs, and in a paragraph what was decided about them.
 */
import { storyOf, type StoryStep } from "../../report/finding/story.js";
import type { TraceLandmarks } from "../../trace/document.js";
import type { Decided } from "../play/page-document.js";
import { answers } from "./answers.js";
import { fill, make, panel, type Child } from "./dom.js";
import type { Session } from "./session.js";

const MOST = 24;

export class StoryView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #list = make("ol", { class: "story" });
  readonly #words = make("div");
  #steps: readonly number[] = [];

  constructor(session: Session) {
    this.#session = session;
    this.element = panel("In short", "story", [this.#words, make("h3", {}, ["Step by step"]), this.#list]);
  }

  /** The nearest step of the story in a direction, or the end of the path. */
  next(column: number, direction: 1 | -1): number {
    return direction > 0
      ? (this.#steps.find((step) => step > column) ?? this.#session.length)
      : (this.#steps.findLast((step) => step < column) ?? 0);
  }

  showPath(): void {
    const { line, scene } = this.#session;
    const { decided } = scene;
    const story = storyOf(line.trace, landmarksIn(decided), MOST);
    this.#steps = story.map(({ step }) => step);
    const start = this.#item(0, [make("span", { class: "what" }, [line.trace.start])]);
    this.#list.replaceChildren(start, ...story.map((step) => this.#item(step.step, this.#told(step))));
    fill(this.#words, decided === null ? [] : answers(decided, this.#session));
    this.showColumn();
  }

  showColumn(): void {
    const { column } = this.#session;
    for (const item of this.#list.querySelectorAll("button")) {
      if (item.dataset["step"] === String(column)) {
        item.setAttribute("aria-current", "step");
        bringIntoView(item, this.#list);
      } else item.removeAttribute("aria-current");
    }
  }

  #item(step: number, children: readonly Child[]): HTMLElement {
    const jump = make("button", { on: () => this.#session.goTo(step) }, [
      make("span", { class: "number" }, [step === 0 ? "start" : String(step)]),
      make("span", {}, children),
    ]);
    jump.type = "button";
    jump.dataset["step"] = String(step);
    return make("li", {}, [jump]);
  }

  #told({ place, text, within, changes, truth, marks }: StoryStep): Child[] {
    return [
      place === "" ? null : make("span", { class: "place" }, [place]),
      make("span", { class: "what" }, [within === null ? text : `${text} in ${within}()`]),
      ...changes.map((change) => make("span", { class: "change" }, [change])),
      ...truth.map((line) => make("span", { class: line.wrong ? "truth wrong" : "truth" }, [line.text])),
      ...marks.map((mark) => make("span", { class: "marked" }, [mark])),
    ];
  }
}

/** Scrolls the list, and not the page. */
function bringIntoView(item: HTMLElement, list: HTMLElement): void {
  const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}

function landmarksIn(decided: Decided | null): TraceLandmarks | undefined {
  if (decided === null) return undefined;
  const { origin, erased, noReturn } = decided;
  const isDecided = noReturn !== null && noReturn.by === noReturn.after + 1;
  return {
    origin,
    erased,
    noReturn: isDecided ? { step: noReturn.by, avoidedBy: noReturn.avoidedBy } : null,
  };
}
