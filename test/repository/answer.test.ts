/** The answer, and the page of its fix: the tables' commands, run again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { witnesses } from "../../properties/catalogue.js";
import { packageRoot } from "../../src/check/fingerprint.js";
import { check } from "../../src/check/verdict/check.js";
import { pmucheck } from "../support/cli/command-line.js";
import { fixed } from "../support/models/fixes.js";
import { resolve } from "../support/models/checks.js";

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
  const set: Record<string, string> = {};
  for (const [at, word] of words.entries()) {
    const [name = "", value = ""] = words[at + 1]?.split("=") ?? [];
    if (word === "--set") set[name] = value;
  }
  if (irq !== undefined) set["irq"] = irq;
  const asked = {
    scenario,
    ...(driver === undefined ? {} : { driver }),
    ...(property === undefined ? {} : { property }),
    set,
  };
  // As the command does: of the violations that take the fewest interrupts, switches and migrations.
  const { driver: base, ...request } = resolve(asked);
  const { verdict, trace } = check({
    ...request,
    driver: fix === undefined ? base : fixed(base, fix),
    witnesses,
    maxStates: 1e7,
  });
  return verdict === "violated" ? `violated, ${trace?.steps.length} steps` : verdict;
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
