/**
 * A score as text. Equal scores give equal bytes.
 */
import type { Screen } from "../report/screen.js";
import { hanging, headline as firstLines } from "../report/wrap.js";
import type { MutantResult, Score } from "./score.js";
import type { Killer, Summary } from "./summary.js";

/** The whole report for a terminal, without a final newline. */
export function scoreText(score: Score, summary: Summary, { width, style }: Screen): string {
  const { explained, unexplained, undecided, stale } = summary;
  const section = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ["", style.strong(`${title}:`), ...items];
  const mutants = (of: readonly MutantResult[]) => of.flatMap((mutant) => mutantLines(mutant, width));
  const { stopped } = score;
  const cut = stopped === null ? [] : firstLines(stoppedLine(stopped), width).map(style.open);
  if (stopped?.left === null) return cut.join("\n");
  return [
    ...cut,
    ...firstLines(headline(score, summary), width).map(unexplained.length > 0 ? style.bad : style.strong),
    ...section("Survivors without a reason", mutants(unexplained)),
    ...section("Not decided, a bound was hit", mutants(undecided)),
    ...section(
      "Survivors with a reason (docs/reference/mutants.md)",
      explained.flatMap(({ mutant, reason: { kind, why } }) => [
        ...mutantLines(mutant, width),
        ...hanging("      ", `${kind}: ${why}`, width),
      ]),
    ),
    ...section("Noticed by, in the scenario that notices first", killerLines(summary.killers, width)),
    ...section(
      "Covered",
      coverage(score).flatMap((line) => hanging("  ", line, width)),
    ),
    ...section(
      "Reasons out of date (these mutants are killed, or equivalent)",
      stale.flatMap((name) => hanging("  ", name, width)),
    ),
  ].join("\n");
}

function stoppedLine({ reason, left }: NonNullable<Score["stopped"]>): string {
  const what =
    left === null ? "before the first mutant" : `${counted(left, "mutant")} not run. Of the others:`;
  return `pmucheck: mutate, ${reason}: ${what}`;
}

/** All numbers in one line, in a stable format. */
export function headline(
  { driver }: Score,
  { total, killed, equivalent, explained, unexplained, undecided }: Summary,
): string {
  const different = total - equivalent.length;
  const percent = different === 0 ? "no mutants" : `${Math.floor((100 * killed) / different)}% killed`;
  return (
    `pmucheck: mutate ${driver}: ${percent}: ${killed} of ${different} mutants; ` +
    `${explained.length} survive with a reason, ${unexplained.length} without, ${undecided.length} undecided; ` +
    `${equivalent.length} more shown to be equivalent`
  );
}

/** What the score is about, a line each. */
export function coverage({
  cells,
  incomplete,
  functions,
  unreached,
  hardware,
  maxStates,
  mutants,
}: Score): string[] {
  const of = (what: MutantResult["of"]) => mutants.filter((mutant) => mutant.of === what).length;
  const reached = functions.filter((name) => !unreached.includes(name));
  return [
    `${counted(of("driver"), "mutant")} of ${counted(reached.length, "function")}: ${list(reached)}`,
    ...(unreached.length > 0 ? [`not reached by these scenarios, so not mutated: ${list(unreached)}`] : []),
    hardware
      ? `${counted(of("hardware"), "mutant")} of the hardware rules`
      : "the hardware rules are not mutated",
    `scenarios: ${list(cells.map(({ name }) => name))}`,
    ...incomplete.map(({ name, bound }) => `NOT COVERED: ${name} (${bound})`),
    `each mutant up to ${maxStates} states in each scenario that reaches its place`,
  ];
}

/** Those that noticed nothing share a line. */
function killerLines(killers: readonly Killer[], width: number): string[] {
  const noticing = killers.filter(({ notices }) => notices > 0);
  const others = killers.filter(({ notices }) => notices === 0).map(({ name }) => name);
  const column = Math.max(0, ...noticing.map(({ name }) => name.length));
  return [
    ...noticing.map(({ name, notices, alone }) => {
      const only = alone === 0 ? "" : alone === notices ? ", alone" : `, ${alone} of them alone`;
      return `  ${name.padEnd(column)}  ${String(notices).padStart(3)}${only}`;
    }),
    ...(others.length === 0 ? [] : hanging("  nothing noticed: ", list(others), width)),
  ];
}

function mutantLines(mutant: MutantResult, width: number): string[] {
  return [
    ...hanging("  ", mutant.name, width),
    ...hanging("      ", `${mutant.text}; ${fateText(mutant)}`, width),
  ];
}

/** What became of a mutant, and where. */
export function fateText({ fate, cells }: MutantResult): string {
  switch (fate.kind) {
    case "killed":
      return `killed by ${list(fate.by)} in ${fate.cell}`;
    case "survived":
      return `survives ${cells.length === 1 ? cells[0] : `${cells.length} scenarios`}, not equivalent in ${fate.cell}`;
    case "equivalent":
      return `equivalent in ${cells.length === 1 ? cells[0] : `${cells.length} scenarios`}`;
    case "undecided":
      return `${fate.bound} in ${list(fate.cells)}`;
  }
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
