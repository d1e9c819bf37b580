/**
 * The picture on the screen: a window of it is drawn, and drawn again when the window moves.
 */
import { draw, drawCursor, GUTTER } from "../picture/draw.js";
import { firstShown, type Scene, type Shown } from "../picture/scene.js";
import type { Beside } from "../play/alignment.js";
import { columnAt, edgeOf, type Window } from "../picture/window.js";
import { make } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels per step. */
const PITCHES = [1, 2, 4, 6, 8, 11, 16, 24, 36, 56, 90];
const LEAST_FIT = 8;
/** On paper nothing scrolls: what there is room for beside the names, on A4 and on Letter. */
const PAPER_WIDTH = 560;
/** A path of more columns than fit on paper at this pitch is printed as it is on the screen. */
const LEAST_PRINTED = 1;

export class PictureView {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #spacer: HTMLElement;
  readonly #names: SVGSVGElement;
  readonly #svg: SVGSVGElement;
  readonly #body: SVGGElement;
  readonly #cursor: SVGGElement;
  #scene: Scene;
  #shown: Shown;
  #pitch = LEAST_FIT;
  #column = 0;
  #height = 0;
  #isFitted = true;
  /** Pixels per step while it is printed. */
  #paper: number | undefined;
  #beside: Beside | undefined;

  /** `name`: of the picture, for those who do not see it. */
  constructor(scene: Scene, name: string, onColumn: (column: number) => void) {
    this.#scene = scene;
    this.#shown = firstShown(scene.trace);
    this.#names = svgElement("svg");
    this.#svg = svgElement("svg");
    this.#body = svgElement("g");
    this.#cursor = svgElement("g");
    this.#svg.append(this.#body, this.#cursor);
    this.#svg.setAttribute("role", "img");
    this.#names.setAttribute("aria-hidden", "true");
    this.#spacer = make("div", { class: "spacer" }, [this.#svg]);
    this.#scroller = make("div", { class: "scroller", tabIndex: 0, role: "region", label: name }, [
      this.#spacer,
    ]);
    this.element = make("div", { class: "picture" }, [this.#names, this.#scroller]);
    this.#scroller.addEventListener("scroll", () => this.#draw());
    this.#svg.addEventListener("click", (event) => {
      const x = event.clientX - this.#svg.getBoundingClientRect().left + this.#scroller.scrollLeft;
      onColumn(columnAt(x / this.#pitch, { beside: this.#beside }));
    });
    new ResizeObserver(() => this.#resize()).observe(this.#scroller);
  }

  get shown(): Shown {
    return this.#shown;
  }

  set shown(shown: Shown) {
    this.#shown = shown;
    this.#draw();
  }

  /** The two pictures scroll and zoom together. */
  follow(other: PictureView): void {
    this.#scroller.addEventListener("scroll", () => {
      other.#scroller.scrollLeft = this.#scroller.scrollLeft;
    });
  }

  /** `beside`: where its columns are, if another picture is below or above it. */
  show(scene: Scene, column: number, beside?: Beside): void {
    const { scenario, cpus } = this.#scene.trace;
    if (scene.trace.scenario !== scenario || scene.trace.cpus !== cpus) this.#shown = firstShown(scene.trace);
    this.#scene = scene;
    this.#beside = beside;
    this.#svg.setAttribute(
      "aria-label",
      `${scene.trace.steps.length} steps of ${cpus} CPUs; the steps are also listed as text`,
    );
    this.#column = column;
    this.#resize();
    this.#bringIntoView();
  }

  /** Draws all of the path as wide as paper; `onPaper` false: as it was on the screen. */
  print(onPaper: boolean): void {
    const pitch = PAPER_WIDTH / this.#columns;
    this.#paper = onPaper && pitch >= LEAST_PRINTED ? pitch : undefined;
    this.#resize();
    if (this.#paper === undefined) this.#bringIntoView();
  }

  moveTo(column: number): void {
    this.#column = column;
    this.#bringIntoView();
    this.#drawCursor();
  }

  zoom(by: 1 | -1 | 0): void {
    this.#isFitted = by === 0;
    const larger = PITCHES.find((pitch) => pitch > this.#pitch);
    const smaller = PITCHES.findLast((pitch) => pitch < this.#pitch);
    if (by !== 0) this.#pitch = (by > 0 ? larger : smaller) ?? this.#pitch;
    this.#resize();
    this.#bringIntoView();
  }

  /** As wide as there is room for, but not so narrow that steps cannot be told from each other. */
  #resize(): void {
    if (this.#isFitted) {
      const pitch = Math.floor(this.#scroller.clientWidth / this.#columns);
      this.#pitch = Math.min(56, Math.max(LEAST_FIT, pitch));
    }
    this.#spacer.style.width = `${this.#columns * (this.#paper ?? this.#pitch)}px`;
    this.#draw();
  }

  get #columns(): number {
    return this.#beside?.total ?? this.#scene.trace.steps.length + 1;
  }

  #window(): Window {
    if (this.#paper !== undefined)
      return { pitch: this.#paper, offset: 0, width: PAPER_WIDTH, beside: this.#beside };
    const { scrollLeft: offset, clientWidth: width } = this.#scroller;
    return { pitch: this.#pitch, offset, width, beside: this.#beside };
  }

  #draw(): void {
    const window = this.#window();
    const { body, names, height } = draw(this.#scene, this.#shown, window);
    this.#height = height;
    this.#body.innerHTML = body;
    this.#names.innerHTML = names;
    for (const [svg, width] of [
      [this.#names, GUTTER],
      [this.#svg, window.width],
    ] as const) {
      svg.setAttribute("width", String(width));
      svg.setAttribute("height", String(height));
    }
    this.#drawCursor();
  }

  #drawCursor(): void {
    this.#cursor.innerHTML = drawCursor(this.#column, this.#window(), this.#height);
  }

  #bringIntoView(): void {
    const { clientWidth, scrollLeft } = this.#scroller;
    const x = edgeOf(this.#column, { ...this.#window(), offset: 0 });
    const margin = Math.min(80, clientWidth / 4);
    if (x < scrollLeft + margin) this.#scroller.scrollLeft = x - margin;
    else if (x > scrollLeft + clientWidth - margin) this.#scroller.scrollLeft = x - clientWidth + margin;
  }
}

function svgElement<K extends keyof SVGElementTagNameMap>(name: K): SVGElementTagNameMap[K] {
  return document.createElementNS(SVG, name);
}
