/**
 * `pmucheck claims`: the claims of the mail thread, decided.
 */
import { claims } from "../../../../properties/claims.js";
import { claimDocument, claimsMarkdown, claimsText } from "../../../report/claims.js";
import type { Decider } from "../../../spec/claim.js";
import { withFixes } from "../../../spec/fix.js";
import { configure } from "../../../spec/parameter.js";
import type { CheckDocument } from "../../../trace/document.js";
import { check } from "../../../check/verdict/check.js";
import { judgeClaims } from "../../../check/matrix/claims.js";
import {
  driverNamed,
  fixNamed,
  shippedProperty,
  shippedScenario,
  witnesses,
} from "../../arguments/catalogue.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import type { JudgedClaim } from "../../../trace/claim.js";
import type { ListFormat } from "../../arguments/options.js";
import { printOrWrite } from "../../terminal/output-file.js";
import { complain, screen } from "../../terminal/terminal.js";
import { StatusLine } from "../../terminal/status-line.js";
import { Interruption, unlessInterrupted } from "../../thread/interruption.js";
import { version } from "../../version.js";

/** More than any claim's checks need, several times over. */
const MAX_STATES = 20_000_000;

export interface ClaimsArguments {
  readonly format: ListFormat | "html";
  readonly progress: boolean;
  /** The file to write; undefined for standard output. */
  readonly output: string | undefined;
}

export async function runClaims({ format, progress, output }: ClaimsArguments): Promise<ExitStatus> {
  const line = new StatusLine(progress);
  const count = claims.flatMap(({ decidedBy }) => decidedBy).length;
  let made = 0;
  const interruption = new Interruption();
  const judging = judgeClaims(claims, (decider) => {
    line.show(`claims: check ${++made} of at most ${count}, ${decider.scenario}`);
    const verdict = checkOf(decider, interruption);
    // What was stopped in its middle decides nothing.
    interruption.mustGoOn();
    return verdict;
  });
  const judged: JudgedClaim[] = [];
  unlessInterrupted(() => {
    for (const one of judging) judged.push(one);
  });
  interruption.end();
  line.clear();
  if (judged.length > 0)
    printOrWrite(format === "html" ? await pageOfClaims(judged) : TEXTS[format](judged), output);
  if (interruption.status !== undefined) {
    complain(
      `pmucheck: interrupted: ${claims.length - judged.length} of ${claims.length} claims are not decided`,
    );
    return interruption.status;
  }
  return judged.every(({ agrees }) => agrees) ? EXIT.holds : EXIT.vacuous;
}

/** A check that two claims share is one document. */
async function pageOfClaims(judged: readonly JudgedClaim[]): Promise<string> {
  const { pageOfChecks } = await import("../../results/page.js");
  return pageOfChecks([...new Set(judged.flatMap(({ decided }) => decided.map((of) => of.check)))]);
}

const TEXTS: Readonly<Record<ListFormat, (judged: readonly JudgedClaim[]) => string>> = {
  text: (judged) => claimsText(judged, screen()),
  markdown: claimsMarkdown,
  json: (judged) => JSON.stringify({ tool: "pmucheck", version, claims: judged.map(claimDocument) }, null, 2),
};

function checkOf(
  { scenario: name, driver: base, fix, property, set }: Decider,
  interruption: Interruption,
): CheckDocument {
  const scenario = shippedScenario(name);
  const unfixed = driverNamed(base);
  const driver = fix === undefined ? unfixed : withFixes(unfixed, fix, fix.split("+").map(fixNamed));
  return check({
    scenario,
    driver,
    property: shippedProperty(property),
    configuration: configure(scenario.parameters, set),
    witnesses,
    maxStates: MAX_STATES,
    shortest: "steps",
    stop: interruption.reason,
  });
}
