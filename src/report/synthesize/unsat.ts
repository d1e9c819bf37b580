/**
 * Why no set of edits meets a property in a cell: the executions that were found, and what it takes to avoid each. Without a
 * final newline.
 */
import type { UnsatDocument } from "../../trace/synthesis.js";
import { paragraph } from "../wrap.js";
import { WIDTH } from "../trace/columns.js";

/** More clauses say no more to a reader. */
const SHOWN = 12;

export function unsatText({ driver, cell, property, isClosed, passing, clauses }: UnsatDocument): string {
  if (passing !== null && !isClosed) {
    return paragraph(
      `${property} in ${cell}, ${driver}: ${passing.edits.join("+") || "no edit"} meets it`,
      WIDTH,
      "",
    );
  }
  const empty = clauses.find(({ drop, add }) => drop.length === 0 && add.length === 0);
  const head = `NO set of these edits meets ${property} in ${cell}, ${driver}`;
  if (empty !== undefined) {
    return [
      head,
      paragraph(
        `An execution of ${empty.steps} steps breaks it, and no edit changes anything in it.`,
        WIDTH,
        "  ",
      ),
    ].join("\n");
  }
  const shown = clauses.slice(0, SHOWN);
  return [
    `${head}: ${clauses.length} executions cannot all be avoided`,
    ...shown.map(({ drop, add, steps }) => paragraph(`- ${wayOut(drop, add)} (${steps} steps)`, WIDTH, "  ")),
    ...(shown.length < clauses.length
      ? [`  and ${clauses.length - shown.length} more: --json has them`]
      : []),
  ].join("\n");
}

function wayOut(drop: readonly string[], add: readonly string[]): string {
  const ways = [
    ...(drop.length === 0 ? [] : [`drop one of ${drop.join(", ")}`]),
    ...(add.length === 0 ? [] : [`add one of ${add.join(", ")}`]),
  ];
  return `to avoid it, ${ways.join(", or ")}`;
}
