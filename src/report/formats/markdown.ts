/**
 * A trace, or the verdicts of several checks, as Markdown that can be read as it stands: for mails and issues.
 *
 * Source of the format: CommonMark; tables as in GitHub Flavored Markdown, which also read as plain text. Traces are the
 * columns of columns.ts in fenced blocks. Lines are at most 75 wide where words allow it (a mailing list wraps others,
 * and checkpatch warns of them); a path and a table row cannot be broken and may be longer. Commands are broken with
 * backslashes, and can be pasted into a shell as they are.
 */
import type { CheckDocument, TraceDocument } from "../../trace/document.js";
import { columns, WIDTH } from "../trace/columns.js";
import { driverText } from "../subject.js";
import { ending, replayLine, titleOf, verdictLine } from "../trace/text.js";
import { hanging, paragraph, wrap } from "../wrap.js";

/** One trace. */
export function markdownOfTrace(trace: TraceDocument): string {
  return [
    ...heading(titleOf(trace)),
    "",
    paragraph(`Scenario ${trace.scenario}, driver ${driverText(trace)}. ${trace.start}`, WIDTH, ""),
    "",
    ...traceBlock(trace),
  ].join("\n");
}

/** Verdicts: a table, then what each one that does not hold comes from, then what all rest on. */
export function markdownOfChecks(checks: readonly CheckDocument[]): string {
  return [
    ...heading("pmucheck"),
    "",
    "| scenario | driver | irq | property | verdict |",
    "| --- | --- | --- | --- | --- |",
    ...checks.map((check) => {
      const { scenario, config, property, verdict } = check;
      return `| ${[scenario, driverText(check), String(config["irq"] ?? ""), property, verdict].join(" | ")} |`;
    }),
    ...checks.flatMap(section),
  ].join("\n");
}

function section(check: CheckDocument): string[] {
  if (check.verdict === "holds") return [];
  return [
    "",
    ...heading(verdictLine(check).replace(/^pmucheck: /, ""), "-"),
    "",
    paragraph(check.sentence, WIDTH, ""),
    "",
    paragraph(
      `Assumed: ${check.assumptions.map(({ name, value }) => `${name}=${value}`).join(", ")}.`,
      WIDTH,
      "",
    ),
    ...(check.notModelled.length === 0
      ? []
      : ["", "Not modelled:", "", ...check.notModelled.flatMap((text) => item(text))]),
    ...(check.trace === undefined
      ? []
      : ["", paragraph(check.trace.start, WIDTH, ""), "", ...traceBlock(check.trace)]),
  ];
}

function traceBlock(trace: TraceDocument): string[] {
  return [
    "```",
    columns(trace),
    "",
    ...wrap(ending(trace).split(" "), WIDTH),
    ...(trace.epilogue === null ? [] : [trace.epilogue]),
    "```",
    "",
    "To see it again:",
    "",
    "```sh",
    ...brokenCommand(replayLine(trace).replace(/^replay: /, "")),
    "```",
  ];
}

/** A heading that is one in plain text too. A long one is broken; Markdown joins its lines. */
function heading(text: string, mark = "="): string[] {
  const lines = wrap(text.split(" "), WIDTH);
  return [...lines, mark.repeat(Math.max(...lines.map(({ length }) => length)))];
}

function item(text: string): string[] {
  return hanging("- ", text, WIDTH);
}

/** A command over several lines, broken before options only, without the comment that ends it. */
function brokenCommand(command: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of command.replace(/ #.*$/, "").split(/ (?=--)/)) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= WIDTH - 2 || line === "") line = joined;
    else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  return [...lines, line];
}
