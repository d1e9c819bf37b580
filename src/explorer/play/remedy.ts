/**
 * Whether a fix closes what a trace shows, as a search of the whole system decided it.
 */
import type { Verdict } from "../../trace/document.js";

export interface Remedy {
  readonly fix: string;
  readonly property: string;
  readonly verdict: Verdict;
  readonly states: number;
}

/** In a sentence that claims no more than was decided. */
export function remedyText({ fix, property, verdict, states }: Remedy): string {
  const searched = `${states.toLocaleString("en")} states`;
  if (verdict === "holds")
    return `${fix} does: with it, ${property} holds in this scenario (${searched}, all).`;
  if (verdict === "violated") return `${fix} does not: with it, ${property} still breaks in this scenario.`;
  return `It is not decided for ${fix} within ${searched}: pmucheck verify ${fix} goes on.`;
}
