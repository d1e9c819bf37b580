/**
 * A conformance in text.
 */
import type { ConformDocument } from "./conform.js";
import { LEFT_OUT } from "./left-out.js";

/** Why a process could do nothing, as src/explain says it. */
export interface Reasons {
  readonly process: string;
  readonly enabled: boolean;
  readonly reasons: readonly string[];
}

export interface ConformSubject {
  readonly scenario: string;
  readonly driver: string;
  readonly fix: string | null;
}

/** Of the stack, the innermost. */
const FRAMES = 4;

/** At most so many alternatives are listed. */
const OFFERS = 12;

export function conformText(
  document: ConformDocument & ConformSubject,
  answers: readonly Reasons[],
  file: string,
): string {
  const { scenario, driver, fix, verdict, functions, returns } = document;
  const on = `${scenario}, ${driver}${fix === null ? "" : ` with ${fix}`}`;
  return [
    `pmucheck: ${file} ${verdict.toUpperCase()}: ${on}`,
    "",
    ...sentence(document),
    ...refusalLines(document, file),
    ...answers.flatMap(({ process, enabled, reasons }) => [
      `why not ${process}: ${enabled ? "it could go ahead" : reasons.join("; ") || "no reason is known"}`,
    ]),
    "",
    `compared: ${document.matched} of ${document.entries} entries (${document.leftOut} are of other CPUs, other tasks, or not modelled)`,
    `functions: ${functions.length === 0 ? "none" : functions.join(" ")}`,
    `returned values: ${returns.length === 0 ? "none" : returns.join(" ")}`,
    `left out by the models' own account: ${LEFT_OUT.flatMap((one) => one.functions).join(" ")}`,
    `states of the model visited: ${document.states}`,
  ].join("\n");
}

function sentence({ verdict, switches, completed, unreported, refusal }: ConformDocument): readonly string[] {
  switch (verdict) {
    case "accepted":
      return [
        `Some execution of the model shows every entry. In it are ${switches} switches of a sampled task, and`,
        `${completed} times armpmu_event_set_period found a completed period, ${unreported} times with no report after it.`,
      ];
    case "refused":
      return [`No execution of the model shows line ${refusal?.line ?? 0} after the entries before it.`];
    case "vacuous":
      return ["Nothing contradicts the model, but the PMU's driver does nothing in this log that could."];
    case "inconclusive":
      return [
        "There are too many places where an execution may be: raise --max-places, or record more functions.",
      ];
  }
}

function refusalLines({ refusal }: ConformDocument, file: string): readonly string[] {
  if (refusal === null) return [];
  const more = refusal.offers.length - OFFERS;
  return [
    "",
    ...refusal.before.map((line) => `  ${line}`),
    `${file}:${refusal.line}: ${refusal.entry}`,
    "",
    refusal.offers.length === 0
      ? "The model could show nothing any more."
      : "The model could have shown instead:",
    ...refusal.offers.slice(0, OFFERS).map((offer) => `  ${offer}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(refusal.within.length === 0 ? [] : [`It is then in ${refusal.within.slice(-FRAMES).join(" > ")}.`]),
    "",
  ];
}
