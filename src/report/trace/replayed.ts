/**
 * A replay as text.
 */
import type { TraceDocument } from "../../trace/document.js";
import { columns, WIDTH } from "./columns.js";
import { whereChecked } from "../subject.js";
import { replayLine, traceText, whereBroken } from "./text.js";
import { paragraph } from "../wrap.js";

/** The trace as it was replayed; `unbroken` says why it breaks no rule. */
export interface Replayed {
  readonly unbroken: string | undefined;
  readonly trace: TraceDocument;
}

/** The same on a model that has changed. Steps are numbered from 1. */
export interface ReplayedEdited extends Replayed {
  /** A step that both take, and in which the model does something else. */
  readonly difference: { readonly step: number; readonly trace: string; readonly model: string } | null;
  /** The first step that the model does not offer, and what it offers in its place. */
  readonly divergence: {
    readonly step: number;
    readonly asked: string;
    readonly enabled: readonly string[];
  } | null;
}

/** Without a final newline. */
export function replayedText(replayed: Replayed): string {
  const { unbroken, trace } = replayed;
  const shown = unbroken === undefined ? [traceText(trace), ""] : [];
  return [headline("replayed", replayed), "", ...shown, replayLine(trace)].join("\n");
}

/** Without a final newline. */
export function replayedEditedText(replayed: ReplayedEdited): string {
  const { trace, difference, divergence } = replayed;
  return [
    headline("replayed on an edited model", replayed),
    "",
    divergence === null ? traceText(trace) : `${paragraph(trace.start, WIDTH, "")}\n\n${columns(trace)}`,
    "",
    ...(difference === null
      ? ["Every step that was followed does what it did in the trace."]
      : [
          `First difference: step ${difference.step}`,
          `  trace: ${difference.trace}`,
          `  model: ${difference.model}`,
        ]),
    ...(divergence === null
      ? []
      : [
          `Divergence: step ${divergence.step} cannot be followed`,
          `  trace: ${divergence.asked}`,
          ...divergence.enabled.map((offer, i) => `${i === 0 ? "  model: " : "     or: "}${offer}`),
          ...(divergence.enabled.length === 0 ? ["  model: nothing can happen any more"] : []),
        ]),
    replayLine(trace),
  ].join("\n");
}

function headline(what: string, { unbroken, trace }: Replayed): string {
  const verdict = unbroken === undefined ? `VIOLATED ${whereBroken(trace)}` : `NOT VIOLATED, ${unbroken}`;
  return `pmucheck: ${what}, ${trace.property} ${verdict}: ${whereChecked(trace)}`;
}
