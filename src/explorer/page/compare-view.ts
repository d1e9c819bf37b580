/**
 * Two paths: the picture of the other one below the first, both on one axis, and their steps side by side.
 */
import { stepAt, textOf, type AlignedRow } from "../play/alignment.js";
import type { Comparison } from "./comparison.js";
import { button, fill, make, type Child } from "./dom.js";
import { PictureView } from "./picture-view.js";
import type { Session } from "./session.js";

/** Equal steps that are shown around those that differ. */
const AROUND = 2;
const MOST_ROWS = 300;

export class CompareView {
  readonly element: HTMLElement;
  /** The steps side by side. */
  readonly table: HTMLElement;
  readonly #session: Session;
  readonly #first: PictureView;
  readonly #title = make("p", { class: "beside" });
  readonly #rows = make("tbody");
  #picture: PictureView | undefined;

  constructor(session: Session, first: PictureView) {
    this.#session = session;
    this.#first = first;
    this.element = make("div", { class: "comparison" });
    const head = ["step", "above", "step", "below"].map((text) => make("th", {}, [text]));
    this.table = make("section", { class: "panel", id: "compare" }, [
      make("h2", { id: "compare-heading" }, ["Side by side"]),
      make("table", { class: "aligned" }, [make("thead", {}, [make("tr", {}, head)]), this.#rows]),
    ]);
    this.table.setAttribute("aria-labelledby", "compare-heading");
  }

  showPath(): void {
    const { comparison } = this.#session;
    this.element.hidden = this.table.hidden = comparison === undefined;
    if (comparison === undefined) return;
    this.#picture ??= this.#made(comparison);
    fill(this.#title, this.#said(comparison));
    this.#picture.shown = this.#first.shown;
    this.#picture.show(comparison.scene, this.#otherColumn(comparison), comparison.alignment.other);
    this.#rows.replaceChildren(...this.#tableRows(comparison));
  }

  showColumn(): void {
    const { comparison, column } = this.#session;
    if (comparison === undefined) return;
    this.#picture?.moveTo(this.#otherColumn(comparison));
    for (const row of this.#rows.querySelectorAll("tr")) {
      if (row.dataset["step"] === String(column)) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** As the first picture is shown. */
  showAsFirst(): void {
    if (this.#picture === undefined) return;
    this.#picture.shown = this.#first.shown;
  }

  print(onPaper: boolean): void {
    this.#picture?.print(onPaper);
  }

  zoom(by: 1 | -1 | 0): void {
    this.#picture?.zoom(by);
  }

  #made({ scene }: Comparison): PictureView {
    const name = "the picture of the other path, along its steps";
    const made = new PictureView(scene, name, (column) => {
      const { comparison } = this.#session;
      if (comparison === undefined) return;
      const { one, other } = comparison.alignment;
      this.#session.goTo(stepAt(one.places, other.places[column] ?? 0));
    });
    made.follow(this.#first);
    this.#first.follow(made);
    this.element.replaceChildren(this.#title, made.element);
    return made;
  }

  #otherColumn({ alignment: { one, other } }: Comparison): number {
    return stepAt(other.places, one.places[this.#session.column] ?? 0);
  }

  #said({ title, scene, alignment: { parts, rows } }: Comparison): Child[] {
    const told: Child[] = ["Below: ", make("strong", {}, [title]), ". "];
    if (parts === null) return [...told, "Both take the same steps. ", this.#stop()];
    const { one, other } = rows[parts - 1] ?? { one: null, other: null };
    const above = `“${saidOf(this.#session.line.trace.steps, one)}”`;
    const below = `“${saidOf(scene.trace.steps, other)}”`;
    const first =
      one === null
        ? `${below} comes below, and not above`
        : other === null
          ? `${above} comes above, and not below`
          : `above comes ${above}, below ${below}`;
    const last = button(`step ${parts - 1}`, () => this.#session.goTo(parts - 1), { class: "link" });
    const alike = parts === 1 ? ["At first "] : ["Alike up to ", last, "; then "];
    return [...told, ...alike, `${first}. `, this.#stop()];
  }

  #stop(): HTMLElement {
    return button("Stop comparing", () => this.#session.compareWith(null), { class: "link" });
  }

  #tableRows({ alignment: { rows, parts }, scene }: Comparison): HTMLElement[] {
    const made: HTMLElement[] = [];
    let hidden = 0;
    const tellHidden = () => {
      if (hidden > 0) made.push(folded(`${hidden} ${hidden === 1 ? "step" : "steps"} alike`));
      hidden = 0;
    };
    for (const [at, row] of rows.entries()) {
      if (made.length >= MOST_ROWS) {
        made.push(folded(`and ${rows.length - at} more`));
        return made;
      }
      const isNear = rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ isSame }) => !isSame);
      if (!isNear) hidden++;
      else {
        tellHidden();
        made.push(this.#row(row, scene, at + 1 === parts));
      }
    }
    tellHidden();
    return made;
  }

  #row({ one, other, isSame }: AlignedRow, scene: Comparison["scene"], isParting: boolean): HTMLElement {
    const { trace } = this.#session.line;
    const number = one === null ? "" : button(String(one), () => this.#session.goTo(one), { class: "link" });
    const cells = [number, saidOf(trace.steps, one), String(other ?? ""), saidOf(scene.trace.steps, other)];
    const kind = [isSame ? "same" : "differs", ...(isParting ? ["parting"] : [])].join(" ");
    const row = make(
      "tr",
      { class: kind },
      cells.map((cell) => make("td", {}, [cell])),
    );
    if (isParting) row.title = "the first difference";
    if (one !== null) row.dataset["step"] = String(one);
    return row;
  }
}

function saidOf(steps: Comparison["scene"]["trace"]["steps"], number: number | null): string {
  const step = number === null ? undefined : steps[number - 1];
  return step === undefined ? "" : textOf(step);
}

function folded(text: string): HTMLElement {
  const cell = make("td", { class: "quiet" }, [`… ${text} …`]);
  cell.colSpan = 4;
  return make("tr", {}, [cell]);
}
