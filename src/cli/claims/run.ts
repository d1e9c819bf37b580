/**
 * `pmucheck claims`: the claims of the mail thread, decided.
 */
import { claims } from "../../../properties/claims.js";
import { claimsText } from "../../report/claims.js";
import type { Decider } from "../../spec/claim.js";
import { withFixes } from "../../spec/fix.js";
import { configure } from "../../spec/parameter.js";
import type { CheckDocument } from "../../trace/document.js";
import { check } from "../../check/verdict/check.js";
import { judgeClaims } from "../../check/matrix/claims.js";
import {
  driverNamed,
  fixNamed,
  shippedProperty,
  shippedScenario,
  witnesses,
} from "../arguments/catalogue.js";
import { EXIT, type ExitStatus } from "../exit-status.js";
import { print } from "../terminal.js";
import { version } from "../version.js";

/** More than any claim's checks need, several times over. */
const MAX_STATES = 20_000_000;

export function runClaims({ json }: { readonly json: boolean }): ExitStatus {
  const judged = judgeClaims(claims, checkOf);
  if (json) {
    const rows = judged.map(({ claim, decided, agrees }) => ({
      name: claim.name,
      who: claim.who,
      claim: claim.claim,
      agrees,
      note: claim.note ?? null,
      checks: decided.map(({ decider: { shows, ...asked }, check: made, agrees: one }) => ({
        ...asked,
        shows: shows?.what ?? null,
        verdict: made.verdict,
        reason: made.reason,
        depth: made.depth,
        agrees: one,
      })),
    }));
    print(JSON.stringify({ tool: "pmucheck", version, claims: rows }, null, 2));
  } else {
    print(claimsText(judged));
  }
  return judged.every(({ agrees }) => agrees) ? EXIT.holds : EXIT.vacuous;
}

function checkOf({ scenario: name, driver: base, fix, property, set }: Decider): CheckDocument {
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
  });
}
