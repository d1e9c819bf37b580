/**
 * An explanation in words: one paragraph, generated from its parts and saying nothing that is not in them.
 */
import type { ExplainedStep, Explanation } from "../trace/explanation.js";

export function words(explanation: Explanation): string {
  return [
    origin(explanation),
    erased(explanation),
    noReturn(explanation),
    passing(explanation),
    necessary(explanation),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

/** `PMOVSCLR = 0x1 in armv8pmu_disable_intens (step 36)` */
export function said({ step, function: within, text, process }: ExplainedStep): string {
  const where = within === null ? (text.startsWith("<") ? ` by ${process}` : "") : ` in ${within}`;
  return `${text}${where} (step ${step})`;
}

function origin({ origin: began, violation, rule }: Explanation): string {
  const end = `the trace breaks ${rule} with '${violation.text}' at step ${violation.step}.`;
  return began === null
    ? `${end[0]?.toUpperCase()}${end.slice(1)}`
    : `It begins with '${began.text}' at step ${began.step}, and ${end}`;
}

function erased({ erased: by }: Explanation): string | undefined {
  if (by === null) return undefined;
  return `What showed in the hardware then is gone with ${said(by.step)}, which sets ${by.signal} back.`;
}

function noReturn(explanation: Explanation): string {
  const { noReturn: point, passing: avoided, violation } = explanation;
  if (point === null) {
    return "Where it became inevitable is open: the effort (--budget) was not enough to find one execution that avoids it.";
  }
  const { step, avoidedBy, conclusive, after } = point;
  const { breaking } = explanation;
  const what =
    avoidedBy === "next"
      ? `the next ${breaking} breaks the rule, whatever happens before it`
      : "every fair continuation breaks the rule";
  if (!conclusive) {
    return `Where it becomes inevitable is inconclusive: after step ${after} it can still be avoided, after step ${step.step} not, and between them the effort (--budget) was not enough.`;
  }
  if (step.step === violation.step || avoided === null) {
    return "Up to the last step it could have been avoided.";
  }
  return `The point of no return is ${said(step)}: up to then it can still be avoided, from then on ${what}.`;
}

function passing({ passing: other }: Explanation): string | undefined {
  const [first] = other?.steps ?? [];
  if (other === null || first === undefined) return undefined;
  return (
    `The nearest execution that goes well is the same for ${other.commonSteps} steps; then, instead of ` +
    `'${other.instead.text}', comes '${first.text}', and ${other.steps.length - 1} steps more.`
  );
}

function necessary({ necessary: { complete, kinds } }: Explanation): string {
  const world = kinds.filter((kind) => !kind.kernel);
  const list = (necessity: boolean) =>
    world.filter((kind) => kind.necessary === necessity).map(({ kind }) => `'${kind}'`);
  const [needed, spare] = [list(true), list(false)];
  const code = kinds.filter((kind) => kind.kernel && kind.necessary === true);
  return [
    ...(needed.length === 0 ? [] : [`Without any one of ${needed.join(", ")} it cannot happen at all.`]),
    ...(code.length === 0 ? [] : [`Nor can it without ${kernelKinds(code.map(({ kind }) => kind))}.`]),
    ...(spare.length === 0 ? [] : [`It can happen without ${spare.join(", ")}.`]),
    ...(complete
      ? []
      : ["Whether it can happen without other steps is open: the effort (--budget) was not enough."]),
  ].join(" ");
}

function kernelKinds(kinds: readonly string[]): string {
  return kinds.length === 1 ? `'${kinds.join()}'` : `any one of ${kinds.length} kinds of kernel steps`;
}
