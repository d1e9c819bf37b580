/**
 * A conformance in text.
 */
import type { Screen } from "../../../report/screen.js";
import { hanging, headline, paragraph } from "../../../report/wrap.js";
import type { ConformDocument } from "../../../conform/conform.js";
import { LEFT_OUT } from "../../../conform/left-out.js";

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

/** For a terminal, without a final newline. `file`: what the log is called. */
export function conformText(
  document: ConformDocument & ConformSubject,
  answers: readonly Reasons[],
  file: string,
  { width, style }: Screen,
): string {
  const { scenario, driver, fix, verdict } = document;
  const on = `${scenario}, ${driver}${fix === null ? "" : ` with ${fix}`}`;
  const paint = { accepted: style.good, refused: style.bad, vacuous: style.open, inconclusive: style.open };
  const word = verdict.toUpperCase();
  return [
    ...headline(`pmucheck: ${file} ${word}: ${on}`, width).map((line) =>
      line.replace(` ${word}:`, ` ${style.strong(paint[verdict](word))}:`),
    ),
    "",
    paragraph(sentence(document), width, ""),
    ...refusalLines(document, file, width),
    ...answers.flatMap(({ process, enabled, reasons }) =>
      hanging(
        `why not ${process}: `,
        enabled ? "it could go ahead" : reasons.join("; ") || "no reason is known",
        width,
      ),
    ),
    "",
    ...restsOn(document).flatMap(([head, text]) => headline(`${head}: ${text}`, width)),
  ].join("\n");
}

/** What was compared: a head and its text, per line. */
function restsOn({
  matched,
  entries,
  leftOut,
  functions,
  returns,
  states,
}: ConformDocument): readonly (readonly [head: string, text: string])[] {
  return [
    [
      "compared",
      `${matched} of ${entries} entries (${leftOut} are of other CPUs, other tasks, or not modelled)`,
    ],
    ["functions", functions.length === 0 ? "none" : functions.join(" ")],
    ["returned values", returns.length === 0 ? "none" : returns.join(" ")],
    ["left out by the models' own account", LEFT_OUT.flatMap((one) => one.functions).join(" ")],
    ["states of the model visited", String(states)],
  ];
}

function sentence({ verdict, switches, completed, unreported, refusal }: ConformDocument): string {
  switch (verdict) {
    case "accepted":
      return (
        `Some execution of the model shows every entry. In it are ${switches} switches of a sampled task, and ` +
        `${completed} times armpmu_event_set_period found a completed period, ${unreported} times with no report after it.`
      );
    case "refused":
      return `No execution of the model shows line ${refusal?.line ?? 0} after the entries before it.`;
    case "vacuous":
      return "Nothing contradicts the model, but the PMU's driver does nothing in this log that could.";
    case "inconclusive":
      return "There are too many places where an execution may be: raise --max-places, or record more functions.";
  }
}

function refusalLines({ refusal }: ConformDocument, file: string, width: number): readonly string[] {
  if (refusal === null) return [];
  const { before, line, entry, offers, within } = refusal;
  const more = offers.length - OFFERS;
  return [
    "",
    ...before.flatMap((of) => hanging("  ", of, width)),
    ...headline(`${file}:${line}: ${entry}`, width),
    "",
    offers.length === 0 ? "The model could show nothing any more." : "The model could have shown instead:",
    ...offers.slice(0, OFFERS).flatMap((offer) => hanging("  ", offer, width)),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(within.length === 0 ? [] : hanging("", `It is then in ${within.slice(-FRAMES).join(" > ")}.`, width)),
    "",
  ];
}
