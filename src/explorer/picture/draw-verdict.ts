/**
 * Draws what the property is about: whether the rule can still be kept, and which crossing was reported where.
 */
import type { Decided } from "../play/page-document.js";
import type { Row, Scene } from "./scene.js";
import { element, label, title, widthOf } from "./svg.js";
import type { TruthPair } from "./truth.js";
import { centreOf, visible, type Window } from "./window.js";

type RowOf<K extends Row["kind"]> = Extract<Row, { readonly kind: K }>;

/** High while the rule can be kept, low when it cannot; in between where no exploration was allowed to decide. */
export function drawCurve(row: RowOf<"curve">, { decided, trace }: Scene, window: Window): string {
  const noReturn = decided?.noReturn ?? null;
  if (noReturn === null) return "";
  const { after, by } = noReturn;
  const length = trace.steps.length;
  const parts = [
    { from: 0, to: after, kind: "open", text: "the rule can still be kept" },
    { from: after + 1, to: by - 1, kind: "unknown", text: "not decided" },
    { from: by, to: length, kind: "lost", text: "no way on keeps the rule" },
  ];
  const boxes = parts.map(({ from, to, kind, text }) => {
    const box = to < from ? undefined : visible(from, to, window);
    if (box === undefined) return "";
    const isHigh = kind === "open";
    const tall = isHigh ? row.height : kind === "lost" ? 6 : row.height / 2;
    const y = row.y + row.height - tall;
    const said = widthOf(text) < box.width - 8 ? text : "";
    const shape = element("rect", { ...box, y, height: tall, class: `p-curve-${kind}` }, title(text));
    const at = { x: box.x + 6, y: isHigh ? row.y + 19 : row.y + 19, class: `p-curve-text` };
    return shape + (said === "" || !isHigh ? "" : label(said, at));
  });
  return boxes.join("") + notes(row, decided, by, window);
}

/** What the lines through the picture are, beside each; the second not if it would be written over the first. */
function notes({ y }: Row, decided: Decided | null, by: number, window: Window): string {
  const first = `point of no return: step ${by}`;
  const x = centreOf(by, window) + 8;
  const texts = [label(first, { x, y: y + 15, class: "p-noreturn" })];
  const { erased = null } = decided ?? {};
  if (erased !== null) {
    const other = centreOf(erased.step, window) + 8;
    const isClear = other > x + widthOf(first) || other + widthOf(first) < x;
    const text = `evidence gone: step ${erased.step}`;
    if (isClear) texts.push(label(text, { x: other, y: y + 15, class: "p-noreturn" }));
  }
  return texts.join("");
}

const FATES = {
  reported: "reported",
  lost: "LOST: crossed again, not reported",
  false: "FALSE: reported, no crossing waits",
  waiting: "not reported yet",
} as const;

/** Crossings above, reports below, and an arc from one to the other. */
export function drawTruth(row: RowOf<"truth">, { pairs, trace }: Scene, window: Window): string {
  return pairs
    .filter(({ event }) => event === row.event)
    .map(
      (pair, i, all) =>
        drawLost(pair, all[i + 1], row, window) + drawPair(pair, row, trace.steps.length, window),
    )
    .join("");
}

/** A crossing that was not reported: a broken line to the crossing that came first. */
function drawLost(pair: TruthPair, next: TruthPair | undefined, row: RowOf<"truth">, window: Window): string {
  const again = next?.crossing ?? null;
  if (pair.fate !== "lost" || pair.crossing === null || again === null) return "";
  const [from, to] = [centreOf(pair.crossing, window), centreOf(again, window)];
  const [top, bottom] = [row.y + 8, row.y + row.height - 17];
  const d = `M${from} ${top} C${from} ${bottom} ${from} ${bottom} ${from + 20} ${bottom} H${to - 20} C${to} ${bottom} ${to} ${bottom} ${to} ${top}`;
  return element(
    "path",
    { d, class: "p-lost" },
    title(`no report between steps ${pair.crossing} and ${again}`),
  );
}

function drawPair(pair: TruthPair, row: RowOf<"truth">, length: number, window: Window): string {
  const [top, bottom] = [row.y + 8, row.y + row.height - 8];
  const { crossing, report, fate } = pair;
  const from = crossing === null ? undefined : centreOf(crossing, window);
  const to = report === null ? undefined : centreOf(report, window);
  const isFar = (x: number | undefined) => x === undefined || x < -40 || x > window.width + 40;
  const spans = from !== undefined && to !== undefined && from < window.width && to > 0;
  if (isFar(from) && isFar(to) && !spans) return "";
  const isLast = fate === "waiting" && crossing === length;
  const kind = fate === "reported" ? "paired" : fate === "waiting" && !isLast ? "waiting" : "unpaired";
  const shapes: string[] = [];
  if (from !== undefined && to !== undefined) {
    const middle = (from + to) / 2;
    const path = `M${from} ${top} C${middle} ${top} ${middle} ${bottom} ${to} ${bottom}`;
    shapes.push(
      element("path", { d: path, class: "p-arc" }, title(`crossing ${crossing} reported by step ${report}`)),
    );
  }
  if (from !== undefined && crossing !== null) {
    shapes.push(
      element(
        "path",
        {
          d: `M${from - 5} ${top + 5} L${from} ${top - 5} L${from + 5} ${top + 5} Z`,
          class: `p-${kind}`,
          "data-step": crossing,
        },
        title(`step ${crossing}: ${pair.event} crosses: ${FATES[fate]}`),
      ),
    );
  }
  if (to !== undefined && report !== null) {
    shapes.push(
      element(
        "rect",
        { x: to - 4, y: bottom - 4, width: 8, height: 8, class: `p-${kind}`, "data-step": report },
        title(`step ${report}: ${pair.event} is reported: ${FATES[fate]}`),
      ),
    );
  }
  if (kind !== "paired") shapes.push(fateText(pair, from ?? to ?? 0, row, length, window));
  return shapes.join("");
}

function fateText(
  { fate, crossing }: TruthPair,
  x: number,
  row: RowOf<"truth">,
  length: number,
  window: Window,
): string {
  // The last crossing of a violation is the one that overtakes: the trace simply ends before it could be reported.
  if (fate === "waiting" && crossing === length) return "";
  const text = FATES[fate];
  const isLeft = x + 10 + widthOf(text) > window.width;
  const kind = fate === "waiting" ? "p-note" : "p-note p-bad";
  return label(text, {
    x: isLeft ? x - 10 : x + 10,
    y: row.y + row.height - 5,
    class: kind,
    "text-anchor": isLeft ? "end" : "start",
  });
}
