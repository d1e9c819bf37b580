/**
 * An explanation as text: one paragraph in words, then the parts that it is made of.
 */
import type { ExplainedKind, ExplainedStep, Explanation, WhyNot } from "../trace/explanation.js";
import { WIDTH } from "./columns.js";
import { said, words } from "./explanation-words.js";
import { whereChecked } from "./subject.js";
import { hanging, paragraph } from "./wrap.js";

/** Without a final newline. The answers to why-not questions come first, because they were asked for. */
export function explanationText(explanation: Explanation): string {
  const { property, rule, hash } = explanation;
  const name = rule === property ? property : `${property} (${rule})`;
  return [
    `pmucheck: explained, ${name}: ${whereChecked(explanation)}`,
    "",
    ...(explanation.whyNot.length > 0 ? [...explanation.whyNot.map(whyNotText), ""] : []),
    paragraph(words(explanation), WIDTH, "  "),
    "",
    ...noReturnLines(explanation),
    ...passingLines(explanation),
    ...writerLines(explanation),
    ...necessaryLines(explanation),
    `Hash=${hash}`,
  ].join("\n");
}

function noReturnLines({ noReturn }: Explanation): string[] {
  if (noReturn === null) return ["Point of no return: inconclusive"];
  const { step, conclusive, after } = noReturn;
  return [
    "Point of no return:",
    conclusive
      ? item(step.step, said(step))
      : `  inconclusive, after step ${after} and up to step ${step.step}`,
  ];
}

function passingLines({ passing }: Explanation): string[] {
  if (passing === null) return [];
  const { commonSteps, instead, steps } = passing;
  return [
    `Nearest passing execution (the same up to step ${commonSteps}):`,
    item(instead.step, `not: ${said(instead)}`),
    ...condensed(steps),
  ];
}

/** Decisions one by one; what a CPU does between them only in how many steps. */
function condensed(steps: readonly ExplainedStep[]): string[] {
  const lines: string[] = [];
  let silent: ExplainedStep[] = [];
  const flush = () => {
    const [from, to] = [silent[0], silent.at(-1)];
    if (from !== undefined && to !== undefined) {
      lines.push(
        item(
          from.step,
          from === to
            ? said(from)
            : `${silent.length} steps of the kernel, from ${from.function}() to ${to.function}()`,
        ),
      );
    }
    silent = [];
  };
  for (const step of steps) {
    if (step.function !== null && !step.notable) silent.push(step);
    else {
      flush();
      lines.push(item(step.step, step.function === null ? step.text : `${step.text} in ${step.function}`));
    }
  }
  flush();
  return lines;
}

function writerLines({ writers }: Explanation): string[] {
  return [
    "Last writers of what the rule depends on:",
    ...writers.map(({ value, from, to, by }) => item(by.step, `${value} ${from} -> ${to}: ${said(by)}`)),
  ];
}

function necessaryLines({ necessary: { kinds } }: Explanation): string[] {
  const [world, kernel] = [kinds.filter((kind) => !kind.kernel), kinds.filter((kind) => kind.kernel)];
  const group = (title: string, necessity: boolean | null) => {
    const of = kernel.filter((kind) => kind.necessary === necessity);
    const lines = [
      ...world.filter((kind) => kind.necessary === necessity).map(worldLine),
      ...(of.length === 0
        ? []
        : [`  and ${of.length} of ${kernel.length} kinds of kernel steps, of them the writes:`]),
      ...byFunction(of),
    ];
    return lines.length === 0 ? [] : [title, ...lines];
  };
  return [
    ...group("Necessary: forbidden, each makes the violation unreachable", true),
    ...group("Not necessary: forbidden, it is still reachable in some other way", false),
    ...group("Open: not decided within the effort, or not asked", null),
  ];
}

function worldLine({ kind, steps }: ExplainedKind): string {
  return item(steps[0] ?? 0, steps.length === 1 ? kind : `${kind}, ${steps.length} times`);
}

/** A line per function, with what it does; what it only reads or waits for is left to the document. */
function byFunction(kinds: readonly ExplainedKind[]): string[] {
  const lines = new Map<string, { readonly step: number; readonly texts: string[] }>();
  for (const { kind, steps } of kinds) {
    const [, name = "", text = ""] = /^(\w+): (.*)$/.exec(kind) ?? [];
    if (/ read$|^isb$/.test(text)) continue;
    const line = lines.get(name) ?? { step: steps[0] ?? 0, texts: [] };
    line.texts.push(text);
    lines.set(name, line);
  }
  return [...lines].map(([name, { step, texts }]) => item(step, `${name}: ${texts.join("; ")}`));
}

function whyNotText(answer: WhyNot): string {
  const { process, choice, step, enabled, taken, reasons, elsewhere } = answer;
  const name = choice === null ? process : `${process}: ${choice}`;
  if (enabled) return paragraph(`${name} was enabled at step ${step}; the trace took '${taken}'.`, WIDTH, "");
  const seen =
    elsewhere?.differences.map(({ name: value, from, to }) => `${value} is ${to} here, ${from} there`) ?? [];
  return [
    paragraph(`${name} was not enabled at step ${step}:`, WIDTH, ""),
    ...reasons.map((reason) => paragraph(`- ${reason}`, WIDTH, "  ")),
    ...(elsewhere === null
      ? ["  it is enabled nowhere in this trace"]
      : [
          `  it is enabled at step ${elsewhere.step}; of what it looks at:`,
          ...seen.map((text) => paragraph(text, WIDTH, "    ")),
        ]),
  ].join("\n");
}

function item(step: number, text: string): string {
  return hanging(`${String(step).padStart(5)} `, text, WIDTH).join("\n");
}
