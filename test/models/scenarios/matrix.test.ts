/**
 * The golden table: docs/reference/scenarios.md is what the matrix says. The scenarios of less than 100,000 states are run again
 * here; `npm run golden` runs them all.
 */
import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, test } from "vitest";

import { releases, scenarios } from "../../../models/catalogue.js";
import { properties } from "../../../properties/catalogue.js";
import { LARGE_SCENARIOS } from "../../../src/cli/arguments/large-scenarios.js";
import { pmucheck } from "../../support/cli/command-line.js";

const small = scenarios.map(({ name }) => name).filter((name) => !LARGE_SCENARIOS.includes(name));

/** The sections of the document, by scenario. */
function sectionsOf(markdown: string): ReadonlyMap<string, string> {
  const sections = markdown.split(/^## /m).slice(1);
  return new Map(sections.map((section) => [section.split(":")[0] ?? "", section.trimEnd()]));
}

const golden = sectionsOf(readFileSync("docs/reference/scenarios.md", "utf8"));

describe("docs/reference/scenarios.md", () => {
  let again: ReadonlyMap<string, string>;

  beforeAll(() => {
    again = sectionsOf(pmucheck("check", "--all", ...small, "--format", "markdown").stdout);
  }, 600_000);

  test.each(small)("%s came out again as it is written there", (name) => {
    expect(again.get(name)).toBe(golden.get(name));
  });

  test("has every scenario, and each has every release in both modes", () => {
    expect([...golden.keys()]).toEqual(scenarios.map(({ name }) => name));
    for (const section of golden.values()) {
      const heads = [...section.matchAll(/^ {2}(linux-\S+) +(irq|nmi) /gm)].map(
        ([, driver, irq]) => `${driver} ${irq}`,
      );
      expect(heads.toSorted()).toEqual(
        releases.flatMap(({ name }) => [`${name} irq`, `${name} nmi`]).toSorted(),
      );
    }
  });

  test("has no cell that is vacuous, inconclusive or an error", () => {
    for (const section of golden.values()) expect(section).not.toMatch(/VACUOUS|INCONCLUSIVE|ERROR/);
  });
});

test("every property is checked in some scenario", () => {
  const used = new Set(scenarios.flatMap((scenario) => scenario.properties));
  expect(properties.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
});

describe("check --all --json", () => {
  test("has one entry per cell, in the same order at any number of processes, and a replay line per violation", () => {
    const [one, two] = ["1", "2"].map((jobs) => {
      const { status, stdout } = pmucheck(
        "check",
        "--all",
        "close",
        "never-back",
        "--irq",
        "nmi",
        "--json",
        "--jobs",
        jobs,
      );
      expect(status).toBe(12);
      return JSON.parse(stdout) as {
        checks: { verdict: string; replay?: string; seconds: number; peakRssBytes: number }[];
        refused: { driver: string; reason: string }[];
      };
    });
    const timeless = (of: typeof one) =>
      of?.checks.map((check) => ({ ...check, seconds: 0, peakRssBytes: 0 }));
    expect(timeless(one)).toEqual(timeless(two));
    expect(one?.refused).toMatchObject([
      { scenario: "close", driver: "linux-5.4", irq: "nmi" },
      { scenario: "never-back", driver: "linux-5.4", irq: "nmi" },
    ]);
    for (const { verdict, replay } of one?.checks ?? [])
      expect(replay !== undefined).toBe(verdict === "violated");
  });

  test("every violated cell's trace replays", () => {
    const { stdout } = pmucheck("check", "--all", "throttle", "frequency", "--driver", "linux-7.3", "--json");
    const { checks } = JSON.parse(stdout) as {
      checks: { verdict: string; loop?: number | null; replay?: string }[];
    };
    const violated = checks.filter(({ verdict }) => verdict === "violated");
    expect(violated.length).toBeGreaterThan(0);
    for (const { replay, loop } of violated) {
      const command = /^replay: pmucheck (.*) # Hash=/.exec(replay ?? "")?.[1] ?? "";
      expect(pmucheck(...command.split(" ")).status).toBe(loop === null ? 12 : 13);
    }
  });

  test("a combination that cannot be is refused with the reason, and checking nothing is not a success", () => {
    const { status, stdout } = pmucheck("check", "--all", "sigtrap", "--driver", "linux-5.4");
    expect(status).toBe(14);
    expect(stdout).toContain("linux-5.4  irq  refused: attr.sigtrap came with Linux 5.13");
  });
});
