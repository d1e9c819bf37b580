/**
 * Lists as text and as JSON: how they are laid out, and what is in them.
 */
import { describe, expect, test } from "vitest";

import { scenarios } from "../../../models/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { run } from "../../../src/cli/command-line.js";
import { CATALOGUES, LISTS } from "../../../src/cli/commands/list/catalogues.js";
import { listOfLists, longEntry, shortList, type Catalogue } from "../../../src/report/lists.js";
import { PLAIN } from "../../../src/report/screen.js";
import { pmucheck } from "../../support/cli/command-line.js";

const WIDTHS = [60, 80, 120];

const MADE: Catalogue = {
  one: "thing",
  what: "things that are made up for a test of how a list is laid out on a screen",
  entries: [
    { name: "short", short: "a text that fits into a line", parts: [], data: { name: "short" } },
    {
      name: "a-name-that-is-wider-than-its-column",
      short: "a text that goes on for so long that it has to be broken on every screen but the widest",
      parts: [
        {
          title: "Why",
          lines: ["one reason, which is a paragraph of its own and as long as paragraphs are"],
        },
        {
          title: "Hazards",
          lines: ["the first of two", "the second, which is longer than the first one is"],
        },
        {
          title: "Parameters",
          lines: [
            ["period=2..64 (4)", "how many events make a sample period"],
            ["event=branches|cycles (branches)", "what is counted: branches or cycles"],
          ],
        },
      ],
      data: { name: "long" },
    },
  ],
};

describe.each(WIDTHS)("in %i columns", (width) => {
  const screen = { width, style: PLAIN };

  test("a list, and one of its things", async () => {
    const [, long] = MADE.entries;
    if (long === undefined) throw new Error("no entry");
    const text = [
      listOfLists({ things: MADE }, screen),
      shortList("things", MADE, screen),
      longEntry(long, screen),
    ];
    await expect(`${text.join("\n----\n")}\n`).toMatchFileSnapshot(`transcripts/list-${width}.txt`);
  });

  test.each(LISTS)("no line of %s is wider", (list) => {
    const catalogue = CATALOGUES[list];
    const texts = [
      shortList(list, catalogue, screen),
      ...catalogue.entries.map((one) => longEntry(one, screen)),
    ];
    const lines = texts.flatMap((text) => text.split("\n"));
    expect(lines.filter(({ length }) => length > width)).toEqual([]);
  });
});

test("every scenario and every fix is in its list, with its parameters, idea and hazards", () => {
  const screen = { width: 2000, style: PLAIN };
  const texts = (list: "scenarios" | "fixes") =>
    CATALOGUES[list].entries.map((one) => longEntry(one, screen));
  scenarios.forEach(({ name, shows, parameters }, at) => {
    for (const words of [name, shows, ...parameters.map(({ meaning }) => meaning)]) {
      expect(texts("scenarios")[at]).toContain(words);
    }
  });
  fixes.forEach(({ idea, hazards }, at) => {
    for (const words of [idea, ...hazards]) expect(texts("fixes")[at]).toContain(words);
  });
});

test("a parameter says where its default is another one", () => {
  const skid = CATALOGUES.parameters.entries.find(({ name }) => name === "skid");
  expect(skid?.short).toMatch(/^0\.\.63 \(default 1; merge: 4\): /);
});

test("--json is one document, of one thing too", () => {
  const { status, stdout } = pmucheck("list", "scenario", "one-cpu", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    tool: "pmucheck",
    scenarios: [{ name: "one-cpu", properties: expect.arrayContaining(["exactly-once"]) as string[] }],
  });
});

test("a scenario in a file, a model and a quick workload are told of as shipped ones are", () => {
  const one = (name: string) => pmucheck("list", "scenario", name).stdout;
  expect(one("docs/use/your-own/my-scenario.ts")).toMatch(
    /switches=0\.\.1 \(1\)[\s\S]*Must be reached[\s\S]*new-period/,
  );
  expect(one("docs/use/your-own/my-model.ts")).toMatch(
    /skid=0\.\.63 \(1\)[\s\S]*Drivers[\s\S]*forgetful[\s\S]*careful/,
  );
  expect(one("workload: event A period=3")).toContain("T on CPU0; events: A of T.");
  const { stdout } = pmucheck("list", "scenario", "docs/use/your-own/my-model.ts", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    scenarios: [{ name: "docs/use/your-own/my-model.ts", drivers: ["forgetful", "careful"] }],
  });
});

test.each([
  [["list", "scenaros"], "there is no list 'scenaros'; did you mean 'scenarios'?"],
  [["list", "scenario", "onecpu"], "there is no scenario 'onecpu'; did you mean 'one-cpu'?"],
  [["check", "one-cpu", "--scenario", "bogus"], "--scenario is no option of check"],
  [["man", "chek"], "there is no command 'chek'; did you mean 'check'?"],
])("%j is refused", async (argv, message) => {
  await expect(run(argv)).rejects.toThrow(message);
});
