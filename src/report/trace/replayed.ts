/**
 * A replay as text.
 */
import type { TraceDocument } from "../../trace/document.js";
import { columns } from "./columns.js";
import type { Screen } from "../screen.js";
import { whereChecked } from "../subject.js";
import { traceText, whereBroken } from "./text.js";
import { hanging, headline, paragraph } from "../wrap.js";

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

/** Without a final newline; `again` is the command that walks the trace again. */
export function replayedText(replayed: Replayed, again: string, screen: Screen): string {
  const { unbroken, trace } = replayed;
  const shown = unbroken === undefined ? [traceText(trace, screen), ""] : [];
  return [...head("replayed", replayed, screen), "", ...shown, again].join("\n");
}

/** Without a final newline; `again` is the command that walks the trace again. */
export function replayedEditedText(replayed: ReplayedEdited, again: string, screen: Screen): string {
  const { trace, difference, divergence } = replayed;
  const { width } = screen;
  return [
    ...head("replayed on an edited model", replayed, screen),
    "",
    divergence === null
      ? traceText(trace, screen)
      : `${paragraph(trace.start, width, "")}\n\n${columns(trace, screen)}`,
    "",
    ...(difference === null
      ? ["Every step that was followed does what it did in the trace."]
      : [
          `First difference: step ${difference.step}`,
          ...hanging("  trace: ", difference.trace, width),
          ...hanging("  model: ", difference.model, width),
        ]),
    ...(divergence === null
      ? []
      : [
          `Divergence: step ${divergence.step} cannot be followed`,
          ...hanging("  trace: ", divergence.asked, width),
          ...divergence.enabled.flatMap((offer, i) =>
            hanging(i === 0 ? "  model: " : "     or: ", offer, width),
          ),
          ...(divergence.enabled.length === 0 ? ["  model: nothing can happen any more"] : []),
        ]),
    again,
  ].join("\n");
}

function head(what: string, { unbroken, trace }: Replayed, { width, style }: Screen): string[] {
  const verdict = unbroken === undefined ? `VIOLATED ${whereBroken(trace)}` : `NOT VIOLATED, ${unbroken}`;
  const line = `pmucheck: ${what}, ${trace.property} ${verdict}: ${whereChecked(trace)}`;
  return headline(line, width).map(unbroken === undefined ? style.bad : style.strong);
}
