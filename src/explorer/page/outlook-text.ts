/**
 * What a search found, in a sentence that claims no more than was decided.
 */
import type { Outlook } from "../play/outlook.js";
import type { PageEntry } from "../play/page-document.js";

export function outlookText(
  { same, other, kept, keptBy, isComplete, states }: Outlook,
  { trace, decided, lesson }: PageEntry,
): string {
  const rule = lesson?.best?.rule ?? (trace.rule === "none" ? trace.property : trace.rule);
  const searched = `${states.toLocaleString("en")} states`;
  const also = other === null ? "" : `; ${other.rule} can break in ${plural(other.steps)}`;
  if (same !== null && kept !== null) {
    const way =
      keptBy === "next"
        ? `the ${decided?.breaking ?? "next event"} can be kept in ${plural(kept)}`
        : `from ${plural(kept)} on it can go on for ever without that`;
    return `open: ${rule} can break in ${plural(same)}, and ${way}${also}`;
  }
  if (same !== null && isComplete)
    return `lost: every way on breaks ${rule}, the nearest in ${plural(same)} (${searched}, all)${also}`;
  if (isComplete) return `kept: ${rule} cannot break from there on (${searched}, all)${also}`;
  const known =
    same === null
      ? kept === null
        ? `neither a violation nor a way that keeps ${rule} was found`
        : `it can be kept in ${plural(kept)}; no violation was found`
      : `${rule} can break in ${plural(same)}; no way that keeps it was found`;
  return `not decided within ${searched}: ${known}${also}. For the rest: pmucheck explain TRACE`;
}

function plural(steps: number): string {
  return `${steps} ${steps === 1 ? "step" : "steps"}`;
}
