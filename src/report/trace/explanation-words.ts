/**
 * An explanation in words, generated from its parts and saying nothing that is not in them.
 */
import type { ExplainedStep, Explanation } from "../../trace/explanation.js";
import { FunctionFiles } from "./files.js";

/** What to know of a trace, most important first: at most five paragraphs. */
export function bullets(explanation: Explanation): string[] {
  return [
    origin(explanation),
    erased(explanation),
    noReturn(explanation),
    passing(explanation),
    necessary(explanation),
  ].filter((sentence) => sentence !== undefined);
}

export function words(explanation: Explanation): string {
  return bullets(explanation).join(" ");
}

/** `PMOVSCLR = 0x1 in armv8pmu_disable_intens (step 36)` */
export function said({ step, function: within, text, process }: ExplainedStep): string {
  const where = within === null ? (text.startsWith("<") ? ` by ${process}` : "") : ` in ${within}`;
  return `${text}${where} (step ${step})`;
}

/** `step 39 (PMOVSCLR = 0x1 in armv8pmu_disable_intens, arm_pmuv3.c)` */
function atStep({ step, function: within, text }: ExplainedStep, { files }: Explanation): string {
  const file = within === null ? undefined : new FunctionFiles({ files }).of(within);
  const where = within === null ? "" : ` in ${[within, ...(file === undefined ? [] : [file])].join(", ")}`;
  return `step ${step} (${text}${where})`;
}

function origin(explanation: Explanation): string {
  const { origin: began, violation, rule } = explanation;
  const end = `${rule} breaks at ${atStep(violation, explanation)}.`;
  return `What happens: ${began === null ? "" : `it begins at ${atStep(began, explanation)}; `}${end}`;
}

function erased(explanation: Explanation): string | undefined {
  const { erased: by } = explanation;
  return by === null
    ? undefined
    : `Evidence destroyed: ${atStep(by.step, explanation)} sets ${by.signal} back.`;
}

function noReturn(explanation: Explanation): string {
  const { noReturn: point, passing: avoided, violation, breaking } = explanation;
  const name = "Point of no return: ";
  if (point === null) {
    return `${name}open. No execution that avoids it was found within --budget; give it more.`;
  }
  const { step, avoidedBy, conclusive, after } = point;
  if (!conclusive) {
    return `${name}inconclusive. After step ${after} it can still be avoided, after step ${step.step} it cannot; --budget was not enough to decide between them.`;
  }
  if (step.step === violation.step || avoided === null) {
    return `${name}none. Up to the last step it could have been avoided.`;
  }
  const what =
    avoidedBy === "next" ? `the next ${breaking} breaks the rule` : "every fair continuation breaks the rule";
  return `${name}${atStep(step, explanation)}. Until then it could still be avoided; after it, ${what}, whatever happens before it.`;
}

function passing({ passing: other }: Explanation): string | undefined {
  const [first] = other?.steps ?? [];
  if (other === null || first === undefined) return undefined;
  const more = other.steps.length - 1;
  const rest = more === 1 ? "1 step more" : `${more} steps more`;
  return `How it goes well: at step ${other.instead.step}, ${first.text} instead of ${other.instead.text}; then ${rest}.`;
}

function necessary({ necessary: { complete, kinds } }: Explanation): string | undefined {
  const world = kinds.filter((kind) => !kind.kernel);
  const list = (necessity: boolean) =>
    world.filter((kind) => kind.necessary === necessity).map(({ kind }) => `'${kind}'`);
  const [needed, spare] = [list(true), list(false)];
  const code = kinds.filter((kind) => kind.kernel && kind.necessary === true);
  const all = [...needed, ...(code.length === 0 ? [] : [kernelKinds(code.map(({ kind }) => kind))])];
  const sentences = [
    ...(all.length === 0 ? [] : [`Needed for it: ${all.join(", ")}. Forbid any one and it cannot happen.`]),
    ...(spare.length === 0 ? [] : [`Not needed: ${spare.join(", ")}.`]),
    ...(complete ? [] : ["Which other steps it needs is open: --budget was not enough."]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function kernelKinds(kinds: readonly string[]): string {
  return kinds.length === 1 ? `'${kinds.join()}'` : `${kinds.length} kinds of kernel steps`;
}
