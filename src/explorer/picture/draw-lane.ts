/**
 * Draws a lane: functions as boxes, and a tick for each access below them.
 */
import type { Lane, Span, Tick } from "./lanes.js";
import { SPAN_HEIGHT, type Row, type Scene, type Shown } from "./scene.js";
import { element, fitted, label, title } from "./svg.js";
import { centreOf, visible, type Window } from "./window.js";

export function drawLane(
  row: Extract<Row, { readonly kind: "lane" }>,
  scene: Scene,
  { isFolded }: Shown,
  window: Window,
): string {
  const { lane } = row;
  const spans = isFolded ? [...lane.outline, ...lane.innermost] : lane.spans;
  const fade = (steps: readonly number[]) => (steps.every((step) => scene.spare.has(step)) ? " p-faded" : "");
  return [
    ...waits(lane, row, window),
    ...spans.map((span) => drawSpan(span, lane, row.y, fade(stepsOf(span)), window)),
    ...lane.ticks.map((tick) => drawTick(tick, row.y + row.height, fade([tick.step]), window)),
  ].join("");
}

function stepsOf({ from, to }: Span): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function waits({ suspended }: Lane, row: Row, window: Window): string[] {
  return suspended.flatMap(([from, to]) => {
    const box = visible(from, to, window);
    if (box === undefined) return [];
    const shape = { ...box, y: row.y, height: row.height - 12, class: "p-suspended" };
    return [element("rect", shape, title(`steps ${from} to ${to}: interrupted`))];
  });
}

function drawSpan(span: Span, { level }: Lane, top: number, fade: string, window: Window): string {
  const box = visible(span.from, span.to, window);
  if (box === undefined) return "";
  const y = top + span.depth * SPAN_HEIGHT;
  const width = Math.max(box.width - 1, 1);
  const steps = span.from === span.to ? `step ${span.from}` : `steps ${span.from} to ${span.to}`;
  const args = span.arguments.length === 0 ? "" : span.arguments.join(", ");
  const shape = element(
    "rect",
    {
      x: box.x,
      y,
      width,
      height: SPAN_HEIGHT - 2,
      rx: 2,
      class: `p-span p-${level}${fade}`,
      "data-step": span.from,
    },
    title(`${span.function}(${args}): ${steps}`),
  );
  const text = fitted(span.function, width - 5);
  return (
    shape +
    (text === "" ? "" : label(text, { x: Math.max(box.x, 0) + 3, y: y + 11.5, class: `p-text${fade}` }))
  );
}

function drawTick({ step, text, kind, within }: Tick, bottom: number, fade: string, window: Window): string {
  const x = centreOf(step, window);
  if (x < -8 || x > window.width + 8) return "";
  const half = Math.max(1, Math.min(4, window.pitch / 2 - 0.5));
  const y = bottom - 5;
  const d = SHAPES[kind](x, y, half);
  const where = within === null ? "" : ` in ${within}()`;
  return element(
    "path",
    { d, class: `p-tick p-${kind}${fade}`, "data-step": step },
    title(`${step}: ${text}${where}`),
  );
}

/** Kinds differ in shape, not by colour alone. */
const SHAPES: Readonly<Record<Tick["kind"], (x: number, y: number, half: number) => string>> = {
  write: (x, y, h) => `M${x - h} ${y - 4} h${2 * h} v8 h${-2 * h} Z`,
  read: (x, y, h) => `M${x - h} ${y} L${x} ${y - 4} L${x + h} ${y} L${x} ${y + 4} Z`,
  barrier: (x, y) => `M${x - 0.8} ${y - 5} h1.6 v10 h-1.6 Z`,
  memory: (x, y, h) => `M${x - h} ${y - 1.2} h${2 * h} v2.4 h${-2 * h} Z`,
  world: (x, y, h) => `M${x - h} ${y + 4} L${x} ${y - 4} L${x + h} ${y + 4} Z`,
};
