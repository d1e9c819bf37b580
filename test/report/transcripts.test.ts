/**
 * What a reader sees: whole screens at three widths, and with colour. Each was read in a terminal when it was made.
 */
import { describe, expect, test } from "vitest";

import { landmarksOf } from "../../src/explain/landmarks.js";
import { checksTable } from "../../src/report/finding/checks-table.js";
import { findingText } from "../../src/report/finding/finding.js";
import { COLOURED, PLAIN, type Screen } from "../../src/report/screen.js";
import { defaultsOf } from "../../src/cli/arguments/catalogue.js";
import { withoutColour } from "../support/cli/wide-lines.js";
import { checked, resolve, type Asked } from "../support/models/checks.js";
import { withoutHash } from "../support/models/traces.js";
import type { CheckDocument } from "../../src/trace/document.js";

const WIDTHS = [60, 80, 120];
/** A screen of a verdict has at most so many lines on a terminal of 80 columns. */
const MOST_LINES = 40;

const CHECKS = {
  lost: { scenario: "one-cpu" },
  narrowly: { scenario: "one-cpu", set: { irq: "nmi", skid: "2" } },
  moved: { scenario: "ping-pong" },
  held: { scenario: "one-cpu", set: { switches: "0" } },
  open: { scenario: "one-cpu", maxStates: 100 },
  endless: { scenario: "disable-enable", property: "eventually-delivered" },
} satisfies Readonly<Record<string, Asked>>;
type Name = keyof typeof CHECKS;
const NAMES = Object.keys(CHECKS) as Name[];
const documents = new Map(NAMES.map((name) => [name, checked(CHECKS[name])]));

function finding(name: Name, screen: Screen): string {
  const check = documents.get(name) as CheckDocument;
  const target = resolve(CHECKS[name]);
  const { trace } = check;
  const landmarks = trace === undefined ? undefined : landmarksOf(target, trace, 20_000);
  return findingText({ check, landmarks, defaults: defaultsOf(target.scenario) }, screen);
}

describe.each(WIDTHS)("in %i columns", (width) => {
  const screen = { width, style: PLAIN };

  test.each(NAMES)("the finding of %s", async (name) => {
    const text = finding(name, screen);
    expect(text.split("\n").length).toBeLessThanOrEqual(width >= 80 ? MOST_LINES : MOST_LINES + 10);
    await expect(withoutHash(`${text}\n`)).toMatchFileSnapshot(`transcripts/finding-${name}-${width}.txt`);
  });

  test("a table of several", async () => {
    const checks = [...documents.values()];
    const text = checksTable(checks, screen);
    await expect(`${text}\n`).toMatchFileSnapshot(`transcripts/table-${width}.txt`);
  });
});

describe("colour", () => {
  test.each(NAMES)("says nothing that the words of %s do not say", (name) => {
    const coloured = finding(name, { width: 80, style: COLOURED });
    expect(coloured).not.toBe(finding(name, { width: 80, style: PLAIN }));
    expect(withoutColour(coloured)).toBe(finding(name, { width: 80, style: PLAIN }));
  });

  test("marks the verdict and the broken rule", async () => {
    const text = `${finding("lost", { width: 80, style: COLOURED })}\n`;
    await expect(withoutHash(text)).toMatchFileSnapshot("transcripts/finding-lost-coloured.txt");
  });
});

describe("the story of a lost overflow", () => {
  const text = finding("lost", { width: 80, style: PLAIN });

  test("tells when it was due, what took the evidence away, the ignored return and the second crossing", () => {
    expect(text).toMatch(/^ +4 .*\n.*overflow 1 is due, 0 reported/m);
    expect(text).toMatch(/^ +8 .*\n.*\n.*point of no return/m);
    expect(text).toMatch(
      /^ +39 .*PMOVSCLR = 0x1 in armv8pmu_disable_intens.*\n.*\n.*the evidence of the crossing of A is gone/m,
    );
    expect(text).toMatch(/^ +107 .*\n.*armpmu_event_set_period\(\) in arm_pmu.c returns 1: ignored/m);
    expect(text).toMatch(/^ +138 .*\n.*overflow 2 is due, 0 reported/m);
  });

  test("says what it takes and what it rests on", () => {
    expect(text).toContain("It takes 2 interrupts, 2 context switches, in 138 steps");
    expect(text).toContain("Assumed: 14 parameters at their defaults");
    expect(finding("narrowly", { width: 80, style: PLAIN })).toContain("Assumed: irq=nmi, skid=2, 12 other");
  });
});
