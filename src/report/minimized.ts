/**
 * A minimized trace as text.
 */
import type { MinimizedTrace } from "../trace/explanation.js";
import { WIDTH } from "./columns.js";
import { whereChecked } from "./subject.js";
import { replayLine, traceText, whereBroken } from "./text.js";
import { paragraph } from "./wrap.js";

/** Without a final newline. */
export function minimizedText(trace: MinimizedTrace): string {
  return [
    `pmucheck: minimized, ${trace.property} VIOLATED ${whereBroken(trace)}: ${whereChecked(trace)}`,
    "",
    ...summary(trace).map((sentence) => paragraph(sentence, WIDTH, "  ")),
    "",
    traceText(trace),
    "",
    replayLine(trace),
  ].join("\n");
}

function summary({ minimized, rule }: MinimizedTrace): string[] {
  const { before, after, parameters, oneMinimal, shortest } = minimized;
  return [
    `${before.steps} steps with ${before.interruptions} interruptions before, ${after.steps} with ` +
      `${after.interruptions} now.`,
    ...parameters.map(({ name, from, to }) => `${name}=${to} is enough, it was ${from}.`),
    oneMinimal
      ? `1-minimal: without any one step, and what then cannot follow, ${rule} is not broken in this way.`
      : "Not 1-minimal: a step can be left out, but was not within the effort allowed.",
    shortest
      ? "No trace is shorter: all reachable states were looked at."
      : "Perhaps not the shortest: not all reachable states were looked at (--budget).",
  ];
}
