/**
 * A lesson: what is to be done, how many points it has cost so far, hints, and what the checker knows.
 */
import { costText } from "../../report/trace/shortest.js";
import type { TraceCost } from "../../trace/document.js";
import type { Lesson } from "../play/page-document.js";
import { button, fill, make, panel, type Child } from "./dom.js";
import type { Session } from "./session.js";

export class LessonView {
  readonly element: HTMLElement;
  readonly #session: Session;
  readonly #task = make("div");
  readonly #score = make("p", { class: "score" });
  readonly #hints = make("ol", { class: "hints" });
  readonly #actions = make("p", { class: "actions" });
  readonly #answer = make("p", { class: "answer" });
  /** By entry, how many hints were asked for. */
  readonly #asked = new Map<number, number>();

  constructor(session: Session) {
    this.#session = session;
    this.#score.setAttribute("aria-live", "polite");
    this.#answer.setAttribute("aria-live", "polite");
    this.element = panel("Your assignment", "lesson", [
      this.#task,
      this.#score,
      this.#hints,
      this.#actions,
      this.#answer,
    ]);
  }

  showPath(): void {
    const { lesson } = this.#session.entry;
    this.element.hidden = lesson === null;
    if (lesson === null) return;
    fill(
      this.#task,
      lesson.task.map((text) => make("p", {}, [text])),
    );
    this.#score.textContent = this.#scored(lesson);
    this.#answer.textContent = "";
    this.#showHints(lesson);
  }

  hint(): void {
    const { entry, entryIndex } = this.#session;
    if (entry.lesson === null) return;
    this.#asked.set(entryIndex, Math.min(this.#known + 1, entry.lesson.hints.length));
    this.#showHints(entry.lesson);
  }

  get #known(): number {
    return this.#asked.get(this.#session.entryIndex) ?? 0;
  }

  #showHints(lesson: Lesson): void {
    const { hints, best } = lesson;
    fill(
      this.#hints,
      hints.slice(0, this.#known).map((text) => make("li", {}, [text])),
    );
    const isLeft = this.#known < hints.length;
    const actions: Child[] = [
      isLeft
        ? button(`A hint (${this.#known + 1} of ${hints.length})`, () => this.hint(), { title: "a hint (i)" })
        : null,
      button("It cannot be done", () => this.#judge(lesson)),
      best === null || isLeft ? null : button("Show the cheapest way", () => this.#session.takeBest()),
      this.#session.length === 0 ? null : button("Begin anew", () => this.#session.abandonFork()),
    ];
    fill(this.#actions, actions);
  }

  #scored({ best, hints }: Lesson): string {
    const { trace } = this.#session.line;
    const cost = trace.cost ?? { interrupts: 0, switches: 0, migrations: 0 };
    const points = pointsOf(cost);
    const so = `${plural(points, "point")} (${costText(cost)}), ${plural(trace.steps.length, "step")}`;
    if (trace.rule === "none") {
      return best === null || hints.length === 0
        ? `So far: ${so}.`
        : `So far: ${so}. The checker's best: ${plural(pointsOf(best.cost), "point")}.`;
    }
    const done = `Done: ${trace.rule} is broken. ${so}.`;
    if (best === null) return done;
    const least = pointsOf(best.cost);
    return points <= least
      ? `${done} No way takes fewer: the checker went through all of them.`
      : `${done} It can be done with ${plural(least, "point")}.`;
  }

  /** What the checker says to somebody who gives up, or who has understood. */
  #judge({ best, states }: Lesson): void {
    const all = states.toLocaleString("en");
    this.#answer.textContent =
      best === null
        ? `Right. The checker went through all ${all} states that there are, and the rule is broken in none.`
        : `It can, with ${plural(pointsOf(best.cost), "point")}: ${costText(best.cost)}. Take a hint, or ask “where to?” on your way.`;
  }
}

function pointsOf({ interrupts, switches, migrations }: TraceCost): number {
  return interrupts + switches + migrations;
}

function plural(count: number, of: string): string {
  return `${count} ${of}${count === 1 ? "" : "s"}`;
}
