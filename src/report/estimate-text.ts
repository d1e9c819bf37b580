/**
 * Estimates and diagnoses as text. Rounded: more digits would promise what an estimate cannot keep.
 */
import { whereChecked } from "./subject.js";
import type { DiagnosisDocument, EstimateDocument, EstimatedRange } from "../trace/document.js";
import { grouped } from "./numbers.js";
import { hanging } from "./wrap.js";

/** Components shown of a diagnosis; the document has all. */
const SHOWN = 6;
/** Steps named per component. */
const MAKERS = 3;

export function estimateText(estimate: EstimateDocument): string {
  return `pmucheck: estimate, ${sizeText(estimate)}: ${whereChecked(estimate)}`;
}

/** `about 2,900,000 states (1,900,000 to 4,300,000), 3 s (2 s to 5 s), 220 MB` */
export function sizeText({ method, atLeast, states, seconds, bytes }: EstimateDocument): string {
  if (states === null || seconds === null || bytes === null) return `more than ${grouped(atLeast)} states`;
  const time = method === "counted" ? shortTime(seconds.middle) : between(seconds, shortTime);
  const size = method === "counted" ? grouped(states.middle) : `about ${between(states, rounded)}`;
  return `${size} states, ${time}, ${grouped(Math.ceil(bytes.middle / 1e6))} MB of visited states`;
}

/** Why a search did not end, and what would make the next one smaller. @param width columns that there are */
export function diagnosisText(
  { sampledSteps, components, grows, now, reductions }: DiagnosisDocument,
  width = Infinity,
): string {
  const [best] = reductions;
  return [
    ...grows.slice(0, SHOWN).flatMap((one) => hanging("", growthText(one), width)),
    ...hanging(
      "",
      `Values per component, along ${grouped(sampledSteps)} random steps, and the steps that made most of them:`,
      width,
    ),
    ...components.slice(0, SHOWN).flatMap(({ component, values, madeBy }) => {
      const makers = madeBy.slice(0, MAKERS).map(({ step, values: made }) => `${step} (${made})`);
      return hanging(`  ${component.padEnd(18)} ${grouped(values).padStart(7)}  `, makers.join(", "), width);
    }),
    `Estimated size: ${now === null ? "unknown" : `about ${between(now, rounded)} states`}`,
    best === undefined
      ? "No numeric parameter can be reduced."
      : "One numeric parameter reduced by half, what helps most first:",
    ...reductions.map((reduction) => reductionText(reduction, now)),
  ].join("\n");
}

function growthText({ component, field, reached, madeBy }: DiagnosisDocument["grows"][number]): string {
  const [quarter, half, whole] = reached.map(grouped);
  const name = field === "" ? component : `${component} ${field}`;
  return `GROWS WITHOUT END, it seems: ${name} reaches ${quarter}, ${half}, ${whole} in a random run of 1, 2, 4 times the length; made by ${madeBy}. No bound on states is enough then: this is a fault of the driver, or of the model.`;
}

function reductionText(
  { parameter, from, to, method, states }: DiagnosisDocument["reductions"][number],
  now: EstimatedRange | null,
): string {
  const isSmaller = states === null || now === null || states.middle < now.middle;
  const size =
    states === null
      ? "unknown, more than a trial can count"
      : method === "counted"
        ? `${grouped(states.middle)} states`
        : `about ${between(states, rounded)} states`;
  return `  --set ${`${parameter}=${to}`.padEnd(16)} (now ${from}) ${size}${isSmaller ? "" : ", no help"}`;
}

function between({ low, middle, high }: EstimatedRange, show: (value: number) => string): string {
  return `${show(middle)} (${show(low)} to ${show(high)})`;
}

/** Two digits and zeros. */
function rounded(value: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return grouped(Math.round(value / unit) * unit);
}

/** `950`, `12k`, `3.4M` */
export function shortCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  const [unit, sign] = count < 1e6 ? [1e3, "k"] : [1e6, "M"];
  const scaled = count / unit;
  return `${scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)}${sign}`;
}

export function shortTime(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
