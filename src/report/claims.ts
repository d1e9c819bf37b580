/**
 * Claims and what became of them: as Markdown, which reads well in a terminal too.
 */
import type { Decided, JudgedClaim } from "../trace/claim.js";
import { replayLine, traceText } from "./text.js";

/** The same text as docs/reference/claims.md. Without a final newline. */
export function claimsText(judged: readonly JudgedClaim[]): string {
  const agreeing = judged.filter(({ agrees }) => agrees).length;
  return [
    "# The claims of the thread, decided",
    "",
    "Who said what about the lost overflow (linux-arm-kernel, 20 November to 5 December 2023), in our words, and what",
    "these models say. W is William Ashley, M is Mark Rutland. Made by `pmucheck claims`; a test keeps it equal.",
    "",
    `${agreeing} of ${judged.length} claims come out as they were made.`,
    "",
    "| claim | who | agrees |",
    "|---|---|---|",
    ...judged.map(
      ({ claim, agrees }) =>
        `| [${claim.name}](#${claim.name}): ${claim.claim} | ${claim.who} | ${yesOrNo(agrees)} |`,
    ),
    ...judged.flatMap(claimText),
  ].join("\n");
}

function claimText({ claim, decided, agrees }: JudgedClaim): string[] {
  return [
    "",
    `## ${claim.name}`,
    "",
    `${claim.claim} (${claim.who})`,
    "",
    "| check | verdict | as the claim says |",
    "|---|---|---|",
    ...decided.map(
      (one) =>
        `| \`${command(one)}\` | ${verdict(one)} | ${one.agrees ? "yes" : `NO: expected ${expected(one)}`} |`,
    ),
    ...(claim.note === undefined ? [] : ["", claim.note]),
    ...(agrees ? [] : decided.filter((one) => !one.agrees).flatMap(contrary)),
  ];
}

function yesOrNo(agrees: boolean): string {
  return agrees ? "yes" : "**NO**";
}

/** The command that makes the check again. */
function command({ decider }: Decided): string {
  const sets = Object.entries(decider.set).map(([name, value]) =>
    name === "irq" ? `--irq ${value}` : `--set ${name}=${value}`,
  );
  const { scenario, driver, fix, property } = decider;
  const fixed = fix === undefined ? [] : ["--fix", fix];
  return ["pmucheck check", scenario, "--driver", driver, ...fixed, "--property", property, ...sets].join(
    " ",
  );
}

function verdict({ check, decider }: Decided): string {
  const { trace, reason } = check;
  const where =
    trace === undefined ? (reason === null ? "" : `, ${reason}`) : ` at step ${trace.steps.length}`;
  const shown = decider.shows === undefined ? "" : `; the trace shows: ${decider.shows.what}`;
  return `${check.verdict}${where}${shown}`;
}

function expected({ decider }: Decided): string {
  return [decider.expect, ...(decider.shows === undefined ? [] : [`with ${decider.shows.what}`])].join(" ");
}

/** A claim that does not come out as made is shown with its trace. */
function contrary({ check: { trace } }: Decided): string[] {
  return trace === undefined ? [] : ["", "```", traceText(trace), "", replayLine(trace), "```"];
}
