/**
 * A minimized trace as text: what was done to it, in four lines.
 */
import type { MinimizedTrace } from "../../trace/explanation.js";
import type { Screen } from "../screen.js";
import { whereChecked } from "../subject.js";
import { traceText, whereBroken } from "./text.js";
import { colouredVerdict } from "../verdict-colour.js";
import { hanging, headline } from "../wrap.js";

/** Without a final newline; `replay` is the command that walks the trace again. */
export function minimizedText(trace: MinimizedTrace, replay: string, full: boolean, screen: Screen): string {
  const head = `pmucheck: minimized, ${trace.property} VIOLATED ${whereBroken(trace)}: ${whereChecked(trace)}`;
  return [
    ...(full ? [traceText(trace, screen), ""] : []),
    colouredVerdict(headline(head, screen.width).join("\n"), "violated", screen.style),
    ...summary(trace).flatMap((sentence) => hanging("  ", sentence, screen.width)),
    replay,
  ].join("\n");
}

function summary({ minimized, rule }: MinimizedTrace): string[] {
  const { before, after, parameters, oneMinimal, shortest } = minimized;
  const now = `${after.steps} steps with ${after.interruptions} interruptions`;
  const isSame = before.steps === after.steps && before.interruptions === after.interruptions;
  const smaller = parameters.map(({ name, from, to }) => `${name}=${to} is enough, it was ${from}`);
  return [
    [
      isSame
        ? `Nothing to leave out: ${now}`
        : `From ${before.steps} steps with ${before.interruptions} interruptions to ${now}`,
      ...smaller,
    ].join("; ") + ".",
    [
      oneMinimal
        ? `No single step can be left out (1-minimal): without it ${rule} is not broken in this way`
        : "A step more could be left out, but not within the effort allowed",
      shortest
        ? "and this is a shortest trace (checked exhaustively)."
        : "a shorter trace may exist: not all reachable states were looked at (--budget).",
    ].join("; "),
  ];
}
