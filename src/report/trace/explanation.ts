/**
 * An explanation as text: five bullets, then the parts that they are made of.
 */
import type { ExplainedKind, ExplainedStep, Explanation, WhyNot } from "../../trace/explanation.js";
import { bullets, said } from "./explanation-words.js";
import type { Screen } from "../screen.js";
import { whereChecked } from "../subject.js";
import { hanging, headline, paragraph } from "../wrap.js";

const MORE = [
  ["--full", "the execution that goes well, last writers, needed steps"],
  ["--why-not PROCESS@STEP", "why something could not happen at a step"],
] as const;

export interface ExplanationDetail {
  /** The nearest passing execution, last writers and all necessary steps besides. */
  readonly full: boolean;
}

/** Without a final newline. The answers to why-not questions come first, because they were asked for. */
export function explanationText(
  explanation: Explanation,
  { full }: ExplanationDetail,
  { width, style }: Screen,
): string {
  const { property, rule, hash, whyNot } = explanation;
  const name = rule === property ? property : `${property} (${rule})`;
  return [
    ...headline(`pmucheck: explained, ${name}: ${whereChecked(explanation)}`, width).map(style.strong),
    "",
    ...(whyNot.length > 0 ? [...whyNot.map((answer) => whyNotText(answer, width)), ""] : []),
    ...bullets(explanation).flatMap((text) => hanging("* ", text, width)),
    "",
    ...(full
      ? [
          ...noReturnLines(explanation, width),
          ...passingLines(explanation, width),
          ...writerLines(explanation, width),
          ...necessaryLines(explanation, width),
          `Hash=${hash}`,
        ]
      : MORE.flatMap(([option, what]) => hanging(option.padEnd(24), what, width)).map(style.faint)),
  ].join("\n");
}

function noReturnLines({ noReturn }: Explanation, width: number): string[] {
  if (noReturn === null) return ["Point of no return: inconclusive"];
  const { step, conclusive, after } = noReturn;
  return [
    "Point of no return:",
    conclusive
      ? item(step.step, said(step), width)
      : `  inconclusive, after step ${after} and up to step ${step.step}`,
  ];
}

function passingLines({ passing }: Explanation, width: number): string[] {
  if (passing === null) return [];
  const { commonSteps, instead, steps } = passing;
  return [
    `Nearest passing execution (the same up to step ${commonSteps}):`,
    item(instead.step, `not: ${said(instead)}`, width),
    ...condensed(steps, width),
  ];
}

/** Decisions one by one; what a CPU does between them only in how many steps. */
function condensed(steps: readonly ExplainedStep[], width: number): string[] {
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
          width,
        ),
      );
    }
    silent = [];
  };
  for (const step of steps) {
    if (step.function !== null && !step.notable) silent.push(step);
    else {
      flush();
      lines.push(
        item(step.step, step.function === null ? step.text : `${step.text} in ${step.function}`, width),
      );
    }
  }
  flush();
  return lines;
}

function writerLines({ writers }: Explanation, width: number): string[] {
  return [
    "Last writers of what the rule depends on:",
    ...writers.map(({ value, from, to, by }) =>
      item(by.step, `${value} ${from} -> ${to}: ${said(by)}`, width),
    ),
  ];
}

function necessaryLines({ necessary: { kinds } }: Explanation, width: number): string[] {
  const [world, kernel] = [kinds.filter((kind) => !kind.kernel), kinds.filter((kind) => kind.kernel)];
  const group = (title: string, necessity: boolean | null) => {
    const of = kernel.filter((kind) => kind.necessary === necessity);
    const lines = [
      ...world.filter((kind) => kind.necessary === necessity).map((kind) => worldLine(kind, width)),
      ...(of.length === 0
        ? []
        : [`  and ${of.length} of ${kernel.length} kinds of kernel steps, of them the writes:`]),
      ...byFunction(of, width),
    ];
    return lines.length === 0 ? [] : [title, ...lines];
  };
  return [
    ...group("Needed for it (forbid any one and it cannot happen):", true),
    ...group("Not needed (it can happen without):", false),
    ...group("Open (not decided within --budget, or not asked):", null),
  ];
}

function worldLine({ kind, steps }: ExplainedKind, width: number): string {
  return item(steps[0] ?? 0, steps.length === 1 ? kind : `${kind}, ${steps.length} times`, width);
}

/** A line per function, with what it does; what it only reads or waits for is left to the document. */
function byFunction(kinds: readonly ExplainedKind[], width: number): string[] {
  const lines = new Map<string, { readonly step: number; readonly texts: string[] }>();
  for (const { kind, steps } of kinds) {
    const [, name = "", text = ""] = /^(\w+): (.*)$/.exec(kind) ?? [];
    if (/ read$|^isb$/.test(text)) continue;
    const line = lines.get(name) ?? { step: steps[0] ?? 0, texts: [] };
    line.texts.push(text);
    lines.set(name, line);
  }
  return [...lines].map(([name, { step, texts }]) => item(step, `${name}: ${texts.join("; ")}`, width));
}

function whyNotText(answer: WhyNot, width: number): string {
  const { process, choice, step, enabled, taken, reasons, elsewhere } = answer;
  const name = choice === null ? process : `${process}: ${choice}`;
  if (enabled) return paragraph(`${name} was enabled at step ${step}; the trace took '${taken}'.`, width, "");
  const seen =
    elsewhere?.differences.map(({ name: value, from, to }) => `${value} is ${to} here, ${from} there`) ?? [];
  return [
    paragraph(`${name} was not enabled at step ${step}:`, width, ""),
    ...reasons.map((reason) => paragraph(`- ${reason}`, width, "  ")),
    ...(elsewhere === null
      ? ["  it is enabled nowhere in this trace"]
      : [
          `  it is enabled at step ${elsewhere.step}; of what it looks at:`,
          ...seen.map((text) => paragraph(text, width, "    ")),
        ]),
  ].join("\n");
}

function item(step: number, text: string, width: number): string {
  return hanging(`${String(step).padStart(5)} `, text, width).join("\n");
}
