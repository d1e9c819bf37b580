/**
 * What a search for fixes came to, for a terminal and as Markdown: the minimal sets first, then what refutes the others.
 */
import type {
  CostedSet,
  MinimalSet,
  NaturalCandidate,
  SynthesisDocument,
  Trace,
  WholeMatrix,
} from "../../trace/synthesis.js";
import type { Screen } from "../screen.js";
import { hanging, paragraph } from "../wrap.js";

/** For a terminal. Without a final newline. */
export function synthesisText(document: SynthesisDocument, { width, style }: Screen): string {
  const title = (text: string): string[] => ["", ...hanging("", `${text}:`, width).map(style.strong)];
  const text = (line: string): string => paragraph(line, width, "  ");
  const { minimal, without, natural } = document;
  return [
    ...hanging("", headline(document), width),
    ...minimal.flatMap((set, at) => [
      ...title(`${at + 1}. ${sizeOf(set)}`),
      text(set.edits.join(" ")),
      ...verifiedLines(set).map(text),
    ]),
    ...(without.length === 0
      ? []
      : [
          ...title("Why the first needs each of its edits: without it"),
          ...without.flatMap(({ edit, refuted }) =>
            hanging(`  ${edit.padEnd(20)} `, refutedText(refuted), width),
          ),
        ]),
    ...(natural.length === 0
      ? []
      : [
          ...title("What refutes the sets that one would think of"),
          ...natural.flatMap(({ idea, refuted }) => hanging("  ", `${idea}: ${refutedText(refuted)}`, width)),
        ]),
    ...title("What this rests on"),
    ...restsOn(document).map(text),
    ...(minimal[0] === undefined || minimal[0].edits.length === 0
      ? []
      : [...title("Next"), `  ${verifyCommand(document, minimal[0])}`]),
  ].join("\n");
}

/** The first line: it says everything. */
function headline({ driver, edits, minimal, decidedUpTo }: SynthesisDocument): string {
  const sets = minimal.length === 1 ? "one smallest set" : `${minimal.length} smallest sets`;
  const of = decidedUpTo === null ? `of ${edits} edits` : `of at most ${decidedUpTo} of ${edits} edits`;
  const what =
    minimal.length === 0 ? `no set ${of} meets` : `${sets} ${of} ${minimal.length === 1 ? "meets" : "meet"}`;
  return `pmucheck synthesize: ${driver}: ${what} every requirement`;
}

function sizeOf({ edits, cost: { lines, accesses, fields } }: CostedSet): string {
  return [
    counted(edits.length, "edit"),
    `about ${counted(lines, "line")} of C`,
    `${counted(accesses, "access", "accesses")} more without an overflow`,
    counted(fields, "field"),
  ].join(", ");
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

function verifiedLines({ verified }: MinimalSet): readonly string[] {
  if (verified === null) return ["not verified over the whole matrix (--no-verify)"];
  return [wholeText(verified), ...leftLines(verified)];
}

function wholeText({ cells, fixed, stillBroken, newlyBroken, open }: WholeMatrix): string {
  const fresh = newlyBroken.length === 0 ? "newly breaks none" : `newly breaks ${newlyBroken.join(", ")}`;
  const rest = open.length === 0 ? "" : `; not decided: ${open.join(", ")}`;
  return `The whole matrix, ${cells} cells: it closes ${fixed}, ${fresh}, and leaves ${stillBroken} as they are${rest}.`;
}

function leftLines({ left }: WholeMatrix): readonly string[] {
  return Object.entries(left).map(([property, cells]) => `Left: ${property} in ${cells.join(", ")}`);
}

function refutedText(refuted: Trace | null): string {
  if (refuted === null) return "nothing refutes it in the cells that were searched";
  return `${refuted.property} in ${refuted.cell}, ${refuted.steps} steps`;
}

function restsOn(document: SynthesisDocument): readonly string[] {
  const { required, kept, excused, cells, decidedUpTo, fates } = document;
  const put = fates.replay + fates.check + document.minimal.length + fates.open.length;
  const killed = fates.replay + fates.check;
  const share = killed === 0 ? 0 : Math.round((100 * fates.replay) / killed);
  const all =
    decidedUpTo === null
      ? "Every set of any size is decided"
      : `${fates.candidates} sets make sense and are decided`;
  return [
    `${all}: ${put} were put to the models, ${fates.replay} died along a known execution (${share} %), ${fates.check} by a search; the others by clauses alone.`,
    "What contains a set that passes is not minimal, and was not looked at: it may break something that the set does not.",
    `Required in every cell: ${required.join(", ")}.`,
    `Not to be newly broken: ${kept.length === 0 ? "nothing" : kept.join(", ")}.`,
    ...excused.map(({ cell, property, reason }) => `Excused: ${property} in ${cell}: ${reason}.`),
    `Candidates were put to ${cells.searched} scenarios with an interrupt mode${
      cells.verifiedOnly.length === 0 ? "" : `, minimal sets also to ${cells.verifiedOnly.join(", ")}`
    }.`,
    ...fates.open.map(({ edits, reason }) => `Not decided: ${edits.join("+")} (${reason}).`),
    "A statement about these edits and these models: another edit, or what the models leave out, may change it.",
  ];
}

function verifyCommand({ driver }: SynthesisDocument, { fix }: MinimalSet): string {
  return `pmucheck verify ${fix} --driver ${driver}`;
}

/** The page. With a final newline. */
export function synthesisMarkdown(document: SynthesisDocument): string {
  const { driver, minimal, without, natural } = document;
  return [
    `# The smallest fixes for ${driver}`,
    "",
    `Made by \`pmucheck synthesize --driver ${driver} --format markdown\`.`,
    "",
    `${headline(document)}.`,
    ...minimal.flatMap((set, at) => [
      "",
      `## ${at + 1}. ${sizeOf(set)}`,
      "",
      ...set.edits.map((edit) => `* ${edit}`),
      "",
      ...verifiedLines(set).flatMap((line) => [line, ""]),
    ]),
    ...(without.length === 0
      ? []
      : ["## Why the first needs each of its edits", "", ...withoutTable(document)]),
    ...(natural.length === 0
      ? []
      : ["", "## What refutes the sets that one would think of", "", ...naturalTable(natural)]),
    "",
    "## What this rests on",
    "",
    ...restsOn(document).map((line) => `* ${line}`),
    "",
  ].join("\n");
}

function withoutTable({ without }: SynthesisDocument): readonly string[] {
  return [
    "| without | refuted by |",
    "|---|---|",
    ...without.map(({ edit, refuted }) => `| ${edit} | ${refutedText(refuted)} |`),
  ];
}

function naturalTable(natural: readonly NaturalCandidate[]): readonly string[] {
  return [
    "| idea | edits | refuted by |",
    "|---|---|---|",
    ...natural.map(
      ({ idea, edits, refuted }) => `| ${idea} | ${edits.join(" ")} | ${refutedText(refuted)} |`,
    ),
  ];
}
