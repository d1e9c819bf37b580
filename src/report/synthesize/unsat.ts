/**
 * Why no set of edits meets a property in a cell: executions that cannot all be avoided, and what it takes to avoid each.
 */
import type { UnsatDocument } from "../../trace/synthesis.js";
import type { Screen } from "../screen.js";
import { hanging, paragraph } from "../wrap.js";

/** For a terminal. Without a final newline. */
export function unsatText(document: UnsatDocument, { width, style }: Screen): string {
  const { passing, proof } = document;
  if (passing !== null) return paragraph(meets(document), width, "");
  return [
    style.strong(`NO set of these edits meets ${subjectOf(document)}`),
    paragraph(`${summaryOf(document)}${proof.length > 1 ? ":" : ""}`, width, "  "),
    ...(proof.length > 1
      ? proof.flatMap(({ drop, add, steps }) => hanging("  - ", wayOut(drop, add, steps), width))
      : []),
  ].join("\n");
}

/** As a page. Without a final newline. */
export function unsatMarkdown(document: UnsatDocument): string {
  if (document.passing !== null)
    return `# A set of edits that meets ${subjectOf(document)}\n\n${meets(document)}`;
  return [
    `# Why no set of edits meets ${subjectOf(document)}`,
    "",
    summaryOf(document),
    "",
    "| steps | to avoid it, drop one of | or add one of |",
    "|---|---|---|",
    ...document.proof.map(({ drop, add, steps }) => `| ${steps} | ${listed(drop)} | ${listed(add)} |`),
  ].join("\n");
}

function subjectOf({ property, cell, driver }: UnsatDocument): string {
  return `${property} in ${cell}, ${driver}`;
}

function meets(document: UnsatDocument): string {
  return `${subjectOf(document)}: ${document.passing?.edits.join("+") || "no edit"} meets it`;
}

function summaryOf({ proof, executions }: UnsatDocument): string {
  const fixed = proof.find(({ drop, add }) => drop.length === 0 && add.length === 0);
  if (fixed !== undefined) {
    return `An execution of ${fixed.steps} steps breaks it, and no edit changes anything in it.`;
  }
  return `${proof.length} executions cannot all be avoided (of ${executions} that were found)`;
}

function wayOut(drop: readonly string[], add: readonly string[], steps: number): string {
  const ways = [
    ...(drop.length === 0 ? [] : [`drop one of ${drop.join(", ")}`]),
    ...(add.length === 0 ? [] : [`add one of ${add.join(", ")}`]),
  ];
  return `${steps} steps: to avoid it, ${ways.join(", or ")}`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}
