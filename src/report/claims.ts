/**
 * Claims and what became of them: a list for a terminal, and the page docs/reference/claims.md.
 */
import type { Decided, JudgedClaim } from "../trace/claim.js";
import type { Screen } from "./screen.js";
import { replayLine, traceText } from "./trace/text.js";
import { hanging } from "./wrap.js";

/** For a terminal: each claim, whether it comes out as it was made, and the checks that say so. */
export function claimsText(judged: readonly JudgedClaim[], { width, style }: Screen): string {
  const agreeing = judged.filter(({ agrees }) => agrees).length;
  return [
    ...judged.flatMap(({ claim, decided, agrees }) => [
      ...hanging(agrees ? "yes  " : "NO   ", claim.claim, width).map((line, i) =>
        i === 0 ? line.replace(/^(yes|NO)/, agrees ? style.good : style.bad) : line,
      ),
      ...hanging("     ", `${claim.name}, ${claim.who}`, width).map(style.faint),
      // A command is in one piece, so that it can be pasted.
      ...decided.flatMap((one) => [
        ...hanging("     ", `${verdict(one)}:`, width),
        style.faint(`       ${command(one)}`),
      ]),
      ...(agrees || claim.note === undefined ? [] : hanging("     ", claim.note, width)),
      "",
    ]),
    `${agreeing} of ${judged.length} claims come out as they were made.`,
  ].join("\n");
}

/** A claim in what `pmucheck claims --json` prints. */
export function claimDocument({ claim, decided, agrees }: JudgedClaim): object {
  return {
    name: claim.name,
    who: claim.who,
    claim: claim.claim,
    agrees,
    note: claim.note ?? null,
    checks: decided.map(({ decider: { shows, ...asked }, check, agrees: one }) => ({
      ...asked,
      shows: shows?.what ?? null,
      verdict: check.verdict,
      reason: check.reason,
      depth: check.depth,
      agrees: one,
    })),
  };
}

/** The same text as docs/reference/claims.md. Without a final newline. */
export function claimsMarkdown(judged: readonly JudgedClaim[]): string {
  const agreeing = judged.filter(({ agrees }) => agrees).length;
  return [
    "# The claims of the thread, decided",
    "",
    "Who said what about the lost overflow (linux-arm-kernel, 20 November to 5 December 2023), in our words, and what",
    "these models say. W is William Ashley, M is Mark Rutland. Made by `pmucheck claims --format markdown`; a test keeps it",
    "equal.",
    "",
    `${agreeing} of ${judged.length} claims come out as they were made.`,
    "",
    "| claim | who | agrees |",
    "|---|---|---|",
    ...judged.map(
      ({ claim, agrees }) =>
        `| [${claim.name}](#${claim.name}): ${claim.claim} | ${claim.who} | ${yesOrNo(agrees)} |`,
    ),
    ...judged.flatMap(claimMarkdown),
  ].join("\n");
}

function claimMarkdown({ claim, decided, agrees }: JudgedClaim): string[] {
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
