/** docs/answer.md: the tables' commands, run again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { packageRoot } from "../../src/check/fingerprint.js";
import { checkedFix } from "../support/models/fixes.js";
import { checked } from "../support/models/checks.js";

const page = readFileSync(join(packageRoot(), "docs/answer.md"), "utf8");

const rows = [...page.matchAll(/^\|.*`pmucheck check ([^`]+)` \| (holds|violated), ?(\d+)?.*$/gm)].concat([
  ...page.matchAll(/^\|.*`pmucheck check ([^`]+)` \| (holds) \|$/gm),
]);

function verdictOf(command: string): string {
  const [scenario = "", ...words] = command.split(" ");
  const option = (name: string): string | undefined => {
    const at = words.indexOf(`--${name}`);
    return at < 0 ? undefined : words[at + 1];
  };
  const [driver, property, irq, fix] = ["driver", "property", "irq", "fix"].map(option);
  const asked = {
    scenario,
    ...(driver === undefined ? {} : { driver }),
    ...(property === undefined ? {} : { property }),
    ...(irq === undefined ? {} : { set: { irq } }),
  };
  const { verdict, depth } = fix === undefined ? checked(asked) : checkedFix(fix, asked);
  return verdict === "violated" ? `violated, ${depth} steps` : verdict;
}

test("the page has commands", () => {
  expect(rows.length).toBeGreaterThan(14);
});

test.each(rows.map(([line, command]) => ({ command: command ?? "", line })))(
  "$command",
  ({ command, line }) => {
    expect(line).toContain(`| ${verdictOf(command)} |`);
  },
);
