/**
 * docs/reference/claims.md is what `pmucheck claims` prints, and a claim that is wrong is shown to be.
 */
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { claims } from "../../../properties/claims.js";
import { claimsMarkdown } from "../../../src/report/claims.js";
import type { Claim } from "../../../src/spec/claim.js";
import { judgeClaims } from "../../../src/check/matrix/claims.js";
import { checked } from "../../support/models/checks.js";
import { pmucheck } from "../../support/cli/command-line.js";

test("docs/reference/claims.md is what pmucheck claims prints, and every claim is decided as expected", () => {
  const { status, stdout } = pmucheck("claims", "--format", "markdown");
  expect(stdout).toBe(readFileSync("docs/reference/claims.md", "utf8"));
  expect(status).toBe(0);
});

test("the claims of the thread that the issue names are there", () => {
  expect(claims.length).toBeGreaterThanOrEqual(15);
});

describe("a claim that is not so", () => {
  const wrong: Claim = {
    name: "wrong",
    who: "nobody",
    claim: "Nothing is ever lost.",
    decidedBy: [
      { scenario: "one-cpu", driver: "linux-6.5", property: "no-loss", set: { irq: "irq" }, expect: "holds" },
    ],
  };
  const judged = [...judgeClaims([wrong], checked)];

  test("does not agree, and is shown with its trace and replay line", () => {
    expect(judged[0]?.agrees).toBe(false);
    const text = claimsMarkdown(judged);
    expect(text).toContain("0 of 1 claims come out as they were made");
    expect(text).toContain("NO: expected holds");
    expect(text).toContain("*** OVERFLOW LOST");
    expect(text).toContain("replay: pmucheck replay --scenario one-cpu");
  });

  test("does not agree if the verdict is right and the trace does not show what it should", () => {
    const shows = { what: "nothing", inTrace: () => false };
    const [decider] = wrong.decidedBy;
    if (decider === undefined) throw new Error("no decider");
    const [again] = judgeClaims(
      [{ ...wrong, decidedBy: [{ ...decider, expect: "violated", shows }] }],
      checked,
    );
    expect(again?.agrees).toBe(false);
  });
});
