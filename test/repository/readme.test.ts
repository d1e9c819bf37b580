/**
 * The README's first screen shows what its first command prints.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { pmucheck } from "../support/cli/command-line.js";

test("the README shows the finding of its first command, up to the command that replays it", () => {
  const readme = readFileSync("README.md", "utf8");
  const [, command = ""] = /node dist\/bin\/pmucheck\.cjs ([^#]*?) +#/.exec(readme) ?? [];
  const [, block = ""] = /\n```\n(pmucheck: [^`]*)\n```\n/.exec(readme) ?? [];
  const { status, stdout } = pmucheck(...command.split(" "));
  expect(status).toBe(12);
  expect(stdout.trimEnd().split("\n").slice(0, -1).join("\n")).toBe(block);
});

test("docs/README.md lists every page", () => {
  const index = readFileSync("docs/README.md", "utf8");
  const pages = ["use", "reference", "internals"].flatMap((folder) =>
    readdirSync(`docs/${folder}`).flatMap((name) => (name.endsWith(".md") ? [`${folder}/${name}`] : [])),
  );
  expect(pages.filter((page) => !index.includes(`](${page})`))).toEqual([]);
});
