/**
 * What a reader of each command sees, at three widths and in colour: whole screens. Each was read when it was made.
 *
 * The results are made once, and laid out here. The finding and the table of `check` are in transcripts.test.ts; commands
 * whose screens are not made of results, and what holds of all transcripts, in test/cli/transcripts.test.ts.
 */
import { describe, expect, test } from "vitest";

import { claims } from "../../properties/claims.js";
import { excuses } from "../../properties/excuses.js";
import { judgeClaims } from "../../src/check/matrix/claims.js";
import { compareFixes } from "../../src/check/matrix/verify-fix.js";
import { defaultsOf } from "../../src/cli/arguments/catalogue.js";
import { descriptions } from "../../src/cli/catalogue.js";
import { commandHelp } from "../../src/cli/shell/help.js";
import { explain } from "../../src/explain/explain.js";
import { landmarksOf } from "../../src/explain/landmarks.js";
import { minimize } from "../../src/minimize/minimize.js";
import { conformText } from "../../src/cli/commands/conform/text.js";
import { summarize } from "../../src/mutate/summary.js";
import { scoreText } from "../../src/mutate/text.js";
import { claimsText } from "../../src/report/claims.js";
import { expectationsReport } from "../../src/report/expectations.js";
import { listingText } from "../../src/cli/commands/listing/text.js";
import { matrixText } from "../../src/report/matrix.js";
import { synthesisText } from "../../src/report/synthesize/synthesis.js";
import { verdictText } from "../../src/report/trace/text.js";
import { rankingText } from "../../src/report/verify/ranking.js";
import { COLOURED, PLAIN, type Screen } from "../../src/report/screen.js";
import { explanationText } from "../../src/report/trace/explanation.js";
import { decisive, mentioning } from "../../src/report/trace/fold.js";
import { minimizedText } from "../../src/report/trace/minimized.js";
import { replayCommand } from "../../src/report/trace/replay-command.js";
import { replayedText } from "../../src/report/trace/replayed.js";
import { shownSteps } from "../../src/report/trace/shown.js";
import { verifiedText } from "../../src/report/verify/verified.js";
import { differencesFrom, expectationOf } from "../../src/trace/expectation.js";
import { listed, rankedFixes, reasons, refused, score, synthesis } from "../support/report/documents.js";
import { withoutColour } from "../support/cli/wide-lines.js";
import { checked, resolve } from "../support/models/checks.js";
import { checkedFix } from "../support/models/fixes.js";
import { unbroken, withoutHash } from "../support/models/traces.js";
import type { CheckDocument, TraceDocument } from "../../src/trace/document.js";

const WIDTHS = [60, 80, 120];
const STATES = 20_000;

const asked = { scenario: "one-cpu" };
const target = resolve(asked);
const found = checked(asked);
const trace = traceOf(found);
const moved = checked({ scenario: "ping-pong" });
const request = { ...target, hash: trace.hash, rule: trace.rule, steps: trace.steps, loop: null };
const landmarks = landmarksOf(target, trace, STATES);
const explanation = explain({ ...request, maxStates: STATES, whyNot: ["irq@20"] });
const small = minimize({ ...request, parameters: "keep", budget: STATES, search: STATES });
const [claim] = judgeClaims(claims.slice(0, 1), () => found);

const FIX = "relatch-at-start";
const matrixOf = (check: CheckDocument) => ({ jobs: [], checks: [check], refused: [] });
const [verified] = compareFixes(
  { fixes: [{ named: FIX, claims: ["exactly-once"], assumes: [] }], irq: "irq" },
  { base: [matrixOf(found)], fixed: [matrixOf(checkedFix(FIX, asked))] },
  excuses,
);

function traceOf(check: CheckDocument): TraceDocument {
  if (check.trace === undefined) throw new Error(`${check.scenario} is not violated`);
  return check.trace;
}

const SCREENS: Readonly<Record<string, (screen: Screen) => string>> = {
  show: (screen) => shownSteps(trace, decisive(trace, landmarks), landmarks, screen),
  "show of two CPUs": (screen) => {
    const of = traceOf(moved);
    const marks = landmarksOf(resolve({ scenario: "ping-pong" }), of, STATES);
    return shownSteps(of, decisive(of, marks), marks, screen);
  },
  "show --only PMOVS,PMUIRQ": (screen) =>
    shownSteps(trace, mentioning(["PMOVS", "PMUIRQ"]), landmarks, screen),
  explain: (screen) => explanationText(explanation, { full: false }, screen),
  "explain --full": (screen) => explanationText(explanation, { full: true }, screen),
  minimize: (screen) =>
    minimizedText(small, replayCommand(small, defaultsOf(target.scenario)), false, screen),
  replay: (screen) =>
    replayedText(
      { unbroken: undefined, trace: { ...trace, steps: trace.steps.slice(100) } },
      "pmucheck replay one-cpu",
      screen,
    ),
  "replay of half": (screen) =>
    replayedText(
      { unbroken: "no rule is broken along this path", trace: unbroken(trace, 50) },
      "pmucheck replay one-cpu",
      screen,
    ),
  verify: (screen) => {
    if (verified === undefined) throw new Error("nothing was verified");
    return verifiedText(
      { ...verified, ...verified.named, fix: FIX, driver: "linux-6.5", notCovered: ["other drivers"] },
      { quiet: false, traces: false, allCells: false, next: [`${FIX}+not-after-period`] },
      screen,
    );
  },
  "verify --all": (screen) =>
    rankingText(rankedFixes, ["QUICK: the scenarios of more than 100,000 states: hotplug"], screen),
  "check --full": (screen) => verdictText(found, screen),
  "check --all": (screen) =>
    matrixText(
      [found, moved],
      [{ scenario: "one-cpu", driver: "linux-5.4", irq: "nmi", reason: "linux-5.4 has no pseudo-NMI" }],
      screen.width,
    ),
  mutate: (screen) =>
    scoreText(
      score,
      summarize(score, { properties: ["no-loss", "phase", "right-task"], reasons, isOfReasons: true }),
      screen,
    ),
  conform: (screen) =>
    conformText(
      { ...refused, scenario: "one-cpu", driver: "linux-6.5", fix: null },
      [{ process: "irq0", enabled: false, reasons: ["PSTATE.I is set", "the line is low"] }],
      "/home/me/trace.log",
      screen,
    ),
  synthesize: (screen) => synthesisText(synthesis, screen),
  listing: (screen) => listingText(listed, screen),
  claims: (screen) => claimsText(claim === undefined ? [] : [claim], screen),
  "check --expect": (screen) => {
    const expected = [found, moved].map((one) => ({
      ...expectationOf(one),
      verdict: "holds" as const,
      rule: undefined,
    }));
    return expectationsReport([found], differencesFrom(expected, [found]), "expected.json", screen);
  },
  "check --help": ({ width }) => {
    const command = descriptions().find(({ name }) => name === "check");
    return command === undefined ? "" : commandHelp(command, [["0", "holds"]], width);
  },
};
const NAMES = Object.keys(SCREENS);

function screenOf(name: string, screen: Screen): string {
  return SCREENS[name]?.(screen) ?? "";
}

describe.each(WIDTHS)("in %i columns", (width) => {
  test.each(NAMES)("%s", async (name) => {
    const text = screenOf(name, { width, style: PLAIN });
    await expect(withoutHash(`${text}\n`)).toMatchFileSnapshot(
      `commands/${name.replaceAll(/\W+/g, "-")}/${width}.txt`,
    );
  });
});

test.each(NAMES)("colour says nothing that the words of %s do not say", (name) => {
  const coloured = screenOf(name, { width: 80, style: COLOURED });
  expect(withoutColour(coloured)).toBe(screenOf(name, { width: 80, style: PLAIN }));
});

test.each(["show", "explain", "verify", "mutate", "conform"])("%s in colour", async (name) => {
  const text = screenOf(name, { width: 80, style: COLOURED });
  await expect(withoutHash(`${text}\n`)).toMatchFileSnapshot(`commands/${name}/80-coloured.txt`);
});
