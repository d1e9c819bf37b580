/** The answer, and the page of its fix: the tables' commands, run again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { packageRoot } from "../../src/check/fingerprint.js";
import { pmucheck } from "../support/cli/command-line.js";
import { checkedFix } from "../support/models/fixes.js";
import { checked } from "../support/models/checks.js";

const PAGES = ["docs/answer.md", "docs/reference/no-lost-overflow.md"];

/** A row ends with a command and its verdict. */
function rowsOf(page: string): readonly { readonly command: string; readonly line: string }[] {
  const text = readFileSync(join(packageRoot(), page), "utf8");
  const rows = text.matchAll(/^\|.*`pmucheck check ([^`]+)` \| .+ \|$/gm);
  return [...rows].map(([line, command = ""]) => ({ command, line }));
}

function verdictOf(command: string): string {
  const [scenario = "", ...words] = command.split(" ");
  const option = (name: string): string | undefined => {
    const at = words.indexOf(`--${name}`);
    return at < 0 ? undefined : words[at + 1];
  };
  const [driver, property, irq, fix] = ["driver", "property", "irq", "fix"].map(option);
  const settings = words.flatMap((word, at) => (word === "--set" ? [words[at + 1]?.split("=") ?? []] : []));
  const set: Record<string, string> = Object.fromEntries(settings);
  if (irq !== undefined) set["irq"] = irq;
  const asked = {
    scenario,
    ...(driver === undefined ? {} : { driver }),
    ...(property === undefined ? {} : { property }),
    set,
  };
  const { verdict, depth } = fix === undefined ? checked(asked) : checkedFix(fix, asked);
  return verdict === "violated" ? `violated, ${depth} steps` : verdict;
}

const proofs = PAGES.flatMap((page) => [
  ...readFileSync(join(packageRoot(), page), "utf8").matchAll(
    /`pmucheck (synthesize --explain-unsat \S+)` \| no set \|/g,
  ),
]).map(([, command = ""]) => command);

test.each(proofs)("%s", (command) => {
  const { status, stdout } = pmucheck(...command.split(" "));
  expect(stdout).toContain("NO set of these edits meets");
  expect(status).toBe(12);
});

test.each(PAGES)("%s has commands", (page) => {
  expect(rowsOf(page).length).toBeGreaterThan(7);
  expect(proofs.length).toBeGreaterThan(3);
});

test.each(PAGES.flatMap(rowsOf))("$command", ({ command, line }) => {
  expect(line).toContain(`| ${verdictOf(command)} |`);
});
