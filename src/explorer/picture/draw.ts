/**
 * Draws a scene, or the part of it that is in a window, as SVG text.
 */
import { drawCurve, drawTruth } from "./draw-verdict.js";
import { drawLane } from "./draw-lane.js";
import { drawStrip } from "./draw-strip.js";
import { rowsOf, type Row, type Scene, type Shown } from "./scene.js";
import { element, label, title } from "./svg.js";
import { centreOf, columnsIn, type Window } from "./window.js";

/** The room for the names of the rows. */
export const GUTTER = 112;

export interface Drawing {
  /** The content of an svg element: rows without their names. */
  readonly body: string;
  /** The names of the rows, as the content of an svg element of the gutter's width. */
  readonly names: string;
  readonly height: number;
}

export function draw(scene: Scene, shown: Shown, window: Window): Drawing {
  const { rows, height } = rowsOf(scene, shown);
  const body = rows.map((row) => drawRow(row, scene, shown, window)).join("");
  const names = rows.map((row) =>
    label(row.name, { x: GUTTER - 8, y: row.y + nameLine(row), class: "p-name", "text-anchor": "end" }),
  );
  return { body: landmarks(scene, window, height) + body, names: names.join(""), height };
}

/** The cursor, as the content of an svg element: it is drawn over the picture, and moves by itself. */
export function drawCursor(column: number, window: Window, height: number): string {
  const x = centreOf(column, window) - window.pitch / 2;
  return element("rect", { x, y: 0, width: Math.max(window.pitch, 3), height, class: "p-cursor" });
}

function nameLine({ kind, height }: Row): number {
  return kind === "lane" ? 13 : height / 2 + 4;
}

function drawRow(row: Row, scene: Scene, shown: Shown, window: Window): string {
  switch (row.kind) {
    case "axis":
      return drawAxis(row, window, scene.trace.steps.length);
    case "curve":
      return drawCurve(row, scene, window);
    case "truth":
      return drawTruth(row, scene, window);
    case "world":
      return drawWorld(row, scene, window);
    case "lane":
      return drawLane(row, scene, shown, window);
    case "strip":
      return drawStrip(row, window);
  }
}

function drawAxis({ y, height }: Row, window: Window, steps: number): string {
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => n * window.pitch >= 44) ?? 1000;
  const { first, last } = columnsIn(window, steps);
  const marks: string[] = [];
  for (let step = Math.ceil(first / every) * every; step <= last; step += every) {
    const x = centreOf(step, window);
    marks.push(
      label(step === 0 ? "start" : String(step), {
        x,
        y: y + 13,
        class: "p-axis",
        "text-anchor": step === 0 ? "start" : "middle",
      }),
    );
    marks.push(element("line", { x1: x, x2: x, y1: y + height - 3, y2: y + height, class: "p-line" }));
  }
  return marks.join("");
}

/** What happens on no CPU. */
function drawWorld({ y, height }: Row, { trace }: Scene, window: Window): string {
  const { first, last } = columnsIn(window, trace.steps.length);
  return trace.steps
    .slice(Math.max(0, first - 1), last)
    .map((step, i) => ({ step, number: Math.max(0, first - 1) + i + 1 }))
    .filter(({ step }) => step.cpu === null)
    .map(({ step, number }) =>
      element(
        "circle",
        {
          cx: centreOf(number, window),
          cy: y + height / 2,
          r: Math.min(5, window.pitch / 2),
          class: "p-world",
          "data-step": number,
        },
        title(`${number}: ${step.process}: ${step.choice}`),
      ),
    )
    .join("");
}

/** Lines through the whole picture at the steps that decide how it ends. */
function landmarks({ decided }: Scene, window: Window, height: number): string {
  const at = (step: number | undefined, kind: string) => {
    if (step === undefined) return "";
    const x = centreOf(step, window);
    return element("line", { x1: x, x2: x, y1: 16, y2: height, class: `p-mark p-mark-${kind}` });
  };
  return (
    at(decided?.noReturn?.by, "noreturn") + at(decided?.erased?.step, "erased") + parting(window, height)
  );
}

/** Where this path and the one beside it part. */
function parting({ beside, pitch, offset }: Window, height: number): string {
  const parts = beside?.parts ?? null;
  if (parts === null) return "";
  const x = parts * pitch - offset;
  return element("line", { x1: x, x2: x, y1: 0, y2: height, class: "p-mark p-mark-parts" });
}
