/**
 * Models of one's own in a page: files and kernel trees play there as they do on the command line.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ownCodeIn, ownScript } from "../../src/explorer/file/own-script.js";
import { whyNotPlayed } from "../../src/explorer/file/played.js";
import { Models } from "../../src/explorer/own/models.js";
import { Machine } from "../../src/runtime/machine.js";
import { pmucheck } from "../support/cli/command-line.js";
import { chromiumPath, launch, open } from "../support/explorer/browser.js";
import { FIXTURE } from "../support/models/fixture-tree.js";
import { keptTrace } from "../support/models/traces.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-own-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the folder's, as the command line is given it. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const fix = file(
  "quiet-fix.ts",
  `import { changing, type Fix } from "pmucheck";
   import { armpmu_start } from "pmucheck/linux";
   export const fix: Fix = {
     name: "quiet", summary: "changes nothing", idea: "", proposedBy: "me", hazards: [], assumes: [], claims: [],
     changes: [changing(armpmu_start, function* (base, event, flags) { yield* base(event, flags); })],
   };`,
);
file(
  "rule.ts",
  `import type { Rule } from "pmucheck";
   export const rule: Rule = { name: "two-periods", brokenBy: (of) => of.kind === "crossing" && of.overtakes };`,
);
// What would end a script element is in a string.
const property = file(
  "my-property.ts",
  `import type { Property } from "pmucheck/scenarios";
   import { rule } from "./rule.ts";
   const reference = "</script><!-- <script>";
   export const property: Property = { name: "mine", kind: "always", sentence: "Never twice.", reference, rules: [rule] };`,
);
const patch = file(
  "comment.patch",
  `--- a/drivers/perf/arm_pmuv3.c
+++ b/drivers/perf/arm_pmuv3.c
${hunkWithComment()}`,
);

/** A line more, before the first of the driver. */
function hunkWithComment(): string {
  const [first = "", second = "", third = ""] = readFileSync(
    join(FIXTURE, "drivers/perf/arm_pmuv3.c"),
    "utf8",
  ).split("\n");
  return `@@ -1,3 +1,4 @@\n+/* patched */\n ${first}\n ${second}\n ${third}\n`;
}

describe.skipIf(chromiumPath === undefined)("a page plays", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test.each([
    {
      of: "a fix and a property in files",
      args: ["one-cpu", "--fix", fix, "--property", property],
      fixes: true,
    },
    { of: "a quick workload", args: ["--task", "T", "--event", "A:period=4", "--switches"], fixes: true },
    { of: "a model of one's own", args: ["docs/use/your-own/my-model.ts"], fixes: false },
    { of: "the C of a patched tree", args: ["one-cpu", "--kernel", FIXTURE, "--patch", patch], fixes: true },
  ])("$of", async ({ args, fixes }) => {
    const path = join(folder, "page.html");
    expect(pmucheck("check", ...args, "--quiet", "--output", path).status).toBe(12);
    const { page, faults } = await open(browser, `${pathToFileURL(path).href}#c=2`);
    expect(await page.locator("#play .quiet").count()).toBe(0);
    expect(await page.locator("#fix").isVisible()).toBe(fixes);
    await page.keyboard.press("g");
    await expect
      .poll(() => page.locator(".outlook").allTextContents(), { timeout: 60_000 })
      .toSatisfy((texts: string[]) => texts.every((text) => /^(?:open|lost|kept|not)/.test(text)));
    const before = await page.locator("#play .offers").textContent();
    expect(before).not.toMatch("searching");
    for (const key of ["1", "1", "1"]) await page.keyboard.press(key);
    expect(await page.locator(".position").textContent()).toMatch(/^step 5 of/);
    expect(faults).toEqual([]);
  });
});

describe("what cannot be played is said", () => {
  const { system } = new Models().modelOf(keptTrace);
  const states = [new Machine(system).initialState];

  test("if the page does not have the file", () => {
    const subject = { ...keptTrace, scenario: "./mine.ts" };
    expect(whyNotPlayed(new Models(), subject, states, [])).toMatch("does not have the scenario ./mine.ts");
  });

  test("if it would be another model there", () => {
    const text = `exports.scenario = require("pmucheck").scenarios.find(({ name }) => name === "ping-pong");`;
    const given = ["exports", "require", "module", "Math"];
    const own = ownCodeIn(ownScript({ files: { "./mine.ts": [{ text, needs: {}, given }] }, trees: [] }));
    const subject = { ...keptTrace, scenario: "./mine.ts" };
    expect(whyNotPlayed(new Models(own), subject, states, [])).toMatch("another model");
  });
});
