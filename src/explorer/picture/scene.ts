/**
 * A scene: all that there is to draw of a trace, and which rows of it are drawn.
 */
import type { TraceDocument } from "../../trace/document.js";
import type { Decided } from "../play/page-document.js";
import { lanesOf, type Lane } from "./lanes.js";
import { shownAtFirst, stripsOf, type Strip } from "./strips.js";
import { pairsOf, type TruthPair } from "./truth.js";

export interface Scene {
  readonly trace: TraceDocument;
  readonly decided: Decided | null;
  readonly lanes: readonly Lane[];
  readonly strips: readonly Strip[];
  readonly pairs: readonly TruthPair[];
  /** The steps that the violation does not need. */
  readonly spare: ReadonlySet<number>;
}

export interface Shown {
  /** Nested functions are folded into the innermost one. */
  readonly isFolded: boolean;
  /** The strips that are drawn, by id. */
  readonly strips: ReadonlySet<string>;
}

export function sceneOf(trace: TraceDocument, decided: Decided | null): Scene {
  const spare = new Set(decided?.spare);
  return {
    trace,
    decided,
    lanes: lanesOf(trace),
    strips: stripsOf(trace),
    pairs: pairsOf(trace.steps),
    spare,
  };
}

export function firstShown(trace: TraceDocument): Shown {
  return { isFolded: true, strips: shownAtFirst(trace) };
}

export type Row =
  | { readonly kind: "axis"; readonly y: number; readonly height: number; readonly name: string }
  | { readonly kind: "curve"; readonly y: number; readonly height: number; readonly name: string }
  | {
      readonly kind: "truth";
      readonly y: number;
      readonly height: number;
      readonly name: string;
      readonly event: string;
    }
  | { readonly kind: "world"; readonly y: number; readonly height: number; readonly name: string }
  | {
      readonly kind: "lane";
      readonly y: number;
      readonly height: number;
      readonly name: string;
      readonly lane: Lane;
    }
  | {
      readonly kind: "strip";
      readonly y: number;
      readonly height: number;
      readonly name: string;
      readonly strip: Strip;
    };

export const SPAN_HEIGHT = 17;
const TICK_HEIGHT = 12;
const GAP = 5;

/** A row before its place is known. */
type Unplaced = Row extends infer R ? (R extends Row ? Omit<R, "y"> : never) : never;

/** The rows from top to bottom, and the height of all. */
export function rowsOf(
  scene: Scene,
  { isFolded, strips }: Shown,
): { readonly rows: Row[]; readonly height: number } {
  const { trace, lanes, pairs } = scene;
  const hasCurve = (scene.decided?.noReturn ?? null) !== null;
  const events = [...new Set(pairs.map(({ event }) => event))];
  const unplaced: Unplaced[] = [
    { kind: "axis", height: 20, name: "step" },
    ...(hasCurve ? [{ kind: "curve", height: 30, name: "can be kept" } as const] : []),
    ...events.map((event) => ({ kind: "truth", height: 40, name: `truth of ${event}`, event }) as const),
  ];
  const ofStrips = (cpu: number | null): Unplaced[] =>
    scene.strips
      .filter((strip) => strip.cpu === cpu && strips.has(strip.id))
      .map((strip) => ({ kind: "strip", height: 18, name: nameOf(strip, trace.cpus), strip }));
  if (trace.steps.some(({ cpu }) => cpu === null))
    unplaced.push({ kind: "world", height: 18, name: "world" });
  for (let cpu = 0; cpu < trace.cpus; cpu++) {
    for (const lane of lanes.filter((of) => of.cpu === cpu)) {
      const depth = isFolded ? 2 : Math.max(1, ...lane.spans.map((span) => span.depth + 1));
      const name = `CPU${cpu} ${LEVEL_NAMES[lane.level]}`;
      unplaced.push({ kind: "lane", height: depth * SPAN_HEIGHT + TICK_HEIGHT, name, lane });
    }
    unplaced.push(...ofStrips(cpu));
  }
  unplaced.push(...ofStrips(null));
  let y = 0;
  const rows = unplaced.map((row): Row => {
    const placed = { ...row, y };
    y += row.height + GAP;
    return placed;
  });
  return { rows, height: y };
}

const LEVEL_NAMES = { task: "task", irq: "IRQ", nmi: "NMI" } as const;

function nameOf({ name, cpu }: Strip, cpus: number): string {
  return cpu === null || cpus === 1 ? name : `${name} (CPU${cpu})`;
}
