/**
 * Draws a signal as a waveform: a wire that is high or low, or a bus with its values in boxes.
 */
import type { Row } from "./scene.js";
import { isHigh, type Segment } from "./strips.js";
import { element, fitted, label, title } from "./svg.js";
import { edgeOf, visible, type Window } from "./window.js";

type StripRow = Extract<Row, { readonly kind: "strip" }>;

export function drawStrip(row: StripRow, window: Window): string {
  return row.strip.segments
    .map((segment) => (row.strip.kind === "wire" ? wire : bus)(segment, row, window))
    .join("");
}

function wire({ from, to, value }: Segment, row: StripRow, window: Window): string {
  const box = visible(from, to, window);
  if (box === undefined) return "";
  const [high, low] = [row.y + 3, row.y + row.height - 2];
  const y = isHigh(value) ? high : low;
  const area = element(
    "rect",
    {
      ...box,
      y: high,
      height: low - high,
      class: isHigh(value) ? "p-high" : "p-low",
      "data-column": from,
      "data-strip": row.strip.id,
    },
    title(`${row.strip.id} = ${value}`),
  );
  const text = isHigh(value) && value !== "1" ? fitted(value, box.width - 6) : "";
  const said =
    text === ""
      ? ""
      : label(text, { x: Math.max(box.x, 0) + 4, y: row.y + row.height / 2 + 4.5, class: "p-text" });
  const edge = from === 0 ? "" : edgeLine(edgeOf(from, window), high, low);
  const line = element("line", { x1: box.x, x2: box.x + box.width, y1: y, y2: y, class: "p-wire" });
  return area + line + edge + said;
}

function edgeLine(x: number, high: number, low: number): string {
  return element("line", { x1: x, x2: x, y1: high, y2: low, class: "p-wire" });
}

function bus({ from, to, value }: Segment, row: StripRow, window: Window): string {
  const box = visible(from, to, window);
  if (box === undefined) return "";
  const { y, height } = row;
  const text = fitted(value, box.width - 4);
  const shape = {
    ...box,
    width: Math.max(box.width - 1, 1),
    y: y + 2,
    height: height - 4,
    rx: 3,
    class: "p-bus",
  };
  const marks = { "data-column": from, "data-strip": row.strip.id };
  return (
    element("rect", { ...shape, ...marks }, title(`${row.strip.id} = ${value}`)) +
    (text === "" ? "" : label(text, { x: Math.max(box.x, 0) + 3, y: y + height / 2 + 4, class: "p-text" }))
  );
}
